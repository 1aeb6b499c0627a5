"""Read the built pages as nodes, which the templates set.

A node is a string or a dict whose ``kind`` says how it is set. An element that is not known here
stops the reading: what is new on a page must not be lost on paper.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from .columns import form, plain

Node = Any  # a string, or a dict with a kind
Place = tuple[str, str]  # a page, and an id on it; blank for the page itself

DRAWING = re.compile(r'<svg\b[^>]*class="drawing".*?</svg>', re.DOTALL)
# What the screen needs and paper does not, by class.
LEFT_OUT = {"code", "meaning", "switch", "toctree-wrapper", "page-links", "headerlink"}
LEFT_OUT |= {"explorer", "files", "cite"}
SCREEN_ONLY = {"noscript", "script"}  # elements that do something, or say that they cannot
# What only holds others, by class: no box of its own.
FRAMES = {"cell", "cell_output", "table-wrapper", "highlight", "citation-list"}
BREAKS = {"number", "break", "big"}  # after which a line begins
LINE = 48  # characters of a cell that stand in a line with others
PLAIN = {"p", "ul", "ol", "dl", "pre", "details"}
FORMS = {"sq", "dot", "concern", "disc"}


class UnknownElementError(ValueError):
    """A page has an element that nobody has told how to set on paper."""


@dataclass
class Page:
    """A built page while it is read: its name, its drawings, and ids that wait for their block."""

    name: str
    drawings: list[str]
    waiting: list[str] = field(default_factory=list)

    def unknown(self, element: Tag) -> UnknownElementError:
        """Return the error for an element that is not known."""
        where = next((f" in #{up['id']}" for up in element.parents if up.get("id")), "")
        shown = str(element)[:80].split("\n")[0]
        return UnknownElementError(
            f"{self.name}.html{where} has an element that paper does not know: {shown}\n"
            "Tell tools/paper/reading.py what it is, and tools/paper/look.typ how it is set."
        )

    def places(self, *ids: str) -> list[Place]:
        """Return where ids are."""
        return [(self.name, id) for id in ids]


def read(name: str, text: str) -> list[Node]:
    """Return the nodes of a built page.

    Parameters
    ----------
    name : str
        The name of the page, as other pages link to it, without ``.html``.
    text : str
        The page.

    Raises
    ------
    UnknownElementError
        If it has an element that is not known.
    """
    drawings = DRAWING.findall(text)
    numbers = iter(range(len(drawings)))
    text = DRAWING.sub(lambda _: f'<img class="drawing" src="{next(numbers)}">', text)
    article = BeautifulSoup(text, "html.parser").article
    if article is None:
        raise UnknownElementError(f"{name}.html has no article. Run: make book")
    return blocks(article, Page(name, drawings))


def blocks(parent: Tag, page: Page) -> list[Node]:
    """Return the blocks in an element."""
    return [node for element in _children(parent, page) for node in _block(element, page)]


def _children(parent: Tag, page: Page) -> Iterator[Tag]:
    """Yield the elements in a block, which holds no text of its own."""
    for child in parent.children:
        if isinstance(child, Tag):
            left_out = not LEFT_OUT.isdisjoint(child.get_attribute_list("class"))
            if not left_out and child.name not in SCREEN_ONLY:
                yield child
        elif str(child).strip():
            raise page.unknown(parent)


def _block(element: Tag, page: Page) -> Iterator[Node]:
    """Yield what a block is set as, and first what bears the ids that no heading bears."""
    if element.name in PLAIN:
        own = [str(element["id"])] if element.get("id") else []
        ids, page.waiting = own + page.waiting, []
        yield from [{"kind": "anchor", "ids": page.places(*ids)}] if ids else []
    match element.name:
        case "section":
            page.waiting.append(str(element["id"]))
            yield from blocks(element, page)
        case "span" if not element.get_text():
            page.waiting.append(str(element["id"]))
        case "h1" | "h2" | "h3" | "h4" | "h5":
            yield _heading(element, page)
        case "p" if isinstance(picture := element.find("img"), Tag):
            yield _drawing(picture, page)
        case "p":
            yield {"kind": "par", "body": inlines(element, page)}
        case "ul" | "ol":
            yield _list(element, page)
        case "dl":
            yield {"kind": "terms", "items": _terms(element, page)}
        case "table":
            yield _table(element, page)
        case "figure":
            yield _figure(element, page)
        case "details":
            title, *rest = _children(element, page)
            body = [node for each in rest for node in _block(each, page)]
            yield {"kind": "fold", "title": inlines(title, page), "body": body}
        case "pre":
            yield {"kind": "pre", "text": element.get_text().rstrip("\n")}
        case "div":
            yield from _division(element, page)
        case _:
            raise page.unknown(element)


def _division(element: Tag, page: Page) -> Iterator[Node]:
    """Yield a box, or what is in an element that is none."""
    classes = [name for name in element.get_attribute_list("class") if name]
    if "citation" in classes:
        label, *rest = _children(element, page)
        words = [part for each in rest for part in inlines(each, page)]
        places = page.places(str(element["id"]))
        yield {"kind": "source", "ids": places, "label": inlines(label, page), "body": words}
    elif classes and FRAMES.isdisjoint(classes) and not classes[0].startswith("highlight"):
        if element.get("id"):
            page.waiting.append(str(element["id"]))
        yield {"kind": "box", "role": classes[-1], "body": blocks(element, page)}
    else:
        yield from blocks(element, page)


def _heading(element: Tag, page: Page) -> Node:
    """Return a heading, which bears the ids of what it heads; the last one names it."""
    own = [str(element["id"])] if element.get("id") else []
    ids, page.waiting = own + page.waiting, []
    if element.name == "h1":
        ids.append("")
    level = int(element.name[1])
    places = page.places(*ids)
    return {"kind": "heading", "level": level, "ids": places, "body": inlines(element, page)}


def _list(element: Tag, page: Page) -> Node:
    items = [blocks(item, page) for item in _children(element, page)]
    return {"kind": "list", "numbered": element.name == "ol", "items": items}


def _terms(element: Tag, page: Page) -> list[Node]:
    """Return each term with its descriptions."""
    items: list[dict[str, Any]] = []
    for child in _children(element, page):
        if child.name == "dt":
            ids = page.places(*filter(None, [str(child.get("id", ""))]))
            items.append({"term": inlines(child, page), "ids": ids, "body": []})
        elif child.name == "dd" and items:
            items[-1]["body"] += blocks(child, page)
        else:
            raise page.unknown(child)
    return items


def _table(element: Tag, page: Page) -> Node:
    """Return a table; its class says whether it is one of sentences, or of marks."""
    classes = set(element.get_attribute_list("class"))
    marked = next(iter(classes & {"cards", "field", "strip"}), "plain")
    parts = {child.name: child for child in _children(element, page)}
    if unknown := parts.keys() - {"caption", "thead", "tbody"}:
        raise page.unknown(parts[unknown.pop()])
    head, body = (_rows(parts.get(name), page) for name in ("thead", "tbody"))
    caption = inlines(parts["caption"], page) if "caption" in parts else []
    ids = page.places(*filter(None, [str(element.get("id", ""))]))
    found = {"kind": "table", "ids": ids, "caption": caption, "head": head, "body": body}
    return found | form(marked, head, body)


def _rows(part: Tag | None, page: Page) -> list[list[Node]]:
    """Return the cells of each row."""
    if part is None:
        return []
    return [[_cell(cell, page) for cell in _children(row, page)] for row in _children(part, page)]


def _cell(element: Tag, page: Page) -> Node:
    if element.name not in ("td", "th") or element.get("colspan") or element.get("rowspan"):
        raise page.unknown(element)
    classes = element.get_attribute_list("class")
    found = {"head": element.name == "th", "right": "r" in classes, "lead": "lead" in classes}
    body = inlines(element, page)
    return found | {"body": body, "long": len(plain(body)) > LINE}


def _figure(element: Tag, page: Page) -> Node:
    """Return a figure: its message, what one mark is, what draws it, and what to know of it."""
    found: dict[str, Any] = {"kind": "figure", "caption": [], "unit": [], "body": []}
    found["ids"] = page.places(*filter(None, [str(element.get("id", ""))]))
    for child in _children(element, page):
        if child.name == "figcaption":
            found["caption"] = inlines(child, page)
        elif "unit" in child.get_attribute_list("class"):
            found["unit"] = inlines(child, page)
        else:
            found["body"] += _block(child, page)
    return found


def _drawing(element: Tag, page: Page) -> Node:
    """Return a drawing with its words, the letters and the ink that it takes from its page."""
    svg = page.drawings[int(str(element["src"]))]
    told = BeautifulSoup(svg, "html.parser").find("svg")
    if not isinstance(told, Tag) or not told.get("aria-label"):
        raise page.unknown(element)
    svg = re.sub(r"var\(--[\w-]+, ?(#\w+)\)", r"\1", svg)
    svg = svg.replace("<svg ", '<svg font-family="Source Sans Pro" color="#1b1f24" ', 1)
    if "xmlns=" not in svg.partition(">")[0]:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    width = float(str(told["viewbox"]).split()[2])
    return {"kind": "drawing", "svg": svg, "alt": told["aria-label"], "width": width}


def inlines(parent: Tag, page: Page) -> list[Node]:
    """Return the text in an element and how it is set, without blanks at its ends."""
    nodes = [node for child in parent.children for node in _inline(child, page)]
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and joined and isinstance(joined[-1], str):
            joined[-1] = re.sub(" +", " ", joined[-1] + node)
        elif (
            isinstance(node, str)
            and joined
            and joined[-1].get("role", joined[-1]["kind"]) in BREAKS
        ):
            joined.append(node.lstrip())
        else:
            joined.append(node)
    return _without_ends(joined)


def _without_ends(nodes: list[Node]) -> list[Node]:
    if nodes and isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip()
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip()
    return [node for node in nodes if node != ""]


def _inline(child: Any, page: Page) -> Iterable[Node]:
    """Return what an element or a piece of text is set as."""
    if isinstance(child, NavigableString):
        return [re.sub(r"\s+", " ", child)]
    match child.name:
        case "strong" | "em":
            return [{"kind": child.name, "body": _kept(child, page)}]
        case "code":
            return [{"kind": "code", "text": child.get_text()}]
        case "br":
            return [{"kind": "break"}]
        case "a" if "cite" in child.get_attribute_list("class"):
            return []
        case "a":
            return _link(child, page)
        case "button":
            to = ("glossary", str(child["popovertarget"]))
            return [{"kind": "link", "explained": True, "to": to, "body": _kept(child, page)}]
        case "span":
            return _span(child, page)
        case "p" if child.parent is not None and child.parent.name in ("figcaption", "div"):
            return _kept(child, page)
        case _:
            raise page.unknown(child)


def _kept(element: Tag, page: Page) -> list[Node]:
    """Return the text in an element with the blanks at its ends."""
    return [node for child in element.children for node in _inline(child, page)]


def _link(element: Tag, page: Page) -> list[Node]:
    """Return a link, or its text alone if it leads to what it is in, a file or a view."""
    address, classes = str(element.get("href", "")), element.get_attribute_list("class")
    if element.find(class_="tip"):
        return [_square(element, page)]
    body = _kept(element, page)
    own = str(element.get("id", ""))
    anchor = [{"kind": "anchor", "ids": page.places(own)}] if own else []
    if re.match(r"https?:|mailto:", address):
        return [*anchor, {"kind": "link", "url": address, "body": body}]
    to = place(address, page.name)
    if own and to[1] == own:  # it stands for the place to which it leads
        return [{"kind": "link", "to": to, "alias": page.places(own)[0], "body": body}]
    outer = {str(up.get("id")) for up in element.parents if up.get("id")}
    inside = to[0] == page.name and to[1] in outer
    if "caption-number" in classes:
        return [{"kind": "number", "body": body}]
    if "download" in classes or inside or not re.search(r"^#|\.html(#(?!\?)|$)", address):
        return [*anchor, *body]
    return [*anchor, {"kind": "link", "to": to, "body": body}]


def place(address: str, page: str) -> Place:
    """Return the page and the id to which an address of a page leads.

    >>> place("#s-1a", "record"), place("uptake.html#tab", "record"), place("next.html", "record")
    (('record', 's-1a'), ('uptake', 'tab'), ('next', ''))
    """
    file, _, id = address.partition("#")
    return (file.removesuffix(".html").rpartition("/")[2] or page), id


def _square(element: Tag, page: Page) -> Node:
    """Return the mark of a proposal, which leads to it and tells what it asks."""
    (form,) = _forms(element, page)
    tip = element.find(class_="tip")
    words = " ".join(tip.get_text().split()) if isinstance(tip, Tag) else ""
    to = place(str(element["href"]), page.name)
    return {"kind": "square", "form": form, "to": to, "alt": words}


def _forms(element: Tag, page: Page) -> list[str]:
    """Return the forms of the marks in an element, as templates know them."""
    forms = []
    for mark in element.find_all("i"):
        classes = mark.get_attribute_list("class")
        if classes[0] not in FORMS:
            raise page.unknown(mark)
        forms.append("-".join(classes))
    return forms


def _span(element: Tag, page: Page) -> list[Node]:
    """Return text with a part to play, or only the text."""
    classes = [name for name in element.get_attribute_list("class") if name]
    own = str(element.get("id", ""))
    anchor = [{"kind": "anchor", "ids": page.places(own)}] if own else []
    if "marks" in classes:
        return [{"kind": "marks", "forms": _forms(element, page)}]
    body = _kept(element, page)
    if not classes or classes[0] in ("caption-text", "pre", "bibtex-citation", "fn-bracket"):
        return [*anchor, *body]
    return [*anchor, {"kind": "span", "role": classes[-1], "body": body}]
