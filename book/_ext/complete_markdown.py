"""Warn of what is written in Markdown and would be missing from the page.

Every page is parsed once more with the parser of the book, before Sphinx reads it.
"""

import json
import re
from collections.abc import Iterator

from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

LOGGER = logging.getLogger(__name__)

Problem = tuple[int, str]  # the line, from 0, and what is wrong in it

# Directives whose content is shown as it is written, or is in another language.
VERBATIM = {"code", "code-block", "code-cell", "csv-table", "eval-rst", "raw", "sourcecode"}
ELEMENTS = defs.tags | {"dialog", "main", "picture"}


def warn_of_losses(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn of every loss in a page, with the line and, in a notebook, the cell."""
    path = app.env.doc2path(docname, base=False)
    markdown = parser(app.env.myst_config)  # type: ignore[attr-defined]
    for place, text in texts(path, source[0]):
        for line, message in sorted(losses(markdown, text)):
            LOGGER.warning(message, location=f"{path}:{place}{line + 1}")
    for place, message in losses_of_page(path, source[0]):
        LOGGER.warning(message, location=f"{path}:{place}")


def parser(config: MdParserConfig) -> MarkdownIt:
    """Return the parser of the book, which also counts the cells of tables."""
    markdown = create_md_parser(config, RendererHTML)
    markdown.block.ruler.at("table", count_cells, {"alt": ["paragraph", "reference"]})
    return markdown


def texts(path: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield each text in Markdown with its place: the page, or a cell or output of a notebook."""
    if not path.endswith(".ipynb"):
        yield "", source
        return
    for number, cell in enumerate(json.loads(source)["cells"], 1):
        if cell["cell_type"] == "markdown":
            yield f"cell {number}, line ", "".join(cell["source"])
        for output in cell.get("outputs", ()):
            text = "".join(output.get("data", {}).get("text/markdown", ""))
            yield f"output of cell {number}, line ", text


def losses_of_page(path: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield the place and message for raw cells and for footnotes that no text refers to."""
    if path.endswith(".ipynb"):
        for number, cell in enumerate(json.loads(source)["cells"], 1):
            if cell["cell_type"] == "raw":
                yield f"cell {number}", "Invalid raw cell. Must be Markdown or code to be shown."
    parts = list(texts(path, source))
    whole = "\n".join(text for _, text in parts)
    for place, text in parts:
        for note in re.finditer(r"^ {0,3}\[\^([^\]\s]+)\]:", text, re.MULTILINE):
            if not re.search(rf"\[\^{re.escape(note[1])}\](?!:)", whole):
                line = text.count("\n", 0, note.start()) + 1
                yield (
                    f"{place}{line}",
                    f"Invalid footnote '{note[1]}'. Must be referred to: it is not shown.",
                )


def losses(markdown: MarkdownIt, text: str) -> Iterator[Problem]:
    """Yield the line and the message for everything in a text that is not shown as written."""
    tokens = markdown.parse(text)
    yield from renumbered_items(tokens)
    for token in tokens:
        line = token.map[0] if token.map else 0
        if (message := loss_of_token(token)) is not None:
            yield line, message
        if is_directive(token):
            yield from ((line + 1 + inner, why) for inner, why in losses(markdown, token.content))


def loss_of_token(token: Token) -> str | None:
    """Return what is wrong with a token if the page would not show all of it."""
    if "cells" in token.meta:
        cells, columns = token.meta["cells"], token.meta["columns"]
        return (
            f"Invalid number of cells '{cells}'. Must be {columns}, as in the heading of the table."
        )
    if token.type == "myst_line_comment":
        return "Invalid line that begins with '%'. Must begin otherwise: it is not shown."
    if token.type == "myst_block_break" and token.content:
        return f"Invalid text '{token.content}' after '+++'. Must stand on a line of its own."
    for part in (token, *(token.children or ())):
        if part.type in ("html_inline", "html_block"):
            content = re.sub(r"<!--.*?-->", "", part.content, flags=re.DOTALL)
            unknown = set(re.findall(r"<([a-zA-Z][\w-]*)", content.lower())) - ELEMENTS
            if unknown:
                return f"Invalid element '<{min(unknown)}>'. Must be HTML, or written with '\\<'."
    return None


def renumbered_items(tokens: list[Token]) -> Iterator[Problem]:
    """Yield the items of numbered lists that the page would give another number.

    A list whose items all have the same number is numbered by whoever shows it, and is left alone.
    """
    lists: list[list[tuple[int, int]]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.info and token.map:
            lists[-1].append((token.map[0], int(token.info)))
        elif token.type == "ordered_list_close":
            items = lists.pop()
            if len({number for _, number in items}) > 1:
                yield from wrong_numbers(items)


def wrong_numbers(items: list[tuple[int, int]]) -> Iterator[Problem]:
    """Yield the items whose number does not follow from that of the first one.

    >>> list(wrong_numbers([(0, 3), (1, 4), (2, 9)]))
    [(2, "Invalid number '9.' of a list item. Must be 5, as it is shown.")]
    """
    for right, (line, number) in enumerate(items, items[0][1]):
        if number != right:
            yield (
                line,
                f"Invalid number '{number}.' of a list item. Must be {right}, as it is shown.",
            )


def is_directive(token: Token) -> bool:
    """Return True if a fence is a directive whose content is Markdown."""
    name = re.match(r"\{([^}]+)\}", token.info)
    return token.type in ("fence", "colon_fence") and name is not None and name[1] not in VERBATIM


def count_cells(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table, and note in each row that has more or fewer cells than the heading how many.

    The parser drops the last cells of a long row and adds blank ones to a short row.
    """
    before = len(state.tokens)
    is_table = table(state, start, end, silent)
    pushed = state.tokens[before:]
    columns = sum(token.type == "th_open" for token in pushed)
    for token in pushed:
        if token.type == "tr_open" and token.map:
            cells = cells_of_row(state, token.map[0])
            if cells != columns:
                token.meta |= {"cells": cells, "columns": columns}
    return is_table


def cells_of_row(state: StateBlock, line: int) -> int:
    """Return the number of cells in a line of a table, with or without bars at its ends."""
    cells = escapedSplit(getLine(state, line).strip())
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("source-read", warn_of_losses, priority=600)  # once notebooks are executed
    return {"parallel_read_safe": True, "parallel_write_safe": True}
