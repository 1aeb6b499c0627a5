"""Read a PDF into lines with their pages, heights and sizes of letters.

No action, link or attachment of the file is followed.
"""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf

from analysis.document import limits
from analysis.document.forms import MARKS
from analysis.document.limits import Deadline, Unreadable
from analysis.document.line import Line, prevailing
from analysis.document.steps import DIGITS, superscript

SPACED = 1.35  # distance of lines of two blocks relative to lines of one
LEAST_RISE = 0.9  # size of a footnote mark relative to its line
LOWERED = 0.5  # points below the line that make a small digit no mark
LEVEL = 0.55  # difference in height, relative to the size, within which pieces are on one line
RESIZED = 0.6  # difference in size, in points, that begins a block
LETTER = 0.5  # width of a letter relative to its size, about
APART = 3  # distance of pieces, relative to the size, that shows columns side by side
COLUMN = " " * 5  # between them
FEWEST = 12  # characters on a page; a file with fewer is taken for a scan
END = 2048  # last bytes, among which the end mark must be
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass
class Piece:
    """A run of letters as the file draws it, with its place in points."""

    words: str
    across: float
    height: float
    size: float
    strong: bool


Row = list[Piece]


def read(data: bytes) -> list[Line]:
    """Return the lines of a PDF.

    Raises
    ------
    ValueError
        If the file is encrypted, scanned, truncated or damaged, or exceeds the limits.
    """
    if b"%%EOF" not in data[-END:]:
        raise Unreadable("it ends before its end mark, so it is truncated; get the whole file")
    deadline = Deadline()
    with limits.library("PDF"):
        return _read(pypdf.PdfReader(BytesIO(data)), deadline)


def _read(reader: pypdf.PdfReader, deadline: Deadline) -> list[Line]:
    if reader.is_encrypted:
        raise Unreadable("it is encrypted; save a copy without a password")
    count = len(reader.pages)
    limits.check(count, limits.MAX_PAGES, "pages")
    if not count:
        raise Unreadable("it has no pages")
    lines: list[Line] = []
    characters = 0
    for number, page in enumerate(reader.pages, 1):
        deadline.check()
        added = page_lines(page, number, deadline)
        lines += added
        characters += sum(len(line.text.strip()) for line in added)
        limits.check(characters, limits.MAX_CHARACTERS, "characters")
        limits.check(len(lines), limits.MAX_LINES, "lines")
    if characters < FEWEST * count:
        raise Unreadable(
            "it has hardly any text, so it is scanned; run text recognition (OCR) on it first"
        )
    return lines


def page_lines(page: pypdf.PageObject, number: int, deadline: Deadline) -> list[Line]:
    """Return the lines of one page, in the order in which they are drawn."""
    rows: list[Row] = [[]]

    def add(words: str, outer: Any, inner: Any, font: Any, size: float) -> None:
        deadline.check()
        for place, part in enumerate(words.split("\n")):
            if place and rows[-1]:
                rows.append([])
            if part:
                rows[-1].append(_piece(part, outer, inner, font, size))

    page.extract_text(visitor_operand_before=deadline.check, visitor_text=add)
    rows = _join_level([row for row in rows if any(piece.words.strip() for piece in row)])
    lines = [_line(row, number) for row in rows]
    _mark_gaps(lines)
    return lines


def _piece(words: str, outer: Any, inner: Any, font: Any, size: float) -> Piece:
    """Return a run of letters at the place to which its two matrices map it."""
    across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]) or 1.0
    name = str(font.get("/BaseFont", "")) if font else ""
    strong = bool(re.search("bold|black|heavy", name, re.IGNORECASE))
    return Piece(words, float(across), float(height), float(abs(size) * scale), strong)


def _join_level(rows: list[Row]) -> list[Row]:
    """Join rows at one height, such as a raised mark and the words after it."""
    joined: list[Row] = []
    for row in rows:
        if joined and _is_level(last := joined[-1], row):
            blank = not last[-1].words[-1:].isspace() and not _is_mark(last[-1], _main(row).size)
            last += [_blank(_with_words(last)[-1], _with_words(row)[0]), *row] if blank else row
        else:
            joined.append(row)
    return joined


def _blank(left: Piece, right: Piece) -> Piece:
    """Return the blank between two pieces, wide if they are in columns side by side."""
    end = left.across + LETTER * left.size * len(left.words)
    far = right.across - end > APART * max(left.size, right.size)
    return Piece(COLUMN if far else " ", 0, 0, 0, False)


def _is_level(left: Row, right: Row) -> bool:
    """Return True if a row continues another: at about its height, further across."""
    one, other = _main(left), _main(right)
    level = abs(one.height - other.height) < LEVEL * max(one.size, other.size)
    across = [min(piece.across for piece in _with_words(row)) for row in (left, right)]
    return level and across[0] < across[1]


def _is_mark(piece: Piece, size: float) -> bool:
    """Return True if a piece is in digits smaller than the letters of its row."""
    return not set(piece.words.strip()) - set(DIGITS) and piece.size < LEAST_RISE * size


def _with_words(row: Row) -> Row:
    return [piece for piece in row if piece.words.strip()]


def _main(row: Row) -> Piece:
    """Return the first piece of a row in the size of most of its letters."""
    pieces = _with_words(row)
    size = prevailing((piece.size, piece.words) for piece in pieces)
    return next(piece for piece in pieces if piece.size == size)


def _line(row: Row, number: int) -> Line:
    """Return the line of a row; small digits that are not lowered are footnote marks."""
    size, height = _main(row).size, _main(row).height
    marked = (
        superscript(p.words) if _is_mark(p, size) and p.height > height - LOWERED else p.words
        for p in row
    )
    text = re.sub(rf"[ \t]+(?={MARKS})", "", "".join(marked))
    strong = all(piece.strong for piece in _with_words(row))
    return Line(text, number, False, strong=strong, size=round(size, 2), height=height)


def _mark_gaps(lines: list[Line]) -> None:
    """Mark the lines that begin a block.

    A line does so if it is further below the last, for its size, than lines of one block are.
    """
    pairs = list(pairwise(lines))
    distances = Counter(
        round((upper.height - lower.height) / lower.size, 1)
        for upper, lower in pairs
        if upper.height > lower.height and lower.size
    )
    most = max(distances.values(), default=0)
    usual = min((step for step, count in distances.items() if count == most), default=0)
    for upper, lower in pairs:
        far = upper.height - lower.height > SPACED * usual * max(upper.size, lower.size)
        resized = abs(upper.size - lower.size) > RESIZED
        lower.gap = far or resized or upper.height < lower.height or upper.strong != lower.strong
    if lines:
        lines[0].gap = False
