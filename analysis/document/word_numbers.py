"""Compute the numbers that Word generates and a .docx file does not hold."""

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from analysis.document.limits import Unreadable
from analysis.document.numbering import formatted

Level = tuple[str, str, int]  # format, text, start


class Numbers:
    """The numbers of the paragraphs of a document, counted as Word does.

    A paragraph has a list (``numId``) and a level, of its own or from its style. Lists that share
    an abstract list count together, unless one restarts; a level restarts below a higher one.
    """

    def __init__(self, document: WordDocument) -> None:
        self.levels: dict[str, dict[int, Level]] = {}  # abstract list -> level -> its form
        self.lists: dict[str, tuple[str, dict[int, int]]] = {}  # list -> abstract list, restarts
        self.counts: dict[str, dict[int, int]] = {}  # abstract list -> level -> last number
        styles = document.styles.element.iterfind("w:style", nsmap)
        self.styles = {style.get(qn("w:styleId")): style for style in styles}
        for root in parts(document, RELATION.NUMBERING):
            self._read_lists(root)

    def _read_lists(self, root: Element) -> None:
        for abstract in root.iterfind("w:abstractNum", nsmap):
            levels = abstract.iterfind("w:lvl", nsmap)
            key = abstract.get(qn("w:abstractNumId"), "")
            self.levels[key] = {_depth(level): _level(level) for level in levels}
        for element in root.iterfind("w:num", nsmap):
            overrides = element.iterfind("w:lvlOverride", nsmap)
            starts = {_depth(each): value(each, "w:startOverride") for each in overrides}
            restarts = {at: _integer(start, 1) for at, start in starts.items() if start is not None}
            key, abstract_key = element.get(qn("w:numId"), ""), value(element, "w:abstractNumId")
            self.lists[key] = abstract_key or "", restarts

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return the number before it, or blank."""
        key, level = self._place(paragraph)
        abstract, restarts = self.lists.get(key, ("", {}))
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        form, text, start = levels[level]
        counts = self.counts.setdefault(abstract, {})
        if level in restarts:
            counts[level] = restarts.pop(level) - 1
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form, _, start = levels.get(other, ("decimal", "", 1))
            return formatted(counts.get(other, start), form)

        return "" if form in ("bullet", "none") else re.sub(r"%([1-9])", number, text).strip()

    def looks(self, run: Element) -> list[Element]:
        """Return what may hold a property of a run: itself, and the styles over it."""
        paragraph = next(run.iterancestors(qn("w:p")), run)
        return [*self._sources(run, "w:rPr/w:rStyle"), *self._sources(paragraph)[1:]]

    def _sources(self, element: Element, named: str = "w:pPr/w:pStyle") -> list[Element]:
        """Return an element, its style, and the styles on which that is based."""
        sources: dict[str | None, Element] = {None: element}
        name = value(element, named)
        while name in self.styles and name not in sources:
            sources[name] = self.styles[name]
            name = value(sources[name], "w:basedOn")
        return list(sources.values())

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or from a style."""
        sources = self._sources(paragraph)
        keys = (value(source, "w:pPr/w:numPr/w:numId") for source in sources)
        levels = (value(source, "w:pPr/w:numPr/w:ilvl") for source in sources)
        return next(filter(None, keys), ""), _integer(next(filter(None, levels), None), 0)


def parts(document: WordDocument, kind: str) -> Iterator[Element]:
    """Yield the part of a document that it has a kind of relation to, if any."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            refuse_entities(root)
            yield root
            return


def refuse_entities(root: Element) -> None:
    """Raise Unreadable if a part of a Word file declares entities.

    None is followed, so that the words that one stands for, and those after it, would be lost.
    """
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("it declares entities, which Word does not write; save it again in Word")


def value(element: Element, path: str) -> str | None:
    """Return the value of the element at a path, or None without it."""
    found = element.find(path, nsmap)
    return None if found is None else found.get(qn("w:val"), "")


def first(elements: list[Element], path: str) -> str | None:
    """Return the value at a path of the first element that has it, or None."""
    return next((found for each in elements if (found := value(each, path)) is not None), None)


def _depth(level: Element) -> int:
    return _integer(level.get(qn("w:ilvl")), 0)


def _level(level: Element) -> Level:
    form, text = value(level, "w:numFmt") or "decimal", value(level, "w:lvlText") or ""
    return form, text, _integer(value(level, "w:start"), 1)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
