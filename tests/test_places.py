"""A page that has become contents takes whoever comes by an old address on to the place."""

import io
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


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build contents and a page that they lead to, once, and return the folder."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "index.md").write_text(CONTENTS, encoding="utf-8")
    (folder / "place.md").write_text(PLACE, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "unique_names", "places"],
        "myst_enable_extensions": ["attrs_inline", "colon_fence"],
    }
    folders = (folder, None, folder / "out", folder / "trees")
    warnings = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
        app = Sphinx(*folders, "html", confoverrides=config, status=None, warning=warnings)
        app.build(force_all=True)
    assert "duplicate label" not in warnings.getvalue(), "an anchor of the contents is no name"
    return folder / "out"


@pytest.fixture(scope="module")
def browser(chromium):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=[*FLAGS])
        yield running
        running.close()


@pytest.fixture
def opened(browser, built):
    """Open an address of the built pages, with or without scripts."""

    def open_page(address, scripts=True):
        page = browser.new_context(java_script_enabled=scripts, offline=True).new_page()
        page.goto(f"{(built / 'index.html').as_uri()}{address}")
        return page

    return open_page


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
