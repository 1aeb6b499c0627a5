"""Assemble lines into sections, numbered paragraphs, footnotes and annexes."""

import re
from dataclasses import replace

import regex

from analysis.document import doubts, layout, numbering, outline, texts
from analysis.document.forms import MARKS, NOTE_SIGNS
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.model import Document, Section, Step
from analysis.document.numbering import ROMAN_NUMBERS
from analysis.document.outline import Outline
from analysis.document.steps import plain
from analysis.document.texts import Block, Note
from analysis.document.wording import Wording

ANNEX = re.compile(
    r"\s*(?:annex(?:es)?|appendix)(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?\s*[.:]?\s*", re.IGNORECASE
)
FLAT = 3000  # characters; a longer line holds several paragraphs
CUT = regex.compile(
    r"(?<=\S)\s+(?="
    r"(?:[1-9]\d{0,3}\.\s+[\p{Lu}\p{Lo}\u201c\"'(\d]"  # a paragraph
    r"|[IVXL]{1,7}\.\s+[\p{Lu}\p{Lo}]"  # a section
    rf"|{MARKS}{{1,3}}\s+\p{{Lu}}))"  # a footnote
)
MARK = re.compile(f"{MARKS}+|{NOTE_SIGNS}{{1,3}}")
NOTE_LABEL = re.compile(r"[\[(]?(\d{1,3})[\])./]+\s*")  # of a note in a list, or in brackets
ENDS = regex.compile(  # of a finished sentence in any script, with what closes it and a footnote
    rf"[.?!\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\u0589](?:[\p{{Pe}}\p{{Pf}}\p{{Pi}}\s\"']|{MARKS}|{NOTE_SIGNS})*$"
)
ITEM = re.compile(
    r"\s*(?:\([a-z\d]{1,4}\)|[a-z]\)|[*\u2013\u2014-]\s|[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\u2043])"
)
BULLET = re.compile(r"^\s*[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\u2043]\s*")
DASH_BULLET = re.compile(r"^\s*[\u2013\u2014-]\s+(?=\S)")  # where a block or an item begins
ITEM_ENDS = (":", ";", ".")  # of the line above an item that no gap divides from it


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
    lines = layout.strip(numbering.unified(_unflatten(lines)))
    words = (line.text for line in lines if line.is_text or line.kind == "note")
    wording = Wording(words, markdown=markdown, mend=mend)
    main, *annexes = [_part(part, wording) for part in _parts(lines)]
    warnings = list(main.warnings)
    if not (warnings or main.paragraphs):
        warnings.append(doubts.no_numbers(lines, bool(main.sections)))
    warnings += [f"{annex.front[0]}: {words}" for annex in annexes for words in annex.warnings]
    return replace(main, annexes=tuple(annexes), warnings=tuple(warnings))


def _unflatten(lines: list[Line]) -> list[Line]:
    """Cut a line that no page could hold wherever a block might begin.

    Pieces that begin none are joined again later.
    """
    pieces: list[Line] = []
    for line in lines:
        flat = len(line.text) >= FLAT and line.kind == "text"
        first, *others = CUT.split(line.text) if flat else [line.text]
        pieces.append(replace(line, text=first))
        pieces += [replace(line, text=other, gap=True, steps=[]) for other in others]
    return pieces


def _parts(lines: list[Line]) -> list[list[Line]]:
    """Divide lines at the headings of annexes."""
    parts: list[list[Line]] = [[]]
    page: int | None = None
    for line in lines:
        alone = line.gap or line.strong or line.kind == "heading" or page != line.page
        if alone and line.is_text and ANNEX.fullmatch(line.text):
            if any(above.is_text for above in parts[-1]):
                parts.append([])
        parts[-1].append(line)
        page = line.page if line.is_text else page
    return parts


def _part(lines: list[Line], wording: Wording) -> Document:
    """Return the document itself, or one annex."""
    drawn = outline.draw(lines)
    assembly = _Assembly(lines, drawn)
    paragraphs, footnotes = texts.read(assembly.blocks, assembly.notes, wording)
    sections = [
        Section(ROMAN_NUMBERS[start.number], wording.text(drawn.titles[place]))
        for place, start in drawn.sections.items()
    ]
    unnumbered = [block.lines for block in assembly.blocks if not block.number]
    numbered = [block for block in assembly.blocks if block.number]
    mixed = [*doubts.side_by_side(lines)]
    if mixed:
        reason = "its words may be mixed with those of another column"
        paragraphs = {n: replace(p, doubts=(*p.doubts, reason)) for n, p in paragraphs.items()}
    warnings = [*drawn.warnings, *doubts.missing(paragraphs), *doubts.swallowed(paragraphs), *mixed]
    if paragraphs:
        warnings += doubts.empty(paragraphs, sections)
        warnings += doubts.after_the_last(paragraphs, numbered[-1].joined)
    return Document(
        sections=tuple(sections),
        paragraphs=paragraphs,
        front=_texts(_front(lines[: drawn.first(len(lines))]), wording),
        blocks=_texts(unnumbered, wording),
        footnotes=footnotes,
        warnings=(
            *warnings,
            *doubts.uncalled(footnotes, assembly.unmarked),
            *doubts.left_out(lines[drawn.first(len(lines)) :]),
        ),
        goes_on=bool(numbered and numbered[-1].joined),
    )


