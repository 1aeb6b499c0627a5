"""Compute the numbers that Word generates, which are not in the text of a .docx file."""

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from analysis.document.numbering import ROMAN_NUMBERS

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VALUE = qn("w:val")

Level = tuple[str, str, int]  # format, text, start


class Numbers:
    """The numbers of the paragraphs of a document, counted as Word does when it draws them.

    A paragraph has a list (``numId``) and a level, of its own or from its style. Lists that share
    an abstract list count together, unless one restarts; a level restarts below a higher one.
    """

    def __init__(self, document: WordDocument) -> None:
        self.levels: dict[str, dict[int, Level]] = {}  # abstract list -> level -> its form
        self.lists: dict[str, tuple[str, dict[int, int]]] = {}  # list -> abstract list, restarts
        self.counts: dict[str, dict[int, int]] = {}  # abstract list -> level -> last number
        self.begun: set[tuple[str, int]] = set()  # lists and levels that have a number already
        self.styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.iterfind(qn("w:style"))
        }
        for root in _numbering_parts(document):
            self._read_lists(root)

    def _read_lists(self, root: Element) -> None:
        for abstract in root.iterfind(qn("w:abstractNum")):
            self.levels[_text(abstract, "w:abstractNumId")] = {
                _number(level, "w:ilvl"): _level(level) for level in abstract.iterfind(qn("w:lvl"))
            }
        for element in root.iterfind(qn("w:num")):
            shared = element.find(qn("w:abstractNumId"))
            if shared is not None:
                key = _text(element, "w:numId")
                self.lists[key] = _text(shared, "w:val"), _restarts(element)

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return the number before it; blank for bullets and for none."""
        key, level = self._place(paragraph)
        if key not in self.lists:
            return ""
        abstract, restarts = self.lists[key]
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if level in restarts and (key, level) not in self.begun:
            counts[level] = restarts[level] - 1
        self.begun.add((key, level))
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._format(levels, counts, level)

    def _format(self, levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
        """Return the label of a level, with the numbers of the levels that it names."""
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""

        def value(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form, _, start = levels.get(other, ("decimal", "", 1))
            return formatted(counts.get(other, start), form)

        return re.sub(r"%([1-9])", value, text).strip()

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or from its style or a base style."""
        key, level = _own_place(paragraph.find(qn("w:pPr")))
        name = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        seen: set[str | None] = set()
        while name in self.styles and name not in seen and (key is None or level is None):
            seen.add(name)
            style = self.styles[name]
            style_key, style_level = _own_place(style.find(qn("w:pPr")))
            key = style_key if key is None else key
            level = style_level if level is None else level
            name = _value(style.find(qn("w:basedOn")))
        return key or "", level or 0


def formatted(value: int, form: str) -> str:
    """Return a number in one of Word's formats.

    >>> formatted(4, "lowerLetter"), formatted(4, "upperRoman"), formatted(4, "decimal")
    ('d', 'IV', '4')
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = LETTERS[(value - 1) % 26] * min((value - 1) // 26 + 1, 4)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 90:
        return ROMAN_NUMBERS[value] if form == "upperRoman" else ROMAN_NUMBERS[value].lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _numbering_parts(document: WordDocument) -> Iterator[Element]:
    """Yield the part of a document that defines its lists, if there is one."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            yield relation.target_part.element
            return


def _restarts(element: Element) -> dict[int, int]:
    """Return the levels at which a list restarts, with their first numbers."""
    restarts = {}
    for override in element.iterfind(qn("w:lvlOverride")):
        start = override.find(qn("w:startOverride"))
        if start is not None:
            restarts[_number(override, "w:ilvl")] = _integer(start.get(VALUE), 1)
    return restarts


def _own_place(properties: Element | None) -> tuple[str | None, int | None]:
    """Return the list and level that the properties of a paragraph or style name."""
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None, None
    level = numbered.find(qn("w:ilvl"))
    place = None if level is None else _integer(level.get(VALUE), 0)
    return _value(numbered.find(qn("w:numId"))), place


def _level(level: Element) -> Level:
    start = _value(level.find(qn("w:start")))
    form = level.find(qn("w:numFmt"))
    return (
        "decimal" if form is None else form.get(VALUE) or "",
        _value(level.find(qn("w:lvlText"))) or "",
        _integer(start, 1),
    )


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(VALUE)


def _text(element: Element, name: str) -> str:
    return element.get(qn(name)) or ""


def _number(element: Element, name: str) -> int:
    return _integer(element.get(qn(name)), 0)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
