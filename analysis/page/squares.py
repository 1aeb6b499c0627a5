"""Marks: a square is a proposal, a diamond a problem, a disc another statement.

How a square is filled says what came of the proposal: full, half, empty. Fill says nothing else.
What a mark shows, words beside it say too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.page import marks, show
from analysis.page.counterparts import quiet
from analysis.page.marks import OUTCOMES
from analysis.record import Record
from analysis.tables.counting import OUTSIDE
from analysis.tables.statements import by_theme, statements
from analysis.tables.uptake import LEVELS, asked, proposals

Row = Any  # a named tuple of a table

NO_PANEL = "none"  # in the address of a view

# The columns of a strip: what was asked for has a square, a problem a diamond, all else a disc.
STRIP_HEADS = {"concern": "Problems stated", "proposal": "Asked for", "other": "Other"}


def drawn(forms: Iterable[str]) -> show.Markup:
    """Return marks, one for each form: an outcome, ``concern`` or ``other``."""
    text = " ".join(forms)
    return show.myst(_role("marks", text) if text else "", "")


def _role(name: str, text: str) -> str:
    """Return a role of MyST that holds a text as it is, on one line.

    >>> _role("marks", "a `b` c")
    '{marks}``a `b` c``'
    """
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{{{name}}}{fence}{' '.join(text.split())}{fence}"


def hidden(words: str) -> show.Markup:
    """Return words for those who do not see the marks beside them."""
    return show.myst(f"[{show.escape(words)}]{{.told}}", words)


def square(row: Row, short: Mapping[str, str]) -> show.Markup:
    """Return the square of a proposal: a link that tells what was asked."""
    words = f"{row.id}, {short[row.speaker]}: {row.gist}"
    return show.myst(
        _role("square", f"{row.level} {marks.anchor('statement', row.id)} {words}"), words
    )


def field(data: Record) -> show.Markup:
    """Return the squares of all proposals, by panel and outcome."""
    rows, short = proposals(data), dict(zip(data.actors.name, data.actors.short, strict=True))
    lines = []
    for panel, part in rows.groupby("panel", observed=True):
        answered = int((part.level != "none").sum())
        label = show.join([panel, quiet(f"{answered} of {len(part)} have one")], " ")
        lines.append([label, *(_squares(part[part.level == level], short) for level in LEVELS)])
    counts = rows.level.value_counts()
    heads = [
        show.join(
            [show.myst(f"[{counts.get(level, 0)}]{{.big}}"), show.view(words, outcome=level)], " "
        )
        for level, words in OUTCOMES.items()
    ]
    return grid([hidden("Panel"), *heads], lines, "field")


def _squares(rows: pd.DataFrame, short: Mapping[str, str]) -> show.Markup:
    marked = [square(row, short) for row in rows.itertuples()]
    return show.Markup("".join(mark.source for mark in marked), "; ".join(map(str, marked)))


def grid(heads: Sequence[Any], lines: Iterable[Sequence[Any]], name: str) -> show.Markup:
    """Return a table without caption or number, of a class, for inside a figure."""
    body = [heads, ["---"] * len(heads), *lines]
    text = [f"| {' | '.join(map(_cell, line))} |" for line in body]
    plain = "\n".join(" ".join(map(show.words, line)) for line in (heads, *lines))
    return show.myst(f":::{{table}}\n:class: {name} rows-1\n\n" + "\n".join(text) + "\n:::", plain)


def _cell(value: Any) -> str:
    return value if value in ("", "---") else show.source(value)


def strip(
    rows: pd.DataFrame, by: str, titles: Mapping[str, Any], *, largest_first: bool = False
) -> show.Markup:
    """Return a mark for each statement, by the values of a column and by kind.

    Parameters
    ----------
    rows : DataFrame
        Statements: a column named by `by`, and act, level (the outcome of a proposal).
    by : str
        The column.
    titles : mapping
        What is shown for each of its values, in the order of the rows.
    largest_first : bool
        Whether the rows with most statements come first instead. Speakers are never ranked.
    """
    groups = {str(name): part for name, part in rows.groupby(by, sort=False, observed=True)}
    names = [name for name in titles if name in groups]
    if largest_first:
        names.sort(key=lambda name: _weight(groups[name]))
    lines = [
        [titles[name], *(_marks(groups[name], kind) for kind in STRIP_HEADS), len(groups[name])]
        for name in names
    ]
    return grid([by.capitalize(), *STRIP_HEADS.values(), "All"], lines, "strip")


def _weight(rows: pd.DataFrame) -> tuple[int, int]:
    """Return what groups are ordered by: most statements first, then most proposals."""
    return -len(rows), -int((rows.act == "proposal").sum())


def _marks(rows: pd.DataFrame, kind: str) -> show.Markup:
    """Return the marks of the statements of one kind, and their number in words."""
    part = rows[rows.act.where(rows.act.isin(list(STRIP_HEADS)), "other") == kind]
    if kind == "proposal":
        forms = [level for level in LEVELS for _ in range(int((part.level == level).sum()))]
        counts = ((int((part.level == level).sum()), OUTCOMES[level]) for level in LEVELS)
        told = ", ".join(f"{number} {words}" for number, words in counts if number)
    else:
        forms = [kind] * len(part)
        told = str(len(part))
    return show.join([drawn(forms), hidden(told if forms else "none")], "")


def panels(data: Record) -> dict[str, show.Markup]:
    """Return a link to all on each panel, and on none, by the label of the panel."""
    labels = {**dict(zip(data.panels.id, data.panels.label, strict=True)), NO_PANEL: OUTSIDE}
    return {label: show.view(label, panel=id) for id, label in labels.items()}


def with_levels(rows: pd.DataFrame, data: Record) -> pd.DataFrame:
    """Return statements with the outcome of each proposal in the column level."""
    levels = asked(data).set_index("id").level
    return rows.assign(level=rows.id.map(levels).astype(object).fillna(""))


def by_themes(data: Record, panel: str = "") -> pd.DataFrame:
    """Return the statements, of one panel or all, once for each of their themes."""
    rows = with_levels(statements(data), data)
    if panel:
        rows = rows[rows.panel == data.panels.set_index("id").label[panel]]
    return by_theme(rows, data, "statement")


def outcomes_by_theme(data: Record, titles: Mapping[str, Any]) -> show.Markup:
    """Return the squares of the proposals by theme, in columns by outcome."""
    rows = by_theme(proposals(data), data, "statement").assign(act="proposal")
    groups = dict(iter(rows.groupby("theme", sort=False)))
    names = sorted(groups, key=lambda name: _weight(groups[name]))
    lines = [
        [titles[name], *(_marks(rows[rows.level == level], "proposal") for level in LEVELS)]
        for name, rows in ((name, groups[name]) for name in names)
    ]
    heads = (f"{words[0].upper()}{words[1:]}" for words in OUTCOMES.values())
    return grid(["Theme", *heads], lines, "strip outcomes")
