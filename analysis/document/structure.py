"""Put lines together into sections, numbered paragraphs, footnotes and annexes."""

import re
from dataclasses import dataclass, field, replace

from analysis.document import items, layout, numbering
from analysis.document.model import Document, Footnote, Line, Paragraph, Section, Step
from analysis.document.numbering import Candidate, before, complete, is_title
from analysis.document.steps import MARKS, Vocabulary, clean, plain, superscript

ANNEX = re.compile(r"\s*(?:annex(?:es)?|appendix)(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?\s*[.:]?\s*", re.IGNORECASE)
LETTERED = re.compile(r"\s*[A-Z]\.\s+\S.*", re.DOTALL)
FLAT = 3000  # characters of a line that no line of a paragraph has
CUT = re.compile(rf"(?<=\S)\s+(?=(?:[1-9]\d{{0,2}}\.\s+[A-Z\u201c\"'(\d]|[IVXL]{{1,7}}\.\s+[A-Z]|{MARKS}{{1,3}}\s+[A-Z]))")
BULLET = re.compile(r"^\s*[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\u2043]\s*")


@dataclass
class Block:
    """Lines that will be one text: a paragraph with its number, or words without one."""

    number: int = 0
    section: str = ""
    heading: str = ""
    page: int | None = None
    lines: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pending: list[Step] = field(default_factory=list)


@dataclass
class Outline:
    """What each line is: where paragraphs, sections and sub-headings begin."""

    starts: dict[int, Candidate]
    sections: dict[int, Candidate]
    titles: dict[int, str]  # place of a section's heading -> its title
    heads: dict[int, str]  # place of a sub-heading -> its words
    used: set[int]  # places that belong to a title
    warnings: list[str]


def build(lines: list[Line], *, markdown: bool = False, mend: bool = False) -> Document:
    """Return the document that lines make.

    Parameters
    ----------
    lines : list of Line
        As a reader of a format gives them.
    markdown : bool
        Whether the words hold the marks of Markdown.
    mend : bool
        Whether words that a lost ligature has split are joined (for text that was taken out of a PDF).

    Raises
    ------
    ValueError
        Where there are no words.
    """
    if not any(line.text.strip() for line in lines):
        raise ValueError("it holds no words")
    lines = layout.strip(_unflatten(lines))
    words = Vocabulary(line.text for line in lines if line.kind != "left out")
    main, *annexes = [_part(part, words, markdown, mend) for part in _parts(lines)]
    return replace(main, annexes=tuple(annexes))


def _unflatten(lines: list[Line]) -> list[Line]:
    """Cut lines that no page could hold wherever a paragraph, heading or footnote might begin; what does not is joined again."""
    made = []
    for line in lines:
        if len(line.text) < FLAT or line.kind != "text":
            made.append(line)
            continue
        pieces = CUT.split(line.text)
        made += [replace(line, text=piece, gap=line.gap or bool(place)) for place, piece in enumerate(pieces)]
    return made


def _parts(lines: list[Line]) -> list[list[Line]]:
    """Divide lines at the headings of annexes."""
    parts: list[list[Line]] = [[]]
    for place, line in enumerate(lines):
        new = line.gap or line.strong or line.kind == "heading" or (place and lines[place - 1].page != line.page)
        if new and line.kind in ("text", "heading") and ANNEX.fullmatch(line.text) and any(map(_is_text, parts[-1])):
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_text(line: Line) -> bool:
    return line.kind in ("text", "heading")


def _part(lines: list[Line], words: Vocabulary, markdown: bool, mend: bool) -> Document:
    """Read the document itself, or one annex."""
    outline = _outline(lines)
    front, blocks, notes = _assign(lines, outline, words)
    notes_read, paragraphs = _texts(blocks, notes, words, markdown, mend)
    titles = [Section(numbering.to_roman(c.number), clean(outline.titles[p], markdown=markdown)[0]) for p, c in outline.sections.items()]
    loose = [block for block in blocks if not block.number]
    return Document(
        sections=tuple(titles),
        paragraphs=paragraphs,
        front=tuple(filter(None, (_plain_text(block, words, markdown, mend) for block in front))),
        blocks=tuple(filter(None, (_plain_text(block, words, markdown, mend) for block in loose))),
        footnotes=notes_read,
        warnings=tuple(outline.warnings + _lost(outline, paragraphs)),
    )


