"""The words that summaries of meetings are made of: reporting verbs, quantifiers, modals, sentences.

Nothing here knows what a meeting is about, nor who was there.
"""

import re
import unicodedata

Span = tuple[int, int]

SMALL = dict(zip(range(ord("A"), ord("Z") + 1), range(ord("a"), ord("z") + 1), strict=True))

REPORTED = (  # verbs in the past tense that say that something was said
    "accepted acknowledged added addressed advised advocated affirmed agreed alerted announced appealed applauded "
    "appreciated argued ascribed asked asserted assured attributed backed believed briefed called cautioned challenged "
    "cited clarified commended commented complained conceded concluded concurred confirmed considered contended contested "
    "contrasted conveyed declared denied deplored described detailed disagreed discussed disputed doubted drew echoed "
    "elaborated emphasised emphasized encouraged endorsed enquired estimated exchanged explained explored expressed "
    "favoured feared felt flagged focused focussed found gave hailed held highlighted hinted hoped identified illustrated "
    "implied indicated informed inquired insisted introduced invited lamented listed maintained mentioned noted objected "
    "observed offered opposed outlined paid pleaded pledged pointed praised predicted presented promised proposed provided "
    "questioned raised rated reaffirmed recalled recognised recognized recommended referenced referred reflected regretted "
    "reiterated rejected remarked reminded reported requested responded ruled said shared showed signalled spoke stated "
    "stipulated stressed submitted suggested summarised summarized supported testified thanked thought told touched "
    "underlined underscored updated urged voiced warned welcomed wondered "
).split()
PLAIN = (  # those among them that are hardly ever participles after a noun
    "acknowledged added advised advocated affirmed agreed appealed argued called cautioned commended complained conceded "
    "concluded concurred conveyed emphasised emphasized encouraged explained expressed favoured highlighted informed "
    "insisted mentioned noted observed pleaded pointed proposed reaffirmed recalled recommended regretted reiterated "
    "remarked reminded said shared stated stressed suggested underlined underscored urged voiced warned welcomed "
).split()
IRREGULAR = {
    "said": "saying",
    "held": "holding",
    "found": "finding",
    "drew": "drawing",
    "paid": "paying",
    "gave": "giving",
    "told": "telling",
    "spoke": "speaking",
    "showed": "showing",
}
DOUBLED = {"referred": "referring", "focussed": "focussing", "signalled": "signalling"}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
)
MONTHS = "January February March April May June July August September October November December".split()
ADVERB = (
    r"(?:(?:also|further|furthermore|then|again|similarly|likewise|equally|additionally|finally|strongly|lastly|moreover|later|"
    r"repeatedly|briefly|particularly|jointly|clearly|first|next|generally|explicitly|however|therefore|rightly|still|"
    r"in particular|in addition|in turn),?\s+)*"
)


def participle(verb: str) -> str:
    """Return the present participle of a reporting verb in the past tense.

    >>> participle("noted"), participle("said"), participle("referred")
    ('noting', 'saying', 'referring')
    """
    return IRREGULAR.get(verb) or DOUBLED.get(verb) or re.sub(r"e?d$", "", verb) + "ing"


def either(words) -> str:
    """Return a pattern for any of some words, the longest first.

    >>> either(["a", "abc"])
    '(?:abc|a)'
    """
    return "(?:" + "|".join(sorted(set(words), key=lambda word: (-len(word), word))) + ")"


