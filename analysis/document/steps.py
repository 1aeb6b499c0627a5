"""Normalize words in named steps, so that every change can be explained.

Every offset in ``data/`` refers to the normalized text of a paragraph: a span is a pair of code
points into it, end exclusive. The text is Unicode NFC; links and emphasis of Markdown are reduced
to their words; footnote marks, soft hyphens and unseen characters are removed; every run of white
space is one space; the leading number is removed. Parts of a paragraph that a line or page break
has separated are joined first.

A character that takes the place of another, such as U+FFFD for what could not be decoded or a
private-use character for a letter of one font, is kept: without it a damaged text would look whole.
"""

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Any, NamedTuple

import regex

from analysis.characters import LOST_CHARACTERS, UNSEEN
from analysis.document.forms import MARKS, NO_MARKS
from analysis.document.model import Step

DIGITS = "0123456789"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
ADDRESS = r"(?:<[^<>\n]*>|(?:[^()\s<]|\([^()\s]*\))*)"
# Unseen characters with a meaning: white space separates words, a soft hyphen may join two lines.
MEANINGFUL = r"\t-\r\x1c-\x1f\x85\u2028\u2029\u00ad"
ROUNDS = 8
# Without any of these, no rule changes a text: most texts are quick to clean.
MARKED = re.compile(r"[^\t-\r\x20-\x7e]|[\[*_\\<&~]")


class Rule(NamedTuple):
    """A rule of normalizing: something takes the place of what matches.

    `analysis.page.own_copy` hands the rules to the browser too; a function has its like in
    `book/_static/own_copy.js`. To normalize one thing more, add a row; `tests/test_forms.py` tries
    every example.

    Attributes
    ----------
    name : str
        What was done, as a `Step` has it.
    pattern : Pattern
        What is replaced.
    why : str
        Why it occurs in documents.
    example : pair of str
        Words before and after.
    by : str or callable
        What takes its place, or returns it for a match.
    """

    name: str
    pattern: Any
    why: str
    example: tuple[str, str]
    by: str | Callable[[Any], str] = ""


def unescaped(match: re.Match[str]) -> str:
    """Return the character of an entity of HTML."""
    return unescape(match[0])


def written_out(match: re.Match[str]) -> str:
    """Return the letters of a ligature."""
    return unicodedata.normalize("NFKC", match[0])


def composed(match: re.Match[str]) -> str:
    """Return a text with each letter and its accents as one."""
    return unicodedata.normalize("NFC", match[0])


HTML = (  # which Markdown may have in it
    Rule(
        "struck words left out",
        re.compile(
            r"<(del|s|strike)\b[^<>]*>[^<>]*</\1\s*>|~~(?=\S)[^~]+~~",
            re.IGNORECASE,
        ),
        "they are no longer said",
        ("ten ~~twelve~~ boats", "ten  boats"),
    ),
    Rule(
        "comment left out",
        re.compile(r"<!--.*?-->", re.DOTALL),
        "a reader never sees it",
        ("ten <!-- check -->boats", "ten boats"),
    ),
    Rule(
        "line break of HTML replaced",
        re.compile(r"<br\s*/?>", re.IGNORECASE),
        "Markdown has no sign for it",
        ("ten<br>boats", "ten boats"),
        " ",
    ),
    Rule(
        "tag of HTML removed",
        re.compile(
            r"</?(?:a|abbr|b|em|i|ins|mark|p|small|span|strong|sub|u)(?=[\s/>])[^<>]*>",
            re.IGNORECASE,
        ),
        "converters write what Markdown lacks as HTML",
        ("<u>ten</u> boats", "ten boats"),
    ),
    Rule(
        "entity of HTML replaced",
        re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});"),
        "converters leave the character as it was written",
        ("ten&nbsp;boats", "ten\u00a0boats"),
        unescaped,
    ),
)
HTML_SIGNS = ("<", "&", "~~")  # without any of them, a text has no HTML
MARKDOWN = (
    Rule(
        "link reduced to its words",
        re.compile(rf"!?\[(?P<words>[^\[\]]*)\]\({ADDRESS}(?:\s\"[^\"]*\")?\)"),
        "where a link leads is not said",
        ("ten [boats](#)", "ten boats"),
        r"\g<words>",
    ),
    Rule(
        "emphasis reduced to its words",
        re.compile(
            r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(?P<words>.{1,300}?)(?<=\S)\1(?![\w*])", re.DOTALL
        ),
        "titles are set in italics",
        ("ten *boats*", "ten boats"),
        r"\g<words>",
    ),
    Rule(
        "escape removed",
        re.compile(r"\\(?P<sign>[\\`*_{}\[\]()#+\-.!|>~])"),
        "converters mark what is no sign of Markdown",
        (r"ten\* boats", "ten* boats"),
        r"\g<sign>",
    ),
)
UNSEEN_RULES = (
    Rule(
        "unseen character removed",
        regex.compile(rf"(?![{MEANINGFUL}]|{LOST_CHARACTERS.pattern}){UNSEEN.pattern}"),
        "editors leave joiners and direction marks",
        ("ten\u200b boats", "ten boats"),
    ),
    Rule(
        "unseen character removed",
        re.compile(r"\u00ad(?=\w)"),
        "a hyphen that no line end needs",
        ("ten bo\u00adats", "ten boats"),
    ),
)
CLEANING = (
    *UNSEEN_RULES,
    Rule(
        "ligature written out",
        re.compile("[\ufb00-\ufb06]"),
        "printed fonts have one letter for two",
        ("of\ufb01ces", "offices"),
        written_out,
    ),
    Rule(
        "footnote mark removed",
        re.compile(rf"(?P<kept>{NO_MARKS})|{MARKS}+(?:[,\u2009\u202f]{MARKS}+)*"),
        "it is no word, but a raised digit may be a unit",
        ("ten\u00b9 boats on 5 km\u00b2", "ten boats on 5 km\u00b2"),
        r"\g<kept>",
    ),
    Rule(
        "soft hyphen removed",
        re.compile(r"\u00ad\s*"),
        "a line ended there",
        ("ten bo\u00ad\nats", "ten boats"),
    ),
    Rule(
        "no-break hyphen replaced",
        re.compile("[\u2010\u2011]"),
        "word processors keep a word on one line",
        ("non\u2011boat", "non-boat"),
        "-",
    ),
    Rule(
        "composed (NFC)",
        re.compile(".+", re.DOTALL),
        "both ways to write a letter with an accent have one length",
        ("e\u0301tat", "\u00e9tat"),
        composed,
    ),
)


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
    for rule in UNSEEN_RULES:
        text = rule.pattern.sub(rule.by, text)
    return text


def normalize(text: str, *, markdown: bool = True) -> str:
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

    >>> normalize("A *Toolkit* on a [web\\npage](#), twice¹  read.")
    'A Toolkit on a web page, twice read.'
    """
    return clean(text, markdown=markdown)[0]


def clean(text: str, *, markdown: bool = True) -> tuple[str, list[Step]]:
    """Normalize a text and return it with the steps that changed it.

    >>> clean("so\u00b9 it is")[1]
    [Step(name='footnote mark removed', before='so¹', after='so', page=None)]
    """
    if not MARKED.search(text):
        return " ".join(text.split()), []
    steps = []
    for _ in range(ROUNDS):  # one step may uncover work for another
        previous = text
        html = HTML if any(sign in text for sign in HTML_SIGNS) else ()
        for rule in (*html, *MARKDOWN, *CLEANING) if markdown else CLEANING:
            changed = rule.pattern.sub(rule.by, text)
            if changed != text:
                steps.append(Step(rule.name, *first_change(text, changed)))
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
