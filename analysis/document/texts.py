"""Turn blocks of lines into normalised texts, and find where footnotes are called."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.document import items
from analysis.document.model import Footnote, Paragraph, Step
from analysis.document.steps import MARKS, Vocabulary, clean, plain, superscript

CALL = re.compile(
    rf"(?P<raised>{MARKS}+)"
    r"|(?<=[a-z)\u2019\u201d\"'])[.,;:]?(?P<plain>\d{1,3})(?=[\s.,;:)]|$)"  # attached to a word
)

Call = tuple[int, int, int]  # place of a text, begin and end of a mark in it


@dataclass
class Block:
    """Lines that become one text, with the number of the paragraph, or 0 outside paragraphs.

    Attributes
    ----------
    number, section, heading, page
        As in `Paragraph`.
    lines : list of str
        The words of its lines.
    steps : list of Step
        The changes to its words so far.
    pending : list of Step
        The changes that count only if a further line follows.
    """

    number: int = 0
    section: str = ""
    heading: str = ""
    page: int | None = None
    lines: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pending: list[Step] = field(default_factory=list)


@dataclass
class Note:
    """The body of a footnote: its mark and its lines."""

    mark: str
    lines: list[str]


@dataclass(frozen=True)
class Wording:
    """How the texts of one document are normalised.

    Attributes
    ----------
    words : Vocabulary
        The words of the document.
    markdown, mend : bool
        As in `structure.build`.
    """

    words: Vocabulary
    markdown: bool
    mend: bool

    def text(self, lines: Sequence[str]) -> str:
        """Return the normalised text of lines."""
        return self.clean(self.join(lines)[0])[0]

    def clean(self, text: str) -> tuple[str, list[Step]]:
        """Return the normalised form of a text, and the steps that changed it."""
        return clean(text, markdown=self.markdown)

    def join(self, lines: Sequence[str]) -> tuple[str, list[Step]]:
        """Return lines as one text, and the steps that changed their words."""
        pieces, steps = list(lines[:1]), []
        for line in lines[1:]:
            pieces[-1], line, step = self.words.join(pieces[-1], line)
            pieces.append(line)
            steps += [step] if step else []
        text = "".join(pieces)
        if self.mend:
            text, mended = self.words.mend(text)
            steps += mended
        return text, steps


def read(
    blocks: list[Block], notes: list[Note], wording: Wording
) -> tuple[dict[int, Paragraph], tuple[Footnote, ...]]:
    """Return the paragraphs by number, and the footnotes in order."""
    numbered = [block for block in blocks if block.number]
    joined = [wording.join(block.lines) for block in numbered]
    texts, marked, calls = _calls([text for text, _ in joined], [note.mark for note in notes])
    paragraphs = {}
    for block, (_, joins), text, marks in zip(numbered, joined, texts, marked, strict=True):
        paragraphs[block.number] = _paragraph(block, text, [*joins, *marks], wording)
    footnotes = []
    for place, note in enumerate(notes):
        text, number, at = wording.text(note.lines), None, None
        if place in calls:
            called, offset = calls[place]
            number = numbered[called].number
            before = wording.clean(texts[called][:offset])[0]
            at = min(len(before), len(paragraphs[number].text))
        footnotes.append(Footnote(note.mark, text, number, at))
    return paragraphs, tuple(footnotes)


def _paragraph(block: Block, text: str, steps: list[Step], wording: Wording) -> Paragraph:
    words, cleaning = wording.clean(text)
    return Paragraph(
        number=block.number,
        section=block.section,
        text=words,
        heading=wording.clean(block.heading)[0],
        page=block.page,
        items=items.find(words, block.number),
        steps=(*block.steps, *steps, *cleaning),
    )


def _calls(
    texts: list[str], marks: list[str]
) -> tuple[list[str], list[list[Step]], dict[int, tuple[int, int]]]:
    """Find where each footnote is called.

    A digit at the end of a word is a mark only if a footnote has that number, in the order of the
    notes. It is then replaced by a superscript digit.

    Returns
    -------
    texts : list of str
        The texts, with marks in superscript.
    steps : list of list of Step
        The changes to each text.
    calls : dict of int to tuple of int
        For each note whose mark was found, the place of its text and the offset in it.
    """
    seen = _marks(texts) if marks else {}
    calls: dict[int, Call] = {}
    reached: Call = (-1, -1, -1)
    for note, mark in enumerate(marks):
        options = seen.get(mark, [])
        following = bisect_right(options, reached)
        if following < len(options):
            calls[note] = reached = options[following]
    texts, steps = list(texts), [list[Step]() for _ in texts]
    for place, begin, end in reversed(list(calls.values())):
        text, mark = texts[place], texts[place][begin:end]
        if mark != superscript(mark):
            word = text[max(0, begin - 12) : end].split()[-1]
            steps[place].insert(0, Step("footnote mark found", word, superscript(mark)))
            texts[place] = text[:begin] + superscript(mark) + text[end:]
    return texts, steps, {note: (place, begin) for note, (place, begin, _) in calls.items()}


def _marks(texts: list[str]) -> dict[str, list[Call]]:
    """Return, for each number, where it might be the mark of a footnote, in order."""
    seen: dict[str, list[Call]] = {}
    for place, text in enumerate(texts):
        for match in CALL.finditer(text):
            kind = "raised" if match["raised"] else "plain"
            call = (place, match.start(kind), match.end())
            seen.setdefault(plain(match[kind]), []).append(call)
    return seen
