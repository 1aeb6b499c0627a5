"""The record by paragraph: what each says, who said it, what came of it.

Every number of the book can be followed to this page. Each paragraph, statement, recommendation and
claim has an anchor of its own: ``p-16``, ``s-16a``, ``r-39a``, ``q21a``. It stays when the id is
retired, with a note.
"""

from typing import Any

import pandas as pd

from analysis.page import marks, show
from analysis.record import Record
from analysis.tables.counting import CATEGORIES
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements

Row = Any  # a named tuple of a table


def anchors(data: Record) -> list[str]:
    """Return the anchor of every paragraph and item, of retired items too."""
    retired = map(marks.anchor, data.retired.kind, data.retired.id)
    items = (
        marks.anchor(kind, id) for kind in marks.ANCHORS for id in getattr(data, f"{kind}s").id
    )
    return [*map("p-{}".format, data.paragraphs.number), *items, *retired]


def section(data: Record, number: str) -> show.Shown:
    """Show every paragraph of a Roman section.

    Parameters
    ----------
    data : Record
        The loaded tables.
    number : str
        The section's Roman number.

    Raises
    ------
    ValueError
        If there is no such section.
    """
    if number not in set(data.sections.number):
        raise ValueError(
            f"Invalid section {number!r}. Must be one of: {', '.join(data.sections.number)}."
        )
    items = [_marked(rows, data) for rows in (statements(data), recommendations(data), data.claims)]
    boxes = [
        paragraph(row, [kind.get(row.number, []) for kind in items], data)
        for row in data.paragraphs[data.paragraphs.section == number].itertuples()
    ]
    text = show.myst(
        "\n".join(box.source for box in boxes), "\n\n".join(box.words for box in boxes)
    )
    return show.markdown(text, name=f"section-{number}")


def _marked(rows: pd.DataFrame, data: Record) -> dict[int, list[Row]]:
    """Return the rows of each paragraph, with their links and other marks."""
    for name, found in (
        ("uptake", marks.uptake(data)),
        ("relations", marks.relations(data)),
        ("remarks", marks.remarks(data)),
        ("objections", marks.objections(data)),
    ):
        rows = rows.assign(**{name: [found.get(id, []) for id in rows.id]})
    return {number: list(part.itertuples()) for number, part in rows.groupby("paragraph")}


def paragraph(row: Row, items: list[list[Row]], data: Record) -> show.Markup:
    """Return the box of one paragraph with the boxes of what is coded in it."""
    said, advised, claims = items
    boxes = [*map(statement, said), *map(recommendation, advised)]
    retired = data.retired[data.retired.paragraph == row.number]
    notes = [*_lines(row.number, claims, data), *map(_withdrawn, retired.itertuples())]
    body, title = [row.gist, *boxes, *notes], f"Paragraph {row.number}"
    return show.item("paragraph", body, name=f"p-{row.number}", title=title, level=3)


def statement(row: Row) -> show.Markup:
    """Return the box of one statement: what, who, its codes and its links."""
    who = f"{row.speaker} ({row.quantifier})" if row.quantifier else row.speaker
    facts = [who, show.badge(row.act, "act"), *row.themes.split("; "), *row.remarks]
    nowhere = ["No counterpart."] if row.act == "proposal" else []
    links = [*(row.uptake or nowhere), *row.relations]
    body = [row.gist, show.join(facts, " · "), *links, *row.objections]
    return show.item("statement", body, name=f"s-{row.id}", title=row.id)


def recommendation(row: Row) -> show.Markup:
    """Return the box of one recommendation: what, to whom, its codes and its links."""
    stated, read = row.addressee_stated, row.addressee_inferred
    facts = [f"Addressed to {stated}" if stated else "No addressee named"]
    facts += [f"read as {read}"] if stated != read else []
    facts += [CATEGORIES[row.action_category][2:]]
    themes = [show.badge(theme, "theme") for theme in row.themes.split("; ")]
    links = [*(row.uptake or ["Nobody is recorded as asking for this."]), *row.relations]
    body = [row.gist, show.join([*facts, *themes, *row.remarks], " · "), *links, *row.objections]
    return show.item("recommendation", body, name=f"r-{row.id}", title=row.id)


def _lines(number: int, claims: list[Row], data: Record) -> list[show.Markup]:
    """Return the quantities, instruments and irregularities of a paragraph."""
    frames = (data.mentions, data.source_notes)
    mentions, notes = (rows[rows.paragraph == number] for rows in frames)
    named = mentions.instrument.drop_duplicates().map(data.instruments.set_index("id").title)
    lines = {
        "Quantities": list(map(_quantity, claims)),
        "Named": list(named),
        "Note on the source": [" ".join(notes.finding)] if len(notes) else [],
    }
    objections = [line for claim in claims for line in claim.objections]
    return [marks.line(*each, "; ") for each in lines.items() if each[1]] + objections


def _quantity(row: Row) -> show.Markup:
    """Return a claim with its anchor."""
    words = f"“{row.quantity}” ({'; '.join([row.measures, *row.remarks])})"
    return show.myst(f"[{show.source(words)}]{{#{row.id}}}", words)


def _withdrawn(row: Row) -> show.Markup:
    """Return the note at the anchor of a retired id: since when, by what, why."""
    item = f"{row.kind} {row.id}"
    marked = show.myst(f"[{item}]{{#{marks.anchor(row.kind, row.id)}}}", item)
    facts: list[Any] = [f"withdrawn since version {row.since}"]
    if row.replaced_by:
        links = [show.link(id, marks.anchor(row.kind, id)) for id in row.replaced_by.split()]
        facts.append(show.join(["replaced by", show.join(links)], " "))
    note = show.join(["Retired", show.join([marked, show.join(facts)], ": ")], " ")
    return show.join([note, row.reason], ". ")
