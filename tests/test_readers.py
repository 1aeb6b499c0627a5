"""The readers of formats: as text, HTML, PDF or Word, a document has the same paragraphs."""

import re
import subprocess
import textwrap
from pathlib import Path
from random import Random

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus import Paragraph as Flow

from analysis import document
from analysis.document import structure, text, web, word_numbers
from benchmarks import papers

DATA = Path(__file__).parent / "data"
INVENTED = {"mini": DATA / "mini" / "summary.md", "firearms": DATA / "firearms.md"}
MINI, LONG = INVENTED.values()
FORMS = {
    "text": ("s.txt", papers.markdown),
    "Markdown": ("s.md", papers.markdown),
    "HTML": ("s.html", papers.html),
    "PDF": ("s.pdf", papers.pdf),
    "PDF in large letters": ("s.pdf", lambda summary, path: papers.pdf(summary, path, size=16)),
    "PDF in small letters": ("s.pdf", lambda summary, path: papers.pdf(summary, path, size=6)),
    "Word with automatic numbers": ("s.docx", papers.word),
    "Word with typed numbers": (
        "s.docx",
        lambda summary, path: papers.word(summary, path, automatic=False),
    ),
}


def words(summary):
    return {number: (p.section, p.text) for number, p in summary.paragraphs.items()}


def notes(summary):
    return [(note.mark, note.text, note.paragraph, note.at) for note in summary.footnotes]


def assert_same(copy, original):
    assert words(copy) == words(original)
    assert copy.sections == original.sections
    assert notes(copy) == notes(original)
    assert copy.warnings == original.warnings == ()


@pytest.mark.parametrize("summary", INVENTED)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_paragraphs(form, summary, tmp_path):
    name, make = FORMS[form]
    original = document.read(INVENTED[summary])
    assert_same(document.read(make(original, tmp_path / name)), original)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_source_gives_the_same_paragraphs(form, tmp_path, source):
    name, make = FORMS[form]
    original = document.read(source)
    assert len(original.paragraphs) == 47
    assert_same(document.read(make(original, tmp_path / name)), original)


def blocks(summary):
    """Yield the blocks of a summary: its front, the headings of sections, and paragraphs."""
    for kind, part in papers.parts(summary):
        words = part if kind == "front" else part.title if kind == "section" else part.text
        yield words if kind == "front" else f"{part.number}. {words}"


def wrapped(blocks, width, gap="\n\n"):
    return gap.join(
        "\n".join(textwrap.wrap(block, width, break_long_words=False)) for block in blocks
    )


def paged(blocks, width, length, divide="\f"):
    """Return pages, each with a symbol above and a job number and a page number below."""
    lines = wrapped(blocks, width).split("\n")
    pages = ["\n".join(lines[place : place + length]) for place in range(0, len(lines), length)]
    foot = "GE.31-01234                  {}/{}"
    return divide.join(
        f"{papers.SYMBOL}\n\n{page}\n\n{foot.format(n, len(pages))}"
        for n, page in enumerate(pages, 1)
    )


# label: a form that the blocks of a summary may take in a file
SHAPES = {
    "one line": " ".join,
    "round brackets": lambda blocks: "\n\n".join(
        re.sub(r"^(\d+)\. ", r"\1) ", block) for block in blocks
    ),
    "quoted": lambda blocks: "\n>\n".join(f"> {block}" for block in blocks),
    "bold first words": lambda blocks: "\n\n".join(
        re.sub(r"^(\d+\. \S+ \S+)(?=[ ,])", r"**\1**", block) for block in blocks
    ),
    "numbers alone, over pages": lambda blocks: paged(
        [part for block in blocks for part in re.split(r"(?<=^\d\.) |(?<=^\d\d\.) ", block)], 78, 46
    ),
    "wide lines": lambda blocks: wrapped(blocks, 100),
    "narrow lines": lambda blocks: wrapped(blocks, 40),
    "no blank lines": "\n".join,
    "narrow lines and no blank ones": lambda blocks: wrapped(blocks, 72, "\n"),
    "pages": lambda blocks: paged(blocks, 78, 46),
    "small pages": lambda blocks: paged(blocks, 60, 23),
    "pages without breaks": lambda blocks: paged(blocks, 78, 46, "\n\n"),
    "numbers alone": lambda blocks: "\n\n".join(
        re.sub(r"^(\d+\.|[IVX]+\.) ", r"\1\n\n", block) for block in blocks
    ),
    "numbers below": lambda blocks: "\n\n".join(
        re.sub(r"^(\d+\.) (.*)$", r"\2\n\n\1", block) for block in blocks
    ),
    "tabs": lambda blocks: "\n".join(
        re.sub(r"^(\d+\.) ", r"   \1\t   ", block) for block in blocks
    ),
    "another system": lambda blocks: "\ufeff" + wrapped(blocks, 70).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_text_gives_the_same_paragraphs(shape):
    original = document.read(LONG)
    copy = document.parse(SHAPES[shape](list(blocks(original))))
    assert words(copy) == words(original)
    assert copy.sections == original.sections
    assert copy.warnings == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_source_gives_the_same_paragraphs(shape, source):
    original = document.read(source)
    copy = document.parse(SHAPES[shape](list(blocks(original))))
    assert words(copy) == words(original)
    assert copy.sections == original.sections
    assert copy.warnings == ()


def test_a_page_that_a_browser_prints_gives_the_same_paragraphs(tmp_path, source, chromium):
    """A browser adds a header with date and title, and a footer with address and page number."""
    original = document.read(source)
    page, printed = papers.html(original, tmp_path / "s.html"), tmp_path / "s.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}"]
    subprocess.run(
        [chromium, *options, page.as_uri()], check=True, capture_output=True, timeout=120
    )
    assert words(document.read(printed)) == words(original)


