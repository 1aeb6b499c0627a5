"""List in the menu the pages under a chapter only where a reader is in it.

The theme has all of them on every page, folded.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def shorten(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the theme ask for the menu without the pages under other chapters."""
    menu = context["toctree"]
    context["toctree"] = lambda **options: menu(**options | {"collapse": True})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("html-page-context", shorten, priority=400)  # before the theme, at 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
