"""Divide a paragraph into sentences, and find what may be recommended."""

import re

import regex

from analysis.document import Document
from analysis.start.numbers import NOUNS, SYMBOL_NAMED

Span = tuple[int, int]  # code points of a normalized text, end exclusive

STOP = regex.compile(
    r"[.?!][)\]\u201d\u2019\"']*(?=\s+[\p{Lu}\p{Lt}\p{Lo}\p{N}(\[\u201c\u2018\"'\u2013\u2022-])"
)
# A full stop after one of these ends no sentence ("Ms. Ayodele", "paras. 3 to 5").
ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof st sr jr hon rev gen col lt capt amb messrs mme mlle ing eng adv sra dra "
    "no nos art arts para paras p pp vol vols ed eds sect fig figs ch cf e.g i.e eg ie vs approx "
    "ca c al viz add corr wg res dec dist distr assoc univ dept tel rs".split()
)
LAST_WORD = re.compile(r"(\S+)\.$")
INITIAL = regex.compile(r"(?:\p{Lu}\.)*\p{Lu}")  # "J. Okello", "U.N. Plaza"
ITEM_LABEL = re.compile(
    r"[\W\d_]*|\W*(?:[a-zA-Z]|[ivxl]+)[).]\W*"
)  # "12.3." or "(a)" opens, and ends nothing

MODAL = re.compile(
    r"\b(?:should|shall|ought to|(?:is|are) (?:encouraged|invited|urged|requested|advised) to"
    r"|(?:is|are) called upon to|recommend(?:s|ed) (?:that|to))\b"
)
LAST_PART = 0.5  # share of the paragraphs after which a section may close a document
# Sections that close a document: a word of the title, with one that has it.
CLOSING = {
    "conclu": "Conclusions of the meeting",
    "recommend": "Summary of recommendations",
    "observation": "Final observations by the Chair",
    "way forward": "The way forward",
    "next step": "Next steps",
    "action point": "Agreed action points",
}
# What has a modal verb but recommends nothing, with an example of each.
NO_RECOMMENDATION = {
    r"\b(?:should|must) (?:also )?(?:be|not be) "
    r"(?:noted|recalled|read|seen|understood|construed|borne|stressed|emphasized|considered as)": (
        "It should be noted that the list is not complete."
    ),
    r"\b(?:said|noted|stated|stressed|explained|recalled|argued|asked|felt|warned|observed"
    r"|proposed|suggested|reported|emphasi[sz]ed|underlined|highlighted|mentioned|reiterated"
    r"|pointed out)\b(?=.*\b(?:should|must|shall|ought)\b)": (
        "A speaker said that States should act."
    ),
    r"\?[\u201d\"']?$": "What should be done?",
    r"^[\W\d]*(?:Should|If|Whether)\b": "Should the funds run out, the office closes.",
    r"\bwhether\b[^.;]* (?:should|must|shall|ought)\b": "It is open whether the list should grow.",
    r"\b(?:which|who|that|what|how|as|than|if|when|where|why)(?: \w+){0,3} "
    r"(?:should|must|shall|ought)\b": "The Chair sent a list of what States should do.",
    r"\b(?:shall|must) have\b|\bshould have been\b": "The list should have been longer.",
}
RECOMMENDED = re.compile(r"\brecommend(?:s|ed) that\b")


def spans(text: str) -> list[Span]:
    """Return where each sentence of a normalized text begins and ends.

    >>> text = "Ms. Okello spoke. See art. 5 of WG. 4/2031/2 too. (a) It is so."
    >>> [text[start:end] for start, end in spans(text)]
    ['Ms. Okello spoke.', 'See art. 5 of WG. 4/2031/2 too.', '(a) It is so.']
    """
    found, start = [], 0
    inside = [match.span() for match in SYMBOL_NAMED.finditer(text)]
    for end in (match.end() for match in STOP.finditer(text)):
        symbol = any(first < end < last for first, last in inside)
        if not symbol and _ends(text[start:end].strip()):
            found.append((start, end))
            start = end + len(text[end:]) - len(text[end:].lstrip())
    return [*found, (start, len(text))] if start < len(text) else found


def _ends(words: str) -> bool:
    """Return True if words up to a full stop are a whole sentence."""
    last = LAST_WORD.search(words)
    word = last[1].lstrip("([\u201c\"'") if last else ""
    name = words.split()[-2:-1]  # "Annex A." ends a sentence, "Maria J." does not
    initial = INITIAL.fullmatch(word) and not {each.lower() for each in name} & set(NOUNS)
    short = word.lower() in ABBREVIATIONS or bool(initial)
    return not short and not ITEM_LABEL.fullmatch(words)


def closing(document: Document) -> set[int]:
    """Return the paragraphs of sections that close a document, by number."""
    titles = {section.number: section.title for section in document.sections}
    numbers = list(document.paragraphs)
    return {
        number
        for number in numbers[int(LAST_PART * len(numbers)) :]
        if any(
            word in f"{titles.get(paragraph.section, '')} {paragraph.heading}".lower()
            for paragraph in [document.paragraphs[number]]
            for word in CLOSING
        )
    }


def recommends(sentence: str) -> bool:
    """Return True if a sentence of a closing section recommends something.

    >>> recommends("States should count boats."), recommends("It should be noted that they do.")
    (True, False)
    """
    if not MODAL.search(sentence):
        return False
    words = RECOMMENDED.sub("recommend", sentence)
    return not any(re.search(pattern, words) for pattern in NO_RECOMMENDATION)