def test_pages_are_known_where_the_format_has_them(tmp_path):
    copy = document.read(papers.pdf(document.read(MINI), tmp_path / "s.pdf", size=16))
    pages = [paragraph.page for paragraph in copy.paragraphs.values()]
    assert pages[0] == 1 and pages[-1] > 1 and pages == sorted(pages)
    assert {paragraph.page for paragraph in document.read(MINI).paragraphs.values()} == {None}


def test_what_was_done_to_a_paragraph_can_be_explained(tmp_path):
    copy = document.read(papers.pdf(document.read(LONG), tmp_path / "s.pdf"))
    steps = "\n".join(
        line for paragraph in copy.paragraphs.values() for line in document.explain(paragraph)
    )
    for step in (
        "number removed: '1.'",
        "page number left out: '3/99'",
        "joined across a page break",
    ):
        assert step in steps


# --- HTML ----------------------------------------------------------------------------------------

# label: body of a page, the lines read from it, and why
PAGES = {
    "blocks": ("<p>One</p><p>Two</p>", ["One", "Two"], "each block is a line"),
    "inline": (
        "<p>On <a href='x'>the <b>web</b></a> page</p>",
        ["On the web page"],
        "elements inside a line do not break it",
    ),
    "break": ("<p>One<br>two</p>", ["One", "two"], "a break begins a line"),
    "script": (
        "<script>x</script><style>y</style><p>One</p>",
        ["One"],
        "what is not shown is not read",
    ),
    "navigation": (
        "<nav>Home</nav><header>Site</header><p>One</p><footer>Us</footer>",
        ["One"],
        "the page's own furniture",
    ),
    "hidden": ("<p hidden>No</p><p>One</p>", ["One"], "what is not shown is not read"),
    "struck": ("<p>It <del>sank</del><ins>came</ins> <s>late</s>.</p>", ["It came ."], "not valid"),
    "not displayed": (
        "<p>One<span style='display: none'> secret</span><b style='visibility:hidden'> too</b></p>",
        ["One"],
        "style hides it",
    ),
    "for a screen reader": (
        "<p>One <a>paper<span class='visually-hidden'> (new tab)</span></a></p>",
        ["One paper"],
        "nobody sees it",
    ),
    "raised unit": ("<p>5 km<sup>2</sup></p>", ["5 km²"], "a unit, as long as no note has it"),
    "raised figure": ("<p>pact<sup>2</sup></p>", ["pact²"], "a footnote mark"),
    "raised letters": ("<p>14<sup>th</sup></p>", ["14th"], "not a footnote mark"),
    "numbered list": (
        "<ol start='4'><li>One</li><li>Two</li></ol>",
        ["4. One", "5. Two"],
        "the browser writes the numbers",
    ),
    "lettered list": (
        "<ol type='a'><li>One</li><li>Two</li></ol>",
        ["(a) One", "(b) Two"],
        "or letters",
    ),
    "value": ("<ol><li value='9'>One</li></ol>", ["9. One"], "or the number given"),
    "table": (
        "<table><tr><td>One</td><td>Two</td></tr></table>",
        ["One", "Two"],
        "each cell is a line",
    ),
    "entities": ("<p>a&nbsp;b &amp; c</p>", ["a\u00a0b & c"], "entities are characters"),
    "unclosed": ("<p>One<p>Two", ["One", "Two"], "many pages do not close their elements"),
    "unseen": (
        "<p>\u20661.\u2069 O&#x200b;ne</p>",
        ["1. One"],
        "editors of other scripts write them",
    ),
    "comment": ("<p>One<!-- no --> two</p>", ["One two"], "comments are not shown"),
    "a page in a form": (
        "<form><input value='x'><p>One boat came up.</p><p>Two</p></form>",
        ["One boat came up.", "Two"],
        "some programs put the whole page into one",
    ),
    "a form on a page": (
        "<form><label>Mail</label><button>Send</button></form><p>One boat came up the river.</p>",
        ["One boat came up the river."],
        "it is no part of the text",
    ),
    "a heading that opens": (
        "<h2><button>I. One</button></h2><p>Two</p>",
        ["I. One", "Two"],
        "a press on it shows what is below",
    ),
    "the head of a part": (
        "<header>Site</header><section><header><h2>One</h2></header><p>Two</p></section>",
        ["One", "Two"],
        "it has the title of the part",
    ),
    "a quotation with its source": (
        "<blockquote><p>One</p><footer>Two</footer></blockquote>",
        ["One", "Two"],
        "it is a part of the text",
    ),
}


