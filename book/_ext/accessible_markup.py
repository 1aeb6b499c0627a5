"""Write captions and sources so that links and screen readers find them.

The number in the caption of a table or figure is a link to it. A figure has its caption for a name;
the caption comes first in it and ends before the drawing. Sources are items of a list.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


def visit_title(self: HTML5Translator, node: nodes.title) -> None:
    """Open a title as Sphinx does, and link the number of a table, or its title if it has none."""
    before = len(self.body)
    HTML5Translator.visit_title(self, node)
    link_number(self, node.parent, before)
    if is_alone(node):
        self.body.append(f'<a href="#{node.parent["ids"][0]}">')


def depart_title(self: HTML5Translator, node: nodes.title) -> None:
    """Close a title as Sphinx does."""
    if is_alone(node):
        self.body.append("</a>")
    HTML5Translator.depart_title(self, node)


def is_alone(title: nodes.title) -> bool:
    """Return True for the title of a table that has no number."""
    table = title.parent
    return isinstance(table, nodes.table) and type(table) is not nodes.table and bool(table["ids"])


def visit_caption(self: HTML5Translator, node: nodes.caption) -> None:
    """Open a caption as Sphinx does, and link the number of a figure, which it is to name."""
    before = len(self.body)
    HTML5Translator.visit_caption(self, node)
    link_number(self, node.parent, before)
    if caption := caption_id(node.parent):
        self.body[before] = self.body[before].replace("<figcaption", f'<figcaption id="{caption}"')


def visit_figure(self: HTML5Translator, node: nodes.figure) -> None:
    """Open a figure as Sphinx does, and name it."""
    HTML5Translator.visit_figure(self, node)
    if caption := caption_id(node):
        named = f'<figure aria-labelledby="{caption}"'
        self.body[-1] = self.body[-1].replace("<figure", named)


def depart_caption(self: HTML5Translator, node: nodes.caption) -> None:
    """Close a caption, and that of a figure before what it is the caption of."""
    HTML5Translator.depart_caption(self, node)
    if isinstance(node.parent, nodes.figure):
        self.body.append("</figcaption>\n")


def depart_figure(self: HTML5Translator, node: nodes.figure) -> None:
    """Close a figure, whose caption is closed already."""
    self.body.append("</figure>\n")


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Open a source as Sphinx does, but as the item of the list that it is in."""
    HTML5Translator.visit_citation(self, node)
    self.body[-1] = self.body[-1].replace("doc-biblioentry", "listitem")


def caption_id(figure: nodes.Element) -> str:
    """Return the id of the caption of a figure that has an id; blank for anything else."""
    named = isinstance(figure, nodes.figure) and figure["ids"]
    return f"{figure['ids'][0]}-caption" if named else ""


def link_number(self: HTML5Translator, node: nodes.Element, before: int) -> None:
    """Make a number that was written a link."""
    for position in range(before, len(self.body) - 2):
        if self.body[position] == '<span class="caption-number">':
            self.body[position] = f'<a class="caption-number" href="#{node["ids"][0]}">'
            number = self.body[position + 1].rstrip()
            self.body[position + 1 : position + 3] = [number, "</a> "]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    writers = {
        nodes.title: (visit_title, depart_title),
        nodes.caption: (visit_caption, depart_caption),
        nodes.figure: (visit_figure, depart_figure),
        nodes.citation: (visit_citation, HTML5Translator.depart_citation),
    }
    for node, writer in writers.items():
        app.add_node(node, override=True, html=writer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
