"""The figures that are plots: each function draws the table of the same name.

A figure computes nothing. To add one, write a function here with the name of its table in
`analysis.tables`; draw it in a notebook with `analysis.page.show.figure`, which gives it a number,
a message, an anchor and words for those who cannot see it. What is made of marks that are links, or
stands beside links, is in `analysis.page.squares`.
"""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.page.colours import light
from analysis.page.svg import STYLE, WIDTH

ROW = 0.46  # inches from one label to the next
ABOVE = 9  # points from a bar or track to the words above it
HALF, TICK = 0.5, 0.14  # where half is on a track, and how far its mark reaches, in rows


def _axes(ax: Axes | None, rows: int, more: float = 0.3) -> Axes:
    """Return the axes given, or new ones with room for rows and `more` inches."""
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        return plt.subplots(figsize=(WIDTH, ROW * rows + more))[1]


def _write(
    ax: Axes, text: str, place: tuple[float, float], shift: tuple[float, float], **options: Any
) -> None:
    """Write a text in ink, shifted by points from a place."""
    options = {"textcoords": "offset points", "color": light("ink")} | options
    ax.annotate(text, place, shift, **options)


def _name(ax: Axes, labels: Sequence[str], values: Sequence[str] = ()) -> Axes:
    """Write the label of each row above it, and its value at the right."""
    at_side: dict[str, Any] = {"xycoords": ("axes fraction", "data")}
    for row, label in enumerate(labels):
        _write(ax, label, (0, row), (0, ABOVE), **at_side)
    for row, value in enumerate(values):
        _write(ax, value, (1, row), (0, ABOVE), ha="right", **at_side)
    ax.set(ylim=(len(labels) - 0.6, -0.8), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return ax


def _bars(rows: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw bars without a scale, each below its label and with its number at its end.

    Labels are in the first column, numbers in the second.
    """
    ax, values = _axes(ax, len(rows)), rows.iloc[:, 1]
    bars = ax.barh(range(len(rows)), values, color=light("edge"), height=0.26)
    for row in range(len(rows)):  # beside each bar, and not through its label
        ax.vlines(0, row - TICK, row + TICK, color=light("edge"), linewidth=1)
    ax.bar_label(bars, padding=3, color=light("ink"))
    ax.set_xlim(0, max(values) * 1.12)
    return _name(ax, list(rows.iloc[:, 0]))


def _tracks(ax: Axes, labels: Sequence[str], values: Sequence[str]) -> Axes:
    """Draw a track from none to all for each row, with a mark at half."""
    ax.hlines(range(len(labels)), 0, 1, color=light("rule"), linewidth=1.5)
    for row in range(len(labels)):
        ax.vlines(HALF, row - TICK, row + TICK, color=light("edge"), linewidth=1)
    ax.set_xlim(-0.01, 1.01)
    for place, word in ((0, "none"), (HALF, "half"), (1, "all")):
        side = {0: "left", HALF: "center", 1: "right"}[place]
        _write(ax, word, (place, len(labels) - 1), (0, -14), ha=side)
    return _name(ax, labels, values)


def participation(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who took part: a bar per whole group, with its unit.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation`: group, part_of, count, unit.
    """
    rows = table.loc[table.part_of == "", ["group", "count", "unit"]]
    named = [unit in group for group, unit in zip(rows.group, rows.unit, strict=True)]
    return _bars(rows.assign(group=rows.group.where(named, rows.group + ", " + rows.unit)), ax)


def participation_by_year(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the non-governmental organizations counted at each dialogue.

    They are one unit, so the bars can be compared.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation_by_year`: date, group, count.
    """
    rows = table[table.group == "non-governmental organizations"]
    return _bars(rows.assign(date=rows.date.dt.year.astype(str))[["date", "count"]], ax)


def recommendations_by_strength(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the action categories as read, in the order of the scale.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_strength`: category, as_read.
    """
    return _bars(table[["category", "as_read"]], ax)


def recommendations_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes that have a recommendation, those with most on top.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_theme`: theme, total.
    """
    rows = table.loc[table.total > 0, ["theme", "total"]]
    return _bars(rows.sort_values("total", ascending=False, kind="stable"), ax)


def contrasts(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw which share of the proposals of each group has a counterpart.

    A dot is the settled record, a line goes from the lowest reader to the highest.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.contrasts`: group, low, with_counterpart, high, words.
    """
    ax, places = _axes(ax, len(table), 0.5), range(len(table))
    _tracks(ax, list(table.group), list(table.words))
    ax.hlines(places, table.low, table.high, color=light("full"), linewidth=3)
    ax.plot(table.with_counterpart, places, "o", color=light("full"), markersize=7)
    return ax


def results_by_reader(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the proposals without a counterpart by reader; the settled are full.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.results_by_reader`: reading, none, proposals.
    """
    counts = [f"{row.none} of {row.proposals}" for row in table.itertuples()]
    return _dots(
        table.reading, table.none / table.proposals, counts, table.reading == "settled", ax
    )


def sensitivity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the proposals with a counterpart by rule; the rule in use is full.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.sensitivity`: rule, taken_up, proposals.
    """
    counts = [f"{row.taken_up} of {row.proposals}" for row in table.itertuples()]
    return _dots(
        table["rule"], table.taken_up / table.proposals, counts, table["rule"] == "base", ax
    )


def _dots(
    labels: pd.Series, shares: pd.Series, counts: Sequence[str], solid: pd.Series, ax: Axes | None
) -> Axes:
    """Draw a dot on the track of each row, full where it is `solid`."""
    ax = _tracks(_axes(ax, len(labels), 0.5), list(labels.str.capitalize()), counts)
    for row, (share, full) in enumerate(zip(shares, solid, strict=True)):
        ax.plot(share, row, "o", color=light("full"), markersize=7, fillstyle=_fill(full))
    return ax


def _fill(full: bool) -> Any:
    return "full" if full else "none"


def agreement(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw Krippendorff's alpha for each thing coded, the lowest on top.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.agreement`: coded, alpha, alpha_low, alpha_high.
    """
    rows = table[table.alpha.notna()].sort_values("alpha", kind="stable").reset_index(drop=True)
    ax = _axes(ax, len(rows), 0.5)
    ax.hlines(rows.index, 0, 1, color=light("rule"), linewidth=1.5)
    ax.hlines(rows.index, rows.alpha_low, rows.alpha_high, color=light("full"), linewidth=3)
    ax.plot(rows.alpha, rows.index, "o", color=light("full"), markersize=7)
    ax.set_xlim(-0.01, 1.01)
    for place in (0, 1):
        side = "right" if place else "left"
        _write(ax, str(place), (place, len(rows) - 1), (0, -14), ha=side)
    return _name(ax, list(rows.coded), [f"{value:.2f}" for value in rows.alpha])


def verdicts(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw for how many claims there is a figure of each class.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.verdicts`: label, claims.
    """
    return _bars(table[["label", "claims"]], ax)
