"""Contesting a code: the message for each item, and the links that a page has for it."""

import json
import re
import sys
from dataclasses import replace
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pandas as pd
import pytest
from sphinx.application import Sphinx

from analysis import cite, items, paths, record
from analysis.page import contest, paragraphs, show

EXTENSIONS = paths.ROOT / "book" / "_ext"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
URL, CONTACT = "https://example.org/us/it", "us@example.org"
LINKS = pd.DataFrame({"recommendation": ["9a", "10a"], "statement": ["5b", "6b"], "reason": "Why."})


@pytest.fixture
def related(small):
    """The small data with a link beyond uptake."""
    row = {"statement": "6a", "other": "9b", "kind": "concern behind", "reason": "It costs."}
    return replace(small, relations=pd.DataFrame([row]))


# --- the messages -------------------------------------------------------------------------------


def test_every_item_and_every_link_has_a_message(shipped):
    given = contest.texts(shipped, "now")
    items = [*shipped.statements.id, *shipped.recommendations.id, *shipped.claims.id]
    items += list(shipped.uptake.statement + ">" + shipped.uptake.recommendation)
    items += list(shipped.relations.statement + ">" + shipped.relations.other)
    assert sorted(given) == sorted(items)


def test_a_message_names_item_version_words_and_codes_and_leaves_room(small):
    subject, text = contest.texts(small, "version 1")["5b"]
    assert subject == "Contest statement 5b"
    assert text.splitlines() == [
        "Item: statement 5b",
        "Data: version 1",
        "Hash of the words: 62724df937e7",
        "",
        "What is coded:",
        "",
        "- speaker: Mill Museum",
        "- act: proposal",
        "- action category: 5",
        "- themes: Fish",
        "- gist: The museum asked for a ladder at each weir.",
        "",
        contest.ASKED,
        "",
    ]


def test_the_beginning_of_a_hash_tells_any_two_passages_apart(shipped):
    for table in (shipped.statements, shipped.recommendations, shipped.claims):
        assert table.sha256.str[: items.SHORT].is_unique


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        ("9a", ["Item: recommendation 9a", "- addressee stated: States", "- first verb: build"]),
        ("10a", ["Item: recommendation 10a", "- addressee inferred: States"]),
        ("q2a", ["Item: claim q2a", "- quantity: 12", "- measures: clubs that took part"]),
        ("5b>9a", ["Item: link 5b>9a", "- uptake: full", "- reason: The same ladders."]),
        ("6a>9b", ["Item: link 6a>9b", "- relation: concern behind", "- reason: It costs."]),
    ],
)
def test_what_is_coded_depends_on_the_item(related, item, lines):
    text = contest.texts(related, "now")[item][1]
    assert [line for line in lines if line not in text.splitlines()] == []
    hashes = re.search(r"Hash of the words: (.*)", text)[1].split(", ")
    assert [len(each) for each in hashes] == [12] * len(item.split(">"))


def test_a_message_is_short_enough_for_an_address(shipped):
    """Some programs refuse one of more than 2,000 characters."""
    messages = contest.texts(shipped, cite.read()["edition"])
    long = {item: len(quote(text)) for item, (_, text) in messages.items()}
    assert {item: length for item, length in long.items() if length > 1900} == {}


def test_objections_are_listed_with_links_to_their_items(small):
    items = ["5b", "6b>10a", "Mill Museum"]
    rows = [dict.fromkeys(small.objections, "x") | {"item": item} for item in items]
    table = contest.received(replace(small, objections=pd.DataFrame(rows)))
    assert [show.source(item) for item in table["item"]] == [
        "[5b](#s-5b)",
        "[6b](#s-6b) to [10a](#r-10a)",
        "Mill Museum",
    ]


# --- the links on a page ------------------------------------------------------------------------


