"""The paper forms: what is on the pages is on paper, for every reader, and can be read."""

import re
from collections import Counter

import pdfua
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from analysis import cite, paths, tables
from tools.paper import __main__ as paper
from tools.paper import sheets, typesetting
from tools.paper.book import LostLinkError, contents, name_places, read_book
from tools.paper.reading import UnknownElementError, read

SCREEN_ONLY = [".code", ".meaning", ".switch", ".page-links", ".toctree-wrapper", ".tip"]
SCREEN_ONLY += [".explorer", ".files", "noscript"]
POINT = 1  # in points: how far letters may reach over the box of a word
MARGIN = 24  # in points: nothing is nearer to the edge of the paper
PAGES = [name for names in contents().values() for name in names]


@pytest.fixture(scope="module")
def forms(html):
    """The PDF files of the built book, by name."""
    return {path.stem: path for path in sorted((html / "paper").glob("*.pdf"))}


@pytest.fixture(scope="module")
def text(forms):
    """The text of the report without blanks, heads and feet of pages."""
    document = pypdfium2.PdfDocument(forms["report"])
    return without_blanks("".join(body(page) for page in document))


@pytest.fixture(scope="module")
def articles(html):
    """The articles of the built pages, in the order of the book, without what paper leaves out."""
    found = {}
    for name in PAGES:
        page = (html / "book" / f"{name}.html").read_text(encoding="utf-8")
        article = BeautifulSoup(page, "html.parser").article
        for part in article.select(", ".join([*SCREEN_ONLY, "svg", "a.cite"])):
            part.decompose()
        found[name] = article
    return found


def body(page):
    """Return the text of a page between its head and its foot."""
    width, height = page.get_size()
    return page.get_textpage().get_text_bounded(0, 60, width, height - 60)


def without_blanks(words):
    """Return words without blanks; a hyphen at the end of a line is one, since no word is cut."""
    return re.sub(r"[\s\u200b]+", "", re.sub("[\x02\ufffe]", "-", words))


def elements(pdf, *names):
    """Yield the structure elements of some names, in reading order."""

    def walk(element):
        inner = element.get("/K", [])
        for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                if str(child.S) in names:
                    yield child
                yield from walk(child)

    yield from walk(pdf.Root.StructTreeRoot)


# --- what is made -----------------------------------------------------------------------------


@pytest.mark.needs_book
def test_there_are_a_report_a_briefing_and_a_sheet_for_each_speaker(forms, shipped):
    assert set(forms) == {"report", "briefing", *tables.speakers(shipped).id}


@pytest.mark.needs_book
def test_the_briefing_and_each_sheet_are_one_page(forms):
    pages = {name: len(pypdfium2.PdfDocument(path)) for name, path in forms.items()}
    assert pages.pop("report") > 50
    assert set(pages.values()) == {1}