def _texts(blocks: list[list[str]], wording: Wording) -> tuple[str, ...]:
    return tuple(filter(None, map(wording.text, blocks)))


def _front(lines: list[Line]) -> list[list[str]]:
    """Divide the lines before the first heading or paragraph into blocks."""
    blocks: list[list[str]] = []
    page = None
    for line in lines:
        if line.is_text or line.kind == "text box":
            if not blocks or line.gap or line.kind == "heading" or line.page != page:
                blocks.append([])
            blocks[-1].append(line.text)
            page = line.page
    return blocks


class _Assembly:
    """Assigns every line to the block or footnote that it belongs to.

    Attributes
    ----------
    blocks : list of Block
        Blocks from the first heading or paragraph onwards, numbered or not.
    notes : list of Note
        Bodies of footnotes.
    """

    def __init__(self, lines: list[Line], drawn: Outline) -> None:
        self.drawn = drawn
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.section = self.heading = ""
        self.unmarked: list[str] = []  # the bodies of footnotes that have no mark
        self.joining = False  # whether the last block of lines was joined after a finished sentence
        for place, line in enumerate(lines):
            self.add(place, line)

    def add(self, place: int, line: Line) -> None:
        """Add a line according to its role in the outline."""
        if not line.is_text:
            self.set_aside(line)
        elif place in self.drawn.sections:
            self.section, self.heading = ROMAN_NUMBERS[self.drawn.sections[place].number], ""
            self.begin(line)
        elif place in self.drawn.heads:
            self.heading = self.drawn.heads[place].strip()
            self.begin(line)
        elif place in self.drawn.starts:
            self.begin_paragraph(place, line)
        elif place not in self.drawn.used and self.blocks:
            self.continue_block(line)

    def begin(self, line: Line, number: int = 0) -> Block:
        """Begin a block at a line, without its words."""
        block = Block(number, self.section, self.heading, line.page, [], [*line.steps])
        self.blocks.append(block)
        return block

    def set_aside(self, line: Line) -> None:
        """Record what a page has put between two words, and keep the body of a footnote."""
        name = "footnote" if line.kind == "note" else line.kind
        words = line.text.strip()
        if self.blocks:
            step = Step(f"{name} left out", words[:60], page=line.page)
            self.blocks[-1].pending.append(step)
        if line.kind == "note":
            if mark := MARK.match(words):
                self.notes.append(Note(plain(mark[0]), [words[mark.end() :]]))
            elif label := NOTE_LABEL.match(words):
                self.notes.append(Note(label[1], [words[label.end() :]]))
            elif self.notes:
                self.notes[-1].lines.append(line.text)
            else:
                self.unmarked.append(words)

    def begin_paragraph(self, place: int, line: Line) -> None:
        """Begin a paragraph at its number, or at its words if they are above that number."""
        start = self.drawn.starts[place]
        block, self.joining = self.begin(line, start.number), False
        block.lines += [start.rest] if start.rest else []
        name = "number removed" if place == start.place else "number found below its words"
        block.steps.append(Step(name, f"{start.number}.", page=line.page))

    def continue_block(self, line: Line) -> None:
        """Add a line to the last block; a paragraph takes all without a number."""
        block = self.blocks[-1]
        if not block.number and line.gap and block.lines:
            block = self.begin(line)
        if not (block.number and block.lines):
            block.page = line.page
        elif block.page is not None and block.page != line.page:
            block.pending.append(Step("joined across a page break", page=line.page))
        elif line.gap:
            block.pending.append(Step("block without a number joined", line.text.strip()[:40]))
            ended = bool(ENDS.search(block.lines[-1][-40:]))
            self.joining = ended and not ITEM.match(line.text)
            if self.joining:
                block.joined.append(line.text.strip())
        elif self.joining and block.joined:
            block.joined[-1] += f" {line.text.strip()}"
        block.steps += [*block.pending, *line.steps]
        block.pending = []
        text = BULLET.sub("", line.text)
        if line.gap or (block.lines and block.lines[-1].rstrip().endswith(ITEM_ENDS)):
            text = DASH_BULLET.sub("", text)
        if text != line.text:
            block.steps.append(Step("bullet removed", line.text.strip()[:1]))
        block.lines.append(text)
