"""Uptake and comparisons: every proposal judged, every claim set beside figures."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws

ASKING = ("proposal", "position")


@rule
def links_are_of_proposals(data: Record) -> Iterator[Problem]:
    """Only a proposal, or a position that implies one, is linked to a recommendation or was thought of for it."""
    asking = data.statements.id[data.statements.act.isin(ASKING)]
    for table in ("uptake", "rejected"):
        odd = ~getattr(data, table).statement.isin(asking)
        yield from flaws(
            data,
            table,
            odd,
            "statement",
            "link of a statement that asks for nothing",
            "a proposal or a position",
        )
    pairs = set(zip(data.uptake.statement, data.uptake.recommendation, strict=True))
    both = [
        pair in pairs
        for pair in zip(data.rejected.statement, data.rejected.recommendation, strict=True)
    ]
    both = pd.Series(both, data.rejected.index, dtype=bool)
    yield from flaws(data, "rejected", both, "statement", "pair that is linked in uptake")


@rule
def proposals_are_judged(data: Record) -> Iterator[Problem]:
    """Every proposal is either linked to a recommendation or said to have none, once any is."""
    if data.uptake.empty and data.no_uptake.empty:
        return
    said, listed = data.statements, data.no_uptake
    proposal, linked = said.act == "proposal", said.id.isin(data.uptake.statement)
    missing = proposal & ~linked & ~said.id.isin(listed.statement)
    yield from flaws(data, "statements", missing, "id", "proposal whose uptake nobody judged")
    odd = ~listed.statement.isin(said.id[proposal & ~linked])
    yield from flaws(data, "no_uptake", odd, "statement", "not a proposal without uptake")


@rule
def claims_are_compared(data: Record) -> Iterator[Problem]:
    """Once any is, every quantity that a speaker states is set beside an outside figure, or nothing was found."""
    if data.comparisons.empty:
        return
    claims, rows = data.claims, data.comparisons
    lone = (claims.statement != "") & ~claims.id.isin(rows.claim)
    yield from flaws(data, "claims", lone, "id", "claim that is not compared")
    odd = (rows.context == "") != (rows.verdict == "not found")
    yield from flaws(
        data,
        "comparisons",
        odd,
        "verdict",
        "verdict and figure do not fit",
        "not found only without a figure",
    )
