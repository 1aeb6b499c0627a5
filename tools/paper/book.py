"""The built book as one tree of nodes, in the order of its contents, with links that arrive."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import parse_toc_yaml

from analysis import paths

from .reading import Node, read


class LostLinkError(ValueError):
    """A link leads to something that is not in the book."""


def read_book(html: Path) -> list[dict[str, Any]]:
    """Return the parts of the built book.

    Parameters
    ----------
    html : Path
        The folder of the built book.

    Returns
    -------
    list of dict
        One for each part: caption (blank for the first, which is the landing page), pages (nodes
        by the name of the page).

    Raises
    ------
    FileNotFoundError
        If the book, or a page of it, is not built.
    UnknownElementError
        If a page has an element that is not known.
    LostLinkError
        If a link leads nowhere.
    """
    parts = []
    for caption, names in contents().items():
        pages = {}
        for name in names:
            path = html / "book" / f"{name}.html"
            if not path.is_file():
                raise FileNotFoundError(f"There is no page '{path}'. Run: make book")
            pages[name] = read(name, path.read_text(encoding="utf-8"))
        parts.append({"caption": caption, "pages": pages})
    name_places(parts)
    return parts


def contents() -> dict[str, list[str]]:
    """Return the names of the pages of each part, in order; what is in no part has no caption."""
    toc = parse_toc_yaml(paths.ROOT / "_toc.yml")
    found = {"": [toc.root.docname]}
    for part in toc.root.subtrees:
        names = (name for item in part.items for name in _with_those_below(str(item), toc))
        found.setdefault(part.caption or "", []).extend(names)
    return {caption: [Path(name).name for name in names] for caption, names in found.items()}


def _with_those_below(name: str, toc: SiteMap) -> Iterator[str]:
    """Yield the name of a page and of those in its own list."""
    yield name
    for tree in toc[name].subtrees:
        for item in tree.items:
            yield from _with_those_below(str(item), toc)


def walk(node: Node) -> Iterator[dict[str, Any]]:
    """Yield every dict in a tree, the outer ones first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for each in node:
            yield from walk(each)


def name_places(tree: Node) -> None:
    """Give what has ids one name in the whole book, and links the name of what they lead to.

    The name is the id, where no other page has the same, and else page and id. So the address of
    an item ends in the same name on a page and in the PDF. A page is named after its file.
    """
    nodes = list(walk(tree))
    named = [node for node in nodes if node.get("ids")]
    count = Counter(id for node in named for _, id in node["ids"])
    aliases = {tuple(node["alias"]): tuple(node["to"]) for node in nodes if node.get("alias")}
    names: dict[tuple[str, str], str] = {}
    for node in named:
        page, id = _chosen(node["ids"])
        node["name"] = (id if count[id] == 1 else f"{page}.{id}") if id else f"{page}.html"
        names |= {tuple(place): node["name"] for place in node["ids"]}
    for node in nodes:
        node.pop("ids", None)
        node.pop("alias", None)
        if place := node.pop("to", None):
            place = tuple(place)
            name = names.get(aliases.get(place, place))
            if name is None:
                raise LostLinkError(
                    f"A link leads to {place[0]}.html#{place[1]}, which is not there."
                )
            node["to"] = name


def _chosen(places: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the place that names a node: the page itself, or else the id given last."""
    return next((place for place in places if not place[1]), tuple(places[-1]))  # type: ignore[return-value]