@pytest.mark.parametrize("label", PAGES)
def test_page(label):
    body, expected, why = PAGES[label]
    lines = web.read(f"<html><body>{body}</body></html>".encode())
    assert [line.text for line in lines] == expected, why


def test_a_page_in_the_encoding_that_it_declares():
    words = "caf\u00e9 \u2013 \u201cbar\u201d"
    head = "<head><meta charset='windows-1252'></head>"
    page = f"<html>{head}<body><p>{words}</p></body></html>"
    assert [line.text for line in web.read(page.encode("cp1252"))] == [words]


def test_a_page_with_an_unknown_encoding_is_refused():
    with pytest.raises(ValueError, match="save it as UTF-8"):
        web.read(b"<html><head><meta charset='x-none'></head><body><p>a</p></body></html>")


# --- Word ----------------------------------------------------------------------------------------


def numbered(levels, *, overrides=""):
    """Return a Word document with one list of the given levels: (format, text)."""
    file = docx.Document()
    numbering = file.part.numbering_part.element
    parts = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{parts}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    for key, override in (("77", ""), ("78", overrides)):
        inner = f'<w:abstractNumId w:val="77"/>{override}'
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}">{inner}</w:num>'))
    return file


def add(file, level, *, key=77):
    """Add a paragraph at a level of a list to a Word document, and return its element."""
    paragraph = file.add_paragraph("x")
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = key
    return paragraph._p


LEVELS = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("decimal", "%1.%4")]
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
# label: levels of the paragraphs in order (list 77, or 78 after "/"), their labels, and why
COUNTS = {
    "one level": ("0 0 0", ["1.", "2.", "3."], "the plain case"),
    "below": (
        "0 1 1 2 2 1",
        ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)"],
        "each level counts by itself",
    ),
    "restarts below": (
        "0 1 1 0 1",
        ["1.", "(a)", "(b)", "2.", "(a)"],
        "a level restarts below the next number of the one above",
    ),
    "number of the level above": (
        "0 0 3 3 0 3",
        ["1.", "2.", "2.1", "2.2", "3.", "3.1"],
        "as in 140.1",
    ),
    "another list continues": ("0 0 /0 0", ["1.", "2.", "5.", "6."], "unless it restarts"),
}


@pytest.mark.parametrize("label", COUNTS)
def test_word_counts(label):
    order, expected, why = COUNTS[label]
    file, key = numbered(LEVELS, overrides=RESTART), 77
    paragraphs = []
    for level in order.split():
        key = 78 if level.startswith("/") else key
        paragraphs.append(add(file, int(level.strip("/")), key=key))
    numbers = word_numbers.Numbers(file)
    assert [numbers.label(paragraph) for paragraph in paragraphs] == expected, why


