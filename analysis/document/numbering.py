"""Find the numbers of paragraphs: the best chain at the start of lines.

A line may begin with a year, a percentage, an article or the number of a sub-heading, so no line is
judged alone. Of all numbers that might open a paragraph, the chain with the highest score is taken,
each one more than the last: "36. 156 persons" opens paragraph 36 after 35, "2016." opens nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from string import ascii_uppercase

from analysis.document.line import Line

NUMBER = re.compile(r"\s*(?P<number>[1-9]\d{0,2})(?:\.(?![\d.])|(?=\t))\s*(?P<rest>.*)", re.DOTALL)
ROMAN = re.compile(r"\s*(?P<number>[IVXL]{1,7})\.(?:\s+(?P<rest>\S.*)|\s*)", re.DOTALL)
COMPLETE = re.compile(r"[.;:!?][\u201d\u2019\"')\]\u00b9\u00b2\u00b3\u2070\u2074-\u2079\d]*$")
GAP = 5  # consecutive numbers that may be missing
COST = 2.5  # cost of each missing number
TITLE_WORDS = 16  # longest title
SECTION_TITLE_WORDS = 45  # a line with more words after its Roman number is hardly a heading
TENS, UNITS = " X XX XXX XL L LX LXX LXXX", " I II III IV V VI VII VIII IX"
ROMAN_NUMBERS = [ten + unit for ten in TENS.split(" ") for unit in UNITS.split(" ")]  # 0 to 89
VALUES = {number: value for value, number in enumerate(ROMAN_NUMBERS)}


@dataclass(frozen=True)
class Candidate:
    """A number at the start of a line.

    Attributes
    ----------
    place : int
        Index of the line.
    number : int
        Its value.
    rest : str
        The words after it.
    score : float
        How likely it is to open a paragraph or a section.
    title : bool
        Whether the words after it look like a title.
    """

    place: int
    number: int
    rest: str
    score: float
    title: bool


def formatted(value: int, form: str) -> str:
    """Return a number in one of the formats that Word names.

    >>> formatted(4, "lowerLetter"), formatted(4, "upperRoman"), formatted(4, "decimal")
    ('d', 'IV', '4')
    """
    if form in ("lowerLetter", "upperLetter"):
        number = ascii_uppercase[(value - 1) % 26] * min((value - 1) // 26 + 1, 4)
    elif form in ("lowerRoman", "upperRoman") and 0 < value < len(ROMAN_NUMBERS):
        number = ROMAN_NUMBERS[value]
    else:
        number = f"{value:02d}" if form == "decimalZero" else str(value)
    return number.lower() if form.startswith("lower") else number


def complete(text: str) -> bool:
    """Return True if words end a sentence or a clause."""
    return bool(COMPLETE.search(text.rstrip()[-30:]))


def is_title(block: str) -> bool:
    """Return True if a block looks like a title: short, and not a sentence.

    >>> is_title("Other matters"), is_title("The meeting rose.")
    (True, False)
    """
    block = block.strip()
    short = 0 < len(block.split()) <= TITLE_WORDS
    return short and not complete(block) and not block.endswith(",")


def block(lines: Sequence[Line], place: int, *, limit: int = 4) -> str:
    """Return the words of the block that begins at a line, up to a limit of lines."""
    words = [lines[place].text]
    for line in lines[place + 1 : place + limit]:
        if line.is_text:
            if line.gap or NUMBER.match(line.text) or ROMAN.match(line.text):
                break
            words.append(line.text)
    return " ".join(words)


def before(lines: Sequence[Line], place: int) -> int:
    """Return the place of the last line of text before a line, or -1."""
    return next((above for above in range(place - 1, -1, -1) if lines[above].is_text), -1)


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Return every number at the start of a line that might open a paragraph."""
    numbers = []
    for place, line in enumerate(lines):
        if line.kind == "text" and (match := NUMBER.fullmatch(line.text)):
            title = is_title(NUMBER.sub(r"\g<rest>", block(lines, place), count=1))
            score = _score(lines, place, match["rest"]) - (1.5 if title else 0)
            numbers.append(Candidate(place, int(match["number"]), match["rest"], score, title))
    return numbers


def headings(lines: Sequence[Line]) -> list[Candidate]:
    """Return every Roman number at the start of a line that might open a section."""
    numbers = []
    for place, line in enumerate(lines):
        match = ROMAN.fullmatch(line.text) if line.is_text else None
        if match and (value := VALUES.get(match["number"])):
            rest = match["rest"] or ""
            title = is_title(block(lines, place))
            score = _score(lines, place, rest) + _heading_score(lines, place, rest, title)
            numbers.append(Candidate(place, value, rest, score, title))
    return numbers


def _score(lines: Sequence[Line], place: int, rest: str) -> float:
    """Score a number by the line before it and by the words after it."""
    line, above = lines[place], before(lines, place)
    last = lines[above] if above >= 0 else None
    score = 2.0 if line.gap else 1.0
    if last is None or last.kind == "heading" or complete(last.text) or ROMAN.fullmatch(last.text):
        score += -0.5 if last is not None and last.text.rstrip().endswith(":") else 1
    elif not line.gap:
        score -= 1.5
    elif last.gap and is_title(last.text):
        score += 1
    if rest[:1].islower():
        score -= 2
    elif rest:
        score += 0.5
    return score


def _heading_score(lines: Sequence[Line], place: int, rest: str, title: bool) -> float:
    """Score a Roman number by its form and by the lines after it."""
    line, following = lines[place], lines[place + 1 : place + 5]
    score = 1.0 if line.kind == "heading" or line.strong else 0.0
    score += 1 if any(NUMBER.fullmatch(other.text) for other in following) else 0
    score -= 2 if following and ROMAN.fullmatch(following[0].text) else 0  # a list of sections
    return score + (0.5 if title else 0 if len(rest.split()) < SECTION_TITLE_WORDS else -2)


def chain(numbers: Iterable[Candidate]) -> list[Candidate]:
    """Return the chain of rising numbers with the highest score.

    Each number is one more than the last. Up to `GAP` may be missing in between, and the first
    need not be 1, but each missing number costs `COST`. The chain is empty if none has a positive
    score. Time is linear in the candidates.
    """
    best: dict[int, tuple[float, int]] = {}  # number -> score and last link of the best chain to it
    links: list[tuple[Candidate, int]] = []  # each candidate with the link before it, or -1
    for candidate in numbers:
        options = [(-COST * min(candidate.number - 1, 40), -1)]
        for missing in range(GAP + 1):
            if known := best.get(candidate.number - 1 - missing):
                options.append((known[0] - COST * missing, known[1]))
        score, last = max(options, key=itemgetter(0))
        if candidate.number not in best or score + candidate.score > best[candidate.number][0]:
            best[candidate.number] = score + candidate.score, len(links)
        links.append((candidate, last))
    score, place = max(best.values(), default=(0, -1))
    chosen = []
    while score > 0 and place >= 0:
        candidate, place = links[place]
        chosen.append(candidate)
    return chosen[::-1]
