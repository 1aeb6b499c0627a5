"""The part of the record that a document can confirm.

Its rows are small enough to be sent to another process with every file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.record import Record

SPAN_TABLES = ("statements", "recommendations", "claims")
NAME_COLUMNS = (("actor_names", "name"), ("mentions", "name"))


@dataclass(frozen=True)
class RecordedParagraph:
    """A paragraph of the record.

    Attributes
    ----------
    line : int
        Its line in ``paragraphs.csv``.
    number, section, length, sha256 : int, str, int, str
        As in the table; the length is in code points.
    prints : bytes
        One byte per word, from the column ``fingerprint``.
    """

    line: int
    number: int
    section: str
    length: int
    sha256: str
    prints: bytes


@dataclass(frozen=True)
class Span:
    """The words that a row codes, from code point `start` to `end`, end exclusive."""

    table: str
    line: int
    id: str
    paragraph: int
    start: int
    end: int
    sha256: str


@dataclass(frozen=True)
class PrintedName:
    """A name as printed in a paragraph, and the cell that holds it."""

    table: str
    line: int
    column: str
    paragraph: int
    words: str


@dataclass(frozen=True)
class Reference:
    """Everything in the record that a document can confirm."""

    paragraphs: tuple[RecordedParagraph, ...]
    spans: tuple[Span, ...]
    names: tuple[PrintedName, ...]


def reference(data: Record) -> Reference:
    """Return the part of the record that a document can confirm.

    Parameters
    ----------
    data : Record
        The loaded tables, as `analysis.record.load` returns them.

    Raises
    ------
    ValueError
        If a fingerprint is not made of pairs of hexadecimal digits.
    """
    return Reference(tuple(_paragraphs(data)), tuple(_spans(data)), tuple(_names(data)))


def _paragraphs(data: Record) -> Iterator[RecordedParagraph]:
    rows: Any = data.paragraphs  # whose cells have the types that the schema gives
    for line, row in enumerate(rows.itertuples(), 2):
        try:
            prints = bytes.fromhex(row.fingerprint)
        except ValueError:
            raise ValueError(
                f"paragraphs.csv:{line}:fingerprint Invalid fingerprint of paragraph {row.number}."
                " Must be two hexadecimal digits per word."
            ) from None
        number, length = int(row.number), int(row.length)
        yield RecordedParagraph(line, number, row.section, length, row.sha256, prints)


def _spans(data: Record) -> Iterator[Span]:
    for table in SPAN_TABLES:
        for line, row in enumerate(getattr(data, table).itertuples(), 2):
            place = int(row.paragraph), int(row.start), int(row.end)
            yield Span(table, line, row.id, *place, row.sha256)


def _names(data: Record) -> Iterator[PrintedName]:
    for table, column in NAME_COLUMNS:
        rows = getattr(data, table)
        for line, (paragraph, name) in enumerate(zip(rows.paragraph, rows[column], strict=True), 2):
            yield PrintedName(table, line, column, int(paragraph), name)
