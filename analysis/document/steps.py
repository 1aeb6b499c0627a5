"""Normalise words in named steps, so that every change can be explained.

Every offset in ``data/`` refers to the normalised text of a paragraph: a span is a pair of code
points into it, end exclusive. The text is Unicode NFC; links and emphasis of Markdown are reduced
to their words; footnote marks, soft hyphens and unseen characters are removed; every run of white
space is one space; the leading number is removed. Parts of a paragraph that a line or page break
has separated are joined first.

A character that takes the place of another, such as U+FFFD for what could not be decoded or a
private-use character for a letter of one font, is kept: without it a damaged text would look whole.
"""

import re
from collections.abc import Callable
from functools import partial
from unicodedata import normalize

from analysis import characters
from analysis.document.model import Step

DIGITS = "0123456789"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARKS = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(?P<words>.{1,300}?)(?<=\S)\1(?![\w*])", re.DOTALL
)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
# Unseen characters with a meaning: white space separates words, a soft hyphen may join two lines.
MEANINGFUL = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00ad")
SOFT_HYPHEN = re.compile(r"\u00ad(?=\w)")  # inside a word
LIGATURE = re.compile("[\ufb00-\ufb06]")
FOOTNOTE_MARKS = re.compile(f"{MARKS}+(?:[,\u2009\u202f]{MARKS}+)*")
ROUNDS = 8


def superscript(text: str) -> str:
    """Return digits as superscript digits, the form in which footnote marks are held.

    >>> superscript("12")
    '¹²'
    """
    return text.translate(str.maketrans(DIGITS, SUPERSCRIPTS))


def raised(words: str) -> str:
    """Return raised words; if they are digits, they become a footnote mark."""
    return words if set(words.strip()) - set(DIGITS) else superscript(words)


def plain(text: str) -> str:
    """Return superscript digits as digits."""
    return text.translate(str.maketrans(SUPERSCRIPTS, DIGITS))


def visible(text: str) -> str:
    """Return a text without unseen characters, except those with a meaning.

    Kept are white space, soft hyphens at the end of a word, and characters that take the place of
    a lost one.

    >>> visible("ri\\u2066vers and\\u00ad\\n")
    'rivers and\\xad\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    text = characters.without_unseen(text, allowed=MEANINGFUL | set(characters.lost(text)))
    return SOFT_HYPHEN.sub("", text)


Change = Callable[[str], str]
MARKDOWN: tuple[tuple[str, Change], ...] = (
    ("link reduced to its words", partial(LINK.sub, r"\g<words>")),
    ("emphasis reduced to its words", partial(EMPHASIS.sub, r"\g<words>")),
    ("escape removed", partial(ESCAPE.sub, r"\1")),
)
STEPS: tuple[tuple[str, Change], ...] = (
    ("unseen character removed", visible),
    ("ligature written out", partial(LIGATURE.sub, lambda match: normalize("NFKC", match[0]))),
    ("footnote mark removed", partial(FOOTNOTE_MARKS.sub, "")),
    ("soft hyphen removed", partial(re.compile("\u00ad\\s*").sub, "")),
    ("no-break hyphen replaced", partial(re.compile("[\u2010\u2011]").sub, "-")),
    ("composed (NFC)", partial(normalize, "NFC")),
)


def normalise(text: str, *, markdown: bool = True) -> str:
    """Return the words of a paragraph without mark-up, marks and line breaks.

    Parameters
    ----------
    text : str
        A paragraph as in the file, without its number.
    markdown : bool
        Whether links, emphasis and escapes of Markdown are reduced to their words.

    Returns
    -------
    str
        One line in Unicode NFC, with single spaces.

    >>> normalise("A *Toolkit* on a [web\\npage](#), twice¹  read.")
    'A Toolkit on a web page, twice read.'
    """
    return clean(text, markdown=markdown)[0]


def clean(text: str, *, markdown: bool = True) -> tuple[str, list[Step]]:
    """Normalise a text and return it with the steps that changed it.

    >>> clean("so\u00b9 it is")[1]
    [Step(name='footnote mark removed', before='so¹', after='so', page=None)]
    """
    steps = []
    for _ in range(ROUNDS):  # one step may uncover work for another
        previous = text
        for name, change in MARKDOWN + STEPS if markdown else STEPS:
            changed = change(text)
            if changed != text:
                steps.append(Step(name, *first_change(text, changed)))
            text = changed
        text = " ".join(text.split())
        if text == previous:
            break
    return text, steps


def first_change(before: str, after: str) -> tuple[str, str]:
    """Return the first word that differs, before and after the change."""
    for old, new in zip(before.split(), after.split(), strict=False):
        if old != new:
            return old, new
    return "", ""
