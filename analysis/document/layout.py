"""Tell the words of a document from what a page adds to them: running headers, page numbers, contents, footnotes."""

import re
from collections import Counter
from itertools import groupby

from analysis.document.model import Line
from analysis.document.steps import MARKS, superscript

EDGE = 4  # lines at the head and at the foot of a page that may be furniture
SMALL = 0.93  # letters of a footnote against those of the body
PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|pg\.?)\s*)?[-\u2013\u2014(\[|]?\s*\d{1,4}\s*(?:(?:/|of|\|)\s*\d{1,4})?\s*[-\u2013\u2014)\]|]?", re.IGNORECASE
)
SURE_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}|[-\u2013\u2014]\s?\d{1,4}\s?[-\u2013\u2014]",
    re.IGNORECASE,
)
SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Z\d][\w.()-]*){1,8}(?:\s*\[[^\]]*\])?")
JOB_NUMBER = re.compile(
    r"(?:GE|V|N|E|A|NY|VN)\.?\s?\d{2}-\d{4,6}(?:\s*\(?[A-Z]\)?)?(?:\s+\d{6})?(?:\s+\d{1,4}(?:\s?/\s?\d{1,4})?)?|\*\d{5,}\*"
)
LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]*\s*$|\u2026{2,}\s*\d*\s*$")
CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
CONTENTS_LINE = re.compile(r".{2,150}\s\d{1,3}")
RULE = re.compile(r"\s*([_*=\u2013\u2014-])(?:\s*\1){2,}\s*")
NOTE = re.compile(rf"(?P<mark>{MARKS}+)\s*(?=\S)")
NOTE_IN_DIGITS = re.compile(r"(?P<mark>\d{1,2})\s+(?=[A-Z\u201c\"'])")


def strip(lines: list[Line]) -> list[Line]:
    """Mark what is no part of the text.

    Parameters
    ----------
    lines : list of Line
        As a reader gives them.

    Returns
    -------
    list of Line
        The same lines in order; furniture has the kind ``"left out"`` with the reason in `why`, and the body of
        a footnote has the kind ``"note"`` and begins with its mark in superscript digits.
    """
    lines = [line for line in lines if line.text.strip()]
    for line in lines:
        line.kind = "rule" if RULE.fullmatch(line.text) else line.kind
    _contents(lines)
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) > 1:
        _edges(pages)
    else:
        _loose_furniture(lines)
    body = _body_size(lines)
    expected = 1
    for page in pages:
        expected = _notes(page, body, expected, paged=len(pages) > 1)
    for line in lines:
        if line.kind == "rule":
            line.kind, line.why = "left out", "rule"
    return lines


def leave_out(line: Line, why: str):
    """Mark a line as no part of the text, and say why."""
    line.kind, line.why = "left out", why


