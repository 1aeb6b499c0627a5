"""Links of the built book to other sites: what was seen elsewhere leads to where it was seen."""

import html as entities
import re
import sys

import pytest
import yaml
from sphinx.application import Sphinx

from analysis import paths
from analysis.page import show

EXTENSIONS = paths.ROOT / "book" / "_ext"
each_address = pytest.mark.parametrize(
    "address", ["https://example.org/?a=1&b=2", "https://example.org/a_(b)?c=%20&amp;=d"]
)
SUMMARY = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))["summary"]


def outside(text):
    """Return the addresses of other sites that a page, or a part of it, has links to."""
    return [entities.unescape(each) for each in re.findall(r'<a [^>]*href="(https?:[^"]+)"', text)]


@each_address
def test_an_address_is_in_the_page_as_it_was_given(tmp_path, monkeypatch, address):
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    text = f"# Title\n\n{show.outside('Words', address).source}\n"
    (tmp_path / "index.md").write_text(text, encoding="utf-8")
    config = {"extensions": ["myst_parser", "whole_addresses"]}
    folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
    Sphinx(*folders, "html", confoverrides=config, status=None, warning=None).build()
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert address in outside(page)


# --- the built book -----------------------------------------------------------------------------


def table(html, page, name):
    text = (html / "book" / f"{page}.html").read_text(encoding="utf-8")
    return re.search(rf'<table[^>]* id="{name}".*?</table>', text, re.DOTALL)[0]


@pytest.mark.needs_book
@pytest.mark.parametrize(
    ("page", "name", "of"),
    [
        ("published", "tab-context", "context"),
        ("meeting", "tab-instruments", "instruments"),
        ("meeting", "tab-accounts", "accounts"),
    ],
)
def test_what_was_seen_elsewhere_leads_there(html, shipped, page, name, of):
    addresses = getattr(shipped, of).address
    assert outside(table(html, page, name)) == [each for each in addresses if each] != []


@pytest.mark.needs_book
def test_every_comparison_with_a_figure_leads_to_the_figure(html, shipped):
    addresses = shipped.context.set_index("id").address
    compared = [addresses[name] for name in shipped.comparisons.context if name]
    text = (html / "book" / "claims.html").read_text(encoding="utf-8")
    cards = re.findall(
        r'<div class="item claim".*?(?=<div class="item claim"|<section)', text, re.S
    )
    assert sorted(outside("".join(cards))) == sorted(compared) != []


@pytest.mark.needs_book
@pytest.mark.parametrize("page", ["record", "references"])
def test_the_summary_is_reached_from_the_record_and_from_the_references(html, page):
    text = (html / "book" / f"{page}.html").read_text(encoding="utf-8")
    link = rf'<a [^>]*href="{re.escape(SUMMARY)}">the list of dialogues, where the summary is\s'
    assert len(re.findall(link, text)) == 1


def test_the_address_of_the_summary_is_written_once():
    files = [*paths.ROOT.glob("*.*"), *(paths.ROOT / "book").glob("*.*")]
    files += (paths.ROOT / "data").glob("*.csv")
    texts = {path.name: path.read_text(encoding="utf-8") for path in files if path.is_file()}
    assert [name for name, text in texts.items() if SUMMARY in text] == ["_config.yml"]
    assert texts["_config.yml"].count(SUMMARY) == 1