def test_word_numbers_that_a_style_gives(tmp_path):
    file = numbered(LEVELS)
    style = file.styles.add_style("Numbered", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    inner = (
        f'<w:pPr {nsdecls("w")}><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'
    )
    style.element.append(parse_xml(inner))
    for words in ("First.", "Second."):
        file.add_paragraph(words, style="Numbered")
    file.save(tmp_path / "s.docx")
    copy = document.read(tmp_path / "s.docx")
    assert [p.text for p in copy.paragraphs.values()] == ["First.", "Second."]


# label: a run, or an element beside one, the words read from it, and why
RUNS = {
    "deleted": (
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "",
        "a tracked change removes it",
    ),
    "added": ("<w:ins><w:r><w:t>added</w:t></w:r></w:ins>", "added", "a tracked change inserts it"),
    "field": (
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>",
        "",
        "the code of a field is not shown",
    ),
    "link": (
        "<w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink>",
        "here",
        "the words of a link are",
    ),
    "hyphen": (
        "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>",
        "non-stop",
        "Word has an element for it",
    ),
    "soft hyphen": (
        "<w:r><w:t>traf</w:t><w:softHyphen/><w:t>ficking</w:t></w:r>",
        "trafficking",
        "and for this one",
    ),
    "tab": ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", "one two", "a tab is a blank"),
    "picture": ("<w:r><w:pict><w:p/></w:pict></w:r>", "", "a picture has no words"),
    "hidden": (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>",
        "",
        "it is not shown",
    ),
    "struck": (
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>sank</w:t></w:r>",
        "",
        "a draft shows what was taken out",
    ),
    "not struck": (
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>came</w:t></w:r>',
        "came",
        "a property may be switched off",
    ),
    "raised unit": (
        "<w:r><w:t>5 km</w:t></w:r>",
        "5 km",
        "the plain case of the one below",
    ),
    "symbol": ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "\uf0b3", "kept, as unknown"),
    "annotated": (
        "<w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "base",
        "the words themselves, and not how they are said",
    ),
    "control": (
        "<w:sdt><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>",
        "chosen",
        "the content of a form is read",
    ),
}


@pytest.mark.parametrize("label", RUNS)
def test_word_run(label, tmp_path):
    inner, expected, why = RUNS[label]
    file = docx.Document()
    head, _, rest = inner.partition(">")
    file.add_paragraph("1. Kept ")._p.append(parse_xml(f"{head} {nsdecls('w')}>{rest}"))
    file.save(tmp_path / "s.docx")
    assert document.read(tmp_path / "s.docx").paragraphs[1].text == f"Kept {expected}".strip(), why


def test_a_formula_of_word_is_read(tmp_path):
    file, math = docx.Document(), "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f"<m:oMath xmlns:m='{math}'><m:r><m:t>3/4</m:t></m:r></m:oMath>"
    paragraph = file.add_paragraph("1. The share was ")
    paragraph._p.append(parse_xml(formula))
    paragraph.add_run(" of all.")
    file.save(tmp_path / "s.docx")
    assert document.read(tmp_path / "s.docx").paragraphs[1].text == "The share was 3/4 of all."


