"""The pages of the built book, and a browser that opens them from disk."""

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


def fresh(browser, name, viewport, scheme):
    """Return a page, with the `requests` and `complaints` that it has made."""
    page = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto((HTML / name).as_uri())
    return page
