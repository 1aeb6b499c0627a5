"""What a notebook shows: tables, figures, numbers and blocks of text.

Each thing is shown twice over. JupyterLab takes HTML. The book takes MyST, and so treats a computed table
like a written one: its caption is numbered, its name is an anchor, and a link in a cell that leads nowhere
fails the build.

Text is text: whatever it holds is shown as it stands. What shall be marked up says so, with `link`, `badge`,
`join` or `myst`.
"""

import html
import re
from dataclasses import dataclass, field

import pandas as pd

from analysis import paths

MISSING = "—"

# The kind of output that `myst_nb.glue` makes and the book looks for. A test holds `numbers` to it: importing MyST-NB takes
# three seconds, in every kernel anew.
GLUED = "application/papermill.record/"

# The families of badges whose members have a colour of their own in the style sheet.
COLOURED = ("act", "uptake")


@dataclass(frozen=True)
class Markup:
    """A piece of MyST, and the words it comes down to where MyST is not read."""

    source: str
    words: str

    def __str__(self):
        return self.words


@dataclass(frozen=True)
class Shown:
    """Something for the last line of a cell: MyST for the book, HTML for JupyterLab."""

    name: str
    markdown: str = field(repr=False)
    html: str = field(repr=False)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.markdown, "text/html": self.html}


def escape(text):
    r"""Return MyST that shows a text as it stands, on one line.

    >>> escape("a|b *c*\n$5")
    'a\\|b \\*c\\* \\$5'
    >>> escape("39. not a list")
    '39\\. not a list'
    """
    line = re.sub(r"[\\`*_{}\[\]<>$|~^@&]", r"\\\g<0>", re.sub(r"\s+", " ", str(text)))
    return re.sub(r"^(\d*)([-+#%:=.)])", r"\1\\\2", line)


def source(value):
    """Return a value as MyST: markup as it is, numbers readable, everything else escaped.

    >>> source(12345), source(None), source(link("para. 12", "p-12"))
    ('12,345', '—', '[para. 12](#p-12)')
    """
    if isinstance(value, (list, tuple)) and value:
        return join(value).source
    return value.source if isinstance(value, Markup) else escape(words(value))


def words(value):
    """Return a value as plain words: one decimal, a dash where missing, thousands marked from 10,000 on.

    Below that a number may be a year.

    >>> words(2024), words(12345), words(12.5), words(True), words(""), words([12, 15])
    ('2024', '12,345', '12.5', 'yes', '—', '12, 15')
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(map(words, value)) or MISSING
    if isinstance(value, Markup):
        return value.words
    if pd.isna(value) or value == "":
        return MISSING
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_number(value):
        mark = "," if abs(value) >= 10_000 else ""
        return f"{value:{mark}.0f}" if float(value).is_integer() else f"{value:{mark}.1f}"
    return str(value)


def link(text, target):
    """Return a cross reference to an anchor anywhere in the book; the strict build fails if it is not there.

    >>> link("para. 12", "p-12")
    Markup(source='[para. 12](#p-12)', words='para. 12')
    """
    return Markup(f"[{source(text)}](#{target})", words(text))


def badge(text, kind):
    """Return a small label; `kind` is its family, and in a family with colours the text says which one.

    >>> badge("proposal", "act").source, badge("Training", "theme").source
    ('[proposal]{.act .act-proposal}', '[Training]{.theme}')
    """
    member = (
        f" .{kind}-{re.sub(r'[^a-z0-9]+', '-', words(text).lower())}" if kind in COLOURED else ""
    )
    return Markup(f"[{source(text)}]{{.{kind}{member}}}", words(text))


def myst(text, plain=None):
    """Return a MyST text as markup; `plain` is what JupyterLab shows (default: the text itself)."""
    return Markup(text, text if plain is None else plain)


def join(items, separator=", "):
    r"""Return items, marked up or not, in a row.

    >>> join([link("a", "p-1"), "b|c"]).source
    '[a](#p-1), b\\|c'
    """
    items = list(items)
    return Markup(separator.join(map(source, items)), separator.join(map(words, items)))


def table(
    frame, *, name, caption, note="", titles=None, rows=1, links=None, badges=None, formats=None
):
    """Show a frame as a table with a number, a caption, an anchor and named header cells.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per row shown. A named index becomes the first columns; an unnamed one is left out.
    name : str
        The anchor, as in ``"tab-speech-acts"``.
    caption, note : str or Markup
        What stands above and, smaller, below.
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
    _known(frame, titles, links, badges, formats)
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


