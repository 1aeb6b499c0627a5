"""Send a page only what it uses, and give it a description.

Readers come on slow lines. What a page does not use is not named in it, and not left in the build.
"""

from pathlib import Path

from docutils import nodes
from html import escape

# Our style sheet has what these have and we use: code colours, notebook cells.
UNUSED_STYLES = ("pygments.css", "mystnb.", "furo-extensions.css")
# Needed to search, and for nothing else.
SEARCH_SCRIPTS = ("documentation_options.js", "doctools.js", "sphinx_highlight.js", "language_data.js", "searchtools.js")


def trim(app, page, template, context, doctree):
    """Name only the style sheets and scripts that the page uses."""
    context["css_files"] = [sheet for sheet in context["css_files"] if not any(name in str(sheet.filename) for name in UNUSED_STYLES)]
    if page != "search":
        context["script_files"] = [
            script for script in context["script_files"] if not str(script.filename).endswith(SEARCH_SCRIPTS)
        ]


def describe(app, page, template, context, doctree):
    """Describe the page to search engines by its first paragraph, unless it says so itself."""
    first = next((node for node in doctree.findall(nodes.paragraph)), None) if doctree else None
    if first is not None and 'name="description"' not in context.get("metatags", ""):
        text = escape(" ".join(first.astext().split())[:300])
        context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{text}">'


def sweep(app, exception):
    """Remove from the build what no page names: source maps, unused sheets and pictures."""
    static = Path(app.outdir, "_static")
    for pattern in ("**/*.map", "mystnb.*", "styles/furo-extensions.css", "*.png", "basic.css", "pygments.css"):
        for path in static.glob(pattern):
            path.unlink()


def setup(app):
    # Jupyter Book sets it for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "html")
    # After the theme, which adds its own at the default of 500.
    app.connect("html-page-context", trim, priority=900)
    app.connect("html-page-context", describe, priority=900)
    app.connect("build-finished", sweep, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
