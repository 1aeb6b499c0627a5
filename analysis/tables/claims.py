"""The quantities that speakers state, and what was published elsewhere."""

import pandas as pd

from analysis.record import Record, readings
from analysis.tables.registry import table

VERDICTS = ("agrees", "differs", "related", "none found")


@table
def claims(data: Record) -> pd.DataFrame:
    """List every quantity that the summary states.

    Returns
    -------
    DataFrame
        One row per claim: id, paragraph, said_by, quantity (as printed), kind, low (missing if no
        number is stated), high (missing likewise), unit, measures, period, source_named, note.
    """
    columns = ["id", "paragraph", "said_by", "quantity", "kind", "low", "high", "unit", "measures"]
    rows = data.claims.assign(said_by=data.claims.said_by.map(data.actors.set_index("id").name))
    return rows[[*columns, "period", "source_named", "note"]]


@table
def claims_and_figures(data: Record) -> pd.DataFrame:
    """Set every claim of a speaker beside what was published elsewhere.

    Returns
    -------
    DataFrame
        One row per claim and figure: claim, paragraph, said_by, quantity, measures, verdict,
        figure, what, source, address (where the figure was seen), seen, reason.
    """
    context = data.context.assign(
        figure=(data.context.value + " " + data.context.unit).str.strip(),
        what=data.context.measures + " (" + data.context.period + ")",
        source=data.context.publisher + ", " + data.context.title,
    )
    figures = context.set_index("id")[["figure", "what", "source", "address", "seen"]]
    said = claims(data).set_index("id")[["paragraph", "said_by", "quantity", "measures"]]
    rows = data.comparisons[["claim", "context", "verdict", "reason"]]
    rows = (
        rows.join(said, on="claim").join(figures, on="context").fillna(dict.fromkeys(figures, ""))
    )
    return rows[["claim", *said, "verdict", *figures, "reason"]]


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


def sources_recorded(data: Record) -> str:
    """Return for how many claims a source is recorded, with what the readers give."""
    said = data.claims[data.claims.statement != ""]
    given = readings.values(data, "source_named", readings.current(data))
    given = given[given.index.isin(readings.units(said))].eq("true").sum()
    settled = int(said.source_named.sum())
    if given.empty or set(given) == {settled}:
        return str(settled)
    return f"{settled} ({given.min()} to {given.max()}, by reader)"
