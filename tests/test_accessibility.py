"""The built pages for readers who use the keyboard, a screen reader, large print or paper."""

import re
from itertools import takewhile

import pytest
from browsing import CHAPTERS, HTML, PAGES, TELLING, fresh

pytestmark = pytest.mark.needs_book

# 320 pixels are what is left of 1280 at a zoom of 400 per cent.
NARROW, PHONE, DESK = (
    {"width": 320, "height": 256},
    {"width": 390, "height": 844},
    {"width": 1280, "height": 900},
)
WIDTHS = {"narrow": NARROW, "desk": DESK}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Another scheme has other colours, and is the same in all else. A wide window shows in the same
# colours what a telephone shows: there they are measured on pages that together have all there is.
SCHEMES = ("light", "dark")
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
NO_COLOURS = RULES | {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
COLOURS = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
LONG = next(name for name in PAGES if "uptake" in name)

# Of an element that has the focus: its name, the drawer it is in, whether it is hidden (no part of
# any of its lines is on the screen with nothing above it), whether it is marked, and whether it had
# the focus before.
FOCUS = """() => {
  const it = document.activeElement;
  const clear = (x, y) => {
    const over = document.elementFromPoint(x, y);
    return over && (it.contains(over) || over.contains(it));
  };
  const shown = ({left, right, top, bottom}) =>
    [left + 2, (left + right) / 2, right - 2].some((x) => clear(x, (top + bottom) / 2));
  const done = it === document.body || it.walked;
  it.walked = true;
  return {
    name: it.getAttribute('aria-label') ?? it.innerText,
    drawer: it.closest('[popover]')?.id,
    hidden: ![...it.getClientRects()].some(shown),
    marked: getComputedStyle(it).outlineStyle !== 'none',
    done,
  };
}"""
# The names of all that can have the focus, and of those that are hidden when they have it, be it on
# the way down or on the way back.
WALK = f"""() => {{
  const stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
    .filter((it) => (it.focus(), it === document.activeElement));
  const focus = {FOCUS};
  const names = (some) => some.map((it) => (it.focus(), focus().name));
  const hidden = (some) => names(some.filter((it) => (it.focus(), focus().hidden)));
  return {{ stops: names(stops), hidden: [...hidden(stops), ...hidden(stops.reverse())] }};
}}"""


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


def violations(page, viewport, schemes=SCHEMES):
    """Return what is against the rules in a window of this size; colours only in these schemes."""
    page.set_viewport_size(viewport)
    rules = {"light": RULES if "light" in schemes else NO_COLOURS, "dark": COLOURS}
    return [
        f"{viewport['width']} {scheme} {rule['id']}: {' '.join(map(str, node['target']))}"
        for scheme in dict.fromkeys(["light", *schemes])
        for rule in run(page, scheme, rules[scheme])
        for node in rule["nodes"]
    ]


def run(page, scheme, rules):
    page.emulate_media(color_scheme=scheme)
    script = """rules => axe.run({...rules, resultTypes: ['violations']})
        .then(result => result.violations)"""
    return page.evaluate(script, rules)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_against(shared, axe, name):
    page = shared(name)
    page.evaluate(axe)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    wide = violations(page, DESK, SCHEMES if name in TELLING else ())
    assert wide + violations(page, PHONE) == []


FOUND = {
    "book/explorer.html#?outcome=none&words=doctors": ".found h3",
    "search.html?q=doctors": "#search-results h3",
    "search.html?q=zzzz": "#search-results li",
}


@pytest.mark.parametrize("address", FOUND)
def test_axe_finds_nothing_against_what_a_reader_has_found(shared, axe, address):
    page = shared("search.html")
    page.goto(f"{HTML.as_uri()}/{address}")
    page.wait_for_selector(FOUND[address])
    page.evaluate(axe)
    assert violations(page, DESK) + violations(page, PHONE) == []


@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
def test_axe_finds_nothing_against_an_open_drawer(shared, axe, drawer):
    page = shared(LONG, PHONE)
    page.evaluate(axe)
    page.get_by_role("button", name=drawer).click()
    assert violations(page, PHONE) == []


def test_axe_finds_nothing_against_an_open_citation(shared, axe):
    page = shared("book/record_organs.html")
    page.evaluate(axe)
    page.locator("a.cite").first.click()
    page.get_by_role("dialog").wait_for()
    assert violations(page, DESK, SCHEMES) + violations(page, PHONE, SCHEMES) == []


def test_axe_finds_nothing_against_your_own_copy_beside_the_record(shared, axe):
    page = shared("book/record_opening.html")
    page.evaluate(axe)
    page.locator(".own summary").click()
    page.locator(".own textarea").fill("1. Words.")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_function("document.querySelector('.own output').value.startsWith('No para')")
    page.evaluate("""() => {
        const show = (anchor, same) => ownWords.show(anchor, { words: "Words.", more: "", same });
        show("p-1", true);
        show("p-4", false);
        show("q4a", false);
    }""")
    assert page.locator(".own-words").count() == 3
    assert violations(page, DESK, SCHEMES) + violations(page, PHONE, SCHEMES) == []


def test_axe_finds_what_is_wrong(shared, axe):
    """The tests above can fail."""
    page = shared(LONG)
    page.evaluate(axe)
    page.evaluate("document.querySelector('article').innerHTML += '<img src=x>'")
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { article { color: #222 } }")
    found = " ".join(violations(page, DESK))
    assert "light image-alt" in found
    assert "dark color-contrast" in found and "light color-contrast" not in found


def stops(page, key="Tab"):
    """Yield what each press of a key brings the focus to, until it comes to the first again."""
    while True:
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if stop["done"]:
            return
        yield stop


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_on_a_page_is_reached_by_keyboard_in_its_order(shared, width):
    page = shared(LONG, WIDTHS[width])
    found = list(stops(page))
    assert [stop for stop in found if stop["hidden"] or not stop["marked"]] == []
    assert [stop["name"] for stop in found] == page.evaluate(WALK)["stops"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_has_the_focus_is_hidden(shared, name, width):
    """It is in no closed drawer, not off the screen, and not under the header."""
    found = shared(name, WIDTHS[width]).evaluate(WALK)
    assert found["hidden"] == []
    assert "Skip to content" in found["stops"] and ("Menu" in found["stops"]) == (width == "narrow")


def test_what_is_under_the_header_counts_as_hidden(shared):
    """The tests above can fail."""
    page = shared(LONG, NARROW)
    page.add_style_tag(content="html { scroll-padding: 0 } .mobile-header { height: 150px }")
    assert page.evaluate(WALK)["hidden"] != []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_skips_to_the_content(shared, width):
    page = shared(LONG, WIDTHS[width])
    first = next(stops(page))
    assert first["name"] == "Skip to content" and not first["hidden"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
@pytest.mark.parametrize("width", [NARROW, PHONE])
def test_a_drawer_opens_is_read_and_closes_by_keyboard(shared, width, drawer, key):
    page = shared(LONG, width)
    links = page.get_by_role("navigation", name="Pages" if drawer == "Menu" else drawer)
    assert links.count() == 0 and not expanded(page, drawer)
    page.get_by_role("button", name=drawer).press(key)
    assert links.is_visible() and expanded(page, drawer)
    found = list(takewhile(lambda stop: stop["drawer"], stops(page)))
    assert len(found) == links.locator(":is(a, button, input):visible").count()
    assert [stop for stop in found if stop["hidden"]] == []
    links.locator("a:visible").first.focus()
    page.keyboard.press("Escape")
    assert links.count() == 0 and not expanded(page, drawer)
    assert page.evaluate(FOCUS)["name"] == drawer


def expanded(page, name):
    """Return whether a button says that what it opens is open."""
    [button] = [it for it in tree(page) if it["role"] == "button" and it["name"] == name]
    return button["expanded"]


def tree(page):
    """Return what a screen reader is given: role, name, what is around it, and its states."""
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


@pytest.mark.parametrize(
    ("width", "shown", "behind"),
    [(1280, ["Pages"], {"On this page"}), (1440, ["Pages", "On this page"], set())],
)
def test_a_wide_window_shows_the_menu_and_then_the_contents(shared, width, shown, behind):
    found = tree(shared(LONG, {"width": width, "height": 900}))
    assert [it["name"] for it in found if it["role"] == "navigation"] == shown
    buttons = {it["name"] for it in found if it["role"] == "button"}
    assert buttons & {"Menu", "On this page"} == behind


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
        [name] = [
            it["name"] for it in tree(page) if "colours" in it["name"] and it["role"] == "button"
        ]
        said.append(name.rpartition("now ")[2])
        page.get_by_role("button", name="colours").click()
    assert said == ["those of the device", "dark", "light"]


@pytest.mark.parametrize("name", PAGES)
def test_no_sign_is_part_of_a_name_and_no_drawing_is_read_out(shared, name):
    found = tree(shared(name))
    names = [it["name"] for it in found if it["role"] not in ("StaticText", "InlineTextBox")]
    assert [name for name in names if re.search("[¶▸▾]", name)] == []
    assert [it for it in found if {"image", "img"} & set(it["parents"])] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_headings_tables_and_figures_lead_to_themselves(shared, name):
    titles = "section > :is(h1, h2, h3, h4), .item > :is(h3, h4), table caption, figcaption"
    strays = """them => them.filter(it => {
        const goal = document.getElementById(it.querySelector('a')?.hash.slice(1));
        return !goal?.contains(it);
    }).map(it => it.innerText)"""
    page = shared(name)
    assert page.locator(titles).count() > 0
    assert page.eval_on_selector_all(titles, strays) == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_figure_has_its_caption_for_a_name(shared, name):
    page = shared(name)
    figures = [it["name"] for it in tree(page) if it["role"] == "figure"]
    captions = page.locator("figure figcaption").all_inner_texts()
    assert figures == [" ".join(words.split()) for words in captions]


def test_search_says_how_much_it_has_found(shared):
    page = shared("search.html")
    page.get_by_label("Words to find").fill("organ")
    page.locator("main").get_by_role("button", name="Search").click()
    page.wait_for_selector("#search-results li")
    status = page.get_by_role("status")
    page.wait_for_function("document.querySelector('[role=status]').innerText.includes('Found')")
    assert status.count() == 1 and page.get_by_role("heading", level=1).inner_text() == "Search"


def test_nothing_moves(shared):
    """So there is nothing to leave out for a reader who asked for reduced motion."""
    moving = """all => all.filter(it => {
        const look = getComputedStyle(it);
        const still = look.transitionDuration === '0s' && look.animationName === 'none';
        return !still || look.scrollBehavior === 'smooth';
    }).map(it => it.className)"""
    assert shared(LONG).eval_on_selector_all("*", moving) == []


def test_paper_shows_no_buttons_menus_or_signs(shared):
    page = shared(LONG)
    page.emulate_media(media="print")
    for width in (720, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        for part in ("button:not(.explained)", "nav", ".skip-to-content"):
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
