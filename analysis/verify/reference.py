"""What the record says of a document, as plain rows: small enough to be sent to another process with every file."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.record import Record

SPANNED = ("statements", "recommendations", "claims")
PRINTED = (("actor_names", "name"), ("mentions", "name"))


@dataclass(frozen=True)
class Row:
    """A paragraph of the record.

    Attributes
    ----------
    line : int
        Its line in ``paragraphs.csv``.
    number, section, length, sha256 : int, str, int, str
        As in the table; the length is in code points.
    bytes : bytes
        One byte a word, from the column ``fingerprint``.
    """

    line: int
    number: int
    section: str
    length: int
    sha256: str
    bytes: bytes


@dataclass(frozen=True)
class Span:
    """Words of a paragraph that a row of the record stands on: from code point `start` to `end`, end exclusive."""

    table: str
    line: int
    id: str
    paragraph: int
    start: int
    end: int
    sha256: str


@dataclass(frozen=True)
class Name:
    """A name as printed in a paragraph: the table, line and column that it stands in."""

    table: str
    line: int
    column: str
    paragraph: int
    words: str


@dataclass(frozen=True)
class Reference:
    """Everything in the record that a document can confirm."""

    paragraphs: tuple[Row, ...]
    spans: tuple[Span, ...]
    names: tuple[Name, ...]


def reference(data: Record) -> Reference:
    """Return the part of the record that a document can confirm.

    Parameters
    ----------
    data : Record
        The loaded tables, as `analysis.record.load` gives them. Read are number, section, length, sha256 and fingerprint
        of the paragraphs; paragraph, start, end and sha256 of every span; paragraph and words of every name.

    Raises
    ------
    ValueError
        Where a fingerprint is not made of pairs of hexadecimal digits.
    """
    return Reference(tuple(_rows(data)), tuple(_spans(data)), tuple(_names(data)))


def _rows(data) -> Iterator[Row]:
    for index, row in data.paragraphs.iterrows():
        try:
            words = bytes.fromhex(row.fingerprint)
        except ValueError:
            rule = f"Invalid fingerprint of paragraph {row.number}. Must be two hexadecimal digits a word."
            raise ValueError(f"paragraphs.csv:{index + 2}:fingerprint {rule}") from None
        yield Row(
            index + 2, int(row.number), str(row.section), int(row.length), str(row.sha256), words
        )


def _spans(data) -> Iterator[Span]:
    for table in SPANNED:
        for index, row in getattr(data, table).iterrows():
            place = int(row.paragraph), int(row.start), int(row.end)
            yield Span(table, index + 2, str(row.id), *place, str(row.sha256))


def _names(data) -> Iterator[Name]:
    for table, column in PRINTED:
        for index, row in getattr(data, table).iterrows():
            yield Name(table, index + 2, column, int(row.paragraph), str(row[column]))
