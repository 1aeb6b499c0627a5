"""Make every heading a link to itself.

The sign that Sphinx adds would be an element more on hundreds of headings, and part of their names:
here the style sheet draws it. Of tables and figures, `accessible_markup` makes the number a link.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class LinkHeadings(SphinxPostTransform):
    """Make the heading of each section and of each container of the class ``item`` a link to it."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Put the words of each heading into a link."""
        for section in self.document.findall(nodes.section):
            link(section[0], section["ids"][0])
        for box in self.document.findall(nodes.container):
            if "item" in box["classes"] and box["ids"]:
                heading = next(iter(box.findall(nodes.rubric)))
                link(heading, box["ids"][0])
                heading["ids"] = []  # an item has one anchor: its own


def link(heading: Any, anchor: str) -> None:
    """Put the words of a heading into a link."""
    words = list(heading.children)
    heading.clear()
    heading += nodes.reference("", "", *words, refid=anchor)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(LinkHeadings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
