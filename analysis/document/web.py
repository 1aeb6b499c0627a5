"""Read HTML into lines. Nothing is fetched, no script is run, no entity of another file is followed."""

import re

import lxml.html

from analysis.document import limits, text
from analysis.document.limits import Unreadable
from analysis.document.model import Line
from analysis.document.numbering import to_roman
from analysis.document.steps import DIGITS, superscript

SKIPPED = frozenset(
    "script style head template noscript nav header footer iframe object svg math form button select textarea".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr "
    "li main ol p pre section summary table tbody td tfoot th thead title tr ul".split()
)
STRONG = frozenset(("b", "strong"))
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]+)", re.IGNORECASE)
MAX_DEPTH = 250  # of elements in each other
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def decode(data: bytes) -> str:
    """Return the text of a page in the encoding it names, UTF-8 where it names none."""
    named = CHARSET.search(data[:4096])
    if (
        named
        and named[1].lower() not in (b"utf-8", b"utf8", b"utf-16")
        and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    ):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            raise Unreadable(f"its encoding is not the {named[1].decode('ascii')} it names; save it as UTF-8") from None
    return text.decode(data)


def read(data: bytes) -> list[Line]:
    """Return the blocks of a page as lines.

    Raises
    ------
    ValueError
        Where it holds no words, is nested too deeply, or is too large.
    """
    page = decode(data)
    limits.hold(len(page), limits.MAX_CHARACTERS, "characters")
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        raise Unreadable("it is no HTML that can be read, or holds no words") from None
    return _Walk().lines(root)


class _Walk:
    """A walk through a page, from block to block."""

    def __init__(self):
        self.made: list[Line] = []
        self.words: list[str] = []
        self.strong: list[bool] = []
        self.kinds = ["text"]
        self.gap = True

    def lines(self, root) -> list[Line]:
        self.visit(root, 0, False)
        self.flush()
        return self.made

    def visit(self, element, depth: int, strong: bool):
        limits.hold(depth, MAX_DEPTH, "levels of elements")
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in SKIPPED or element.get("hidden") is not None or not tag:
            return
        block = tag in BLOCKS
        if block:
            self.flush()
            self.kinds.append(_kind(element, tag, self.kinds[-1]))
        if tag == "br":
            self.flush(gap=False)
        if tag == "li" and (label := _label(element)):
            self.add(f"{label} ", False)
        strong = strong or tag in STRONG
        raised = tag == "sup"
        self.add(element.text, strong, raised)
        for child in element:
            self.visit(child, depth + 1, strong)
            self.add(child.tail, strong, raised)
        if block:
            self.flush()
            self.kinds.pop()

    def add(self, words: str | None, strong: bool, raised: bool = False):
        if words:
            if raised and words.strip() and not set(words.strip()) - set(DIGITS):
                words = superscript(words.strip())
            self.words.append(words)
            if words.strip():
                self.strong.append(strong)

    def flush(self, *, gap: bool = True):
        words = " ".join("".join(self.words).split(" ")).replace("\r", "\n")
        if words.strip():
            words = re.sub(r"[ \t\n]+", " ", words).strip()
            self.made.append(Line(words, gap=self.gap, kind=self.kinds[-1], strong=all(self.strong)))
            limits.hold(len(self.made), limits.MAX_LINES, "lines")
            self.gap = gap
        else:
            self.gap = self.gap or gap
        self.words, self.strong = [], []


def _kind(element, tag: str, outer: str) -> str:
    """Return what a block says it is."""
    named = f"{element.get('class', '')} {element.get('role', '')} {element.get('id', '')}".lower()
    if outer == "note" or re.search(r"\b(?:doc-)?(?:foot|end)notes?\b", named):
        return "note"
    return "heading" if re.fullmatch("h[1-6]", tag) else outer if outer == "heading" else "text"


def _label(item) -> str:
    """Return the number that a browser sets before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    own = [child for child in parent if child.tag == "li"]
    value = _whole(item.get("value"))
    if value is None:
        value = (_whole(parent.get("start")) or 1) + own.index(item)
    kind = parent.get("type", "1")
    if kind in ("a", "A") and 1 <= value <= len(LETTERS):
        letter = LETTERS[value - 1]
        return f"({letter})" if kind == "a" else f"{letter.upper()}."
    if kind in ("i", "I") and 1 <= value < 90:
        return f"({to_roman(value).lower()})" if kind == "i" else f"{to_roman(value)}."
    return f"{value}."


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*\d{1,4}\s*", text) else None
