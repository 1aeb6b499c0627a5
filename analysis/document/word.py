"""Read a Word file (.docx) into lines, with the numbers that Word makes. No macro, link or external part of it is followed."""

import re
import zipfile
from io import BytesIO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from analysis.document import limits
from analysis.document.limits import Unreadable
from analysis.document.model import Line
from analysis.document.steps import DIGITS, superscript
from analysis.document.word_numbers import Numbers

SKIPPED = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:txbxContent", "w:pict", "w:drawing", "w:rubyPr")}
SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
DEEPEST = 200  # elements in each other
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
    qn("w:ptab"): "\t",
}


def read(data: bytes) -> list[Line]:
    """Return the paragraphs of a Word file as lines, then its footnotes.

    Raises
    ------
    ValueError
        Where it is no Word file, is truncated, or unpacks to more than the limits.
    """
    _inspect(data)
    try:
        document = docx.Document(BytesIO(data))
        return _Reading(document).lines()
    except Unreadable:
        raise
    except Exception as error:  # a damaged file leads anywhere in the libraries; every kind is one message here
        if "content type" in str(error):
            raise Unreadable("it is an Office file, but no Word document without macros; save it as .docx") from None
        raise Unreadable(f"it is damaged and cannot be read as Word ({type(error).__name__}); get another copy") from None


def _inspect(data: bytes):
    """Look at the archive before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable("it is an archive that cannot be opened, so it is truncated or damaged; get the whole file") from None
    limits.hold(len(parts), limits.MAX_PARTS, "parts")
    limits.hold(
        sum(part.file_size for part in parts) / limits.MEGABYTE, limits.MAX_UNPACKED / limits.MEGABYTE, "MiB once unpacked"
    )
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("it is encrypted; save a copy without a password")
        if part.file_size > limits.MEGABYTE:
            limits.hold(part.file_size / max(part.compress_size, 1), limits.MAX_RATIO, "times its packed size in one part")
    if not any(part.filename == "word/document.xml" or part.filename.startswith("word/document") for part in parts):
        raise Unreadable("it is an archive, but no Word document; give a .docx file")


class _Reading:
    """One reading of a document: its numbers, its pages, the footnotes met so far."""

    def __init__(self, document):
        self.body = document.element.body
        self.numbers = Numbers(document)
        self.styles = {style.style_id: style.name.lower() for style in document.styles if style.name}
        self.notes = self._notes(document)
        self.called: list[str] = []
        self.page = 1
        self.paged = False
        self.made: list[Line] = []

    @staticmethod
    def _notes(document) -> dict[str, etree._Element]:
        for relation in document.part.rels.values():
            if relation.reltype == RELATION.FOOTNOTES and not relation.is_external:
                root = parse_xml(relation.target_part.blob)
                return {note.get(qn("w:id")): note for note in root.iterfind(qn("w:footnote")) if not note.get(qn("w:type"))}
        return {}

    def lines(self) -> list[Line]:
        self.visit(self.body, 0)
        for place, note in enumerate(list(self.called), 1):
            words = " ".join(self.words(part, 0)[0] for part in self.notes[note].iter(qn("w:p"))) if note in self.notes else ""
            if words.strip():
                self.made.append(Line(f"{superscript(str(place))} {words.strip()}", self._page(), True, "note"))
        if not self.paged:
            for line in self.made:
                line.page = None
        return self.made

    def _page(self) -> int:
        return self.page

    def visit(self, element, depth: int):
        """Read the paragraphs below an element, in order."""
        limits.hold(depth, DEEPEST, "levels of elements")
        for child in element:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag not in SKIPPED and isinstance(child.tag, str) and child.tag != qn("w:sectPr"):
                self.visit(child, depth + 1)

    def paragraph(self, element):
        page = self.page
        words, strong = self.words(element, 0)
        style = self._style(element)
        label = self.numbers.label(element)
        if style.startswith("toc "):
            words = f"{words} ........ 0"
        kind = "heading" if re.match(r"heading \d|title$|subtitle$", style) else "text"
        for place, part in enumerate(words.split("\n")):
            text = f"{label} {part}" if label and not place else part
            if text.strip():
                self.made.append(Line(text, page, not place, kind, strong))
                limits.hold(len(self.made), limits.MAX_LINES, "lines")

    def _style(self, element) -> str:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(style.get(qn("w:val")), "") if style is not None else ""

    def words(self, element, depth: int) -> tuple[str, bool]:
        """Return the words below an element, and whether all of them are bold."""
        limits.hold(depth, DEEPEST, "levels of elements")
        parts, strong = [], []
        for child in element:
            if child.tag == qn("w:r"):
                words = self.run(child)
                parts.append(words)
                strong += [_on(child, "w:b")] if words.strip() else []
            elif child.tag not in SKIPPED and isinstance(child.tag, str) and child.tag != qn("w:pPr"):
                words, bold = self.words(child, depth + 1)
                parts.append(words)
                strong += [bold] if words.strip() else []
        return "".join(parts), bool(strong) and all(strong)

    def run(self, run) -> str:
        parts = []
        for child in run:
            if child.tag == qn("w:t"):
                parts.append(child.text or "")
            elif child.tag == qn("w:footnoteReference") and not _on(child, "w:customMarkFollows"):
                self.called.append(child.get(qn("w:id")))
                parts.append(superscript(str(len(self.called))))
            elif child.tag == qn("w:lastRenderedPageBreak") or (child.tag == qn("w:br") and child.get(qn("w:type")) == "page"):
                self.page += 1
                self.paged = self.paged or child.tag == qn("w:lastRenderedPageBreak")
            elif child.tag in SIGNS:
                parts.append(SIGNS[child.tag])
        words = "".join(parts)
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        if raised is not None and raised.get(qn("w:val")) == "superscript" and not set(words.strip()) - set(DIGITS):
            return superscript(words.strip())
        return words


def _on(element, name: str) -> bool:
    """Say whether a property of a run is switched on."""
    found = element.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "none")
