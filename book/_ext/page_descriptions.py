"""Give every page a description, which search engines and previews show."""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Describe the page by its first paragraph, unless it has a description."""
    first = doctree.next_node(nodes.paragraph) if doctree else None
    tags = context.get("metatags", "")
    if first is not None and 'name="description"' not in tags:
        text = " ".join(first.astext().split())
        context["metatags"] = f'{tags}<meta name="description" content="{escape(text)}">'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
