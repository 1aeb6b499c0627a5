"""Make tables that hand and keyboard can scroll, and whose header cells have a scope.

A table scrolls in the box of the theme. The keyboard scrolls it from the number in its caption,
which is a link; so the box is no stop of its own, which on most tables would be in vain.

The first N columns of a table directive of the class ``rows-N`` are headers of their row. One of
the class ``unnumbered`` has a caption and no number. A table of sentences is of the class
``cards``: where there is no room the style sheet makes a card of each row, for which it needs the
names of the columns. One that has room nowhere is also ``always`` one of cards; one of many short
columns, ``many``, has room on paper.
"""

import html
import re
import statistics
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

# The fewest characters in the longest cell of a column of sentences, and in one of a few words.
WIDTHS = {"long": 40, "wide": 14}
# What makes a table one of cards: as many columns, and as many characters in a row of the middle,
# fewer of which fill a telephone.
CARDS = {"columns": 3, "characters": 44}
ALWAYS = {"columns": 6, "characters": 60}  # of a table of sentences that no screen has room for
LEAD = "Gist"
NO_VALUE = "—"  # a card leaves it out
MANY = 9  # columns that no telephone has room for
# Hundreds of cells have this class.
SHORT = {"text-right": "r"}


class unnumbered_table(nodes.table):
    """A table that Sphinx does not count: it counts by the class of a node."""


class ReadClasses(SphinxTransform):
    """Do what the classes of a table ask for: headers of rows, and no number."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Mark the columns, replace the table that has no number, and remove the classes."""
        for table in list(self.document.findall(nodes.table)):
            if "unnumbered" in table["classes"]:
                table["classes"].remove("unnumbered")
                uncounted = unnumbered_table("", *table.children, **table.attributes)
                table.replace_self(uncounted)
                table = uncounted
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
            if table["ids"]:  # a table of marks has none, and its words are hidden
                mark_widths(table)
                mark_cards(table)


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


def mark_cards(table: nodes.table) -> None:
    """Mark a table of sentences, and in it the cells of gists, which come first in a card."""
    head, *rows = table.findall(nodes.row)
    names = [entry.astext() for entry in head.findall(nodes.entry)]
    broad = len(names) >= ALWAYS["columns"]
    least = (ALWAYS if broad else CARDS)["characters"]
    wordy = rows and len(names) >= CARDS["columns"] and usual_length(rows) >= least
    if not (wordy or len(names) >= MANY):
        return
    table["classes"] += ["cards"]
    if not wordy:
        table["classes"] += ["many"]
    elif broad:
        table["classes"] += ["always"]
    table["names_of_columns"] = names
    for row in rows:
        if LEAD in names:
            row[names.index(LEAD)]["classes"].append("lead")
        for cell in row:
            cell["classes"] += ["e"] if cell.astext() == NO_VALUE else []


def usual_length(rows: list[nodes.row]) -> float:
    """Return how many characters a row has, each of its cells being the middle one of a column."""
    columns = zip(*(row.children for row in rows), strict=True)
    return sum(statistics.median(len(cell.astext()) for cell in cells) for cells in columns)


def style(names: list[str]) -> str:
    """Return the names of columns as properties that the style sheet prints.

    >>> style(["Id", "Gist"])
    "--c1:'Id';--c2:'Gist'"
    """
    texts = (re.sub(r"(['\\])", r"\\\1", name) for name in names)
    return ";".join(f"--c{place}:'{text}'" for place, text in enumerate(texts, 1))


def visit_table(self: HTML5Translator, node: nodes.table) -> None:
    """Open a table as Sphinx does; one of cards has the names of its columns."""
    start = len(self.body)
    HTML5Translator.visit_table(self, node)
    if "names_of_columns" in node:
        names = html.escape(style(node["names_of_columns"]))
        self.body[start] = self.body[start].replace("<table", f'<table style="{names}"', 1)


def depart_table(self: HTML5Translator, node: nodes.table) -> None:
    """Close a table as Sphinx does."""
    HTML5Translator.depart_table(self, node)


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
    app.add_transform(ReadClasses)
    app.add_post_transform(FitCells)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(unnumbered_table, html=(visit_table, depart_table))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
