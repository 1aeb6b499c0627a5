"""Words and MyST: what a value looks like on a page.

Text is shown as it is, whatever it holds. Markup is made with `link`, `badge`, `join` or `myst`.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from analysis.page import alone

NO_VALUE = "—"

# The families of badges whose members have a mark of their own in the style sheet.
COLOURED = ("uptake",)


@dataclass(frozen=True)
class Markup:
    """A piece of MyST, and the words it comes down to where MyST is not read."""

    source: str
    words: str

    def __str__(self) -> str:
        return self.words


def escape(text: object) -> str:
    r"""Return MyST that shows a text unchanged, on one line.

    >>> escape("a|b *c*\n$5")
    'a\\|b \\*c\\* \\$5'
    >>> escape("39. not a list")
    '39\\. not a list'
    """
    line = re.sub(r"[\\`*_{}\[\]<>$|~^@&]", r"\\\g<0>", re.sub(r"\s+", " ", str(text)))
    return re.sub(r"^(\d*)([-+#%:=.)])", r"\1\\\2", line)


def source(value: Any) -> str:
    """Return a value as MyST: markup as it is, everything else escaped.

    >>> source(12345), source(None), source(link("para. 12", "p-12"))
    ('12,345', '—', '[para. 12](#p-12)')
    """
    if isinstance(value, (list, tuple)) and value:
        return join(value).source
    return value.source if isinstance(value, Markup) else escape(words(value))


def words(value: Any) -> str:
    """Return a value as plain words: one decimal, and a dash for a missing value.

    Thousands are marked from 10,000 on; below that a number may be a year.

    >>> words(2024), words(12345), words(12.5), words(True), words(""), words([12, 15])
    ('2024', '12,345', '12.5', 'yes', '—', '12, 15')
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(map(words, value)) or NO_VALUE
    if isinstance(value, Markup):
        return value.words
    if pd.isna(value) or value == "":
        return NO_VALUE
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_number(value):
        mark = "," if abs(value) >= 10_000 else ""
        return f"{value:{mark}.0f}" if float(value).is_integer() else f"{value:{mark}.1f}"
    return str(value)


def link(text: Any, target: str) -> Markup:
    """Return a cross reference to an anchor anywhere in the book.

    The strict build fails if there is no such anchor.

    >>> link("para. 12", "p-12")
    Markup(source='[para. 12](#p-12)', words='para. 12')
    """
    return Markup(f"[{source(text)}](#{target})", words(text))


def view(text: Any, **choices: str) -> Markup:
    """Return a link to what the explorer shows for some choices.

    The strict build fails if there is no such value: `book/_ext/explorer_views.py`.

    >>> view("no counterpart", outcome="none", panel="organs").source
    '{view}`no counterpart <outcome=none&panel=organs>`'
    """
    return Markup(f"{{view}}`{words(text)} <{urlencode(choices)}>`", words(text))


def outside(text: Any, address: str) -> Markup:
    """Return a link to another site; nothing is fetched from it.

    Raises
    ------
    ValueError
        If the address is not one of the web.

    >>> outside("Treaties", "https://example.org/a?b=1&c")
    Markup(source='[Treaties](<https://example.org/a?b=1&amp;c>)', words='Treaties')
    """
    if not re.fullmatch(r"https?://[^\s<>|\\]+", address):
        raise ValueError(f"Invalid address '{address}'. Must begin with http:// or https://.")
    return Markup(f"[{source(text)}](<{html.escape(address)}>)", words(text))


def badge(text: Any, kind: str) -> Markup:
    """Return a small label.

    `kind` is its family; in a family with marks, the text decides on the mark.

    >>> badge("full", "uptake").source, badge("proposal", "act").source
    ('[full]{.uptake .uptake-full}', '[proposal]{.act}')
    """
    member = (
        f" .{kind}-{re.sub(r'[^a-z0-9]+', '-', words(text).lower())}" if kind in COLOURED else ""
    )
    return Markup(f"[{source(text)}]{{.{kind}{member}}}", words(text))


def myst(text: str, plain: str | None = None) -> Markup:
    """Return MyST as markup; JupyterLab shows `plain` (default: its words)."""
    return Markup(text, alone.words(text) if plain is None else plain)


def join(items: Iterable[Any], separator: str = ", ") -> Markup:
    r"""Return items, marked up or not, in a row.

    >>> join([link("a", "p-1"), "b|c"]).source
    '[a](#p-1), b\\|c'
    """
    items = list(items)
    return Markup(separator.join(map(source, items)), separator.join(map(words, items)))