@pytest.mark.needs_book
def test_the_same_book_gives_the_same_bytes(forms, html, monkeypatch, tmp_path):
    """In another folder, in another time zone, and in another process than the build."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    made = paper.make(html)
    differing = [name for name, path in forms.items() if path.read_bytes() != made[name]]
    assert differing == [], "if tools/paper has changed since the book was built: make pdf"


# --- for those who do not see it ---------------------------------------------------------------


@pytest.mark.needs_book
def test_no_form_has_a_fault_of_accessibility(forms):
    for name, path in forms.items():
        report = pdfua.validate(str(path))
        found = [f"{each.rule_id} {each.message}" for each in report.findings]
        assert (name, found) == (name, [])


@pytest.mark.needs_book
def test_a_picture_has_the_words_that_it_has_on_its_page(forms, html):
    """Those of a drawing, and for the square of a proposal what it asks."""
    told = []
    for name in PAGES:
        article = BeautifulSoup((html / "book" / f"{name}.html").read_text(), "html.parser").article
        for each in article.select("svg.drawing, .tip"):
            told.append(each.get("aria-label") or " ".join(each.get_text().split()))
    with pikepdf.open(forms["report"]) as pdf:
        alts = [str(each.Alt) for each in elements(pdf, "/Figure")]
    assert len(told) > 50
    assert Counter(alts) == Counter(told)


@pytest.mark.needs_book
def test_headers_of_rows_and_columns_are_told(forms, html):
    heads = Counter()
    with pikepdf.open(forms["report"]) as pdf:
        for head in elements(pdf, "/TH"):
            heads[
                str(head.A.Scope if isinstance(head.A, pikepdf.Dictionary) else head.A[0].Scope)
            ] += 1
    asked = Counter()
    for table in typesetting.rows_of(read_book(html)):
        asked["/Column"] += len(table[0])
        asked["/Row"] += sum(map(sum, table[1:]))
    assert heads == asked


# --- what is on the pages is on paper ----------------------------------------------------------


@pytest.mark.needs_book
def test_every_paragraph_heading_cell_and_caption_is_in_the_report(articles, text):
    """What goes on over the end of a page is there in two pieces."""
    lost = []
    for name, article in articles.items():
        for element in article.select("h1, h2, h3, h4, p, td, th, dt, dd, caption, summary"):
            if element.name == "dd" and element.find("p"):
                continue
            words = without_blanks(element.get_text())
            if words not in text and not in_two_pieces(words, text):
                lost.append((name, words))
    assert lost == []


def in_two_pieces(words, text):
    return any(words[:cut] in text and words[cut:] in text for cut in range(20, len(words) - 20))


@pytest.mark.needs_book
def test_every_item_of_the_record_is_a_destination(forms, shipped):
    """So that the end of an address leads to the same item in the PDF."""
    wanted = {f"p-{number}" for number in shipped.paragraphs.number}
    wanted |= {f"s-{id}" for id in shipped.statements.id}
    wanted |= {f"r-{id}" for id in shipped.recommendations.id}
    with pikepdf.open(forms["report"]) as pdf:
        names = set(pikepdf.NameTree(pdf.Root.Names.Dests))
    assert wanted - names == set()


@pytest.mark.needs_book
def test_each_form_says_its_version_and_day(forms):
    edition = str(cite.read()["edition"])
    for name, path in forms.items():
        page = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
        assert (name, edition in " ".join(page.split())) == (name, True)


@pytest.mark.needs_book
def test_every_page_leads_to_the_report_and_the_briefing_and_no_link_is_dead(forms, html):
    for path in [html / "search.html", *html.glob("book/*.html")]:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if page.article is None:
            continue
        leads = {(path.parent / a["href"]).resolve() for a in page.select('a[href$=".pdf"]')}
        assert {forms["report"], forms["briefing"]} <= leads <= set(forms.values()), path.name


@pytest.mark.needs_book
def test_the_section_of_each_speaker_leads_to_its_sheet(html, shipped):
    pages = "".join(path.read_text(encoding="utf-8") for path in html.glob("book/speakers*.html"))
    for id in tables.speakers(shipped).id:
        assert f'href="../paper/{id}.pdf"' in pages


@pytest.mark.needs_book
def test_a_sheet_has_each_proposal_with_what_became_of_it_and_why(forms, shipped):
    answers = tables.outcomes(shipped)
    gists = shipped.statements.set_index("id").gist
    for row in tables.speakers(shipped).itertuples():
        sheet = without_blanks(body(pypdfium2.PdfDocument(forms[row.id])[0]))
        mine = answers[answers.speaker == row.speaker]
        for wanted in (*gists[mine.statement], *mine.reason):
            assert without_blanks(sheets.curly(wanted)) in sheet
        for id in mine.recommendation:
            assert not id or f"({id})" in sheet


@pytest.mark.needs_book
def test_the_briefing_has_every_recommendation_and_every_range(forms, shipped):
    page = without_blanks(body(pypdfium2.PdfDocument(forms["briefing"])[0]))
    for gist in shipped.recommendations.gist:
        assert without_blanks(sheets.curly(gist)) in page
    for row in sheets.compared(shipped):
        assert without_blanks(row["group"] + row["words"]) in page


# --- how it looks --------------------------------------------------------------------------------


@pytest.mark.needs_book
def test_no_word_lies_on_another_or_in_the_margin(forms):
    wrong = []
    for name, path in forms.items():
        for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
            words, size = list(boxes(page.get_textpage())), page.get_size()
            wrong += [(name, number, word) for word, box in words if outside(box, size)]
            wrong += [(name, number, *pair) for pair in overlaps(words)]
    assert wrong == []


def boxes(page):
    """Yield each word of a page with its box: left, bottom, right, top."""
    word, box = "", None
    for place in range(page.count_chars()):
        letter = page.get_text_range(place, 1)
        if letter.strip():
            left, bottom, right, top = page.get_charbox(place)
            new = box is None or left > box[2] + 2 or abs(bottom - box[1]) > 6 or left < box[0]
            if new and word:
                yield word, box
            box = (
                (left, bottom, right, top)
                if new
                else (*map(min, box[:2], (left, bottom)), *map(max, box[2:], (right, top)))
            )
            word = letter if new else word + letter
        elif word:
            yield word, box
            word, box = "", None
    if word:
        yield word, box


def outside(box, size):
    return min(box[0], box[1], size[0] - box[2], size[1] - box[3]) < MARGIN


def overlaps(words):
    """Yield pairs of words whose boxes share more than their edges."""
    words = sorted(words, key=lambda word: word[1][1])
    for at, (word, (left, _, right, top)) in enumerate(words):
        for other, (l2, b2, r2, t2) in words[at + 1 :]:
            if b2 > top - POINT:
                break
            if min(right, r2) - max(left, l2) > POINT and min(top, t2) - b2 > POINT:
                yield word, other


# --- what stops it -------------------------------------------------------------------------------


def test_an_element_that_is_not_known_stops_the_reading_and_is_named():
    page = '<article><section id="one"><h1>One</h1><video src="a"></video></section></article>'
    with pytest.raises(UnknownElementError, match=r"meeting\.html in #one has .*<video"):
        read("meeting", page)


def test_text_outside_of_a_paragraph_stops_the_reading():
    with pytest.raises(UnknownElementError, match="record.html"):
        read("record", "<article><div class='box'>Loose</div></article>")


def test_a_mark_that_is_not_known_stops_the_reading():
    page = '<article><p><span class="marks"><i class="star"></i></span></p></article>'
    with pytest.raises(UnknownElementError, match="star"):
        read("record", page)


def test_a_link_that_leads_nowhere_is_named():
    pages = [read("one", '<article><p><a href="two.html#s-9z">9z</a></p></article>')]
    with pytest.raises(LostLinkError, match="two.html#s-9z"):
        name_places(pages)


@pytest.mark.parametrize("there", ["<p id='two'>Two.</p>", "<span id='two'></span><p>Two.</p>"])
def test_a_link_may_lead_to_a_paragraph(there):
    pages = [read("one", f"<article><p><a href='#two'>There</a></p>{there}</article>")]
    name_places(pages)
    assert pages[0][0]["body"][0]["to"] == pages[0][1]["name"]


def test_without_a_book_one_message_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(paper, "HTML", tmp_path)
    assert paper.main() == 1
    told = capsys.readouterr().err
    assert "Run: make book" in told and told.count("\n") == 1


def test_what_does_not_fit_on_a_page_is_not_cut():
    given = {"title": "Too long", "size": 9}
    with pytest.raises(typesetting.TypesettingError, match="sheet.typ"):
        typesetting.fitted("sheet", [given], 0)


def test_an_address_for_objections_is_told_and_else_that_there_is_none():
    page = read(
        "cite", '<article><section id="contest"><h2>Contest</h2><p>Say so.</p></section></article>'
    )
    name_places(page)
    assert sheets.objecting(page, "us@example.org") == "Say so. Write to us@example.org."
    assert sheets.objecting(page, "") == f"Say so. {sheets.NO_ADDRESS}"


def test_the_templates_have_no_number_of_their_own():
    """What they print comes from the book and the tables; sizes and places are no words."""
    for path in paths.ROOT.glob("tools/paper/*.typ"):
        printed = re.findall(r"\[([^\[\]#]*)\]", path.read_text(encoding="utf-8"))
        assert [words for words in printed if re.search(r"\d", words)] == [], path.name
