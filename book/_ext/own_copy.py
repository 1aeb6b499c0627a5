"""Let a reader see their own copy of the document beside the record, in the browser alone.

A small script on the pages that have paragraphs of the record loads another when it is asked for,
and that one what it needs to confirm the words of a text (`analysis.page.own_copy`).
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from analysis import record
from analysis.page import own_copy

SCRIPT, GIVEN = "own_fold.js", "own-copy.js"
# It stands in the page, so that nothing moves when the script is there.
FOLD = (
    '<details class="fold own"><summary>Read this beside your own copy of the document</summary>'
    "<p>This needs JavaScript.</p></details>"
)


def add_fold(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the fold and its script to a page with paragraphs of the record."""
    if doctree is not None and any(map(is_paragraph, doctree.findall(nodes.container))):
        app.add_js_file(SCRIPT, loading_method="defer")
        context["body"] = context["body"].replace("<h2", f"{FOLD}<h2", 1)


def is_paragraph(node: nodes.Element) -> bool:
    """Return True for the box of a paragraph with what is coded in it."""
    return {"item", "paragraph"} <= set(node["classes"])


def write_hashes(app: Sphinx, exception: Exception | None) -> None:
    """Write the rules, places and hashes."""
    if exception or app.builder.format != "html":
        return
    try:
        script = own_copy.script(record.load())
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None
    # Not among the scripts, which are searched for the names of what the style sheets must keep.
    Path(app.outdir, GIVEN).write_text(script, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("html-page-context", add_fold)
    app.connect("build-finished", write_hashes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
