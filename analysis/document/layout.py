"""Separate the words of a document from what a page adds to them.

A page adds furniture (running headers, page numbers, document symbols), tables of contents and
footnotes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from analysis.document.line import Line
from analysis.document.steps import MARKS, superscript

EDGE = 4  # lines at the head and at the foot of a page that may be furniture
SMALL = 0.93  # size of the letters of a footnote relative to the body
LONGEST_FURNITURE = 60  # characters of a page number, symbol or job number
LONGEST_RUNNING = 160  # characters of a line repeated at the edges of pages
LONGEST_TITLE = 120  # characters of a running title in a text without pages
LAST_LINES = 30  # where the footnotes of a page are sought if sizes are unknown
PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|pg\.?)\s*)?[-\u2013\u2014(\[|]?\s*"
    r"\d{1,4}\s*(?:(?:/|of|\|)\s*\d{1,4})?\s*[-\u2013\u2014)\]|]?",
    re.IGNORECASE,
)
SURE_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?"  # page 2 of 3
    r"|\d{1,4}\s?/\s?\d{1,4}"  # 2/3
    r"|[-\u2013\u2014]\s?\d{1,4}\s?[-\u2013\u2014]",  # - 2 -
    re.IGNORECASE,
)
SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Z\d][\w.()-]*){1,8}(?:\s*\[[^\]]*\])?")
JOB_NUMBER = re.compile(
    r"(?:GE|V|N|E|A|NY|VN)\.?\s?\d{2}-\d{4,6}(?:\s*\(?[A-Z]\)?)?"  # V.24-01234 (E)
    r"(?:\s+\d{6})?(?:\s+\d{1,4}(?:\s?/\s?\d{1,4})?)?"  # with a date and a page number
    r"|\*\d{5,}\*"  # bar code
)
LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]*\s*$|\u2026{2,}\s*\d*\s*$")
CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
CONTENTS_LINE = re.compile(r".{2,150}\s\d{1,3}")
CONTENTS_WORDS = 25  # a line of contents has fewer words
RULE = re.compile(r"\s*([_*=\u2013\u2014-])(?:\s*\1){2,}\s*")
NOTE = re.compile(rf"(?P<mark>{MARKS}+)\s*(?=\S)")
NOTE_IN_DIGITS = re.compile(r"(?P<mark>\d{1,2})\s+(?=[A-Z\u201c\"'])")
NUMBERED = re.compile(r"\s*\d{1,3}\.")
NUMBERED_WORDS = re.compile(r"\s*\d{1,3}\.\s*\D")
FIRST_NUMBER = re.compile(r"\s*(?:\d{1,3}\.|[IVXL]+\.)(?:\s|$)")


def strip(lines: list[Line]) -> list[Line]:
    """Mark the lines that are not part of the text.

    Parameters
    ----------
    lines : list of Line
        Lines as the reader of a format returns them.

    Returns
    -------
    list of Line
        The same lines in order. Furniture has the kind ``"left out"`` with the reason. The body of
        a footnote has the kind ``"note"`` and begins with its mark in superscript digits.
    """
    lines = _without_blanks(lines)
    for line in lines:
        line.kind = "rule" if RULE.fullmatch(line.text) else line.kind
    _leave_out_contents(lines)
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) > 1:
        _leave_out_edges(pages)
    else:
        _leave_out_furniture(lines)
    body = _body_size(lines)
    expected = 1
    for page in pages:
        expected = _find_notes(page, body, expected, paged=len(pages) > 1)
    for line in lines:
        if line.kind == "rule":
            leave_out(line, "rule")
    return lines


def leave_out(line: Line, reason: str) -> None:
    """Mark a line as not part of the text."""
    line.kind, line.reason = "left out", reason


def furniture(text: str, *, sure: bool = False) -> str:
    """Return the kind of furniture that a line at the edge of a page is, by its form, or "".

    >>> [furniture(text) for text in ("5/8", "CTOC/COP/WG.4/2024/4", "GE.24-12345", "A letter")]
    ['page number', 'document symbol', 'job number', '']
    """
    text = " ".join(text.split())
    if len(text) > LONGEST_FURNITURE:
        return ""
    if (SURE_PAGE_NUMBER if sure else PAGE_NUMBER).fullmatch(text):
        return "page number"
    if JOB_NUMBER.fullmatch(text):
        return "job number"
    return "document symbol" if _is_symbol(text) else ""


def _is_symbol(text: str) -> bool:
    """Return True if a line is a document symbol, alone or beside a page number."""
    if symbol := SYMBOL.match(text):
        rest = text[symbol.end() :].strip()
        if not rest or PAGE_NUMBER.fullmatch(rest):
            return True
    number = SURE_PAGE_NUMBER.match(text)
    return bool(number and SYMBOL.fullmatch(text[number.end() :].strip()))


def _without_blanks(lines: list[Line]) -> list[Line]:
    """Remove lines without words; one that held unseen characters only is a blank line."""
    kept, gap = [], False
    for line in lines:
        if line.text.strip():
            line.gap, gap = line.gap or gap, False
            kept.append(line)
        else:
            gap = gap or bool(line.steps)
    return kept


def _leave_out_contents(lines: list[Line]) -> None:
    """Leave out a table of contents.

    Its lines end in leaders, or in page numbers if they follow the heading "Contents".
    """
    inside = False
    for place, line in enumerate(lines):
        words = line.text.strip()
        if LEADERS.search(words):
            leave_out(line, "contents")
        elif CONTENTS.fullmatch(words):
            below = lines[place + 1].text.strip() if place + 1 < len(lines) else ""
            if inside := bool(LEADERS.search(below) or CONTENTS_LINE.fullmatch(below)):
                leave_out(line, "contents")
        elif inside and line.kind != "left out":
            short = len(words.split()) < CONTENTS_WORDS
            if inside := bool(CONTENTS_LINE.fullmatch(words) and short):
                leave_out(line, "contents")


def _edge_lines(page: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines at the head and at the foot of a page, from the edge inwards.

    They are in the order of their heights if these are known.
    """
    words = [line for line in page if line.kind not in ("rule", "left out")]
    if all(line.height for line in words):
        words = sorted(words, key=lambda line: -line.height)
    return words[:EDGE], words[: -EDGE - 1 : -1]


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _leave_out_edges(pages: list[list[Line]]) -> None:
    """Leave out furniture at the edges of pages: repeated lines, page numbers and symbols."""
    seen = Counter(
        key
        for page in pages
        for key in {_without_digits(line.text) for edge in _edge_lines(page) for line in edge}
    )
    enough = max(2, len(pages) // 5)
    repeated = {key for key, count in seen.items() if count >= enough}
    for page in pages:
        for edge in _edge_lines(page):
            _leave_out_edge(edge, repeated)


def _leave_out_edge(edge: list[Line], repeated: set[str]) -> None:
    """Leave out the furniture of one edge; none is further in than the first line of text."""
    inner = False
    for line in edge:
        form = furniture(line.text)
        again = (
            _without_digits(line.text) in repeated
            and len(line.text) < LONGEST_RUNNING
            and not NUMBERED_WORDS.match(line.text)
        )
        if again or (form and not inner):
            leave_out(line, form or "running header or footer")
        elif not line.height or line.kind == "text":
            inner = True


def _leave_out_furniture(lines: list[Line]) -> None:
    """Leave out page numbers, symbols and the titles beside them in a text without pages."""
    begun = False
    for line in lines:
        begun = begun or bool(FIRST_NUMBER.match(line.text))
        if begun and line.kind == "text" and (form := furniture(line.text, sure=True)):
            leave_out(line, form)
    seen = Counter(
        _without_digits(line.text)
        for line in lines
        if line.kind == "text" and len(line.text) < LONGEST_TITLE
    )
    for line, neighbour in _neighbours(lines):
        beside = line.kind == "left out" and line.reason != "contents" and neighbour.kind == "text"
        repeated = beside and seen[_without_digits(neighbour.text)] > 2
        if repeated and not NUMBERED.match(neighbour.text):
            leave_out(neighbour, "running header or footer")


def _neighbours(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the one below it, then each with the one above it."""
    yield from pairwise(lines)
    yield from pairwise(reversed(lines))


def _body_size(lines: list[Line]) -> float:
    """Return the size of the letters of most of the text; 0 if sizes are unknown."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _find_notes(page: list[Line], body: float, expected: int, *, paged: bool) -> int:
    """Mark the bodies of footnotes on a page, and return the number expected of the next one."""
    words = [line for line in page if line.kind != "left out"]
    if body and all(line.height for line in words):
        words.sort(key=lambda line: -line.height)
    begin = _first_note(words, body, expected, paged)
    inside = False
    for place, line in enumerate(words):
        below = place >= begin  # among the text, a footnote needs a raised mark and a gap
        mark = _mark(line.text, digits=below)
        opens = mark is not None and line.kind == "text" and (below or line.gap)
        if opens or line.kind == "note":
            inside = True
            line.kind = "note"
            if mark:
                line.text = f"{superscript(mark['mark'])} {line.text.strip()[mark.end() :]}"
                expected += 1
        elif inside and line.kind == "text" and (below or not line.gap):
            line.kind = "note"
        else:
            inside = False
    return expected


def _mark(text: str, *, digits: bool) -> re.Match[str] | None:
    """Return the mark at the start of a footnote, raised or, if so allowed, in plain digits."""
    text = text.strip()
    return NOTE.match(text) or (NOTE_IN_DIGITS.match(text) if digits else None)


def _first_note(words: list[Line], body: float, expected: int, paged: bool) -> int:
    """Return the index from which a page has only footnotes; its length if it has none."""
    for place, (line, below) in enumerate(pairwise(words)):
        if line.kind == "rule" and _mark(below.text, digits=True):
            return place + 1 if paged else len(words)
    if not paged:
        return len(words)
    return _first_small(words, body) if body else _first_in_digits(words, expected)


def _first_small(words: list[Line], body: float) -> int:
    """Return the index of the first footnote among the last lines with small letters."""
    place = len(words)
    while place and 0 < words[place - 1].size < SMALL * body:
        place -= 1
    while place < len(words) and not _mark(words[place].text, digits=True):
        place += 1
    return place


def _first_in_digits(words: list[Line], expected: int) -> int:
    """Return the index of the footnote with the expected number among the last lines."""
    for place in range(len(words) - 1, max(0, len(words) - LAST_LINES), -1):
        mark = NOTE_IN_DIGITS.match(words[place].text.strip())
        if mark and int(mark["mark"]) == expected:
            if words[place].gap or _called(words[:place], mark["mark"]):
                return place
    return len(words)


def _called(lines: list[Line], mark: str) -> bool:
    """Return True if a mark is attached to a word of the lines."""
    attached = re.compile(rf"[a-z)\u201d\"'][.,;:]?{mark}(?=\s|$)")
    return any(attached.search(line.text) for line in lines)
