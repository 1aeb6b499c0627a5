"""Keep addresses of other sites as they are written: MyST escapes an ampersand in them twice."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata


class UnescapeAddresses(SphinxTransform):
    """Undo the first escaping, that of MyST; the second is made when a page is written."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Unescape the ampersands; any other special character is percent-encoded already."""
        for link in self.document.findall(nodes.reference):
            if link.get("refuri", "").startswith(("http:", "https:")):
                link["refuri"] = link["refuri"].replace("&amp;", "&")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_transform(UnescapeAddresses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