def key(names):
    """Return in words what the numbers in a drawing stand for, counted from 1.

    >>> key(["a", "b"])
    '1 a; 2 b'
    """
    return "; ".join(f"{number} {name}" for number, name in enumerate(names, 1))


def figure(ax, *, name, caption, alt, table=None):
    """Save a drawing as a picture with the page's own ink and typeface, show it, and close it.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
    name : str
        The anchor and the file's name, as in ``"fig-speech-acts"``.
    caption : str or Markup
    alt : str
        What the picture shows, for those who do not see it: its message, with the numbers that carry it.
    table : str, optional
        Anchor of the table that holds the numbers drawn.

    Returns
    -------
    Shown
    """
    from analysis.page import svg  # Matplotlib is slow to import, and many pages have no picture

    picture = svg.svg(getattr(ax, "figure", ax), name=name, alt=alt)
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


def numbers(**values):
    """Give numbers and words to the sentences of this page, where ``{glue:text}`name` `` is one.

    Numbers are written as `words` writes them. Raises `ValueError` for a value that is missing: a sentence
    with a gap is worse than none.
    """
    from IPython.display import display  # the command line does without it

    for name, value in values.items():
        if words(value) == MISSING:
            raise ValueError(f"Invalid number {name!r}. Must not be missing.")
        glued = {"scrapbook": {"name": name, "mime_prefix": GLUED}}
        display({f"{GLUED}text/plain": repr(words(value))}, metadata=glued, raw=True)


def markdown(blocks, *, name="text", plain=None):
    """Show blocks of MyST made by code, one after the other.

    Parameters
    ----------
    blocks : str, Markup, Shown, or a list of them
        A plain string counts as MyST; a table or figure already made may stand among the blocks.
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


def _myst(block):
    return getattr(block, "source", None) or getattr(block, "markdown", None) or str(block)


def _html(block):
    return block.html if isinstance(block, Shown) else _preformatted(str(block))


def _preformatted(text):
    return f'<div style="white-space: pre-wrap">{html.escape(text)}</div>'


def item(kind, body, *, name, title, level=4):
    """Return the MyST of one citable item: a box with an anchor, a heading and a permanent link.

    Parameters
    ----------
    kind : str
        ``"paragraph"``, ``"statement"`` or ``"recommendation"``.
    body : str, Markup or list of them
        Blocks of MyST, one per paragraph or list; a plain string is escaped, an item may stand in an item.
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


def _title(column):
    text = str(column).replace("_", " ")
    return text[:1].upper() + text[1:]


def _known(frame, *mappings):
    unknown = [column for mapping in mappings for column in mapping or {} if column not in frame]
    if unknown:
        raise ValueError(
            f"Invalid column {unknown[0]!r}. Must be one of: {', '.join(map(str, frame))}."
        )


def _is_numeric(column):
    present = column.dropna()
    return len(present) > 0 and all(pd.api.types.is_number(value) for value in present)


def _each(value, mark):
    """Mark a cell, or each of several things in it: a list, or words with semicolons between them."""
    if isinstance(value, str) and "; " in value:
        return join(map(mark, value.split("; ")), "; ")
    if isinstance(value, (list, tuple)):
        return join(map(mark, value)) if len(value) else MISSING
    return value if words(value) == MISSING else mark(value)


def _formatted(value, how):
    return _each(value, how.format)


def _linked(value, target):
    return _each(value, lambda one: link(one, target.format(words(one))))


def _badged(value, kind):
    return _each(value, lambda one: badge(one, kind))


def _table_myst(heads, body, numeric, name, caption, note, rows):
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


def _row(values):
    return _row_of(map(source, values))


def _row_of(cells):
    return f"| {' | '.join(cells)} |"


def _table_html(heads, body, caption, note):
    frame = pd.DataFrame(
        [[words(value) for value in row] for row in body], columns=list(map(words, heads))
    )
    title = f"<caption>{html.escape(words(caption))}</caption>\n  <thead>"
    below = f"<p>{html.escape(words(note))}</p>" if note else ""
    return frame.to_html(index=False, border=0).replace("<thead>", title, 1) + below
