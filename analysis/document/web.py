"""Read HTML into lines. Nothing is fetched, run or followed."""

import re

import lxml.etree
import lxml.html

from analysis.document import forms, limits, text
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.numbering import formatted
from analysis.document.steps import raised

SKIPPED_TAGS = frozenset(
    "script style head template noscript nav header footer iframe object svg math "
    "form button input select textarea dialog rp rt del s strike".split()
)
READ_INSIDE = {  # what is read all the same inside one of these
    "button": frozenset(("h1", "h2", "h3", "h4", "h5", "h6")),
    "footer": frozenset(("blockquote",)),
    "header": frozenset(("article", "section")),
}
FORM_SHARE = 0.3  # of the words of a page: a form with more of them is the page itself
HIDING_CLASSES = frozenset(form.name for form in forms.CLASSES_THAT_HIDE)
HIDING_STYLE = re.compile(
    "|".join(form.pattern.pattern for form in forms.HIDING_STYLES), re.IGNORECASE
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td "
    "tfoot th thead title tr ul".split()
)
STRONG = frozenset(("b", "strong"))
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]+)", re.IGNORECASE)
UNICODE = (b"utf-8", b"utf8", b"utf-16")
MAX_HTML_DEPTH = 250  # levels of nested elements
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def decode(data: bytes) -> str:
    """Return the text of a page in the encoding that it declares, or in UTF-8."""
    match = CHARSET.search(data[:4096])
    if match is None or match[1].lower() in UNICODE or data.startswith(text.BYTE_ORDER_MARKS):
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
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    page = re.sub(r"^\ufeff?\s*(?:<\?xml[^>]*\?>)?", "", page)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        raise Unreadable("it is not HTML that can be read, or has no words") from None
    walk = _Walk()
    walk.visit(root, 0, False)
    walk.end_line()
    return walk.lines


class _Walk:
    """A walk through a page, from block to block."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.strong: list[bool] = []
        self.kinds = ["text"]
        self.gap = True

    def visit(self, element: lxml.etree._Element, depth: int, strong: bool) -> None:
        """Read an element with its children; a block is a line, or several."""
        limits.check(depth, MAX_HTML_DEPTH, "levels of elements")
        tag = element.tag
        if not isinstance(tag, str) or _skipped(element) or _hidden(element):
            return
        if tag in BLOCKS or tag == "br":
            self.end_line(gap=tag != "br")
        if tag in BLOCKS:
            self.kinds.append(_kind(element, self.kinds[-1]))
            self.add(_label(element), False)
        strong = strong or tag in STRONG
        change = raised if tag == "sup" else str
        self.add(change(element.text or ""), strong)
        for child in element:
            self.visit(child, depth + 1, strong)
            self.add(change(child.tail or ""), strong)
        if tag in BLOCKS:
            self.end_line()
            self.kinds.pop()

    def add(self, words: str, strong: bool) -> None:
        """Add words to the current line."""
        self.words.append(words)
        if words.strip():
            self.strong.append(strong)

    def end_line(self, *, gap: bool = True) -> None:
        """End the current line, if it has words."""
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


def _skipped(element: lxml.etree._Element) -> bool:
    """Return True if an element is no part of the text, as far as its name tells."""
    if element.tag == "form":
        page = element.getroottree().getroot()
        words, every = (sum(map(len, each.itertext())) for each in (element, page))
        return words < FORM_SHARE * every
    outer = READ_INSIDE.get(element.tag, frozenset())
    return element.tag in SKIPPED_TAGS and not any(e.tag in outer for e in element.iterancestors())


def _hidden(element: lxml.etree._Element) -> bool:
    """Return True if an element is not shown, or is struck out."""
    classes = HIDING_CLASSES.intersection(element.get("class", "").lower().split())
    styled = HIDING_STYLE.search(element.get("style", ""))
    return element.get("hidden") is not None or bool(classes or styled)


def _kind(element: lxml.etree._Element, outer: str) -> str:
    """Return the kind of line that a block holds."""
    names = " ".join(element.get(key, "") for key in ("class", "role", "id")).lower()
    if outer == "note" or re.search(r"\b(?:doc-)?(?:foot|end)notes?\b", names):
        return "note"
    return "heading" if outer == "heading" or re.fullmatch("h[1-6]", element.tag) else "text"


def _label(element: lxml.etree._Element) -> str:
    """Return the number that a browser puts before an item of a list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    value = _integer(element.get("value"))
    if value is None:
        above = len(list(element.itersiblings("li", preceding=True)))
        value = (_integer(parent.get("start")) or 1) + above
    form = FORMS.get(parent.get("type", ""), "decimal")
    lettered = form.endswith("Letter") and 0 < value <= 26
    number = formatted(value, form if lettered or form.endswith("Roman") else "decimal")
    return f"({number}) " if number.islower() else f"{number}. "


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*\d{1,4}\s*", text) else None
