"""Paragraphs and spans: order, numbers, bounds and panels."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import CODED, OBSERVED, by_key, rule, unequal
from analysis.record import Problem, Record, flaws

# The kinds of paragraphs that record what was said.
SPOKEN = ("opening", "briefing", "panellist", "discussion")
# Rows that are about others besides their themes: about which, the table, and its column.
FOLLOWING = (
    ("recommendations", "recommendation_parties", "recommendation"),
    ("statements", "uptake", "statement"),
    ("statements", "no_uptake", "statement"),
    ("recommendations", "rejected", "recommendation"),
    ("claims", "comparisons", "claim"),
)


@rule
def paragraphs_run_on(data: Record) -> Iterator[Problem]:
    """Paragraphs are numbered without a gap, and their sections run in order."""
    frame = data.paragraphs
    expected = pd.Series(range(1, len(frame) + 1), frame.index)
    yield from unequal(data, "paragraphs", "number", "number out of order", expected)
    places = frame.section.map({number: place for place, number in enumerate(data.sections.number)})
    yield from flaws(
        data, "paragraphs", places.diff() < 0, "section", "section before the one above it"
    )


@rule
def kinds_fit_what_is_coded(data: Record) -> Iterator[Problem]:
    """Observations come last and hold recommendations; speech is in statements."""
    numbers, kinds = data.paragraphs.number, data.paragraphs.kind
    said = numbers.isin(data.statements.paragraph)
    advised = numbers.isin(data.recommendations.paragraph)
    observed, spoken = kinds == OBSERVED, kinds.isin(SPOKEN)
    wrong = (advised != observed) | (spoken & ~said) | (said & ~spoken & (kinds != "procedure"))
    yield from flaws(data, "paragraphs", wrong, "kind", "kind and what is coded do not fit")
    after = observed.cummax() & ~observed
    yield from flaws(data, "paragraphs", after, "kind", "kind after the observations", OBSERVED)


@rule
def panels_hold_their_paragraphs(data: Record) -> Iterator[Problem]:
    """Paragraphs and statements belong to the panel whose range they are in."""
    bounded = data.panels.dropna(subset=["first", "last"])
    used = {*data.paragraphs.number.dropna(), *data.statements.paragraph.dropna()}
    ranges = {n: p.id for p in bounded.itertuples() for n in used if p.first <= n <= p.last}
    said = data.paragraphs[data.paragraphs.kind != OBSERVED]
    for table, numbers in (("paragraphs", said.number), ("statements", data.statements.paragraph)):
        expected = numbers.map(lambda number: ranges.get(number, ""))
        yield from unequal(data, table, "panel", "panel of another paragraph", expected)
    for column, bound in (("first", "min"), ("last", "max")):
        expected = data.panels.id.map(said.groupby("panel").number.agg(bound))
        yield from unequal(data, "panels", column, f"not the panel's {column} paragraph", expected)


@rule
def observations_have_the_panel_of_their_parts(data: Record) -> Iterator[Problem]:
    """An observation has the panel of all its recommendations, or none."""
    advised, frame = data.recommendations, data.paragraphs[data.paragraphs.kind == OBSERVED]
    named = {number: set(panels) for number, panels in advised.groupby("paragraph").panel}
    common = {number: min(panels) for number, panels in named.items() if len(panels) == 1}
    expected = frame.number.map(lambda number: common.get(number, ""))
    yield from unequal(data, "paragraphs", "panel", "panel of other recommendations", expected)
    homes = advised.paragraph.map(by_key(frame, "number").panel.replace("", pd.NA)).dropna()
    yield from unequal(data, "recommendations", "panel", "panel of another observation", homes)


@rule
def spans_are_inside(data: Record) -> Iterator[Problem]:
    """A span is inside its paragraph, and no two items share a word."""
    lengths = by_key(data.paragraphs, "number").length
    for table in ("statements", "recommendations", "claims"):
        frame = getattr(data, table)
        limit, before = frame.paragraph.map(lengths), frame.groupby("paragraph").end.shift()
        yield from flaws(
            data, table, frame.start >= frame.end, "start", "empty span", "less than the end"
        )
        yield from flaws(data, table, frame.end > limit, "end", "span outside its paragraph", limit)
        if table != "claims":
            yield from flaws(
                data, table, frame.start < before, "start", "begins in the one before", before
            )


@rule
def rows_are_sorted(data: Record) -> Iterator[Problem]:
    """Rows follow the text that they point to, or the rows that they are about."""
    broken = "row out of order"
    for table in ("statements", "recommendations", "claims", "mentions"):
        numbers = getattr(data, table).paragraph
        yield from flaws(data, table, numbers.diff() < 0, "paragraph", broken)
    for table in ("statements", "recommendations", "claims"):
        starts = getattr(data, table).groupby("paragraph").start
        yield from flaws(data, table, starts.diff() < 0, "start", broken, "by place in the text")
    for home, table, column in (*CODED, *FOLLOWING):
        order = {key: place for place, key in enumerate(getattr(data, home).id)}
        places = getattr(data, table)[column].map(order)
        expected = f"in the order of {home}"
        yield from flaws(data, table, places.diff() < 0, column, broken, expected)
