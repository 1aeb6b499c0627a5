"""Give each table and each figure of the book its files: CSV, JSON and, of a drawing, SVG.

They hold what the page shows, and the JSON also where it comes from and how to cite it. One line
below a table or figure leads to them, at its end to the citation. A figure has the numbers that are
folded in it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import computed
import pandas as pd
from docutils import nodes
from edition import citation
from item_files import link
from quiet_code import is_part
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from analysis import cite, export, items

NO_VALUE = "—"
NUMBER = re.compile(r"-?[0-9,]+(\.[0-9]+)?")
DRAWING = 'class="drawing"'
LETTERS = 'font-family="sans-serif"'  # on a page they are those of the page


class WriteFiles(SphinxPostTransform):
    """Write the files, and link them."""

    formats = ("html",)
    default_priority = 290  # after links and drawings, before code and folded blocks are moved

    def run(self, **kwargs: Any) -> None:
        """Write the files of each table and figure that has an anchor."""
        for kind, node in list(citable(self.document)):
            files = self.files(kind, node)
            for path, content in files.items():
                place = Path(self.app.outdir, path)
                if isinstance(content, pd.DataFrame):
                    export.write(content, place)
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_text(content, encoding="utf-8")
            if files:
                self.add_links(kind, node, list(files))

    def files(self, kind: str, node: nodes.Element) -> dict[str, Any]:
        """Return the files of a table or figure by their path: a frame, or a text."""
        path = f"{items.CITABLE[kind].folder}/{node['ids'][0]}"
        files: dict[str, Any] = {}
        table = node if kind == "table" else next(node.findall(has_anchor), None)
        if table is not None:
            frame = read(table)
            files[f"{path}.csv"] = frame
            files[f"{path}.json"] = cite.as_json(self.facts(kind, node, rows(frame)))
        for raw in node.findall(nodes.raw):
            if kind == "figure" and DRAWING in raw.astext():
                files[f"{path}.svg"] = raw.astext().replace("<svg", f"<svg {LETTERS}", 1)
        return files

    def facts(self, kind: str, node: nodes.Element, rows: list[Any]) -> dict[str, Any]:
        """Return what a table or figure is, where it comes from and how to cite it."""
        page, name, number = self.env.docname, node["ids"][0], self.number(kind, node)
        caption = words(next(node.findall(is_caption)))
        covered = {"caption": caption, "rows": rows}
        title = ". ".join(filter(None, (number, caption)))
        made = computed.of(name)
        uri = self.app.builder.get_target_uri(page)
        item = items.Item(kind, name, title, "", covered, uri)
        return {
            **items.cited(item, citation(self.app)),
            "number": number,
            "caption": caption,
            "notebook": made.get("notebook", ""),
            "functions": made.get("functions", []),
            "inputs": made.get("inputs", []),
            "code": code(node) if made else "",
            "rows": rows,
        }

    def number(self, kind: str, node: nodes.Element) -> str:
        """Return the number of a table or figure with its word; blank if it has none."""
        numbers = self.env.toc_fignumbers.get(self.env.docname, {}).get(kind, {})
        place = ".".join(map(str, numbers.get(node["ids"][0], ())))
        return f"{kind.capitalize()} {place}" if place else ""

    def add_links(self, kind: str, node: nodes.Element, files: list[str]) -> None:
        """Add the line with the links: below a table, at the end of a figure."""
        up = "../" * self.env.docname.count("/")
        links = [f'<a href="{up}{path}">{Path(path).suffix[1:].upper()}</a>' for path in files]
        title = self.number(kind, node) or words(next(node.findall(is_caption)))
        links += [link(f"{up}{path}", title) for path in files if path.endswith(".json")]
        made = computed.of(node["ids"][0])
        if made and computed.PAGE in self.env.found_docs:
            place = computed.anchor(made["notebook"], made["cell"])
            links.append(f'<a href="{up}{computed.PAGE}.html#{place}">made from</a>')
        line = nodes.raw("", f'<p class="files">Data: {" · ".join(links)}</p>', format="html")
        if kind == "figure":
            node += line
        else:
            node.parent.insert(node.parent.index(node) + 1, line)


def has_anchor(node: nodes.Node) -> bool:
    """Return True for a table with an anchor; one of marks has none."""
    return isinstance(node, nodes.table) and bool(node["ids"])


def is_caption(node: nodes.Node) -> bool:
    """Return True for the caption of a figure or the title of a table."""
    return isinstance(node, nodes.caption | nodes.title)


def citable(document: nodes.document) -> Iterator[tuple[str, nodes.Element]]:
    """Yield the figures with an anchor, and the tables with one that are in no figure."""
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.figure) and node["ids"]:
            yield "figure", node
        elif has_anchor(node) and not any(isinstance(up, nodes.figure) for up in above(node)):
            yield "table", node


def above(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the elements that hold a node, from the inside out."""
    while (node := node.parent) is not None:
        yield node


def code(node: nodes.Element) -> str:
    """Return the code of the cell that made something."""
    cell = next(up for up in above(node) if is_part(up, "cell_code"))
    parts = [part for part in cell.children if is_part(part, "cell_code_source")]
    return "\n".join(part.astext() for part in parts).strip()


def read(table: nodes.table) -> pd.DataFrame:
    """Return what a table shows: a blank for no value, numbers in columns of numbers."""
    heads = [names(row) for part in table.findall(nodes.thead) for row in part]
    body = [row for part in table.findall(nodes.tbody) for row in part]
    cells = zip(*([value(cell) for cell in row] for row in body), strict=True)
    columns = heads[0] if heads else []
    values = [list(each) for each in cells] or [[] for _ in columns]
    pairs = zip(columns, values, strict=True)
    return pd.DataFrame({name: pd.Series(each, dtype=object) for name, each in pairs})


def names(head: nodes.row) -> list[str]:
    """Return the names of columns, each once."""
    found: list[str] = []
    for place, cell in enumerate(head, 1):
        name = words(cell) or f"Column {place}"
        found.append(f"{name} ({place})" if name in found else name)
    return found


def value(cell: nodes.entry) -> Any:
    """Return what a cell shows: a number in a column of numbers, or words."""
    shown = words(cell)
    if shown in ("", NO_VALUE):
        return None
    if "text-right" in cell["classes"] and NUMBER.fullmatch(shown):
        plain = shown.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    return shown


def words(node: nodes.Node) -> str:
    """Return the words of a node on one line, without what is drawn."""
    return " ".join(text(node).split())


def text(node: nodes.Node) -> str:
    """Return the text of a node, with a blank before and after each block."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.raw):
        return ""
    inside = "".join(map(text, node.children))
    return inside if isinstance(node, nodes.Inline) else f" {inside} "


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame."""
    return [dict(zip(frame, row, strict=True)) for row in frame.to_numpy().tolist()]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_post_transform(WriteFiles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
