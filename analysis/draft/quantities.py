"""Quantities that a summary states: counts, shares, trends, magnitudes in words, durations and ages."""

import re
from dataclasses import dataclass

from analysis.draft import words
from analysis.draft.statements import Statement
from analysis.draft.structure import Part
from analysis.draft.words import FIGURE, MONTHS

COUNTED = (
    r"(?!to\b|and\b|or\b|of\b|in\b|on\b|at\b|by\b|the\b|speakers?\b|following\b|other speakers?\b|"
    + "|".join(MONTHS).lower()
    + r")[a-z][\w-]+"
)
FRACTION = r"(?:half|(?:a|one|two|three|four) (?:thirds?|quarters?|fifths?|tenths?)|majority)"
DEGREE = r"(?:very |so |too |relatively |increasingly |extremely |almost |nearly )?"
MODIFIED = r"(?:significant|sharp|marked|steady|rapid|slight|considerable|notable|substantial|dramatic|further|clear|continued|gradual|recent|worrying|alarming)"
RISE = r"(?:increas(?:e|es|ed)|rise|rises|growth|surge|decline|declines|decrease|decreases|drop|reduction|expansion|upsurge|spread|fall)"
KINDS = {  # the first that matches a place names it
    "duration": rf"\b{FIGURE}[- ](?:year|month|week|day|hour)s?\b(?! (?:of age|old|olds)\b)",
    "age": rf"\b{FIGURE}(?:[- ]years?)(?:[- ]of[- ]age|[- ]old)\b",
    "share": rf"\b\d+(?:\.\d+)?(?:%| ?per ?cent\b)|\b(?:(?:more|less|fewer) than |over |nearly |almost |about |at least |some )?{FRACTION}\b(?= of|\b)|"
    rf"\b{FIGURE} (?:out of|in) (?:every )?{FIGURE}\b|\b(?:all|every) (?:countries|States|regions|continents|parts of the world)\b",
    "trend": rf"\b(?:which is an? )?(?:{MODIFIED} )?{RISE}\b(?: (?:in|of) (?:\w+ ){{0,2}}\w+)?|\b(?:growing|rising|declining|falling|decreasing|increasing)"
    r"(?: (?:number|use|demand|prevalence|scale|share|trend|\w+ \w+))?\b|\b(?:doubled|tripled|quadrupled|halved|grown|on the rise|worsening|shrinking|disappearing)\b",
    "magnitude": rf"\b(?:vast majority|great majority|majority of \w+|large (?:numbers?|profits|sums|scale|share|part|proportion)\b|big \w+|high (?:profits|numbers?|rates?)|"
    rf"(?:many|few|fewer|several|numerous|countless) (?!speakers|following|others|other speakers)(?:more |other )?\w+(?: \w+)?|{DEGREE}(?:little|low) \w+|"
    rf"\w+ (?:is|are) {DEGREE}rare\b|{DEGREE}(?:rare|rarely|seldom|scarce)\b|(?:almost|nearly|virtually|practically) (?:everywhere|all|every|no|none|never|always)|"
    r"disproportionate(?:ly)?|mainly|mostly|predominantly|largely|primarily|often|frequently|usually|hardly any|widespread|massive|enormous|huge|"
    r"some level of \w+|a number of \w+|hundreds of \w+|thousands of \w+|millions? of \w+|most \w+)\b",
    "count": rf"\b{FIGURE} (?:[a-z][\w-]+ )?{COUNTED}",
}
PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()), re.I)
NO_QUANTITY = re.compile(
    rf"(?:\b(?:article|articles|paragraphs?|resolutions?|item|items|items?|cluster|section|chapter|target|goal|annex|rule|page|no\.|number|{words.either(MONTHS)})"
    r" |[/.(])$",
    re.I,
)
NAMED_NUMBER = re.compile(r"^(?:1[89]|20)\d\d\b|^\d+(?:st|nd|rd|th)\b")
FRACTIONS = {"half": 50.0, "third": 33.3, "thirds": 66.7, "quarter": 25.0, "quarters": 75.0, "fifth": 20.0, "majority": 50.0}
SOURCED = re.compile(r"\b(?:according to|data (?:from|of)|survey|study|report of|reported by|research by)\b", re.I)
PERIOD = re.compile(
    rf"\b(?:since|between|from|in|during|over)\s+(?:(?:{words.either(MONTHS)})\s+)?(?:19|20)\d\d(?:\s+(?:and|to)\s+(?:19|20)\d\d)?"
)


