"""Normalise the words of a file in named steps, so that every change can be explained.

Every offset in ``data/`` refers to the normalised text of a paragraph: a span is a pair of code
points into it, end exclusive. The text is Unicode NFC; links and emphasis of Markdown are reduced
to their words; footnote marks, soft hyphens and unseen characters are removed; every run of white
space is one space; the leading number is removed. Parts of a paragraph that a line or page break
has separated are joined first.

A character that takes the place of another, such as U+FFFD for what could not be decoded or a
private-use character for a letter of one font, is kept: without it a damaged text would look whole.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

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
SPLIT_LIGATURE = re.compile(r"\b(?!wifi\b|scifi\b)([^\W\d_]*(?:ffi|ffl|fi|fl)) (?=[a-z]{2,})")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TIED = re.compile(r"[\w)][/\u2013\u2014]$")  # and/or, 2022\u20132024
HYPHEN = re.compile(r"(\w+)[-\u2010\u2011]$")
ROUNDS = 8
SUSPENDED = re.compile(r"\s*(?:and|or|to|nor)\b")  # pre- and post-war
PARTICLES = frozenset(
    "a an the of in on at to by for and or as is it its be not no with from over under up out all "
    "any".split()
)


def superscript(text: str) -> str:
    """Return digits as superscript digits, the form in which footnote marks are held.

    >>> superscript("12")
    '¹²'
    """
    return text.translate(str.maketrans(DIGITS, SUPERSCRIPTS))


def plain(text: str) -> str:
    """Return superscript digits as digits."""
    return text.translate(str.maketrans(SUPERSCRIPTS, DIGITS))


def visible(text: str) -> str:
    """Return a text without characters that no reader sees, except those with a meaning.

    Kept are white space, soft hyphens at the end of a word, and characters that take the place of
    a lost one.

    >>> visible("ri\\u2066vers and\\u00ad\\n")
    'rivers and\\xad\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    text = characters.without_unseen(text, allowed=MEANINGFUL | set(characters.lost(text)))
    return SOFT_HYPHEN.sub("", text)


def _replace(
    pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
) -> Callable[[str], str]:
    return lambda text: pattern.sub(replacement, text)


class Cleaning(NamedTuple):
    """A step of normalisation.

    Attributes
    ----------
    name : str
        What it does.
    needs : str
        The step applies to a text with any of these characters; if blank, to a text with any
        character other than printable ASCII.
    change : callable
        The function that changes a text.
    """

    name: str
    needs: str
    change: Callable[[str], str]

    def __call__(self, text: str) -> str:
        """Return the text after the step."""
        if self.needs:
            applies = any(character in text for character in self.needs)
        else:
            applies = not (text.isascii() and text.isprintable())
        return self.change(text) if applies else text


MARKDOWN = (
    Cleaning("link reduced to its words", "(", _replace(LINK, r"\g<words>")),
    Cleaning("emphasis reduced to its words", "*_", _replace(EMPHASIS, r"\g<words>")),
    Cleaning("escape removed", "\\", _replace(ESCAPE, r"\1")),
)
STEPS = (
    Cleaning("unseen character removed", "", visible),
    Cleaning(
        "ligature written out",
        "",
        _replace(LIGATURE, lambda match: unicodedata.normalize("NFKC", match[0])),
    ),
    Cleaning(
        "footnote mark removed",
        "",
        _replace(re.compile(f"{MARKS}+(?:[,\u2009\u202f]{MARKS}+)*"), ""),
    ),
    Cleaning("soft hyphen removed", "\u00ad", _replace(re.compile("\u00ad\\s*"), "")),
    Cleaning(
        "no-break hyphen replaced", "\u2010\u2011", _replace(re.compile("[\u2010\u2011]"), "-")
    ),
    Cleaning("composed (NFC)", "", lambda text: unicodedata.normalize("NFC", text)),
)


def normalise(text: str, *, markdown: bool = True) -> str:
    """Return the words of a paragraph without mark-up, footnote marks and line breaks.

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
        for cleaning in (MARKDOWN if markdown else ()) + STEPS:
            cleaned = cleaning(text)
            if cleaned != text:
                steps.append(Step(cleaning.name, *first_change(text, cleaned)))
            text = cleaned
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


class Vocabulary:
    """The words of a document and their number.

    A word that a line end or a lost ligature has split is joined only if the document itself has
    the whole word.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = Counter(WORD.findall("\n".join(texts).lower()))
        unique = {word for word, count in self.words.items() if count == 1 and word.isalpha()}
        self.once = unique - PARTICLES

    def __getitem__(self, word: str) -> int:
        return self.words[word.lower()]

    def mend(self, text: str) -> tuple[str, list[Step]]:
        """Join the halves of words that a lost ligature has split, and return the steps.

        "traffi cking" is always joined, "fr amework" if the document has "framework" elsewhere.
        """
        mended = SPLIT_LIGATURE.sub(r"\1", text) if "fi " in text or "fl " in text else text
        words = mended.split(" ")
        split = {
            place
            for place, (left, right) in enumerate(pairwise(words))
            if left.lower() in self.once and self._are_halves(left, right)
        }
        if split:
            blanks = ("" if place in split else " " for place in range(len(words)))
            mended = "".join(f"{word}{blank}" for word, blank in zip(words, blanks, strict=True))
            mended = mended[:-1]
        steps = [Step("split word joined", *first_change(text, mended))] if mended != text else []
        return mended, steps

    def _are_halves(self, left: str, right: str) -> bool:
        right = right.rstrip(".,;:!?)\u201d\u2019\"'")
        return left.isalpha() and right in self.once and self[left + right] > 0

    def join(self, upper: str, lower: str) -> tuple[str, str, Step | None]:
        """Return two lines prepared for being joined, and the step if a hyphen was involved.

        The blank between them, if any, ends the upper line. A hyphen at its end is removed only if
        the document has the solid word elsewhere.
        """
        upper, lower = upper.rstrip(), lower.lstrip()
        if upper.endswith("\u00ad"):
            return upper[:-1], lower, Step("soft hyphen removed", f"{upper[-12:]} {lower[:12]}")
        if TIED.search(upper[-2:]):
            return upper, lower, None
        head, tail = HYPHEN.search(upper[-60:]), WORD.match(lower)
        if not head or SUSPENDED.match(lower):
            return f"{upper} ", lower, None
        if tail and tail[0][0].islower():
            solid, hyphenated = head[1] + tail[0], f"{head[1]}-{tail[0]}"
            if self[solid] > self[hyphenated]:
                step = Step("hyphen at end of line removed", f"{head[1]}- {tail[0]}", solid)
                return upper[:-1], lower, step
        return upper, lower, Step("line joined at its hyphen", f"{head[1]}- {lower[:12]}")
