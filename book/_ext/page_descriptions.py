"""Every page has a description, which search engines and previews show."""

from html import escape

from docutils import nodes


def describe(app, page, template, context, doctree):
    """Describe the page to search engines by its first paragraph, unless it says so itself."""
    first = doctree.next_node(nodes.paragraph) if doctree else None
    tags = context.get("metatags", "")
    if first is not None and 'name="description"' not in tags:
        text = " ".join(first.astext().split())
        context["metatags"] = f'{tags}<meta name="description" content="{escape(text)}">'


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
