"""Let a reader filter all statements and recommendations, and let pages lead to such a view.

The directive ``explorer`` puts the data into the page; what it holds is shown to readers without a
script. The role ``view`` is a link to a view: ``{view}`no counterpart <outcome=none>` ``. A view
that names a value that does not exist fails the build. What is filtered, and the labels, are from
`analysis.page.explorer`.
"""

import json
from functools import cache
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.errors import ConfigError, ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from analysis import record
from analysis.page import explorer

PAGE = "book/explorer"
SCRIPTS, SHEET = ("words.js", "explorer.js"), "find.css"
VIEW = "explorer:"  # before a view, until the address of the page is known


@cache
def data() -> record.Record:
    """Return the record, loaded once for a build."""
    try:
        return record.load()
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None


class explorer_data(nodes.General, nodes.Element):
    """The place of the explorer; what is in it is for readers without a script."""


class Explorer(SphinxDirective):
    """Put the explorer here, and what stands here without a script."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place of the explorer."""
        return [explorer_data("", *self.parse_content_to_nodes())]


class View(ReferenceRole):
    """Lead to a view of the explorer."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, or say which value does not exist."""
        try:
            address = explorer.view(self.target, explorer.facets(data()))
        except ValueError as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        link = nodes.reference("", self.title, refuri=VIEW + address, internal=True)
        return [link], []


class LeadToViews(SphinxPostTransform):
    """Give links to views the address of the explorer."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Replace the beginning of each address."""
        page = self.app.builder.get_relative_uri(self.env.docname, PAGE)
        for link in self.document.findall(nodes.reference):
            if link.get("refuri", "").startswith(VIEW):
                link["refuri"] = f"{page}#?{link['refuri'].removeprefix(VIEW)}"


class GiveData(SphinxPostTransform):
    """Write the data of the explorer, and where on other pages its items are."""

    formats = ("html",)
    default_priority = 300

    def run(self, **kwargs: Any) -> None:
        """Replace the place of the explorer by what a page has."""
        for place in list(self.document.findall(explorer_data)):
            given = explorer.given(data())
            given["pages"] = self.pages([*given["sections"].values()])
            text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
            text = text.replace("<", "\\u003c")  # a script ends at the first tag that says so
            opening = '<div class="explorer" id="explorer-place"></div><noscript>'
            closing = (
                f'</noscript><script type="application/json" id="explorer-data">{text}</script>'
            )
            parts = [nodes.raw("", opening, format="html"), *place.children]
            place.parent.replace(place, [*parts, nodes.raw("", closing, format="html")])

    def pages(self, sections: list[str]) -> dict[str, list[str]]:
        """Return the paragraphs and sections on each page: their anchors, by its address.

        An item is where its paragraph is.
        """
        domain = cast(StandardDomain, self.env.get_domain("std"))
        found: dict[str, list[str]] = {}
        for anchor in [*map("p-{}".format, data().paragraphs.number), *sections]:
            docname, _ = domain.anonlabels.get(anchor, ("", ""))
            if not docname:
                raise ExtensionError(f"No page has the anchor '{anchor}' of the explorer.")
            address = self.app.builder.get_relative_uri(self.env.docname, docname)
            found.setdefault(address, []).append(anchor)
        return found


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add scripts and style sheet to the page of the explorer."""
    if page == PAGE:
        app.add_css_file(SHEET)
        for script in SCRIPTS:
            app.add_js_file(script, defer="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_node(explorer_data)
    app.add_directive("explorer", Explorer)
    app.add_role("view", View())
    app.add_post_transform(LeadToViews)
    app.add_post_transform(GiveData)
    app.connect("html-page-context", add_files, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
