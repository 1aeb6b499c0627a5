"""Write a document as users have it: as PDF, Word, HTML or text, with what a page adds.

The tests and the benchmarks read these files. Their running headers, page numbers, footnotes and
automatic numbers are those of the formats themselves.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import docx
import matplotlib
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus import Paragraph as Flow

from analysis.document import Document, Footnote, Paragraph
from analysis.document.steps import superscript

SYMBOL = "CTOC/COP/WG.9/2031/7"
RUNNING = "Summary of the dialogue"
BEGIN, END = "\x01", "\x02"  # around the mark of a footnote
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def marked(document: Document, paragraph: Paragraph, mark: Callable[[str], str]) -> str:
    """Return the words of a paragraph with the marks of its footnotes put back."""
    text = paragraph.text
    for note in reversed(document.footnotes):
        if note.paragraph == paragraph.number:
            text = text[: note.at] + mark(note.mark) + text[note.at :]
    return text


def parts(document: Document) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a document as they are printed.

    They are pairs: ``("front", text)``, ``("section", section)`` or ``("paragraph", paragraph)``.
    """
    for text in document.front:
        yield "front", text
    titles = {section.number: section for section in document.sections}
    current = ""
    for paragraph in document.paragraphs.values():
        if paragraph.section != current:
            current = paragraph.section
            yield "section", titles[current]
        yield "paragraph", paragraph


def worded(
    document: Document, mark: Callable[[str], str]
) -> Iterator[tuple[str, str, str, Paragraph | None]]:
    """Yield the kind, number and words of each part, and the paragraph if it is one."""
    for kind, part in parts(document):
        if kind == "front":
            yield kind, "", part, None
        elif kind == "section":
            yield kind, f"{part.number}.", part.title, None
        else:
            yield kind, f"{part.number}.", marked(document, part, mark), part


def between(mark: str) -> str:
    """Return a mark between two control characters, for which a format has its own signs."""
    return f"{BEGIN}{mark}{END}"


def markdown(document: Document, path: Path) -> Path:
    """Write a document as Markdown: one block for each part, and footnotes at the end."""
    blocks = [f"{number} {words}".strip() for _, number, words, _ in worded(document, superscript)]
    blocks += [f"{superscript(note.mark)} {note.text}" for note in document.footnotes]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


# --- PDF -----------------------------------------------------------------------------------------


class _Numbered(Flow):
    """A paragraph that records on which page its footnotes are called."""

    notes: tuple[Footnote, ...] = ()
    called: dict[int, list[Footnote]] = {}

    def draw(self) -> None:
        self.called.setdefault(self.canv.getPageNumber(), []).extend(self.notes)
        super().draw()


