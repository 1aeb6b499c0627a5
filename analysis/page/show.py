"""What a notebook shows: tables, figures, numbers and blocks of text.

Each thing is shown in two forms. JupyterLab takes HTML. The book takes MyST, and so treats a
computed table like a written one: its caption is numbered, its name is an anchor, and a link in a
cell that leads nowhere fails the build.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import paths, uses
from analysis.page.markup import (
    NO_VALUE,
    Markup,
    badge,
    escape,
    join,
    link,
    myst,
    outside,
    source,
    view,
    words,
)
from analysis.record import dated

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The kind of output that `myst_nb.glue` makes and the book looks for. A test holds `numbers` to it:
# importing MyST-NB takes three seconds, in every kernel anew.
GLUED = "application/papermill.record/"

Mapped = Mapping[str, str] | None
Anchors = Mapping[str, str | Mapping[str, str]]

__all__ = ["box", "figure", "fold", "item", "markdown", "numbers", "table"]
__all__ += ["Markup", "Shown", "badge", "escape", "join", "link", "myst", "outside", "source"]
__all__ += ["view", "words"]


@dataclass(frozen=True)
class Shown:
    """Something for the last line of a cell: MyST for the book, HTML for JupyterLab."""

    name: str
    markdown: str = field(repr=False)
    html: str = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/html": self.html + _read_from()}


def _read_from() -> str:
    """Return once which data a notebook that runs outside the book has read."""
    if uses.watched[0] or "ipykernel" not in sys.modules:
        return ""
    lines = [f"<small>{html.escape(dated.told(each))}</small>" for each in sorted(uses.folders)]
    uses.folders.clear()
    return "".join(f"<br>{line}" for line in lines)


def table(
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str | Markup,
    note: str | Markup = "",
    titles: Mapping[str, str | Markup] | None = None,
    rows: int = 1,
    links: Anchors | None = None,
    addresses: Mapped = None,
    badges: Mapped = None,
    formats: Mapped = None,
    numbered: bool = True,
) -> Shown:
    """Show a frame as a table with a number, a caption, an anchor and header cells.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per row shown. A named index becomes the first columns; an unnamed one is left out.
    name : str
        The anchor, as in ``"tab-speech-acts"``.
    caption, note : str or Markup
        The text above and, smaller, the one below.
    titles : mapping, optional
        Column to column title; another column is titled by its name. Words begin with a capital:
        `speech_act` is "Speech act".
    rows : int
        How many leading columns name the row.
    links : mapping, optional
        Column to anchor, as in ``{"paragraph": "p-{}"}``, or to the anchor of each value; a value
        without one is no link, and a list in a cell becomes several links.
    addresses : mapping, optional
        Column to column with an address of another site, as in ``{"title": "address"}``; the second
        is not shown, and a cell without an address is no link.
    badges : mapping, optional
        Column to family of badge, as in ``{"act": "act"}``.
    formats : mapping, optional
        Column to format, as in ``{"share": "{:.0%}"}``.
    numbered : bool
        False for a table that nobody cites by its number: one below a figure, or of a dictionary.

    Returns
    -------
    Shown

    Raises
    ------
    ValueError
        If a mapping names a column that the frame does not have.
    """
    frame = frame.reset_index() if any(frame.index.names) else frame
    addresses = addresses or {}
    hidden = dict.fromkeys(addresses.values(), "")
    _check_columns(frame, titles, links, addresses, hidden, badges, formats)
    frame = _with_addresses(frame, addresses)
    numeric = ["--:" if _is_numeric(frame[column]) else "---" for column in frame]
    heads = [_head((titles or {}).get(column, column)) for column in frame]
    cells = frame.astype(object)
    for choices, mark in (
        (formats, lambda value, how: how.format(value)),
        (links, _linked),
        (badges, badge),
    ):
        for column, how in (choices or {}).items():
            cells[column] = [_each(value, mark, how) for value in cells[column]]
    lines = [map(source, heads), numeric, *cells.map(source).itertuples(index=False, name=None)]
    grid = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    classes = f"rows-{rows}" if numbered else f"rows-{rows} unnumbered"
    text = _directive("table", source(caption), {"name": name, "class": classes}, grid)
    if note:
        text += "\n" + box("note", note).source
    shown = cells.map(words).set_axis(list(map(words, heads)), axis=1)
    return Shown(name, text, _table_html(shown, caption, note))


def _directive(kind: str, argument: str, options: Mapping[str, str], body: str) -> str:
    """Return a directive of MyST, with a longer fence than those in its body."""
    fence = ":" * (1 + max((len(run) for run in re.findall(r"^:{3,}", body, re.M)), default=2))
    head = [f"{fence}{{{kind}}} {argument}", *(f":{key}: {options[key]}" for key in options)]
    return "\n".join([*head, "", body, fence, ""])


def figure(
    drawing: Axes | Figure | Shown | Markup,
    *,
    name: str,
    message: str | Markup,
    alt: str = "",
    unit: str | Markup = "",
    note: str | Markup = "",
    numbers: Shown | None = None,
) -> Shown:
    """Show a drawing below its message, and close it.

    Parameters
    ----------
    drawing : matplotlib Axes or Figure, Shown or Markup
        A plot, or marks and links made by code.
    name : str
        The anchor and the file's name, as in ``"fig-speech-acts"``.
    message : str or Markup
        What the figure shows, in a sentence: its title.
    alt : str
        What a plot shows, for those who do not see it, with its numbers.
    unit : str or Markup
        What one mark stands for.
    note : str or Markup
        What to keep in mind, and how far readers agree on what is drawn.
    numbers : Shown, optional
        The table that is drawn, which is folded below.

    Returns
    -------
    Shown

    Raises
    ------
    ValueError
        If a plot has no words for those who do not see it.
    """
    body = drawing if isinstance(drawing, (Shown, Markup)) else _plot(drawing, name, alt)
    blocks = [_shown(body)]
    if unit:
        blocks.insert(0, _shown(box("unit", unit)))
    if note:
        blocks.append(_shown(box("note", note)))
    if numbers:
        blocks.append(fold("The numbers", numbers))
    inside = "\n\n".join(block.markdown for block in blocks)
    shown = "".join(block.html for block in blocks)
    title = f"<figcaption><b>{html.escape(words(message))}</b></figcaption>"
    text = _directive("drawn", source(message), {"name": name}, inside)
    return Shown(name, text, f"<figure>{title}{shown}</figure>")


def _plot(drawing: Any, name: str, alt: str) -> Shown:
    """Save a plot as a picture of the page."""
    from analysis.page import svg  # Matplotlib is slow to import, and many pages have no picture

    if not alt:
        raise ValueError(f"Invalid figure {name!r}. Must have words for those who do not see it.")
    picture = svg.svg(getattr(drawing, "figure", drawing), name=name, alt=alt)
    path = paths.BUILD / "figures" / f"{name}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(picture, encoding="utf-8")
    return Shown(name, f"![{escape(alt)}](/{paths.BUILT}/figures/{name}.svg)", picture)


def fold(title: str, *blocks: Any) -> Shown:
    """Show blocks below a title that opens and closes them."""
    shown = list(map(_shown, blocks))
    inside = "\n\n".join([escape(title), *(block.markdown for block in shown)])
    text = _directive("container", "fold", {}, inside)
    plain = "".join(block.html for block in shown)
    return Shown("", text, f"<details><summary>{html.escape(title)}</summary>{plain}</details>")


def box(name: str, *blocks: str | Markup) -> Markup:
    """Return blocks in a box that the style sheet knows by a name."""
    text = "\n\n".join(map(source, blocks))
    return Markup(_directive("container", name, {}, text), "\n".join(map(words, blocks)))


def numbers(**values: Any) -> None:
    """Give values to the sentences of this page: ``{glue:text}`name` `` is one.

    Numbers are written as `words` writes them. JupyterLab lists them below the cell.

    Raises
    ------
    ValueError
        If a value is missing: a sentence with a gap is worse than none.
    """
    from IPython.display import display  # the command line does without it

    shown = {name: words(value) for name, value in values.items()}
    for name, text in shown.items():
        if text == NO_VALUE:
            raise ValueError(f"Invalid number {name!r}. Must not be missing.")
        glued = {"scrapbook": {"name": name, "mime_prefix": GLUED}}
        forms = {f"{GLUED}text/plain": repr(text)}
        if name == [*shown][-1] and not uses.watched[0]:
            forms["text/html"] = _listed(shown) + _read_from()
        display(forms, metadata=glued, raw=True)  # type: ignore[no-untyped-call]


def _listed(shown: Mapping[str, str]) -> str:
    """Return values as a list, and what puts them into sentences in JupyterLab."""
    lines = [f"{html.escape(name)}: <b>{html.escape(text)}</b>" for name, text in shown.items()]
    glued = json.dumps(shown).replace("<", "\\u003c")
    script = Path(__file__).with_name("lab.js").read_text(encoding="utf-8")
    return f"{' · '.join(lines)}<script>(() => {{\nconst glued = {glued};\n{script}}})()</script>"


def markdown(blocks: Any, *, name: str = "text") -> Shown:
    """Show blocks of MyST made by code, one after the other.

    Parameters
    ----------
    blocks : str, Markup, Shown, or a list of them
        A plain string counts as MyST; a table or figure already made may be among the blocks.
    name : str
        What it is, for messages.

    Returns
    -------
    Shown
    """
    shown = list(map(_shown, blocks if isinstance(blocks, (list, tuple)) else [blocks]))
    text = "\n\n".join(block.markdown for block in shown)
    return Shown(name, f"{text}\n", "\n".join(block.html for block in shown))


def _shown(block: str | Markup | Shown) -> Shown:
    if isinstance(block, Shown):
        return block
    marked = block if isinstance(block, Markup) else myst(block)
    plain = f'<div style="white-space: pre-wrap">{html.escape(marked.words)}</div>'
    return Shown("", marked.source, plain)


def item(
    kind: str,
    body: str | Markup | Iterable[str | Markup],
    *,
    name: str,
    title: str | Markup,
    level: int = 4,
) -> Markup:
    """Return the MyST of one citable item: a box with an anchor and a heading.

    Parameters
    ----------
    kind : str
        ``"paragraph"``, ``"statement"`` or ``"recommendation"``.
    body : str, Markup or list of them
        Blocks of MyST, one per paragraph or list; a plain string is escaped, items may nest.
    name : str
        The anchor, as in ``"s-16a"``.
    title : str or Markup
        The heading, as in ``"Statement 16a"``.
    level : int
        Level of the heading, 2 to 6.

    Returns
    -------
    Markup
    """
    blocks = [body] if isinstance(body, (str, Markup)) else list(body)
    text = "\n\n".join([f"{'#' * level} {source(title)}", *map(source, blocks)])
    box = _directive("container", f"item {kind}", {"name": name}, text)
    return Markup(box, "\n".join([words(title), *map(words, blocks)]))


def _head(title: object) -> str | Markup:
    """Return the head of a column in sentence case; markup as it is."""
    if isinstance(title, Markup):
        return title
    text = str(title).replace("_", " ")
    return text[:1].upper() + text[1:]


def _check_columns(frame: pd.DataFrame, *mappings: Mapping[str, Any] | None) -> None:
    unknown = [column for mapping in mappings for column in mapping or {} if column not in frame]
    if unknown:
        raise ValueError(
            f"Invalid column {unknown[0]!r}. Must be one of: {', '.join(map(str, frame))}."
        )


def _is_numeric(column: pd.Series) -> bool:
    present = column.dropna()
    return len(present) > 0 and all(pd.api.types.is_number(value) for value in present)


def _each(value: Any, mark: Callable[[Any, Any], Any], how: Any) -> Any:
    """Mark a cell, or each item of a list or of words that semicolons separate."""
    if isinstance(value, str) and "; " in value:
        return join((mark(item, how) for item in value.split("; ")), "; ")
    if isinstance(value, (list, tuple)):
        return join(mark(item, how) for item in value) if len(value) else NO_VALUE
    return value if words(value) == NO_VALUE else mark(value, how)


def _with_addresses(frame: pd.DataFrame, addresses: Mapping[str, str]) -> pd.DataFrame:
    """Return the frame with links in place of the columns of addresses."""
    linked = {
        column: [
            outside(text, where) if where and words(text) != NO_VALUE else text
            for text, where in zip(frame[column], frame[address], strict=True)
        ]
        for column, address in addresses.items()
    }
    return frame.assign(**linked).drop(columns=list(addresses.values()))


def _linked(value: Any, target: str | Mapping[str, str]) -> Any:
    if isinstance(target, str):
        return link(value, target.format(words(value)))
    anchor = target.get(words(value))
    return link(value, anchor) if anchor else value


def _table_html(frame: pd.DataFrame, caption: str | Markup, note: str | Markup) -> str:
    title = f"<caption>{html.escape(words(caption))}</caption>\n  <thead>"
    below = f"<p>{html.escape(words(note))}</p>" if note else ""
    table: str = frame.to_html(index=False, border=0)
    return table.replace("<thead>", title, 1) + below
