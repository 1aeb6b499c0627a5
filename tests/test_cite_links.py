"""“Cite” beside an item, a table or a figure: what it opens, from disk and without a script."""

import json
import re

import pytest
from browsing import HTML, PHONE, WIDE, fresh, served

pytestmark = pytest.mark.needs_book

NARROW = PHONE | {"width": 390}
RECORD, TABLES = "book/record_organs.html", "book/uptake.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FORMS = {"text": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


@pytest.fixture
def page(browser):
    """Open a page as a reader does, from disk."""
    opened = []

    def open_page(name, viewport=WIDE):
        page = fresh(browser, name, viewport, "light")
        page.context.grant_permissions(CLIPBOARD)
        opened.append(page)
        return page

    yield open_page
    for each in opened:
        each.context.close()


def told(path):
    """Return the citations in a file, as they are copied."""
    given = json.loads((HTML / path).read_text(encoding="utf-8"))["citation"]
    lines = json.dumps(given["csl"], ensure_ascii=False, indent=2)
    return {form: lines if form == "csl" else given[form] for form in FORMS}


def plain(text):
    """Return a text with the line breaks that a text field has."""
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "phone"])
def test_a_link_opens_the_citation_and_each_format_is_copied_from_disk(page, viewport):
    opened = page(RECORD, viewport)
    link = opened.get_by_label("Cite Statement 16a", exact=True)
    link.focus()
    opened.keyboard.press("Enter")
    box = opened.get_by_role("dialog", name="Cite Statement 16a")
    box.wait_for()
    expected = told("s/16a.json")
    assert box.get_by_role("textbox").input_value() == expected["text"]
    for form, name in FORMS.items():
        box.get_by_role("button", name=f"Copy {name}", exact=True).click()
        opened.wait_for_function(
            f"document.querySelector('.citation output').value.startsWith('{name}')"
        )
        copied = opened.evaluate("navigator.clipboard.readText()")
        assert plain(copied) == plain(expected[form])
    assert box.get_by_role("link").evaluate("link => link.href").endswith("/s/16a.json")
    assert box.bounding_box()["width"] <= viewport["width"]
    opened.keyboard.press("Escape")
    assert not box.is_visible()
    assert (
        opened.evaluate("document.activeElement.getAttribute('aria-label')") == "Cite Statement 16a"
    )
    assert opened.complaints == []


def test_what_the_page_shows_of_every_item_is_what_its_file_holds(page):
    """The script fills in formats; the files are written by Python."""
    opened = page("book/themes_protection.html")
    opened.locator("a.cite").first.click()
    opened.get_by_role("dialog").wait_for()
    known = (HTML / "citations.js").read_text(encoding="utf-8")
    given = re.fullmatch(r"citations\((.*)\);\n", known)[1]
    paths = sorted(json.loads(f"[{given}]")[2])
    assert len(paths) > 400
    show = """paths => paths.map(path => {
      const link = Object.assign(document.createElement('a'), { href: `../${path}` });
      document.querySelector('dialog').close();
      showCitation(link);
      return Array.from(document.querySelectorAll('dialog button'), button => {
        if (button.textContent === 'Close') return null;
        button.click();
        return document.querySelector('dialog textarea').value;
      }).filter(value => value !== null);
    })"""
    for path, shown in zip(paths, opened.evaluate(show, paths), strict=True):
        assert shown == [plain(text) for text in told(path).values()], path


def test_before_a_link_is_followed_nothing_is_loaded_for_it(page):
    opened = page(TABLES)
    assert not any("cit" in url.rpartition("/")[2] for url in opened.requests)


def test_it_works_over_the_web_too(browser):
    with served() as address:
        opened = browser.new_page()
        opened.goto(f"{address}/{TABLES}")
        opened.locator("figure a.cite").first.click()
        opened.get_by_role("dialog").wait_for()
        assert re.search(r"\[fig-[\w-]+@", opened.get_by_role("textbox").input_value())
        opened.close()


def test_without_a_script_a_link_leads_to_the_file(browser):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((HTML / RECORD).as_uri())
    opened.get_by_label("Cite Paragraph 16", exact=True).click()
    opened.wait_for_url("**/p/16.json")
    context.close()


def test_if_the_citations_cannot_be_loaded_a_link_leads_to_the_file(browser):
    with served() as address:
        opened = browser.new_page()
        opened.route("**/citations.js", lambda route: route.abort())
        opened.goto(f"{address}/{RECORD}")
        opened.get_by_label("Cite Statement 16a", exact=True).click()
        opened.wait_for_url("**/s/16a.json")
        opened.close()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "phone"])
def test_a_link_is_large_enough_to_hit_and_stands_beside_its_heading(page, viewport):
    opened = page(RECORD, viewport)
    boxes = """links => links.map(link => {
      const [box, head] = [link, link.previousElementSibling].map(it => it.getBoundingClientRect());
      return [box.width, box.height, box.left >= head.right || box.top >= head.bottom];
    })"""
    found = opened.eval_on_selector_all(".item > a.cite", boxes)
    assert len(found) > 70
    assert [each for each in found if min(each[:2]) < 24 or not each[2]] == []


def test_paper_has_no_such_link(page):
    opened = page(RECORD)
    opened.emulate_media(media="print")
    assert opened.locator("a.cite:visible").count() == 0