# --- what begins where ---------------------------------------------------------------------------------------------


def _outline(lines: list[Line]) -> Outline:
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
    begins = [c for c in found if c.number == 1 and c.sure and c.place not in chosen and not _is_list(lines, c.place)]
    if not starts or not begins:
        return starts, _doubled(lines, found, starts)
    again = [c for c in begins if c.place > starts[0].place]
    if not again:
        return starts, _doubled(lines, found, starts)
    if again[0].place > starts[-1].place:
        number = starts[-1].number
        said = f"Numbers begin again at 1 after paragraph {number}, with no heading of an annex: what follows is not read as paragraphs."
        return [*starts, Candidate(again[0].place, 0, lines[again[0].place].text, 0)], [said]
    if len(starts) > 2 * sum(c.place > again[0].place for c in starts) and len(again) < 3:
        return starts, _doubled(lines, found, starts)
    return [], [f"Numbers begin again at 1 in {len(again)} places: the numbers do not run through the document, so no paragraph is told by its number."]


def _is_list(lines: list[Line], place: int) -> bool:
    """Say whether a number opens a list within a paragraph: a colon stands before it."""
    last = before(lines, place)
    return last is not None and last.text.rstrip().endswith((":", ";"))


def _doubled(lines, found: list[Candidate], starts: list[Candidate]) -> list[str]:
    """Say which numbers stand at the start of a block a second time."""
    numbers, places = {c.number: c.place for c in starts}, {c.place for c in starts}
    if not starts:
        return []
    doubled = [
        c
        for c in found
        if c.sure and c.score > 3 and c.place not in places and starts[0].place < c.place and c.number in numbers and not _is_list(lines, c.place)
    ]
    return [f"Number {c.number} stands at the start of two blocks: only one is read as paragraph {c.number}." for c in doubled]


def _lost(outline: Outline, paragraphs: dict[int, Paragraph]) -> list[str]:
    """Say which numbers are not there."""
    numbers = list(paragraphs)
    if not numbers:
        return ["Sections are there, but no numbered paragraph: the numbers were lost when the file was made."] if outline.sections else []
    said, last = [], 0
    for number in numbers:
        for lost in range(last + 1, number):
            where = f"may stand in paragraph {last}" if last else "may stand before the first paragraph"
            said.append(f"Number {lost} was not found: the words of paragraph {lost} {where}.")
        last = number
    return said


def _title(lines: list[Line], place: int, outline: Outline) -> str:
    """Return the title of a section: the rest of its line and the lines that go on with it, or the line below."""
    line = lines[place]
    title = [outline.sections[place].rest]
    for below in range(place + 1, min(place + 5, len(lines))):
        other = lines[below]
        if other.kind == "left out":
            continue
        if not _is_text(other) or below in outline.starts or below in outline.sections:
            break
        goes_on = not other.gap and other.strong == line.strong and abs(other.size - line.size) < 0.6
        if title[-1] and not (goes_on and len(" ".join(title).split()) < 40):
            break
        title.append(other.text)
        outline.used.add(below)
    return " ".join(filter(None, title))


def _sub_headings(lines: list[Line], outline: Outline):
    """Find headings without a Roman number, among and before the paragraphs."""
    first = min([*outline.starts, *outline.sections], default=len(lines))
    for place, line in enumerate(lines):
        free = place not in outline.starts and place not in outline.sections and place not in outline.used
        if place > first and free and _is_text(line) and _is_sub_heading(lines, place, outline):
            outline.heads[place] = numbering.block(lines, place)
            outline.used |= set(range(place + 1, place + _length(lines, place)))


def _length(lines: list[Line], place: int) -> int:
    """Return how many lines the block of a heading has."""
    length = 1
    while length < 4 and place + length < len(lines) and not lines[place + length].gap and _is_text(lines[place + length]):
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
    while after < len(lines) and not _is_text(lines[after]):
        after += 1
    begins = after < len(lines) and (after in outline.starts or after in outline.sections or lines[after].kind == "heading")
    return line.gap and begins and (lines[after].gap or lines[place].page != lines[after].page)


