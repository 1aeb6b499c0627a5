"""What a reader who uses the keyboard, a screen reader, large print or paper gets from the built pages."""

import re

import pytest
from browsing import CHAPTERS, HTML, PAGES, fresh

pytestmark = pytest.mark.needs_book

# 320 pixels are what is left of 1280 at a zoom of 400 per cent.
NARROW, PHONE, DESK = (
    {"width": 320, "height": 256},
    {"width": 390, "height": 844},
    {"width": 1280, "height": 900},
)
WIDTHS = {"narrow": NARROW, "desk": DESK}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = f"axe.run({{runOnly: {RULES}, resultTypes: ['violations']}})"
LONG = next(name for name in PAGES if "uptake" in name)

# What has the focus: its kind and name, its place, and whether another thing covers its first line.
FOCUSED = """() => {
  const it = document.activeElement;
  const [box] = it.getClientRects();
  const over = box && document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 0), innerHeight - 1));
  return {
    tag: it.localName,
    name: it.getAttribute('aria-label') ?? it.innerText ?? '',
    drawer: it.closest('[popover]')?.id,
    seen: Boolean(box) && box.width > 0 && box.right > 0 && box.left < innerWidth
      && box.bottom > 0 && box.top < innerHeight && it.checkVisibility({visibilityProperty: true}),
    covered: Boolean(over) && !it.contains(over) && !over.contains(it)
      && !it.closest('label')?.contains(over) && `${over.localName}.${over.className}`,
  };
}"""


@pytest.fixture(scope="module")
def shared(browser):
    """Open one page after the other in one window, which is quicker than a window for each."""
    page = fresh(browser, PAGES[0], DESK, "light")

    def opened(name, viewport=DESK):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="light", media="screen")
        page.goto((HTML / name).as_uri())
        return page

    yield opened
    page.context.close()


@pytest.fixture(scope="module")
def axe():
    """The script of axe-core."""
    return pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT


