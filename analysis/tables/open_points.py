"""What a next dialogue can start from: open proposals and open wording.

A proposal is open if it has no counterpart in the observations. That is about words in one
document, and no judgement on the proposal.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.record import Record, readings
from analysis.tables.recommendations import recommendations
from analysis.tables.registry import table
from analysis.tables.statements import statements
from analysis.tables.uptake import not_taken_up, proposals, uptake_by_theme

# What the notes on the source say of a wording that leaves something open.
LEAVES_OPEN = ("missing subject", "missing information", "unclear reference")
GENERAL, SPECIFIC = 4, 5  # action categories
FIRST, EQUAL, SECOND = "first", "equal", "second"


@table
def open_proposals(data: Record) -> pd.DataFrame:
    """List the proposals without a counterpart, each under its first theme.

    Returns
    -------
    DataFrame
        One row per proposal, in the order of the themes: theme, also (other themes, joined by
        semicolons), id, speaker, quantifier, gist, closest (the recommendation that comes nearest;
        blank if none comes near), reason.
    """
    rows = not_taken_up(data)
    names = rows.themes.str.split("; ")
    rows = rows.assign(theme=names.str[0], also=names.str[1:].str.join("; "))
    rows["quantifier"] = rows.id.map(statements(data).set_index("id").quantifier)
    place = {label: number for number, label in enumerate(data.themes.label)}
    rows = rows.sort_values("theme", key=lambda labels: labels.map(place), kind="stable")
    columns = ["theme", "also", "id", "speaker", "quantifier", "gist", "closest", "reason"]
    return rows[columns].reset_index(drop=True)


@table
def counterparts_compared(data: Record) -> pd.DataFrame:
    """Compare how many proposals of two kinds have a counterpart, under every reader.

    The readers are those of every codebook. Those who read links and those who read codes may not
    be the same: each reading puts in place what its reader gave, and leaves the rest as settled.

    Returns
    -------
    DataFrame
        One row per comparison and reading: among (whose proposals), first, second (the two kinds),
        reading (settled, or a reader), first_with, first_of, second_with,
        second_of (proposals with a counterpart, and all), more (the kind of which the larger share
        has a counterpart: first, second, or equal; also if there is none of a kind).
    """
    rows = [
        {"among": among, "first": first, "second": second, "reading": reading, **counts}
        for reading, read in _every_reading(data).items()
        for among, first, second, counts in _compared(proposals(read), data)
    ]
    order = ["among", "first"]
    frame = pd.DataFrame(rows)
    first_seen = frame.groupby(order, sort=False).ngroup()
    return frame.loc[first_seen.sort_values(kind="stable").index].reset_index(drop=True)


def _every_reading(data: Record) -> dict[str, Record]:
    """Return the record as settled, and by each reader of links or categories."""
    judged = ("uptake", "action_category")
    return {name: read for each in judged for name, read in readings.every_reading(data, each)}


def _compared(
    rows: pd.DataFrame, data: Record
) -> Iterator[tuple[str, str, str, dict[str, int | str]]]:
    """Yield each comparison: among whom, of what, with its counts."""
    panellists, floor = rows[rows.role == "panellist"], rows[rows.role == "floor"]
    groups = {"all proposals": rows, "panellists": panellists, "the floor": floor}
    for among, group in groups.items():
        kinds = [group[group.action_category == number] for number in (SPECIFIC, GENERAL)]
        yield among, "specific action", "general action", _counts(*kinds)
    yield "all proposals", "panellists", "the floor", _counts(panellists, floor)
    one, two = data.panels.sort_values("first").label
    panels = [rows[rows.panel == panel] for panel in (one, two)]
    yield "all proposals", one, two, _counts(*panels)


def _counts(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, int | str]:
    """Count two groups of proposals, and those of them with a counterpart."""
    (one, one_of), (two, two_of) = (
        (int((group.level != "none").sum()), len(group)) for group in (first, second)
    )
    difference = one * two_of - two * one_of  # of shares, in whole numbers
    more = FIRST if difference > 0 else SECOND if difference < 0 else EQUAL
    counts = {"first_with": one, "first_of": one_of, "second_with": two, "second_of": two_of}
    return counts | {"more": more}


@table
def counterparts_held(data: Record) -> pd.DataFrame:
    """Sum up `counterparts_compared`: what holds under every reader.

    Returns
    -------
    DataFrame
        One row per comparison: among, first, second, first_with (of first_of, as settled, with the
        lowest and highest share by reader), second_with (of second_of, likewise), more (first or
        second under every reader, or "not the same").
    """
    compared = counterparts_compared(data)
    groups = compared.groupby(["among", "first", "second"], sort=False)
    rows = [
        [*names, *(span(rows, kind) for kind in (FIRST, SECOND)), _agreed(rows.more)]
        for names, rows in groups
    ]
    columns = ["among", "first", "second", "first_with", "second_with", "more"]
    return pd.DataFrame(rows, columns=columns)


def span(rows: pd.DataFrame, kind: str) -> str:
    """Return counts of one kind in words, with the range of shares by reader.

    `rows` are those of one comparison in `counterparts_compared`, `kind` is first or second. The
    range is in per cent, since how many there are of a kind differs by reader too.
    """
    settled, *read = zip(rows[f"{kind}_with"], rows[f"{kind}_of"], strict=True)
    words = f"{settled[0]} of {settled[1]}"
    shares = [round(100 * one / every) for one, every in read if every]
    differ = bool(shares) and {*read} != {settled}
    return f"{words} ({min(shares)} to {max(shares)}%)" if differ else words


def _agreed(more: "pd.Series[str]") -> str:
    return more.iloc[0] if more.nunique() == 1 and more.iloc[0] != EQUAL else "not the same"


def whole_themes(data: Record) -> list[str]:
    """Return themes whose proposals, two or more, have a counterpart by every reader."""
    return _themes_with(data, lambda rows: rows.none == 0)


def bare_themes(data: Record) -> list[str]:
    """Return themes of two proposals or more, none of them matched by any reader."""
    return _themes_with(data, lambda rows: rows.none == rows.total)


def _themes_with(data: Record, holds: Callable[[pd.DataFrame], "pd.Series[bool]"]) -> list[str]:
    """Return themes of two proposals or more that are so by every reader."""
    held: list[set[str]] = []
    for read in _every_reading(data).values():
        rows = uptake_by_theme(read)
        held.append(set(rows.theme[holds(rows) & (rows.total > 1)]))
    return [label for label in data.themes.label if all(label in each for each in held)]


@table
def open_addressees(data: Record) -> pd.DataFrame:
    """List the recommendations that are not addressed to States in the plural.

    Returns
    -------
    DataFrame
        One row per recommendation: id, gist, addressee_stated (blank if nobody is named),
        addressee_inferred.
    """
    rows = recommendations(data)
    rows = rows[rows.addressee_stated != "States"]
    return rows[["id", "gist", "addressee_stated", "addressee_inferred"]].reset_index(drop=True)


@table
def open_wording(data: Record) -> pd.DataFrame:
    """List what the wording of the observations leaves open, by the notes on it.

    Returns
    -------
    DataFrame
        One row per note: paragraph, kind, finding, treatment (how the record reads it).
    """
    sections = data.paragraphs.set_index("number").section
    observed = sections[data.recommendations.paragraph].unique()
    rows = data.source_notes[data.source_notes.kind.isin(LEAVES_OPEN)]
    rows = rows[rows.paragraph.map(sections).isin(observed)]
    return rows[["paragraph", "kind", "finding", "treatment"]].reset_index(drop=True)
