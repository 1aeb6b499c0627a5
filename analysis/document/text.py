"""Read plain text and Markdown into lines."""

import codecs
import re

from analysis.document import limits
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.steps import superscript

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, *UTF_16)
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>.*?)[ \t#]*")
NOTE_CALL = re.compile(r"\[\^(\d{1,3})\](?!:)")
NOTE_BODY = re.compile(r"\[\^(\d{1,3})\]:\s*")
RAISED = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
STRONG_NUMBER = re.compile(r"^\s*(\*\*|__)(\d{1,4}[.)]|[IVXL]+\.)(?:\1(?=\s|$)|\s+(?=\S))")
QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+", re.MULTILINE)
QUOTED = 0.5  # share of lines that begin with the sign of a quotation, in a document that is one
ESCAPED_NUMBER = re.compile(r"^(\s*(?:\d{1,4}|[IVXL]+))\\(?=[.)])")
STRONG_LINE = re.compile(r"\s*(\*\*|__)(?P<words>[^*_]+)\1\s*")


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark.

    Raises
    ------
    ValueError
        If the bytes are not text in one of these encodings.
    """
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"byte {error.start} is not UTF-8 text; save the document as UTF-8"
        ) from None
    if "\x00" in text:
        raise Unreadable(
            "it holds bytes that no text has; give a text, Markdown, HTML, PDF or Word (.docx) file"
        )
    return text


def read(data: bytes) -> list[Line]:
    """Return the lines of a text; a form feed begins a page, a blank line a block."""
    return lines(decode(data))


def lines(text: str) -> list[Line]:
    """Divide a text into lines.

    >>> [(line.text, line.gap) for line in lines("1. One\\nand\\n\\n2. Two")]
    [('1. One', True), ('and', False), ('2. Two', True)]
    """
    limits.check(len(text), limits.MAX_CHARACTERS, "characters")
    pages = _unquoted(text.removeprefix("\ufeff")).split("\f")
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        gap = number == 1
        for words in page.splitlines():
            line = _line(words, number if len(pages) > 1 else None, gap)
            gap = not line.text.strip()
            if not gap:
                lines.append(line)
    limits.check(len(lines), limits.MAX_LINES, "lines")
    return lines


def _line(words: str, page: int | None, gap: bool) -> Line:
    """Return a line, with what the marks of Markdown declare it to be."""
    line = Line(words, page, gap)
    if heading := HEADING.fullmatch(line.text):
        line.text, line.gap, line.kind = heading["title"], True, "heading"
        return line
    if strong := STRONG_LINE.fullmatch(line.text):
        line.text, line.strong = strong["words"], True
    line.text = ESCAPED_NUMBER.sub(r"\1", STRONG_NUMBER.sub(_without_stars, line.text))
    line.text = RAISED.sub(lambda mark: superscript(mark[1]), line.text)
    if note := NOTE_BODY.match(line.text):
        line.text = f"{superscript(note[1])} {line.text[note.end() :]}"
        line.gap, line.kind = True, "note"
        return line
    line.text = NOTE_CALL.sub(lambda mark: superscript(mark[1]), line.text)
    return line


def _without_stars(number: re.Match[str]) -> str:
    """Return a bold number without its marks."""
    return number[2] if number[0].endswith(number[1]) else f"{number[2]} {number[1]}"


def _unquoted(text: str) -> str:
    """Return a text without the signs of a quotation, if all of it is one."""
    written = [line for line in text.splitlines() if line.strip()]
    quoted = sum(1 for line in written if QUOTE.match(line))
    return QUOTE.sub("", text) if written and quoted > QUOTED * len(written) else text