def _heads(lines: list[Line], place: int, outline: Outline) -> bool:
    """Say whether the line of text before is itself a heading."""
    while place and not _is_text(lines[place - 1]):
        place -= 1
    return place - 1 in outline.heads or place - 1 in outline.sections or place - 1 in outline.used


# --- what belongs to what ------------------------------------------------------------------------------------------


def _assign(lines: list[Line], outline: Outline, words: Vocabulary) -> tuple[list[Block], list[Block], list[tuple[str, list[str], int]]]:
    """Give every line to the block that it belongs to."""
    moved = _displaced(lines, outline)
    front: list[Block] = []
    blocks: list[Block] = []
    notes: list[tuple[str, list[str], int]] = []
    section = heading = ""
    begun = False
    for place, line in enumerate(lines):
        current = blocks[-1] if blocks else None
        if line.kind == "left out":
            if current is not None:
                current.pending.append(Step(f"{line.why} left out", line.text.strip(), page=line.page))
        elif line.kind == "note":
            if current is not None:
                current.pending.append(Step("footnote left out", line.text.strip()[:40], page=line.page))
            _note(notes, line, max((block.number for block in blocks), default=0))
        elif place in outline.sections:
            section, heading, begun = numbering.to_roman(outline.sections[place].number), "", True
            blocks.append(Block(section=section, page=line.page))
        elif place in outline.heads:
            heading = outline.heads[place].strip()
            blocks.append(Block(section=section, heading=heading, page=line.page))
        elif place in outline.used:
            continue
        elif place in moved:
            start = outline.starts[moved[place]]
            begun = True
            blocks.append(_opened(start, lines[start.place], section, heading, [Step("number found below its words", f"{start.number}.")]))
            blocks[-1].lines.append(line.text)
        elif place in outline.starts:
            begun = True
            if place not in moved.values():
                start = outline.starts[place]
                blocks.append(_opened(start, line, section, heading, []))
        elif not begun:
            if line.gap or not front or line.kind == "heading" or front[-1].page != line.page:
                front.append(Block(page=line.page))
            front[-1].lines.append(line.text)
        else:
            _continue(blocks, line, section, heading)
    return front, blocks, notes


def _opened(start: Candidate, line: Line, section: str, heading: str, steps: list[Step]) -> Block:
    block = Block(start.number, section, heading, line.page, [start.rest] if start.rest else [], steps)
    if start.number and not steps:
        block.steps.append(Step("number removed", f"{start.number}.", page=line.page))
    return block


def _continue(blocks: list[Block], line: Line, section: str, heading: str):
    """Put a line at the end of the block before it; words after a paragraph are its own, however they are divided."""
    current = blocks[-1]
    if not current.number and line.gap and current.lines:
        current = Block(section=section, heading=heading, page=line.page)
        blocks.append(current)
    if current.number and current.page != line.page and current.page is not None and current.lines:
        current.pending.append(Step("joined over a page break", page=line.page))
    elif current.number and line.gap and current.lines:
        current.pending.append(Step("block without a number joined", line.text.strip()[:40]))
    current.steps += current.pending
    current.pending = []
    text = BULLET.sub("", line.text)
    if text != line.text:
        current.steps.append(Step("bullet removed", line.text.strip()[:1]))
    current.lines.append(text)
    current.page = current.page if current.number and current.lines[:-1] else line.page


def _note(notes: list, line: Line, paragraph: int):
    mark = re.match(MARKS + "+", line.text.strip())
    if mark:
        notes.append((plain(mark[0]), [line.text.strip()[mark.end() :]], paragraph))
    elif notes:
        notes[-1][1].append(line.text)


