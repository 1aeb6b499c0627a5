"""The readers of formats: the same document as text, HTML, PDF and Word gives the same paragraphs, text for text."""

import re
import subprocess
import textwrap
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis import document
from analysis.document import web, word_numbers
from benchmarks import papers

DATA = Path(__file__).parent / "data"
INVENTED = {"mini": DATA / "mini" / "summary.md", "firearms": DATA / "firearms.md"}
MINI, LONG = INVENTED.values()
FORMS = {
    "text": ("s.txt", papers.markdown),
    "Markdown": ("s.md", papers.markdown),
    "HTML": ("s.html", papers.html),
    "PDF": ("s.pdf", papers.pdf),
    "PDF in large letters": ("s.pdf", lambda read, path: papers.pdf(read, path, size=16)),
    "PDF in small letters": ("s.pdf", lambda read, path: papers.pdf(read, path, size=6)),
    "Word with automatic numbers": ("s.docx", papers.word),
    "Word with typed numbers": (
        "s.docx",
        lambda read, path: papers.word(read, path, automatic=False),
    ),
}


def words(read):
    return {
        number: (paragraph.section, paragraph.text) for number, paragraph in read.paragraphs.items()
    }


def notes(read):
    return [(note.mark, note.text, note.paragraph, note.at) for note in read.footnotes]


def assert_same(one, other):
    assert words(one) == words(other)
    assert one.sections == other.sections
    assert notes(one) == notes(other)
    assert one.warnings == other.warnings == ()


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


def blocks(read):
    """The lines of a summary, a paragraph each."""
    for kind, part in papers.parts(read):
        yield (
            part
            if kind == "front"
            else f"{part.number}. {part.title if kind == 'section' else part.text}"
        )


def wrapped(made, width, gap="\n\n"):
    return gap.join(
        "\n".join(textwrap.wrap(block, width, break_long_words=False)) for block in made
    )


def paged(made, width, length, divide="\f"):
    """Pages with a symbol over each, and a job number and page number below."""
    lines = wrapped(made, width).split("\n")
    pages = ["\n".join(lines[place : place + length]) for place in range(0, len(lines), length)]
    foot = "GE.31-01234                  {}/{}"
    return divide.join(
        f"{papers.SYMBOL}\n\n{page}\n\n{foot.format(n, len(pages))}"
        for n, page in enumerate(pages, 1)
    )


