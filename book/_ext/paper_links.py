"""Link the paper forms, which are made of the built pages and so come after them.

The role ``paper`` takes words and the name of a form: ``{paper}`To print <briefing>` ``.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole
from sphinx.util.typing import ExtensionMetadata

FOLDER = "paper"


class Paper(ReferenceRole):
    """Make a link to a paper form, from the folder of the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        up = "../" * self.env.docname.count("/")
        address = f"{up}{FOLDER}/{self.target}.pdf"
        link = nodes.reference("", self.title, internal=True, refuri=address)
        self.set_source_info(link)
        return [link], []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_role("paper", Paper())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
