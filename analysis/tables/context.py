"""Counts of the record beside figures from elsewhere, each with its caution.

A figure from elsewhere is context, never a verdict on a speaker: detected victims are not all
victims, and an account of a report is not the report.
"""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import look_up
from analysis.tables.participation import participation
from analysis.tables.recommendations import recommendations_by_strength
from analysis.tables.registry import table

# Parties to the Protocol, on the day of the dialogue between the first two; to the Convention.
PARTIES = ("parties-2024", "parties-2025", "untoc-parties-2024")
REVIEW = {"review_trafficking": "upr-trafficking", "review_all": "upr-all"}


def figure(data: Record, name: str) -> str:
    """Return an outside figure as published, with its unit, for use in a sentence.

    Raises
    ------
    ValueError
        If there is no such figure.
    """
    rows = data.context.set_index("id")
    if name not in rows.index:
        raise ValueError(f"Invalid figure {name!r}. Must be one of: {', '.join(rows.index)}.")
    row = rows.loc[name]
    return f"{row.value.lstrip('+')} {row.unit}"


@table
def states_as_share(data: Record) -> pd.DataFrame:
    """Compute the share of parties that took part: a range, under two assumptions.

    The summary does not say to what the States parties are parties. The number of parties to the
    Protocol is known for two dates only, one on each side; that of the Convention for one.

    Returns
    -------
    DataFrame
        One row per known number of parties: measures (parties to what), parties, period, present,
        per_cent, seen.
    """
    counts = participation(data).set_index("group")["count"]
    rows = data.context[data.context.id.isin(PARTIES)]
    parties = pd.to_numeric(rows.value, errors="coerce").convert_dtypes()
    parties = parties.where(parties > 0)
    present = counts.get("States parties", pd.NA)
    share = (100 * present / parties).round(1)
    rows = rows.assign(parties=parties, present=present, per_cent=share).reset_index(drop=True)
    return rows[["measures", "parties", "period", "present", "per_cent", "seen"]]


@table
def strength_beside_review(data: Record) -> pd.DataFrame:
    """Set the action categories beside those of the periodic review, in per cent.

    Returns
    -------
    DataFrame
        One row per category: category, by_first_verb, as_read (per cent of this record's
        recommendations), review_trafficking, review_all (per cent of recommendations in the review,
        as counted from an export; missing if the context table has no such row).
    """
    counts = recommendations_by_strength(data)
    columns = ["by_first_verb", "as_read"]
    counts[columns] = (100 * counts[columns] / len(data.recommendations)).round(1)
    values = data.context.set_index("id").value
    for column, name in REVIEW.items():
        texts = pd.Series(values.get(name, "").split("/"), dtype=object).str.strip()
        shares = pd.to_numeric(texts, errors="coerce").astype("Float64")
        counts[column] = shares if len(shares) == len(counts) else shares.head(0)
    return counts


@table
def outside_figures(data: Record) -> pd.DataFrame:
    """List every outside figure that the book uses, with its caution.

    Returns
    -------
    DataFrame
        One row per figure: id, measures, value, unit, period, publisher, title, address, seen,
        caution.
    """
    columns = ["id", "measures", "value", "unit", "period"]
    return data.context[[*columns, "publisher", "title", "address", "seen", "caution"]]


@table
def subjects_by_account(data: Record) -> pd.DataFrame:
    """Set the subjects of this record beside those in accounts of the dialogues.

    An account tells what its author found worth telling: that a subject is missing from it does not
    show that nobody spoke of it. Subjects of accounts that are no theme of this record are left
    out.

    Returns
    -------
    DataFrame
        One row per theme of this record, those on top excepted: theme, accounts (subjects in the
        accounts, each with its dialogue's year, joined by semicolons), statements, recommendations
        (of this record).
    """
    years = data.accounts.set_index("id").meeting.map(
        data.meetings.set_index("id").date.dt.strftime("%Y")
    )
    rows = data.account_subjects.assign(year=data.account_subjects.account.map(years))
    told = (rows.year + " " + rows.subject).groupby(rows.theme)
    told = told.agg(lambda subjects: "; ".join(subjects.unique()))  # two accounts may tell of one
    themes = data.themes[data.themes.parent != ""]
    table_ = pd.DataFrame({"theme": themes.label, "accounts": look_up(themes.id, told)})
    for name, applied in (
        ("statements", data.statement_themes),
        ("recommendations", data.recommendation_themes),
    ):
        counts = themes.id.map(applied.theme.value_counts())
        table_[name] = counts.astype("Int64").fillna(0)
    return table_.reset_index(drop=True)


@table
def accounts(data: Record) -> pd.DataFrame:
    """List the accounts of the dialogues by others.

    Returns
    -------
    DataFrame
        One row per account: dialogue, publisher, title, date, address, seen.
    """
    rows = data.accounts.assign(
        dialogue=data.accounts.meeting.map(data.meetings.set_index("id").title)
    )
    return rows[["dialogue", "publisher", "title", "date", "address", "seen"]]
