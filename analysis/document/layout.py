"""Separate the words of a document from what a page adds to them.

A page adds furniture (running headers, page numbers, document symbols), tables of contents and
footnotes.
"""

import re
from collections import Counter
from itertools import chain, groupby, pairwise, takewhile

import regex

from analysis.document import forms
from analysis.document.forms import MARKS, NOTE_SIGNS
from analysis.document.line import Line, prevailing
from analysis.document.steps import superscript

EDGE = 4  # lines at the head and at the foot of a page that may be furniture
SMALL = 0.93  # size of the letters of a footnote relative to the body
LARGE = 3  # size of the letters of a watermark relative to the body
LONGEST_FURNITURE = 60  # characters of a page number, symbol or job number
LONGEST_RUNNING = 160  # characters of a line repeated at the edges of pages
LONGEST_TITLE = 120  # characters of a running title in a text without pages
EDGE_PAGES, EDGE_SHARE = 2, 0.2  # pages, and share of all, that have a line at their edges
STOPS = tuple(".:;,?!")  # a line that ends in one is more likely to be text
REPEATED_PAGES = 3  # pages that must have a line, wherever it is, that is no text
REPEATED_SHARE = 0.5  # share of all pages that must have it
LAST_LINES = 30  # where the footnotes of a page are sought if sizes are unknown
PAGE_MARKS = tuple(form.name for form in forms.FURNITURE)
RUNNING = "running header or footer"
LEADERS = re.compile(r"(?<![.\s])\s?(?:\.\s?){4,}\s*[\divxl]*\s*$|\u2026{2,}\s*\d*\s*$")
CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
CONTENTS_HEAD = re.compile(r"(?:(?:chapter|paragraphs?|page)s?\s*)+", re.IGNORECASE)
CONTENTS_LINE = re.compile(r".{2,150}\s\d{1,3}")
CONTENTS_PLACES = re.compile(r"[\s\d.\u2026\u2013-]+$")  # after an entry: paragraphs and page
CONTENTS_WORDS = 25  # a line of contents has fewer words
SENTENCE_WORDS = 4  # a line of contents with at least so many words is no sentence
RULE = re.compile(r"\s*([_*=\u2013\u2014-])(?:\s*\1){2,}\s*")
NOTE = re.compile(
    rf"(?P<mark>{MARKS}+)\s*(?=\S)|(?:\\?(?P<sign>{NOTE_SIGNS})){{1,3}}\s*(?=[^\s*][^*]*$)"
)
NOTE_IN_DIGITS = regex.compile(r"(?P<mark>\d{1,2})\s+(?=[\p{Lu}\u201c\"'])")
NUMBERED = re.compile(r"\s*\d{1,4}\.")
FIRST_NUMBER = re.compile(r"\s*(?:\d{1,4}\.|[IVXL]+\.)(?:\s|$)")
CALL_SIGN = re.compile(rf"(?<=[\w.,;:)\u201d])(?P<signs>{NOTE_SIGNS}{{1,3}})(?=[\s.,;:)]|$)")
END_CALLS = (  # of the forms of END_NOTES
    regex.compile(r"(?<=\S)\[(?P<mark>\d{1,2})\]"),
    regex.compile(rf"{forms.GLUED_TO}(?P<mark>\d{{1,2}})(?=[\s.,;:)]|$)"),
)
LIST_LEAD = (":", ";")  # what ends the line before an item of a list


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
    _leave_out_watermarks(lines, body)
    called = Counter(_signs(line) for line in lines if line.is_text)
    for form, call in zip(forms.END_NOTES, END_CALLS, strict=True):
        _find_end_notes([line for line in lines if line.is_text], form.pattern, call)
    expected = 1
    for page in pages:
        expected = _find_notes(page, body, expected, called, paged=len(pages) > 1)
    return lines


def furniture(text: str, *, sure: bool = False) -> str:
    """Return the kind of furniture that a line at the edge of a page is, or "".

    >>> [furniture(text) for text in ("5/8", "CTOC/COP/WG.4/2024/4", "GE.24-12345", "A letter")]
    ['page number', 'document symbol', 'job number', '']
    """
    text = " ".join(text.split())
    if len(text) > LONGEST_FURNITURE:
        return ""
    return forms.match(forms.SURE_FURNITURE if sure else forms.FURNITURE, text)[0]


def _leave_out_watermarks(lines: list[Line], body: float) -> None:
    """Leave out words in huge letters that are drawn across the text."""
    begun = False
    for line in lines:
        begun = begun or bool(FIRST_NUMBER.match(line.text))
        if begun and body and line.size > LARGE * body:
            line.kind = "watermark"


def _leave_out_contents(lines: list[Line]) -> None:
    """Leave out a table of contents.

    It ends where its first entry recurs as a heading. Without that, its lines end in leaders, or
    in page numbers if they follow the heading "Contents".
    """
    inside, end = False, 0
    texts = [line.text.strip() for line in lines]
    for place, (line, text) in enumerate(zip(lines, texts, strict=True)):
        leaders = LEADERS.search(text)
        if CONTENTS.fullmatch(text):
            below = "".join(texts[place + 1 : place + 2])
            end = _end_of_contents(texts, place)
            inside = bool(LEADERS.search(below) or CONTENTS_LINE.fullmatch(below))
        elif inside and not leaders:
            inside = len(text.split()) < CONTENTS_WORDS and bool(CONTENTS_LINE.fullmatch(text))
        if place < end or inside or leaders:
            line.kind = "contents"


