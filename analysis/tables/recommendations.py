"""What was recommended: to whom, on what and how strongly."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import CATEGORIES, NEITHER, look_up
from analysis.tables.registry import table
from analysis.tables.statements import (
    panel_labels,
    statements_by_theme,
    theme_labels,
    themes_by_panel,
)


@table
def recommendations(data: Record) -> pd.DataFrame:
    """List every atomic recommendation with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, paragraph, panel, gist, addressee_stated,
        addressee_inferred, acts_below (parties named below the State), persons (concerned),
        first_verb, verb_category (the commonest category of UPR recommendations that begin with the
        verb), action_category (as read), category_reason, legal_basis, legal_article, legal_note,
        themes.
    """
    rows = data.recommendations.copy()
    rows["panel"] = panel_labels(rows, data, NEITHER)
    rows["acts_below"] = _parties(data, "acts below the State")
    rows["persons"] = _parties(data, "person concerned")
    rows["verb_category"] = rows.first_verb.map(data.verbs.set_index("first_verb").modal_category)
    rows["legal_basis"] = look_up(rows.legal_basis, data.instruments.set_index("id").title)
    rows["themes"] = theme_labels(rows, data, "recommendation")
    columns = ["id", "paragraph", "panel", "gist", "addressee_stated", "addressee_inferred"]
    columns += ["acts_below", "persons", "first_verb", "verb_category", "action_category"]
    columns += ["category_reason", "legal_basis", "legal_article", "legal_note", "themes"]
    return rows[columns]


def _parties(data: Record, part: str) -> pd.Series:
    """Return the parties of each recommendation that play one part."""
    rows = data.recommendation_parties[data.recommendation_parties.part == part]
    return look_up(data.recommendations.id, rows.groupby("recommendation").party.agg("; ".join))


@table
def recommendations_by_party(data: Record) -> pd.DataFrame:
    """Count recommendations by party that is named besides States.

    Returns
    -------
    DataFrame
        One row per party: part (acts below the State, person concerned), party, recommendations,
        which (ids, joined by semicolons).
    """
    grouped = data.recommendation_parties.groupby(["part", "party"]).recommendation
    counts = grouped.agg(recommendations="size", which="; ".join).reset_index()
    return counts.sort_values(
        ["part", "recommendations"], ascending=[True, False], kind="stable", ignore_index=True
    )


@table
def recommendations_by_theme(data: Record) -> pd.DataFrame:
    """Count recommendations by theme and subject, under each of their themes.

    Returns
    -------
    DataFrame
        One row per theme that can be applied, in the order of the codebook: theme, top, one count
        per panel's subject and for neither, total, statements (that have the theme).
    """
    counts = themes_by_panel(recommendations(data), data, "recommendation")
    totals = statements_by_theme(data).set_index("theme").total
    return counts.assign(statements=counts.theme.map(totals))


@table
def recommendations_by_strength(data: Record) -> pd.DataFrame:
    """Count recommendations by action category, by the first verb alone and as read.

    Returns
    -------
    DataFrame
        One row per category of E. McMahon's scale: category, by_first_verb, as_read.
    """
    rows = recommendations(data)
    counts = [
        (label, (rows.verb_category == number).sum(), (rows.action_category == number).sum())
        for number, label in CATEGORIES.items()
    ]
    return pd.DataFrame(counts, columns=["category", "by_first_verb", "as_read"])


def specific(data: Record) -> int:
    """Return how many recommendations ask for a specific action."""
    return int((data.recommendations.action_category == 5).sum())
