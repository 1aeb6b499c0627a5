"""Read the record's counts and claims against figures from elsewhere, each with its caution.

A figure from elsewhere is context, never a verdict on a speaker: detected victims are not all victims, and an account of a
report is not the report.
"""

import re

import pandas as pd

from analysis.record import Record
from analysis.tables.participation import participation
from analysis.tables.recommendations import recommendations_by_strength
from analysis.tables.registry import table

PARTIES = (
    "parties-2022",
    "parties-2025",
)  # the number on the day of the dialogue lies between these two
REVIEW = ("upr-trafficking", "upr-all")


def figure(data: Record, name: str) -> str:
    """Return an outside figure as published, with its unit, for use in a sentence.

    Raises
    ------
    ValueError
        Where there is no such figure.
    """
    rows = data.context.set_index("id")
    if name not in rows.index:
        raise ValueError(f"Invalid figure {name!r}. Must be one of: {', '.join(rows.index)}.")
    row = rows.loc[name]
    return f"{row.value.lstrip('+')} {row.unit}"


@table
def states_as_share(data: Record) -> pd.DataFrame:
    """States parties that took part, as a share of the parties to the Protocol: a range, since the number of parties is.

    Returns
    -------
    DataFrame
        One row per known number of parties: parties, period, present, per_cent, seen.
    """
    counts = participation(data).set_index("group")["count"]
    rows = data.context[data.context.id.isin(PARTIES)]
    parties = rows.value.astype(int)
    return pd.DataFrame(
        {
            "parties": parties,
            "period": rows.period,
            "present": counts.get("States parties", pd.NA),
            "per_cent": (100 * counts.get("States parties", float("nan")) / parties)
            .astype(float)
            .round(1),
            "seen": rows.seen,
        }
    ).reset_index(drop=True)


@table
def strength_beside_review(data: Record) -> pd.DataFrame:
    """Action categories of the recommendations beside those of the universal periodic review, in per cent.

    Returns
    -------
    DataFrame
        One row per category: category, by_first_verb, as_read (per cent of this record's recommendations), review_trafficking,
        review_all (per cent of recommendations in the review, as counted from an export; missing where the
        context table has no such row).
    """
    counts = recommendations_by_strength(data)
    shares = 100 * counts[["by_first_verb", "as_read"]] / len(data.recommendations)
    values = data.context.set_index("id").value
    table = pd.concat([counts[["category"]], shares.round(1)], axis=1)
    for column, name in zip(("review_trafficking", "review_all"), REVIEW, strict=True):
        shares = re.split(r"\s*/\s*", values[name]) if name in values else [None] * len(table)
        table[column] = pd.array([share and float(share) for share in shares], dtype="Float64")
    return table


@table
def outside_figures(data: Record) -> pd.DataFrame:
    """Every outside figure that the book uses, with how it was seen and its caution.

    Returns
    -------
    DataFrame
        One row per figure: id, measures, value, unit, period, publisher, title, address, seen, caution.
    """
    return data.context.drop(columns="topic")
