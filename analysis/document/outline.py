"""Tell where paragraphs, sections and sub-headings begin, and which numbers are in doubt."""

import re
from dataclasses import dataclass

from analysis.document import numbering
from analysis.document.model import Line, Paragraph
from analysis.document.numbering import Candidate, before, complete, is_title

LETTERED = re.compile(r"\s*[A-Z]\.\s+\S.*", re.DOTALL)
RUN = 10  # so many paragraphs in a row are a document, whatever comes after


@dataclass
class Outline:
    """What each line is: where paragraphs, sections and sub-headings begin."""

    starts: dict[int, Candidate]
    sections: dict[int, Candidate]
    titles: dict[int, list[str]]  # place of a section's heading -> the lines of its title
    heads: dict[int, str]  # place of a sub-heading -> its words
    used: set[int]  # places that belong to a title
    warnings: list[str]


def draw(lines: list[Line]) -> Outline:
    """Return what begins where, once furniture and footnotes are marked."""
    found = numbering.candidates(lines)
    starts = numbering.chain(found)
    starts, warnings = _without_restarts(lines, found, starts)
    sections = {c.place: c for c in numbering.chain(numbering.headings(lines)) if c.score > 1}
    outline = Outline({c.place: c for c in starts if c.place not in sections}, sections, {}, {}, set(), warnings)
    for place in sections:
        outline.titles[place] = _title(lines, place, outline)
    _sub_headings(lines, outline)
    return outline


def _without_restarts(lines, found: list[Candidate], starts: list[Candidate]) -> tuple[list[Candidate], list[str]]:
    """Keep no chain across numbers that begin again at 1: those of a treaty's articles are no paragraphs of a summary."""
    chosen = {c.place for c in starts}
    loose = [c for c in found if c.sure and c.place not in chosen and starts and c.place > starts[0].place]
    again = [c for c in _restarts(loose, starts) if not _is_list(lines, c.place)]
    if not again:
        return starts, _doubled(lines, found, starts)
    kept = [c for c in starts if c.place < again[0].place]
    if len(again) > 1 and len(kept) < RUN:
        return [], [f"Numbers begin again at 1 in {len(again)} places, so none of them tells a paragraph of the document."]
    said = f"Numbers begin again at 1 after paragraph {kept[-1].number}, with no heading of an annex: what follows is not read."
    return [*kept, Candidate(again[0].place, 0, lines[again[0].place].text, 0)], [said]


def _restarts(loose: list[Candidate], starts: list[Candidate]) -> list[Candidate]:
    """Return the numbers 1 that begin another count: the chain ends before them, or goes on with a number of that count."""
    again = []
    following = list(starts)
    after, reach = None, {}
    for other in reversed(loose):
        while following and following[-1].place > other.place:
            after, reach = following.pop(), {}
        reach[other.number] = reach.get(other.number + 1, other.number)
        if other.number == 1 and (after is None or after.number == reach[1] + 1):
            again.append(other)
    return again[::-1]


def _is_list(lines: list[Line], place: int) -> bool:
    """Say whether a number opens a list within a paragraph: a colon stands before it."""
    last = before(lines, place)
    return last is not None and last.text.rstrip().endswith((":", ";"))


def _doubled(lines, found: list[Candidate], starts: list[Candidate]) -> list[str]:
    """Say which numbers stand at the start of a block a second time."""
    numbers, places = {c.number: c.place for c in starts}, {c.place for c in starts}
    if not starts:
        return []
    sure = [c for c in found if c.sure and c.score > 3 and c.place not in places and c.place > starts[0].place]
    doubled = [c for c in sure if c.number in numbers and not _is_list(lines, c.place)]
    return [f"Number {c.number} stands at the start of two blocks: only one is read as paragraph {c.number}." for c in doubled]


def lost(outline: Outline, paragraphs: dict[int, Paragraph]) -> list[str]:
    """Say which numbers are not there."""
    numbers = list(paragraphs)
    if not numbers and outline.sections:
        return ["Sections are there, but no numbered paragraph: the numbers were lost when the file was made."]
    said, last = [], 0
    for number in numbers:
        for lost in range(last + 1, number):
            where = f"may stand in paragraph {last}" if last else "may stand before the first paragraph"
            said.append(f"Number {lost} was not found: the words of paragraph {lost} {where}.")
        last = number
    return said


def _title(lines: list[Line], place: int, outline: Outline) -> list[str]:
    """Return the title of a section: the rest of its line and the lines that go on with it, or the line below."""
    line = lines[place]
    title = [outline.sections[place].rest]
    for below in range(place + 1, min(place + 5, len(lines))):
        other = lines[below]
        if other.kind == "left out":
            continue
        if not is_text(other) or below in outline.starts or below in outline.sections:
            break
        goes_on = not other.gap and other.strong == line.strong and abs(other.size - line.size) < 0.6
        if title[-1] and not (goes_on and len(" ".join(title).split()) < 40):
            break
        title.append(other.text)
        outline.used.add(below)
    return list(filter(None, title))


def _sub_headings(lines: list[Line], outline: Outline):
    """Find headings without a Roman number, among and before the paragraphs."""
    first = min([*outline.starts, *outline.sections], default=len(lines))
    for place, line in enumerate(lines):
        free = place not in outline.starts and place not in outline.sections and place not in outline.used
        if place > first and free and is_text(line) and _is_sub_heading(lines, place, outline):
            outline.heads[place] = numbering.block(lines, place)
            outline.used |= set(range(place + 1, place + _length(lines, place)))


def is_text(line: Line) -> bool:
    """Say whether a line is of the text: no furniture, no footnote."""
    return line.kind in ("text", "heading")


def _length(lines: list[Line], place: int) -> int:
    """Return how many lines the block of a heading has."""
    length = 1
    while length < 4 and place + length < len(lines) and not lines[place + length].gap and is_text(lines[place + length]):
        if lines[place + length].strong != lines[place].strong or numbering.NUMBER.match(lines[place + length].text):
            break
        length += 1
    return length


def _is_sub_heading(lines: list[Line], place: int, outline: Outline) -> bool:
    line, last = lines[place], before(lines, place)
    words = numbering.block(lines, place)
    if line.kind == "heading":
        return True
    if not is_title(words) or not words.lstrip("(\u201c\"' ")[:1].isupper() and not words.strip()[:1].isdigit():
        return False
    if last is not None and not complete(last.text) and last.kind != "heading" and not _heads(lines, place, outline):
        return False
    if line.strong or LETTERED.fullmatch(line.text) or (words.isupper() and len(words) > 6):
        return line.gap or line.strong
    after = place + _length(lines, place)
    while after < len(lines) and not is_text(lines[after]):
        after += 1
    begins = after < len(lines) and (after in outline.starts or after in outline.sections or lines[after].kind == "heading")
    return line.gap and begins and (lines[after].gap or lines[place].page != lines[after].page)


def _heads(lines: list[Line], place: int, outline: Outline) -> bool:
    """Say whether the line of text before is itself a heading."""
    while place and not is_text(lines[place - 1]):
        place -= 1
    return place - 1 in outline.heads or place - 1 in outline.sections or place - 1 in outline.used
