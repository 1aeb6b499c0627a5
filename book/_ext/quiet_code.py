"""Fold what few readers come for; a fold opens without a script.

The code of a notebook is folded below its results. So is every container of the class ``fold``: its
first paragraph is what stands there while it is closed.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

OPEN = '<details class="code"><summary>Show the code</summary>'
CLOSE = "</details>"


class FoldCode(SphinxPostTransform):
    """Put the source of every notebook cell in a fold after its outputs."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Move and fold the sources."""
        containers = list(self.document.findall(nodes.container))
        for cell in [container for container in containers if is_part(container, "cell_code")]:
            outputs = [part for part in cell.children if not is_part(part, "cell_code_source")]
            source = [part for part in cell.children if is_part(part, "cell_code_source")]
            if source:
                source.insert(0, nodes.raw("", OPEN, format="html"))
                source.append(nodes.raw("", CLOSE, format="html"))
            cell.children = []
            cell.extend(outputs + source)


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
            closing = nodes.raw("", CLOSE, format="html")
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
    app.add_post_transform(FoldCode)
    app.add_post_transform(FoldContainers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
