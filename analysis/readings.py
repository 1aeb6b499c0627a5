"""Check what two readers judged: every proposal judged, every disagreement settled, every claim set beside figures.

`analysis.check` runs these rules after its own.
"""

import pandas as pd

from analysis.problems import flaws

ASKING = ("proposal", "position")
OF_STATEMENTS = ("act", "action_category", "themes")


def links_are_of_proposals(data):
    """Only a proposal, or a position that implies one, is linked to a recommendation or was thought of for it."""
    acts = data.statements.set_index("id").act
    for table in ("uptake", "rejected"):
        links = getattr(data, table)
        odd = links[~links.statement.map(acts).isin(ASKING)]
        yield from flaws(table, odd, "statement", "link of a statement that asks for nothing", "a proposal or a position")
    pairs = set(zip(data.uptake.statement, data.uptake.recommendation, strict=True))
    both = [pair in pairs for pair in zip(data.rejected.statement, data.rejected.recommendation, strict=True)]
    yield from flaws("rejected", data.rejected[both], "statement", "pair that is linked in uptake")


def proposals_are_judged(data):
    """Every proposal is either linked to a recommendation or said to have none."""
    proposals = data.statements[data.statements.act == "proposal"]
    linked, none = proposals.id.isin(data.uptake.statement), proposals.id.isin(data.no_uptake.statement)
    yield from flaws("statements", proposals[~linked & ~none], "id", "proposal whose uptake nobody judged")
    listed = data.no_uptake
    odd = listed[~listed.statement.isin(proposals.id[~linked])]
    yield from flaws("no_uptake", odd, "statement", "not a proposal without uptake")


def disagreements_are_settled(data):
    """Where two readers differ, and only there, it is settled; and the record holds what was settled."""
    keys = ["unit", "variable"]
    codes, settled = data.second_codes, data.settled.set_index(keys).settled
    places = pd.MultiIndex.from_frame(codes[keys])
    differs = codes["first"] != codes["second"]
    found = pd.Series(places.isin(settled.index), codes.index)
    yield from flaws("second_reading/codes", codes[differs & ~found], "unit", "disagreement that is not settled")
    needless = pd.MultiIndex.from_frame(data.settled[keys]).isin(places[differs])
    yield from flaws("settled", data.settled[~needless], "unit", "settled where the readers agree")
    agreed = pd.Series([settled.get(place, one) for place, one in zip(places, codes["first"], strict=True)], codes.index)
    held = pd.Series([_recorded(data).get(place, "") for place in places], codes.index)
    odd = codes[(agreed != held) & (codes.variable != "split")]
    yield from flaws("second_reading/codes", odd, "first", "record holds another code than was settled", held)


def _recorded(data) -> dict[tuple[str, str], str]:
    """Return the code that the record holds for every unit and variable."""
    record = {}
    for rows in (data.statements, data.recommendations):
        for variable in set(OF_STATEMENTS) & set(rows.columns):
            values = rows[variable].astype("string").fillna("")
            record |= {(unit, variable): value for unit, value in zip(rows.id, values, strict=True)}
    for codes, column in ((data.statement_themes, "statement"), (data.recommendation_themes, "recommendation")):
        themes = codes.sort_values("theme").groupby(column).theme.agg(" ".join)
        record |= {(unit, "themes"): value for unit, value in themes.items()}
    links = data.uptake
    return record | {(f"{x.statement}>{x.recommendation}", "uptake"): x.level for x in links.itertuples()}


def everything_is_read_twice(data):
    """Every statement and recommendation has two codes for each variable, and every link was judged by two readers."""
    codes = data.second_codes
    read = set(zip(codes.unit, codes.variable, strict=True))
    for table, variables in (("statements", OF_STATEMENTS), ("recommendations", OF_STATEMENTS[1:])):
        rows = getattr(data, table)
        odd = [any((unit, variable) not in read for variable in variables) for unit in rows.id]
        yield from flaws(table, rows[odd], "id", "not in the two readings")
    pairs = [(f"{x.statement}>{x.recommendation}", "uptake") not in read for x in data.uptake.itertuples()]
    yield from flaws("uptake", data.uptake[pairs], "statement", "not in the two readings")


def claims_are_compared(data):
    """Every quantity that a speaker states is set beside an outside figure, or nothing is said to have been found."""
    claims, rows = data.claims, data.comparisons
    lone = claims[(claims.statement != "") & ~claims.id.isin(rows.claim)]
    yield from flaws("claims", lone, "id", "claim that is not compared")
    odd = rows[(rows.context == "") != (rows.verdict == "not found")]
    yield from flaws("comparisons", odd, "verdict", "verdict and figure do not fit", "not found only without a figure")


RULES = (
    links_are_of_proposals,
    proposals_are_judged,
    disagreements_are_settled,
    everything_is_read_twice,
    claims_are_compared,
)
