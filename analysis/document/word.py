"""Read a Word file (.docx) into lines, with the numbers that Word generates.

No macro, link or external part of the file is followed.
"""

import re
from io import BytesIO

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsmap, qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml.etree import _Element as Element

from analysis.document import limits
from analysis.document.forms import PLAIN
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.steps import raised, superscript
from analysis.document.word_numbers import Numbers, first, parts, refuse_entities, value

NAMESPACE = f"{{{nsmap['w']}}}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED_PARTS = {  # properties, what is not shown, and what is not text
    *("del", "moveFrom", "instrText", "txbxContent", "pict", "drawing"),
    *("pPr", "rubyPr", "sectPr"),
    FALLBACK,
}
SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
UNSHOWN = ("w:rPr/w:vanish", "w:rPr/w:webHidden", "w:rPr/w:strike", "w:rPr/w:dstrike")
GONE = ("w:pPr/w:rPr/w:del", "w:pPr/w:rPr/w:vanish")  # of a paragraph that counts no more
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
NOTES = {"footnote": RELATION.FOOTNOTES, "endnote": RELATION.ENDNOTES}
CALLS = {f"{kind}Reference": kind for kind in NOTES}
OFF = (None, "0", "false", "none")  # values of a property that is not switched on
MAX_WORD_DEPTH = 200  # levels of nested elements


def read(data: bytes) -> list[Line]:
    """Return the paragraphs of a Word file as lines, followed by its footnotes.

    Raises
    ------
    ValueError
        If the file is not a Word file, is truncated, or unpacks to more than the limits.
    """
    _inspect(data)
    with limits.library("Word"):
        part = Package.open(BytesIO(data)).main_document_part
        if not isinstance(part, DocumentPart):
            raise Unreadable(
                "it is an Office file, but no Word document without macros; save it as .docx"
            )
        refuse_entities(part.element)
        return _Reading(part.document).read()


def _inspect(data: bytes) -> None:
    """Check the parts of the archive before anything is unpacked."""
    names = limits.archive(data, limits.MAX_UNPACKED)
    if not any(name.startswith("word/document") for name in names):
        raise Unreadable("it is an archive, but no Word document; give a .docx file")


class _Reading:
    """One reading of a document: its numbers, pages and footnotes so far."""

    def __init__(self, document: WordDocument) -> None:
        self.body = document.element.body
        self.numbers = Numbers(document)
        self.styles = {
            style.style_id: style.name.lower() for style in document.styles if style.name
        }
        self.notes = {
            (kind, note.get(qn("w:id"), "")): list(note.iter(qn("w:p")))
            for kind, relation in NOTES.items()
            for root in parts(document, relation)
            for note in root.iterfind(f"w:{kind}", nsmap)
            if not note.get(qn("w:type"))
        }
        self.called: dict[tuple[str, str], str] = {}  # notes that were called, with their marks
        self.boxed = False  # whether the lines read are those of a text box
        self.page = 1
        self.paged = False
        self.lines: list[Line] = []

    def read(self) -> list[Line]:
        self.visit(self.body, 0)
        for key, mark in list(self.called.items()):
            self.note(mark, key)
        if not self.paged:
            for line in self.lines:
                line.page = None
        return self.lines

    def visit(self, element: Element, depth: int) -> None:
        """Read the paragraphs inside an element, in order."""
        limits.check(depth, MAX_WORD_DEPTH, "levels of elements")
        for child in element:
            if _name(child) == "p":
                self.paragraph(child)
            elif _name(child) not in SKIPPED_PARTS:
                self.visit(child, depth + 1)

    def paragraph(self, element: Element) -> None:
        page = self.page
        words, strong = self.words(element, 0)
        if not words.strip() and any(element.find(path, nsmap) is not None for path in GONE):
            return
        label = self.numbers.label(element)
        style = self.styles.get(value(element, "w:pPr/w:pStyle") or "", "")
        if style.startswith("toc "):
            words = f"{words} ........ 0"  # the form in which layout recognizes contents
        kind = "heading" if re.match(r"heading \d|title$|subtitle$", style) else "text"
        if self.boxed and not PLAIN.pattern.match(f"{label} {words}"):
            kind = "text box"
        for place, part in enumerate(words.split("\n")):
            text = f"{label} {part}" if label and not place else part
            if text.strip():
                self.lines.append(Line(text, page, not place, kind, strong))
                limits.check(len(self.lines), limits.MAX_LINES, "lines")
        if not self.boxed:
            self.boxes(element)

    def boxes(self, element: Element) -> None:
        """Read the text boxes that hang on a paragraph, below it."""
        self.boxed = True
        for box in element.iter(qn("w:txbxContent")):
            if not any(outer.tag == FALLBACK for outer in box.iterancestors()):
                self.visit(box, 0)
        self.boxed = False

    def note(self, mark: str, key: tuple[str, str]) -> None:
        """Read the body of a footnote that was called."""
        words = " ".join(self.words(part, 0)[0] for part in self.notes.get(key, []))
        if words.strip():
            text = f"{superscript(mark)} {words.strip()}"
            self.lines.append(Line(text, self.page, True, "note"))

    def words(self, element: Element, depth: int) -> tuple[str, bool]:
        """Return the words inside an element, and whether all of them are bold."""
        limits.check(depth, MAX_WORD_DEPTH, "levels of elements")
        parts, strong = [], []
        for child in element:
            if child.tag == MATH:
                parts.append(child.text or "")
            elif _name(child) not in SKIPPED_PARTS:
                read = self.run(child) if _name(child) == "r" else self.words(child, depth + 1)
                parts.append(read[0])
                strong += [read[1]] if read[0].strip() else []
        return "".join(parts), bool(strong) and all(strong)

    def run(self, run: Element) -> tuple[str, bool]:
        """Return the words of a run, raised digits as a mark, and whether they are bold."""
        looks = self.numbers.looks(run)
        if any(first(looks, path) not in OFF for path in UNSHOWN):
            return "", False
        called = [child for child in run if _name(child) in CALLS]
        own = any(child.get(qn("w:customMarkFollows")) not in OFF for child in called)
        words = "".join(map(self.sign, called if own else run))
        if first(looks, "w:rPr/w:vertAlign") == "superscript":
            words = raised(words)
        return words, value(run, "w:rPr/w:b") not in OFF

    def sign(self, element: Element) -> str:
        """Return the words of a part of a run, and count pages and footnotes."""
        name = _name(element)
        if name == "t":
            return element.text or ""
        if name == "sym":  # a letter of one font
            return chr(int(element.get(qn("w:char"), "FFFD"), 16))
        if name == "ruby":
            return "".join(self.words(base, 0)[0] for base in element.iterfind("w:rubyBase", nsmap))
        if name in CALLS:
            return self.call(element, CALLS[name])
        if name == "lastRenderedPageBreak" or element.get(qn("w:type")) == "page":
            self.paged = self.paged or name == "lastRenderedPageBreak"
            self.page += 1
            return ""
        return SIGNS.get(name, "")

    def call(self, element: Element, kind: str) -> str:
        """Return the mark of a note, its own or the next number."""
        own = element.get(qn("w:customMarkFollows")) not in OFF
        following = "".join(part.text or "" for part in element.itersiblings(qn("w:t")))
        counted = sum(1 for mark in self.called.values() if mark.isdigit())
        mark = following.strip() if own and following.strip() else str(counted + 1)
        self.called.setdefault((kind, element.get(qn("w:id"), "")), mark)
        return superscript(mark)


def _name(element: Element) -> str:
    """Return the name of an element, without the namespace if it is that of Word."""
    return str(element.tag).removeprefix(NAMESPACE)
