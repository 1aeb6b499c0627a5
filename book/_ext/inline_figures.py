"""Put the drawings of the book into the page itself, so that they take on its colours."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class InlineDrawings(SphinxPostTransform):
    """Replace a local SVG image by its source.

    `analysis.page.show` has given the source its role, its label and ids of its own.
    """

    formats = ("html",)
    default_priority = 10  # before images are gathered to be copied

    def run(self, **kwargs: Any) -> None:
        """Replace the images."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.app.srcdir, image["uri"])
            if path.suffix == ".svg" and path.is_file():
                image.replace_self(nodes.raw("", path.read_text(encoding="utf-8"), format="html"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(InlineDrawings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
