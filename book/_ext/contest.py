"""Let a reader contest what is coded: a link beside each item, with a message begun for it.

It hangs on the settings that `repository_links` describes: an issue if there is a repository, else
a message if there is a contact; with neither, no page has such a link. The links are made by a
script, and the messages are fetched once a reader asks for one: hundreds of addresses in a page
would be heavier than the page. Without the script the reader finds the way at the label `contest`.
"""

import json
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from lean_files import lean
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from analysis import record
from analysis.page import contest

LABEL = "contest"  # where the way is told
SCRIPT, MESSAGES = "contest.js", "contest-messages.js"
# The tables whose rows are links between items.
TABLES = {"tab-uptake-links", "tab-concerns", "tab-relations"}


def address(url: str, contact: str) -> str:
    """Return where a message goes, up to the value of its subject; blank if nowhere.

    >>> address("URL/", "us@example.org")
    'URL/issues/new?title='
    >>> address("", "us@example.org"), address("", "")
    ('mailto:us@example.org?subject=', '')
    """
    if url:
        return f"{url.rstrip('/')}/issues/new?title="
    return f"mailto:{contact}?subject=" if contact else ""


def write_files(app: Sphinx) -> None:
    """Write the script, and the messages that it fetches, if there is an address."""
    where = address(app.config.repository_url, app.config.contact)
    if not where or app.builder.format != "html":
        return
    try:
        messages = contest.texts(record.load(), app.config.project_edition)
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None
    static = Path(app.outdir, "_static")
    static.mkdir(parents=True, exist_ok=True)
    given = json.dumps([where, messages], ensure_ascii=False, separators=(",", ":"))
    # Not among the scripts, which are searched for the names of what the style sheets must keep.
    Path(app.outdir, MESSAGES).write_text(f"contest(...{given});\n", encoding="utf-8")
    script = Path(__file__).with_name(SCRIPT).read_text(encoding="utf-8")
    (static / SCRIPT).write_text(lean(script), encoding="utf-8")


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the script to a page with something to contest."""
    domain = cast(StandardDomain, app.env.get_domain("std"))
    docname, anchor = domain.anonlabels.get(LABEL, ("", ""))
    where = address(app.config.repository_url, app.config.contact)
    if where and docname and doctree is not None and any(map(is_coded, doctree.findall())):
        data = {
            "data-way": f"{context['pathto'](docname)}#{anchor}",
            "data-messages": context["pathto"](MESSAGES, resource=True),
            "data-tables": " ".join(sorted(TABLES)),
        }
        app.add_js_file(SCRIPT, **data)


def is_coded(node: nodes.Node) -> bool:
    """Return True for an item of the record and for a table of links."""
    if isinstance(node, nodes.container):
        return "item" in node["classes"]
    return isinstance(node, nodes.table) and not TABLES.isdisjoint(node["ids"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.setup_extension("repository_links")
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
