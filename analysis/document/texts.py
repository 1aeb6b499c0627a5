"""Turn blocks of lines into normalized texts with their footnotes."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from analysis.document import doubts, items
from analysis.document.forms import GLUED_TO, MARKS, NO_MARKS, NOTE_SIGNS
from analysis.document.model import Footnote, Paragraph, Step
from analysis.document.steps import plain, superscript
from analysis.document.wording import UNSURE, Wording

CALL = regex.compile(
    rf"(?:{NO_MARKS})|(?P<raised>{MARKS}+)"
    # attached to a word
    rf"|{GLUED_TO}(?P<plain>\d{{1,3}})(?=[\s.,;:)]|$)"
    rf"|(?<=[\w.,;:)\u201d])\\?(?P<sign>{NOTE_SIGNS}{{1,3}})(?=[\s.,;:)]|$)"
)

RAISED_SIGN = "\u00b9"  # takes the place of a sign, so that it is removed like a raised digit
Call = tuple[int, int, int]  # place of a text, begin and end of a mark in it


@dataclass
class Block:
    """Lines that become one text; the number is 0 outside paragraphs.

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
    joined : list of str
        Each block without a number that was joined after a finished sentence.
    """

    number: int = 0
    section: str = ""
    heading: str = ""
    page: int | None = None
    lines: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pending: list[Step] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)


@dataclass
class Note:
    """The body of a footnote: its mark and its lines."""

    mark: str
    lines: list[str]


def read(
    blocks: list[Block], notes: list[Note], wording: Wording
) -> tuple[dict[int, Paragraph], tuple[Footnote, ...]]:
    """Return the paragraphs by number, and the footnotes in order."""
    numbered = [block for block in blocks if block.number]
    texts = []
    for block in numbered:
        text, steps = wording.join(block.lines)
        texts.append(text)
        block.steps += steps
    calls = _calls(texts, [note.mark for note in notes])
    _raise_marks(numbered, texts, filter(None, calls))
    paragraphs = {
        block.number: _paragraph(block, text, wording)
        for block, text in zip(numbered, texts, strict=True)
    }
    footnotes = []
    for note, call in zip(notes, calls, strict=True):
        number = at = None
        if call:
            number = numbered[call[0]].number
            before, _ = wording.clean(texts[call[0]][: call[1]])
            at = min(len(before), len(paragraphs[number].text))
        words, steps = wording.join(note.lines)
        sure = all(step.name != UNSURE for step in steps)
        footnotes.append(Footnote(note.mark, wording.clean(words)[0], number, at, sure))
    return paragraphs, tuple(footnotes)


def _paragraph(block: Block, text: str, wording: Wording) -> Paragraph:
    words, steps = wording.clean(text)
    return Paragraph(
        number=block.number,
        section=block.section,
        text=words,
        heading=wording.clean(block.heading)[0],
        page=block.page,
        items=items.find(words, block.number),
        steps=(*block.steps, *steps),
        doubts=tuple(doubts.words(words, block.steps, block.joined)),
    )


def _calls(texts: list[str], marks: list[str]) -> list[Call | None]:
    """Return where each footnote is called, or None if its mark was not found.

    A digit at the end of a word is a mark only if a footnote has that number, in the order of the
    notes.
    """
    seen = _marks(texts) if marks else {}
    calls: list[Call | None] = []
    reached = dict.fromkeys((True, False), (-1, -1, -1))  # of the digits, and of the signs
    for mark in marks:
        options, kind = seen.get(mark, []), mark.isdigit()
        following = bisect_right(options, reached[kind])
        calls.append(options[following] if following < len(options) else None)
        reached[kind] = calls[-1] or reached[kind]
    return calls


def _raise_marks(blocks: list[Block], texts: list[str], calls: Iterable[Call]) -> None:
    """Raise each digit or sign at the end of a word that is the mark of a footnote."""
    for place, begin, end in calls:
        text = texts[place]
        mark = re.sub(NOTE_SIGNS, RAISED_SIGN, superscript(text[begin:end]))
        if not text.startswith(mark, begin):
            word = text[max(0, begin - 12) : end].split()[-1]
            blocks[place].steps.append(Step("footnote mark found", word, mark))
            texts[place] = text[:begin] + mark + text[end:]


def _marks(texts: list[str]) -> dict[str, list[Call]]:
    """Return, for each number, where it might be the mark of a footnote, in order."""
    seen: dict[str, list[Call]] = {}
    for place, text in enumerate(texts):
        for match in CALL.finditer(text):
            if kind := match.lastgroup:
                call = (place, match.start(kind), match.end())
                seen.setdefault(plain(match[kind]), []).append(call)
    return seen
