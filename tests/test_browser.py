"""The built pages as a browser shows them: from disk, on a screen and a phone, light and dark."""

import re
from urllib.parse import unquote

import furo
import pytest
from browsing import CHAPTERS, HTML, PAGES, PHONE, TELLING, WIDE, fresh

from analysis import paths

pytestmark = pytest.mark.needs_book

ITEMS = "book/record_organs.html"  # a page of the record
SMALLEST = 9  # pixels
STILL = 0.01
HEAVIEST = 135_000  # bytes: ten per cent less than a page may have

# What looks different once the style sheet of the theme is replaced by the given one. Of elements
# that no selector of a theme would tell apart, the first is looked at.
DIFFERENCES = """async (full) => {
  const name = (element) => {
    const ends = ['first', 'last'].filter((end) => element.matches(`:${end}-child`));
    const id = element.id && !/[0-9]/.test(element.id) ? `#${element.id}` : '';
    const names = [element.localName, id, element.getAttribute('class'), ...ends];
    return names.filter(Boolean).join('.');
  };
  const path = (element) =>
    element.parentElement ? `${path(element.parentElement)} ${name(element)}` : 'html';
  const parts = new Map();
  const seen = 'html, body, body *:not(script, style, symbol, symbol *)';
  for (const element of document.querySelectorAll(seen)) {
    if (!parts.has(path(element))) parts.set(path(element), element);
  }
  const keys = Array.from(getComputedStyle(document.body)).filter((key) => !key.startsWith('--'));
  const kinds = [null, '::before', '::after'];
  const looks = () => [...parts].flatMap(([at, element]) => kinds.map((part) => {
    const style = getComputedStyle(element, part);
    const shown = !part || style.content !== 'none';
    const values = keys.map((key) => style.getPropertyValue(key));
    return [`${at}${part ?? ''}`, shown ? values.join(';') : ''];
  }));
  const shortened = looks();
  const sheet = document.querySelector('link[rel=stylesheet][href*="furo.css"]');
  await new Promise((loaded, failed) => {
    Object.assign(sheet, { onload: loaded, onerror: failed, href: full });
  });
  return looks().filter(([, style], i) => style !== shortened[i][1]).map(([at]) => at);
}"""


# How far what was shown has moved since the page was opened, as browsers measure it: 0.1 is much.
MOVED = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: 'layout-shift', buffered: true });
  return observer.takeRecords().reduce((sum, shift) => sum + shift.value, 0);
}"""


def test_there_are_pages():
    assert PAGES, f"No pages in {HTML}. Run `make book` first."


def test_the_address_of_the_book_leads_to_its_first_page(browser):
    page = fresh(browser, "index.html", WIDE, "light")
    page.wait_for_selector("article h1")
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wrong_and_nothing_comes_from_elsewhere(visit, name):
    page = visit(name)
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(visit, name):
    urls = [re.sub(r"[?#].*", "", url) for url in visit(name).requests]
    files = {unquote(url).removeprefix("file://") for url in urls}
    weights = {path: (HTML / path).stat().st_size for path in files if not path.startswith("data:")}
    assert sum(weights.values()) < HEAVIEST, weights


@pytest.mark.parametrize("name", PAGES)
def test_every_link_into_the_book_lands(visit, name):
    page = visit(name)
    links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    inside = {link for link in links if link.startswith(HTML.as_uri())}
    missing = [link for link in inside if not lands(link)]
    assert missing == []


def lands(link):
    address, _, anchor = link.removeprefix(HTML.as_uri() + "/").partition("#")
    path = HTML / address.partition("?")[0]
    if anchor.startswith("?"):  # a view of the explorer: tests/test_explorer.py
        return path.is_file()
    return path.is_file() and (not anchor or f'id="{anchor}"' in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_no_anchor_is_there_twice(visit, name):
    ids = visit(name).eval_on_selector_all(
        "[id]", "elements => elements.map(element => element.id)"
    )
    assert [anchor for anchor in set(ids) if ids.count(anchor) > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_once_it_is_shown(visit, name):
    assert visit(name, PHONE).evaluate(MOVED) < STILL


def test_something_that_moves_is_found(browser):
    page = fresh(browser, PAGES[0], PHONE, "light")
    page.evaluate("document.querySelector('article').prepend(document.createElement('hr'))")
    page.add_style_tag(content="hr { height: 300px }")
    assert page.evaluate(MOVED) > STILL
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_tables_and_not_the_page(visit, name):
    page = visit(name, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    outside = """regions => regions.filter(region => {
        const box = region.getBoundingClientRect();
        const scrolls = getComputedStyle(region).overflowX === 'auto';
        return box.left < 0 || box.right > innerWidth || !scrolls;
    }).length"""
    assert page.eval_on_selector_all(".table-wrapper", outside) == 0


def test_some_table_is_wider_than_a_phone(visit):
    """The test above has something to test."""
    wider = "regions => regions.filter(region => region.scrollWidth > region.clientWidth).length"
    assert any(visit(name, PHONE).eval_on_selector_all(".table-wrapper", wider) for name in PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_words_in_figures_can_be_read_on_a_phone(visit, name):
    sizes = """texts => texts.map(text =>
        {
            const {a, b} = text.getScreenCTM();
            const size = parseFloat(getComputedStyle(text).fontSize);
            return [text.textContent, Math.hypot(a, b) * size];
        })"""
    found = visit(name, PHONE).eval_on_selector_all("figure svg text", sizes)
    assert [(text, size) for text, size in found if size < SMALLEST] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_described(visit, name):
    unnamed = "pictures => pictures.filter(it => !(it.alt || it.getAttribute('aria-label'))).length"
    assert (
        visit(name).eval_on_selector_all("article img, article svg.drawing, figure svg", unnamed)
        == 0
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_table_has_a_caption_and_every_header_a_scope(visit, name):
    page = visit(name)
    # A table of marks is the drawing of a figure, which has a name.
    bare = "!it.caption && !it.closest('figure[aria-labelledby]')"
    count = f"tables => tables.filter(it => {bare}).length"
    assert page.eval_on_selector_all("article table", count) == 0
    assert page.locator("article th:not([scope])").count() == 0


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_has_one_title_a_language_and_headings_in_order(visit, name):
    page = visit(name)
    levels = page.eval_on_selector_all(
        "article :is(h1, h2, h3, h4, h5, h6)", "them => them.map(it => +it.tagName[1])"
    )
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (
        levels
    )
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_theme_can_be_switched(visit):
    page = visit(ITEMS)
    colours = set()
    for _ in range(3):
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.locator(".theme-toggle:visible").first.click()
    assert len(colours) == 2


def test_the_theme_is_whole_on_a_phone_and_on_a_wide_screen(visit):
    """Rules that no page asks for are taken out of the theme's style sheet, and no others."""
    name = ITEMS
    header = "getComputedStyle(document.querySelector('.mobile-header')).display"
    assert visit(name).evaluate(header) == "none" and visit(name, PHONE).evaluate(header) == "flex"
    drawers = [visit(name, size).locator(".sidebar-drawer") for size in (WIDE, PHONE)]
    assert [drawer.is_visible() for drawer in drawers] == [True, False]


