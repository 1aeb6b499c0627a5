"""The record, paragraph by paragraph: what stands in each, who said it, and what came of it.

This is the page that every number of the book can be followed to. Each paragraph, statement, recommendation and claim has
an anchor of its own: ``p-16``, ``s-16a``, ``r-39a``, ``q21a``.
"""

import pandas as pd

from analysis import tables
from analysis.page import show
from analysis.record import Record


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
        Where there is no such section.
    """
    known = list(data.sections.number)
    if number not in known:
        raise ValueError(f"Invalid section {number!r}. Must be one of: {', '.join(known)}.")
    rows = data.paragraphs[data.paragraphs.section == number]
    links = tables.uptake_links(data)
    said = dict(
        list(
            tables.statements(data)
            .assign(links=_linked(links, "statement", "r-{}", data.statements))
            .groupby("paragraph")
        )
    )
    advised = tables.recommendations(data).assign(
        links=_linked(links, "recommendation", "s-{}", data.recommendations)
    )
    advised = dict(list(advised.groupby("paragraph")))
    boxes = [
        paragraph(row, said.get(row.number), advised.get(row.number), data)
        for row in rows.itertuples()
    ]
    plain = "\n\n".join(box.words for box in boxes)
    return show.markdown(
        "\n".join(box.source for box in boxes), name=f"section-{number}", plain=plain
    )


def paragraph(
    row, said: pd.DataFrame | None, advised: pd.DataFrame | None, data: Record
) -> show.Markup:
    """Return the box of one paragraph with the boxes of what is coded in it."""
    body = [row.gist]
    body += [statement(each, data) for each in _rows(said)]
    body += [recommendation(each) for each in _rows(advised)]
    body += _lines(row.number, data)
    return show.item(
        "paragraph", body, name=f"p-{row.number}", title=f"Paragraph {row.number}", level=3
    )


def statement(row, data: Record) -> show.Markup:
    """Return the box of one statement: what, who, which speech act, which themes."""
    who = f"{row.speaker} ({row.quantifier})" if row.quantifier else row.speaker
    body = [row.gist, show.join([who, show.badge(row.act, "act"), *row.themes.split("; ")], " · ")]
    if row.links:
        body.append(show.join(["Taken up:", show.join(row.links)], " "))
    elif row.act == "proposal":
        body.append("Not taken up.")
    return show.item("statement", body, name=f"s-{row.id}", title=row.id)


def recommendation(row) -> show.Markup:
    """Return the box of one recommendation: what, to whom, how specific, which themes."""
    stated = row.addressee_stated or "nobody"
    facts = [f"Addressed to {stated}"]
    if stated != row.addressee_inferred:
        facts.append(f"read as {row.addressee_inferred}")
    facts.append(tables.CATEGORIES[row.action_category][2:])
    marks = [show.badge(theme, "theme") for theme in row.themes.split("; ")]
    asked = (
        show.join(["Asked for:", show.join(row.links)], " ")
        if row.links
        else "Nobody is recorded as asking for this."
    )
    body = [row.gist, show.join([*facts, *marks], " · "), asked]
    return show.item("recommendation", body, name=f"r-{row.id}", title=row.id)


def _linked(
    links: pd.DataFrame, column: str, target: str, rows: pd.DataFrame
) -> list[list[show.Markup]]:
    """Return, for each row, a link to everything that it is linked with, and at which level."""
    other = "recommendation" if column == "statement" else "statement"
    words = {"full": "in full", "partial": "in part"}
    found: dict[str, list[show.Markup]] = {}
    for link in links.to_dict("records"):
        mark = show.link(f"{link[other]} {words[link['level']]}", target.format(link[other]))
        found.setdefault(link[column], []).append(mark)
    return [found.get(each, []) for each in rows.id]


def _lines(number: int, data: Record) -> list[show.Markup]:
    """Return what else is to be said of a paragraph: quantities, instruments and irregularities."""
    claims = data.claims[data.claims.paragraph == number]
    titles = data.instruments.set_index("id").title
    named = (
        data.mentions[data.mentions.paragraph == number].instrument.drop_duplicates().map(titles)
    )
    notes = data.source_notes[data.source_notes.paragraph == number].finding
    quantities = [
        show.myst(
            f"[“{show.source(c.quantity)}” ({show.source(c.measures)})]{{#{c.id}}}",
            f"“{c.quantity}” ({c.measures})",
        )
        for c in claims.itertuples()
    ]
    lines = (
        ("Quantities", quantities),
        ("Named", list(named)),
        ("Note on the source", list(notes)),
    )
    return [
        show.join([f"{label}:", show.join(items, "; ")], " ") for label, items in lines if items
    ]


def _rows(frame: pd.DataFrame | None):
    return [] if frame is None else frame.itertuples()
