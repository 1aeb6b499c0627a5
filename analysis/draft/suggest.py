"""Suggest what a reader must decide: a gist to be replaced, themes by the codebook's own words, a category by the verb."""

import math
import re
from functools import lru_cache
from types import SimpleNamespace

from analysis.draft import words
from analysis.draft.verbs import ACTIONS, base

GIST_WORDS = 40
ENOUGH, NEARLY, THEMES = 2.0, 0.75, 2  # what a theme must score, how near to the best a second must come, how many at most
GENERAL = 4  # the category of an action whose verb the table does not have
COMMON = set(
    (
        "about above after again against also among been before being between both cannot could does down during each even "
        "every from given have having here into itself just less like made make many more most much must named need needs never "
        "only other others over part parts person persons same should some such than that their them themselves then there "
        "these they this those through time under until upon used very well were what when where whether which while whom whose "
        "will with within without would your takes take code general state states"
    ).split()
)


def gist(text: str, taken: dict[str, int]) -> str:
    """Return the words cut to forty and made one sentence that no other row has; a person must put their own in its place.

    >>> gist("\u201cweirs\u201d stop fish; ladders help", {})
    'Weirs\u201d stop fish; ladders help.'
    """
    said = re.sub(r"^[^A-Za-z0-9]+", "", text, flags=re.ASCII) or "No words"
    said = " ".join(said.split()[: GIST_WORDS - 1]).rstrip(" .,;:!?\u2013-") or "No words"
    said = said[0].upper() + said[1:]
    taken[said] = taken.get(said, 0) + 1
    return f"{said}." if taken[said] == 1 else f"{said} ({taken[said]})."


class Codebook:
    """The themes that are applied, as weighted stems of their own words: label, definition and what takes the code."""

    def __init__(self, themes):
        applied = themes[themes.parent != ""]
        own = {row.id: (stems(row.label), stems(f"{row.definition} {row.include}")) for row in applied.itertuples()}
        every = [label | rest for label, rest in own.values()]
        self.enough, self.weights = min(ENOUGH, math.log(1 + len(every))) * 0.999, {}
        for theme, (label, rest) in own.items():
            for stem in label | rest:
                rarity = math.log((1 + len(every)) / sum(stem in each for each in every))
                self.weights.setdefault(stem, []).append((theme, rarity * (1.5 if stem in label else 1.0)))

    def themes(self, text: str) -> list[tuple[str, str]]:
        """Return at most two themes, best first, each with the words that the text and the codebook share."""
        scores: dict[str, float] = {}
        shared: dict[str, list[str]] = {}
        for stem, word in sorted(stems(text).items()):
            for theme, weight in self.weights.get(stem, ()):
                scores[theme] = scores.get(theme, 0) + weight
                shared.setdefault(theme, []).append(word)
        best = sorted(scores, key=lambda theme: (-scores[theme], theme))[:THEMES]
        kept = [theme for theme in best if scores[theme] >= max(self.enough, NEARLY * scores[best[0]])]
        return [(theme, f"words of the codebook: {', '.join(shared[theme][:6])}") for theme in kept]


def stems(text: str) -> dict[str, str]:
    """Return the stems of the longer words of a text, each with the word it comes from.

    >>> stems("Weirs stopped the reporting")
    {'weir': 'weirs', 'stopp': 'stopped', 'report': 'reporting'}
    """
    found = (word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3 and word not in COMMON)
    return {stem(word): word for word in found}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its commonest endings."""
    for ending in (
        "isations",
        "izations",
        "ations",
        "ation",
        "ings",
        "ing",
        "ments",
        "ment",
        "ities",
        "ity",
        "ies",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "al",
        "s",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def category(verb: str, verbs: dict[str, int]) -> tuple[int, str]:
    """Return the commonest action category of a verb, and why; a general action where the table does not have it."""
    if verb in verbs:
        return verbs[verb], f"commonest category of {verb}"
    return GENERAL, f"{verb or 'no verb'} is not in the table of verbs: a general action"


def modal_categories(codebook: SimpleNamespace) -> dict[str, int]:
    """Return the commonest category of every verb of the codebook."""
    known = codebook.verbs.dropna(subset=["modal_category"])
    return dict(zip(known.first_verb, known.modal_category.astype(int), strict=True))


def verb_asked(text: str) -> str:
    """Return the first verb of what a proposal asks for, in its base form: "should do", "to do" or "doing"."""
    for word in re.findall(r"[a-z]+", text.lower()):
        plain = base(word)
        if plain in ACTIONS:
            return plain
    return words.slug(text.split()[0]) if text.split() else ""


class Subjects:
    """What the panels are about: how often each stem stands in the paragraphs of each."""

    def __init__(self, texts: dict[str, str], titles: dict[str, str]):
        self.counts = {panel: {} for panel in texts}
        for panel, text in texts.items():
            counted = self.counts[panel]
            for word in re.findall(r"[a-z]+", f"{text} {' '.join([titles[panel]] * 5)}".lower()):
                if len(word) > 3 and word not in COMMON:
                    counted[stem(word)] = counted.get(stem(word), 0) + 1
        self.sizes = {panel: sum(counted.values()) or 1 for panel, counted in self.counts.items()}

    def panel(self, text: str) -> str:
        """Return the panel whose words a text shares, if it is clearly one's; blank otherwise."""
        if len(self.counts) < 2:
            return next(iter(self.counts), "")
        said = stems(text)
        scores = {panel: sum(self._weight(panel, each) for each in said) for panel in self.counts}
        best, second = sorted(scores.values(), reverse=True)[:2]
        return max(scores, key=scores.get) if best - second > 2.5 else ""

    def _weight(self, panel: str, each: str) -> float:
        total = sum(counted.get(each, 0) for counted in self.counts.values())
        return math.log(1 + self.counts[panel].get(each, 0) / self.sizes[panel] * 2000) if total > 1 else 0.0
