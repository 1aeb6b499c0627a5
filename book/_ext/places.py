"""Keep the addresses of what has its place on other pages: contents that lead to it.

In a container of the class ``places`` a link to another page has the anchor of the place that it
leads to. Whoever comes to the page by that anchor is taken on to the place by a script; without the
script the link is marked, one click away. In the book the anchor is the name of the place alone.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

SCRIPT = """for (const event of ["DOMContentLoaded", "hashchange"]) addEventListener(event, () => {
const place = document.getElementById(location.hash.slice(1));
if (place?.href) location.replace(place.href);
});"""


class AnchorLinks(SphinxPostTransform):
    """Give each link in a container of places the anchor of its place."""

    formats = ("html",)
    default_priority = 300  # after links are resolved

    def run(self, **kwargs: Any) -> None:
        """Take the anchor from the address of each link."""
        for box in self.document.findall(is_contents):
            for link in box.findall(nodes.reference):
                if "refuri" in link:
                    link["ids"] = [link["refuri"].partition("#")[2]]


def is_contents(node: nodes.Node) -> bool:
    """Return True if a node is a container of places."""
    return isinstance(node, nodes.container) and "places" in node["classes"]


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the script to a page of contents."""
    if doctree is not None and any(doctree.findall(is_contents)):
        app.add_js_file(None, body=SCRIPT)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(AnchorLinks)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
