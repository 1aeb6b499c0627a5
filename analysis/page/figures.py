"""The figures of the book: each function draws the table of the same name.

A figure computes nothing. To add one, write a function here with the name of its table in
`analysis.tables`; draw it in a notebook with `analysis.page.show.figure`, which gives it a number,
an anchor and words for those who cannot see it.
"""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.page.svg import HEAT, INK, PALETTE, STYLE, WIDTH

COUNTED_UNITS = ("organizations", "stakeholders", "States", "persons")
GREY = PALETTE[-1]
LINE = 12  # points from one line of a label to the next


def _axes(ax: Axes | None, height: float) -> Axes:
    """Return the axes given, or new ones that are `height` inches high."""
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        return plt.subplots(figsize=(WIDTH, height))[1]


def _bars(rows: pd.DataFrame, ax: Axes | None, row: float, colours: str | Sequence[str]) -> Axes:
    """Draw horizontal bars without a scale, each with its number at its end.

    Labels are in the first column, numbers in the second; a bar has `row` inches.
    """
    ax, values = _axes(ax, row * len(rows) + 0.2), rows.iloc[:, 1]
    bars = ax.barh(range(len(rows)), values, color=colours, height=0.7)
    ax.bar_label(bars, padding=3, color=INK)
    return _clear(ax, list(rows.iloc[:, 0]), max(values) * 1.14)


def _clear(ax: Axes, labels: Sequence[str], width: float) -> Axes:
    """Put labels at the left, the first on top, and take the scale away."""
    _name_rows(ax, range(len(labels)), labels)
    ax.set(xlim=(0, width), ylim=(len(labels) - 0.5, -0.5), xticks=[])
    ax.spines[["bottom", "top", "right"]].set_visible(False)
    return ax


def _name_rows(ax: Axes, places: Iterable[float], labels: Iterable[str]) -> None:
    """Write labels of one or more lines.

    Each line is a text of its own, so that any typeface keeps it flush right.
    """
    ax.set_yticks([])
    at_left: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "ha": "right"}
    for place, label in zip(places, labels, strict=True):
        lines = label.split("\n")
        for number, line in enumerate(lines):
            _write(ax, line, (0, place), (-5, LINE * ((len(lines) - 1) / 2 - number)), **at_left)


def _write(
    ax: Axes, text: str, place: tuple[float, float], shift: tuple[float, float], **options: Any
) -> None:
    """Write a text in ink, shifted by points from a place."""
    options = {"textcoords": "offset points", "va": "center"} | options
    ax.annotate(text, place, shift, color=INK, **options)


def _stack(
    rows: pd.DataFrame,
    ax: Axes | None,
    row: float,
    more: float,
    colours: Iterable[str] = PALETTE,
) -> Axes:
    """Draw stacked horizontal bars below a key.

    Labels are in the first column, counts in the others. A bar has `row` inches, the whole `more`.
    A part with enough room has its number in it, and a label has two lines if they have room.
    """
    names, counts = rows.iloc[:, 0].astype(str), rows.iloc[:, 1:]
    labels = list(names.map(_fold) if row > 2 * LINE / 72 else names)
    ax, ends = _axes(ax, row * len(rows) + more), counts.cumsum(axis=1)
    totals = ends.iloc[:, -1]
    for colour, column in zip(colours, counts, strict=False):
        values, start = counts[column], ends[column] - counts[column]
        bars = ax.barh(range(len(rows)), values, left=start, color=colour, height=0.7, label=column)
        inside = [
            str(number) if number >= max(1, 0.045 * totals.max()) else "" for number in values
        ]
        ax.bar_label(bars, inside, label_type="center", color="white")
    ax.bar_label(bars, list(map(str, totals)), padding=4, color=INK)
    return _key(_clear(ax, labels, totals.max() * 1.12))


def _key(ax: Axes, ncols: int = 3) -> Axes:
    with plt.rc_context(STYLE):
        ax.figure.legend(
            loc="outside upper left",
            ncols=ncols,
            handlelength=0.8,
            columnspacing=1.2,
            borderaxespad=0,
            borderpad=0,
        )
    return ax


