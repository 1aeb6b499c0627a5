"""Tables that can be scrolled by hand and by keyboard, and whose header cells say what they head.

A table directive of the class ``rows-N`` has N leading columns that name the row.
"""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator


class MarkRowHeaders(SphinxTransform):
    """Make the first N columns of a table of the class ``rows-N`` headers of their row."""

    default_priority = 500

    def apply(self):
        for table in self.document.findall(nodes.table):
            for name in [name for name in table["classes"] if name.startswith("rows-")]:
                table["classes"].remove(name)
                for column in list(table.findall(nodes.colspec))[: int(name.removeprefix("rows-"))]:
                    column["stub"] = 1


class NameScrollRegions(SphinxPostTransform):
    """Let the box that the theme puts around a table be reached by keyboard, and name it by the caption."""

    formats = ("html",)
    default_priority = 501  # the theme makes its boxes at 500

    def run(self):
        for box in list(self.document.findall(lambda node: "table-wrapper" in getattr(node, "get", dict)("classes", []))):
            table = box.next_node(nodes.table)
            title = table.next_node(nodes.title)
            box["ids"], box["names"] = [], []  # the theme copies them, and an anchor must be there once
            if title is not None and table["ids"]:
                title["ids"] = [f"{table['ids'][0]}-caption"]
                box["labelled_by"] = title["ids"][0]


def visit_container(self, node):
    if "table-wrapper" not in node["classes"]:
        return HTML5Translator.visit_container(self, node)
    label = {"aria-labelledby": node["labelled_by"]} if "labelled_by" in node else {"aria-label": "Table"}
    self.body.append(self.starttag(node, "div", role="region", tabindex="0", **label))


def depart_container(self, node):
    HTML5Translator.depart_container(self, node)


def visit_entry(self, node):
    """Add the scope to the start tag that Sphinx has just written."""
    HTML5Translator.visit_entry(self, node)
    scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)


def depart_entry(self, node):
    HTML5Translator.depart_entry(self, node)


def setup(app):
    app.add_transform(MarkRowHeaders)
    app.add_post_transform(NameScrollRegions)
    app.add_node(nodes.container, override=True, html=(visit_container, depart_container))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
