"""A page that has become contents takes whoever comes by an old address on to the place."""

import sys

import pytest
from sphinx.application import Sphinx

from analysis import paths

EXTENSIONS = paths.ROOT / "book" / "_ext"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
CONTENTS = """# Contents

:::{container} places
- [Fish](#s-1a), [Weirs](#s-1b), [Birds](#birds)
:::

(birds)=
## Birds

[Fish](#s-1a) are there.
"""
PLACE = """---
orphan: true
---
# Place

:::{container} item
:name: s-1a

Fish swim.
:::

[Weirs]{#s-1b} are walls.
"""


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Build contents and a page that they lead to, and return the folder."""
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    (tmp_path / "index.md").write_text(CONTENTS, encoding="utf-8")
    (tmp_path / "place.md").write_text(PLACE, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "unique_names", "places"],
        "myst_enable_extensions": ["attrs_inline", "colon_fence"],
    }
    folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
    warnings = (tmp_path / "warnings").open("w+")
    app = Sphinx(*folders, "html", confoverrides=config, status=None, warning=warnings)
    app.build(force_all=True)
    warnings.seek(0)
    assert "duplicate label" not in warnings.read(), "an anchor of the contents is no name"
    return tmp_path / "out"


@pytest.fixture
def opened(chromium, built):
    """Open an address of the built pages in a browser, with or without scripts."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=[*FLAGS])

        def open_page(address, scripts=True):
            page = running.new_context(java_script_enabled=scripts, offline=True).new_page()
            page.goto(f"{(built / 'index.html').as_uri()}{address}")
            return page

        yield open_page
        running.close()


@pytest.mark.parametrize("anchor", ["s-1a", "s-1b"])
def test_an_old_address_leads_to_the_place_at_once(opened, anchor):
    opened(f"#{anchor}").wait_for_url(f"**/place.html#{anchor}")


def test_an_address_that_is_typed_on_the_page_leads_there_too(opened):
    page = opened("")
    page.evaluate("location.hash = 's-1b'")
    page.wait_for_url("**/place.html#s-1b")


@pytest.mark.parametrize("address", ["", "#contents", "#nothing"])
def test_any_other_address_stays(opened, address):
    page = opened(address)
    page.wait_for_timeout(200)
    assert page.url.endswith(f"index.html{address}")


def test_without_scripts_the_place_is_one_click_away(opened):
    page = opened("#s-1a", scripts=False)
    page.locator("a:target").click()
    assert page.url.endswith("place.html#s-1a")


def test_only_links_of_the_contents_have_an_anchor_and_only_they_need_the_script(built):
    contents, place = ((built / f"{name}.html").read_text("utf-8") for name in ("index", "place"))
    assert contents.count('id="s-1a"') == contents.count('id="s-1b"') == 1
    assert contents.count('id="birds"') == 1, "what is on the page keeps its place"
    assert "location.replace" in contents and "location.replace" not in place
