"""Quantities: participation, meetings and claims."""

from collections.abc import Iterator

from analysis import document
from analysis.check.rules import among, by_key, rule, unequal
from analysis.record import Problem, Record, flaws


@rule
def participation_adds_up(data: Record) -> Iterator[Problem]:
    """The parts of a group have its unit and add up to it."""
    frame = data.participation
    twice = frame.duplicated(["meeting", "group"], keep=False)
    yield from flaws(data, "participation", twice, "group", "group that its meeting has twice")
    for group in frame[frame.id.isin(frame.parent)].itertuples():
        parts = frame[frame.parent == group.id]
        total, wrong = parts["count"].sum(), parts.unit != group.unit
        yield from flaws(data, "participation", wrong, "unit", "unit of another group", group.unit)
        wrong, sum_ = frame["count"][[group.Index]] != total, " + ".join(map(str, parts["count"]))
        yield from flaws(
            data, "participation", wrong, "count", "total does not add up", f"{sum_} = {total}"
        )


@rule
def participation_has_its_source(data: Record) -> Iterator[Problem]:
    """A count is that of a claim in its paragraph, or of its row of context."""
    frame, claims = data.participation, data.claims[data.claims.kind == "count"]
    wrong = frame.paragraph.notna() == (frame.context != "")
    yield from flaws(
        data, "participation", wrong, "paragraph", "not one source", "this or a context row"
    )
    claimed = set(zip(claims.paragraph, claims.low, claims.unit, strict=True))
    wrong = frame.paragraph.notna() & ~among(claimed, frame.paragraph, frame["count"], frame.unit)
    yield from flaws(data, "participation", wrong, "count", "count and unit that no claim states")
    second = frame[frame.context != ""]
    source = by_key(data.context).reindex(second.context).set_axis(second.index)
    wrong = (second.parent == "") & (second["count"].astype(str) != source.value)
    other = "count is not that of its source"
    yield from flaws(data, "participation", wrong, "count", other, source.value)
    dates = second.meeting.map(by_key(data.meetings).date.dt.strftime("%Y-%m-%d"))
    other = "meeting of another date"
    yield from flaws(data, "participation", dates != source.period, "meeting", other, source.period)


@rule
def claims_hold_together(data: Record) -> Iterator[Problem]:
    """A claim's words, hash, span and bounds agree."""
    claims = data.claims
    digests, ends = claims.quantity.map(document.digest), claims.start + claims.quantity.str.len()
    yield from unequal(data, "claims", "sha256", "hash of other words", digests)
    yield from unequal(data, "claims", "end", "span of another length", ends)
    yield from flaws(data, "claims", claims.low > claims.high, "low", "lower bound above the upper")
    wrong = (claims.low.notna() | claims.high.notna()) != (claims.unit != "")
    yield from flaws(
        data, "claims", wrong, "unit", "unit and bounds do not fit", "given where a bound is"
    )
    figures = claims[claims.quantity.str.fullmatch(r"\d+%?")]
    stated = figures.quantity.str.rstrip("%").astype(float)
    for column in ("low", "high"):
        wrong = figures[column].astype(float) != stated
        yield from flaws(data, "claims", wrong, column, "not the figure printed", stated)


@rule
def claims_are_inside_their_statement(data: Record) -> Iterator[Problem]:
    """A claim is inside its statement and has the same speaker."""
    held = data.claims[data.claims.statement != ""]
    homes = by_key(data.statements).reindex(held.statement).set_axis(held.index)
    inside = (
        (held.paragraph == homes.paragraph) & (held.start >= homes.start) & (held.end <= homes.end)
    )
    yield from flaws(
        data, "claims", ~inside.fillna(False), "statement", "quantity outside its statement"
    )
    yield from unequal(data, "claims", "said_by", "speaker of another statement", homes.speaker)


@rule
def meetings_run_on(data: Record) -> Iterator[Problem]:
    """Meetings on one topic are counted in the order of their dates."""
    wrong = data.meetings.duplicated(["topic", "date"], keep=False)
    yield from flaws(data, "meetings", wrong, "date", "date of another meeting on the topic")
    frame = data.meetings.sort_values("date", kind="stable")
    expected = frame.groupby("topic").cumcount() + 1
    yield from unequal(data, "meetings", "ordinal", "ordinal and date do not fit", expected)


@rule
def one_meeting_is_coded(data: Record) -> Iterator[Problem]:
    """Exactly one meeting is coded, the one that the summary counts."""
    coded = data.meetings.id[data.meetings.coded.fillna(False)]
    if len(coded) != 1:
        yield Problem("meetings.csv", 1, "coded", "number of coded meetings", str(len(coded)), "1")
        return
    wrong = data.participation.paragraph.notna() & (data.participation.meeting != coded.iloc[0])
    yield from flaws(
        data, "participation", wrong, "meeting", "not the meeting of the summary", coded.iloc[0]
    )
