"""Pictures of our own stand in the page itself, so that their lines and words take the colour of the page."""

from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class InlineDrawings(SphinxPostTransform):
    """Replace a local SVG image by its source; `analysis.show` has given it its role, label and own ids."""

    formats = ("html",)
    default_priority = 10  # before images are gathered to be copied

    def run(self):
        """Replace the images."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.app.srcdir, image["uri"])
            if path.suffix == ".svg" and path.is_file():
                image.replace_self(nodes.raw("", path.read_text(encoding="utf-8"), format="html"))


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(InlineDrawings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
