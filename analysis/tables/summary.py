"""The summary itself: the instruments it names, its irregularities, and how much of it is coded."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table


@table
def instruments(data: Record) -> pd.DataFrame:
    """Treaties, resolutions, documents and cases, and where the summary names them.

    Returns
    -------
    DataFrame
        One row per instrument: title, symbol, kind, date, paragraphs (joined by semicolons; blank where it is only the basis
        of a recommendation), note.
    """
    places = data.mentions.assign(paragraph=data.mentions.paragraph.astype(str))
    places = (
        places.drop_duplicates(["instrument", "paragraph"])
        .groupby("instrument")
        .paragraph.agg("; ".join)
    )
    table = data.instruments.assign(
        paragraphs=data.instruments.id.map(places).astype(object).fillna("")
    )
    return table[["title", "symbol", "kind", "date", "paragraphs", "note"]]


@table
def source_notes(data: Record) -> pd.DataFrame:
    """Irregularities of the summary and how they are treated.

    Returns
    -------
    DataFrame
        One row per irregularity: id, paragraph (missing where it is about the whole), kind, finding, treatment.
    """
    return data.source_notes.copy()


@table
def coverage(data: Record) -> pd.DataFrame:
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
    share = (
        100
        * table.section.map(coded).fillna(0).astype(float)
        / table.section.map(length).astype(float)
    )
    return table.assign(coded=share.round(1))