def _end_of_contents(texts: list[str], heading: int) -> int:
    """Return the place where the first entry of the contents recurs, or 0.

    A sentence before that place shows that it is no table of contents.
    """
    places = range(heading + 1, len(texts))
    first = next((at for at in places if not CONTENTS_HEAD.fullmatch(texts[at])), 0)
    if not first or not (entry := _entry(texts[first])):
        return 0
    for place in range(first + 1, len(texts)):
        if _entry(texts[place]) == entry:
            return place
        text = LEADERS.sub("", texts[place])
        if text.endswith(".") and len(text.split()) >= SENTENCE_WORDS:
            return 0
    return 0


def _entry(text: str) -> str:
    return " ".join(CONTENTS_PLACES.sub("", LEADERS.sub("", text)).casefold().split())


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
    few, many = _least(pages)
    repeated = {
        key for key, count in seen.items() if count >= (many if key.endswith(STOPS) else few)
    }
    for edge in chain(*edges):
        _leave_out_edge(edge, repeated)
    _leave_out_repeated(pages)


def _leave_out_repeated(pages: list[list[Line]]) -> None:
    """Leave out what most pages have, such as a watermark."""
    alone = [{_alone(line) for line in page} - {""} for page in pages]
    seen = Counter(chain(*alone))
    often = {text for text, count in seen.items() if count >= _least(pages)[1]}
    for line in chain(*pages):
        if _alone(line) in often:
            line.kind = RUNNING


def _least(pages: list[list[Line]]) -> tuple[int, float]:
    """Return how many pages must have what is no text, at edges and elsewhere."""
    few = max(EDGE_PAGES, int(EDGE_SHARE * len(pages)))
    return few, max(REPEATED_PAGES, REPEATED_SHARE * len(pages))


def _alone(line: Line) -> str:
    """Return the words of a short block that is no sentence and no number."""
    text = line.text.strip()
    short = line.gap and line.kind == "text" and len(text) < LONGEST_TITLE
    return text if short and not text.endswith(STOPS) and not NUMBERED.match(text) else ""


def _leave_out_edge(edge: list[Line], repeated: set[str]) -> None:
    """Leave out the furniture of one edge, up to the first line of text."""
    inner = False
    for line in edge:
        form = furniture(line.text)
        again = (
            _without_digits(line.text) in repeated
            and len(line.text) < LONGEST_RUNNING
            and not NUMBERED.match(line.text)
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


def _find_end_notes(lines: list[Line], form: re.Pattern[str], call: regex.Pattern[str]) -> None:
    """Mark the footnotes after the last paragraph, if each is called before."""
    marks = {at: match for at, line in enumerate(lines) if (match := form.fullmatch(line.text))}
    begin = max((at for at, match in marks.items() if match["number"] == "1"), default=len(lines))
    if any(FIRST_NUMBER.match(line.text) for line in lines[begin:]):
        return
    text, expected = lines[:begin], 1
    for mark in (match["mark"] for line in text for match in call.finditer(line.text)):
        expected += mark == str(expected)
    notes = {int(match["number"]): at for at, match in marks.items() if at >= begin}
    if list(notes) != list(range(1, expected)):
        return
    for number, at in notes.items():
        lines[at].text = f"{superscript(str(number))} {marks[at]['rest']}"
        end = notes.get(number + 1, len(lines))
        for line in (lines[at], *takewhile(lambda below: not below.gap, lines[at + 1 : end])):
            line.kind = "note"
    if form is forms.END_NOTES[0].pattern:  # a digit is raised when its paragraph is read
        for line in text:
            line.text = call.sub(lambda match: superscript(match["mark"]), line.text)


def _find_notes(
    page: list[Line], body: float, expected: int, called: Counter[str], *, paged: bool
) -> int:
    """Mark the footnotes of a page, and return the number expected next."""
    words = [line for line in page if line.is_text or line.kind in ("note", "rule")]
    if body and all(line.height for line in words):
        words.sort(key=lambda line: -line.height)
    begin = _first_note(words, body, expected, paged)
    signs = Counter(_sign(line) for line in words)
    inside = ruled = False
    for place, line in enumerate(words):
        below = place >= begin or ruled  # among the text, a footnote needs a raised mark and a gap
        mark = _mark(line.text, digits=below or inside)
        sign = _sign(line)
        next_one = inside and mark is not None and mark[0].strip() == str(expected)
        opens = mark is not None and line.kind == "text" and (below or line.gap or next_one)
        if opens and sign and not below:
            listed = place > 0 and words[place - 1].text.rstrip().endswith(LIST_LEAD)
            opens = (signs[sign] == 1 and not listed) or called[sign] >= signs[sign]
        if opens or line.kind == "note":
            inside = True
            line.kind = "note"
            if mark:
                shown = sign or superscript(mark["mark"])
                line.text = f"{shown} {line.text.strip()[mark.end() :]}"
                expected += not sign
        elif inside and line.kind == "text" and (below or not line.gap):
            line.kind = "note"
        else:
            inside = False
        ruled = line.kind == "rule"
    return expected


def _mark(text: str, *, digits: bool) -> re.Match[str] | None:
    """Return the mark at the start of a footnote: raised, a sign, or in plain digits."""
    text = text.strip()
    return NOTE.match(text) or (NOTE_IN_DIGITS.match(text) if digits else None)


def _sign(line: Line) -> str:
    """Return the signs at the start of a line that may be a footnote, such as ``**``."""
    note = NOTE.match(line.text.strip())
    return note[0].replace("\\", "").strip() if note and note["sign"] else ""


def _signs(line: Line) -> str:
    """Return the signs that are attached to a word of a line and call a footnote."""
    called = CALL_SIGN.search(line.text)
    return called["signs"] if called else ""


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
            call = regex.compile(rf"[\p{{Ll}}\p{{Lo}})\u201d\"'][.,;:]?{mark['mark']}(?=\s|$)")
            if words[place].gap or any(call.search(line.text) for line in words[:place]):
                return place
    return len(words)
