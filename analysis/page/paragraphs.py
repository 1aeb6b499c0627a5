"""The record by paragraph: what each says, who said it, what came of it.

Every number of the book can be followed to this page. Each paragraph, statement, recommendation and
claim has an anchor of its own: ``p-16``, ``s-16a``, ``r-39a``, ``q21a``. It stays when the id is
retired, with a note.
"""

from typing import Any

import pandas as pd

from analysis.page import show
from analysis.record import Record
from analysis.tables.counting import CATEGORIES
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements
from analysis.tables.uptake import uptake_links

TAKEN_UP = {"full": "in full", "partial": "in part"}
ANCHORS = {"statement": "s-{}", "recommendation": "r-{}", "claim": "{}"}
Row = Any  # a named tuple of a table


def anchors(data: Record) -> list[str]:
    """Return the anchor of every paragraph and item, of retired items too."""
    retired = map(_anchor, data.retired.kind, data.retired.id)
    items = (_anchor(kind, id) for kind in ANCHORS for id in getattr(data, f"{kind}s").id)
    return [*map("p-{}".format, data.paragraphs.number), *items, *retired]


def _anchor(kind: str, id: str) -> str:
    return ANCHORS[kind].format(id)


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
    links = uptake_links(data)
    said = _coded(statements(data), links, "statement", "recommendation")
    advised = _coded(recommendations(data), links, "recommendation", "statement")
    boxes = [
        paragraph(row, said.get(row.number, []), advised.get(row.number, []), data)
        for row in data.paragraphs[data.paragraphs.section == number].itertuples()
    ]
    text = show.myst(
        "\n".join(box.source for box in boxes), "\n\n".join(box.words for box in boxes)
    )
    return show.markdown(text, name=f"section-{number}")


def _coded(rows: pd.DataFrame, links: pd.DataFrame, unit: str, other: str) -> dict[int, list[Row]]:
    """Return the rows of each paragraph, with links to their counterparts."""
    texts = links[other] + " " + links.level.map(TAKEN_UP)
    targets = links[other].map(ANCHORS[other].format)
    marks = links.assign(mark=list(map(show.link, texts, targets))).groupby(unit).mark.agg(list)
    rows = rows.assign(links=[marks.get(name, []) for name in rows.id])
    return {number: list(part.itertuples()) for number, part in rows.groupby("paragraph")}


def paragraph(row: Row, said: list[Row], advised: list[Row], data: Record) -> show.Markup:
    """Return the box of one paragraph with the boxes of what is coded in it."""
    boxes = [*map(statement, said), *map(recommendation, advised)]
    retired = data.retired[data.retired.paragraph == row.number]
    notes = [*_lines(row.number, data), *map(_withdrawn, retired.itertuples())]
    body, title = [row.gist, *boxes, *notes], f"Paragraph {row.number}"
    return show.item("paragraph", body, name=f"p-{row.number}", title=title, level=3)


def statement(row: Row) -> show.Markup:
    """Return the box of one statement: what, who, which speech act, which themes."""
    who = f"{row.speaker} ({row.quantifier})" if row.quantifier else row.speaker
    body = [row.gist, show.join([who, show.badge(row.act, "act"), *row.themes.split("; ")], " · ")]
    if row.links:
        body.append(_line("Taken up", row.links))
    elif row.act == "proposal":
        body.append("Not taken up.")
    return show.item("statement", body, name=f"s-{row.id}", title=row.id)


def recommendation(row: Row) -> show.Markup:
    """Return the box of one recommendation: what, to whom, on which themes."""
    stated = row.addressee_stated or "nobody"
    inferred = [f"read as {row.addressee_inferred}"] if stated != row.addressee_inferred else []
    facts = [f"Addressed to {stated}", *inferred, CATEGORIES[row.action_category][2:]]
    themes = [show.badge(theme, "theme") for theme in row.themes.split("; ")]
    nobody = "Nobody is recorded as asking for this."
    asked = _line("Asked for", row.links) if row.links else nobody
    body = [row.gist, show.join([*facts, *themes], " · "), asked]
    return show.item("recommendation", body, name=f"r-{row.id}", title=row.id)


def _line(label: str, items: list[Any], separator: str = ", ") -> show.Markup:
    return show.join([f"{label}:", show.join(items, separator)], " ")


def _lines(number: int, data: Record) -> list[show.Markup]:
    """Return the quantities, instruments and irregularities of a paragraph."""
    frames = (data.claims, data.mentions, data.source_notes)
    claims, mentions, notes = (rows[rows.paragraph == number] for rows in frames)
    named = mentions.instrument.drop_duplicates().map(data.instruments.set_index("id").title)
    lines = {
        "Quantities": list(map(_quantity, claims.itertuples())),
        "Named": list(named),
        "Note on the source": list(notes.finding),
    }
    return [_line(label, items, "; ") for label, items in lines.items() if items]


def _quantity(row: Row) -> show.Markup:
    """Return a claim with its anchor."""
    marked = f"[“{show.source(row.quantity)}” ({show.source(row.measures)})]{{#{row.id}}}"
    return show.myst(marked, f"“{row.quantity}” ({row.measures})")


def _withdrawn(row: Row) -> show.Markup:
    """Return the note at the anchor of a retired id: since when, by what, why."""
    item = f"{row.kind} {row.id}"
    marked = show.myst(f"[{item}]{{#{_anchor(row.kind, row.id)}}}", item)
    facts: list[Any] = [f"withdrawn since version {row.since}"]
    if row.replaced_by:
        links = [show.link(id, _anchor(row.kind, id)) for id in row.replaced_by.split()]
        facts.append(show.join(["replaced by", show.join(links)], " "))
    note = show.join(["Retired", show.join([marked, show.join(facts)], ": ")], " ")
    return show.join([note, row.reason], ". ")
