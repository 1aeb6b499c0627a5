"""Warn of a name that two pages give to something without a title.

Sphinx itself warns only of names of things with a title, such as sections and tables. A link to any
other name that two pages have would lead to the page that was read last.
"""

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

LOGGER = logging.getLogger(__name__)


class CompareNames(SphinxTransform):
    """Compare the names on a page with those on the pages that were read before it."""

    default_priority = 840  # before Sphinx notes the names of the page, at 850

    def apply(self, **kwargs: Any) -> None:
        """Warn of the names that another page has."""
        domain = cast(StandardDomain, self.env.get_domain("std"))
        for name in self.document.nametypes:
            other, *_ = domain.anonlabels.get(name, [""])
            if other not in ("", self.env.docname) and name not in domain.labels:
                node = named(self.document, name)
                if node is not None:
                    message = (
                        f"duplicate label {name}, other instance in {self.env.doc2path(other)}"
                    )
                    LOGGER.warning(message, location=node)


def named(document: nodes.document, name: str) -> nodes.Element | None:
    """Return the element that a name can be linked to by, if it is one."""
    identifier = document.nameids.get(name)
    if not document.nametypes[name] or identifier is None:
        return None
    node = document.ids[identifier]
    notes = ("footnote", "citation")  # of citations Sphinx warns itself
    is_other = node.tagname in notes or node.tagname.startswith("desc_") or "refuri" in node
    return None if is_other else node


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_transform(CompareNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
