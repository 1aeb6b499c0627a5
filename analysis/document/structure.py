"""Assemble lines into sections, numbered paragraphs, footnotes and annexes."""

import re
from dataclasses import replace

from analysis.document import layout, numbering, outline, texts
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.model import Document, Section, Step
from analysis.document.numbering import Candidate
from analysis.document.outline import Outline, is_text
from analysis.document.steps import MARKS, Vocabulary, plain
from analysis.document.texts import Block, Note, Wording

ANNEX = re.compile(
    r"\s*(?:annex(?:es)?|appendix)(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?\s*[.:]?\s*", re.IGNORECASE
)
FLAT = 3000  # characters; a longer line holds several paragraphs
CUT = re.compile(
    r"(?<=\S)\s+(?="
    r"(?:[1-9]\d{0,2}\.\s+[A-Z\u201c\"'(\d]"  # a paragraph
    r"|[IVXL]{1,7}\.\s+[A-Z]"  # a section
    rf"|{MARKS}{{1,3}}\s+[A-Z]))"  # a footnote
)
MARK = re.compile(f"{MARKS}+")
BULLET = re.compile(r"^\s*[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\u2043]\s*")


def build(lines: list[Line], *, markdown: bool = False, mend: bool = False) -> Document:
    """Return the document that lines make up.

    Parameters
    ----------
    lines : list of Line
        Lines as the reader of a format returns them.
    markdown : bool
        Whether the words have marks of Markdown.
    mend : bool
        Whether words that a lost ligature has split are joined, as text taken out of a PDF needs.

    Raises
    ------
    ValueError
        If there are no words.
    """
    if not any(line.text.strip() for line in lines):
        raise Unreadable("it holds no words")
    lines = layout.strip(_unflatten(lines))
    words = Vocabulary(line.text for line in lines if line.kind != "left out")
    wording = Wording(words, markdown=markdown, mend=mend)
    main, *annexes = [_part(part, wording) for part in _parts(lines)]
    return replace(main, annexes=tuple(annexes))


def _unflatten(lines: list[Line]) -> list[Line]:
    """Cut a line that no page could hold wherever a paragraph, heading or footnote might begin.

    Pieces that begin none are joined again later.
    """
    pieces: list[Line] = []
    for line in lines:
        if len(line.text) < FLAT or line.kind != "text":
            pieces.append(line)
            continue
        first, *others = CUT.split(line.text)
        pieces.append(replace(line, text=first))
        pieces += [replace(line, text=other, gap=True, steps=[]) for other in others]
    return pieces


def _parts(lines: list[Line]) -> list[list[Line]]:
    """Divide lines at the headings of annexes."""
    parts: list[list[Line]] = [[]]
    for place, line in enumerate(lines):
        new_page = place > 0 and lines[place - 1].page != line.page
        alone = line.gap or line.strong or line.kind == "heading" or new_page
        if alone and is_text(line) and ANNEX.fullmatch(line.text) and any(map(is_text, parts[-1])):
            parts.append([])
        parts[-1].append(line)
    return parts


def _part(lines: list[Line], wording: Wording) -> Document:
    """Return the document itself, or one annex."""
    drawn = outline.draw(lines)
    assembly = _Assembly(lines, drawn)
    paragraphs, footnotes = texts.read(assembly.blocks, assembly.notes, wording)
    sections = [
        Section(numbering.to_roman(start.number), wording.text(drawn.titles[place]))
        for place, start in drawn.sections.items()
    ]
    unnumbered = [block for block in assembly.blocks if not block.number]
    return Document(
        sections=tuple(sections),
        paragraphs=paragraphs,
        front=_texts(assembly.front, wording),
        blocks=_texts(unnumbered, wording),
        footnotes=footnotes,
        warnings=tuple(drawn.warnings + outline.lost(drawn, paragraphs)),
    )


def _texts(blocks: list[Block], wording: Wording) -> tuple[str, ...]:
    return tuple(filter(None, (wording.text(block.lines) for block in blocks)))


