"""Statements and recommendations as entries of a list, with what came of them.

An entry has its gist first. Who, where and what came of it follow, quiet.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.page import marks, show
from analysis.record import Record
from analysis.tables.uptake import not_taken_up, uptake_links


def count(number: int, unit: str) -> str:
    """Return a number of things in words.

    >>> count(0, "proposal"), count(1, "proposal"), count(2, "proposal")
    ('no proposals', '1 proposal', '2 proposals')
    """
    return f"{number or 'no'} {unit}{'' if number == 1 else 's'}"


def titled(data: Record) -> dict[str, show.Markup]:
    """Return the link to each recommendation by its id: its short title, with the id."""
    rows = data.recommendations
    return {
        id: show.link(f"{short} ({id})", marks.anchor("recommendation", id))
        for id, short in zip(rows.id, rows.short, strict=True)
    }


def said_at(ids: Iterable[str]) -> show.Markup:
    """Return links to statements."""
    return show.join(show.link(id, marks.anchor("statement", id)) for id in ids)


def outcomes(data: Record) -> dict[str, show.Markup]:
    """Return what came of each proposal, and of each position with a link, by its id."""
    titles = titled(data)
    nearest = not_taken_up(data)
    found = {
        id: show.join(["No counterpart", *_nearest(titles.get(closest))], "; nearest: ")
        for id, closest in zip(nearest.id, nearest.closest, strict=True)
    }
    for id, links in uptake_links(data).groupby("statement"):
        counterparts = [
            marks.line(f"Counterpart {marks.TAKEN_UP[row.level]}", [titles[row.recommendation]])
            for row in links.itertuples()
        ]
        found[str(id)] = show.join(counterparts, "; ")
    return found


def _nearest(title: show.Markup | None) -> list[show.Markup]:
    return [] if title is None else [title]


def speakers(rows: pd.DataFrame) -> list[str]:
    """Return who made each of the `statements`, with the words for the floor."""
    return [
        f"{row.speaker} ({row.quantifier})" if row.quantifier else row.speaker
        for row in rows.itertuples()
    ]


def quiet(text: str | show.Markup) -> show.Markup:
    """Return text that is set smaller and paler."""
    return show.myst(f"[{show.source(text)}]{{.behind}}", show.words(text))


def entry(gist: str | show.Markup, facts: Iterable[Any]) -> show.Markup:
    r"""Return an item of a list: the gist, and the facts below it.

    >>> print(entry("Ladders.", ["5b", "Museum"]).source)
    - Ladders.\
      [5b · Museum]{.behind}
    """
    below = quiet(show.join(facts, " · "))
    return show.myst(f"- {show.source(gist)}\\\n  {below.source}", f"- {gist} {below.words}")


def bullets(lines: Iterable[show.Markup]) -> show.Markup:
    """Return lines as a list of one item each."""
    return listed(show.myst(f"- {line.source}", line.words) for line in lines)


def listed(entries: Iterable[show.Markup]) -> show.Markup:
    """Return entries as one list."""
    return show.join(entries, "\n")
