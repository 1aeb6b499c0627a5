"""Find which numbers at the start of lines number the paragraphs: the best chain of them, each one more than the last.

A line may begin with a year, a percentage, an article or the number of a sub-heading. No line is judged alone: of all
numbers that might open a paragraph, the chain with the highest score is taken, so that "36. 156 persons" opens paragraph
36 after 35, and "2016." opens nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.document.model import Line

NUMBER = re.compile(r"\s*(?P<number>[1-9]\d{0,2})(?:\.(?![\d.])|(?=\t))\s*(?P<rest>.*)", re.DOTALL)
ROMAN = re.compile(r"\s*(?P<number>[IVXL]{1,7})\.(?:\s+(?P<rest>\S.*)|\s*)", re.DOTALL)
COMPLETE = re.compile(r"[.;:!?][\u201d\u2019\"')\]\u00b9\u00b2\u00b3\u2070\u2074-\u2079\d]*$")
MISSING = 5  # how many numbers in a row may be lost
LOST = 2.5  # what each lost number costs
TITLE_WORDS = 16  # a title is no longer than this
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True)
class Candidate:
    """A number at the start of a line: place of the line, the number, the words after it, and how like a start it is."""

    place: int
    number: int
    rest: str
    score: float
    title: bool = False

    @property
    def sure(self) -> bool:
        """Whether it would open a paragraph, were its number right: a new block after a finished sentence, no title."""
        return self.score >= 3 and not self.title and bool(self.rest)


def roman(number: str) -> int:
    """Return the value of a Roman number, 0 where it is none.

    >>> roman("XIV"), roman("IIV")
    (14, 0)
    """
    if set(number) - set(VALUES):
        return 0
    value = 0
    for digit, after in zip(number, [*number[1:], ""], strict=True):
        value += VALUES[digit] if VALUES.get(after, 0) <= VALUES[digit] else -VALUES[digit]
    return value if to_roman(value) == number else 0


def to_roman(value: int) -> str:
    """Return a number from 1 to 89 in Roman digits.

    >>> to_roman(49)
    'XLIX'
    """
    made = ""
    for size, digits in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= size:
            made, value = made + digits, value - size
    return made


def complete(text: str) -> bool:
    """Say whether words end a sentence or a clause, so that a new block may follow."""
    return bool(COMPLETE.search(text.rstrip()[-30:]))


def is_title(block: str) -> bool:
    """Say whether a block looks like a title: short, and no sentence.

    >>> is_title("Other matters"), is_title("The meeting rose.")
    (True, False)
    """
    block = block.strip()
    return 0 < len(block.split()) <= TITLE_WORDS and not complete(block) and not block.endswith(",")


def block(lines: Sequence[Line], place: int, *, limit: int = 4) -> str:
    """Return the words of the block that begins at a line, up to a few lines of it."""
    words = [lines[place].text]
    for line in lines[place + 1 : place + limit]:
        if line.kind in ("left out", "note"):
            continue
        if line.gap or NUMBER.match(line.text) or ROMAN.match(line.text):
            break
        words.append(line.text)
    return " ".join(words)


def before(lines: Sequence[Line], place: int) -> Line | None:
    """Return the last line of text before a line, furniture and footnotes left aside."""
    while place and lines[place - 1].kind not in ("text", "heading"):
        place -= 1
    return lines[place - 1] if place else None


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Return every number at the start of a line that might open a paragraph."""
    found = []
    for place, line in enumerate(lines):
        match = NUMBER.fullmatch(line.text) if line.kind == "text" else None
        if match:
            title = is_title(NUMBER.fullmatch(block(lines, place))["rest"])
            score = _score(lines, place, match["rest"]) - (1.5 if title else 0)
            found.append(Candidate(place, int(match["number"]), match["rest"], score, title))
    return found


def headings(lines: Sequence[Line]) -> list[Candidate]:
    """Return every Roman number at the start of a line that might open a section."""
    found = []
    for place, line in enumerate(lines):
        match = ROMAN.fullmatch(line.text) if line.kind in ("text", "heading") else None
        value = roman(match["number"]) if match else 0
        if not value:
            continue
        rest = match["rest"] or ""
        score = _score(lines, place, rest) + (1 if line.kind == "heading" or line.strong else 0)
        follows = next((other for other in lines[place + 1 : place + 5] if NUMBER.fullmatch(other.text)), None)
        score += 1 if follows is not None else 0
        beside = lines[place + 1 : place + 2]
        score -= 2 if beside and ROMAN.fullmatch(beside[0].text) else 0
        title = is_title(block(lines, place))
        score += 0.5 if title else 0 if len(rest.split()) < 45 else -2
        found.append(Candidate(place, value, rest, score, title))
    return found


def _score(lines: Sequence[Line], place: int, rest: str) -> float:
    """Judge a line by what stands before it and by how it goes on."""
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


def chain(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the chain of rising numbers with the highest score; an empty list where none is worth it.

    Each number is one more than the last. Up to `MISSING` may be lost in between, and the first need not be 1, but
    every number that is not there costs `LOST`. Time is linear in the candidates.
    """
    best: dict[int, tuple[float, int]] = {}  # number -> score of the best chain that ends there, its last candidate
    steps: list[tuple[Candidate, int]] = []  # each candidate with the one before it in its chain, -1 for none
    for candidate in found:
        options = [(-LOST * min(candidate.number - 1, 40), -1)]
        for lost in range(MISSING + 1):
            if candidate.number - 1 - lost in best:
                score, last = best[candidate.number - 1 - lost]
                options.append((score - LOST * lost, last))
        score, last = max(options, key=lambda option: option[0])
        steps.append((candidate, last))
        if candidate.number not in best or score + candidate.score > best[candidate.number][0]:
            best[candidate.number] = score + candidate.score, len(steps) - 1
    if not best or max(best.values())[0] <= 0:
        return []
    place, made = max(best.values())[1], []
    while place >= 0:
        candidate, place = steps[place]
        made.append(candidate)
    return made[::-1]
