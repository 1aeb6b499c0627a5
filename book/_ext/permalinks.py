"""Give every item of the record a link to itself, like those of headings, tables and figures."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class LinkItems(SphinxPostTransform):
    """Add the link to the heading of each container of the class ``item``."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Add the links."""
        icon = self.config.html_permalinks_icon
        for box in self.document.findall(nodes.container):
            if "item" in box["classes"] and box["ids"]:
                heading = next(iter(box.findall(nodes.rubric)))
                link = nodes.reference("", icon, refid=box["ids"][0], classes=["headerlink"])
                link["reftitle"] = f"Link to {heading.astext()}"
                heading.append(link)
                heading["ids"] = []  # an item has one anchor: its own


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(LinkItems)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
