"""The summary itself: its instruments, its irregularities, its coverage."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import look_up
from analysis.tables.registry import table


@table
def instruments(data: Record) -> pd.DataFrame:
    """List treaties, resolutions, documents and cases, and where they are named.

    Returns
    -------
    DataFrame
        One row per instrument: title, symbol, kind, date, paragraphs (joined by semicolons; blank
        if it is only the basis of a recommendation), address (where it was seen), note.
    """
    places = data.mentions[["instrument", "paragraph"]].drop_duplicates()
    paragraphs = places.paragraph.astype(str).groupby(places.instrument).agg("; ".join)
    rows = data.instruments.assign(paragraphs=look_up(data.instruments.id, paragraphs))
    return rows[["title", "symbol", "kind", "date", "paragraphs", "address", "note"]]


@table
def source_notes(data: Record) -> pd.DataFrame:
    """List the irregularities of the summary and how each is treated.

    Returns
    -------
    DataFrame
        One row per irregularity: id, paragraph (missing if it concerns the whole), kind, finding,
        treatment.
    """
    return data.source_notes[["id", "paragraph", "kind", "finding", "treatment"]]


@table
def coverage(data: Record) -> pd.DataFrame:
    """Measure how much of the summary's text is coded.

    Returns
    -------
    DataFrame
        One row per Roman section: section, label, paragraphs, statements, recommendations, claims,
        coded (per cent of the section's code points that a statement or recommendation covers).
    """
    rows = data.sections[["number", "label"]].rename(columns={"number": "section"})
    home = data.paragraphs.set_index("number").section
    units = ("statements", "recommendations", "claims")
    places = {"paragraphs": data.paragraphs.number}
    places |= {unit: getattr(data, unit).paragraph for unit in units}
    for name, paragraphs in places.items():
        rows[name] = rows.section.map(paragraphs.map(home).value_counts()).fillna(0).astype(int)
    spans = pd.concat([data.statements, data.recommendations])
    coded = (spans.end - spans.start).groupby(spans.paragraph.map(home)).sum()
    length = data.paragraphs.groupby("section").length.sum()
    shares = 100 * coded.reindex(length.index, fill_value=0) / length
    return rows.assign(coded=rows.section.map(shares).astype(float).round(1))
