"""Tell in the head of every page what it is, by whom, and how it is cited.

What hangs on the address of the book hangs on ``address`` in ``_config.yml``, which is
``html_baseurl`` here. While it is empty no page claims an address.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from edition import citation
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from analysis import cite, paths, record
from analysis.page import heads, preview

WHOLE = (paths.SCHEMA, ".zip", ".xlsx", ".sqlite")  # ends of what holds or describes all data
ROOT = "index"  # the address of the book, which leads to its first page
DATA_PAGE = "book/data"


def check(app: Sphinx, config: Config) -> None:
    """Refuse a setting that is no address, and read the citation."""
    url = config.html_baseurl
    if url and not is_base(url):
        raise ConfigError(
            f"Invalid address '{url}'. Must begin with https:// and end with /, or be empty."
        )
    config.html_context["address"] = url
    app.picture = ("", "")
    try:
        if url:
            app.picture = (f"{url}{preview.PREVIEW}", preview.alt(record.load()))
        citation(app)
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None


def is_base(url: str) -> bool:
    """Return True if pages can lie below an address.

    >>> is_base("us.example/book/"), is_base("")
    (False, False)
    """
    parts = urlsplit(url)
    whole = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment)
    return bool(whole) and url.endswith("/") and not set(url) & set(' <>"')


def tell(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the tags to what stands in the head of a page."""
    if doctree is None and page != ROOT:
        return  # the page for searching, which nobody cites
    fields, base = citation(app), app.config.html_baseurl
    main = page in (ROOT, app.config.root_doc)
    kind = cite.REPORT if main else cite.DATASET if page == DATA_PAGE else heads.CHAPTER
    title = Markup(context.get("title", "")).striptags()
    uri = app.builder.get_target_uri(app.config.root_doc if main else page)
    here = urljoin(base, uri) if base else ""
    files = whole_files(doctree, context["pathto"]) if kind == cite.DATASET else []
    files = [urljoin(here, file) for file in files]
    tags = heads.head(fields, kind, title, here, files, app.picture)
    if page == ROOT:
        tags = f'<meta name="description" content="{Markup.escape(fields["abstract"])}">{tags}'
    context["metatags"] = context.get("metatags", "") + tags


def whole_files(doctree: nodes.document, pathto: Any) -> list[str]:
    """Return the links of a page to files that hold or describe all of the data."""
    links = [
        pathto(f"_downloads/{link['filename']}", resource=True)
        for link in doctree.findall(addnodes.download_reference)
        if "filename" in link
    ]
    links += [link.get("refuri", "") for link in doctree.findall(nodes.reference)]
    links = [link for link in links if not urlsplit(link).scheme and "#" not in link]
    return list(dict.fromkeys(link for link in links if link.endswith(WHOLE)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("config-inited", check)
    app.connect("html-page-context", tell, priority=600)  # after the description
    return {"parallel_read_safe": True, "parallel_write_safe": True}
