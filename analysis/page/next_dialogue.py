"""Proposals without a counterpart, by theme, with the nearest text."""

from typing import Any

from analysis.page import show
from analysis.page.counterparts import entry, listed, said_at, speakers, titled
from analysis.page.themes import anchors
from analysis.record import Record
from analysis.tables.open_points import open_proposals

Row = Any  # a named tuple of a table


def without_counterpart(data: Record) -> show.Shown:
    """Show the table `open_proposals` as a list under each theme."""
    rows, leads, titles = open_proposals(data), anchors(data), titled(data)
    rows = rows.assign(who=speakers(rows), nearest=[titles.get(id, "") for id in rows.closest])
    blocks: list[str | show.Markup] = []
    for theme, part in rows.groupby("theme", sort=False):
        name = show.link(theme, leads[str(theme)])
        blocks.append(show.myst(f"**{name.source}**", name.words))
        blocks.append(listed(_entry(row, leads) for row in part.itertuples()))
    return show.markdown(blocks, name="open-proposals")


def _entry(row: Row, leads: dict[str, str]) -> show.Markup:
    """Return a proposal with its holder, other themes, nearest text and reason."""
    facts = [said_at([row.id]), row.who]
    if row.also:
        others = (show.link(theme, leads[theme]) for theme in row.also.split("; "))
        facts.append(show.join(["also under", show.join(others)], " "))
    near = [show.join(["Nearest:", show.join([row.nearest, "."], "")], " ")] if row.closest else []
    return entry(row.gist, [*facts, show.join([*near, row.reason], " ")])
