"""Find where paragraphs, sections and sub-headings begin."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from analysis.document import numbering
from analysis.document.line import Line
from analysis.document.numbering import Candidate, before, complete, is_title

LETTERED = re.compile(r"\s*[A-Z]\.\s+\S.*", re.DOTALL)
RUN = 10  # paragraphs in a row that make a document, whatever follows them
FEW_NUMBERS = 3  # fewer numbers that do not begin at 1 make none, unless there are sections
TITLE_LINES = 4  # lines below a Roman number among which its title is sought
HEADING_LINES = 4  # longest sub-heading
SECTION_WORDS = 40  # longest title of a section that continues on a further line
SAME_SIZE = 0.6  # points by which the letters of one title may differ
CAPITALS = 6  # a heading in capitals has more characters than an abbreviation
SECTION_SCORE = 1  # what the number of a section must have more of
SURE_SCORE = 3  # what a number has that would open a paragraph wherever it stood


@dataclass
class Outline:
    """The role of each line.

    Attributes
    ----------
    starts : dict of int to Candidate
        Places where paragraphs begin, with their numbers, which may be further down.
    sections : dict of int to Candidate
        Places where sections begin, with their numbers.
    titles : dict of int to list of str
        The lines of each section's title, by the place of the section.
    heads : dict of int to str
        The words of each sub-heading, by its place.
    used : set of int
        Places of further lines of titles and sub-headings.
    warnings : list of str
        What a reader must know about the numbers.
    """

    starts: dict[int, Candidate]
    sections: dict[int, Candidate]
    titles: dict[int, list[str]]
    heads: dict[int, str]
    used: set[int]
    warnings: list[str]

    def begins(self, place: int) -> bool:
        """Return True if a paragraph or a section begins at a place."""
        return place in self.starts or place in self.sections

    def first(self, end: int) -> int:
        """Return the place of the first paragraph or section, or the end."""
        return min([*self.starts, *self.sections], default=end)


def draw(lines: list[Line]) -> Outline:
    """Return the outline of lines whose furniture and footnotes have been marked."""
    numbers = numbering.candidates(lines)
    sections = {
        c.place: c for c in numbering.chain(numbering.headings(lines)) if c.score > SECTION_SCORE
    }
    found = numbering.chain(numbers)
    if found and found[0].number > 1 and len(found) < FEW_NUMBERS and not sections:
        found = []  # "2. We need money." in a transcript
    starts, warnings = _without_restarts(lines, numbers, found)
    paragraphs = {c.place: c for c in starts if c.place not in sections}
    outline = Outline(paragraphs, sections, {}, {}, set(), warnings)
    for place in sections:
        outline.titles[place] = _title(lines, place, outline)
    _find_sub_headings(lines, outline)
    _raise_numbers(lines, outline)
    return outline


def _without_restarts(
    lines: list[Line], numbers: list[Candidate], starts: list[Candidate]
) -> tuple[list[Candidate], list[str]]:
    """End the chain where the numbers begin again at 1, and return it with warnings.

    Numbers that begin again and again, as in the articles of a treaty, number no paragraphs.
    """
    chosen = {c.place for c in starts}
    first = starts[0].place if starts else len(lines)
    # Each of these would open a paragraph if its number were right: it begins a new block after a
    # finished sentence, and no title.
    sure = [c for c in numbers if c.score >= SURE_SCORE and c.rest and not c.title]
    loose = [c for c in sure if c.place not in chosen and c.place > first]
    again = [c for c in _restarts(loose, starts) if not _in_list(lines, c.place)]
    if not again:
        return starts, _doubled(lines, loose, starts)
    kept = [c for c in starts if c.place < again[0].place]
    if len(again) > 1 and len(kept) < RUN:
        return [], [
            f"Numbers begin again at 1 in {len(again)} places, "
            "so none of them can be taken for the number of a paragraph."
        ]
    end = Candidate(again[0].place, 0, lines[again[0].place].text, score=0, title=False)
    return [*kept, end], [
        f"Numbers begin again at 1 after paragraph {kept[-1].number}, "
        "without the heading of an annex: what follows is not read."
    ]


def _restarts(loose: list[Candidate], starts: list[Candidate]) -> list[Candidate]:
    """Return the numbers 1 that begin another count.

    Either the chain has ended before them, or it continues with a number of that other count.
    """
    again = []
    ahead = list(starts)
    following: Candidate | None = None  # the next number of the chain
    reach: dict[int, int] = {}  # number -> the last one of the count that it begins
    for candidate in reversed(loose):
        while ahead and ahead[-1].place > candidate.place:
            following, reach = ahead.pop(), {}
        reach[candidate.number] = reach.get(candidate.number + 1, candidate.number)
        if candidate.number == 1 and (following is None or following.number == reach[1] + 1):
            again.append(candidate)
    return again[::-1]


def _in_list(lines: list[Line], place: int) -> bool:
    """Return True if a number belongs to a list in a paragraph, after a colon."""
    above = before(lines, place)
    return above >= 0 and lines[above].text.rstrip().endswith((":", ";"))


def _doubled(lines: list[Line], loose: list[Candidate], starts: list[Candidate]) -> list[str]:
    """Return a warning for each number that opens a second block."""
    numbers = {c.number for c in starts}
    return [
        f"Number {c.number} stands at the start of two blocks: "
        f"only one is read as paragraph {c.number}."
        for c in loose
        if c.score > SURE_SCORE and c.number in numbers and not _in_list(lines, c.place)
    ]


def _title(lines: list[Line], place: int, outline: Outline) -> list[str]:
    """Return the lines of the title of a section, from its own line onwards."""
    title = [outline.sections[place].rest]
    for below in range(place + 1, min(place + 1 + TITLE_LINES, len(lines))):
        if lines[below].kind == "note" or outline.begins(below):
            break
        if lines[below].is_text:
            if title[-1] and not _continues(lines[place], lines[below], title):
                break
            title.append(lines[below].text)
            outline.used.add(below)
    return list(filter(None, title))


def _continues(line: Line, below: Line, title: list[str]) -> bool:
    """Return True if a line continues a title: no gap, same type, not too long."""
    alike = below.strong == line.strong and abs(below.size - line.size) < SAME_SIZE
    return not below.gap and alike and len(" ".join(title).split()) < SECTION_WORDS


# --- sub-headings --------------------------------------------------------------------------------


def _find_sub_headings(lines: list[Line], outline: Outline) -> None:
    """Find headings without a Roman number, among and before the paragraphs."""
    first = outline.first(len(lines))
    for place, line in enumerate(lines):
        free = not outline.begins(place) and place not in outline.used
        if place > first and free and line.is_text and _is_sub_heading(lines, place, outline):
            outline.heads[place] = numbering.block(lines, place)
            outline.used |= set(range(place + 1, place + _length(lines, place)))


def _length(lines: list[Line], place: int) -> int:
    """Return the number of lines of a heading."""

    def continues(line: Line) -> bool:
        alike = line.is_text and not line.gap and line.strong == lines[place].strong
        return alike and not numbering.NUMBER.match(line.text)

    return 1 + len(list(takewhile(continues, lines[place + 1 : place + HEADING_LINES])))


def _is_sub_heading(lines: list[Line], place: int, outline: Outline) -> bool:
    """Return True if a line is a heading, by its form or its neighbours."""
    line = lines[place]
    if line.kind == "heading":
        return True
    words = numbering.block(lines, place)
    capital = words.lstrip("(\u201c\"' ")[:1].isupper() or words.strip()[:1].isdigit()
    if not (capital and is_title(words) and _follows_an_end(lines, place, outline)):
        return False
    form = LETTERED.fullmatch(line.text) or (words.isupper() and len(words) > CAPITALS)
    return line.strong or (line.gap and bool(form or _precedes_a_start(lines, place, outline)))


def _follows_an_end(lines: list[Line], place: int, outline: Outline) -> bool:
    """Return True if the text before a line is complete or is itself a heading.

    After a colon or a semicolon, a list goes on: its last item may have no full stop.
    """
    above = before(lines, place)
    if above < 0 or lines[above].kind == "heading":
        return True
    last = lines[above].text.rstrip()
    if complete(last) and not last.endswith((":", ";")):
        return True
    return any(above in places for places in (outline.heads, outline.sections, outline.used))


def _precedes_a_start(lines: list[Line], place: int, outline: Outline) -> bool:
    """Return True if a paragraph, section or heading begins after a heading."""
    end = place + _length(lines, place)
    below = next((at for at in range(end, len(lines)) if lines[at].is_text), None)
    if below is None:
        return False
    return outline.begins(below) or lines[below].kind == "heading"


# --- numbers below their words -------------------------------------------------------------------


def _raise_numbers(lines: list[Line], outline: Outline) -> None:
    """Move each number that is below the words of its paragraph to their start."""
    order = sorted([*outline.starts, *outline.sections, *outline.heads])
    places = list(zip([-1, *order], order, [*order[1:], len(lines)], strict=False))
    below = False  # whether the number further down has been found to be below its words
    for above, place, end in reversed(places):
        start = outline.starts.get(place)
        if start is None or not start.number or start.rest:
            below = False
        elif below or not _free(lines, outline, place + 1, end):
            words = _words_above(lines, outline, above, place)
            below = bool(words)
            if words:
                del outline.starts[place]
                outline.starts[words[0]] = replace(start, rest=lines[words[0]].text)
                outline.used.add(place)


def _words_above(lines: list[Line], outline: Outline, above: int, place: int) -> list[int]:
    """Return the places of the words that may belong to a number below them.

    If the paragraph above has words beside its number, only the last block is free.
    """
    words = _free(lines, outline, above + 1, place)
    start = outline.starts.get(above)
    if start is not None and start.rest:
        gaps = (index for index, at in enumerate(words) if lines[at].gap)
        words = words[max(gaps, default=len(words)) :]
    return words


def _free(lines: list[Line], outline: Outline, begin: int, end: int) -> list[int]:
    """Return the places of lines of text that no title or sub-heading uses."""
    return [at for at in range(begin, end) if lines[at].is_text and at not in outline.used]
