"""What was recommended: to whom, on what and how strongly."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import CATEGORIES, NEITHER, NOBODY, cross
from analysis.tables.registry import table
from analysis.tables.statements import (
    panel_labels,
    statements_by_theme,
    theme_labels,
    themes_by_panel,
)


@table
def recommendations(data: Record) -> pd.DataFrame:
    """Every atomic recommendation with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, paragraph, panel, gist, addressee_stated, addressee_inferred, acts_below
        (parties named below the State), persons (concerned), first_verb, verb_category (the commonest category of UPR
        recommendations that begin with the verb), action_category (as read), category_reason, legal_basis,
        legal_article, legal_note, themes.
    """
    rows = data.recommendations
    parties = data.recommendation_parties
    acts, persons = (
        parties[parties.part == part].groupby("recommendation").party.agg("; ".join).to_dict()
        for part in ("acts below the State", "person concerned")
    )
    verbs = data.verbs.set_index("first_verb")
    return pd.DataFrame(
        {
            "id": rows.id,
            "paragraph": rows.paragraph,
            "panel": panel_labels(rows, data, NEITHER),
            "gist": rows.gist,
            "addressee_stated": rows.addressee_stated,
            "addressee_inferred": rows.addressee_inferred,
            "acts_below": [acts.get(each, "") for each in rows.id],
            "persons": [persons.get(each, "") for each in rows.id],
            "first_verb": rows.first_verb,
            "verb_category": rows.first_verb.map(verbs.modal_category),
            "action_category": rows.action_category,
            "category_reason": rows.category_reason,
            "legal_basis": rows.legal_basis.map(data.instruments.set_index("id").title)
            .astype(object)
            .fillna(""),
            "legal_article": rows.legal_article,
            "legal_note": rows.legal_note,
            "themes": rows.id.map(theme_labels(data.recommendation_themes, "recommendation", data))
            .astype(object)
            .fillna("")
            .astype(str),
        }
    )


@table
def recommendations_by_addressee(data: Record) -> pd.DataFrame:
    """Recommendations by addressee as printed and as we read it.

    Returns
    -------
    DataFrame
        One row per pair: addressee_stated ("nobody named" for a blank), addressee_inferred, recommendations.
    """
    table = recommendations(data).replace({"addressee_stated": {"": NOBODY}})
    return _count(table, ["addressee_stated", "addressee_inferred"])


@table
def recommendations_by_addressee_and_strength(data: Record) -> pd.DataFrame:
    """Recommendations by addressee as printed and by action category as read.

    Returns
    -------
    DataFrame
        One row per addressee: addressee_stated, one count per category that occurs, total.
    """
    table = recommendations(data).replace({"addressee_stated": {"": NOBODY}})
    table["category"] = table.action_category.map(CATEGORIES)
    return cross(table, "addressee_stated", "category", order=dict.fromkeys(table.addressee_stated))


@table
def recommendations_by_party(data: Record) -> pd.DataFrame:
    """Recommendations by party named besides States.

    Returns
    -------
    DataFrame
        One row per party: part (acts below the State, person concerned), party, recommendations, which (their ids).
    """
    grouped = data.recommendation_parties.groupby(["part", "party"]).recommendation
    table = grouped.agg(recommendations="size", which="; ".join).reset_index()
    return table.sort_values(
        ["part", "recommendations"], ascending=[True, False], kind="stable", ignore_index=True
    )


@table
def recommendations_by_theme(data: Record) -> pd.DataFrame:
    """Recommendations by theme and subject. A recommendation with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that is applied, in the order of the codebook: theme, top, one count per panel's subject
        and for neither, total, statements (how many statements have the theme).
    """
    rows = data.recommendation_themes.merge(
        data.recommendations, left_on="recommendation", right_on="id"
    )
    counted = themes_by_panel(rows, data, NEITHER)
    said = statements_by_theme(data).set_index("theme").total
    return counted.assign(statements=counted.theme.map(said))


@table
def recommendations_by_strength(data: Record) -> pd.DataFrame:
    """Recommendations by action category: what the first verb alone would give, and what a reader gives.

    Returns
    -------
    DataFrame
        One row per category of E. McMahon's scale: category, by_first_verb, as_read.
    """
    table = recommendations(data)
    return pd.DataFrame(
        {
            "category": list(CATEGORIES.values()),
            "by_first_verb": [int((table.verb_category == k).sum()) for k in CATEGORIES],
            "as_read": [int((table.action_category == k).sum()) for k in CATEGORIES],
        }
    )


def _count(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Count recommendations by some columns, most frequent first."""
    counts = rows.groupby(columns).size().reset_index(name="recommendations")
    return counts.sort_values("recommendations", ascending=False, kind="stable", ignore_index=True)
