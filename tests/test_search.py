"""Searching: which passages there are, and that a reader finds them, on a phone and a desk."""

import hashlib
import re
import sys

import pytest
from browsing import HTML, fresh, served

from analysis import paths
from analysis.page import paragraphs, passages, speakers, synonyms, themes

sys.path.append(str(paths.ROOT / "book" / "_ext"))
import passage_search as search  # noqa: E402

STATIC = paths.ROOT / "book" / "_static"
HEAVIEST = 120_000  # bytes: all that is loaded to search
SLOWEST = 300  # milliseconds from the list to the first result


# --- the passages -------------------------------------------------------------------------------


def test_everything_with_an_address_in_the_record_is_a_passage(shipped):
    found = [passage.anchor for passage in passages.passages(shipped)]
    wanted = {*paragraphs.anchors(shipped), *speakers.anchors(shipped).values()}
    wanted |= set(themes.anchors(shipped).values())
    assert wanted <= set(found) and len(found) == len(wanted) + sum("?" in it for it in found) + 1


def test_who_spoke_is_found_by_every_name_in_use(shipped):
    found = {passage.name: passage for passage in passages.passages(shipped)}
    for row in shipped.actor_names.merge(
        shipped.actors, left_on="actor", right_on="id"
    ).itertuples():
        if row.role != "floor":  # its names are words such as "a speaker"
            assert row.name_x in f"{row.name_y} {found[row.name_y].also}"
    assert (
        "Consejo Ciudadano"
        in found["Citizens Council for Security and Justice of Mexico City"].also
    )


def test_who_has_no_section_leads_to_a_view_or_to_the_paragraph_with_the_name(shipped):
    anchors = {passage.name: passage.anchor for passage in passages.passages(shipped)}
    assert anchors["Conny Rijken"] == "?speaker=rijken" and anchors["Hicham Mellati"] == "p-3"


def test_a_word_of_the_record_is_among_its_synonyms(shipped):
    """A group of which no word is in the book would find nothing."""
    words = " ".join(f"{each.name} {each.text} {each.also}" for each in passages.passages(shipped))
    words += (paths.ROOT / "book" / "made.ipynb").read_text(encoding="utf-8")
    groups = [forms for forms, _ in synonyms.SYNONYMS]
    missing = [forms for forms in groups if not any(re.search(form, words, re.I) for form in forms)]
    assert missing == []


PAGE = """<body><nav><p>Menu.</p></nav><article>
<section id="fish"><h1>Fish</h1><p>They <b>swim</b>.</p>
<section id="weirs"><h2>Weirs</h2><ul><li>One.</li><li><p>Two.</p></li></ul>
<table><tr><td>3</td></tr></table>
<details class="fold"><p>Folded.</p></details>
<div class="item" id="s-1a"><p>Item.</p></div></section>
<div class="meaning" id="term-net" popover><p>Net: a trap.</p></div>
<section id="what-this-does-not-show"><h2>What this does not show</h2><p>All.</p></section>
<dl><dt id="term-weir">Weir</dt><dd><p>A wall.</p></dd></dl></section></article></body>"""


def test_a_page_has_a_passage_for_each_section_and_each_entry_of_a_list():
    assert [tuple(passage) for passage in search.sections(PAGE)] == [
        ("term-weir", "Weir", "A wall.", ""),
        ("fish", "Fish", "They swim.", ""),
        ("weirs", "Weirs", "One. Two.", ""),
    ]


def test_a_long_section_is_cut_after_a_word():
    text = search.beginning("weir " * 100)
    assert len(text) <= search.LONGEST and text.endswith("weir…")