@pytest.mark.parametrize(
    ("look", "read"),
    [("hidden", "10 boats."), ("strike", "10 boats."), ("superscript", "10⁶ boats.")],
)
def test_a_style_of_word_hides_strikes_and_raises_as_a_run_does(tmp_path, look, read):
    file = docx.Document()
    style = file.styles.add_style("Mine", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    setattr(style.font, look, True)
    paragraph = file.add_paragraph("1. × 10")
    paragraph.add_run("6", style="Mine")
    paragraph.add_run(" boats.")
    file.save(tmp_path / "s.docx")
    assert document.read(tmp_path / "s.docx").paragraphs[1].text == f"× {read}"


def test_a_deleted_paragraph_of_word_has_no_number(tmp_path):
    file = docx.Document()
    for words in ("First.", "Second.", "Third."):
        file.add_paragraph(words, style="List Number")
    gone = file.paragraphs[1]._p
    run = gone.r_lst[0]
    gone.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1'/></w:rPr>"))
    deleted = parse_xml(f"<w:del {nsdecls('w')} w:id='2'/>")
    gone.append(deleted)
    deleted.append(run)
    file.save(tmp_path / "s.docx")
    copy = document.read(tmp_path / "s.docx")
    assert {n: p.text for n, p in copy.paragraphs.items()} == {1: "First.", 2: "Third."}
    assert copy.warnings == ()


NOTES_OF_PANDOC = """<p>1. Speakers<a class="footnote-ref"><sup>1</sup></a> came.</p><p>2. Done.</p>
<section class="footnotes"><ol><li id="fn1"><p>Of Kenya.<a class="footnote-back">x</a></p></li></ol>
</section>"""


def test_notes_of_a_converter_are_read_with_their_marks():
    copy = structure.build(web.read(f"<html><body>{NOTES_OF_PANDOC}</body></html>".encode()))
    assert [p.text for p in copy.paragraphs.values()] == ["Speakers came.", "Done."]
    assert [(n.mark, n.text, n.paragraph) for n in copy.footnotes] == [("1", "Of Kenya.", 1)]


def test_a_note_without_a_mark_is_told():
    page = "<p>1. Speakers came.</p><p class='footnote'>Of Kenya.</p><p>2. Done.</p>"
    copy = structure.build(web.read(f"<html><body>{page}</body></html>".encode()))
    assert copy.warnings == ('A footnote without a mark is left out: "Of Kenya."',)


def test_an_address_of_mail_is_no_tag():
    lines = text.lines("1. Ask Ms. Weir <b.weir@un.org> or <u>her</u>.")
    copy = structure.build(lines, markdown=True)
    assert copy.paragraphs[1].text == "Ask Ms. Weir <b.weir@un.org> or her."


def boxed(words):
    """Return a paragraph of Word with a text box, once as it is and once for old programs."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    both = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = f"<mc:Choice Requires='w'><w:drawing>{box}</w:drawing></mc:Choice>"
    inner += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    content = f"<mc:AlternateContent xmlns:mc='{both}'>{inner}</mc:AlternateContent>"
    return parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>")


# label: words in a text box of Word, the paragraphs, words of the warning, and why
BOXES = {
    "aside": ("An aside.", ["First.", "Third."], ['A text box is left out: "An aside."'], "a box"),
    "numbered": ("2. In a box.", ["First.", "In a box.", "Third."], [], "some programs box all"),
}


@pytest.mark.parametrize("label", BOXES)
def test_word_text_box(label, tmp_path):
    inner, expected, warnings, why = BOXES[label]
    file = docx.Document()
    file.add_paragraph("1. First.")._p.append(boxed(inner))
    file.add_paragraph(f"{len(expected)}. Third.")
    file.save(tmp_path / "s.docx")
    copy = document.read(tmp_path / "s.docx")
    assert [p.text for p in copy.paragraphs.values()] == expected, why
    assert list(copy.warnings) == warnings, why


def test_a_raised_unit_in_word_is_no_footnote(tmp_path):
    file = docx.Document()
    paragraph = file.add_paragraph("1. Of 5 km")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" there is a map.")
    paragraph.add_run("1").font.superscript = True
    file.save(tmp_path / "s.docx")
    assert document.read(tmp_path / "s.docx").paragraphs[1].text == "Of 5 km² there is a map."


def columns(path, texts, *, across=""):
    """Write numbered texts as a PDF with two columns, and words across each page."""
    style = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)

    def furnish(canvas, template):
        canvas.drawString(60, 812, "A/31/5")
        canvas.setFont("Helvetica", 60)
        canvas.drawString(150, 400, across)

    template = BaseDocTemplate(str(path), invariant=1)
    frames = [Frame(54, 80, 230, 690), Frame(306, 80, 230, 690)]
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
    template.build([Flow(f"{number}. {text}", style) for number, text in texts.items()])
    return path


@pytest.mark.parametrize("across", ["", "DRAFT"])
def test_two_columns_of_a_pdf_are_read_one_after_the_other(tmp_path, across):
    words, chance = "boats and nets came up rivers with towns that keep weirs".split(), Random(7)
    texts = {
        n: " ".join(chance.choice(words) for _ in range(chance.randint(25, 90))).capitalize() + "."
        for n in range(1, 50)
    }
    copy = document.read(columns(tmp_path / "s.pdf", texts, across=across))
    assert {number: p.text for number, p in copy.paragraphs.items()} == texts
    assert copy.warnings == ()


def test_a_note_with_an_asterisk_on_a_page_of_a_pdf(tmp_path):
    canvas = Canvas(str(tmp_path / "s.pdf"), invariant=1)
    for size, height, words in (
        (11, 700, "1. Words go to the end of the page and"),
        (8, 60, "* CTOC/COP/WG.9/2031/1."),
        (0, 0, ""),
        (11, 700, "go on from there. Of 5 km"),
        (11, 680, "there is a map, and it is as long as a line of text."),
    ):
        if not size:
            canvas.showPage()
            continue
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, height, words)
    canvas.save()
    copy = document.read(tmp_path / "s.pdf")
    assert copy.paragraphs[1].text.startswith(
        "Words go to the end of the page and go on from there."
    )
    assert [note.text for note in copy.footnotes] == ["CTOC/COP/WG.9/2031/1."]


def test_a_lowered_digit_in_a_pdf_is_no_footnote(tmp_path):
    canvas = Canvas(str(tmp_path / "s.pdf"), invariant=1)
    for across, height, size, words in (
        (60, 700, 11, "1. Boats carried H"),
        (160, 696, 7, "2"),
        (165, 700, 11, "O up the river, said the Chair"),
        (320, 705, 7, "1"),
        (325, 700, 11, " of the meeting on weirs."),
        (60, 60, 7, "1"),
        (65, 57, 8, " The Chair of the first meeting, in the spring of that year."),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(across, height, words)
    canvas.save()
    text = document.read(tmp_path / "s.pdf").paragraphs[1].text
    assert "H2" in text.replace(" ", "") and "Chair of" in " ".join(text.split())


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("They fight traffi cking.", "They fight trafficking."),
        ("Ms. Shafi said so; others said no.", "Ms. Shafi said so; others said no."),
        ("A fi rst boat, a fl at one at last.", "A first boat, a flat one at last."),
        ("A wi-fi network, a net work.", "A wi-fi network, a net work."),
    ],
)
def test_halves_of_a_word_are_joined_and_two_words_are_not(printed, read):
    lines = text.lines(f"1. {printed}\n\n2. Nothing.")
    assert structure.build(lines, mend=True).paragraphs[1].text == read


def test_words_that_are_one_elsewhere_stay_two():
    lines = text.lines("1. The health care came.\n\n2. Their healthcare went.")
    assert structure.build(lines, mend=True).paragraphs[1].text == "The health care came."


def test_a_note_with_an_asterisk_in_html():
    page = "<p>1. The pact holds and</p><p>* CTOC/COP/WG.9/2031/1.</p><p>2. Second.</p>"
    copy = structure.build(web.read(f"<html><body>{page}</body></html>".encode()))
    assert [p.text for p in copy.paragraphs.values()] == ["The pact holds and", "Second."]
    assert [note.mark for note in copy.footnotes] == ["*"]


def test_a_footnote_of_word_with_a_mark_of_its_own_and_an_endnote(tmp_path):
    """Word counts neither: the former has its mark in the text, the latter its own part."""
    parts = {"footnotes": "footnote", "endnotes": "endnote"}
    file = docx.Document()
    runs = file.add_paragraph("1. The pact")._p
    for part, kind in parts.items():
        note = f'<w:{kind} w:id="2"><w:p><w:r><w:t>A {kind}.</w:t></w:r></w:p></w:{kind}>'
        blob = f"<w:{part} {nsdecls('w')}>{note}</w:{part}>".encode()
        name = PackURI(f"/word/{part}.xml")
        own = Part(name, "application/xml", blob, file.part.package)
        file.part.relate_to(own, getattr(RELATION, part.upper()))
        mark = ' w:customMarkFollows="1"' if kind == "footnote" else ""
        sign = "<w:t>*</w:t>" if kind == "footnote" else ""
        call = f'<w:{kind}Reference{mark} w:id="2"/>{sign}'
        runs.append(parse_xml(f"<w:r {nsdecls('w')}>{call}</w:r>"))
        runs.append(parse_xml(f"<w:r {nsdecls('w')}><w:t> holds</w:t></w:r>"))
    file.save(tmp_path / "s.docx")
    copy = document.read(tmp_path / "s.docx")
    assert copy.paragraphs[1].text == "The pact holds holds"
    assert notes(copy) == [("*", "A footnote.", 1, 8), ("1", "A endnote.", 1, 14)]


def test_two_languages_side_by_side_on_a_page_of_a_pdf_are_noticed(tmp_path):
    """Drawn line by line, they cannot be told apart; a reader must know."""
    canvas, height = Canvas(str(tmp_path / "s.pdf"), invariant=1), 760
    for left, right in (
        ("I. One", "I. Un"),
        ("1. The boats came up the river in", "1. Les bateaux sont venus au"),
        ("spring and left.", "printemps et sont partis."),
        ("2. The nets came too.", "2. Les filets aussi."),
        ("3. All left.", "3. Tous partirent."),
    ):
        canvas.drawString(60, height, left)
        canvas.drawString(320, height, right)
        height -= 20
    canvas.save()
    (warning,) = document.read(tmp_path / "s.pdf").warnings
    assert "columns side by side" in warning
