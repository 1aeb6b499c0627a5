"""What a reader must be able to do: find in three clicks, and follow a link to what it names."""

import pytest
from browsing import HTML, fresh

pytestmark = pytest.mark.needs_book

WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
NARROW = {"narrow": {"width": 320, "height": 640}}
LANDING = "book/index.html"
# The question, the words of each link from the landing page on, and what is then on the screen.
QUESTIONS = {
    "what Equality Now asked for, and what became of it": (
        ["What each asked for", "Equality Now"],
        "Equality Now",
        ["Asked for", "no counterpart"],
    ),
    "what concerns doctors, and who asked": (
        ["Each subject", "Reporting by health professionals"],
        "Reporting by health professionals",
        ["Asked for", "The floor", "Recommended"],
    ),
    "what was said about persons with albinism": (
        ["Each subject", "Causes and vulnerability"],
        "Causes and vulnerability",
        ["albinism"],
    ),
    "how many organizations came each year": (
        ["Who took part each year"],
        "How many organizations came each year",
        ["60 in 2022", "92 in 2023", "158 in 2024"],
    ),
    "how sure one can be": (["How sure one can be"], "How far readers agree", ["alpha"]),
}


@pytest.fixture(params=WIDTHS)
def page(browser, request):
    page = fresh(browser, LANDING, WIDTHS[request.param], "light")
    yield page
    page.context.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_reader_finds_it_in_three_clicks_from_the_landing_page(page, question):
    clicks, heading, found = QUESTIONS[question]
    assert len(clicks) <= 3
    for words in clicks:
        page.locator("article a:visible", has_text=words).first.click()
    # What is there when the reader arrives, and in the section that this is the beginning of.
    title = page.locator("article :is(h1, h2, h3, h4):visible", has_text=heading).first
    section = title.locator("xpath=..")
    words = " ".join(section.inner_text().split())
    assert [each for each in found if each not in words] == []


ADDRESSES = ["s-27l", "p-43", "r-43a", "q26b"]
FIGURES = ["index.html#fig-proposals", "uptake.html#fig-matches", "uptake.html#tab-concerns"]
# Where the beginning of the target is, what covers its middle there, and how it is set apart.
ARRIVED = """id => {
  const target = document.getElementById(id);
  const [box] = target.getClientRects();
  const bar = document.querySelector('.mobile-header').getBoundingClientRect();
  const over = document.elementFromPoint(box.left + Math.min(20, box.width / 2), box.top + 6);
  const style = getComputedStyle(target);
  const outer = getComputedStyle(target.closest('.table-wrapper') ?? target);
  return {
    below: box.top >= bar.bottom - 1,
    inside: box.top < innerHeight && box.left >= 0,
    seen: target.contains(over) || over.contains(target),
    marked: style.backgroundColor !== 'rgba(0, 0, 0, 0)' || outer.outlineStyle === 'solid',
  };
}"""
ALL = {"below": True, "inside": True, "seen": True, "marked": True}


@pytest.mark.parametrize("width", [*WIDTHS, *NARROW])
@pytest.mark.parametrize("address", FIGURES)
def test_a_link_to_a_figure_or_table_shows_it_marked_below_the_header(browser, address, width):
    page = fresh(browser, LANDING, (WIDTHS | NARROW)[width], "light")
    page.goto(
        (HTML / "book" / address.partition("#")[0]).as_uri() + f"#{address.partition('#')[2]}"
    )
    assert page.evaluate(ARRIVED, address.partition("#")[2]) == ALL
    page.context.close()


@pytest.mark.parametrize("width", [*WIDTHS, *NARROW])
@pytest.mark.parametrize("anchor", ADDRESSES)
def test_an_address_of_the_record_leads_to_its_place_and_the_place_has_its_own_link(
    browser, anchor, width
):
    page = fresh(browser, LANDING, (WIDTHS | NARROW)[width], "light")
    page.goto((HTML / "book/record.html").as_uri() + f"#{anchor}")
    page.wait_for_url(f"**/record_*.html#{anchor}")
    assert page.evaluate(ARRIVED, anchor) == ALL
    if not anchor.startswith("q"):  # a quantity has an anchor, and no heading
        assert page.locator(f"#{anchor} a").first.get_attribute("href") == f"#{anchor}"
    page.context.close()


def test_without_a_script_an_address_of_the_record_has_a_line_that_leads_on(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((HTML / "book/record.html").as_uri() + "#s-27l")
    line = page.locator("#s-27l")
    assert line.is_visible() and line.inner_text() == "27l"
    assert line.get_attribute("href").startswith("record_") and "#s-27l" in line.get_attribute(
        "href"
    )
    page.context.close()


@pytest.mark.parametrize("anchor", ["s-27l", "p-27"])
def test_a_heading_copies_its_own_address_and_says_so(page, anchor):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((HTML / "book/record_children.html").as_uri())
    link = page.locator(f"#{anchor} a").first
    link.click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{page.url}"
    assert page.url.endswith(f"record_children.html#{anchor}")
    assert page.get_by_role("status").inner_text() == "Link copied"
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert shown == '"Link copied"'
