"""Any page printed from the browser: nothing is cut, and each sheet says what it is."""

import re
from unicodedata import normalize

import pytest
from browsing import CHAPTERS, HTML, WIDE, fresh
from pypdf import PdfReader

from analysis import cite, record

pytestmark = pytest.mark.needs_book

# What is left of a sheet between its margins of 14 millimetres, in pixels.
SHEETS = {"A4": 687, "Letter": 710}
# What reaches beyond the sheet, or holds more than it shows. What only a screen reader is told is
# one pixel wide.
CUT = """() => [...document.querySelectorAll('article, article *')].filter((it) => {
  const box = it.getBoundingClientRect();
  if (box.width <= 1 || !it.checkVisibility() || it.closest('.told, .tip, thead')) return false;
  const hides = getComputedStyle(it).overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1;
  return hides || box.left < -1 || box.right > innerWidth + 1;
}).map((it) => `${it.localName}.${it.className} ${it.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def paper(browser):
    """Show one page after the other as it is printed."""
    page = fresh(browser, CHAPTERS[0], WIDE, "dark")
    page.emulate_media(media="print")

    def shown(name, width=SHEETS["A4"]):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((HTML / name).as_uri())
        return page

    yield shown
    page.context.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_is_cut_on_paper(paper, name):
    assert {sheet: paper(name, width).evaluate(CUT) for sheet, width in SHEETS.items()} == {
        sheet: [] for sheet in SHEETS
    }


def test_what_is_too_wide_for_a_sheet_is_found(paper):
    """The test above can fail."""
    page = paper("book/cite.html")
    page.add_style_tag(content="pre { white-space: pre !important } h1 { min-width: 70rem }")
    found = page.evaluate(CUT)
    assert any(it.startswith("pre") for it in found) and any(it.startswith("h1") for it in found)


@pytest.fixture(scope="module")
def printed(paper, tmp_path_factory):
    """The sheets of a page as text."""

    def sheets(name, sheet="A4"):
        path = tmp_path_factory.mktemp("paper") / "page.pdf"
        paper(name).pdf(path=path, format=sheet)
        return [page.extract_text() for page in PdfReader(path).pages]

    return sheets


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_printed_chapter_is_short(printed, sheet):
    assert len(printed("book/uptake.html", sheet)) < 9
    record = [name for name in CHAPTERS if re.search(r"/record_\w+\.html", name)]
    assert sum(len(printed(name, sheet)) for name in record) < 25


def test_every_sheet_says_page_version_and_number(printed):
    sheets = printed("book/uptake.html")
    foot = f"Paragraph 53, {cite.read()['edition']}: book/uptake.html"
    assert [
        foot in text and f"{n} of {len(sheets)}" in text for n, text in enumerate(sheets, 1)
    ] == [True] * len(sheets)
    assert not any("Skip to content" in text for text in sheets)


def test_the_id_of_an_item_stands_apart_from_its_words(paper):
    gap = """item => {
      const words = document.createRange();
      words.selectNodeContents(item.querySelector('p'));
      const id = item.querySelector('h4 a').getBoundingClientRect();
      return words.getClientRects()[0].left - id.right;
    }"""
    for page, part in (("children", "statement"), ("observations", "recommendation")):
        item = paper(f"book/record_{page}.html").locator(f".item.{part}").first
        assert 4 < item.evaluate(gap) < 30


def test_what_is_folded_is_printed(printed):
    foot = r"\d+ of \d+Paragraph 53, version .*uptake.html"
    text = re.sub(foot, "", " ".join(printed("book/uptake.html")))
    reasons = [row.reason for row in record.load().uptake.itertuples()]
    assert [reason for reason in reasons if plain(reason) not in plain(text)] == []


def plain(text):
    """Return letters and digits alone: blanks, hyphens and joined letters differ."""
    return re.sub(r"[^a-z0-9]", "", normalize("NFKC", text).lower())
