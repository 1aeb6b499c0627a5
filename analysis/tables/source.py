"""The summary itself: quantities, instruments, irregularities, coverage; and the codebook."""

from types import SimpleNamespace

import pandas as pd


def claims(data: SimpleNamespace) -> pd.DataFrame:
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


def codebook(data: SimpleNamespace) -> pd.DataFrame:
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
            "recommendations": themes.id.map(advised).astype("Int64").where(themes.parent != "").fillna(0),
        }
    )


def crosswalk(data: SimpleNamespace) -> pd.DataFrame:
    """The concepts of other vocabularies that the themes correspond to.

    Returns
    -------
    DataFrame
        One row per theme and concept: theme, vocabulary, concept, identifier, relation. A theme without a concept in
        a vocabulary has no row for it.
    """
    labels = data.themes.set_index("id").label
    return data.crosswalk.assign(theme=data.crosswalk.theme.map(labels)).rename(columns={"label": "concept"})[
        ["theme", "vocabulary", "concept", "identifier", "relation"]
    ]


def instruments(data: SimpleNamespace) -> pd.DataFrame:
    """Treaties, resolutions, documents and cases, and where the summary names them.

    Returns
    -------
    DataFrame
        One row per instrument: title, symbol, kind, date, paragraphs (joined by semicolons; blank where it is only the basis
        of a recommendation), note.
    """
    places = data.mentions.assign(paragraph=data.mentions.paragraph.astype(str))
    places = places.drop_duplicates(["instrument", "paragraph"]).groupby("instrument").paragraph.agg("; ".join)
    table = data.instruments.assign(paragraphs=data.instruments.id.map(places).astype(object).fillna(""))
    return table[["title", "symbol", "kind", "date", "paragraphs", "note"]]


def source_notes(data: SimpleNamespace) -> pd.DataFrame:
    """Irregularities of the summary and how they are treated.

    Returns
    -------
    DataFrame
        One row per irregularity: id, paragraph (missing where it is about the whole), kind, finding, treatment.
    """
    return data.source_notes.copy()


def coverage(data: SimpleNamespace) -> pd.DataFrame:
    """How much of the summary's text is coded.

    Returns
    -------
    DataFrame
        One row per Roman section: section, label, paragraphs, statements, recommendations, claims, coded
        (per cent of the section's code points that stand in a statement or a recommendation).
    """
    home = data.paragraphs.set_index("number").section
    spans = pd.concat([data.statements, data.recommendations])
    coded = (spans.end - spans.start).groupby(spans.paragraph.map(home)).sum()
    length = data.paragraphs.groupby("section").length.sum()
    table = data.sections.rename(columns={"number": "section"})
    for name, rows in (
        ("paragraphs", data.paragraphs.section),
        ("statements", data.statements.paragraph.map(home)),
        ("recommendations", data.recommendations.paragraph.map(home)),
        ("claims", data.claims.paragraph.map(home)),
    ):
        table[name] = table.section.map(rows.value_counts()).fillna(0).astype(int)
    share = 100 * table.section.map(coded).fillna(0).astype(float) / table.section.map(length).astype(float)
    return table.assign(coded=share.round(1))


def verbs(data: SimpleNamespace) -> pd.DataFrame:
    """First verbs, and the commonest action category of recommendations of the universal periodic review that begin with them.

    Returns
    -------
    DataFrame
        One row per verb: first_verb, recommendations (how many begin with it), modal_category, share (of that category).
    """
    return data.verbs.rename(columns={"n": "recommendations"})[["first_verb", "recommendations", "modal_category", "share"]]
