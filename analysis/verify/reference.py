"""The part of the record that a document can confirm.

Its rows are small enough to be sent to another process with every file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.record import Record

SPAN_TABLES = ("statements", "recommendations", "claims")
NAME_TABLES = ("actor_names", "mentions")


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
    """A name as printed in a paragraph, from the column ``name``."""

    table: str
    line: int
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
    return Reference(
        tuple(_paragraph(line, row) for line, row in _rows(data, "paragraphs")),
        tuple(
            Span(table, line, row.id, int(row.paragraph), int(row.start), int(row.end), row.sha256)
            for table in SPAN_TABLES
            for line, row in _rows(data, table)
        ),
        tuple(
            PrintedName(table, line, int(row.paragraph), row.name)
            for table in NAME_TABLES
            for line, row in _rows(data, table)
        ),
    )


def _rows(data: Record, table: str) -> Iterator[tuple[int, Any]]:
    """Return the rows of a table with their lines."""
    return enumerate(getattr(data, table).itertuples(), 2)


def _paragraph(line: int, row: Any) -> RecordedParagraph:
    try:
        prints = bytes.fromhex(row.fingerprint)
    except ValueError:
        raise ValueError(
            f"paragraphs.csv:{line}:fingerprint Invalid fingerprint of paragraph {row.number}."
            " Must be two hexadecimal digits per word."
        ) from None
    number, length = int(row.number), int(row.length)
    return RecordedParagraph(line, number, row.section, length, row.sha256, prints)