def violations(page, scheme, viewport):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(viewport)
    return [
        f"{scheme} {viewport['width']} {rule['id']}: {' '.join(map(str, node['target']))}"
        for rule in page.evaluate(AXE)["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_against(shared, axe, name):
    page = shared(name)
    page.evaluate(axe)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    found = [
        violations(page, scheme, viewport)
        for scheme in ("light", "dark")
        for viewport in (DESK, PHONE)
    ]
    assert sum(found, []) == []


@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
def test_axe_finds_nothing_against_an_open_drawer(shared, axe, drawer):
    page = shared(LONG, PHONE)
    page.evaluate(axe)
    page.get_by_role("button", name=drawer).click()
    assert violations(page, "light", PHONE) + violations(page, "dark", PHONE) == []


def test_axe_finds_what_is_wrong(shared, axe):
    """The tests above can fail."""
    page = shared(LONG)
    page.evaluate(axe)
    page.evaluate("document.querySelector('article').innerHTML += '<img src=x>'")
    assert any("image-alt" in found for found in violations(page, "light", DESK))


def stops(page, key="Tab"):
    """Yield what each press of a key brings the focus to, until it leaves the page."""
    while True:
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "body":
            return
        yield stop


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_everything_that_has_the_focus_is_seen(shared, name, width):
    """No stop is in a closed drawer, off the screen, or under the header."""
    page = shared(name, WIDTHS[width])
    found = list(stops(page))
    assert len(found) > 10
    assert [stop for stop in found if not stop["seen"] or stop["covered"]] == []


def test_nothing_is_covered_on_the_way_back(shared):
    """Then the page scrolls up, and the link to its top is shown."""
    page = shared(LONG, NARROW)
    page.locator("footer a").last.focus()
    assert [stop for stop in stops(page, "Shift+Tab") if not stop["seen"] or stop["covered"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_skips_to_the_content(shared, width):
    page = shared(LONG, WIDTHS[width])
    first = next(stops(page))
    assert first["name"] == "Skip to content" and first["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
@pytest.mark.parametrize("width", [NARROW, PHONE])
def test_a_drawer_opens_takes_the_focus_and_closes_by_keyboard(shared, width, drawer, key):
    page = shared(LONG, width)
    button, pages = (
        page.get_by_role("button", name=drawer),
        page.get_by_role("navigation", name="Pages" if drawer == "Menu" else drawer),
    )
    assert pages.count() == 0
    button.press(key)
    assert pages.is_visible() and expanded(page, drawer)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert first["drawer"] and first["seen"]
    assert all(stop["seen"] and not stop["covered"] for stop in within(page, first["drawer"]))
    page.keyboard.press("Escape")
    assert pages.count() == 0 and not expanded(page, drawer)
    assert page.evaluate(FOCUSED)["name"] == drawer


def within(page, drawer):
    for stop in stops(page):
        if stop["drawer"] != drawer:
            return
        yield stop


def expanded(page, name):
    """Return whether a button says that what it opens is open."""
    [button] = [it for it in tree(page) if it["role"] == "button" and it["name"] == name]
    return button["expanded"]


def tree(page):
    """Return what a screen reader is given: role and name of each thing, and what it says of itself."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    value = {node["nodeId"]: node for node in nodes}
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            "parents": [value[above]["role"]["value"] for above in ancestors(node, value)],
            **{item["name"]: item["value"].get("value") for item in node.get("properties", [])},
        }
        for node in nodes
        if not node["ignored"]
    ]


def ancestors(node, nodes):
    while (above := node.get("parentId")) in nodes:
        yield above
        node = nodes[above]


def test_a_drawer_opens_without_scripts(browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto((HTML / LONG).as_uri())
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="The record", exact=True).is_visible()
    context.close()


def test_a_wide_window_shows_the_menu_and_needs_no_button(shared):
    page = shared(LONG, DESK)
    assert page.get_by_role("navigation", name="Pages").is_visible()
    assert page.get_by_role("button", name="Menu").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_the_parts_of_a_page_are_told_apart(shared, name):
    page = shared(name)
    current = [it for it in tree(page) if it["role"] == "navigation"]
    assert current[0]["name"] == "Pages"
    assert page.locator("main").count() == 1 and page.locator("main h1").count() == 1
    assert page.locator("meta[name=viewport]").count() == 1


def test_the_menu_marks_the_page_that_is_open(shared):
    page = shared(LONG)
    marked = page.locator("nav [aria-current=page]")
    assert marked.count() == 1
    assert marked.inner_text() == page.locator("h1").inner_text().rstrip("¶")


def test_the_theme_button_says_what_is_chosen(shared):
    page = shared(LONG)
    page.evaluate("localStorage.clear()")
    page.reload()
    said = []
    for _ in range(3):
        [name] = [it["name"] for it in tree(page) if "colours" in it["name"] and it["role"] == "button"]
        said.append(name.rpartition("now ")[2])
        page.get_by_role("button", name="colours").click()
    assert said == ["those of the device", "dark", "light"]


@pytest.mark.parametrize("name", PAGES)
def test_no_sign_is_part_of_a_name_and_no_drawing_is_read_out(shared, name):
    found = tree(shared(name))
    assert [it["name"] for it in found if re.search("[¶▸▾]", it["name"])] == []
    assert [it for it in found if {"image", "img"} & set(it["parents"])] == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_tables_and_figures_lead_to_themselves(shared, name):
    page = shared(name)
    headings = "article :is(h1, h2, h3, h4, h5, h6)"
    own = """them => them.filter(it => {
        const link = it.querySelector('a');
        return !link || !it.closest(link.getAttribute('href').replace(/[^\\w#-]/g, '\\\\$&'));
    }).map(it => it.innerText)"""
    if name in CHAPTERS:
        assert page.eval_on_selector_all(f"{headings}, table caption, figcaption", own) == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_figure_has_its_caption_for_a_name(shared, name):
    page = shared(name)
    figures = [it["name"] for it in tree(page) if it["role"] == "figure"]
    captions = page.locator("figure figcaption").all_inner_texts()
    assert [words[:20] for words in figures] == [words[:20] for words in captions]


def test_search_says_how_much_it_has_found(shared):
    page = shared("search.html")
    page.get_by_label("Words to find").fill("organ")
    page.locator("main").get_by_role("button", name="Search").click()
    page.wait_for_selector("#search-results li")
    status = page.get_by_role("status")
    page.wait_for_function("document.querySelector('[role=status]').innerText.includes('found')")
    assert status.count() == 1 and page.get_by_role("heading", level=1).inner_text() == "Search"


def test_nothing_moves(shared):
    """So there is nothing to leave out for a reader who asked for reduced motion."""
    moving = """all => all.filter(it => {
        const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(it);
        return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
    }).map(it => it.className)"""
    assert shared(LONG).eval_on_selector_all("*", moving) == []


@pytest.mark.parametrize("name", [LONG, "search.html"])
def test_paper_shows_no_buttons_menus_or_signs(shared, name):
    page = shared(name)
    page.emulate_media(media="print")
    for width in (720, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        for part in ("button", "nav", ".skip-to-content"):
            assert not any(it.is_visible() for it in page.locator(part).all()), part
    signs = """them => them.filter(it =>
        getComputedStyle(it, '::after').content.includes('¶')).length"""
    assert page.eval_on_selector_all("article a", signs) == 0


def test_the_address_of_the_book_is_a_whole_page():
    text = (HTML / "index.html").read_text(encoding="utf-8")
    first = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)[1]
    assert text.startswith("<!doctype html>") and 'lang="en"' in text and "viewport" in text
    assert "<title>Paragraph 53</title>" in text and f'<a href="{first}">' in text
    assert (HTML / first).is_file()
