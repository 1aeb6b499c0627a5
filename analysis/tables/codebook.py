"""The codebook: themes, the vocabularies they correspond to, and first verbs."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table


@table
def codebook(data: Record) -> pd.DataFrame:
    """The themes with their rules, and how often each is applied.

    Returns
    -------
    DataFrame
        One row per theme: id, theme, top, definition, include, leave_out, example, statements, recommendations.
    """
    labels = data.themes.set_index("id").label
    said, advised = (
        data.statement_themes.theme.value_counts(),
        data.recommendation_themes.theme.value_counts(),
    )
    themes = data.themes
    return pd.DataFrame(
        {
            "id": themes.id,
            "theme": themes.label,
            "top": themes.parent.map(labels).astype(object).fillna(""),
            "definition": themes.definition,
            "include": themes.include,
            "leave_out": themes.exclude,
            "example": themes.example,
            "statements": themes.id.map(said).astype("Int64").where(themes.parent != "").fillna(0),
            "recommendations": themes.id.map(advised)
            .astype("Int64")
            .where(themes.parent != "")
            .fillna(0),
        }
    )


@table
def crosswalk(data: Record) -> pd.DataFrame:
    """The concepts of other vocabularies that the themes correspond to.

    Returns
    -------
    DataFrame
        One row per theme and concept: theme, vocabulary, concept, identifier, relation. A theme without a concept in
        a vocabulary has no row for it.
    """
    labels = data.themes.set_index("id").label
    return data.crosswalk.assign(theme=data.crosswalk.theme.map(labels)).rename(
        columns={"label": "concept"}
    )[["theme", "vocabulary", "concept", "identifier", "relation"]]


@table
def verbs(data: Record) -> pd.DataFrame:
    """First verbs, and the commonest action category of recommendations of the universal periodic review that begin with them.

    Returns
    -------
    DataFrame
        One row per verb: first_verb, recommendations (how many begin with it), modal_category, share (of that category).
    """
    return data.verbs.rename(columns={"n": "recommendations"})[
        ["first_verb", "recommendations", "modal_category", "share"]
    ]
