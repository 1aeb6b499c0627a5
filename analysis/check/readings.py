"""Two readings: every code read twice, every disagreement settled."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import among, rule
from analysis.record import Problem, Record, flaws

OF_STATEMENTS = ("act", "action_category", "themes")


@rule
def disagreements_are_settled(data: Record) -> Iterator[Problem]:
    """Every disagreement is settled, and the record holds what was settled.

    Of a retired unit the record holds nothing more.
    """
    codes, keys = data.second_codes, ["unit", "variable"]
    settled = data.settled.drop_duplicates(keys).set_index(keys).settled.to_dict()
    places = list(zip(codes.unit, codes.variable, strict=True))
    differs = codes["first"] != codes["second"]
    unsettled = differs & ~among(set(settled), codes.unit, codes.variable)
    broken = "disagreement that is not settled"
    yield from flaws(data, "second_codes", unsettled, "unit", broken)
    disputed = {place for place, differ in zip(places, differs, strict=True) if differ}
    needless = ~among(disputed, data.settled.unit, data.settled.variable)
    yield from flaws(data, "settled", needless, "unit", "settled where the readers agree")
    record = _recorded(data)
    held = pd.Series([record.get(place, "") for place in places], codes.index)
    due = [settled.get(place, code) for place, code in zip(places, codes["first"], strict=True)]
    wrong = (pd.Series(due, codes.index) != held) & (codes.variable != "split")
    wrong &= codes.unit.str.split(">").map(set(data.retired.id).isdisjoint).astype(bool)
    yield from flaws(data, "second_codes", wrong, "first", "the record holds another code", held)


def _recorded(data: Record) -> dict[tuple[str, str], str]:
    """Return the code that the record holds for every unit and variable."""
    record: dict[tuple[str, str], str] = {}
    for rows in (data.statements, data.recommendations):
        for variable in set(OF_STATEMENTS) & set(rows.columns):
            values = rows[variable].astype("string").fillna("")
            record |= {(unit, variable): value for unit, value in zip(rows.id, values, strict=True)}
    for codes, column in (
        (data.statement_themes, "statement"),
        (data.recommendation_themes, "recommendation"),
    ):
        themes = codes.sort_values("theme").groupby(column).theme.agg(" ".join)
        record |= {(unit, "themes"): value for unit, value in themes.items()}
    pairs = data.uptake.statement + ">" + data.uptake.recommendation
    return record | {
        (p, "uptake"): level for p, level in zip(pairs, data.uptake.level, strict=True)
    }


@rule
def everything_is_read_twice(data: Record) -> Iterator[Problem]:
    """A second reading covers every code of every unit, and every link."""
    if data.second_codes.empty:
        return
    read = set(zip(data.second_codes.unit, data.second_codes.variable, strict=True))
    for table, variables in (("statements", OF_STATEMENTS), ("recommendations", OF_STATEMENTS[1:])):
        units = getattr(data, table).id
        missing = [~among(read, units, variable) for variable in variables]
        unread = pd.concat(missing, axis=1).any(axis=1)
        yield from flaws(data, table, unread, "id", "not in the two readings")
    unread = ~among(read, data.uptake.statement + ">" + data.uptake.recommendation, "uptake")
    yield from flaws(data, "uptake", unread, "statement", "not in the two readings")
