"""The rows of a beginning: what a program can read off a document."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from analysis.check import ids
from analysis.document import Document, Paragraph, digest, fingerprint
from analysis.start import numbers, sentences

Row = dict[str, Any]
MOST = 999  # number of a paragraph, above which its items have no ids


def tables(document: Document) -> dict[str, list[Row]]:
    """Return the rows of each table of a beginning, with the columns that are filled.

    Parameters
    ----------
    document : Document
        As `analysis.document.read` returns it.

    Raises
    ------
    ValueError
        If the document has a paragraph whose items can have no ids.
    """
    paragraphs = list(document.paragraphs.values())
    if not paragraphs or max(document.paragraphs) > MOST:
        raise ValueError(f"Invalid document. Must have paragraphs numbered 1 to {MOST}.")
    last, unsure = sentences.closing(document), doubts(document)
    sure = [paragraph for paragraph in paragraphs if paragraph.number not in unsure]
    mentions = [row for paragraph in sure for row in _mentions(paragraph)]
    named = {row["instrument"]: row["name"] for row in reversed(mentions)}
    return {
        "sections": [{"number": s.number, "title": s.title} for s in document.sections],
        "paragraphs": [_paragraph(p, blank=p.number in unsure) for p in paragraphs],
        "statements": [row for p in sure for row in _items(p, _sentences(p))],
        "recommendations": [
            row for p in sure if p.number in last for row in _items(p, _recommendations(p))
        ],
        "claims": [row for p in sure for row in _items(p, _claims(p), "q")],
        "instruments": [{"id": id, "symbol": _plain(named[id])} for id in sorted(named)],
        "mentions": mentions,
        "footnotes": [
            {
                "number": place,
                "mark": note.mark,
                "paragraph": note.paragraph,
                "at": None if note.paragraph in unsure else note.at,
                "length": len(note.text),
                "sha256": digest(note.text),
            }
            for place, note in enumerate(document.footnotes, 1)
            if note.text and note.sure
        ],
    }


def doubts(document: Document) -> dict[int, list[str]]:
    """Return why paragraphs are left blank but for number and section."""
    none = "no words were found"
    found = {
        number: [*each.doubts] if each.text else [none]
        for number, each in document.paragraphs.items()
    }
    for above, below in pairwise(found):
        if below != above + 1:
            found[above].append(f"{above + 1} was not found, and may be read as part of it")
    for mark in {note.mark for note in document.footnotes if note.paragraph is None}:
        glued = re.compile(rf"(?<=[^\s\d(]){re.escape(mark)}(?=[\s.,;:)]|$)")
        for number, paragraph in document.paragraphs.items():
            if glued.search(paragraph.text):
                found[number].append(f"it may have the mark of footnote {mark}")
    if document.goes_on:
        found[max(found)].append("what follows it without a number is read as part of it")
    return {number: reasons for number, reasons in found.items() if reasons}


def _paragraph(paragraph: Paragraph, *, blank: bool) -> Row:
    row = {"number": paragraph.number, "section": paragraph.section}
    return (
        row
        if blank
        else row
        | {
            "length": len(paragraph.text),
            "sha256": paragraph.sha256,
            "fingerprint": fingerprint(paragraph.text),
        }
    )


def _items(paragraph: Paragraph, found: Iterator[Row], lead: str = "") -> Iterator[Row]:
    """Yield spans of a paragraph as rows with ids and hashes."""
    for place, row in enumerate(found):
        words = paragraph.text[row["start"] : row["end"]]
        id = f"{lead}{paragraph.number}{ids.letters(place)}"
        yield {"id": id, "paragraph": paragraph.number, "sha256": digest(words), **row}


def _sentences(paragraph: Paragraph) -> Iterator[Row]:
    for start, end in sentences.spans(paragraph.text):
        yield {"start": start, "end": end}


def _recommendations(paragraph: Paragraph) -> Iterator[Row]:
    for place, (start, end) in enumerate(sentences.spans(paragraph.text), 1):
        if sentences.recommends(paragraph.text[start:end]):
            yield {"sentence": place, "start": start, "end": end}


def _claims(paragraph: Paragraph) -> Iterator[Row]:
    for start, end, low, high in numbers.quantities(paragraph.text):
        words = paragraph.text[start:end]
        yield {"start": start, "end": end, "quantity": words, "low": low, "high": high}


def _mentions(paragraph: Paragraph) -> Iterator[Row]:
    for name in dict.fromkeys(numbers.symbols(paragraph.text)):
        id = re.sub(r"[^a-z0-9]+", "-", _plain(name).lower()).strip("-")
        yield {"instrument": id, "paragraph": paragraph.number, "name": name}


def _plain(symbol: str) -> str:
    return "".join(symbol.split())
