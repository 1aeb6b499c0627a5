"""Make files as users have them out of a document: PDF, Word, HTML and text, with what a page adds to the words.

The tests and the benchmarks read them back. Running headers, page numbers, footnotes and Word's automatic numbers are real ones.
"""

from html import escape
from pathlib import Path

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

from analysis.document import Document, Paragraph
from analysis.document.steps import superscript

SYMBOL = "CTOC/COP/WG.9/2031/7"
RUNNING = "Summary of the dialogue"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def marked(document: Document, paragraph: Paragraph, mark=superscript) -> str:
    """Return the words of a paragraph with the marks of its footnotes put back."""
    text = paragraph.text
    for note in reversed(document.footnotes):
        if note.paragraph == paragraph.number:
            text = text[: note.at] + mark(note.mark) + text[note.at :]
    return text


def parts(document: Document):
    """Give what is printed, in order: ``("front", text)``, ``("section", section)`` and ``("paragraph", paragraph)``."""
    for text in document.front:
        yield "front", text
    section = ""
    for paragraph in document.paragraphs.values():
        if paragraph.section != section:
            section = paragraph.section
            yield "section", next(each for each in document.sections if each.number == section)
        yield "paragraph", paragraph


def markdown(document: Document, path: Path) -> Path:
    """Write a document as Markdown: a block each, footnotes below the section that calls them."""
    made = []
    for kind, part in parts(document):
        made.append(
            part
            if kind == "front"
            else f"{part.number}. {part.title if kind == 'section' else marked(document, part)}"
        )
    made += [f"{superscript(note.mark)} {note.text}" for note in document.footnotes]
    path.write_text("\n\n".join(made) + "\n", encoding="utf-8")
    return path


def pdf(
    document: Document,
    path: Path,
    *,
    size: float = 10,
    running: str = RUNNING,
    symbol: str = SYMBOL,
) -> Path:
    """Write a document as PDF: a symbol and a running title over each page, page numbers, and footnotes below a rule."""
    for name in ("DejaVuSerif", "DejaVuSerif-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    body = ParagraphStyle(
        "body", fontName="DejaVuSerif", fontSize=size, leading=1.3 * size, spaceAfter=0.7 * size
    )
    head = ParagraphStyle(
        "head",
        body,
        fontName="DejaVuSerif-Bold",
        fontSize=1.2 * size,
        leading=1.5 * size,
        spaceBefore=size,
    )
    flow, called = [], {}

    class Numbered(Flow):
        """A paragraph that notes on which page its footnotes are called."""

        notes: tuple = ()

        def draw(self):
            called.setdefault(self.canv.getPageNumber(), []).extend(self.notes)
            super().draw()

    def raised(mark):
        return f"\x01{mark}\x02"

    for kind, part in parts(document):
        if kind == "paragraph":
            words = escape(f"{part.number}. {marked(document, part, raised)}")
            words = words.replace("\x01", f'<super size="{0.65 * size}">').replace(
                "\x02", "</super>"
            )
            flow.append(Numbered(words, body))
            flow[-1].notes = tuple(
                note for note in document.footnotes if note.paragraph == part.number
            )
        else:
            flow.append(
                Flow(escape(part if kind == "front" else f"{part.number}. {part.title}"), head)
            )

    def furnish(canvas, template):
        canvas.setFont("DejaVuSerif", 0.8 * size)
        canvas.drawString(60, 812, symbol)
        canvas.drawRightString(535, 812, running)
        canvas.drawRightString(535, 36, f"{template.page}/99")

    def notes(canvas, template):
        height = 92
        for note in called.get(template.page, []):
            canvas.line(60, 104, 150, 104)
            canvas.setFont("DejaVuSerif", 0.5 * size)
            canvas.drawString(60, height + 0.3 * size, note.mark)
            canvas.setFont("DejaVuSerif", 0.8 * size)
            line, words = "", note.text.split()
            while words:
                while words and len(f"{line} {words[0]}") < 85:
                    line = f"{line} {words.pop(0)}".strip()
                canvas.drawString(66, height, line)
                line, height = "", height - size
            height -= 2

    template = BaseDocTemplate(str(path), pagesize=A4, title="Summary", invariant=1)
    frame = Frame(54, 112, 482, 690)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furnish, onPageEnd=notes))
    template.build(flow)
    return path


def word(document: Document, path: Path, *, automatic: bool = True) -> Path:
    """Write a document as Word file with headers, page numbers and footnotes; its numbers are Word's own, or typed."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = f"{SYMBOL}\t{RUNNING}"
    _page_number(made.sections[0].footer.paragraphs[0])
    roman, decimal = _lists(made)
    _footnotes(made, document)
    for kind, part in parts(document):
        paragraph = made.add_paragraph()
        if kind == "front":
            paragraph.add_run(part).bold = True
            continue
        words = (
            part.title
            if kind == "section"
            else marked(document, part, lambda mark: f"\x01{mark}\x02")
        )
        if automatic:
            _number(paragraph, roman if kind == "section" else decimal)
        else:
            words = f"{part.number}.\t{words}"
        for place, piece in enumerate(words.split("\x01")):
            mark, _, rest = piece.rpartition("\x02") if place else ("", "", piece)
            if mark:
                _call(paragraph, mark)
            paragraph.add_run(rest).bold = kind == "section"
    made.save(str(path))
    return path


def html(document: Document, path: Path) -> Path:
    """Write a document as HTML: numbers typed, marks raised, footnotes at the end, a navigation bar and a script beside it."""
    made = []
    for kind, part in parts(document):
        if kind == "front":
            made.append(f"<h1>{escape(part)}</h1>")
        elif kind == "section":
            made.append(f"<h2>{part.number}.&nbsp;{escape(part.title)}</h2>")
        else:
            words = escape(marked(document, part, lambda mark: f"\x01{mark}\x02"))
            made.append(
                f"<p>{part.number}.&nbsp;&nbsp;{words}</p>".replace(
                    "\x01", "<sup><a href='#n'>"
                ).replace("\x02", "</a></sup>")
            )
    notes = "".join(
        f"<p><sup>{note.mark}</sup> {escape(note.text)}</p>" for note in document.footnotes
    )
    head = "<!doctype html><html><head><meta charset='utf-8'><title>Summary</title><script>1. No</script></head>"
    body = f"<body><nav>1. Home</nav><main>{''.join(made)}</main><section class='footnotes'>{notes}</section></body>"
    path.write_text(f"{head}{body}</html>\n", encoding="utf-8")
    return path


def _page_number(paragraph):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _lists(made) -> tuple[int, int]:
    """Add two numbered lists, Roman and decimal, and return their ids."""
    numbering = made.part.numbering_part.element
    for key, form in ((90, "upperRoman"), (91, "decimal")):
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
            )
        )
    return 90, 91


def _number(paragraph, key: int):
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = key


def _footnotes(made, document: Document):
    mark = '<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
    notes = "".join(
        f'<w:footnote w:id="{place}"><w:p>{mark}{escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for place, note in enumerate(document.footnotes, 1)
    )
    separator = (
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{separator}{notes}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode("utf-8"), made.part.package)
    made.part.relate_to(part, RELATION.FOOTNOTES)


def _call(paragraph, mark: str):
    run = paragraph.add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), mark)
    run._r.append(reference)
