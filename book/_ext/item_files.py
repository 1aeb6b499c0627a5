"""Give each paragraph, statement, recommendation, claim, theme and speaker its file, and link it.

The file holds the codes, those of all readers too, links, reasons, and how to cite it. A script
shows the citation on the page when the link is followed (`_static/cite.js`); from disk it cannot
read the file, so the citations of all items are in one script, which is loaded only then.
"""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from edition import citation
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from analysis import items, record

CITATIONS = "citations.js"
CARD = "c-"  # before the id of a claim, where it has a card


class LinkFiles(SphinxPostTransform):
    """Put a link to the file of each item after its heading, or after a claim in a line."""

    formats = ("html",)
    default_priority = 310  # after headings are linked

    def run(self, **kwargs: Any) -> None:
        """Add the links."""
        up = "../" * self.env.docname.count("/")
        for node in list(self.document.findall(nodes.Element)):
            if not is_item(node):
                continue
            item = next(known()[id] for id in map(named, node["ids"]) if id in known())
            beside = nodes.raw("", link(f"{up}{item.file}", item.title), format="html")
            if isinstance(node, nodes.inline):
                several = sum(is_item(each) for each in node.parent) > 1
                place = node.parent.index(node) + 1 if several else len(node.parent)
                node.parent.insert(place, [beside])
            else:
                node.insert(1, beside)


def is_item(node: nodes.Node) -> bool:
    """Return True for what has the anchor of an item, and leads to none."""
    own = isinstance(node, nodes.Element) and not isinstance(node, nodes.reference)
    return own and any(named(id) in known() for id in node["ids"])


def link(address: str, title: str) -> str:
    """Return the link to a file from which something is cited.

    >>> link("../s/27l.json", "Statement 27l")
    '<a class="cite" href="../s/27l.json" aria-label="Cite Statement 27l">Cite</a>'
    """
    return f'<a class="cite" href="{address}" aria-label="Cite {escape(title)}">Cite</a>'


def named(anchor: str) -> str:
    """Return the name of the item that an anchor is of.

    >>> named("c-q21a"), named("s-27l")
    ('q21a', 's-27l')
    """
    return anchor.removeprefix(CARD) if anchor.startswith(f"{CARD}q") else anchor


@cache
def known() -> dict[str, items.Item]:
    """Return every item by its name."""
    return items.every(record.load())


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files, and the script with the citations of all items, tables and figures."""
    if exception or app.builder.format != "html":
        return
    fields = citation(app)
    files = items.written(record.load(), fields)
    files[CITATIONS] = items.citations(known() | items.built(Path(app.outdir)), fields)
    for name, text in files.items():
        path = Path(app.outdir, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(LinkFiles)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
