"""The quantities that speakers state, and what was published elsewhere."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table

VERDICTS = ("agrees", "differs", "cannot be compared", "not found")


@table
def claims(data: Record) -> pd.DataFrame:
    """Every quantity that the summary states.

    Returns
    -------
    DataFrame
        One row per claim: id, paragraph, said_by, quantity (as printed), kind, low, high, unit, measures, period,
        source_named, note.
    """
    names = data.actors.set_index("id").name
    columns = "quantity kind low high unit measures period source_named note".split()
    head = data.claims[["id", "paragraph"]].assign(said_by=data.claims.said_by.map(names))
    return pd.concat([head, data.claims[columns]], axis=1)


@table
def claims_and_figures(data: Record) -> pd.DataFrame:
    """Every claim of a speaker beside what was published elsewhere.

    Returns
    -------
    DataFrame
        One row per claim and figure: claim, paragraph, said_by, quantity, measures, verdict, figure, what, source, seen, reason.
    """
    quantities = claims(data).set_index("id")
    context = data.context.set_index("id")
    rows = data.comparisons
    value = (context.value + " " + context.unit).str.strip()
    return pd.DataFrame(
        {
            "claim": rows.claim,
            "paragraph": rows.claim.map(quantities.paragraph),
            "said_by": rows.claim.map(quantities.said_by),
            "quantity": rows.claim.map(quantities.quantity),
            "measures": rows.claim.map(quantities.measures),
            "verdict": rows.verdict,
            "figure": rows.context.map(value).astype(object).fillna(""),
            "what": rows.context.map(context.measures + " (" + context.period + ")")
            .astype(object)
            .fillna(""),
            "source": rows.context.map(context.publisher + ", " + context.title)
            .astype(object)
            .fillna(""),
            "seen": rows.context.map(context.seen).astype(object).fillna(""),
            "reason": rows.reason,
        }
    )


@table
def verdicts(data: Record) -> pd.DataFrame:
    """How the comparisons of claims with figures came out.

    Returns
    -------
    DataFrame
        One row per verdict: verdict, comparisons, claims (a claim set beside two figures may be in two rows).
    """
    rows = data.comparisons.groupby("verdict").claim
    table = pd.DataFrame({"comparisons": rows.size(), "claims": rows.nunique()})
    return table.reindex(VERDICTS, fill_value=0).rename_axis("verdict").reset_index()
