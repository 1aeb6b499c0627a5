"""Find the numbers of paragraphs: the best chain at the start of lines.

A line may begin with a year, a percentage, an article or the number of a sub-heading, so no line is
judged alone. Of all numbers that might open a paragraph, the chain with the highest score is taken,
each one more than the last: "36. 156 persons" opens paragraph 36 after 35, "2016." opens nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from string import ascii_uppercase
from typing import NamedTuple

from analysis.document import forms
from analysis.document.line import Line
from analysis.document.model import Step

NUMBER = forms.PLAIN.pattern
ROMAN = re.compile(r"\s*(?P<number>[IVXL]{1,7})\.(?:\s+(?P<rest>\S.*)|\s*)", re.DOTALL)
COMPLETE = re.compile(r"[.;:!?][\u201d\u2019\"')\]\u00b9\u00b2\u00b3\u2070\u2074-\u2079\d]*$")
GAP = 5  # consecutive numbers that may be missing
COST = 2.5  # cost of each missing number
FIRST_MISSING = 4  # missing numbers before the first that cost something
PAIR = 2  # numbers in a row that show a form
TITLE_WORDS = 16  # longest title
SECTION_TITLE_WORDS = 45  # a line with more words after its Roman number is hardly a heading
BLOCK_LINES = 4  # of a block that are looked at
LINES_BELOW = 4  # lines below a Roman number among which a paragraph should begin
TENS, UNITS = " X XX XXX XL L LX LXX LXXX", " I II III IV V VI VII VIII IX"
ROMAN_NUMBERS = [ten + unit for ten in TENS.split(" ") for unit in UNITS.split(" ")]  # 0 to 89
VALUES = {number: value for value, number in enumerate(ROMAN_NUMBERS)}


class Sign(NamedTuple):
    """What speaks for a number or against it, with a weight, a reason and an example.

    In the example, it is a sign of the number 7 or VII. Its name stands before it.
    """

    weight: float
    why: str
    example: str


ANY_SIGNS = {  # of any number at the start of a line
    "gap above": Sign(2, "a paragraph is a block of its own", "Boats came.\n\n7. They left."),
    "no gap above": Sign(1, "many texts have no gaps", "Boats came.\n7. They left."),
    "end above": Sign(1, "a sentence, or a heading, is over", "Boats came.\n\n7. They left."),
    "semicolon above": Sign(0, "a list may go on", "Boats came;\n\n7. They left."),
    "colon above": Sign(-0.5, "a list is announced", "Boats came:\n\n7. They left."),
    "no end above": Sign(-1.5, "a line was wrapped", "Boats came in rule\n7. They left."),
    "title above": Sign(1, "a heading has no full stop", "\n\nBoats\n\n7. They left."),
    "small letter": Sign(-2, "a sentence goes on", "Boats came.\n\n7. of May, they left."),
    "words": Sign(0.5, "a number alone may be that of a page", "Boats came.\n\n7. They left."),
}
NUMBER_SIGNS = {  # of the number of a paragraph besides
    "title": Sign(-1.5, "sub-headings have numbers too", "Boats came.\n\n7. Boats"),
}
ROMAN_SIGNS = {  # of the number of a section besides
    "heading": Sign(1, "it is marked as one", "Boats came.\n\n# VII. Boats\n\n8. They left."),
    "number below": Sign(1, "paragraphs follow", "Boats came.\n\nVII. Boats\n\n8. They left."),
    "Roman number below": Sign(-2, "a list of sections", "VI. Boats\nVII. Ships\nVIII. Rafts"),
    "title": Sign(0.5, "it is short and no sentence", "VII. Boats\n\n8. They left."),
    "long text": Sign(-2, "a title is short", f"VII. Boats{' came' * SECTION_TITLE_WORDS}."),
}


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


def block(lines: Sequence[Line], place: int, *, limit: int = BLOCK_LINES) -> str:
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
            score = weighed(signs(lines, place, match["rest"]), ANY_SIGNS)
            score += weighed(["title"] if title else [], NUMBER_SIGNS)
            numbers.append(Candidate(place, int(match["number"]), match["rest"], score, title))
    return numbers


def unified(lines: list[Line]) -> list[Line]:
    """Return lines with the numbers of paragraphs in the form ``1.``.

    Another form is taken for the one of the document if it has no numbers of this form, and a
    count of the other begins at 1.
    """
    plain = {int(match["number"]) for line in lines if (match := NUMBER.fullmatch(line.text))}
    if any(number + 1 in plain for number in plain):
        return lines
    for form in forms.OTHER_NUMBERS:
        others = [_with_dot(line, form.pattern) for line in lines]
        rewritten = {place for place, line in enumerate(lines) if others[place] is not line}
        if len(rewritten) < PAIR:
            continue
        found = [c for c in chain(candidates(others)) if c.place in rewritten]
        if len(found) >= PAIR and found[0].number == 1:
            return others
    return lines


def _with_dot(line: Line, pattern: re.Pattern[str]) -> Line:
    possible = line.kind == "text" and not line.text[:1].isalpha()
    match = pattern.fullmatch(line.text) if possible else None
    if not match:
        return line
    step = Step("number rewritten", line.text[: match.start("rest")].strip(), match["number"])
    text = f"{int(match['number'])}. {match['rest']}"
    return replace(line, text=text, steps=[*line.steps, step])


def headings(lines: Sequence[Line]) -> list[Candidate]:
    """Return every Roman number at the start of a line that might open a section."""
    numbers = []
    for place, line in enumerate(lines):
        match = ROMAN.fullmatch(line.text) if line.is_text else None
        if match and (value := VALUES.get(match["number"])):
            rest = match["rest"] or ""
            title = is_title(block(lines, place))
            score = weighed(signs(lines, place, rest), ANY_SIGNS)
            score += weighed(roman_signs(lines, place, rest, title), ROMAN_SIGNS)
            numbers.append(Candidate(place, value, rest, score, title))
    return numbers


def weighed(found: Iterable[str], known: dict[str, Sign]) -> float:
    """Return the sum of the weights of signs."""
    return sum(known[name].weight for name in found)


def signs(lines: Sequence[Line], place: int, rest: str) -> Iterator[str]:
    """Yield the signs of a number: in the line before it, and in the words after it."""
    line, above = lines[place], before(lines, place)
    last = lines[above] if above >= 0 else None
    yield "gap above" if line.gap else "no gap above"
    if last is None or last.kind == "heading" or complete(last.text) or ROMAN.fullmatch(last.text):
        end = "" if last is None else last.text.rstrip()[-1:]
        yield {":": "colon above", ";": "semicolon above"}.get(end, "end above")
    elif not line.gap:
        yield "no end above"
    elif last.gap and is_title(last.text):
        yield "title above"
    if rest:
        yield "small letter" if rest[0].islower() else "words"


def roman_signs(lines: Sequence[Line], place: int, rest: str, title: bool) -> Iterator[str]:
    """Yield the signs of a Roman number: in its form, and in the lines after it."""
    line, following = lines[place], lines[place + 1 : place + 1 + LINES_BELOW]
    if line.kind == "heading" or line.strong:
        yield "heading"
    if any(NUMBER.fullmatch(other.text) for other in following):
        yield "number below"
    if following and ROMAN.fullmatch(following[0].text):
        yield "Roman number below"
    if title:
        yield "title"
    elif len(rest.split()) >= SECTION_TITLE_WORDS:
        yield "long text"


def chain(numbers: Iterable[Candidate]) -> list[Candidate]:
    """Return the chain of rising numbers with the highest score.

    Each number is one more than the last. Up to `GAP` may be missing in between, and the first
    need not be 1, but each missing number costs `COST`. The chain is empty if none has a positive
    score. Time is linear in the candidates.
    """
    best: dict[int, tuple[float, int]] = {}  # number -> score and last link of the best chain to it
    links: list[tuple[Candidate, int]] = []  # each candidate with the link before it, or -1
    for candidate in numbers:
        options = [(-COST * min(candidate.number - 1, FIRST_MISSING), -1)]
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
