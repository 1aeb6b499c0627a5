"""The figures of the book. Each function draws the table of the same name on the axes given, and computes nothing.

To add a figure, write a function here with the name of its table in `analysis.tables`; draw it in a notebook
with `analysis.show.figure`, which gives it its number, its anchor and its words for those who cannot see it.
"""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.show import HEAT, INK, PALETTE, STYLE

UNITS = ("organizations", "stakeholders", "States", "persons")
GREY = PALETTE[-1]


def _axes(ax: Axes | None, height: float) -> Axes:
    """Return the axes given, or new ones as wide as a small telephone and `height` inches high."""
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        return plt.subplots(figsize=(STYLE["figure.figsize"][0], height))[1]


def _bars(ax: Axes, labels: list[str], values: list[int], colours) -> Axes:
    """Draw horizontal bars from top to bottom, each with its number at its end and no scale."""
    bars = ax.barh(range(len(labels)), values, color=colours, height=0.7)
    ax.bar_label(bars, padding=3, color=INK)
    _clear(ax, labels)
    ax.set_xlim(0, max(values) * 1.14)
    return ax


def _clear(ax: Axes, labels: list[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.set_xticks([])
    ax.spines[["bottom", "top", "right"]].set_visible(False)


def _stack(ax: Axes, labels: list[str], counts: pd.DataFrame, *, smallest: int = 2) -> Axes:
    """Draw stacked horizontal bars; every part of at least `smallest` has its number in it, and a key stands above."""
    start = pd.Series(0, counts.index)
    for colour, column in zip(PALETTE, counts, strict=False):
        bars = ax.barh(range(len(labels)), counts[column], left=start, color=colour, height=0.7, label=column)
        ax.bar_label(
            bars, [str(n) if n >= smallest else "" for n in counts[column]], label_type="center", color="white"
        )
        start = start + counts[column]
    for place, total in enumerate(start):
        ax.annotate(str(total), (total, place), (4, 0), textcoords="offset points", va="center", color=INK)
    _clear(ax, labels)
    ax.set_xlim(0, start.max() * 1.12)
    ax.figure.legend(loc="outside upper left", ncols=3, handlelength=0.8, columnspacing=1.2, borderaxespad=0)
    return ax


def participation(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who took part: a bar per whole group, its unit said, each unit in a colour of its own.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation`: group, part_of, count, unit.
    """
    whole = table[table.part_of == ""]
    labels = [_fold(f"{group} ({unit})" if unit not in group else group) for group, unit in zip(whole.group, whole.unit, strict=True)]
    colours = [PALETTE[UNITS.index(unit)] for unit in whole.unit]
    return _bars(_axes(ax, 0.55 * len(labels) + 0.2), labels, list(whole["count"]), colours)


def participation_by_year(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the non-governmental organizations counted at each dialogue: one unit, so the bars can be compared.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation_by_year`: date, group, count.
    """
    rows = table[table.group == "non-governmental organizations"]
    labels = [f"{date.year}" for date in rows.date]
    return _bars(_axes(ax, 0.4 * len(labels) + 0.2), labels, list(rows["count"]), PALETTE[0])


def statements_by_speaker(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what each speaker did: a bar per speaker, divided by speech act.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_speaker`: speaker, a column per speech act, total.
    """
    counts = table.drop(columns=["speaker", "total"])
    return _stack(_axes(ax, 0.52 * len(table) + 0.7), [_fold(name) for name in table.speaker], counts)


def statements_by_act(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many statements of each speech act were made, divided by panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_act`: act, a column per panel, total.
    """
    counts = table.drop(columns=["act", "total"])
    return _stack(_axes(ax, 0.4 * len(table) + 0.6), list(table.act), counts)


def statements_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes against the panels: a cell per pair, with its count, the darker the more.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_theme`: theme, top, a column per panel, total.
    """
    counts = table.drop(columns=["theme", "top", "total"])
    return _heat(_axes(ax, 0.27 * len(table) + 0.7), [_short(name) for name in table.theme], counts)


def _heat(ax: Axes, labels: list[str], counts: pd.DataFrame) -> Axes:
    ax.pcolormesh(counts.to_numpy(dtype=float), cmap=HEAT, edgecolors="none")
    for (row, column), count in zip(
        ((r, c) for r in range(counts.shape[0]) for c in range(counts.shape[1])), counts.to_numpy().flat, strict=True
    ):
        ax.text(column + 0.5, row + 0.5, f"{count}" if count else "·", ha="center", va="center", color=INK)
    ax.set_yticks([row + 0.5 for row in range(len(labels))], labels)
    ax.set_xticks([column + 0.5 for column in range(counts.shape[1])], [name.replace(" ", "\n", 1) for name in counts])
    ax.xaxis.tick_top()
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def recommendations_by_strength(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the action categories twice: as the first verb alone would give them, and as read.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_strength`: category, by_first_verb, as_read.
    """
    ax = _axes(ax, 0.6 * len(table) + 0.5)
    for column, shift, colour in (("by_first_verb", -0.2, GREY), ("as_read", 0.2, PALETTE[0])):
        places = [place + shift for place in range(len(table))]
        bars = ax.barh(places, table[column], height=0.36, color=colour, label=column.replace("_", " "))
        ax.bar_label(bars, padding=3, color=INK)
    _clear(ax, list(table.category))
    ax.set_xlim(0, table[["by_first_verb", "as_read"]].to_numpy().max() * 1.14)
    ax.figure.legend(loc="outside upper left", ncols=2, handlelength=0.8, borderaxespad=0)
    return ax


def recommendations_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes that the recommendations have, divided by the panel whose subject they name.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_theme`: theme, top, a column per subject, total, statements.
    """
    rows = table[table.total > 0]
    counts = rows.drop(columns=["theme", "top", "total", "statements"]).reset_index(drop=True)
    return _stack(_axes(ax, 0.32 * len(rows) + 0.6), [_short(name) for name in rows.theme], counts, smallest=1)


def _fold(text: str, width: int = 26) -> str:
    """Break a label into lines of at most `width` characters, where there is a blank.

    >>> _fold("Coalition for Organ-Failure Solutions")
    'Coalition for\\nOrgan-Failure Solutions'
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _short(text: str, width: int = 30) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
