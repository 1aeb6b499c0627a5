"""How far the first and the second reading agree, and how disagreements were settled."""

from collections.abc import Callable

import pandas as pd

from analysis.record import Record
from analysis.tables.coefficients import Ratings, ac1, alpha, masi, nominal, percent
from analysis.tables.registry import table


@table
def agreement(data: Record) -> pd.DataFrame:
    """How far the first and the second reading agree, before anything was settled.

    Returns
    -------
    DataFrame
        One row per thing coded: coded, units, same (units coded the same), percent, alpha, alpha_low, alpha_high, ac1,
        ac1_low, ac1_high, distance (of alpha). Missing where undefined.
    """
    rows = [_row(*each) for each in _coded(data)]
    return pd.DataFrame(rows)


def _coded(data: Record):
    """Give, for each thing coded, its name, its ratings and the distance that fits it."""
    codes = data.second_codes
    statements = codes[codes.unit.isin(data.statements.id)]
    recommendations = codes[codes.unit.isin(data.recommendations.id)]
    for name, rows in (("statements", statements), ("recommendations", recommendations)):
        if name == "statements":
            yield "speech act of statements", _pairs(rows, "act"), nominal
        both = rows[
            (rows.variable == "action_category") & (rows["first"] != "") & (rows["second"] != "")
        ]
        yield f"action category of {name}", _pairs(both, "action_category"), "ordinal"
        sets = [[frozenset(value.split()) for value in pair] for pair in _pairs(rows, "themes")]
        yield f"themes of {name}", sets, masi
    yield "uptake of pairs", uptake_ratings(data), "ordinal"


def _pairs(codes: pd.DataFrame, variable: str) -> list[list[str]]:
    return codes.loc[codes.variable == variable, ["first", "second"]].to_numpy().tolist()


def uptake_ratings(data: Record) -> list[list[str]]:
    """Return the two judgements of every pair of a proposal or position and a recommendation.

    Pairs that neither reader linked are among them, so that a coefficient sees them too. The values sort as they rank.
    """
    rank = {"": "0 none", "partial": "1 partial", "full": "2 full"}
    linked = data.second_codes[data.second_codes.variable == "uptake"].set_index("unit")
    asked = data.statements.id[data.statements.act.isin(["proposal", "position"])]
    pairs = [f"{said}>{advised}" for said in asked for advised in data.recommendations.id]
    pairs = list(dict.fromkeys([*pairs, *linked.index]))
    table = linked[["first", "second"]].reindex(pairs, fill_value="")
    return [[rank[one], rank[other]] for one, other in table.to_numpy().tolist()]


def _row(name: str, ratings: Ratings, distance: Callable | str) -> dict:
    same, coefficient, gwet = percent(ratings), alpha(ratings, distance), ac1(ratings)
    row = {
        "coded": name,
        "units": len(ratings),
        "same": sum(one == other for one, other in ratings),
    }
    row |= {"percent": same.value}
    for title, measure in (("alpha", coefficient), ("ac1", gwet)):
        row |= {title: measure.value, f"{title}_low": measure.low, f"{title}_high": measure.high}
    return row | {"distance": distance if isinstance(distance, str) else distance.__name__}


@table
def splitting(data: Record) -> pd.DataFrame:
    """How far the two readers divided the same paragraphs into the same statements.

    Returns
    -------
    DataFrame
        One row per paragraph that was divided twice: paragraph, first, second (statements of each reader), matched (pairs of
        statements that share at least half of the words they cover together), f1 (twice the matched over both).
    """
    rows = []
    for number, theirs in data.second_splits.groupby("paragraph"):
        ours = list(data.statements[data.statements.paragraph == number].itertuples())
        theirs = list(theirs.itertuples())
        matched = sum(any(_overlap(one, other) >= 0.5 for other in theirs) for one in ours)
        f1 = 2 * matched / (len(ours) + len(theirs))
        rows.append(
            {
                "paragraph": number,
                "first": len(ours),
                "second": len(theirs),
                "matched": matched,
                "f1": f1,
            }
        )
    return pd.DataFrame(rows)


def _overlap(one, other) -> float:
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start))


@table
def settled(data: Record) -> pd.DataFrame:
    """Every disagreement of the two readings, and how it was settled.

    Returns
    -------
    DataFrame
        One row per disagreement: unit, variable, first, second, settled, reason.
    """
    return data.settled.merge(data.second_codes, on=["unit", "variable"], how="left")[
        ["unit", "variable", "first", "second", "settled", "reason"]
    ].fillna("")
