"""How wide the columns of a table are on paper, from what is in their cells."""

import re
from typing import Any

SMALL = 105  # characters a row that fit as they are
FULL = 120  # the same for a table of many columns, whose text is smaller
HALF = 56  # characters a row that fit beside a drawing
MANY = 7
APART = 2  # characters between columns
LONG = 400  # characters a row that make six columns or more unreadable


def form(marked: str, head: list[list[Any]], body: list[list[Any]]) -> dict[str, Any]:
    """Return how a table is set on paper.

    A small table has columns as wide as their text. In others a column has room for its longest
    word, and what is left of the line goes to those with more to hold. Paper is wide: of the tables
    that are cards on a telephone, only those stay cards whose words do not fit or whose rows are
    long.

    Parameters
    ----------
    marked : str
        What the page says of it: plain, cards, field or strip.

    Returns
    -------
    dict
        form (``plain``, ``cards``, ``field`` or ``strip``), columns (each ``auto`` or its share),
        dense (whether the text is to be smaller), narrow (whether it fits beside a drawing).
    """
    columns = list(zip(*(map(_text, row) for row in head + body), strict=True))
    longest = [max(map(len, cells), default=0) for cells in columns]
    size, count = sum(longest) + APART * len(longest), len(longest)
    if size <= SMALL or (count >= MANY and size <= FULL):
        shape = "plain" if marked == "cards" else marked
        auto = ["auto"] * count
        return {"form": shape, "columns": auto, "dense": count >= MANY, "narrow": size <= HALF}
    word = [max((len(w) for cell in cells for w in _words(cell)), default=0) for cells in columns]
    needed = [w + APART for w in word]
    left, more = max(0, FULL - sum(needed)), max(1, sum(longest) - sum(word))
    shares = [w + APART + left * (n - w) / more for w, n in zip(word, longest, strict=True)]
    roomy = sum(needed) <= FULL and (count < MANY - 1 or sum(longest) <= LONG)
    return {
        "form": "plain" if marked == "cards" and roomy else marked,
        "columns": [round(share, 2) for share in shares],
        "dense": count > MANY,
        "narrow": False,
    }


def _words(cell: str) -> list[str]:
    """Return what is not broken in a cell.

    >>> _words("case-by-case since 2000-11-15")
    ['case-', 'by-', 'case', 'since', '2000-11-15']
    """
    return re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", "- ", cell).split()


def plain(nodes: list[Any]) -> str:
    """Return the text of nodes."""
    return "".join(map(_plain, nodes))


def _plain(node: Any) -> str:
    if isinstance(node, str):
        return node
    return str(node.get("text", "")) or plain(node.get("body", []))


def _text(cell: Any) -> str:
    """Return the text of a cell, with the room that its marks take."""
    forms = (node.get("forms", []) for node in cell["body"] if not isinstance(node, str))
    return "· " * sum(map(len, forms)) + plain(cell["body"])