@pytest.fixture
def build(tmp_path, monkeypatch, small):
    """Build a page with the small record and a page without; return the folder."""
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    monkeypatch.setattr(record, "load", lambda: small)
    sections = [paragraphs.section(small, number).markdown for number in small.sections.number]
    table = show.table(
        LINKS,
        name="tab-uptake-links",
        caption="Links",
        links={"recommendation": "r-{}", "statement": "s-{}"},
    )
    text = "\n\n".join(["# Record", "[The way](#contest)", *sections, table.markdown])
    (tmp_path / "index.md").write_text(text, encoding="utf-8")
    way = "---\norphan: true\n---\n# Cite\n\n(contest)=\n\n## Contest a code\n\nSay so.\n"
    (tmp_path / "cite.md").write_text(way, encoding="utf-8")

    def built(**settings):
        config = {
            "extensions": ["myst_parser", "edition", "repository_links", "permalinks", "contest"],
            "html_theme": "furo",
            "myst_enable_extensions": ["attrs_inline", "colon_fence"],
        }
        folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
        app = Sphinx(*folders, "html", confoverrides=config | settings, status=None, warning=None)
        app.build(force_all=True)
        assert app.statuscode == 0
        return tmp_path / "out"

    return built


def script(page):
    return re.findall(r'<script[^>]*src="[^"]*contest\.js[^>]*>', page.read_text(encoding="utf-8"))


def test_blank_settings_give_no_script_and_no_messages(build):
    out = build()
    assert script(out / "index.html") == [] and list(out.rglob("contest*")) == []


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"repository_url": URL}, f"{URL}/issues/new?title="),
        ({"contact": CONTACT}, f"mailto:{CONTACT}?subject="),
        ({"repository_url": URL, "contact": CONTACT}, f"{URL}/issues/new?title="),
    ],
)
def test_an_address_gives_a_script_to_pages_with_items(build, small, settings, address):
    out = build(**settings)
    assert len(script(out / "index.html")) == 1 and script(out / "cite.html") == []
    text = (out / "contest-messages.js").read_text(encoding="utf-8")
    where, messages = json.loads(re.fullmatch(r"contest\(\.\.\.(.*)\);\n", text)[1])
    assert where == address
    edition = cite.read()["edition"]
    assert messages == json.loads(json.dumps(contest.texts(small, edition)))


@pytest.fixture
def page(chromium, build):
    """Open the page in a browser, with the settings given."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=[*FLAGS])

        def opened(scripts=True, **settings):
            out = build(**settings)
            page = running.new_context(java_script_enabled=scripts, offline=True).new_page()
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            page.goto((out / "index.html").as_uri())
            return page

        yield opened
        running.close()


def test_every_item_and_every_link_has_one_link_that_says_what_it_is_for(page, small):
    labels = page(contact=CONTACT).eval_on_selector_all(
        "a.contest", "links => links.map(link => link.getAttribute('aria-label'))"
    )
    items = [*small.statements.id, *small.recommendations.id, *small.claims.id]
    pairs = [f"{row.recommendation} to {row.statement}" for row in LINKS.itertuples()]
    assert sorted(labels) == sorted(f"contest {item}" for item in [*items, *pairs])


def test_a_link_opens_a_message_about_its_item(page, small):
    opened = page(contact=CONTACT)
    link = opened.locator("#s-5b a.contest")
    assert link.get_attribute("href") == "cite.html#contest"
    assert not any("messages" in url for url in opened.asked), "messages are loaded when needed"
    link.focus()
    opened.wait_for_function("document.querySelector('#s-5b a.contest').href.startsWith('mailto')")
    texts = contest.texts(small, cite.read()["edition"])
    for place, item in {"#s-5b": "5b", "#r-9a": "9a", "tr:has([href='#r-10a'])": "6b>10a"}.items():
        href = opened.locator(f"{place} a.contest").last.get_attribute("href")
        address, _, text = href.partition("&body=")
        assert address == f"mailto:{CONTACT}?subject=" + address.partition("=")[2]
        assert (unquote(address.partition("=")[2]), unquote(text)) == texts[item]


def test_a_click_leads_to_the_issue_also_before_the_messages_are_there(page, small):
    opened = page(repository_url=URL)
    with opened.expect_request(re.compile("example.org")) as request:
        opened.evaluate("document.querySelector('#s-5b a.contest').click()")
    given = parse_qs(urlsplit(request.value.url).query)
    texts = contest.texts(small, cite.read()["edition"])
    assert (given["title"][0], given["body"][0]) == texts["5b"]


def test_without_scripts_a_reader_finds_the_way(page):
    opened = page(scripts=False, contact=CONTACT)
    assert opened.locator("a.contest").count() == 0
    assert opened.locator("article a", has_text="The way").count() == 1
