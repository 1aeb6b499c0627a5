"""The record by paragraph: what each says, who said it, what came of it.

Every number of the book can be followed to it. Each paragraph, statement, recommendation and claim
has an anchor of its own: ``p-16``, ``s-16a``, ``r-39a``, ``q21a``. It stays when the id is retired,
with a note. `section` shows some paragraphs, and `contents` a line for each that leads to it.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.page import marks, show, speakers, themes
from analysis.page.counterparts import bullets, entry, listed
from analysis.record import Record
from analysis.tables.counting import CATEGORIES
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements

Row = Any  # a named tuple of a table


def anchors(data: Record) -> list[str]:
    """Return the anchor of every paragraph and item, of retired items too."""
    return [*map("p-{}".format, data.paragraphs.number), *_coded(data).anchor]


def section(data: Record, number: str, panel: str | None = None) -> show.Shown:
    """Show every paragraph of a Roman section, or of one panel in it.

    Parameters
    ----------
    data : Record
        The loaded tables.
    number : str
        The section's Roman number.
    panel : str, optional
        Id of a panel; blank for the paragraphs that belong to none.

    Raises
    ------
    ValueError
        If there is no such section, or no such panel in it.
    """
    coded = (_linked(statements(data), data), _linked(recommendations(data), data), data.claims)
    items = [_marked(rows, data) for rows in coded]
    boxes = [
        paragraph(row, [kind.get(row.number, []) for kind in items], data)
        for row in _within(data, number, panel).itertuples()
    ]
    text = show.myst(
        "\n".join(box.source for box in boxes), "\n\n".join(box.words for box in boxes)
    )
    return show.markdown(text, name=f"section-{number}")


def contents(data: Record, number: str, panel: str | None = None) -> show.Shown:
    """Show a line for each paragraph, which leads to it and to what is coded in it.

    Takes and raises what `section` does. The anchors of all these places are on this page too:
    `book/_ext/places.py` gives each link the one that it leads to.
    """
    coded = _coded(data)
    lines = [_place(row, coded) for row in _within(data, number, panel).itertuples()]
    return show.markdown([show.box("places", listed(lines))], name=f"contents-{number}")


def _within(data: Record, number: str, panel: str | None) -> pd.DataFrame:
    """Return the paragraphs of a section, or of a panel in it."""
    rows = data.paragraphs[data.paragraphs.section == number]
    _check("section", number, data.sections.number)
    if panel is None:
        return rows
    _check("panel", panel, rows.panel.unique())
    return rows[rows.panel == panel]


def _check(name: str, value: str, known: Iterable[str]) -> None:
    if value not in set(known):
        raise ValueError(
            f"Invalid {name} {value!r}. Must be one of: {', '.join(filter(None, known))}."
        )


def _place(row: Row, coded: pd.DataFrame) -> show.Markup:
    """Return the line of a paragraph: a link, its gist, and links to its items."""
    head = show.join([show.link(f"Paragraph {row.number}", f"p-{row.number}"), row.gist], ": ")
    facts = []
    for label, rows in coded[coded.paragraph == row.number].groupby("label", sort=False):
        links = [show.link(id, anchor) for id, anchor in zip(rows.id, rows.anchor, strict=True)]
        facts.append(marks.line(str(label), links) if label else show.join(links))
    return entry(head, facts) if facts else show.myst(f"- {head.source}", f"- {head.words}")


def _coded(data: Record) -> pd.DataFrame:
    """Return each item, those withdrawn too: paragraph, id, anchor, label."""
    kinds = [getattr(data, f"{kind}s").assign(kind=kind, label="") for kind in marks.ANCHORS]
    kinds[-1]["label"] = "quantities"
    rows = pd.concat([*kinds, data.retired.assign(label="withdrawn")], ignore_index=True)
    rows["anchor"] = list(map(marks.anchor, rows.kind, rows.id))
    return rows[["paragraph", "id", "anchor", "label"]]


def _linked(rows: pd.DataFrame, data: Record) -> pd.DataFrame:
    """Return rows with links to the sections of their themes and of who spoke."""
    to_themes, to_speakers = themes.links(data), speakers.links(data)
    rows = rows.assign(
        topics=[[to_themes[label] for label in given.split("; ")] for given in rows.themes]
    )
    if "speaker" in rows:
        rows["who"] = [to_speakers.get(name, name) for name in rows.speaker]
    return rows


def _marked(rows: pd.DataFrame, data: Record) -> dict[int, list[Row]]:
    """Return the rows of each paragraph, with their links and other marks."""
    for name, found in (
        ("uptake", marks.uptake(data)),
        ("relations", marks.relations(data)),
        ("remarks", marks.remarks(data)),
        ("objections", marks.objections(data)),
        ("settled", marks.settled(data)),
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
    who = show.join([row.who, f"({row.quantifier})"], " ") if row.quantifier else row.who
    facts = [who, show.badge(row.act, "act"), *row.topics, *row.remarks]
    nowhere = ["No counterpart."] if row.act == "proposal" else []
    links = [*(row.uptake or nowhere), *row.relations]
    body = [row.gist, show.join(facts, " · "), *links, *row.objections, *_settled(row)]
    return show.item("statement", body, name=f"s-{row.id}", title=row.id)


def recommendation(row: Row) -> show.Markup:
    """Return the box of one recommendation: what, to whom, its codes and its links."""
    stated, read = row.addressee_stated, row.addressee_inferred
    facts = [f"Addressed to {stated}" if stated else "No addressee named"]
    facts += [f"read as {read}"] if stated != read else []
    facts += [CATEGORIES[row.action_category][2:]]
    links = [*(row.uptake or [marks.NOBODY]), *row.relations]
    body = [
        row.gist,
        show.join([*facts, *row.topics, *row.remarks], " · "),
        *links,
        *row.objections,
        *_settled(row),
    ]
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
    folds = [fold for claim in claims for fold in _settled(claim, f" of {claim.id}")]
    return [marks.line(*each, "; ") for each in lines.items() if each[1]] + objections + folds


def _settled(row: Row, of: str = "") -> list[show.Markup]:
    """Return what was settled of an item, folded; nothing if nothing was."""
    folded = show.fold(f"What was settled{of}", bullets(row.settled))
    return [show.myst(folded.markdown, str(bullets(row.settled)))] if row.settled else []


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
