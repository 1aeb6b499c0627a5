"""The pages of the built book, and a browser that opens them from disk, or from a server."""

import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from analysis import paths

HTML = paths.BUILD / "html"
# A page that only sends the reader on has no article.
PAGES = sorted(
    str(path.relative_to(HTML))
    for path in HTML.rglob("*.html")
    if "<article" in path.read_text(encoding="utf-8")
)
CHAPTERS = [name for name in PAGES if name != "search.html"]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def telling():
    """Return pages that together have every element and class of the book, the fewest by greed.

    A rule is kept or taken out by the names that it asks for: what these pages have, all have.
    """
    held = {name: names_in((HTML / name).read_text(encoding="utf-8")) for name in PAGES}
    missing, chosen = set().union(*held.values()), []
    while missing:
        chosen.append(max(PAGES, key=lambda name: (len(held[name] & missing), name)))
        missing -= held[chosen[-1]]
    return chosen


def names_in(page):
    """Return every element with each of its classes, such as `p.note`."""
    tags = re.findall(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>", page)
    return {
        f"{tag}.{name}"
        for tag, attributes in tags
        for name in ["", *" ".join(re.findall(r'class="([^"]*)"', attributes)).split()]
    }


TELLING = telling()


def window(browser, viewport, scheme):
    """Return an empty page, which notes its `requests` and `complaints`."""
    page = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def show(page, name):
    """Show a page of the book in a window, and note anew."""
    page.requests.clear()
    page.complaints.clear()
    page.goto((HTML / name).as_uri())


def fresh(browser, name, viewport, scheme):
    """Return a page of the book in a window of its own."""
    page = window(browser, viewport, scheme)
    show(page, name)
    return page


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served():
    """Serve the built book on this machine, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=HTML)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