LOOKS = [(name, WIDE, "light", "screen") for name in TELLING]
LOOKS += [(name, PHONE, "dark", media) for name in TELLING[:1] for media in ("screen", "print")]


@pytest.mark.parametrize(("name", "viewport", "scheme", "media"), LOOKS)
def test_a_page_looks_as_with_the_whole_style_sheet_of_the_theme(
    browser, name, viewport, scheme, media
):
    page = fresh(browser, name, viewport, scheme)
    page.emulate_media(media=media, color_scheme=scheme)
    assert page.evaluate(DIFFERENCES, (furo.THEME_PATH / "static/styles/furo.css").as_uri()) == []
    page.context.close()


def test_a_missing_rule_of_the_theme_is_found(browser, tmp_path):
    """The test above sees the loss of a rule."""
    sheet = tmp_path / "furo.css"
    sheet.write_text(
        (HTML / "_static/styles/furo.css").read_text(encoding="utf-8") + "h1 { margin: 7px }"
    )
    page = fresh(browser, CHAPTERS[0], WIDE, "light")
    assert page.evaluate(DIFFERENCES, sheet.as_uri()) != []
    page.context.close()


def test_one_switch_shows_the_code_of_a_page_by_keyboard(browser):
    page = fresh(browser, "book/uptake.html", WIDE, "light")
    codes = page.locator(".code")
    assert codes.count() > 1 and not any(code.is_visible() for code in codes.all())
    page.get_by_label("Show the code of this page").focus()
    page.keyboard.press("Space")
    assert all(code.is_visible() for code in codes.all())
    page.context.close()


def test_the_first_page_has_no_code(visit):
    assert visit("book/index.html").locator(".code, #show-code").count() == 0


def test_an_item_of_the_record_has_a_link_to_itself(visit):
    page = visit(ITEMS)
    assert page.locator("#p-16 > h3 > a").get_attribute("href") == "#p-16"
    items = page.locator(".item").count()
    assert page.locator(".item > :is(h3, h4) > a:only-child").count() == items > 70
    sign = "link => getComputedStyle(link, '::after').content"
    assert "¶" in page.locator("#p-16 > h3 > a").evaluate(sign)


@pytest.mark.parametrize("name", PAGES)
def test_no_markup_is_left_in_the_text(visit, name):
    """A link that was not understood would stand there as it was written."""
    text = visit(name, PHONE).inner_text("article")
    assert [
        mark for mark in ("](#", "](", "{glue", "{numref", ":::", "[^", "|--", "|—") if mark in text
    ] == []


def test_a_reference_has_its_key_as_anchor(visit):
    page = visit(next(name for name in PAGES if "references" in name))
    keys = re.findall(
        r"^@\w+\{(\w+),", (paths.ROOT / "book" / "references.bib").read_text("utf-8"), re.MULTILINE
    )
    anchors = page.eval_on_selector_all(
        "article div.citation", "entries => entries.map(it => it.id)"
    )
    assert sorted(anchors) == sorted(f"ref-{key}" for key in keys) != []


def test_a_reference_runs_on_and_has_no_frame(visit):
    """The dialog with a citation has the class of a reference, and other looks."""
    page = visit("book/references.html")
    looks = """entries => entries.map(it => [
      getComputedStyle(it).borderTopWidth, getComputedStyle(it.querySelector('p')).display,
    ].join(' '))"""
    assert set(page.eval_on_selector_all("article div.citation", looks)) == {"0px block"}
