"""What a notebook shows: tables, figures, numbers and blocks of text.

Each thing is shown in two forms. JupyterLab takes HTML. The book takes MyST, and so treats a
computed table like a written one: its caption is numbered, its name is an anchor, and a link in a
cell that leads nowhere fails the build.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import paths
from analysis.page.markup import MISSING, Markup, badge, escape, join, link, myst, source, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The kind of output that `myst_nb.glue` makes and the book looks for. A test holds `numbers` to it:
# importing MyST-NB takes three seconds, in every kernel anew.
GLUED = "application/papermill.record/"

Mapped = Mapping[str, str] | None

__all__ = ["figure", "item", "key", "markdown", "numbers", "table"]
__all__ += ["Markup", "Shown", "badge", "escape", "join", "link", "myst", "source", "words"]


@dataclass(frozen=True)
class Shown:
    """Something for the last line of a cell: MyST for the book, HTML for JupyterLab."""

    name: str
    markdown: str = field(repr=False)
    html: str = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/html": self.html}


def table(
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str | Markup,
    note: str | Markup = "",
    titles: Mapped = None,
    rows: int = 1,
    links: Mapped = None,
    badges: Mapped = None,
    formats: Mapped = None,
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
        Column to column title; another column is titled by its name, `speech_act` as "Speech act".
    rows : int
        How many leading columns name the row.
    links : mapping, optional
        Column to anchor, as in ``{"paragraph": "p-{}"}``; a list in a cell becomes several links.
    badges : mapping, optional
        Column to family of badge, as in ``{"act": "act"}``.
    formats : mapping, optional
        Column to format, as in ``{"share": "{:.0%}"}``.

    Returns
    -------
    Shown

    Raises
    ------
    ValueError
        If a mapping names a column that the frame does not have.
    """
    frame = frame.reset_index() if any(frame.index.names) else frame
    _check_columns(frame, titles, links, badges, formats)
    numeric = [_is_numeric(frame[column]) for column in frame]
    cells = frame.astype(object)
    for choices, mark in ((formats, _formatted), (links, _linked), (badges, _badged)):
        for column, how in (choices or {}).items():
            cells[column] = [mark(value, how) for value in cells[column]]
    heads = [(titles or {}).get(column, _title(column)) for column in frame]
    body = [list(row) for row in cells.itertuples(index=False, name=None)]
    return Shown(
        name,
        _table_myst(heads, body, numeric, name, caption, note, rows),
        _table_html(heads, body, caption, note),
    )


def key(names: Iterable[object]) -> str:
    """Return in words what the numbers in a drawing stand for, counted from 1.

    >>> key(["a", "b"])
    '1 a; 2 b'
    """
    return "; ".join(f"{number} {name}" for number, name in enumerate(names, 1))


def figure(
    ax: Axes | Figure, *, name: str, caption: str | Markup, alt: str, table: str | None = None
) -> Shown:
    """Save a drawing as a picture for the page, show it, and close it.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
    name : str
        The anchor and the file's name, as in ``"fig-speech-acts"``.
    caption : str or Markup
    alt : str
        What the picture shows, for those who do not see it: its message, with its numbers.
    table : str, optional
        Anchor of the table that holds the numbers drawn.

    Returns
    -------
    Shown
    """
    from analysis.page import svg  # Matplotlib is slow to import, and many pages have no picture

    drawing: Any = getattr(ax, "figure", ax)
    picture = svg.svg(drawing, name=name, alt=alt)
    path = paths.BUILD / "figures" / f"{name}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(picture, encoding="utf-8")
    behind = f" [The numbers are in {{numref}}`{table}`.]{{.behind}}" if table else ""
    options = f":name: {name}\n:alt: {escape(alt)}\n"
    markdown = (
        f":::{{figure}} /_build/figures/{name}.svg\n{options}\n{source(caption)}{behind}\n:::\n"
    )
    shown = f"<figure>{picture}<figcaption>{html.escape(words(caption))}</figcaption></figure>"
    return Shown(name, markdown, shown)


def numbers(**values: Any) -> None:
    """Give values to the sentences of this page: ``{glue:text}`name` `` is one.

    Numbers are written as `words` writes them.

    Raises
    ------
    ValueError
        If a value is missing: a sentence with a gap is worse than none.
    """
    from IPython.display import display  # the command line does without it

    for name, value in values.items():
        if words(value) == MISSING:
            raise ValueError(f"Invalid number {name!r}. Must not be missing.")
        glued = {"scrapbook": {"name": name, "mime_prefix": GLUED}}
        shown = {f"{GLUED}text/plain": repr(words(value))}
        display(shown, metadata=glued, raw=True)  # type: ignore[no-untyped-call]


