"""Make tables that hand and keyboard can scroll, and whose header cells have a scope.

A table scrolls in the box of the theme. The keyboard scrolls it from the number in its caption,
which is a link; so the box is no stop of its own, which on most tables would be in vain.

The first N columns of a table directive of the class ``rows-N`` are headers of their row.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

# The fewest characters in the longest cell of a column of sentences, and in one of a few words.
WIDTHS = {"long": 40, "wide": 14}
# Hundreds of cells have this class.
SHORT = {"text-right": "r"}


class MarkRowHeaders(SphinxTransform):
    """Make the first N columns of a table of the class ``rows-N`` headers of their row."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Mark the columns and remove the class."""
        for table in self.document.findall(nodes.table):
            for name in [name for name in table["classes"] if name.startswith("rows-")]:
                table["classes"].remove(name)
                for column in list(table.findall(nodes.colspec))[: int(name.removeprefix("rows-"))]:
                    column["stub"] = 1


class FitCells(SphinxPostTransform):
    """Write cells as what they hold, and keep columns of words from being squeezed."""

    formats = ("html",)
    default_priority = 501  # the theme puts tables into boxes at 500

    def run(self, **kwargs: Any) -> None:
        """Change the cells of all tables."""
        for table in self.document.findall(nodes.table):
            table.parent["ids"] = []  # an anchor is on the table, not on its box too
            for entry in table.findall(nodes.entry):
                unwrap(entry)
                entry["classes"] = [SHORT.get(name, name) for name in entry["classes"]]
            mark_widths(table)


def unwrap(entry: nodes.entry) -> None:
    """Put the words of a cell of one paragraph into the cell, which is a block already."""
    if len(entry) == 1 and isinstance(entry[0], nodes.paragraph):
        entry.children = entry[0].children


def mark_widths(table: nodes.table) -> None:
    """Give the heading of a column with long cells a class that keeps it from being squeezed."""
    head, *rows = table.findall(nodes.row)
    for position, entry in enumerate(head.findall(nodes.entry)):
        length = max(
            (len(row[position].astext()) for row in rows if position < len(row)), default=0
        )
        entry["classes"] += [name for name, least in WIDTHS.items() if length >= least][:1]


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell as Sphinx does, and add the scope of a header cell."""
    HTML5Translator.visit_entry(self, node)
    scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)


def depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Close the cell as Sphinx does."""
    HTML5Translator.depart_entry(self, node)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_transform(MarkRowHeaders)
    app.add_post_transform(FitCells)
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
