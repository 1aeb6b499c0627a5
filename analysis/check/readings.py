"""Two readings: every code read twice, every disagreement settled."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws

CODES = "second_reading/codes.csv"
OF_STATEMENTS = ("act", "action_category", "themes")


@rule
def disagreements_are_settled(data: Record) -> Iterator[Problem]:
    """Where two readers differ, and only there, it is settled; and the record holds what was settled."""
    codes, keys = data.second_codes, ["unit", "variable"]
    settled = data.settled.drop_duplicates(keys).set_index(keys).settled.to_dict()
    places = list(zip(codes.unit, codes.variable, strict=True))
    differs = codes["first"] != codes["second"]
    found = pd.Series([place in settled for place in places], codes.index, dtype=bool)
    yield from flaws(
        data,
        "second_codes",
        differs & ~found,
        "unit",
        "disagreement that is not settled",
        file=CODES,
    )
    disputed = {place for place, differ in zip(places, differs, strict=True) if differ}
    needless = [
        place not in disputed
        for place in zip(data.settled.unit, data.settled.variable, strict=True)
    ]
    needless = pd.Series(needless, data.settled.index, dtype=bool)
    yield from flaws(data, "settled", needless, "unit", "settled where the readers agree")
    record = _recorded(data)
    held = pd.Series([record.get(place, "") for place in places], codes.index)
    agreed = pd.Series(
        [settled.get(place, one) for place, one in zip(places, codes["first"], strict=True)],
        codes.index,
    )
    odd = (agreed != held) & (codes.variable != "split")
    yield from flaws(
        data, "second_codes", odd, "first", "the record holds another code", held, file=CODES
    )


def _recorded(data: Record) -> dict[tuple[str, str], str]:
    """Return the code that the record holds for every unit and variable."""
    record = {}
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
    links = data.uptake
    return record | {
        (f"{x.statement}>{x.recommendation}", "uptake"): x.level for x in links.itertuples()
    }


@rule
def everything_is_read_twice(data: Record) -> Iterator[Problem]:
    """Once there is a second reading, it covers every code of statements and recommendations, and every link."""
    if data.second_codes.empty:
        return
    read = set(zip(data.second_codes.unit, data.second_codes.variable, strict=True))
    for table, variables in (("statements", OF_STATEMENTS), ("recommendations", OF_STATEMENTS[1:])):
        rows = getattr(data, table)
        odd = pd.Series(
            [any((unit, each) not in read for each in variables) for unit in rows.id], rows.index
        )
        yield from flaws(data, table, odd, "id", "not in the two readings")
    pairs = [
        (f"{link.statement}>{link.recommendation}", "uptake") not in read
        for link in data.uptake.itertuples()
    ]
    odd = pd.Series(pairs, data.uptake.index, dtype=bool)
    yield from flaws(data, "uptake", odd, "statement", "not in the two readings")
