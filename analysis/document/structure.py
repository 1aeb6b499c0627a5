"""Put lines together into sections, numbered paragraphs, footnotes and annexes."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from analysis.document import items, layout, numbering, outline
from analysis.document.limits import Unreadable
from analysis.document.model import Document, Footnote, Line, Paragraph, Section, Step
from analysis.document.numbering import Candidate
from analysis.document.outline import Outline, is_text
from analysis.document.steps import MARKS, Vocabulary, clean, plain, superscript

ANNEX = re.compile(r"\s*(?:annex(?:es)?|appendix)(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?\s*[.:]?\s*", re.IGNORECASE)
FLAT = 3000  # characters of a line that no line of a paragraph has
CUT = re.compile(rf"(?<=\S)\s+(?=(?:[1-9]\d{{0,2}}\.\s+[A-Z\u201c\"'(\d]|[IVXL]{{1,7}}\.\s+[A-Z]|{MARKS}{{1,3}}\s+[A-Z]))")
MARK = re.compile(f"{MARKS}+")
CALL = re.compile(rf"(?P<raised>{MARKS}+)|(?<=[a-z)\u2019\u201d\"'])[.,;:]?(?P<glued>\d{{1,3}})(?=[\s.,;:)]|$)")
BULLET = re.compile(r"^\s*[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\u2043]\s*")


Note = tuple[str, list[str]]  # mark of a footnote, its lines


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
        raise Unreadable("it holds no words")
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
        if new and line.kind in ("text", "heading") and ANNEX.fullmatch(line.text) and any(map(is_text, parts[-1])):
            parts.append([])
        parts[-1].append(line)
    return parts


def _part(lines: list[Line], words: Vocabulary, markdown: bool, mend: bool) -> Document:
    """Read the document itself, or one annex."""
    drawn = outline.draw(lines)
    front, blocks, notes = _assign(lines, drawn)
    footnotes, paragraphs = _texts(blocks, notes, words, markdown, mend)

    def text(block: Block) -> str:
        return clean(_joined(block, words, mend)[0], markdown=markdown)[0]

    def texts(some) -> tuple[str, ...]:
        return tuple(filter(None, map(text, some)))

    titles = {place: text(Block(lines=title)) for place, title in drawn.titles.items()}
    return Document(
        sections=tuple(Section(numbering.to_roman(start.number), titles[place]) for place, start in drawn.sections.items()),
        paragraphs=paragraphs,
        front=texts(front),
        blocks=texts(block for block in blocks if not block.number),
        footnotes=footnotes,
        warnings=tuple(drawn.warnings + outline.lost(drawn, paragraphs)),
    )


# --- what belongs to what ------------------------------------------------------------------------------------------


def _assign(lines: list[Line], drawn: Outline) -> tuple[list[Block], list[Block], list[Note]]:
    """Give every line to the block that it belongs to: those before the first heading, those after it, and footnotes."""
    moved = _displaced(lines, drawn)
    below = set(moved.values())
    front, blocks, notes = [], [], []
    section = heading = ""
    begun = False
    for place, line in enumerate(lines):
        if line.kind in ("left out", "note"):
            _aside(line, blocks, notes)
        elif place in drawn.sections:
            section, heading, begun = numbering.to_roman(drawn.sections[place].number), "", True
            blocks.append(Block(section=section, page=line.page))
        elif place in drawn.heads:
            heading = drawn.heads[place].strip()
            blocks.append(Block(section=section, heading=heading, page=line.page))
        elif place in drawn.used:
            continue
        elif place in moved:
            start, begun = drawn.starts[moved[place]], True
            found = Step("number found below its words", f"{start.number}.", page=line.page)
            blocks.append(Block(start.number, section, heading, line.page, [line.text], [found]))
        elif place in drawn.starts:
            begun = True
            if place not in below:
                blocks.append(_opened(drawn.starts[place], line, section, heading))
        elif begun:
            _continue(blocks, line, section, heading)
        else:
            if line.gap or not front or line.kind == "heading" or front[-1].page != line.page:
                front.append(Block(page=line.page))
            front[-1].lines.append(line.text)
    return front, blocks, notes


def _aside(line: Line, blocks: list[Block], notes: list[Note]):
    """Note what a page has put between two words, and keep the body of a footnote."""
    name = "footnote" if line.kind == "note" else line.why
    if blocks:
        blocks[-1].pending.append(Step(f"{name} left out", line.text.strip()[:60], page=line.page))
    if line.kind == "note":
        mark = MARK.match(line.text.strip())
        if mark:
            notes.append((plain(mark[0]), [line.text.strip()[mark.end() :]]))
        elif notes:
            notes[-1][1].append(line.text)


def _opened(start: Candidate, line: Line, section: str, heading: str) -> Block:
    steps = [Step("number removed", f"{start.number}.", page=line.page)] if start.number else []
    return Block(start.number, section, heading, line.page, [start.rest] if start.rest else [], steps)


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


def _displaced(lines: list[Line], drawn: Outline) -> dict[int, int]:
    """Return, for numbers that stand alone below their words, the place where the words begin: place -> place of the number."""
    order = sorted([*drawn.starts, *drawn.sections, *drawn.heads])
    moved: dict[int, int] = {}
    below = False
    for index in range(len(order) - 1, -1, -1):
        place = order[index]
        end = order[index + 1] if index + 1 < len(order) else len(lines)
        start = drawn.starts.get(place)
        empty = start is not None and not start.rest and not _free(lines, drawn, place + 1, end)
        below = start is not None and start.number > 0 and not start.rest and (empty or below)
        if not below:
            continue
        floor = order[index - 1] if index else -1
        own = _free(lines, drawn, floor + 1, place)
        above = drawn.starts.get(floor)
        if above is not None and above.rest:
            own = own[max((k for k, at in enumerate(own) if lines[at].gap), default=len(own)) :]
        if own:
            moved[own[0]] = place
        below = bool(own)
    return moved


def _free(lines: list[Line], drawn: Outline, begin: int, end: int) -> list[int]:
    return [at for at in range(begin, end) if is_text(lines[at]) and at not in drawn.used]


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


def _texts(
    blocks: list[Block], notes: list[Note], words: Vocabulary, markdown: bool, mend: bool
) -> tuple[tuple[Footnote, ...], dict[int, Paragraph]]:
    """Make the text of each paragraph, and find where each footnote is called."""

    def made(text: str) -> tuple[str, list[Step]]:
        return clean(text, markdown=markdown)

    numbered = [block for block in blocks if block.number]
    joined = [_joined(block, words, mend) for block in numbered]
    texts, found, calls = _calls([text for text, _ in joined], [mark for mark, _ in notes])
    paragraphs = {}
    for block, (_, joins), text, marks in zip(numbered, joined, texts, found, strict=True):
        words_read, cleaning = made(text)
        paragraphs[block.number] = Paragraph(
            number=block.number,
            section=block.section,
            text=words_read,
            heading=made(block.heading)[0],
            page=block.page,
            items=items.find(words_read, block.number),
            steps=(*block.steps, *joins, *marks, *cleaning),
        )
    footnotes = []
    for place, (mark, lines) in enumerate(notes):
        called, offset = calls.get(place, (None, 0))
        number = None if called is None else numbered[called].number
        at = None if called is None else min(len(made(texts[called][:offset])[0]), len(paragraphs[number].text))
        footnotes.append(Footnote(mark, made(_joined(Block(lines=lines), words, mend)[0])[0], number, at))
    return tuple(footnotes), paragraphs


def _calls(texts: list[str], marks: list[str]) -> tuple[list[str], list[list[Step]], dict[int, tuple[int, int]]]:
    """Find where each footnote is called, and make a mark that is glued to its word a superscript one.

    A digit at the end of a word is a mark only where a footnote with that number was found, and in the order of the notes.
    Returns the texts, the steps for each, and for each note the place of its text and the offset in it.
    """
    seen: dict[str, list[tuple[int, int, int]]] = {}
    for place, text in enumerate(texts if marks else ()):
        for match in CALL.finditer(text):
            mark = plain(match["raised"] or match["glued"])
            seen.setdefault(mark, []).append((place, match.start("raised" if match["raised"] else "glued"), match.end()))
    calls, reached = {}, (-1, -1, -1)
    for note, mark in enumerate(marks):
        options = seen.get(mark, [])
        after = bisect_right(options, reached)
        if after < len(options):
            calls[note] = reached = options[after]
    made, steps = list(texts), [[] for _ in texts]
    for place, begin, end in reversed(list(calls.values())):
        mark = made[place][begin:end]
        if mark != superscript(mark):
            steps[place].insert(
                0, Step("footnote mark found", made[place][max(0, begin - 12) : end].split()[-1], superscript(mark))
            )
            made[place] = made[place][:begin] + superscript(mark) + made[place][end:]
    return made, steps, {note: (place, begin) for note, (place, begin, _) in calls.items()}
