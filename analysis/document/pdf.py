"""Read a PDF into lines, with their pages, heights and sizes of letters. No action, link or attachment of it is followed."""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

import pypdf

from analysis.document import limits
from analysis.document.limits import Deadline, Unreadable
from analysis.document.model import Line
from analysis.document.steps import DIGITS, superscript

SPACED = 1.35  # how far lines of two blocks are apart, against lines of one
RAISED = 0.9  # size of a footnote mark against its line
FEWEST = 12  # characters a page; fewer, and the file is taken for scanned
END = 2048  # bytes in which the end mark must stand
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass
class Piece:
    """A run of letters as the file sets them: words, place of its beginning, size, and whether they are bold."""

    words: str
    across: float
    height: float
    size: float
    strong: bool


def read(data: bytes) -> list[Line]:
    """Return the lines of a PDF.

    Raises
    ------
    ValueError
        Where it is encrypted, scanned, truncated, damaged, or past the limits.
    """
    if b"%%EOF" not in data[-END:]:
        raise Unreadable("it ends before its end mark, so it is truncated; get the whole file")
    deadline = Deadline()
    try:
        lines = _read(pypdf.PdfReader(BytesIO(data)), deadline)
    except Unreadable:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file leads to; every kind is one message here
        raise Unreadable(f"it is damaged and cannot be read as PDF ({type(error).__name__}); get another copy") from None
    return lines


def _read(reader: pypdf.PdfReader, deadline: Deadline) -> list[Line]:
    if reader.is_encrypted:
        raise Unreadable("it is encrypted; save a copy without a password")
    count = len(reader.pages)
    limits.hold(count, limits.MAX_PAGES, "pages")
    if not count:
        raise Unreadable("it has no pages")
    lines: list[Line] = []
    characters = 0
    for number in range(count):
        deadline.check()
        lines += page_lines(reader.pages[number], number + 1, deadline)
        characters += sum(len(line.text.strip()) for line in lines if line.page == number + 1)
        limits.hold(characters, limits.MAX_CHARACTERS, "characters")
        limits.hold(len(lines), limits.MAX_LINES, "lines")
    if characters < FEWEST * count:
        raise Unreadable("it has hardly any text, so it is scanned; run text recognition (OCR) on it first")
    return lines


def page_lines(page: pypdf.PageObject, number: int, deadline: Deadline) -> list[Line]:
    """Return the lines of one page, in the order in which they are drawn."""
    rows: list[list[Piece]] = [[]]

    def take(words, outer, inner, font, size):
        deadline.check()
        for place, part in enumerate(words.split("\n")):
            if place and rows[-1]:
                rows.append([])
            if part:
                rows[-1].append(_piece(part, outer, inner, font, size))

    page.extract_text(visitor_operand_before=deadline.check, visitor_text=take)
    rows = _together([row for row in rows if any(piece.words.strip() for piece in row)])
    lines = [_line(row, number) for row in rows]
    _gaps(lines)
    return lines


def _piece(words: str, outer, inner, font, size) -> Piece:
    """Put a run of letters where both matrices take it."""
    across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]) or 1.0
    name = str(font.get("/BaseFont", "")) if font else ""
    return Piece(
        words, float(across), float(height), float(abs(size) * scale), bool(re.search("bold|black|heavy", name, re.IGNORECASE))
    )


def _together(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Join rows that stand at one height, as a raised mark and the words after it do."""
    made: list[list[Piece]] = []
    for row in rows:
        last = made[-1] if made else None
        if last is not None and _beside(last, row):
            blank = not last[-1].words[-1:].isspace() and not _is_mark(last[-1], row)
            last += [Piece(" ", 0, 0, 0, False), *row] if blank else row
        else:
            made.append(row)
    return made


def _beside(one: list[Piece], two: list[Piece]) -> bool:
    size = max(_size(one), _size(two))
    return abs(_height(one) - _height(two)) < 0.55 * size and _across(two) > _across(one)


def _is_mark(piece: Piece, row: list[Piece]) -> bool:
    return not set(piece.words.strip()) - set(DIGITS) and piece.size < RAISED * _size(row)


def _words(row: list[Piece]) -> list[Piece]:
    return [piece for piece in row if piece.words.strip()] or row


def _size(row: list[Piece]) -> float:
    """Return the size of most letters of a row."""
    sizes: Counter = Counter()
    for piece in _words(row):
        sizes[piece.size] += len(piece.words.strip())
    return max(sizes, key=lambda size: (sizes[size], size))


def _height(row: list[Piece]) -> float:
    size = _size(row)
    return next(piece.height for piece in _words(row) if piece.size == size)


def _across(row: list[Piece]) -> float:
    return min(piece.across for piece in _words(row))


def _line(row: list[Piece], number: int) -> Line:
    """Make a line of a row, with small raised digits as footnote marks."""
    size = _size(row)
    words = []
    for piece in row:
        small = piece.size < RAISED * size and piece.words.strip() and not set(piece.words.strip()) - set(DIGITS)
        words.append(piece.words.replace(piece.words.strip(), superscript(piece.words.strip())) if small else piece.words)
    text = re.sub(r"[ \t]+(?=[\u00b9\u00b2\u00b3\u2070\u2074-\u2079])", "", "".join(words)) if words else ""
    strong = all(piece.strong for piece in _words(row))
    return Line(text, number, False, strong=strong, size=round(size, 2), height=_height(row))


def _gaps(lines: list[Line]):
    """Say where a block begins: where a line is further below the last than lines of one block are, for their size."""
    pairs = list(zip(lines, lines[1:], strict=False))
    steps = Counter(round((one.height - two.height) / two.size, 1) for one, two in pairs if one.height > two.height and two.size)
    usual = min((step for step, times in steps.items() if times == max(steps.values())), default=0)
    for one, two in pairs:
        far = one.height - two.height > SPACED * usual * max(one.size, two.size)
        two.gap = far or one.height < two.height or abs(one.size - two.size) > 0.6 or one.strong != two.strong
    if lines:
        lines[0].gap = False
