"""Join lines into texts, by the words that the document itself has elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add

from analysis.document.model import Step
from analysis.document.steps import clean, first_change

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TIED = re.compile(r"[\w)][/\u2013\u2014]$")  # and/or, 2022\u20132024
HYPHEN = re.compile(r"(\w+)[-\u2010\u2011]$")
SUSPENDED = re.compile(r"\s*(?:and|or|to|nor)\b")  # pre- and post-war
SPLIT_LIGATURE = re.compile(r"(?<![\w-])([^\W\d_]*(?:ffi|ffl|fi|fl)) ([a-z]{2,})")
LIGATURES = frozenset(("ffi", "ffl", "fi", "fl"))
FRAGMENT = 2  # letters of what is hardly a word
# What stands before a hyphen that is printed, wherever the line ends ("non-governmental").
COMPOUND = frozenset(
    "non self cross well long short high low socio ex vice so decision policy capacity "
    "follow".split()
)
# What is no word, so that a line end has divided one ("atten-" and "tion").
NO_WORD = re.compile(
    r"[cnpr]?tions?|sions?|tional(?:ly)?|ments?|ness|tive(?:ly|s)?|sive(?:ly)?|(?:[lrntv])?it(?:y|ies)"
    r"|bilit(?:y|ies)|ically|logical|tor(?:y|ies)|ture[sd]?|dure[sd]?|ciency|[ct]ial(?:ly)?|tered"
    r"|tering|tors?|(?:[drtglc]ence|[trn]ance)s?|[nlt]i[sz](?:ed|ing|ation)|selves|[ct]ious(?:ly)?"
)
UNSURE = "line joined at a hyphen that may divide a word"
PARTICLES = frozenset(
    "a an the of in on at to by for and or as is it its be not no with from over under up out all "
    "any".split()
)


class Wording:
    """How the lines of one document become normalized texts.

    A word that a line end or a lost ligature has split is joined only if the document itself has
    the whole word, or the second half of it is none.

    Parameters
    ----------
    texts : iterable of str
        All texts of the document.
    markdown, mend : bool
        As in `structure.build`.
    """

    def __init__(self, texts: Iterable[str], *, markdown: bool, mend: bool) -> None:
        whole = "\n".join(texts).lower()
        self.count = Counter(WORD.findall(whole))
        self.after = Counter(second for _, second in SPLIT_LIGATURE.findall(whole))
        unique = {word for word, count in self.count.items() if count == 1 and word.isalpha()}
        self.once = unique - PARTICLES
        self.markdown, self.mends = markdown, mend

    def text(self, lines: Sequence[str]) -> str:
        """Return the normalized text of lines."""
        return self.clean(self.join(lines)[0])[0]

    def clean(self, text: str) -> tuple[str, list[Step]]:
        """Return the normalized form of a text, and the steps that changed it."""
        return clean(text, markdown=self.markdown)

    def join(self, lines: Sequence[str]) -> tuple[str, list[Step]]:
        """Return lines as one text, and the steps that changed their words."""
        pieces, steps = list(lines[:1]), list[Step]()
        for line in lines[1:]:
            pieces[-1], line, step = self.fit(pieces[-1], line)
            pieces.append(line)
            steps += [step] if step else []
        text = "".join(pieces)
        mended = self.mend(text) if self.mends else text
        if mended != text:
            steps.append(Step("split word joined", *first_change(text, mended)))
        return mended, steps

    def fit(self, upper: str, lower: str) -> tuple[str, str, Step | None]:
        """Return two lines ready to be joined, and the step if a hyphen goes.

        The blank between them, if any, ends the upper line. A hyphen at its end is removed only if
        the document has the solid word elsewhere, or what follows it is no word.
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
            printed = self.count[hyphenated.lower()] or head[1].lower() in COMPOUND
            divided = head[1].isalpha() and not printed and NO_WORD.fullmatch(tail[0])
            if divided or self.count[solid.lower()] > self.count[hyphenated.lower()]:
                step = Step("hyphen at end of line removed", f"{head[1]}- {tail[0]}", solid)
                return upper[:-1], lower, step
            if head[1].isalpha() and not printed:
                return upper, lower, Step(UNSURE, f"{head[1]}-{tail[0]}")
        return upper, lower, Step("line joined at its hyphen", f"{head[1]}- {lower[:12]}")

    def mend(self, text: str) -> str:
        """Join the halves of words that a lost ligature has split.

        "traffi cking" is joined, since "cking" is no word of the document, and "Shafi said" is not;
        "fr amework" is if the document has "framework" elsewhere.
        """
        if "fi " in text or "fl " in text:
            text = SPLIT_LIGATURE.sub(self._tied, text)
        words = text.split(" ")
        blanks = ("" if self.are_halves(*pair) else " " for pair in pairwise(words))
        return "".join(map(add, words, [*blanks, ""]))

    def _tied(self, match: re.Match[str]) -> str:
        """Return two halves as one, if the second is no word or the whole is one."""
        left, right = match[1].lower(), match[2]
        word = self.count[right] > self.after[right] and not self.count[left + right]
        return match[0] if word and left not in LIGATURES else match[1] + match[2]

    def are_halves(self, left: str, right: str) -> bool:
        """Return True if the document has two words only as one."""
        if not left.isalpha() or left.lower() not in self.once:
            return False
        right = right.rstrip(".,;:!?)\u201d\u2019\"'")
        if min(len(left), len(right)) > FRAGMENT and not left.endswith(tuple(LIGATURES)):
            return False  # "health care", where elsewhere it is one word
        return right in self.once and self.count[(left + right).lower()] > 0