def pdf(
    document: Document,
    path: Path,
    *,
    size: float = 10,
    running: str = RUNNING,
    symbol: str = SYMBOL,
) -> Path:
    """Write a document as PDF.

    Each page has a symbol and a running title above, footnotes under a rule, and a page number.
    """
    for name in ("DejaVuSerif", "DejaVuSerif-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    called: dict[int, list[Footnote]] = {}

    def furnish(canvas: Any, template: Any) -> None:
        canvas.setFont("DejaVuSerif", 0.8 * size)
        canvas.drawString(60, 812, symbol)
        canvas.drawRightString(535, 812, running)
        canvas.drawRightString(535, 36, f"{template.page}/99")

    def add_notes(canvas: Any, template: Any) -> None:
        _draw_notes(canvas, called.get(template.page, []), size)

    template = BaseDocTemplate(str(path), pagesize=A4, title="Summary", invariant=1)
    frame = Frame(54, 112, 482, 690)
    page = PageTemplate(frames=[frame], onPage=furnish, onPageEnd=add_notes)
    template.addPageTemplates(page)
    template.build(_flow(document, size, called))
    return path


def _flow(document: Document, size: float, called: dict[int, list[Footnote]]) -> list[Flow]:
    """Return the paragraphs and headings of a PDF."""
    body, head = _styles(size)
    flow = []
    for _, number, words, paragraph in worded(document, between):
        words = escape(f"{number} {words}".strip()).replace(END, "</super>")
        words = words.replace(BEGIN, f'<super size="{0.65 * size}">')
        part = _Numbered(words, head if paragraph is None else body)
        part.called = called
        if paragraph is not None:
            notes = document.footnotes
            part.notes = tuple(note for note in notes if note.paragraph == paragraph.number)
        flow.append(part)
    return flow


def _styles(size: float) -> tuple[ParagraphStyle, ParagraphStyle]:
    """Return the styles of the body and of headings."""
    body = ParagraphStyle("body", fontName="DejaVuSerif", fontSize=size, leading=1.3 * size)
    body.spaceAfter = 0.7 * size
    head = ParagraphStyle("head", body, fontName="DejaVuSerif-Bold", fontSize=1.2 * size)
    head.leading, head.spaceBefore = 1.5 * size, size
    return body, head


def _draw_notes(canvas: Any, notes: list[Footnote], size: float) -> None:
    """Draw footnotes at the foot of a page, under a rule."""
    height = 92.0
    for note in notes:
        canvas.line(60, 104, 150, 104)
        canvas.setFont("DejaVuSerif", 0.5 * size)
        canvas.drawString(60, height + 0.3 * size, note.mark)
        canvas.setFont("DejaVuSerif", 0.8 * size)
        for line in textwrap.wrap(note.text, 84):
            canvas.drawString(66, height, line)
            height -= size
        height -= 2


# --- Word ----------------------------------------------------------------------------------------


def word(document: Document, path: Path, *, automatic: bool = True) -> Path:
    """Write a document as a Word file with headers, page numbers and footnotes.

    Its numbers are generated by Word, or typed.
    """
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = f"{SYMBOL}\t{RUNNING}"
    _add_page_number(file.sections[0].footer.paragraphs[0])
    lists = _add_lists(file)
    _add_footnotes(file, document)
    for kind, number, words, _ in worded(document, between):
        paragraph = file.add_paragraph()
        if number and automatic:
            _number(paragraph, lists[kind])
        elif number:
            words = f"{number}\t{words}"
        for piece in re.split(f"({BEGIN}.*?{END})", words):
            if piece.startswith(BEGIN):
                _call(paragraph, piece.strip(BEGIN + END))
            else:
                paragraph.add_run(piece).bold = kind != "paragraph"
    file.save(str(path))
    return path


def _add_page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_lists(file: Any) -> dict[str, int]:
    """Add two numbered lists, and return the id of that of each kind of part."""
    numbering = file.part.numbering_part.element
    for key, form in ((90, "upperRoman"), (91, "decimal")):
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            '<w:lvlText w:val="%1."/></w:lvl>'
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{level}</w:abstractNum>'
        shared = f'<w:abstractNumId w:val="{key}"/>'
        numbering.insert(0, parse_xml(abstract))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}">{shared}</w:num>'))
    return {"section": 90, "paragraph": 91}


def _number(paragraph: Any, key: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = key


def _add_footnotes(file: Any, document: Document) -> None:
    """Add the part of a Word file that holds the footnotes."""
    mark = '<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
    notes = "".join(
        f'<w:footnote w:id="{place}"><w:p>{mark}{escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for place, note in enumerate(document.footnotes, 1)
    )
    rule = "<w:p><w:r><w:separator/></w:r></w:p>"
    separator = f'<w:footnote w:id="-1" w:type="separator">{rule}</w:footnote>'
    root = f"<w:footnotes {nsdecls('w')}>{separator}{notes}</w:footnotes>"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{root}'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode("utf-8"), file.part.package)
    file.part.relate_to(part, RELATION.FOOTNOTES)


def _call(paragraph: Any, mark: str) -> None:
    """Add a reference to a footnote."""
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), mark)
    paragraph.add_run()._r.append(reference)


# --- HTML ----------------------------------------------------------------------------------------


def html(document: Document, path: Path) -> Path:
    """Write a document as HTML: numbers typed, marks raised, footnotes at the end.

    A navigation bar and a script, which are not part of the text, have numbers of their own.
    """
    tags = {"front": "h1", "section": "h2", "paragraph": "p"}
    blocks = []
    for kind, number, words, _ in worded(document, between):
        words = escape(words).replace(BEGIN, "<sup><a href='#n'>").replace(END, "</a></sup>")
        blank = "&nbsp;" if kind == "section" else "&nbsp;&nbsp;"
        number = f"{number}{blank}" if number else ""
        blocks.append(f"<{tags[kind]}>{number}{words}</{tags[kind]}>")
    notes = [f"<p><sup>{note.mark}</sup> {escape(note.text)}</p>" for note in document.footnotes]
    head = "<meta charset='utf-8'><title>Summary</title><script>1. No</script>"
    main = f"<nav>1. Home</nav><main>{''.join(blocks)}</main>"
    foot = f"<section class='footnotes'>{''.join(notes)}</section>"
    page = f"<!doctype html><html><head>{head}</head><body>{main}{foot}</body></html>\n"
    path.write_text(page, encoding="utf-8")
    return path
