"""Read plain text and Markdown into lines."""

import codecs
import re

from analysis.document import limits
from analysis.document.limits import Unreadable
from analysis.document.model import Line
from analysis.document.steps import superscript

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>.*?)[ \t#]*")
NOTE_CALL = re.compile(r"\[\^(\d{1,3})\](?!:)")
NOTE_BODY = re.compile(r"\[\^(\d{1,3})\]:\s*")
RAISED = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
STRONG_NUMBER = re.compile(r"^\s*(\*\*|__)(\d{1,3}\.|[IVXL]+\.)\1(?=\s|$)")
ESCAPED_NUMBER = re.compile(r"^(\s*(?:\d{1,3}|[IVXL]+))\\(?=\.)")
STRONG_LINE = re.compile(r"\s*(\*\*|__)(?P<words>[^*_]+)\1\s*")


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 where a byte order mark says so.

    Raises
    ------
    ValueError
        Where the bytes are no text in these.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is not UTF-8 text; save the document as UTF-8") from None
    if "\x00" in text:
        raise Unreadable("it holds bytes that no text has; give a text, Markdown, HTML, PDF or Word (.docx) file")
    return text


def read(data: bytes) -> list[Line]:
    """Return the lines of a text; a form feed begins a page, a blank line a block."""
    return lines(decode(data))


def lines(text: str) -> list[Line]:
    """Divide a text into lines.

    >>> [(line.text, line.gap) for line in lines("1. One\\nand\\n\\n2. Two")]
    [('1. One', True), ('and', False), ('2. Two', True)]
    """
    limits.hold(len(text), limits.MAX_CHARACTERS, "characters")
    pages = text.removeprefix("\ufeff").split("\f")
    found: list[Line] = []
    for number, page in enumerate(pages, 1):
        gap = number == 1
        for words in page.splitlines():
            if words.strip():
                found.append(_line(words, number if len(pages) > 1 else None, gap))
            gap = not words.strip()
    limits.hold(len(found), limits.MAX_LINES, "lines")
    return found


def _line(words: str, page: int | None, gap: bool) -> Line:
    if heading := HEADING.fullmatch(words):
        return Line(heading["title"], page, True, "heading")
    words = ESCAPED_NUMBER.sub(r"\1", STRONG_NUMBER.sub(r"\2", words))
    words = RAISED.sub(lambda mark: superscript(mark[1]), words)
    if note := NOTE_BODY.match(words):
        return Line(f"{superscript(note[1])} {words[note.end() :]}", page, True, "note")
    words = NOTE_CALL.sub(lambda mark: superscript(mark[1]), words)
    if strong := STRONG_LINE.fullmatch(words):
        return Line(strong["words"], page, gap, strong=True)
    return Line(words, page, gap)
