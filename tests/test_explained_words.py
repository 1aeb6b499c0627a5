"""Words of the glossary are explained where running text first uses them."""

import importlib
import sys

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from analysis import paths

EXTENSIONS = paths.ROOT / "book" / "_ext"
GLOSSARY = """# Glossary

Fish, river fish
: What lives in a river & is <not> a *boat*.

Fish ladder
: Steps for [fish](#steps).

Party
: A side.

## For builders

Weir
: A wall.

(steps)=
## Steps
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build pages with the extension and return them parsed, by name."""
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])

    def built(glossary=GLOSSARY, **pages):
        texts = {"index": "# Home\n", **pages} | ({"glossary": glossary} if glossary else {})
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        config = {
            "extensions": ["myst_parser", "explained_words"],
            "myst_enable_extensions": ["deflist", "colon_fence"],
            "glossary_page": "glossary",
        }
        folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
        app = Sphinx(*folders, "html", confoverrides=config, status=None, warning=None)
        app.build(force_all=True)
        assert app.statuscode == 0
        files = (tmp_path / "out").glob("*.html")
        return {file.stem: BeautifulSoup(file.read_text("utf-8"), "html.parser") for file in files}

    return built


def explained(page):
    return [button.get_text() for button in page.select("button[popovertarget]")]


def test_a_word_opens_its_definition_which_leads_to_the_glossary(build):
    pages = build(page="# Page\n\nThey count Fish here.\n")
    (button,), (meaning,) = (pages["page"].select(it) for it in ("button", "div[popover]"))
    assert button["popovertarget"] == meaning["id"] == "term-fish"
    assert button.parent.get_text() == "They count Fish here."
    assert meaning.get_text() == "Fish, river fish: What lives in a river & is <not> a boat."
    page, _, anchor = meaning.a["href"].partition("#")
    assert pages[page.removesuffix(".html")].find(id=anchor).get_text() == "Fish, river fish"


def test_the_first_use_of_a_term_is_explained_whatever_its_form(build):
    text = "# Page\n\nNo party.\nTwo parties.\n\n- River\n  fish swim; fish rest.\n"
    assert explained(build(page=text)["page"]) == ["party", "River\nfish"]


def test_of_two_terms_in_one_place_the_longer_is_explained(build):
    text = "# Page\n\nFish ladders help fish, but not catfish, fishers or fish-eaters.\n"
    assert explained(build(page=text)["page"]) == ["Fish ladders", "fish"]


def test_no_line_begins_with_what_follows_a_word_or_ends_with_what_opens_it(build):
    text = "# Page\n\nThey count (fish), and the party\u2019s boats.\n"
    page = build(page=text)["page"]
    assert [kept.get_text() for kept in page.select(".kept")] == ["(fish),", "party\u2019s"]
    assert page.p.get_text() == "They count (fish), and the party\u2019s boats."


@pytest.mark.parametrize(
    "text",
    [
        "## Fish",
        "`fish`",
        "```\nfish\n```",
        "[The fish](index.md)",
        "**What of fish?** Nothing.",
        "| Fish |\n| --- |\n| fish |",
        ":::{table} Fish\n| A |\n| --- |\n| b |\n:::",
        ":::{container} item\nfish\n:::",
        "Fish\n: What swims.",
        "A weir.",
    ],
)
def test_only_running_text_is_explained_and_only_terms_for_readers(build, text):
    assert explained(build(page=f"# Page\n\n{text}\n")["page"]) == []


def test_a_page_explains_a_few_words_and_no_more(build):
    terms = [f"Term {letter}" for letter in "abcdefghijklm"]
    glossary = "# Glossary\n\n" + "\n\n".join(f"{term}\n: It." for term in terms)
    page = build(glossary, page=f"# Page\n\n{', '.join(terms)}.\n")["page"]
    assert explained(page) == terms[: len(page.select("div[popover]"))]
    assert 0 < len(explained(page)) <= 10


def test_the_glossary_explains_itself_and_the_page_for_developers_nothing(build):
    pages = build(develop="# How it is made\n\nFish.\n")
    assert [name for name, page in pages.items() if explained(page)] == []


def test_a_book_without_a_glossary_and_a_glossary_without_a_list_are_built(build):
    assert explained(build(None, page="# Page\n\nFish.\n")["page"]) == []
    assert explained(build("# Glossary\n", page="# Page\n\nFish.\n")["page"]) == []


def test_a_definition_is_no_text_of_the_page(build):
    """Search finds the glossary, not every page that uses the word."""
    sections = importlib.import_module("passage_search").sections
    pages = build(page="# Page\n\nFish.\n")
    parts = {name: pages[name].select_one("[role=main]") for name in ("page", "glossary")}
    found = {
        name: str(list(sections(f"<article>{part}</article>"))) for name, part in parts.items()
    }
    assert {name for name in found if "boat" in found[name]} == {"glossary"}


# --- the built book -----------------------------------------------------------------------------

PAGE = "book/panels.html"


@pytest.fixture
def page(chromium, html):
    """A page of the book on a phone, without scripts."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        viewport = {"width": 390, "height": 844}
        page = running.new_context(java_script_enabled=False, viewport=viewport).new_page()
        page.goto((html / PAGE).as_uri())
        yield page
        running.close()


@pytest.mark.needs_book
def test_a_definition_opens_by_tap_and_by_key_and_closes_by_key(page):
    word, meaning = page.locator(".explained").first, page.locator(".meaning").first
    assert not meaning.is_visible()
    word.click()
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert 0 <= box["x"] and box["x"] + box["width"] <= 390, "all of it is on the phone"
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert meaning.locator("a").evaluate("link => link === document.activeElement")


@pytest.mark.needs_book
def test_an_explained_word_takes_no_more_room_than_the_word(page):
    heights = "all => all.map(it => it.getBoundingClientRect().height)"
    before = page.locator("article p").evaluate_all(heights)
    words = "all => all.forEach(it => it.replaceWith(...it.childNodes))"
    page.locator(".explained").evaluate_all(words)
    assert page.locator("article p").evaluate_all(heights) == before
