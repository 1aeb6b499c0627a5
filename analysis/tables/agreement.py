"""How far the two readings agree, and how disagreements were settled."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.record import Record
from analysis.tables.coefficients import Distance, Ratings, ac1, alpha, masi, nominal
from analysis.tables.registry import table

SAME_SPAN = 0.5  # share of words from which two spans count as one statement


@table
def agreement(data: Record) -> pd.DataFrame:
    """Measure how far the two readings agree, before anything was settled.

    Returns
    -------
    DataFrame
        One row per thing coded: coded, units, same (units coded the same), percent, alpha,
        alpha_low, alpha_high, ac1, ac1_low, ac1_high, distance (of alpha). Missing where undefined.
    """
    return pd.DataFrame([_row(*coded) for coded in _coded(data)])


def _coded(data: Record) -> Iterator[tuple[str, Ratings, Distance]]:
    """Yield the name of each thing coded, its ratings and the distance for it."""
    codes = data.second_codes
    yield "speech act of statements", _pairs(codes, "act"), nominal
    for name in ("statements", "recommendations"):
        retired = data.retired.id[data.retired.kind == name.removesuffix("s")]
        rows = codes[codes.unit.isin([*getattr(data, name).id, *retired])]
        both = rows[(rows["first"] != "") & (rows["second"] != "")]
        yield f"action category of {name}", _pairs(both, "action_category"), "ordinal"
        themes = [[frozenset(ids.split()) for ids in pair] for pair in _pairs(rows, "themes")]
        yield f"themes of {name}", themes, masi
    yield "uptake of pairs", uptake_ratings(data), "ordinal"


def _pairs(codes: pd.DataFrame, variable: str) -> list[list[str]]:
    rows = codes.loc[codes.variable == variable, ["first", "second"]]
    return list(map(list, rows.itertuples(index=False)))


def uptake_ratings(data: Record) -> list[list[str]]:
    """Return two judgements for each pair of a statement and a recommendation.

    The statements are proposals and positions. Pairs that neither reader linked are among them, so
    that a coefficient sees them too. The values sort as they rank.
    """
    rank = {"": "0 none", "partial": "1 partial", "full": "2 full"}
    linked = data.second_codes[data.second_codes.variable == "uptake"]
    codes = linked.set_index("unit")[["first", "second"]]
    asking = data.statements.id[data.statements.act.isin(["proposal", "position"])]
    pairs = [f"{statement}>{name}" for statement in asking for name in data.recommendations.id]
    codes = codes.reindex(dict.fromkeys([*pairs, *codes.index]), fill_value="").map(rank.get)
    return list(map(list, codes.itertuples(index=False)))


def _row(name: str, ratings: Ratings, distance: Distance) -> dict[str, Any]:
    same = sum(first == second for first, second in ratings)
    percent = 100 * same / len(ratings) if ratings else None
    row = {"coded": name, "units": len(ratings), "same": same, "percent": percent}
    for title, measure in (("alpha", alpha(ratings, distance)), ("ac1", ac1(ratings))):
        row |= {title: measure.value, f"{title}_low": measure.low, f"{title}_high": measure.high}
    return row | {"distance": distance if isinstance(distance, str) else distance.__name__}


@table
def splitting(data: Record) -> pd.DataFrame:
    """Measure how far two readers divided paragraphs into the same statements.

    Returns
    -------
    DataFrame
        One row per paragraph that was divided twice: paragraph, first, second (statements of each
        reader), matched (pairs of statements that share at least half of the words they cover
        together), f1 (twice the matched over both).
    """
    rows = []
    for number, divided in data.second_splits.groupby("paragraph"):
        first = _spans(data.statements[data.statements.paragraph == number])
        second = _spans(divided)
        matched = sum(any(_shared(one, other) >= SAME_SPAN for other in second) for one in first)
        f1 = 2 * matched / (len(first) + len(second))
        rows.append((number, len(first), len(second), matched, f1))
    return pd.DataFrame(rows, columns=["paragraph", "first", "second", "matched", "f1"])


def _spans(rows: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(rows.start, rows.end, strict=True))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return the share of what two spans cover together that both cover."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


@table
def settled(data: Record) -> pd.DataFrame:
    """List every disagreement of the two readings, and how it was settled.

    Returns
    -------
    DataFrame
        One row per disagreement: unit, variable, first, second, settled, reason.
    """
    key = ["unit", "variable"]
    codes = data.second_codes[[*key, "first", "second"]]
    rows = data.settled[[*key, "settled", "reason"]].merge(codes, on=key, how="left").fillna("")
    return rows[[*key, "first", "second", "settled", "reason"]]