# label: what becomes of the blocks of a summary as it travels
SHAPES = {
    "one line": " ".join,
    "wide lines": lambda made: wrapped(made, 100),
    "narrow lines": lambda made: wrapped(made, 40),
    "no blank lines": "\n".join,
    "narrow lines and no blank ones": lambda made: wrapped(made, 72, "\n"),
    "pages": lambda made: paged(made, 78, 46),
    "small pages": lambda made: paged(made, 60, 23),
    "pages without breaks": lambda made: paged(made, 78, 46, "\n\n"),
    "numbers alone": lambda made: "\n\n".join(
        re.sub(r"^(\d+\.|[IVX]+\.) ", r"\1\n\n", block) for block in made
    ),
    "numbers below": lambda made: "\n\n".join(
        re.sub(r"^(\d+\.) (.*)$", r"\2\n\n\1", block) for block in made
    ),
    "tabs": lambda made: "\n".join(re.sub(r"^(\d+\.) ", r"   \1\t   ", block) for block in made),
    "another system": lambda made: "\ufeff" + wrapped(made, 70).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_text_gives_the_same_paragraphs(shape):
    original = document.read(LONG)
    read = document.parse(SHAPES[shape](list(blocks(original))))
    assert (
        words(read) == words(original)
        and read.sections == original.sections
        and read.warnings == ()
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_source_gives_the_same_paragraphs(shape, source):
    original = document.read(source)
    read = document.parse(SHAPES[shape](list(blocks(original))))
    assert (
        words(read) == words(original)
        and read.sections == original.sections
        and read.warnings == ()
    )


def test_a_page_that_a_browser_prints_gives_the_same_paragraphs(tmp_path, source, chromium):
    """A real producer of PDF, with its own header of date and title, and its address and page number below."""
    original = document.read(source)
    page, printed = papers.html(original, tmp_path / "s.html"), tmp_path / "s.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}"]
    subprocess.run(
        [chromium, *options, page.as_uri()], check=True, capture_output=True, timeout=120
    )
    assert words(document.read(printed)) == words(original)


def test_pages_are_known_where_the_format_has_them(tmp_path):
    read = document.read(papers.pdf(document.read(MINI), tmp_path / "s.pdf", size=16))
    pages = [paragraph.page for paragraph in read.paragraphs.values()]
    assert pages[0] == 1 and pages[-1] > 1 and pages == sorted(pages)
    assert {paragraph.page for paragraph in document.read(MINI).paragraphs.values()} == {None}


def test_what_was_done_to_a_paragraph_can_be_explained(tmp_path):
    read = document.read(papers.pdf(document.read(LONG), tmp_path / "s.pdf"))
    said = "\n".join(
        line for paragraph in read.paragraphs.values() for line in document.explain(paragraph)
    )
    for step in (
        "number removed: '1.'",
        "page number left out: '3/99'",
        "joined across a page break",
    ):
        assert step in said


# --- HTML ----------------------------------------------------------------------------------------------------------

# label: body of the page -> the lines read of it, and why
PAGES = {
    "blocks": ("<p>One</p><p>Two</p>", ["One", "Two"], "each block is its own"),
    "inline": (
        "<p>On <a href='x'>the <b>web</b></a> page</p>",
        ["On the web page"],
        "marks inside a line are no breaks",
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
    "raised figure": ("<p>pact<sup>2</sup></p>", ["pact²"], "a footnote mark"),
    "raised letters": ("<p>14<sup>th</sup></p>", ["14th"], "no footnote mark"),
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
    "value": ("<ol><li value='9'>One</li></ol>", ["9. One"], "or the number that is given"),
    "table": (
        "<table><tr><td>One</td><td>Two</td></tr></table>",
        ["One", "Two"],
        "each cell is its own",
    ),
    "entities": ("<p>a&nbsp;b &amp; c</p>", ["a\u00a0b & c"], "entities are letters"),
    "unclosed": ("<p>One<p>Two", ["One", "Two"], "pages are careless"),
    "unseen": (
        "<p>\u20661.\u2069 O&#x200b;ne</p>",
        ["1. One"],
        "editors of other scripts write them",
    ),
    "comment": ("<p>One<!-- no --> two</p>", ["One two"], "comments are no words"),
}


@pytest.mark.parametrize("label", PAGES)
def test_page(label):
    body, expected, why = PAGES[label]
    assert [
        line.text for line in web.read(f"<html><body>{body}</body></html>".encode())
    ] == expected, why


def test_a_page_in_the_encoding_that_it_names():
    page = "<html><head><meta charset='windows-1252'></head><body><p>caf\u00e9 \u2013 \u201cbar\u201d</p></body></html>"
    assert [line.text for line in web.read(page.encode("cp1252"))] == [
        "caf\u00e9 \u2013 \u201cbar\u201d"
    ]


def test_a_page_with_an_unknown_encoding_is_refused():
    with pytest.raises(ValueError, match="save it as UTF-8"):
        web.read(b"<html><head><meta charset='x-none'></head><body><p>a</p></body></html>")


# --- Word ----------------------------------------------------------------------------------------------------------


def numbered(levels, *, overrides=""):
    """A Word document with one list of the given levels: (format, text)."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    parts = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{parts}</w:abstractNum>')
    )
    for key, override in (("77", ""), ("78", overrides)):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="77"/>{override}</w:num>'
            )
        )
    return made


def add(made, level, *, key=77):
    paragraph = made.add_paragraph("x")
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = key
    return paragraph._p


LEVELS = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("decimal", "%1.%4")]
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
# label: levels of the paragraphs in order (list 77, or 78 after "/") -> labels, and why
COUNTS = {
    "one level": ("0 0 0", ["1.", "2.", "3."], "the plain case"),
    "below": (
        "0 1 1 2 2 1",
        ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)"],
        "each level counts by itself",
    ),
    "begins again below": (
        "0 1 1 0 1",
        ["1.", "(a)", "(b)", "2.", "(a)"],
        "a level begins again under the next one above",
    ),
    "number of the level above": (
        "0 0 3 3 0 3",
        ["1.", "2.", "2.1", "2.2", "3.", "3.1"],
        "as in 140.1",
    ),
    "another list goes on": ("0 0 /0 0", ["1.", "2.", "5.", "6."], "unless it starts anew"),
}


@pytest.mark.parametrize("label", COUNTS)
def test_word_counts(label):
    order, expected, why = COUNTS[label]
    made, key = numbered(LEVELS, overrides=ANEW), 77
    paragraphs = []
    for level in order.split():
        key = 78 if level.startswith("/") else key
        paragraphs.append(add(made, int(level.strip("/")), key=key))
    numbers = word_numbers.Numbers(made)
    assert [numbers.label(paragraph) for paragraph in paragraphs] == expected, why


def test_word_numbers_that_a_style_gives(tmp_path):
    made = numbered(LEVELS)
    style = made.styles.add_style("Numbered", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    inner = (
        f'<w:pPr {nsdecls("w")}><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'
    )
    style.element.append(parse_xml(inner))
    for text in ("First.", "Second."):
        made.add_paragraph(text, style="Numbered")
    made.save(tmp_path / "s.docx")
    assert [p.text for p in document.read(tmp_path / "s.docx").paragraphs.values()] == [
        "First.",
        "Second.",
    ]


# label: what stands in a run or beside one -> the words read of it, and why
RUNS = {
    "deleted": (
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "",
        "a tracked change takes it out",
    ),
    "added": ("<w:ins><w:r><w:t>added</w:t></w:r></w:ins>", "added", "a tracked change puts it in"),
    "field": ("<w:r><w:instrText>PAGEREF x</w:instrText></w:r>", "", "a field's code is no word"),
    "link": ("<w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink>", "here", "a link's words are"),
    "hyphen": (
        "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>",
        "non-stop",
        "Word has a sign of its own for it",
    ),
    "soft hyphen": (
        "<w:r><w:t>traf</w:t><w:softHyphen/><w:t>ficking</w:t></w:r>",
        "trafficking",
        "and for this one",
    ),
    "tab": ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", "one two", "a tab is a blank"),
    "text box": (
        "<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>",
        "",
        "a picture is no word",
    ),
    "control": (
        "<w:sdt><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>",
        "chosen",
        "a form's field is",
    ),
}


@pytest.mark.parametrize("label", RUNS)
def test_word_run(label, tmp_path):
    inner, expected, why = RUNS[label]
    made = docx.Document()
    head, _, rest = inner.partition(">")
    made.add_paragraph("1. Kept ")._p.append(parse_xml(f"{head} {nsdecls('w')}>{rest}"))
    made.save(tmp_path / "s.docx")
    assert document.read(tmp_path / "s.docx").paragraphs[1].text == f"Kept {expected}".strip(), why