def test_the_engine_is_the_one_that_is_noted():
    """The file of another project is noted with version, licence and hash."""
    held = (STATIC / "minisearch.js").read_bytes()
    noted = (paths.ROOT / "book" / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(held).hexdigest() in noted
    version = re.search(rb"MiniSearch ([\d.]+)", held)[1].decode()
    assert f"MiniSearch {version}" in noted and b"Permission is hereby granted" in held


# --- the built book -----------------------------------------------------------------------------

WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
# What is typed, and one of the first passages that are then found in the record.
QUERIES = {
    "albino": "record_organs.html#s-23a",
    "doctors": "record_observations.html#r-40a",
    "child soldiers": "record_observations.html#r-47a",
    "Equality Now": "speakers.html#a-equality-now",
    "Rijken": "explorer.html#?speaker=rijken",
    "158": "record_opening.html#q4a",
    "43": "record_observations.html#p-43",
    "43a": "record_observations.html#r-43a",
    "non-punishment": "themes_protection.html#t-non-punishment",
    "Consejo Ciudadano": "speakers.html#a-citizens-council",
    "r-43a": "record_observations.html#r-43a",
    "NGO": "record_opening.html#p-4",
}
FIRST = 5


@pytest.fixture(scope="module")
def homes():
    with served() as address:
        yield {"http": address, "disk": HTML.as_uri()}


WAYS = [(way, width) for way in ("http", "disk") for width in WIDTHS]


@pytest.fixture(scope="module", params=WAYS)
def page(browser, homes, html, request):
    """A page for searching, once for each way and width."""
    way, width = request.param
    page = fresh(browser, "search.html", WIDTHS[width], "light")
    page.goto(f"{homes[way]}/search.html")
    yield page
    assert page.complaints == []
    page.context.close()


def find(page, query):
    """Type a query and press Enter; return the addresses in the record and on other pages."""
    page.locator("main input[name=q]").fill(query)
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_function("document.querySelector('[role=status]')?.textContent")
    links = "lists => lists.map(list => [...list.querySelectorAll('h3 a')].map(it => it.href))"
    return page.eval_on_selector_all("#search-results .found", links)


@pytest.mark.needs_book
def test_a_reader_finds_passages_by_words_names_and_numbers(page):
    missing = {}
    for query, wanted in QUERIES.items():
        first = find(page, query)[0][:FIRST]
        if not any(link.endswith(f"/book/{wanted}") for link in first):
            missing[query] = first
    assert missing == {}


@pytest.mark.needs_book
def test_a_result_leads_to_its_place_and_shows_its_words_and_its_page(page):
    find(page, "albino")
    result = page.locator("#search-results li", has_text="Statement 23a")
    assert result.locator("mark").first.inner_text() == "albinism"
    assert "The record: organ removal" in result.inner_text()
    result.locator("a").click()
    page.wait_for_url("**/record_organs.html#s-23a")
    assert page.locator("#s-23a").is_visible()
    page.go_back()


@pytest.mark.needs_book
def test_the_record_comes_before_what_other_pages_say_of_it(page):
    record, others = find(page, "organ removal")
    assert all(re.search(r"/(record_|themes_|speakers|explorer)", link) for link in record)
    assert page.locator("#search-results h2").all_inner_texts()[0].startswith("In the record")
    assert any("glossary" in link for link in find(page, "alpha")[0])
    assert "Found for “alpha”" in page.get_by_role("status").inner_text()


@pytest.mark.needs_book
def test_who_finds_nothing_is_helped_and_a_slip_is_forgiven(page):
    assert find(page, "zzzz") == []
    words = page.inner_text("main")
    assert "No passage has “zzzz”" in words and "The explorer" in words and "The record" in words
    assert any("#r-46a" in link for link in find(page, "survivers")[0])


@pytest.mark.needs_book
def test_the_box_beside_every_page_leads_there(browser, html):
    page = fresh(browser, "book/record.html", WIDTHS["desk"], "light")
    page.locator("nav input[name=q]").fill("43a")
    page.locator("nav input[name=q]").press("Enter")
    page.wait_for_selector("#search-results h3 a[href$='#r-43a']")
    page.context.close()


@pytest.mark.needs_book
def test_what_searching_needs_is_small_is_quick_and_is_loaded_by_whoever_searches(browser, html):
    page = fresh(browser, "search.html", WIDTHS["phone"], "light")
    parts = ("words.js", "minisearch.js", "passages.js", "search.js")
    assert not any(url.endswith(parts) for url in page.requests)
    page.goto((html / "search.html").as_uri() + "?q=doctors")
    page.wait_for_selector("#search-results h3")
    loaded = [url for url in page.requests if url.endswith(parts)]
    sizes = {url: (html / url.removeprefix(html.as_uri() + "/")).stat().st_size for url in loaded}
    assert len(sizes) == len(parts) and sum(sizes.values()) < HEAVIEST, sizes
    spent = page.evaluate("performance.getEntriesByName('search')[0].duration")
    assert spent < SLOWEST
    page.context.close()


@pytest.mark.needs_book
def test_nothing_of_the_engine_of_sphinx_is_left(html):
    names = {path.name for path in html.rglob("*.js")}
    assert names & {"searchindex.js", "searchtools.js", "language_data.js", "doctools.js"} == set()
    assert "searchindex" not in (html / "search.html").read_text(encoding="utf-8")


@pytest.mark.needs_book
def test_every_passage_lands(html):
    text = (html / "passages.js").read_text(encoding="utf-8")
    given = search.json.loads(text.removeprefix("const PASSAGES=").removesuffix(";\n"))
    assert list(given["titles"]) == sorted(given["titles"]), "one order, whatever that of hashes"
    lost = []
    for part in ("record", "pages"):
        for page, rows in given[part].items():
            ids = set(re.findall(r'\bid="([^"]+)"', (html / f"{page}.html").read_text("utf-8")))
            lost += [row[0] for row in rows if row[0] not in ids and not row[0].startswith("?")]
    assert lost == []