def furniture(text: str, *, sure: bool = False) -> str:
    """Return what a line at the edge of a page is, where its form says it: blank where it does not.

    >>> furniture("5/8"), furniture("CTOC/COP/WG.4/2024/4"), furniture("GE.24-12345"), furniture("A letter")
    ('page number', 'document symbol', 'job number', '')
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return ""
    if (SURE_PAGE_NUMBER if sure else PAGE_NUMBER).fullmatch(text):
        return "page number"
    if JOB_NUMBER.fullmatch(text):
        return "job number"
    symbol = re.match(SYMBOL, text)
    if symbol and (symbol.end() == len(text) or PAGE_NUMBER.fullmatch(text[symbol.end() :].strip())):
        return "document symbol"
    number = re.match(SURE_PAGE_NUMBER, text)
    if number and SYMBOL.fullmatch(text[number.end() :].strip()):
        return "document symbol"
    return ""


def _contents(lines: list[Line]):
    """Leave out a table of contents: its lines end in leaders, or in page numbers below the word that heads it."""
    inside = False
    for place, line in enumerate(lines):
        words = line.text.strip()
        if LEADERS.search(words):
            leave_out(line, "contents")
        elif CONTENTS.fullmatch(words):
            follows = next((other.text.strip() for other in lines[place + 1 : place + 2]), "")
            if inside := bool(LEADERS.search(follows) or CONTENTS_LINE.fullmatch(follows)):
                leave_out(line, "contents")
        elif inside and line.kind != "left out":
            if inside := bool(CONTENTS_LINE.fullmatch(words) and len(words.split()) < 25):
                leave_out(line, "contents")


def _edge_lines(page: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines at the head of a page and those at its foot, from the edge inwards; by height where it is known."""
    words = [line for line in page if line.kind not in ("rule", "left out")]
    if all(line.height for line in words):
        words = sorted(words, key=lambda line: -line.height)
    return words[:EDGE], words[: -EDGE - 1 : -1]


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _edges(pages: list[list[Line]]):
    """Leave out what comes back at the edges of pages, and what has the form of a page number or a symbol there."""
    seen = Counter(key for page in pages for key in {_key(line.text) for run in _edge_lines(page) for line in run})
    enough = max(2, len(pages) // 5)
    for page in pages:
        for run in _edge_lines(page):
            inner = False  # nothing further in than the first line of text is furniture
            for line in run:
                form = furniture(line.text)
                again = seen[_key(line.text)] >= enough and len(line.text) < 160 and not re.match(r"\s*\d{1,3}\.\s*\D", line.text)
                if (form or again) and not (inner and not again):
                    leave_out(line, form or "running header or footer")
                elif not line.height or line.kind == "text":
                    inner = True


def _loose_furniture(lines: list[Line]):
    """Leave out page numbers and symbols in a text without pages, and the running titles beside them."""
    begun = False
    for line in lines:
        begun = begun or bool(re.match(r"\s*(?:\d{1,3}\.|[IVXL]+\.)(?:\s|$)", line.text))
        if begun and line.kind == "text" and (form := furniture(line.text, sure=True)):
            leave_out(line, form)
    again = Counter(_key(line.text) for line in lines if line.kind == "text" and len(line.text) < 120)
    for one, two in [*zip(lines, lines[1:], strict=False), *zip(lines[::-1], lines[-2::-1], strict=False)]:
        beside = one.kind == "left out" and one.why != "contents" and two.kind == "text"
        if beside and again[_key(two.text)] > 2 and not re.match(r"\s*\d{1,3}\.", two.text):
            leave_out(two, "running header or footer")


def _body_size(lines: list[Line]) -> float:
    """Return the size of letters that most of the text has; 0 where sizes are not known."""
    sizes: Counter = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _notes(page: list[Line], body: float, expected: int, *, paged: bool) -> int:
    """Find the bodies of footnotes on a page, and return the number that the next one must have."""
    words = [line for line in page if line.kind not in ("left out",)]
    if body and all(line.height for line in words):
        words.sort(key=lambda line: -line.height)
    begin = _first_note(words, body, expected, paged)
    inside = False
    for place, line in enumerate(words):
        mark = NOTE.match(line.text.strip()) or (place >= begin and NOTE_IN_DIGITS.match(line.text.strip()))
        opens = bool(mark) and (place >= begin or (line.gap and NOTE.match(line.text.strip()))) and line.kind in ("text", "note")
        if opens or line.kind == "note":
            inside = True
            line.kind = "note"
            if mark:
                line.text = f"{superscript(mark['mark'])} {line.text.strip()[mark.end() :]}"
                expected += 1
        elif inside and line.kind == "text" and (place >= begin or not line.gap):
            line.kind = "note"
        else:
            inside = False
    return expected


def _first_note(words: list[Line], body: float, expected: int, paged: bool) -> int:
    """Return the place from which a page holds nothing but footnotes; past its end where there are none."""
    for place, line in enumerate(words):
        if line.kind == "rule" and place + 1 < len(words) and _opens_note(words[place + 1].text):
            return place + 1 if paged else len(words)
    if not paged:
        return len(words)
    if body:
        place = len(words)
        while place and 0 < words[place - 1].size < SMALL * body:
            place -= 1
        while place < len(words) and not _opens_note(words[place].text):
            place += 1
        return place
    for place in range(len(words) - 1, max(0, len(words) - 30), -1):
        mark = NOTE_IN_DIGITS.match(words[place].text.strip())
        if mark and int(mark["mark"]) == expected and (words[place].gap or _called(words[:place], mark["mark"])):
            return place
    return len(words)


def _opens_note(text: str) -> bool:
    return bool(NOTE.match(text.strip()) or NOTE_IN_DIGITS.match(text.strip()))


def _called(lines: list[Line], mark: str) -> bool:
    """Say whether a mark is glued to a word in the lines."""
    glued = re.compile(rf"[a-z)\u201d\"'][.,;:]?{mark}(?=\s|$)")
    return any(glued.search(line.text) for line in lines)
