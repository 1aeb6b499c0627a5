"""The recommendations in words, and who asked for each: one dot is one match.

A dot is full where the same was asked and half where something near it was. It does not show that
the one led to the other. Reasons are folded.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.page import marks, show, squares
from analysis.page.counterparts import bullets, said_at
from analysis.page.marks import NOBODY
from analysis.page.speakers import ANCHOR
from analysis.record import Record
from analysis.tables.recommendations import recommendations
from analysis.tables.uptake import relations, uptake_links

Row = Any  # a named tuple of a table

SIDES = {"panellist": "Panellists", "floor": "The floor"}


def picture(data: Record) -> show.Shown:
    """Show every recommendation with who asked for it, or the concern behind it.

    A wide page has the heads of columns once, a narrow one a word at each side.
    """
    asked, behind = sources(data), concerns(data)
    boxes = [
        _match(row, asked[asked.recommendation == row.id], behind[behind.recommendation == row.id])
        for row in recommendations(data).itertuples()
    ]
    heads = show.box("match heads", "Recommended", *SIDES.values())
    return show.markdown([heads, *boxes], name="matches")


def sources(data: Record) -> pd.DataFrame:
    """Return who asked for each recommendation.

    Returns
    -------
    DataFrame
        One row per link of `uptake_links`: recommendation, statement, role, level, reason, who (in
        a few words), anchor, act.
    """
    columns = ["recommendation", "statement", "role", "level", "reason"]
    return uptake_links(data)[columns].merge(_who(data), on="statement")


def concerns(data: Record) -> pd.DataFrame:
    """Return the concerns behind each recommendation.

    Returns
    -------
    DataFrame
        One row per link: recommendation, statement, who (in a few words), anchor.
    """
    links = relations(data).rename(columns={"other": "recommendation"})
    links = links[links.kind == "concern behind"].merge(_who(data), on="statement")
    return links[["recommendation", "statement", "who", "anchor"]]


def _who(data: Record) -> pd.DataFrame:
    """Return who made each statement in a few words: statement, who, anchor, act.

    A speaker from the floor has the summary's word for it.
    """
    actors, rows = data.actors.set_index("id"), data.statements
    floor = rows.speaker.map(actors.role) == "floor"
    words = rows.quantifier.replace("not stated", "speaker not stated").str.capitalize()
    return pd.DataFrame(
        {
            "statement": rows.id,
            "who": words.where(floor, rows.speaker.map(actors.short)),
            "anchor": rows.speaker.map(ANCHOR.format),
            "act": rows.act,
        }
    )


def _match(row: Row, asked: pd.DataFrame, behind: pd.DataFrame) -> show.Markup:
    """Return the box of one recommendation."""
    link = show.link(row.id, marks.anchor("recommendation", row.id))
    blocks: list[Any] = [show.box("advised", show.join([row.gist, link], " "))]
    if len(asked):
        for role, side in SIDES.items():
            lines = list(_dots(asked[asked.role == role]))
            blocks.append(show.box("side", f"{side}:", *([bullets(lines)] if lines else ["–"])))
        blocks.append(_why(asked))
        return show.box("match", *blocks)
    return show.box("match unasked", *blocks, show.box("side", NOBODY, *_behind(behind)))


def _dots(rows: pd.DataFrame) -> Iterator[show.Markup]:
    """Yield a line for each speaker, with a dot for each match, full ones first."""
    rows = rows.sort_values("level", kind="stable")
    for (who, anchor), part in rows.groupby(["who", "anchor"], sort=False):
        dots = squares.drawn(f"match-{level}" for level in part.level)
        said = show.join((_said(each) for each in part.itertuples()), " ")
        told = squares.hidden(", ".join(marks.TAKEN_UP[level] for level in part.level))
        yield show.join([show.join([dots, told], ""), show.link(who, anchor), said], " ")


def _said(row: Row) -> show.Markup:
    """Return the link to a statement; a position asks for nothing, and says so."""
    return show.join(filter(None, [said_at([row.statement]), marks.unasked(row.act)]), " ")


def _behind(rows: pd.DataFrame) -> list[Any]:
    """Return the line of the concerns behind a recommendation that nobody asked for."""
    lines = []
    for (who, anchor), part in rows.groupby(["who", "anchor"], sort=False):
        ids = (said_at([id]) for id in part.statement)
        diamonds = squares.drawn(["concern"] * len(part))
        lines.append(show.join([diamonds, show.link(who, anchor), show.join(ids, " ")], " "))
    return ["Concerns behind it:", bullets(lines)] if lines else []


def _why(rows: pd.DataFrame) -> show.Markup:
    """Return the reasons of the links, folded."""
    lines = [show.join([said_at([row.statement]), row.reason], ": ") for row in rows.itertuples()]
    folded = show.fold("Why these", bullets(lines))
    return show.myst(folded.markdown, "\n".join(line.words for line in lines))