class _Assembly:
    """Assigns every line to the block or footnote that it belongs to.

    Attributes
    ----------
    front : list of Block
        Blocks before the first heading or paragraph.
    blocks : list of Block
        Blocks after it, numbered or not.
    notes : list of Note
        Bodies of footnotes.
    """

    def __init__(self, lines: list[Line], drawn: Outline) -> None:
        self.drawn = drawn
        self.moved = _displaced(lines, drawn)
        self.below = set(self.moved.values())
        self.front: list[Block] = []
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.section = self.heading = ""
        self.begun = False
        for place, line in enumerate(lines):
            self.add(place, line)

    def add(self, place: int, line: Line) -> None:
        """Add a line according to its role in the outline."""
        if line.kind in ("left out", "note"):
            self.set_aside(line)
        elif place in self.drawn.sections:
            self.begin_section(self.drawn.sections[place], line)
        elif place in self.drawn.heads:
            self.heading = self.drawn.heads[place].strip()
            self.blocks.append(self.block(line))
        elif place in self.drawn.used:
            return
        elif place in self.moved:
            self.begin_displaced(self.drawn.starts[self.moved[place]], line)
        elif place in self.drawn.starts:
            self.begin_paragraph(place, line)
        elif self.begun:
            self.continue_block(line)
        else:
            self.add_front(line)

    def block(self, line: Line, number: int = 0) -> Block:
        """Return an empty block that begins at a line."""
        return Block(number, self.section, self.heading, line.page, [], [*line.steps])

    def set_aside(self, line: Line) -> None:
        """Record what a page has put between two words, and keep the body of a footnote."""
        name = "footnote" if line.kind == "note" else line.reason
        words = line.text.strip()
        if self.blocks:
            step = Step(f"{name} left out", words[:60], page=line.page)
            self.blocks[-1].pending.append(step)
        if line.kind == "note":
            if mark := MARK.match(words):
                self.notes.append(Note(plain(mark[0]), [words[mark.end() :]]))
            elif self.notes:
                self.notes[-1].lines.append(line.text)

    def begin_section(self, start: Candidate, line: Line) -> None:
        """Begin a section."""
        self.section, self.heading = numbering.to_roman(start.number), ""
        self.begun = True
        self.blocks.append(self.block(line))

    def begin_paragraph(self, place: int, line: Line) -> None:
        """Begin a paragraph at its number, unless its words are above that number."""
        self.begun = True
        if place in self.below:
            return
        start = self.drawn.starts[place]
        block = self.block(line, start.number)
        block.lines += [start.rest] if start.rest else []
        if start.number:
            block.steps.append(Step("number removed", f"{start.number}.", page=line.page))
        self.blocks.append(block)

    def begin_displaced(self, start: Candidate, line: Line) -> None:
        """Begin a paragraph at the first of its words, which are above its number."""
        self.begun = True
        block = self.block(line, start.number)
        block.lines.append(line.text)
        step = Step("number found below its words", f"{start.number}.", page=line.page)
        block.steps.append(step)
        self.blocks.append(block)

    def continue_block(self, line: Line) -> None:
        """Add a line to the last block; a paragraph takes every further block without a number."""
        current = self.blocks[-1]
        if not current.number and line.gap and current.lines:
            current = self.block(line)
            self.blocks.append(current)
        if current.number and current.lines:
            current.pending += _join_steps(current, line)
        current.steps += [*current.pending, *line.steps]
        current.pending = []
        text = BULLET.sub("", line.text)
        if text != line.text:
            current.steps.append(Step("bullet removed", line.text.strip()[:1]))
        if not (current.number and current.lines):
            current.page = line.page
        current.lines.append(text)

    def add_front(self, line: Line) -> None:
        """Add a line to the blocks before the first heading or paragraph."""
        last = self.front[-1] if self.front else None
        if last is None or line.gap or line.kind == "heading" or last.page != line.page:
            last = self.block(line)
            self.front.append(last)
        last.lines.append(line.text)


def _join_steps(block: Block, line: Line) -> list[Step]:
    """Return the step, if any, that joins a line to a paragraph."""
    if block.page is not None and block.page != line.page:
        return [Step("joined across a page break", page=line.page)]
    if line.gap:
        return [Step("block without a number joined", line.text.strip()[:40])]
    return []


# --- numbers below their words -------------------------------------------------------------------


def _displaced(lines: list[Line], drawn: Outline) -> dict[int, int]:
    """Return the numbers that are alone below the words of their paragraphs.

    Returns
    -------
    dict of int to int
        For the place where the words of each such paragraph begin, the place of its number.
    """
    order = sorted([*drawn.starts, *drawn.sections, *drawn.heads])
    moved: dict[int, int] = {}
    below = False  # whether the number further down has been found to be below its words
    for index in range(len(order) - 1, -1, -1):
        place = order[index]
        end = order[index + 1] if index + 1 < len(order) else len(lines)
        start = drawn.starts.get(place)
        if start is None or not start.number or start.rest:
            below = False
            continue
        if below or not _free(lines, drawn, place + 1, end):
            above = order[index - 1] if index else -1
            words = _words_above(lines, drawn, above, place)
            below = bool(words)
            if words:
                moved[words[0]] = place
    return moved


def _words_above(lines: list[Line], drawn: Outline, above: int, place: int) -> list[int]:
    """Return the places of the words that may belong to a number below them.

    If the paragraph above has words beside its number, only the last block is free.
    """
    words = _free(lines, drawn, above + 1, place)
    start = drawn.starts.get(above)
    if start is not None and start.rest:
        gaps = (index for index, at in enumerate(words) if lines[at].gap)
        words = words[max(gaps, default=len(words)) :]
    return words


def _free(lines: list[Line], drawn: Outline, begin: int, end: int) -> list[int]:
    """Return the places of lines of text that no title or sub-heading uses."""
    return [at for at in range(begin, end) if is_text(lines[at]) and at not in drawn.used]