def _displaced(lines: list[Line], outline: Outline) -> dict[int, int]:
    """Return, for numbers that stand alone below their words, the place where the words begin: place -> place of the number."""
    order = sorted([*outline.starts, *outline.sections, *outline.heads])
    moved: dict[int, int] = {}
    below = False
    for index in range(len(order) - 1, -1, -1):
        place = order[index]
        end = order[index + 1] if index + 1 < len(order) else len(lines)
        start = outline.starts.get(place)
        empty = start is not None and not start.rest and not _free(lines, outline, place + 1, end)
        below = start is not None and start.number > 0 and not start.rest and (empty or below)
        if not below:
            continue
        floor = order[index - 1] if index else -1
        own = _free(lines, outline, floor + 1, place)
        above = outline.starts.get(floor)
        if above is not None and above.rest:
            own = own[max((k for k, at in enumerate(own) if lines[at].gap), default=len(own)) :]
        if own:
            moved[own[0]] = place
        below = bool(own)
    return moved


def _free(lines: list[Line], outline: Outline, begin: int, end: int) -> list[int]:
    return [at for at in range(begin, end) if _is_text(lines[at]) and at not in outline.used]


# --- the texts -----------------------------------------------------------------------------------------------------


def _joined(block: Block, words: Vocabulary, mend: bool) -> tuple[str, list[Step]]:
    """Put the lines of a block together."""
    pieces, steps = [], []
    for line in block.lines:
        if not pieces:
            pieces.append(line)
            continue
        pieces[-1], line, step = words.join(pieces[-1], line)
        pieces.append(line)
        steps += [step] if step else []
    text = "".join(pieces)
    if mend:
        text, mended = words.mend(text)
        steps += mended
    return text, steps


def _plain_text(block: Block, words: Vocabulary, markdown: bool, mend: bool) -> str:
    return clean(_joined(block, words, mend)[0], markdown=markdown)[0]


def _texts(blocks: list[Block], notes, words: Vocabulary, markdown: bool, mend: bool) -> tuple[tuple[Footnote, ...], dict[int, Paragraph]]:
    """Make the text of each paragraph, and find where each footnote is called."""
    raw = {block.number: [block, *_joined(block, words, mend)] for block in blocks if block.number}
    calls = _raise_marks(raw, [mark for mark, _, _ in notes])
    paragraphs = {}
    for number, (block, text, joins) in raw.items():
        made, cleaning = clean(text, markdown=markdown)
        steps = (*block.steps, *joins, *cleaning)
        paragraphs[number] = Paragraph(
            number, block.section, made, clean(block.heading, markdown=markdown)[0], block.page, items.find(made, number), steps
        )
    found = []
    for place, (mark, lines, _) in enumerate(notes):
        number, head = calls.get(place, (None, ""))
        at = None if number is None else min(len(clean(head, markdown=markdown)[0]), len(paragraphs[number].text))
        found.append(Footnote(mark, clean(_joined(Block(lines=lines), words, mend)[0], markdown=markdown)[0], number, at))
    return tuple(found), paragraphs


def _raise_marks(raw: dict[int, list], marks: list[str]) -> dict[int, tuple[int, str]]:
    """Find where each footnote is called, and make a mark that is glued to its word a superscript one.

    A digit at the end of a word is a mark only where a footnote with that number was found, and in the order of the notes.
    """
    calls: dict[int, tuple[int, str]] = {}
    numbers, reached, offset = list(raw), 0, 0
    for place, mark in enumerate(marks):
        pattern = re.compile(
            rf"(?<!{MARKS}){superscript(mark)}(?!{MARKS})|(?<=[a-z\u2019\u201d\"')])(?P<stop>[.,;:]?){re.escape(mark)}(?=[\s.,;:)]|$)"
        )
        for index in range(reached, len(numbers)):
            entry = raw[numbers[index]]
            match = pattern.search(entry[1], offset if index == reached else 0)
            if not match:
                continue
            calls[place] = numbers[index], entry[1][: match.start()]
            if match[0] != superscript(mark):
                made = f"{match['stop']}{superscript(mark)}"
                entry[1] = entry[1][: match.start()] + made + entry[1][match.end() :]
                entry[2].append(Step("footnote mark found", entry[1][max(0, match.start() - 12) : match.start()] + match[0], made))
            reached, offset = index, match.start() + 1
            break
    return calls