def markdown(blocks: Any, *, name: str = "text", plain: str | None = None) -> Shown:
    """Show blocks of MyST made by code, one after the other.

    Parameters
    ----------
    blocks : str, Markup, Shown, or a list of them
        A plain string counts as MyST; a table or figure already made may be among the blocks.
    name : str
        What it is, for messages.
    plain : str, optional
        What JupyterLab shows in place of the blocks' words.

    Returns
    -------
    Shown
    """
    blocks = list(blocks) if isinstance(blocks, (list, tuple)) else [blocks]
    shown = _preformatted(plain) if plain else "\n".join(map(_html, blocks))
    return Shown(name, "\n\n".join(map(_myst, blocks)) + "\n", shown)


def _myst(block: str | Markup | Shown) -> str:
    if isinstance(block, Shown):
        return block.markdown
    return block.source if isinstance(block, Markup) else block


def _html(block: str | Markup | Shown) -> str:
    return block.html if isinstance(block, Shown) else _preformatted(str(block))


def _preformatted(text: str) -> str:
    return f'<div style="white-space: pre-wrap">{html.escape(text)}</div>'


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
    text = "\n\n".join(map(source, blocks))
    fence = ":" * (1 + max((len(run) for run in re.findall(r"^:{3,}", text, re.M)), default=2))
    heading = f"{'#' * level} {source(title)}"
    box = f"{fence}{{container}} item {kind}\n:name: {name}\n\n{heading}\n\n{text}\n{fence}\n"
    return Markup(box, "\n".join([words(title), *map(words, blocks)]))


def _title(column: object) -> str:
    text = str(column).replace("_", " ")
    return text[:1].upper() + text[1:]


def _check_columns(frame: pd.DataFrame, *mappings: Mapped) -> None:
    unknown = [column for mapping in mappings for column in mapping or {} if column not in frame]
    if unknown:
        raise ValueError(
            f"Invalid column {unknown[0]!r}. Must be one of: {', '.join(map(str, frame))}."
        )


def _is_numeric(column: pd.Series) -> bool:
    present = column.dropna()
    return len(present) > 0 and all(pd.api.types.is_number(value) for value in present)


def _each(value: Any, mark: Callable[[Any], str | Markup]) -> Any:
    """Mark a cell, or each item of a list or of words that semicolons separate."""
    if isinstance(value, str) and "; " in value:
        return join(map(mark, value.split("; ")), "; ")
    if isinstance(value, (list, tuple)):
        return join(map(mark, value)) if len(value) else MISSING
    return value if words(value) == MISSING else mark(value)


def _formatted(value: Any, how: str) -> Any:
    return _each(value, how.format)


def _linked(value: Any, target: str) -> Any:
    return _each(value, lambda one: link(one, target.format(words(one))))


def _badged(value: Any, kind: str) -> Any:
    return _each(value, lambda one: badge(one, kind))


def _table_myst(
    heads: Sequence[str],
    body: Sequence[Sequence[Any]],
    numeric: Sequence[bool],
    name: str,
    caption: str | Markup,
    note: str | Markup,
    rows: int,
) -> str:
    lines = [
        f":::{{table}} {source(caption)}",
        f":name: {name}",
        f":class: rows-{rows}",
        "",
        _row(heads),
        _row_of("--:" if number else "---" for number in numeric),
        *map(_row, body),
        ":::",
    ]
    if note:
        lines += ["", ":::{container} note", "", source(note), ":::"]
    return "\n".join(lines) + "\n"


def _row(values: Iterable[Any]) -> str:
    return _row_of(map(source, values))


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table_html(
    heads: Sequence[str], body: Sequence[Sequence[Any]], caption: str | Markup, note: str | Markup
) -> str:
    frame = pd.DataFrame(
        [[words(value) for value in row] for row in body], columns=list(map(words, heads))
    )
    title = f"<caption>{html.escape(words(caption))}</caption>\n  <thead>"
    below = f"<p>{html.escape(words(note))}</p>" if note else ""
    table: str = frame.to_html(index=False, border=0)
    return table.replace("<thead>", title, 1) + below
