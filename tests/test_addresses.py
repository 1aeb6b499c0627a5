"""Published addresses: each is still on its page, and everything coded is on the list."""

import importlib.util
import re
from dataclasses import replace
from datetime import date

import pytest

from analysis import cite, items, paths, record

SPEC = importlib.util.spec_from_file_location("addresses", paths.ROOT / "tools" / "addresses.py")
addresses = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(addresses)

PUBLISHED = addresses.published()
GONE = "published addresses are gone: keep their names, or retire their ids as in CONTRIBUTING.md"


def test_everything_that_is_coded_is_published():
    assert addresses.coded() - PUBLISHED == set(), "run: make addresses"


def test_the_data_still_have_every_anchor_that_is_published():
    kinds = [kind for kind in items.CITABLE.values() if kind.page]
    places = tuple({f"{kind.page}#" for kind in kinds} | {f"{kind.folder}/" for kind in kinds})
    coded = {each for each in PUBLISHED if each.startswith(places)}
    assert coded - addresses.coded() == set(), GONE


@pytest.mark.needs_book
def test_every_published_address_is_on_its_page(html):
    """A page of its own is an address too."""
    pages = {each.partition("#")[0] for each in PUBLISHED}
    found = {page for page in pages if (html / page).is_file()}
    for page in {page for page in found if page.endswith(".html")}:
        text = (html / page).read_text(encoding="utf-8")
        found |= {f"{page}#{anchor}" for anchor in re.findall(r'\bid="([^"]+)"', text)}
    assert PUBLISHED - found == set(), GONE


@pytest.mark.needs_book
def test_a_published_address_of_the_record_leads_to_the_place_itself(html):
    """The record was one page; that page has become the contents of several."""
    record_page = items.CITABLE["statement"].page
    contents = (html / record_page).read_text(encoding="utf-8")
    leads = dict(re.findall(r'<a href="(record_\w+\.html#([^"]+))" id="\2">', contents))
    places = {anchor: page.partition("#")[0] for page, anchor in leads.items()}
    anchors = {each.partition("#")[2] for each in PUBLISHED if record_page in each}
    assert set(places) == anchors
    texts = {page: (html / "book" / page).read_text(encoding="utf-8") for page in places.values()}
    assert [name for name, page in places.items() if f'id="{name}"' not in texts[page]] == []


# --- the list ---------------------------------------------------------------------------------


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "addresses.txt"
    path.write_text("book/record.html#s-99z\n", encoding="utf-8")
    return path


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "html" / "book").mkdir(parents=True)
    figure = '<figure class="wide" id="fig-a"><svg><path id="fig-a-0"/></svg></figure>'
    item = '<div class="item theme-section" id="t-c"><h3>C</h3></div>'
    text = f'<div id="content">{figure}<table id="tab-b"></table>{item}</div>'
    (tmp_path / "html" / "book" / "cite.html").write_text(text, encoding="utf-8")
    (tmp_path / "html" / "data").mkdir()
    (tmp_path / "html" / "data" / "a.csv").write_text("a\n", encoding="utf-8")
    return tmp_path / "html"


def test_the_command_adds_what_is_coded_and_takes_nothing_out(listed, shipped, capsys):
    every = items.every(shipped).values()
    new = {item.address for item in every} | {item.file for item in every}
    assert {"book/record.html#s-27l", "s/27l.json", "book/themes.html#t-training"} <= new
    assert addresses.main([], listed) == 0
    assert addresses.published(listed) == {"book/record.html#s-99z", *new}
    assert capsys.readouterr().out.startswith(f"{len(new)} addresses are new")
    before = listed.read_bytes()
    assert addresses.main([], listed) == 0 and listed.read_bytes() == before


def test_a_release_adds_pages_tables_figures_and_items(listed, pages):
    assert addresses.main(["--release"], listed, pages) == 0
    of_page = {each for each in addresses.published(listed) if "cite" in each}
    anchors = ["fig-a", "tab-b", "t-c"]
    assert of_page == {"book/cite.html", *map("book/cite.html#{}".format, anchors)}
    assert "data/a.csv" in addresses.published(listed)


def test_a_release_keeps_the_hash_of_all_that_it_publishes_once(mini, pages):
    edition = cite.Edition("1.0.0", date(2026, 1, 2), released=True)
    data = record.load(mini)
    assert addresses.keep(pages, mini, replace(edition, version="1.0.0.dev", released=False)) == 0
    assert addresses.keep(pages, mini, edition) == len(items.every(data))
    kept = record.load(mini)
    assert [each.same for each in items.check(items.every(data)["s-5b"].proof("1.0.0"), kept)] == [
        True
    ]
    assert not record.dated.day(mini)[1], "the day of the data is that of the last change"
    assert addresses.keep(pages, mini, edition) == 0


@pytest.mark.parametrize(
    ("arguments", "words"), [(["--relase"], "usage"), (["--release"], "Run: make book")]
)
def test_what_cannot_be_done_is_said_in_one_line(listed, tmp_path, capsys, arguments, words):
    before = listed.read_bytes()
    assert addresses.main(arguments, listed, tmp_path / "nothing") == 2
    told = capsys.readouterr().err
    assert words in told and len(told.splitlines()) == 1 and listed.read_bytes() == before
