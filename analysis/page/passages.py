"""The passages of the record that a search finds: their anchors and words.

A passage is a paragraph, a statement, a recommendation, a quantity, a theme, or somebody who spoke.
What is on other pages has no place in the data: `book/_ext/passage_search.py` reads it there.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.page import marks, speakers, themes
from analysis.page.counterparts import count
from analysis.page.counterparts import speakers as who
from analysis.record import Record
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements


class Passage(NamedTuple):
    """A place in the book: anchor, name, words, and words that find it too."""

    anchor: str
    name: str
    text: str
    also: str = ""


def passages(data: Record) -> list[Passage]:
    """Return the passages of the record: who spoke, themes, items.

    The anchor of a speaker without a section is the address of a view of the explorer; that of
    one who is only named, the paragraph.
    """
    kinds = (_speakers, _themes, _recommendations, _statements, _paragraphs, _quantities, _retired)
    return [passage for kind in kinds for passage in kind(data)]


def _speakers(data: Record) -> Iterator[Passage]:
    """Yield who spoke or is named as a Co-Chair, with all names in use."""
    sections, named = speakers.anchors(data), data.actor_names.groupby("actor")
    forms, first = named.name.unique(), named.paragraph.first()
    counts = data.statements.speaker.value_counts()
    for row in data.actors.itertuples():
        said = int(counts.get(row.id, 0))
        view = f"?speaker={row.id}" if said else f"p-{first[row.id]}"
        others = [] if row.role == "floor" else forms.get(row.id, [])
        person = f"{row.note}. " if row.type == "person" else ""
        text = f"{person}Recorded: {count(said, 'statement')}."
        also = " ".join(dict.fromkeys([*others, row.own_name, row.short]))
        yield Passage(sections.get(row.name, view), row.name, text, also)


def _themes(data: Record) -> Iterator[Passage]:
    """Yield each theme with its definition and what is coded under it."""
    rows = data.themes.set_index("label")
    for label, anchor in themes.anchors(data).items():
        yield Passage(anchor, label, rows.definition[label], rows.include[label])


def _recommendations(data: Record) -> Iterator[Passage]:
    short = data.recommendations.set_index("id").short
    for row in recommendations(data).itertuples():
        also = f"{short[row.id]}; {row.themes}"
        yield Passage(marks.anchor("recommendation", row.id), row.id, row.gist, also)


def _statements(data: Record) -> Iterator[Passage]:
    rows = statements(data)
    for row, speaker in zip(rows.itertuples(), who(rows), strict=True):
        yield Passage(
            marks.anchor("statement", row.id), f"{row.id}, {speaker}", row.gist, row.themes
        )


def _paragraphs(data: Record) -> Iterator[Passage]:
    for row in data.paragraphs.itertuples():
        yield Passage(f"p-{row.number}", f"Paragraph {row.number}", row.gist)


def _quantities(data: Record) -> Iterator[Passage]:
    for row in data.claims.itertuples():
        text = f"“{row.quantity}” ({row.measures})"
        yield Passage(marks.anchor("claim", row.id), row.id, text)


def _retired(data: Record) -> Iterator[Passage]:
    for row in data.retired.itertuples():
        yield Passage(marks.anchor(row.kind, row.id), f"{row.id}, withdrawn", row.reason)
