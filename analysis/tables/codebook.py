"""The codebook: themes, the vocabularies they correspond to, and first verbs."""

import pandas as pd

from analysis.record import Record, readings
from analysis.tables.counting import look_up
from analysis.tables.registry import table


@table
def codebook(data: Record) -> pd.DataFrame:
    """List the themes with their rules, and count how often each is applied.

    Returns
    -------
    DataFrame
        One row per theme: id, theme, top, definition, include, leave_out, example (invented),
        statements, recommendations.
    """
    rows = data.themes.assign(top=look_up(data.themes.parent, data.themes.set_index("id").label))
    rows = rows[["id", "label", "top", "definition", "include", "exclude", "example"]]
    codes = {"statements": data.statement_themes, "recommendations": data.recommendation_themes}
    for column, applied in codes.items():
        rows[column] = rows.id.map(applied.theme.value_counts()).astype("Int64").fillna(0)
    return rows.rename(columns={"label": "theme", "exclude": "leave_out"})


@table
def crosswalk(data: Record) -> pd.DataFrame:
    """List the concepts of other vocabularies that the themes correspond to.

    Returns
    -------
    DataFrame
        One row per theme and concept: theme, vocabulary, concept, identifier, relation. A theme
        without a concept in a vocabulary has no row for it.
    """
    rows = data.crosswalk[["theme", "vocabulary", "label", "identifier", "relation"]]
    labels = data.themes.set_index("id").label
    return rows.assign(theme=rows.theme.map(labels)).rename(columns={"label": "concept"})


@table
def verbs(data: Record) -> pd.DataFrame:
    """List first verbs, each with the commonest category of its recommendations.

    The recommendations are those of the universal periodic review.

    Returns
    -------
    DataFrame
        One row per verb: first_verb, recommendations (that begin with it), modal_category, share
        (of that category).
    """
    rows = data.verbs[["first_verb", "n", "modal_category", "share"]]
    return rows.rename(columns={"n": "recommendations"})


@table
def codes(data: Record) -> pd.DataFrame:
    """List every value of every list of values, with its meaning.

    Returns
    -------
    DataFrame
        One row per value: list, value, label, definition, include, leave_out, example (invented).
    """
    columns = ["list", "value", "label", "definition", "include", "exclude", "example"]
    return data.codes[columns].rename(columns={"exclude": "leave_out"})


@table
def coding_rules(data: Record) -> pd.DataFrame:
    """List the rules of the codebook, in the order of what is coded.

    Returns
    -------
    DataFrame
        One row per rule: variable (label), number, rule.
    """
    labels, rows = pd.Series(readings.variables(data), dtype="str"), data.coding_rules
    return rows.assign(variable=look_up(rows.variable, labels))[["variable", "number", "rule"]]


@table
def codebook_versions(data: Record) -> pd.DataFrame:
    """List the versions of the codebook and what changed in each.

    Returns
    -------
    DataFrame
        One row per version: version, date, changes.
    """
    return data.codebook_versions[["version", "date", "changes"]]
