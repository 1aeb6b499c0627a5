"""Read HTML into lines. Nothing is fetched, no script is run, no external entity is followed."""

import re

import lxml.etree
import lxml.html

from analysis.document import limits, text
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.numbering import ROMAN_NUMBERS
from analysis.document.steps import DIGITS, superscript

SKIPPED = frozenset(
    "script style head template noscript nav header footer iframe object svg math "
    "form button select textarea".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td "
    "tfoot th thead title tr ul".split()
)
STRONG = frozenset(("b", "strong"))
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]+)", re.IGNORECASE)
UNICODE = (b"utf-8", b"utf8", b"utf-16")
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MAX_DEPTH = 250  # levels of nested elements
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def decode(data: bytes) -> str:
    """Return the text of a page in the encoding that it declares, or in UTF-8."""
    match = CHARSET.search(data[:4096])
    if match is None or match[1].lower() in UNICODE or data.startswith(BYTE_ORDER_MARKS):
        return text.decode(data)
    encoding = match[1].decode("ascii")
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        raise Unreadable(
            f"it is not in the encoding {encoding} that it declares; save it as UTF-8"
        ) from None


def read(data: bytes) -> list[Line]:
    """Return the blocks of a page as lines.

    Raises
    ------
    ValueError
        If the page has no words, is nested too deeply or is too large.
    """
    page = decode(data)
    limits.check(len(page), limits.MAX_CHARACTERS, "characters")
    parser = lxml.html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        raise Unreadable("it is not HTML that can be read, or has no words") from None
    return _Walk().read(root)


class _Walk:
    """A walk through a page, from block to block."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.strong: list[bool] = []
        self.kinds = ["text"]
        self.gap = True

    def read(self, root: lxml.etree._Element) -> list[Line]:
        self.visit(root, 0, False)
        self.end_line()
        return self.lines

    def visit(self, element: lxml.etree._Element, depth: int, strong: bool) -> None:
        """Read an element with its children; a block is a line, or several."""
        limits.check(depth, MAX_DEPTH, "levels of elements")
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in SKIPPED or element.get("hidden") is not None or not tag:
            return
        self.begin(element, tag)
        strong = strong or tag in STRONG
        raised = tag == "sup"
        self.add(element.text, strong, raised)
        for child in element:
            self.visit(child, depth + 1, strong)
            self.add(child.tail, strong, raised)
        if tag in BLOCKS:
            self.end_line()
            self.kinds.pop()

    def begin(self, element: lxml.etree._Element, tag: str) -> None:
        """Begin a line if the element is a block or a line break, and label an item of a list."""
        if tag == "br":
            self.end_line(gap=False)
        if tag in BLOCKS:
            self.end_line()
            self.kinds.append(_kind(element, tag, self.kinds[-1]))
        if tag == "li" and (label := _label(element)):
            self.add(f"{label} ", False)

    def add(self, words: str | None, strong: bool, raised: bool = False) -> None:
        """Add words to the current line; raised digits are a footnote mark."""
        if not words:
            return
        if raised and words.strip() and not set(words.strip()) - set(DIGITS):
            words = superscript(words.strip())
        self.words.append(words)
        if words.strip():
            self.strong.append(strong)

    def end_line(self, *, gap: bool = True) -> None:
        """End the current line, if it has words; the next begins a block if there is a gap."""
        words = re.sub(r"[ \t\n]+", " ", "".join(self.words).replace("\r", "\n"))
        if words.strip():
            strong = all(self.strong)
            line = Line(words.strip(), gap=self.gap, kind=self.kinds[-1], strong=strong)
            self.lines.append(line)
            limits.check(len(self.lines), limits.MAX_LINES, "lines")
            self.gap = gap
        else:
            self.gap = self.gap or gap
        self.words, self.strong = [], []


def _kind(element: lxml.etree._Element, tag: str, outer: str) -> str:
    """Return the kind of line that a block holds."""
    names = " ".join(element.get(key, "") for key in ("class", "role", "id")).lower()
    if outer == "note" or re.search(r"\b(?:doc-)?(?:foot|end)notes?\b", names):
        return "note"
    return "heading" if outer == "heading" or re.fullmatch("h[1-6]", tag) else "text"


def _label(item: lxml.etree._Element) -> str:
    """Return the number that a browser puts before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    value = _integer(item.get("value"))
    if value is None:
        items = [child for child in parent if child.tag == "li"]
        value = (_integer(parent.get("start")) or 1) + items.index(item)
    kind = parent.get("type", "1")
    if kind in ("a", "A") and 1 <= value <= len(LETTERS):
        letter = LETTERS[value - 1]
        return f"({letter})" if kind == "a" else f"{letter.upper()}."
    if kind in ("i", "I") and 1 <= value < 90:
        return f"({ROMAN_NUMBERS[value].lower()})" if kind == "i" else f"{ROMAN_NUMBERS[value]}."
    return f"{value}."


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*\d{1,4}\s*", text) else None
