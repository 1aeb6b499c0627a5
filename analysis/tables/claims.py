"""The quantities that speakers state, and what was published elsewhere."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import look_up
from analysis.tables.registry import table

VERDICTS = ("agrees", "differs", "cannot be compared", "not found")


@table
def claims(data: Record) -> pd.DataFrame:
    """List every quantity that the summary states.

    Returns
    -------
    DataFrame
        One row per claim: id, paragraph, said_by, quantity (as printed), kind, low (missing if no
        number is stated), high (missing likewise), unit, measures, period, source_named, note.
    """
    names = data.actors.set_index("id").name
    columns = ["quantity", "kind", "low", "high", "unit", "measures"]
    columns += ["period", "source_named", "note"]
    head = data.claims[["id", "paragraph"]].assign(said_by=data.claims.said_by.map(names))
    return pd.concat([head, data.claims[columns]], axis=1)


@table
def claims_and_figures(data: Record) -> pd.DataFrame:
    """Set every claim of a speaker beside what was published elsewhere.

    Returns
    -------
    DataFrame
        One row per claim and figure: claim, paragraph, said_by, quantity, measures, verdict,
        figure, what, source, seen, reason.
    """
    quantities = claims(data).set_index("id")
    context = data.context.set_index("id")
    rows = data.comparisons
    figures = {
        "figure": (context.value + " " + context.unit).str.strip(),
        "what": context.measures + " (" + context.period + ")",
        "source": context.publisher + ", " + context.title,
        "seen": context.seen,
    }
    columns = ["paragraph", "said_by", "quantity", "measures"]
    return pd.DataFrame(
        {"claim": rows.claim}
        | {column: rows.claim.map(quantities[column]) for column in columns}
        | {"verdict": rows.verdict}
        | {column: look_up(rows.context, texts) for column, texts in figures.items()}
        | {"reason": rows.reason}
    )


@table
def verdicts(data: Record) -> pd.DataFrame:
    """Count how the comparisons of claims with figures came out.

    Returns
    -------
    DataFrame
        One row per verdict: verdict, comparisons, claims. A claim that is compared with two figures
        may be counted in two rows.
    """
    rows = data.comparisons.groupby("verdict").claim
    counts = pd.DataFrame({"comparisons": rows.size(), "claims": rows.nunique()})
    return counts.reindex(VERDICTS, fill_value=0).rename_axis("verdict").reset_index()
