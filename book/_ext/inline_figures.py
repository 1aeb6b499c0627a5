"""Put the drawings of the book into the page itself, so that they take on its colours."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class InlineDrawings(SphinxPostTransform):
    """Replace a local SVG image by its source.

    `analysis.page.show` has given the source its role, its label and ids of its own. What is drawn
    is hidden from screen readers, which would read single words and numbers after the label.
    """

    formats = ("html",)
    default_priority = 10  # before images are gathered to be copied

    def run(self, **kwargs: Any) -> None:
        """Replace the images."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.app.srcdir, image["uri"])
            if path.suffix == ".svg" and path.is_file():
                image.replace_self(nodes.raw("", silent(path.read_text("utf-8")), format="html"))


def silent(drawing: str) -> str:
    """Return a drawing of which only the root can be heard.

    >>> silent('<svg role="img" aria-label="Bars"><text>7</text></svg>')
    '<svg role="img" aria-label="Bars"><g aria-hidden="true"><text>7</text></g></svg>'
    """
    hidden = r'\1<g aria-hidden="true">\2</g></svg>'
    return re.sub(r"(<svg[^>]*>)(.*)</svg>", hidden, drawing, flags=re.DOTALL)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(InlineDrawings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
