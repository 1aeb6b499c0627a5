"""Uptake and comparisons: every proposal judged, every claim set beside figures."""

from collections.abc import Iterator

from analysis.check.rules import among, rule
from analysis.record import Problem, Record, flaws

ASKING = ("proposal", "position")


@rule
def links_are_of_proposals(data: Record) -> Iterator[Problem]:
    """Only a proposal or a position is linked, or was considered for a link."""
    asking = data.statements.id[data.statements.act.isin(ASKING)]
    for table in ("uptake", "rejected"):
        wrong = ~getattr(data, table).statement.isin(asking)
        broken = "link of a statement that asks for nothing"
        yield from flaws(data, table, wrong, "statement", broken, "a proposal or a position")
    pairs = set(zip(data.uptake.statement, data.uptake.recommendation, strict=True))
    both = among(pairs, data.rejected.statement, data.rejected.recommendation)
    yield from flaws(data, "rejected", both, "statement", "pair that is linked in uptake")


@rule
def proposals_are_judged(data: Record) -> Iterator[Problem]:
    """Every proposal is linked or listed as having no counterpart, once any is."""
    if data.uptake.empty and data.no_uptake.empty:
        return
    statements, listed = data.statements, data.no_uptake
    linked = statements.id.isin(data.uptake.statement)
    proposal = statements.act == "proposal"
    missing = proposal & ~linked & ~statements.id.isin(listed.statement)
    yield from flaws(data, "statements", missing, "id", "proposal whose uptake nobody judged")
    wrong = ~listed.statement.isin(statements.id[proposal & ~linked])
    yield from flaws(data, "no_uptake", wrong, "statement", "not a proposal without uptake")


@rule
def claims_are_compared(data: Record) -> Iterator[Problem]:
    """Every quantity that a speaker states is compared, once any of them is."""
    if data.comparisons.empty:
        return
    claims, rows = data.claims, data.comparisons
    lone = (claims.statement != "") & ~claims.id.isin(rows.claim)
    yield from flaws(data, "claims", lone, "id", "claim that is not compared")
    wrong = (rows.context == "") != (rows.verdict == "none found")
    broken, expected = "verdict and figure do not fit", "none found only without a figure"
    yield from flaws(data, "comparisons", wrong, "verdict", broken, expected)