VERB = either(REPORTED)
SURE = either(PLAIN)
SAYING = either([*map(participle, PLAIN), "citing", "asking", "drawing attention", "pointing", "describing", "indicating"])
TOLD = (  # what follows a subject that is known to speak: any verb in the past tense
    rf"(?:{VERB}|[a-z]+ed|took|made|saw|felt|thought|went|brought|put|began|did|could|would|wished|was|were|had|stood|chose|"
    rf"sought)"
)
FLOOR = (  # speakers that are counted in words and never named
    r"(?:(?:some|several|many|numerous|various|multiple|most|other|another|one|two|three|a|the|a number of|a few|a couple of|"
    r"the same|different)\s+)?(?:(?:first|second|third|other|following|further|previous|next|same|subsequent)\s+)*"
    r"(?:speakers?|participants?|discussants?|delegat(?:e|ion)s?|interventions?|"
    r"attendees?)(?:\s+from\s+(?:[\w-]+\s+){0,6}?[\w-]+)??"
)
CAPITAL = r"[A-Z0-9\u00c0-\u00dd][\w'\u2019.&/-]*(?<![.])"
LINKS = r"(?:(?:of|for|and|the|on|in|to|against|de|la|le|les|des|du|del|da|do|y|e|with|from|by|at|&|van|von|der)\s+){0,3}"
NAME = rf"{CAPITAL}(?:\s+{LINKS}{CAPITAL}){{0,14}}"
CHAIR = r"(?:the\s+)?(?:(?:Co|Vice)-)?Chair(?:s|persons?|person|man|woman)?"
OFFICE = r"the\s+(?:representatives?\s+of\s+the\s+)?(?:\w+\s+)?Secretariat"
PANELLIST = (
    r"(?:the|a|an|another)\s+(?:(?:first|second|third|fourth|fifth|sixth|seventh|last|next|final|following|other|same)\s+)?"
    r"(?:panell?ists?|presenters?|experts?|moderators?|representatives?|keynote speakers?)"
)
SUBJECT = rf"(?:(?i:{FLOOR}|{CHAIR}|{OFFICE}|{PANELLIST})(?:\s+(?:from|of)\s+(?:the\s+)?{NAME})?|[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|No|Nos|St|Art|para|paras|vs|cf|e\.g|i\.e|Inc|Ltd|etc|vol|pp?)|\b[A-Z])\.$")
STOP = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[A-Z0-9\"'\u201c\u2018(\u00c0-\u00dd])")
EDGES = " ,;:.\u2013\u2014-"


def sentences(text: str) -> list[Span]:
    """Divide a text into sentences: start and end of each, the end being behind its stop.

    >>> text = "Mr. Weir spoke. Nobody else did."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Mr. Weir spoke.', 'Nobody else did.']
    """
    spans, start = [], 0
    for stop in STOP.finditer(text):
        if not ABBREVIATED.search(text, max(start, stop.start() - 8), stop.start() + 1):
            spans.append((start, stop.end() - len(stop[0]) + len(stop[0].rstrip())))
            start = stop.end()
    return [*spans, (start, len(text))] if start < len(text) else spans


def lower(text: str) -> str:
    """Return a text with small letters for A to Z, every sign staying where it is.

    >>> lower("A Weir in \u0130zmir")
    'a weir in \u0130zmir'
    """
    return text.translate(SMALL)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, with its stop."""
    return next((text[start:end] for start, end in sentences(text)), "")


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the white space and the points at its ends; one of nothing but points stays as it is."""
    first, last = start, end
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end) if start < end else (first, last)


def number(words: str) -> float | None:
    """Return the number that a figure or a number word stands for; None where it is none.

    >>> number("1,200"), number("Eleven"), number("twenty-two"), number("few")
    (1200.0, 11.0, 22.0, None)
    """
    figure = words.replace(",", "").replace("\u00a0", "").rstrip("%").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", figure, re.ASCII):
        return float(figure)
    parts = [NUMBERS.get(part) for part in words.lower().split("-")]
    return float(sum(parts)) if parts and None not in parts else None


FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{either(NUMBERS)}(?:-{either(NUMBERS)})?)"


def slug(words: str, limit: int = 40) -> str:
    """Return a short name of small letters, digits and hyphens.

    >>> slug("The Mill Museum"), slug("\u00c9cole 4")
    ('mill-museum', 'ecole-4')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    plain = re.sub(r"^(?:the|an?)\s+", "", plain.lower().strip())
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:limit].strip("-") or "x"


def distinct(name: str, taken) -> str:
    """Return a name that is not taken, with a number behind it where it is.

    >>> distinct("a", {"a", "a-2"})
    'a-3'
    """
    names = (name if place == 1 else f"{name}-{place}" for place in range(1, len(taken) + 3))
    return next(each for each in names if each not in taken)
