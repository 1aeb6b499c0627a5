"""Separate the words of a document from what a page adds to them.

A page adds furniture (running headers, page numbers, document symbols), tables of contents and
footnotes.
"""

import re
from collections import Counter
from itertools import chain, groupby, pairwise, takewhile

from analysis.document.line import Line, prevailing
from analysis.document.steps import MARKS, superscript

EDGE = 4  # lines at the head and at the foot of a page that may be furniture
SMALL = 0.93  # size of the letters of a footnote relative to the body
LONGEST_FURNITURE = 60  # characters of a page number, symbol or job number
LONGEST_RUNNING = 160  # characters of a line repeated at the edges of pages
LONGEST_TITLE = 120  # characters of a running title in a text without pages
LAST_LINES = 30  # where the footnotes of a page are sought if sizes are unknown
DASH = r"[-\u2013\u2014]"
ANY_PAGE_NUMBER = (
    rf"(?:(?:page|p\.|pg\.?)\s*)?(?:{DASH}|[(\[|])?\s*"
    rf"\d{{1,4}}\s*(?:(?:/|of|\|)\s*\d{{1,4}})?\s*(?:{DASH}|[)\]|])?"
)
SURE_PAGE_NUMBER = (
    r"(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?"  # page 2 of 3
    r"|\d{1,4}\s?/\s?\d{1,4}"  # 2/3
    rf"|{DASH}\s?\d{{1,4}}\s?{DASH}"  # - 2 -
)
SYMBOL = r"[A-Z]{1,6}(?:/[A-Z\d][\w.()-]*){1,8}(?:\s*\[[^\]]*\])?"
JOB_NUMBER = (
    r"(?:GE|V|N|E|A|NY|VN)\.?\s?\d{2}-\d{4,6}(?:\s*\(?[A-Z]\)?)?"  # V.24-01234 (E)
    r"(?:\s+\d{6})?(?:\s+\d{1,4}(?:\s?/\s?\d{1,4})?)?"  # with a date and a page number
    r"|\*\d{5,}\*"  # bar code
)
PAGE_MARKS = {  # of furniture; a document symbol may be beside a page number
    "page number": re.compile(f"(?i:{ANY_PAGE_NUMBER})"),
    "job number": re.compile(JOB_NUMBER),
    "document symbol": re.compile(
        rf"(?>{SYMBOL})\s*(?i:{ANY_PAGE_NUMBER})?|(?>(?i:{SURE_PAGE_NUMBER}))\s*{SYMBOL}"
    ),
}
SURE_FORMS = PAGE_MARKS | {"page number": re.compile(f"(?i:{SURE_PAGE_NUMBER})")}
RUNNING = "running header or footer"
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
        The same lines in order, without blank ones. The kind of what is left out is the reason. The
        body of a footnote has the kind ``"note"`` and begins with its mark in superscript digits.
    """
    for above, line in pairwise(lines):
        line.gap = line.gap or not above.text.strip()  # which held unseen characters only
    lines = [line for line in lines if line.text.strip()]
    for line in lines:
        line.kind = "rule" if RULE.fullmatch(line.text) else line.kind
    _leave_out_contents(lines)
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) > 1:
        _leave_out_edges(pages)
    else:
        _leave_out_furniture(lines)
    body = prevailing((round(line.size, 1), line.text) for line in lines)
    expected = 1
    for page in pages:
        expected = _find_notes(page, body, expected, paged=len(pages) > 1)
    return lines


def furniture(text: str, *, sure: bool = False) -> str:
    """Return the kind of furniture that a line at the edge of a page is, or "".

    >>> [furniture(text) for text in ("5/8", "CTOC/COP/WG.4/2024/4", "GE.24-12345", "A letter")]
    ['page number', 'document symbol', 'job number', '']
    """
    text = " ".join(text.split())
    if len(text) > LONGEST_FURNITURE:
        return ""
    forms = SURE_FORMS if sure else PAGE_MARKS
    return next((kind for kind, form in forms.items() if form.fullmatch(text)), "")


def _leave_out_contents(lines: list[Line]) -> None:
    """Leave out a table of contents.

    Its lines end in leaders, or in page numbers if they follow the heading "Contents".
    """
    inside = False
    texts = [line.text.strip() for line in lines]
    for line, text, below in zip(lines, texts, [*texts[1:], ""], strict=True):
        leaders = LEADERS.search(text)
        if CONTENTS.fullmatch(text):
            inside = bool(LEADERS.search(below) or CONTENTS_LINE.fullmatch(below))
        elif inside and not leaders:
            inside = len(text.split()) < CONTENTS_WORDS and bool(CONTENTS_LINE.fullmatch(text))
        if inside or leaders:
            line.kind = "contents"


def _edge_lines(page: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines at the head and at the foot of a page, from the edge inwards.

    They are in the order of their heights if these are known.
    """
    words = [line for line in page if line.kind in ("text", "heading", "note")]
    if all(line.height for line in words):
        words = sorted(words, key=lambda line: -line.height)
    return words[:EDGE], words[: -EDGE - 1 : -1]


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _leave_out_edges(pages: list[list[Line]]) -> None:
    """Leave out repeated lines, numbers and symbols at the edges of pages."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(
        key for pair in edges for key in {_without_digits(line.text) for line in chain(*pair)}
    )
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) // 5)}
    for edge in chain(*edges):
        _leave_out_edge(edge, repeated)


def _leave_out_edge(edge: list[Line], repeated: set[str]) -> None:
    """Leave out the furniture of one edge, up to the first line of text."""
    inner = False
    for line in edge:
        form = furniture(line.text)
        again = (
            _without_digits(line.text) in repeated
            and len(line.text) < LONGEST_RUNNING
            and not NUMBERED_WORDS.match(line.text)
        )
        if again or (form and not inner):
            line.kind = form or RUNNING
        elif not line.height or line.kind == "text":
            inner = True


def _leave_out_furniture(lines: list[Line]) -> None:
    """Leave out page numbers, symbols and titles in a text without pages."""
    begun = False
    for line in lines:
        begun = begun or bool(FIRST_NUMBER.match(line.text))
        if begun and line.kind == "text" and (form := furniture(line.text, sure=True)):
            line.kind = form
    seen = Counter(
        _without_digits(line.text)
        for line in lines
        if line.kind == "text" and len(line.text) < LONGEST_TITLE
    )
    for line, beside in chain(pairwise(lines), pairwise(reversed(lines))):
        near = beside.kind == "text" and line.kind in (*PAGE_MARKS, RUNNING)
        repeated = near and seen[_without_digits(beside.text)] > 2
        if repeated and not NUMBERED.match(beside.text):
            beside.kind = RUNNING


def _find_notes(page: list[Line], body: float, expected: int, *, paged: bool) -> int:
    """Mark the footnotes of a page, and return the number expected next."""
    words = [line for line in page if line.is_text or line.kind in ("note", "rule")]
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
    """Return the mark at the start of a footnote, raised or in plain digits."""
    text = text.strip()
    return NOTE.match(text) or (NOTE_IN_DIGITS.match(text) if digits else None)


def _first_note(words: list[Line], body: float, expected: int, paged: bool) -> int:
    """Return the index from which a page has only footnotes, or its length."""
    for place, (line, below) in enumerate(pairwise(words)):
        if line.kind == "rule" and _mark(below.text, digits=True):
            return place + 1 if paged else len(words)
    if not paged:
        return len(words)
    return _first_small(words, body) if body else _first_in_digits(words, expected)


def _first_small(words: list[Line], body: float) -> int:
    """Return the index of the first footnote among the last lines with small letters."""
    small = list(takewhile(lambda line: 0 < line.size < SMALL * body, reversed(words)))
    places = range(len(words) - len(small), len(words))
    marked = (place for place in places if _mark(words[place].text, digits=True))
    return next(marked, len(words))


def _first_in_digits(words: list[Line], expected: int) -> int:
    """Return the index of the footnote with the expected number among the last lines."""
    for place in range(len(words) - 1, max(0, len(words) - LAST_LINES), -1):
        mark = NOTE_IN_DIGITS.match(words[place].text.strip())
        if mark and int(mark["mark"]) == expected:
            call = re.compile(rf"[a-z)\u201d\"'][.,;:]?{mark['mark']}(?=\s|$)")
            if words[place].gap or any(call.search(line.text) for line in words[:place]):
                return place
    return len(words)
