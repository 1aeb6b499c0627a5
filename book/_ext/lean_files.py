"""Name in a page only the style sheets and scripts that it uses, and build no others."""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# The style sheet of the book sets the colours of code and the look of notebook cells itself.
UNUSED_STYLES = ("pygments.css", "mystnb.", "furo-extensions.css")
# Needed to search, and for nothing else.
SEARCH_SCRIPTS = (
    "options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "language_data.js",
    "searchtools.js",
)
UNUSED_FILES = (
    "**/*.map **/*.LICENSE.txt **/furo-extensions.* mystnb.* pygments.css basic.css".split()
)
UNUSED_FILES += "debug.css skeleton.css file.png minus.png plus.png".split()


def name_what_is_used(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take the other style sheets and scripts out of the lists of a page."""
    context["css_files"] = without(context["css_files"], UNUSED_STYLES)
    if page != "search":
        context["script_files"] = without(context["script_files"], SEARCH_SCRIPTS)


def without(files: list[Any], unused: tuple[str, ...]) -> list[Any]:
    """Return the files whose name has none of the parts."""
    return [file for file in files if not any(part in str(file.filename) for part in unused)]


def remove_unused(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the build the files that no page names."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for path in {path for pattern in UNUSED_FILES for path in static.glob(pattern)}:
        path.unlink()


def shorten_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index of the search, the largest file, without blanks."""
    if not exception and app.builder.format == "html":
        index = Path(app.outdir, "searchindex.js")
        index.write_text(lean(index.read_text(encoding="utf-8")), encoding="utf-8")


def lean(index: str) -> str:
    """Return an index as Sphinx reads it, without blanks between its parts.

    >>> lean('Search.setIndex({"terms": {"organ": [1, 2]}})')
    'Search.setIndex({"terms":{"organ":[1,2]}})'
    """
    call, _, given = index.partition("(")
    parts = json.loads(given.removesuffix(")"))
    return f"{call}({json.dumps(parts, separators=(',', ':'))})"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    # Jupyter Book sets it for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "html")
    # After the theme, which adds its own at the default of 500.
    app.connect("html-page-context", name_what_is_used, priority=900)
    app.connect("build-finished", remove_unused, priority=900)
    app.connect("build-finished", shorten_index, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
