"""Read a Word file (.docx) into lines, with the numbers that Word generates.

No macro, link or external part of the file is followed.
"""

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from analysis.document import limits
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.steps import DIGITS, superscript
from analysis.document.word_numbers import Numbers

SKIPPED = {
    *map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:txbxContent", "w:pict", "w:drawing")),
    qn("w:rubyPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
MAX_DEPTH = 200  # levels of nested elements
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
    qn("w:ptab"): "\t",
}


def read(data: bytes) -> list[Line]:
    """Return the paragraphs of a Word file as lines, followed by its footnotes.

    Raises
    ------
    ValueError
        If the file is not a Word file, is truncated, or unpacks to more than the limits.
    """
    _inspect(data)
    try:
        return _Reading(docx.Document(BytesIO(data))).read()
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may raise anything in the libraries
        if "content type" in str(error):
            raise Unreadable(
                "it is an Office file, but no Word document without macros; save it as .docx"
            ) from None
        raise Unreadable(
            f"it is damaged and cannot be read as Word ({type(error).__name__}); get another copy"
        ) from None


def _inspect(data: bytes) -> None:
    """Check the parts of the archive before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable(
            "it is an archive that cannot be opened, so it is truncated or damaged; "
            "get the whole file"
        ) from None
    limits.check(len(parts), limits.MAX_PARTS, "parts")
    size = sum(part.file_size for part in parts) / limits.MEGABYTE
    limits.check(size, limits.MAX_UNPACKED / limits.MEGABYTE, "MiB once unpacked")
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("it is encrypted; save a copy without a password")
        if part.file_size > limits.MEGABYTE:
            ratio = part.file_size / max(part.compress_size, 1)
            limits.check(ratio, limits.MAX_RATIO, "times its packed size in one part")
    if not any(part.filename.startswith("word/document") for part in parts):
        raise Unreadable("it is an archive, but no Word document; give a .docx file")


class _Reading:
    """One reading of a document: its numbers, its pages and the footnotes called so far."""

    def __init__(self, document: WordDocument) -> None:
        self.body = document.element.body
        self.numbers = Numbers(document)
        self.styles = {
            style.style_id: style.name.lower() for style in document.styles if style.name
        }
        self.notes = _notes(document)
        self.called: list[str] = []
        self.page = 1
        self.paged = False
        self.lines: list[Line] = []

    def read(self) -> list[Line]:
        self.visit(self.body, 0)
        for place, key in enumerate(list(self.called), 1):
            self.note(place, key)
        if not self.paged:
            for line in self.lines:
                line.page = None
        return self.lines

    def visit(self, element: Element, depth: int) -> None:
        """Read the paragraphs inside an element, in order."""
        limits.check(depth, MAX_DEPTH, "levels of elements")
        for child in element:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif _is_read(child) and child.tag != qn("w:sectPr"):
                self.visit(child, depth + 1)

    def paragraph(self, element: Element) -> None:
        page = self.page
        words, strong = self.words(element, 0)
        style = self.style(element)
        label = self.numbers.label(element)
        if style.startswith("toc "):
            words = f"{words} ........ 0"  # the form in which layout recognizes contents
        kind = "heading" if re.match(r"heading \d|title$|subtitle$", style) else "text"
        for place, part in enumerate(words.split("\n")):
            text = f"{label} {part}" if label and not place else part
            if text.strip():
                self.lines.append(Line(text, page, not place, kind, strong))
                limits.check(len(self.lines), limits.MAX_LINES, "lines")

    def note(self, place: int, key: str) -> None:
        """Read the body of a footnote that was called."""
        if key not in self.notes:
            return
        words = " ".join(self.words(part, 0)[0] for part in self.notes[key].iter(qn("w:p")))
        if words.strip():
            text = f"{superscript(str(place))} {words.strip()}"
            self.lines.append(Line(text, self.page, True, "note"))

    def style(self, element: Element) -> str:
        """Return the name of the style of a paragraph, in lower case."""
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if style is None else self.styles.get(style.get(qn("w:val")), "")

    def words(self, element: Element, depth: int) -> tuple[str, bool]:
        """Return the words inside an element, and whether all of them are bold."""
        limits.check(depth, MAX_DEPTH, "levels of elements")
        parts, strong = [], []
        for child in element:
            if child.tag == qn("w:r"):
                words, bold = self.run(child), _is_on(child, "w:b")
            elif _is_read(child) and child.tag != qn("w:pPr"):
                words, bold = self.words(child, depth + 1)
            else:
                continue
            parts.append(words)
            strong += [bold] if words.strip() else []
        return "".join(parts), bool(strong) and all(strong)

    def run(self, run: Element) -> str:
        """Return the words of a run; raised digits are a footnote mark."""
        words = "".join(map(self.sign, run))
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        if raised is None or raised.get(qn("w:val")) != "superscript":
            return words
        return words if set(words.strip()) - set(DIGITS) else superscript(words.strip())

    def sign(self, element: Element) -> str:
        """Return the words of a part of a run, and count pages and footnotes."""
        if element.tag == qn("w:t"):
            return element.text or ""
        if element.tag == qn("w:footnoteReference") and not _is_on(element, "w:customMarkFollows"):
            self.called.append(element.get(qn("w:id")) or "")
            return superscript(str(len(self.called)))
        if element.tag == qn("w:lastRenderedPageBreak"):
            self.page, self.paged = self.page + 1, True
            return ""
        if element.tag == qn("w:br") and element.get(qn("w:type")) == "page":
            self.page += 1
            return ""
        return SIGNS.get(str(element.tag), "")


def _notes(document: WordDocument) -> dict[str, Element]:
    """Return the footnotes of a document by their ids."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATION.FOOTNOTES and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")) or "": note
                for note in root.iterfind(qn("w:footnote"))
                if not note.get(qn("w:type"))
            }
    return {}


def _is_read(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag not in SKIPPED


def _is_on(element: Element, name: str) -> bool:
    """Return True if a property of a run is switched on."""
    value = element.find(f"{qn('w:rPr')}/{qn(name)}")
    return value is not None and value.get(qn("w:val")) not in ("0", "false", "none")
