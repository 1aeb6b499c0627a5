"""The part of the record that a document can confirm.

Its rows are small enough to be sent to another process with every file.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from analysis.document import digest
from analysis.record import Record

SPAN_TABLES = ("statements", "recommendations", "claims")
NAME_TABLES = ("actor_names", "mentions")


class RecordedParagraph(NamedTuple):
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


class Span(NamedTuple):
    """The words that a row codes, from code point `start` to `end`, end exclusive."""

    table: str
    line: int
    id: str
    paragraph: int
    start: int
    end: int
    sha256: str

    def fits(self, text: str) -> bool:
        """Return True if the words are at the recorded place of a text."""
        return digest(text[self.start : self.end]) == self.sha256


class PrintedName(NamedTuple):
    """A name as printed in a paragraph, from the column ``name``."""

    table: str
    line: int
    paragraph: int
    words: str


class Reference(NamedTuple):
    """Everything in the record that a document can confirm."""

    paragraphs: tuple[RecordedParagraph, ...]
    spans: tuple[Span, ...]
    names: tuple[PrintedName, ...]
    blank: frozenset[int] = frozenset()  # numbers of paragraphs whose words are not recorded


def reference(data: Record) -> Reference:
    """Return the part of the record that a document can confirm.

    Parameters
    ----------
    data : Record
        The loaded tables, as `analysis.record.load` returns them.
    """
    words = data.paragraphs[["sha256", "fingerprint"]].replace("", None)
    known = (words.notna().all(axis=1)) & data.paragraphs.length.notna()
    blank = frozenset(data.paragraphs.number[~known].tolist())
    paragraphs = (
        RecordedParagraph(
            line, row.number, row.section, row.length, row.sha256, bytes.fromhex(row.fingerprint)
        )
        for _, line, row in _rows(data, "paragraphs")
        if row.number not in blank
    )
    spans = (
        Span(table, line, row.id, row.paragraph, row.start, row.end, row.sha256)
        for table, line, row in _rows(data, *SPAN_TABLES)
        if row.sha256 and not pd.isna([row.paragraph, row.start, row.end]).any()
    )
    names = (
        PrintedName(table, line, row.paragraph, row.name)
        for table, line, row in _rows(data, *NAME_TABLES)
        if row.name
    )
    return Reference(tuple(paragraphs), tuple(spans), tuple(names), blank)


def _rows(data: Record, *tables: str) -> Iterator[tuple[str, int, Any]]:
    """Yield rows, with integers of Python, after their table and line."""
    for table in tables:
        for line, row in enumerate(getattr(data, table).astype(object).itertuples(), 2):
            yield table, line, row
