"""The figures of the book: each function draws the table of the same name.

A figure computes nothing. To add one, write a function here with the name of its table in
`analysis.tables`; draw it in a notebook with `analysis.page.show.figure`, which gives it a number,
an anchor and words for those who cannot see it.
"""

from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.page.svg import HEAT, INK, PALETTE, STYLE, WIDTH

UNITS = ("organizations", "stakeholders", "States", "persons")
GREY = PALETTE[-1]


def _axes(ax: Axes | None, height: float) -> Axes:
    """Return the axes given, or new ones that are `height` inches high."""
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        return plt.subplots(figsize=(WIDTH, height))[1]


def _bars(
    ax: Axes, labels: Sequence[str], values: Sequence[int], colours: str | Sequence[str]
) -> Axes:
    """Draw horizontal bars without a scale, each with its number at its end."""
    bars = ax.barh(range(len(labels)), values, color=colours, height=0.7)
    ax.bar_label(bars, padding=3, color=INK)
    _clear(ax, labels)
    ax.set_xlim(0, max(values) * 1.14)
    return ax


def _clear(ax: Axes, labels: Sequence[str]) -> None:
    """Put labels at the left, the first on top, and take the scale away."""
    _name_rows(ax, range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xticks([])
    ax.spines[["bottom", "top", "right"]].set_visible(False)


def _name_rows(ax: Axes, places: Iterable[float], labels: Sequence[str]) -> None:
    """Write labels of one or more lines.

    Each line is a text of its own, so that any typeface keeps it flush right.
    """
    ax.set_yticks([])
    for place, label in zip(places, labels, strict=True):
        lines = label.split("\n")
        for number, line in enumerate(lines):
            rise = 12 * ((len(lines) - 1) / 2 - number)
            ax.annotate(
                line,
                (0, place),
                (-5, rise),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="center",
                color=INK,
            )


def _stack(
    ax: Axes, labels: Sequence[str], counts: pd.DataFrame, colours: Sequence[str] = PALETTE
) -> Axes:
    """Draw stacked horizontal bars below a key.

    A part with enough room has its number in it.
    """
    start = pd.Series(0, counts.index)
    room = max(1, 0.045 * counts.sum(axis=1).max())
    for colour, column in zip(colours, counts, strict=False):
        bars = ax.barh(
            range(len(labels)), counts[column], left=start, color=colour, height=0.7, label=column
        )
        inside = [str(number) if number >= room else "" for number in counts[column]]
        ax.bar_label(bars, inside, label_type="center", color="white")
        start = start + counts[column]
    for place, total in enumerate(start):
        ax.annotate(
            str(total), (total, place), (4, 0), textcoords="offset points", va="center", color=INK
        )
    _clear(ax, labels)
    ax.set_xlim(0, start.max() * 1.12)
    return _key(ax)


def _key(ax: Axes, ncols: int = 3) -> Axes:
    ax.figure.legend(
        loc="outside upper left",
        ncols=ncols,
        handlelength=0.8,
        columnspacing=1.2,
        borderaxespad=0,
        borderpad=0,
        frameon=False,
        labelcolor=INK,
        fontsize=STYLE["font.size"],
    )
    return ax


def participation(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who took part: a bar per whole group, each unit in a colour of its own.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.participation`: group, part_of, count, unit.
    """
    whole = table[table.part_of == ""]
    labels = [
        _fold(f"{group} ({unit})" if unit not in group else group)
        for group, unit in zip(whole.group, whole.unit, strict=True)
    ]
    colours = [PALETTE[UNITS.index(unit)] for unit in whole.unit]
    return _bars(_axes(ax, 0.55 * len(labels) + 0.2), labels, list(whole["count"]), colours)


def participation_by_year(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the non-governmental organizations counted at each dialogue.

    They are one unit, so the bars can be compared.

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
    return _stack(
        _axes(ax, 0.52 * len(table) + 0.7), [_fold(name) for name in table.speaker], counts
    )


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
    """Draw the themes against the panels: a cell per pair, the darker the more.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.statements_by_theme`: theme, top, a column per panel, total.
    """
    counts = table.drop(columns=["theme", "top", "total"])
    counts.columns = [name.replace(" ", "\n", 1) for name in counts]
    return _heat(_axes(ax, 0.27 * len(table) + 0.7), list(table.theme), counts)


def _heat(ax: Axes, labels: Sequence[str], counts: pd.DataFrame) -> Axes:
    """Draw a grid of counts, the darker the more, with the number in every cell."""
    ax.pcolormesh(counts.to_numpy(dtype=float), cmap=HEAT, edgecolors="none")
    for row, numbers in enumerate(counts.to_numpy().tolist()):
        for column, number in enumerate(numbers):
            ax.text(column + 0.5, row + 0.5, number or "·", ha="center", va="center", color=INK)
    _name_rows(ax, [row + 0.5 for row in range(len(labels))], labels)
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
        places = [place + shift for place in range(len(table))]
        bars = ax.barh(
            places, table[column], height=0.36, color=colour, label=column.replace("_", " ")
        )
        ax.bar_label(bars, padding=3, color=INK)
    _clear(ax, list(table.category))
    ax.set_xlim(0, table[["by_first_verb", "as_read"]].to_numpy().max() * 1.14)
    return _key(ax, ncols=2)


def recommendations_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the themes of the recommendations, divided by panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_theme`: theme, top, a column per subject, total,
        statements.
    """
    rows = table[table.total > 0]
    counts = rows.drop(columns=["theme", "top", "total", "statements"]).reset_index(drop=True)
    return _stack(_axes(ax, 0.32 * len(rows) + 0.6), list(rows.theme), counts)


def themes_by_speaker(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who raised which theme on one panel: a cell per theme and speaker.

    `analysis.page.show.key` names the columns.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.themes_by_speaker`: theme, a column per speaker, total.
    """
    counts = table.drop(columns=["theme", "total"])
    counts.columns = [str(number) for number in range(1, counts.shape[1] + 1)]
    return _heat(_axes(ax, 0.27 * len(table) + 0.4), list(table.theme), counts)


LEVELS = {"full": PALETTE[0], "partial": PALETTE[2], "none": GREY}


def _levels(rows: pd.DataFrame, column: str, ax: Axes | None) -> Axes:
    counts = rows[list(LEVELS)].set_axis(["in full", "in part", "not"], axis=1)
    return _stack(
        _axes(ax, 0.42 * len(rows) + 0.5),
        [_fold(str(name)) for name in rows[column]],
        counts,
        list(LEVELS.values()),
    )


def uptake_by_panel(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what became of the proposals of each panel.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_by_panel`: panel, full, partial, none, total.
    """
    return _levels(table, "panel", ax)


def uptake_by_theme(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what became of the proposals on each theme.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_by_theme`: theme, full, partial, none, total.
    """
    return _levels(table, "theme", ax)


def uptake_links(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the links as a flow from speakers to recommendations.

    A line per link: solid in full and dashed in part.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.uptake_links`: recommendation, speaker, level, one row per link.
    """
    speakers, ids = list(dict.fromkeys(sorted(table.speaker))), sorted(set(table.recommendation))
    ax = _axes(ax, 0.42 * max(len(speakers), len(ids)) + 0.3)
    left = {name: (place + 0.5) / len(speakers) for place, name in enumerate(speakers)}
    right = {name: (place + 0.5) / len(ids) for place, name in enumerate(ids)}
    for link in table.drop_duplicates(["speaker", "recommendation", "level"]).itertuples():
        ax.plot(
            (0, 1),
            (left[link.speaker], right[link.recommendation]),
            color=LEVELS[link.level],
            linewidth=1.4,
            linestyle="-" if link.level == "full" else (0, (3, 2)),
        )
    _name_rows(ax, left.values(), [_fold(name) for name in speakers])
    for name, place in right.items():
        ax.annotate(name, (1, place), (5, 0), textcoords="offset points", va="center", color=INK)
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
    return _bars(
        _axes(ax, 0.4 * len(table) + 0.2), list(table.rule), list(table.taken_up), PALETTE[0]
    )


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
        ax.annotate(
            f"{value:.2f}",
            (value, place),
            (0, 6),
            textcoords="offset points",
            ha="center",
            color=INK,
        )
    _name_rows(ax, rows.index, [_fold(name) for name in rows.coded])
    ax.set(xlim=(0, 1.02), ylim=(len(rows) - 0.5, -0.7), xticks=[0, 0.5, 1])
    ax.spines[["left", "top", "right"]].set_visible(False)
    return ax


def recommendations_by_addressee_and_strength(
    table: pd.DataFrame, *, ax: Axes | None = None
) -> Axes:
    """Draw the recommendations by addressee as printed and action category as read.

    Parameters
    ----------
    table : DataFrame
        `analysis.tables.recommendations_by_addressee_and_strength`: addressee_stated, a column per
        category, total.
    """
    counts = table.drop(columns=["addressee_stated", "total"])
    return _stack(_axes(ax, 0.45 * len(table) + 0.5), list(table.addressee_stated), counts)


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