@dataclass(frozen=True)
class Claim:
    """A quantity: place, words, kind, bounds with their unit, statement and speaker, and the rule that found it."""

    paragraph: int
    start: int
    end: int
    statement: str
    said_by: str
    quantity: str
    kind: str
    low: float | None
    high: float | None
    unit: str
    period: str
    source_named: bool
    measures: str
    reason: str


def claims(parts: list[Part], said: dict[int, list[tuple[str, Statement]]], counts: list, chair: str) -> list[Claim]:
    """Return every quantity outside the observations, and the counts of who took part, in the order of the text."""
    found = []
    taken = {part.number: [count for count in counts if count.paragraph == part.number] for part in parts}
    for part in parts:
        if part.kind in ("observation", "lead-in"):
            continue
        rows = [_counted(part, count, chair) for count in taken[part.number]]
        if part.kind != "participation":
            rows += [_claim(part, match, said.get(part.number, []), chair) for match in _matches(part.text)]
        found += sorted(rows, key=lambda claim: claim.start)
    return found


def _matches(text: str):
    for match in PATTERN.finditer(text):
        before = text[max(0, match.start() - 14) : match.start()]
        if not (NO_QUANTITY.search(before) or NAMED_NUMBER.match(match[0])):
            yield match


def _counted(part: Part, count, chair: str) -> Claim:
    quantity = part.text[count.start : count.end]
    return Claim(
        part.number, count.start, count.end, "", chair, quantity, "count", count.count, count.count, count.unit, "", False,
        f"{count.group} that took part", f"count of participants: {quantity}",
    )  # fmt: skip


def _claim(part: Part, match: re.Match, said: list, chair: str) -> Claim:
    kind, start = match.lastgroup, match.start()
    quantity = _words_of(kind, match[0])
    end = start + len(quantity)
    home = next((each for each in said if each[1].start <= start and end <= each[1].end), None)
    low, high, unit = bounds(kind, quantity, match[0])
    sentence = next(part.text[s:e] for s, e in words.sentences(part.text) if s <= start < e)
    period = PERIOD.search(sentence)
    rest = " ".join(part.text[start:].split()[:9]).rstrip(",;.:")
    return Claim(
        part.number, start, end, home[0] if home else "", home[1].speaker if home else chair, quantity, kind, low, high, unit,
        period[0] if period else "", bool(SOURCED.search(sentence)), rest, f"{kind}: {quantity}",
    )  # fmt: skip


def _words_of(kind: str, found: str) -> str:
    """Return the words that state the quantity: at most forty signs, whole words."""
    if kind == "count" and len(found) > 40:
        found = found.split()[0]
    while len(found) > 40:
        found = found.rsplit(" ", 1)[0] if " " in found else found[:40]
    return found


def bounds(kind: str, quantity: str, found: str) -> tuple[float | None, float | None, str]:
    """Return lower bound, upper bound and unit of a quantity; None and blank where it has none.

    >>> bounds("share", "more than a third", ""), bounds("count", "two panels", "two panels")
    ((33.3, None, 'per cent'), (2.0, 2.0, 'panels'))
    """
    if kind in ("trend", "magnitude"):
        return None, None, ""
    if kind == "share":
        return _share(quantity)
    first = re.match(FIGURE, quantity, re.I)
    stated = words.number(first[0]) if first else None
    unit = quantity[first.end() :].strip(" -") if first else ""
    if kind in ("duration", "age"):
        unit = re.search(r"year|month|week|day|hour", quantity, re.I)[0].lower() + "s"
    return (stated, stated, unit or "items") if stated is not None else (None, None, "")


def _share(quantity: str) -> tuple[float | None, float | None, str]:
    figure = re.match(r"\d+(?:\.\d+)?", quantity)
    if figure:
        return float(figure[0]), float(figure[0]), "per cent"
    if re.match(r"all|every", quantity, re.I):
        return 100.0, 100.0, "per cent"
    share = next((FRACTIONS[word] for word in quantity.lower().split() if word in FRACTIONS), None)
    if share is None:
        return None, None, ""
    below, above = (
        re.match(r"(?:less|fewer) than", quantity, re.I),
        re.match(r"(?:more than|over|at least)|.*majority", quantity, re.I),
    )
    return (None if below else share), (None if above else share), "per cent"
