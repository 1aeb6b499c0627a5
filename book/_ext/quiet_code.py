"""Fold the code of notebooks and put it below its results, which most readers come for."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

OPEN = '<details class="code"><summary>Show the code</summary>'
CLOSE = "</details>"


class FoldCode(SphinxPostTransform):
    """Put the source of every notebook cell in a fold after its outputs.

    A fold opens without a script.
    """

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


def is_part(node: nodes.Node, name: str) -> bool:
    """Return True if a node is the named part of a notebook cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == name


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(FoldCode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
