"""What the tests need from outside: a copy of the source document, and a browser.

A test that lacks one is skipped, with the reason. If P53_REQUIRE names it, as in
`P53_REQUIRE=source,browser`, the test fails instead: so a check that cannot run never passes.
"""

import os
import shutil
import time
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import invented
import matplotlib
import pytest
from browsing import FLAGS, WIDE, show, window
from hypothesis import settings

from analysis import paths, record

# Chosen here and not in the environment: a notebook kernel started by a test must choose its own.
matplotlib.use("agg")
# No example fails because a machine is slow.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

MARKERS = {"source": "needs_source", "chromium": "browser", "html": "needs_book"}
REQUIREMENTS = {"source", "browser"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def pytest_addoption(parser):
    parser.addoption("--source", metavar="FILE", help="a copy of the source document")


def pytest_configure(config):
    unknown = _required() - REQUIREMENTS
    if unknown:
        raise pytest.UsageError(
            f"Invalid P53_REQUIRE {sorted(unknown)}. Must be among {sorted(REQUIREMENTS)}."
        )
    given = config.getoption("--source")
    if given and not Path(given).is_file():
        raise pytest.UsageError(f"Invalid --source '{given}'. Must be a file.")


def pytest_collection_modifyitems(items):
    """Mark each test that asks for the fixture, so that `-m "not browser"` leaves it out.

    What the package does is not measured while a browser is at work. Tests that look at one page
    follow each other in one process, which opens it once (`--dist loadgroup`).
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "chromium" in fixtures:
            item.add_marker("no_cover")
        if "visit" in fixtures and hasattr(item, "callspec"):
            page = item.callspec.params.get("name", "")
            item.add_marker(pytest.mark.xdist_group(f"{item.path.name} {page}"))
        for fixture, marker in MARKERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.fixture
def within(no_cover):
    """Hold a block to seconds of the processor: not under coverage, which is five times slower."""

    @contextmanager
    def within(seconds):
        begun = time.process_time()
        yield
        assert time.process_time() - begun < seconds

    return within


@pytest.fixture
def mini(tmp_path):
    """An invented dialogue of ten paragraphs with the schema of data/, a folder for each test."""
    return invented.dialogue(tmp_path)


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory):
    """The small data folder, made once for all tests: nothing may change it."""
    return invented.dialogue(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small(small_folder):
    """The small data, loaded once for all tests: nothing may change them."""
    return record.load(small_folder)


@pytest.fixture(scope="session")
def shipped():
    """The data of the book, loaded once for all tests: nothing may change them."""
    return record.load()


@pytest.fixture(scope="session")
def html():
    """The folder of the built book, for tests marked with `needs_book`."""
    if not (paths.BUILD / ".made").is_file():
        pytest.fail("needs the built book. Run: make book", pytrace=False)
    return paths.BUILD / "html"


@pytest.fixture(autouse=True)
def _book_is_built(request):
    if request.node.get_closest_marker("needs_book"):
        request.getfixturevalue("html")


@pytest.fixture(scope="session")
def source(request):
    """The path of the copy of the source document."""
    given = request.config.getoption("--source")
    if not given:
        _lacking("source", "needs a copy of the source document: pytest --source=FILE")
    return (request.config.invocation_params.dir / given).resolve()


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium or Chrome that this system has; none is ever downloaded."""
    found = _browser()
    if found is None:
        _lacking(
            "browser", "needs Chromium or Chrome on this system; CHROMIUM=/path/to/it names one"
        )
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    """A running browser; the library is only the client, the browser is the system's."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def visit(browser):
    """Open a page of the book, in one window for each size: quicker than a window for each page."""
    windows, shown = {}, {}

    def open_page(name, viewport=WIDE):
        width = viewport["width"]
        if width not in windows:
            windows[width] = window(browser, viewport, "light")
        if shown.get(width) != name:
            show(windows[width], name)
            shown[width] = name
        return windows[width]

    yield open_page
    for page in windows.values():
        page.context.close()


def _browser():
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = filter(None, map(shutil.which, BROWSERS))
    on_mac = (str(path) for path in MAC_BROWSERS if path.is_file())
    return next(chain(on_path, on_mac), None)


def _required():
    return {name.strip() for name in os.environ.get("P53_REQUIRE", "").split(",")} - {""}


def _lacking(name, reason):
    if name in _required():
        pytest.fail(f"{reason} (required here by P53_REQUIRE)", pytrace=False)
    pytest.skip(reason)
