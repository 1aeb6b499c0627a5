"""The steps from the words in a file to the normalised text, each with a name, so that a change can be explained.

The normalised text of a paragraph is the contract of every offset in ``data/``: a span is a pair of code points into it,
end exclusive. It is Unicode NFC; links and emphasis of Markdown are reduced to their words; footnote marks, soft
hyphens and unseen characters are removed; every run of white space is one space; the leading number is removed. Parts of a
paragraph that a line or page break has cut are joined first.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from analysis.document.model import Step

DIGITS = "0123456789"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARKS = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(?P<words>.{1,300}?)(?<=\S)\1(?![\w*])", re.DOTALL)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
CONTROLS = "".join(map(chr, [*range(9), *range(14, 28), 127]))
CONTROL = re.compile(f"[{CONTROLS}]")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
LIGATURE = re.compile("[\ufb00-\ufb06]")
SPLIT_LIGATURE = re.compile(r"\b(?!wifi\b|scifi\b)([^\W\d_]*(?:ffi|ffl|fi|fl)) (?=[a-z]{2,})")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TIED = re.compile(r"[\w)][/\u2013\u2014]$")  # and/or, 2022\u20132024
HYPHEN = re.compile(r"(\w+)[-\u2010\u2011]$")
ROUNDS = 8
SUSPENDED = re.compile(r"\s*(?:and|or|to|nor)\b")

PARTICLES = frozenset("a an the of in on at to by for and or as is it its be not no with from over under up out all any".split())


def superscript(text: str) -> str:
    """Return digits as superscript digits: the one form of a footnote mark here.

    >>> superscript("12")
    '¹²'
    """
    return text.translate(str.maketrans(DIGITS, SUPERSCRIPTS))


def plain(text: str) -> str:
    """Return superscript digits as digits."""
    return text.translate(str.maketrans(SUPERSCRIPTS, DIGITS))


def _replace(pattern: re.Pattern, made: str | Callable) -> Callable[[str], str]:
    return lambda text: pattern.sub(made, text)


class Cleaning(NamedTuple):
    """A step: its name, the characters without which it does nothing (blank: any that is not ASCII), and what it does."""

    name: str
    needs: str
    make: Callable[[str], str]

    def __call__(self, text: str) -> str:
        """Return the text as the step leaves it."""
        needed = any(sign in text for sign in self.needs) if self.needs else not text.isascii()
        return self.make(text) if needed else text


MARKDOWN = (
    Cleaning("link reduced to its words", "(", _replace(LINK, r"\g<words>")),
    Cleaning("emphasis reduced to its words", "*_", _replace(EMPHASIS, r"\g<words>")),
    Cleaning("escape removed", "\\", _replace(ESCAPE, r"\1")),
)
STEPS = (
    Cleaning("unseen character removed", "", _replace(UNSEEN, "")),
    Cleaning("control character removed", CONTROLS, _replace(CONTROL, "")),
    Cleaning("ligature written out", "", _replace(LIGATURE, lambda found: unicodedata.normalize("NFKC", found[0]))),
    Cleaning("footnote mark removed", "", _replace(re.compile(f"{MARKS}+(?:[,\u2009\u202f]{MARKS}+)*"), "")),
    Cleaning("soft hyphen removed", "\u00ad", _replace(re.compile("\u00ad\\s*"), "")),
    Cleaning("no-break hyphen made plain", "\u2010\u2011", _replace(re.compile("[\u2010\u2011]"), "-")),
    Cleaning("composed (NFC)", "", lambda text: unicodedata.normalize("NFC", text)),
)


def normalise(text: str, *, markdown: bool = True) -> str:
    """Return the words of a paragraph without mark-up, footnote marks and line breaks.

    Parameters
    ----------
    text : str
        A paragraph as it stands in the file, without its number.
    markdown : bool
        Whether links, emphasis and escapes are those of Markdown.

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
    [Step(name='footnote mark removed', found='so¹', made='so', page=None)]
    """
    taken = []
    for _ in range(ROUNDS):  # what one step has taken away may have hidden work for another
        before = text
        for step in (MARKDOWN if markdown else ()) + STEPS:
            made = step(text)
            if made != text:
                taken.append(Step(step.name, *first_change(text, made)))
            text = made
        text = " ".join(text.split())
        if text == before:
            break
    return text, taken


def first_change(before: str, after: str) -> tuple[str, str]:
    """Return the first word that differs, as it was and as it is."""
    for old, new in zip(before.split(), after.split(), strict=False):
        if old != new:
            return old, new
    return "", ""


class Vocabulary:
    """The words of a document, counted: what a line end or a ligature has broken is mended by its own words only."""

    def __init__(self, texts: Iterable[str]):
        self.words = Counter(WORD.findall("\n".join(texts).lower()))
        self.once = {word for word, times in self.words.items() if times == 1 and word.isalpha()} - PARTICLES

    def __getitem__(self, word: str) -> int:
        return self.words[word.lower()]

    def mend(self, text: str) -> tuple[str, list[Step]]:
        """Join words that a lost ligature has split: "traffi cking", and "fr amework" where the whole word stands elsewhere."""
        made = SPLIT_LIGATURE.sub(r"\1", text) if "fi " in text or "fl " in text else text
        words = made.split(" ")
        torn = {place for place, pair in enumerate(pairwise(words)) if pair[0].lower() in self.once and self._torn(*pair)}
        if torn:
            made = "".join(word + ("" if place in torn else " ") for place, word in enumerate(words))[:-1]
        return made, [Step("split word joined", *first_change(text, made))] if made != text else []

    def _torn(self, one: str, two: str) -> bool:
        two = two.rstrip(".,;:!?)\u201d\u2019\"'")
        return one.isalpha() and two in self.once and self[one + two] > 0

    def join(self, one: str, two: str) -> tuple[str, str, Step | None]:
        """Return two lines as they are put together, with the blank between them where there is one.

        A hyphen at the end of the first goes only where the solid word stands elsewhere in the document.
        """
        one, two = one.rstrip(), two.lstrip()
        if one.endswith("\u00ad"):
            return one[:-1], two, Step("soft hyphen removed", f"{one[-12:]} {two[:12]}")
        if TIED.search(one[-2:]):
            return one, two, None
        head, tail = HYPHEN.search(one[-60:]), WORD.match(two)
        if not head or SUSPENDED.match(two):
            return f"{one} ", two, None
        if tail and tail[0][0].islower():
            solid, broken = head[1] + tail[0], f"{head[1]}-{tail[0]}"
            if self[solid] > self[broken]:
                return one[:-1], two, Step("hyphen at the line's end removed", f"{head[1]}- {tail[0]}", solid)
        return one, two, Step("line joined at its hyphen", f"{head[1]}- {two[:12]}")
