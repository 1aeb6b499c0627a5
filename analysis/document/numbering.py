"""Find the numbers that number paragraphs: the best chain of numbers at the start of lines.

A line may begin with a year, a percentage, an article or the number of a sub-heading, so no line is
judged alone. Of all numbers that might open a paragraph, the chain with the highest score is taken,
each one more than the last: "36. 156 persons" opens paragraph 36 after 35, "2016." opens nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.document.line import Line

NUMBER = re.compile(r"\s*(?P<number>[1-9]\d{0,2})(?:\.(?![\d.])|(?=\t))\s*(?P<rest>.*)", re.DOTALL)
ROMAN = re.compile(r"\s*(?P<number>[IVXL]{1,7})\.(?:\s+(?P<rest>\S.*)|\s*)", re.DOTALL)
COMPLETE = re.compile(r"[.;:!?][\u201d\u2019\"')\]\u00b9\u00b2\u00b3\u2070\u2074-\u2079\d]*$")
MISSING = 5  # consecutive numbers that may be missing
LOST = 2.5  # cost of each missing number
TITLE_WORDS = 16  # longest title
SECTION_TITLE_WORDS = 45  # a line with more words after its Roman number is hardly a heading
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
ROMAN_DIGITS = (
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX")),
    *((5, "V"), (4, "IV"), (1, "I")),
)


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
    title: bool = False

    @property
    def sure(self) -> bool:
        """Whether it would open a paragraph if its number were right.

        It would if it begins a new block after a finished sentence, and no title.
        """
        return self.score >= 3 and not self.title and bool(self.rest)


def roman(number: str) -> int:
    """Return the value of a Roman number, or 0 if it is not one.

    >>> roman("XIV"), roman("IIV")
    (14, 0)
    """
    if set(number) - set(VALUES):
        return 0
    value = 0
    for digit, following in zip(number, [*number[1:], ""], strict=True):
        subtracts = VALUES.get(following, 0) > VALUES[digit]
        value += -VALUES[digit] if subtracts else VALUES[digit]
    return value if to_roman(value) == number else 0


def to_roman(value: int) -> str:
    """Return a number from 1 to 89 in Roman digits.

    >>> to_roman(49)
    'XLIX'
    """
    number = ""
    for size, digits in ROMAN_DIGITS:
        while value >= size:
            number, value = number + digits, value - size
    return number


def complete(text: str) -> bool:
    """Return True if words end a sentence or a clause, so that a new block may follow."""
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
        if line.kind in ("left out", "note"):
            continue
        if line.gap or NUMBER.match(line.text) or ROMAN.match(line.text):
            break
        words.append(line.text)
    return " ".join(words)


def before(lines: Sequence[Line], place: int) -> Line | None:
    """Return the last line of text before a line, disregarding furniture and footnotes."""
    while place and lines[place - 1].kind not in ("text", "heading"):
        place -= 1
    return lines[place - 1] if place else None


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Return every number at the start of a line that might open a paragraph."""
    numbers = []
    for place, line in enumerate(lines):
        match = NUMBER.fullmatch(line.text) if line.kind == "text" else None
        if match:
            whole = NUMBER.fullmatch(block(lines, place))
            title = whole is not None and is_title(whole["rest"])
            score = _score(lines, place, match["rest"]) - (1.5 if title else 0)
            numbers.append(Candidate(place, int(match["number"]), match["rest"], score, title))
    return numbers


def headings(lines: Sequence[Line]) -> list[Candidate]:
    """Return every Roman number at the start of a line that might open a section."""
    numbers = []
    for place, line in enumerate(lines):
        match = ROMAN.fullmatch(line.text) if line.kind in ("text", "heading") else None
        value = roman(match["number"]) if match else 0
        if match and value:
            rest = match["rest"] or ""
            title = is_title(block(lines, place))
            score = _score(lines, place, rest) + _heading_score(lines, place, rest, title)
            numbers.append(Candidate(place, value, rest, score, title))
    return numbers


def _score(lines: Sequence[Line], place: int, rest: str) -> float:
    """Score a number by the line before it and by the words after it."""
    line, last = lines[place], before(lines, place)
    score = 1.0 + (1 if line.gap else 0)
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

    Each number is one more than the last. Up to `MISSING` may be missing in between, and the first
    need not be 1, but each missing number costs `LOST`. The chain is empty if none has a positive
    score. Time is linear in the candidates.
    """
    best: dict[
        int, tuple[float, int]
    ] = {}  # number -> score of the best chain to it, its last link
    links: list[tuple[Candidate, int]] = []  # each candidate with the link before it, or -1
    for candidate in numbers:
        score, last = max(_chains_before(candidate, best), key=lambda option: option[0])
        links.append((candidate, last))
        if candidate.number not in best or score + candidate.score > best[candidate.number][0]:
            best[candidate.number] = score + candidate.score, len(links) - 1
    if not best or max(best.values())[0] <= 0:
        return []
    place, chosen = max(best.values())[1], []
    while place >= 0:
        candidate, place = links[place]
        chosen.append(candidate)
    return chosen[::-1]


def _chains_before(
    candidate: Candidate, best: dict[int, tuple[float, int]]
) -> list[tuple[float, int]]:
    """Return the score and last link of each chain that a candidate may continue."""
    options = [(-LOST * min(candidate.number - 1, 40), -1)]
    for missing in range(MISSING + 1):
        if candidate.number - 1 - missing in best:
            score, last = best[candidate.number - 1 - missing]
            options.append((score - LOST * missing, last))
    return options
