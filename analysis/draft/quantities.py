"""Quantities that a summary states: counts, shares, trends, magnitudes in words, durations and ages."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from analysis.draft import words
from analysis.draft.statements import Statement
from analysis.draft.structure import Part
from analysis.draft.words import FIGURE, MONTHS

NO_THING = r"(?:to|and|or|of|in|on|at|by|the|as|another|other|following|speakers?|" + "|".join(MONTHS).lower() + r")\b"
SOMEBODY = r"(?:(?:other |following )?(?:speakers?|participants?|delegations?|discussants?|others|another)\b|following\b)"
FRACTION = r"(?:half|(?:a|one|two|three|four) (?:thirds?|quarters?|fifths?|tenths?)|majority)"
DEGREE = r"(?:very |so |too |relatively |increasingly |extremely |almost |nearly )?"
MODIFIED = (
    r"(?:significant|sharp|marked|steady|rapid|slight|considerable|notable|substantial|dramatic|further|clear|continued|"
    r"gradual|recent|"
    r"worrying|alarming)"
)
RISE = r"(?:increas(?:e|es|ed)|rises?|growth|surge|declines?|decreases?|drop|reduction|expansion|upsurge|spread)"
KINDS = {  # the first that matches a place names it
    "duration": (
        rf"\b{FIGURE}[- ](?:year|month|week|day|hour|minute)s?\b(?! (?:of age|old|olds)\b)",
        r"\bwithin (?:an?|a few|several) (?:year|month|week|day|hour)s?\b",
        r"\b(?:(?:a few|several|many|some|long) )?(?:years|months|weeks|days|hours|decades) (?:before|after|later|earlier|"
        r"ago|behind|long)\b",
        r"\b(?:at least |at most )?(?:once|twice|three times|several times) (?:an?|per|each|every) \w+|\bfor (?:years|"
        r"decades|months|weeks)\b",
    ),
    "age": (rf"\b(?:under|over|aged|below|above) {FIGURE}\b(?! \w+s\b)", rf"\b{FIGURE}(?:[- ]years?)(?:[- ]of[- ]age|[- ]old)\b"),
    "share": (
        r"\b\d+(?:\.\d+)?(?:%| ?per ?cent\b)",
        rf"\b(?:(?:more|less|fewer) than |over |nearly |almost |about |at least |some |by )?{FRACTION}\b",
        rf"\b{FIGURE} (?:out of|in) (?:every )?{FIGURE}\b",
        r"\b(?:all|every) (?:countries|states|regions|continents|parts of the world)\b",
    ),
    "trend": (
        rf"\b(?:which is an? )?(?:{MODIFIED} )?{RISE}\b(?: (?:in|of) (?:\w+ ){{0,2}}\w+)?",
        r"\b(?:growing|rising|declining|falling|decreasing|increasing)(?: (?:number|use|demand|prevalence|scale|share|"
        r"trend|\w+ \w+))?\b",
        r"\b(?:doubled|tripled|quadrupled|halved|grown|fallen|risen|slowed(?: down)?|on the rise|worsening|shrinking|"
        r"disappearing|increasingly|progressively|gradually|steadily|ever more|more and more|fewer and fewer)\b",
    ),
    "magnitude": (
        r"\b(?:vast|great|large) majority\b|\bmajority of \w+|\blarge (?:numbers?|profits|sums|scale|share|part|"
        r"proportion)\b|\bbig \w+",
        rf"\bhigh (?:profits|numbers?|rates?)\b|\b(?:many|fewer|several|numerous|countless) (?!{SOMEBODY})(?:more |"
        rf"other )?\w+(?: \w+)?",
        rf"\bfew\b(?! {SOMEBODY})(?: of the \w+| \w+(?: \w+)?)?|\b{DEGREE}(?:little|low) \w+",
        rf"\b{DEGREE}(?:rare|rarely|seldom|scarce)\b|\b(?:almost|nearly|virtually|practically) (?:everywhere|all|every|"
        rf"no|none|never|always)\b",
        r"\bdisproportionate(?:ly)?\b|\b(?:main|most|predominant|large|primari|usual|common|general|typical|routine|"
        r"frequent)ly\b|\boften\b",
        r"\b(?:more|fewer|less) (?:[a-z]+ ){1,2}than\b|\ba (?:small |tiny |large )?(?:fraction|handful|multitude|minority|"
        r"bulk)\b|"
        r"\bthe bulk of\b|\b(?:not |almost |nearly )always\b|\b(?:sometimes|frequently|rarest|scarcely|barely|occasionally)\b",
        r"\bhardly \w+|\b(?:widespread|massive|enormous|huge)\b|\bmain (?:source|cause|reason|part|share)s?\b|"
        r"\bsome level of \w+",
        r"\b(?:lower|higher|smaller|larger|greater|fewer|slower|faster) than \w+|\btoo (?:small|large|few|many|high|low|"
        r"little|much)\b",
        rf"\b(?:a number|hundreds|thousands|millions?) of (?!{SOMEBODY})\w+|\bmost (?!{SOMEBODY})(?:of (?:those|the|"
        rf"them) )?\w+\b",
    ),
    "count": (
        rf"\b{FIGURE} (?!{SOMEBODY})(?:[a-z][\w-]+ )?(?:states\b|(?!{NO_THING})[a-z][\w-]+)",
        rf"\b{FIGURE} of (?:his|her|its|their|the|those) \w+",
    ),
}
STATED = {  # where only some kinds are taken for quantities
    "participation": ("share",),
    "observation": ("duration", "share", "age"),
    "lead-in": (),
}
EVERY = "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in KINDS.items())
PATTERN = re.compile(rf"(?<!\w)(?=\w)(?:{EVERY})")
NO_QUANTITY = re.compile(
    rf"(?:\b(?:article|articles|paragraphs?|resolutions?|item|items|items?|cluster|section|chapter|target|goal|annex|"
    rf"rule|page|no\.|number|{words.either(MONTHS)})"
    r" |[/.(])$",
    re.I,
)
NAMED_NUMBER = re.compile(r"^(?:1[89]|20)\d\d\b|^\d+(?:st|nd|rd|th)\b")
FRACTIONS = {"half": 50.0, "third": 33.3, "thirds": 66.7, "quarter": 25.0, "quarters": 75.0, "fifth": 20.0, "majority": 50.0}
SOURCED = re.compile(r"\b(?:according to|data (?:from|of)|survey|study|report of|reported by|research by)\b", re.I)
PERIOD = re.compile(
    rf"\b(?:since|between|from|in|during|over)\s+(?:(?:{words.either(MONTHS)})\s+)?(?:19|20)\d\d(?:\s+(?:and|to)\s+(?:19|"
    rf"20)\d\d)?"
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
        kinds, homes = STATED.get(part.kind, KINDS), _Places(part, said.get(part.number, []))
        rows = [_counted(part, count, chair) for count in taken[part.number]]
        rows += [_claim(part, match, homes, chair) for match in _matches(part.text) if match.lastgroup in kinds]
        found += sorted(rows, key=lambda claim: claim.start)
    return found


def _matches(text: str):
    for match in PATTERN.finditer(words.lower(text)):
        before = text[max(0, match.start() - 14) : match.start()]
        if not (NO_QUANTITY.search(before) or NAMED_NUMBER.match(match[0])):
            yield match


def _counted(part: Part, count, chair: str) -> Claim:
    quantity = part.text[count.start : count.end]
    return Claim(
        part.number, count.start, count.end, "", chair, quantity, "count", count.count, count.count, count.unit, "", False,
        f"{count.group} that took part", f"count of participants: {quantity}",
    )  # fmt: skip


class _Places:
    """The sentences and the statements of a paragraph, to be found by a place in it."""

    def __init__(self, part: Part, said: list[tuple[str, Statement]]):
        self.sentences = words.sentences(part.text)
        self.said = sorted(said, key=lambda each: each[1].start)
        self.starts = [each.start for _, each in self.said]
        self.firsts = [start for start, _ in self.sentences]

    def statement(self, start: int, end: int) -> tuple[str, Statement] | None:
        """Return the statement that holds a span."""
        place = bisect_right(self.starts, start) - 1
        return self.said[place] if place >= 0 and end <= self.said[place][1].end else None

    def sentence(self, start: int) -> words.Span:
        """Return the sentence in which a place is."""
        return self.sentences[max(0, bisect_right(self.firsts, start) - 1)]


def _claim(part: Part, match: re.Match, places: _Places, chair: str) -> Claim:
    kind, start = match.lastgroup, match.start()
    quantity = _words_of(kind, part.text[start : match.end()])
    end = start + len(quantity)
    home = places.statement(start, end)
    low, high, unit = bounds(kind, quantity)
    left, right = places.sentence(start)
    sentence = part.text[max(left, start - 300) : min(right, start + 300)]
    period = PERIOD.search(sentence)
    rest = " ".join(part.text[start : start + 120].split()[:9]).rstrip(",;.:")
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


def bounds(kind: str, quantity: str) -> tuple[float | None, float | None, str]:
    """Return lower bound, upper bound and unit of a quantity; None and blank where it has none.

    >>> bounds("share", "more than a third"), bounds("count", "two panels")
    ((33.3, None, 'per cent'), (2.0, 2.0, 'panels'))
    """
    if kind in ("trend", "magnitude"):
        return None, None, ""
    if kind == "share":
        return _share(quantity)
    first = re.search(rf"\b{FIGURE}\b", quantity, re.I)
    stated = words.number(first[0]) if first else None
    unit = quantity[first.end() :].strip(" -") if first else ""
    if kind in ("duration", "age"):
        named = re.search(r"year|month|week|day|hour|minute", quantity, re.I)
        unit = f"{named[0].lower()}s" if named else "years"
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
