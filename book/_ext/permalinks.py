"""Every item of the record carries a link to itself, like headings, tables and figures do."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class LinkItems(SphinxPostTransform):
    """Add the link to the heading of each container of the class ``item``."""

    formats = ("html",)
    default_priority = 300

    def run(self):
        """Add the links."""
        icon = self.config.html_permalinks_icon
        for box in self.document.findall(nodes.container):
            if "item" in box["classes"] and box["ids"]:
                heading = box.next_node(nodes.rubric)
                name = heading.astext()
                heading += nodes.reference("", icon, refid=box["ids"][0], classes=["headerlink"])
                heading[-1]["reftitle"] = f"Link to {name}"
                heading["ids"] = []  # an item has one anchor: its own


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(LinkItems)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
