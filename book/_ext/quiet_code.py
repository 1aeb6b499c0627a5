"""Put away what few readers come for; it is brought back without a script.

The code of a notebook comes after its results, and one switch shows all of a page. A container of
the class ``fold`` opens by itself: its first paragraph is what stands there while it is closed.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

SWITCH = (
    '<p class="switch"><input type="checkbox" id="show-code">'
    '<label for="show-code">Show the code of this page</label></p>'
)


class HideCode(SphinxPostTransform):
    """Put the source of every cell after its outputs, and one switch for all after the lead.

    The style sheet hides the sources until the switch is on. The first page of the book has none.
    """

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Move the sources and add the switch."""
        is_first = self.env.docname == self.env.config.root_doc
        cells = [
            cell for cell in self.document.findall(nodes.container) if is_part(cell, "cell_code")
        ]
        for cell in cells:
            outputs = [part for part in cell.children if not is_part(part, "cell_code_source")]
            sources = [part for part in cell.children if is_part(part, "cell_code_source")]
            for source in sources:
                source["classes"] = ["code"]
            cell.children = []
            cell.extend(outputs if is_first else outputs + sources)
        if cells and not is_first:
            lead = next(self.document.findall(nodes.paragraph))
            lead.parent.insert(lead.parent.index(lead) + 1, nodes.raw("", SWITCH, format="html"))


class FoldContainers(SphinxPostTransform):
    """Make an element ``details`` of every container of the class ``fold``."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Replace the containers, each by what it holds between two tags."""
        for box in list(self.document.findall(is_fold)):
            summary, *rest = box.children
            name = f' id="{box["ids"][0]}"' if box["ids"] else ""
            opening = nodes.raw("", f'<details class="fold"{name}><summary>', format="html")
            between = nodes.raw("", "</summary>", format="html")
            closing = nodes.raw("", "</details>", format="html")
            place = box.parent.index(box)
            parts = [opening, *summary.children, between, *rest, closing]
            box.parent[place : place + 1] = parts


def is_fold(node: nodes.Node) -> bool:
    """Return True if a node is a container of the class ``fold``."""
    return isinstance(node, nodes.container) and "fold" in node["classes"]


def is_part(node: nodes.Node, name: str) -> bool:
    """Return True if a node is the named part of a notebook cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == name


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(HideCode)
    app.add_post_transform(FoldContainers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
