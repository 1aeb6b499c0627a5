"""Make the heading of every item of the record a link to itself.

The sign of headings, tables and figures would be an element more on hundreds of items: here the
style sheet draws it.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class LinkItems(SphinxPostTransform):
    """Make the heading of each container of the class ``item`` a link to it."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Put the words of each heading into a link."""
        for box in self.document.findall(nodes.container):
            if "item" in box["classes"] and box["ids"]:
                heading = next(iter(box.findall(nodes.rubric)))
                words = list(heading.children)
                heading.clear()
                heading += nodes.reference("", "", *words, refid=box["ids"][0])
                heading["ids"] = []  # an item has one anchor: its own


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(LinkItems)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
