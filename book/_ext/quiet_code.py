"""Code stands below what it makes, folded: readers come for the result, researchers open it."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

OPEN = '<details class="code"><summary>Show the code</summary>'


class FoldCode(SphinxPostTransform):
    """Put the source of every notebook cell in a fold after its outputs; no script is needed to open it."""

    formats = ("html",)
    default_priority = 300

    def run(self):
        """Move and fold."""
        for cell in list(self.document.findall(lambda node: is_part(node, "cell_code"))):
            parts = [part for part in cell.children if not is_part(part, "cell_code_source")]
            source = [part for part in cell.children if is_part(part, "cell_code_source")]
            fold = [nodes.raw("", OPEN, format="html"), *source, nodes.raw("", "</details>", format="html")]
            cell.children = []
            cell.extend(parts + (fold if source else []))


def is_part(node, name):
    """Tell whether a node is the named part of a notebook cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == name


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(FoldCode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