def participation(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who took part: a bar per whole group, each unit in a colour of its own.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation`: group, part_of, count, unit.
    """
    rows = table.loc[table.part_of == "", ["group", "count", "unit"]]
    named = [unit in group for group, unit in zip(rows.group, rows.unit, strict=True)]
    labels = rows.group.where(named, rows.group + " (" + rows.unit + ")").map(_fold)
    colours = [PALETTE[COUNTED_UNITS.index(unit)] for unit in rows.unit]
    return _bars(rows.assign(group=labels), ax, 0.55, colours)


def participation_by_year(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the non-governmental organizations counted at each dialogue.

    They are one unit, so the bars can be compared.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation_by_year`: date, group, count.
    """
    rows = table[table.group == "non-governmental organizations"]
    rows = rows.assign(date=rows.date.dt.year.astype(str))[["date", "count"]]
    return _bars(rows, ax, 0.4, PALETTE[0])


def statements_by_speaker(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what each speaker did: a bar per speaker, divided by speech act.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_speaker`: speaker, a column per speech act, total.
    """
    return _stack(table.drop(columns="total"), ax, 0.52, 0.7)


def statements_by_act(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many statements of each speech act were made, divided by panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_act`: act, a column per panel, total.
    """
    return _stack(table.drop(columns="total"), ax, 0.4, 0.6)


def statements_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes against the panels: a cell per pair, the darker the more.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_theme`: theme, top, a column per panel, total.
    """
    rows = table.drop(columns=["top", "total"])
    return _heat(rows.rename(columns=lambda name: name.replace(" ", "\n", 1)), ax, 0.7)


def _heat(rows: pd.DataFrame, ax: Axes | None, more: float) -> Axes:
    """Draw a grid of counts, the darker the more, with the number in every cell.

    Labels are in the first column; besides its rows, the drawing has `more` inches.
    """
    ax, counts = _axes(ax, 0.27 * len(rows) + more), rows.iloc[:, 1:]
    ax.pcolormesh(counts.to_numpy(dtype=float), cmap=HEAT, edgecolors="none")
    for (row, column), number in np.ndenumerate(counts.to_numpy()):
        ax.text(column + 0.5, row + 0.5, number or "·", ha="center", va="center", color=INK)
    _name_rows(ax, [row + 0.5 for row in range(len(rows))], rows.iloc[:, 0])
    ax.set_xticks([column + 0.5 for column in range(counts.shape[1])], list(counts))
    ax.xaxis.tick_top()
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def recommendations_by_strength(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the action categories twice: by the first verb alone, and as read.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_strength`: category, by_first_verb, as_read.
    """
    ax = _axes(ax, 0.6 * len(table) + 0.5)
    for column, shift, colour in (("by_first_verb", -0.2, GREY), ("as_read", 0.2, PALETTE[0])):
        name = column.replace("_", " ")
        bars = ax.barh(table.index + shift, table[column], height=0.36, color=colour, label=name)
        ax.bar_label(bars, padding=3, color=INK)
    longest = table[["by_first_verb", "as_read"]].to_numpy().max()
    return _key(_clear(ax, list(table.category), longest * 1.14), ncols=2)


def recommendations_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes of the recommendations, divided by panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_theme`: theme, top, a column per subject, total,
        statements.
    """
    rows = table[table.total > 0].drop(columns=["top", "total", "statements"])
    return _stack(rows, ax, 0.32, 0.6)


def themes_by_speaker(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who raised which theme on one panel: a cell per theme and speaker.

    `analysis.page.show.key` names the columns.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.themes_by_speaker`: theme, a column per speaker, total.
    """
    rows = table.drop(columns="total")
    numbers = map(str, range(1, rows.shape[1]))
    return _heat(rows.set_axis(["theme", *numbers], axis=1), ax, 0.4)


LEVEL_COLOURS = {"full": PALETTE[0], "partial": PALETTE[2], "none": GREY}


def _levels(table: pd.DataFrame, ax: Axes | None) -> Axes:
    rows = table.drop(columns="total")
    rows = rows.set_axis([rows.columns[0], "in full", "in part", "not"], axis=1)
    return _stack(rows, ax, 0.42, 0.5, LEVEL_COLOURS.values())


def uptake_by_panel(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what became of the proposals of each panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_by_panel`: panel, full, partial, none, total.
    """
    return _levels(table, ax)


def uptake_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what became of the proposals on each theme.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_by_theme`: theme, full, partial, none, total.
    """
    return _levels(table, ax)


def uptake_links(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the links as a flow from speakers to recommendations.

    A line per link: solid in full and dashed in part.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_links`: recommendation, speaker, level, one row per link.
    """
    speakers, ids = sorted(set(table.speaker)), list(dict.fromkeys(table.recommendation))
    ax = _axes(ax, 0.42 * max(len(speakers), len(ids)) + 0.3)
    left = {name: (place + 0.5) / len(speakers) for place, name in enumerate(speakers)}
    right = {name: (place + 0.5) / len(ids) for place, name in enumerate(ids)}
    drawn = table.drop_duplicates(["speaker", "recommendation", "level"])
    for level in sorted(set(drawn.level)):
        links = drawn[drawn.level == level]
        ends = zip(links.speaker.map(left), links.recommendation.map(right), strict=True)
        ax.plot(
            [0, 1, np.nan] * len(links),  # a gap after each link
            [place for pair in ends for place in (*pair, np.nan)],
            color=LEVEL_COLOURS[level],
            linewidth=1.4,
            linestyle="-" if level == "full" else (0, (3, 2)),
        )
    _name_rows(ax, left.values(), map(_fold, speakers))
    for name, place in right.items():
        _write(ax, name, (1, place), (5, 0))
    ax.set(xlim=(-0.01, 1.01), ylim=(1, 0), xticks=[])
    ax.spines[:].set_visible(False)
    return ax


def sensitivity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the proposals taken up under three rules.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.sensitivity`: rule, taken_up, proposals.
    """
    return _bars(table[["rule", "taken_up"]], ax, 0.4, PALETTE[0])


def agreement(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw Krippendorff's alpha for each thing coded, with its interval.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.agreement`: coded, alpha, alpha_low, alpha_high.
    """
    rows = table[table.alpha.notna()].reset_index(drop=True)
    ax = _axes(ax, 0.5 * len(rows) + 0.6)
    ax.hlines(rows.index, rows.alpha_low, rows.alpha_high, color=PALETTE[0], linewidth=2)
    ax.plot(rows.alpha, rows.index, "o", color=PALETTE[0])
    for place, value in enumerate(rows.alpha):
        _write(ax, f"{value:.2f}", (value, place), (0, 6), ha="center", va="baseline")
    _name_rows(ax, rows.index, rows.coded.map(_fold))
    ax.set(xlim=(0, 1.02), ylim=(len(rows) - 0.5, -0.7), xticks=[0, 0.5, 1])
    ax.spines[["left", "top", "right"]].set_visible(False)
    return ax


def _fold(text: str) -> str:
    """Break a label into lines of at most 26 characters, where there is a blank.

    >>> _fold("Coalition for Organ-Failure Solutions")
    'Coalition for\\nOrgan-Failure Solutions'
    """
    return textwrap.fill(text, 26, break_long_words=False, break_on_hyphens=False)
