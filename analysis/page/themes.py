"""The record by theme: asked for, said besides, recommended.

A theme has an anchor, ``t-`` and its id. What has two themes has its place under both; an entry
leads to the record by the id of what was said.
"""

from typing import Any

import pandas as pd

from analysis.items import CITABLE
from analysis.page import marks, show
from analysis.page.counterparts import (
    bullets,
    count,
    entry,
    listed,
    outcomes,
    quiet,
    said_at,
    speakers,
    titled,
)
from analysis.record import Record
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import by_theme, statements
from analysis.tables.theme_counts import themes
from analysis.tables.uptake import relations, uptake_links

Row = Any  # a named tuple of a table

THEME_ANCHOR = CITABLE["theme"].anchor


def anchors(data: Record) -> dict[str, str]:
    """Return the anchor of each theme that can be applied, by its label."""
    rows = data.themes[data.themes.parent != ""]
    return dict(zip(rows.label, map(THEME_ANCHOR.format, rows.id), strict=True))


def links(data: Record) -> dict[str, show.Markup]:
    """Return the link to each theme that can be applied, by its label."""
    return {label: show.link(label, anchor) for label, anchor in anchors(data).items()}


def contents(data: Record) -> show.Shown:
    """Show the themes under those on top, each with a link and its counts in words.

    The anchors of sections on other pages are here too, as `book/_ext/places.py` tells.
    """
    blocks = []
    for top, rows in themes(data).groupby("top", sort=False):
        blocks += [
            show.myst(f"**{show.source(top)}**", str(top)),
            bullets(map(_counted, rows.itertuples())),
        ]
    return show.markdown([show.box("places", *blocks)], name="themes")


def _counted(row: Row) -> show.Markup:
    """Return the link to a theme with its counts."""
    units = ("statement", "proposal", "recommendation")
    counts = [count(getattr(row, f"{unit}s"), unit) for unit in units]
    return show.join(
        [show.link(row.theme, THEME_ANCHOR.format(row.id)), quiet(show.join(counts))], " "
    )


def section(data: Record, top: str) -> show.Shown:
    """Show every theme under one on top.

    Parameters
    ----------
    data : Record
        The loaded tables.
    top : str
        Id of the theme on top.

    Raises
    ------
    ValueError
        If there is no such theme on top.
    """
    tops = data.themes[data.themes.parent == ""].set_index("id").label
    if top not in tops:
        raise ValueError(f"Invalid theme {top!r}. Must be one of: {', '.join(tops.index)}.")
    rows, said, advised = themes(data), _said(data), _advised(data)
    boxes = [
        _theme(row, said[said.theme == row.theme], advised[advised.theme == row.theme])
        for row in rows[rows.top == tops[top]].itertuples()
    ]
    return show.markdown(boxes, name=f"themes-{top}")


def _said(data: Record) -> pd.DataFrame:
    """Return the statements once for each theme: theme, id, act, gist, who, outcome."""
    rows, came = statements(data), outcomes(data)
    rows = rows.assign(who=speakers(rows), outcome=[came.get(id) for id in rows.id])
    return by_theme(rows, data, "statement")


def _advised(data: Record) -> pd.DataFrame:
    """Return the recommendations once for each theme: theme, id, gist, title, behind."""
    rows, titles, behind = recommendations(data), titled(data), _behind(data)
    rows = rows.assign(title=rows.id.map(titles), behind=rows.id.map(behind))
    return by_theme(rows, data, "recommendation")


def _behind(data: Record) -> dict[str, show.Markup]:
    """Return what is recorded behind each recommendation: who asks, or what concern."""
    links = uptake_links(data)
    proposed = links.statement.isin(data.statements.id[data.statements.act == "proposal"])
    asked, positions = (
        rows.groupby("recommendation").statement.agg(list)
        for rows in (links[proposed], links[~proposed])
    )
    others = relations(data)
    concerns = others[others.kind == "concern behind"].groupby("other").statement.agg(list)
    found = {}
    for id in data.recommendations.id:
        known: list[Any] = ["nobody is recorded as asking for it"]
        if id in asked:
            known = [show.join(["asked for in", said_at(asked[id])], " ")]
        if id in positions:
            known.append(show.join(["matches a position:", said_at(positions[id])], " "))
        if id in concerns:
            known.append(show.join(["concerns behind it:", said_at(concerns[id])], " "))
        found[id] = show.join(known, "; ")
    return found


def _theme(row: Row, said: pd.DataFrame, advised: pd.DataFrame) -> show.Markup:
    """Return the box of one theme."""
    blocks: list[str | show.Markup] = [row.definition, _size(row)]
    for name, entries in _lists(said, advised).items():
        blocks += [show.myst(f"**{name}**", name), listed(entries)] if entries else []
    after = 2 + 2 * bool(row.proposals)  # what was asked for comes first
    blocks[after:after] = explained(row, advised)
    return show.item(
        "theme-section", blocks, name=THEME_ANCHOR.format(row.id), title=row.theme, level=3
    )


def _size(row: Row) -> show.Markup:
    """Return how many items have a theme, which leads to all of them in the explorer."""
    units = ("statement", "recommendation")
    counts = (count(getattr(row, f"{unit}s"), unit) for unit in units)
    return quiet(show.view(", ".join(counts), theme=row.id))


def _lists(said: pd.DataFrame, advised: pd.DataFrame) -> dict[str, list[show.Markup]]:
    """Return the entries of a theme under the name of each list."""
    lists = {name: _entries(said[said.act == act]) for act, name in marks.ACT_TITLES.items()}
    lists["Recommended"] = [
        entry(row.gist, [show.link(row.id, marks.anchor("recommendation", row.id)), row.behind])
        for row in advised.itertuples()
    ]
    return lists


def _entries(said: pd.DataFrame) -> list[show.Markup]:
    return [
        entry(row.gist, [said_at([row.id]), row.who, *([row.outcome] if row.outcome else [])])
        for row in said.itertuples()
    ]


def explained(row: Row, advised: pd.DataFrame) -> list[show.Markup]:
    """Return sentences on a theme whose proposals have no counterpart in it.

    Parameters
    ----------
    row : named tuple
        A row of the table `themes`.
    advised : DataFrame
        Its recommendations: title, behind.
    """
    found: list[Any] = []
    if not row.proposals:
        found.append("Nobody is recorded as asking for anything on this theme.")
    elif not row.with_counterpart:
        found.append("No proposal on this theme has a counterpart.")
    if not row.recommendations:
        found.append("No recommendation has this theme.")
        if row.with_counterpart:
            found.append("What has a counterpart has it under another theme.")
    elif not row.with_counterpart:
        links = [show.join([each.title, each.behind]) for each in advised.itertuples()]
        touched = show.join([show.join(links, "; "), "."], "")
        found += ["Yet the observations touch it:", touched]
    return [show.join(found, " ")] if found else []
