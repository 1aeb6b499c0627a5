"""Say what is missing in a document, or may be in a wrong place.

Each warning names the place and says no more than was seen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import regex

from analysis.document import forms
from analysis.document.line import Line
from analysis.document.model import Footnote, Paragraph, Section, Step
from analysis.document.numbering import is_title
from analysis.document.wording import UNSURE

FAR_LONGER = 4  # length of a last paragraph relative to the longest other one
FELLOWS = 2  # other paragraphs that there must be to compare it with
SEEN = 2  # numbers in a row that show a form
LOOKS_LIKE = {  # what a line that is left out looks like
    "page number": "the number of a page",
    "job number": "the number of a print job",
    "document symbol": "the symbol above a page",
    "links": "the links of a web page",
}
PLACE_WORDS = 5  # words of a place that a warning shows
WIDE = re.compile(" {4,}")  # a gap within a line, as between columns side by side
WIDE_SHARE = 0.4  # of lines with a wide gap, in a text with columns side by side
WIDE_LINES = 4  # that there must be at least


MARK_LEFT = regex.compile(  # what may be the mark of a footnote, left in a text
    rf"(?:(?<=\p{{Ll}}{{3}}|\p{{Ll}}{{2}}[.,;:)\u2019\u201d]|[)%\u2019\u201d]|\d[.,;:])"
    rf"{forms.GLUED_TO}\d{{1,2}}|(?<=\S)\[\d{{1,2}}\])(?=[\s.,;:)]|$)"
)


def words(text: str, steps: Iterable[Step], joined: Iterable[str]) -> Iterator[str]:
    """Yield what may be wrong with the words of a paragraph.

    Parameters
    ----------
    text : str
        Its normalized text.
    steps : iterable of Step
        The changes that led to it.
    joined : iterable of str
        The blocks without a number that were joined to it after a finished sentence.
    """
    for step in steps:
        if step.name == UNSURE:
            yield f'"{step.before}" may be one word'
    if mark := MARK_LEFT.search(text):
        place = text[max(0, mark.start() - 12) : mark.end()].split()[-1]
        yield f'"{place}" may end in the mark of a footnote'
    for block in joined:
        if is_title(block):
            yield f'"{shown(block)}" may be a title'


def missing(paragraphs: Iterable[int]) -> Iterator[str]:
    """Yield a warning for each run of numbers that is missing."""
    last = 0
    for number in paragraphs:
        where = f"in paragraph {last}" if last else "before the first paragraph"
        if number == last + 2:
            one = number - 1
            yield f"Number {one} was not found: the words of paragraph {one} may stand {where}."
        elif number > last + 2:
            run = f"{last + 1} to {number - 1}"
            yield f"Numbers {run} were not found: the words of these paragraphs may stand {where}."
        last = number


def swallowed(paragraphs: Mapping[int, Paragraph]) -> Iterator[str]:
    """Yield a warning for each number that seems to open a paragraph within another."""
    for number, paragraph in paragraphs.items():
        following = str(number + 1) if number + 1 not in paragraphs else f"{number}bis"
        mark = rf"(?:{following}|{number}\s?(?:bis|ter|quater|[A-Za-z]))[.)]"
        if found := regex.search(rf"(?<=[.;:!?]\s){mark}\s+\p{{Lu}}", paragraph.text):
            yield f'Paragraph {number} may hold another: "{shown(paragraph.text[found.start() :])}"'


def no_numbers(lines: Sequence[Line], sections: bool) -> str:
    """Return why a document has no numbered paragraphs, as far as that can be seen."""
    if seen := _form_seen(lines):
        return f"Blocks begin with {seen}: numbers of this form are not read."
    if sections:
        return (
            "The document has sections but no numbered paragraphs: "
            "the numbers were lost when the file was made."
        )
    return "No numbered paragraph was found."


def _form_seen(lines: Sequence[Line]) -> str:
    """Return the first numbers of a form that is not read, such as ``[1], [2], [3]``."""
    texts = [line.text for line in lines if line.is_text]
    for form in forms.UNREAD_NUMBERS:
        found = [match for match in map(form.pattern.fullmatch, texts) if match]
        if len(found) >= SEEN:
            return ", ".join(match[0][: match.start("rest")].strip() for match in found[:SEEN])
    return ""


def empty(paragraphs: Mapping[int, Paragraph], sections: Sequence[Section]) -> Iterator[str]:
    """Yield a warning for paragraphs without words, sections without any."""
    without = [str(number) for number, paragraph in paragraphs.items() if not paragraph.text]
    if len(without) == 1:
        yield f"Paragraph {without[0]} has no words: they may stand in another paragraph."
    elif without:
        more = f" and {len(without) - PLACE_WORDS} more" if len(without) > PLACE_WORDS else ""
        listed = ", ".join(without[:PLACE_WORDS])
        yield f"Paragraphs {listed}{more} have no words: they may stand in another paragraph."
    used = {paragraph.section for paragraph in paragraphs.values()}
    for section in sections:
        if section.number not in used:
            yield f"Section {section.number} has no numbered paragraph."


def after_the_last(paragraphs: Mapping[int, Paragraph], blocks: Sequence[str]) -> Iterator[str]:
    """Yield a warning if a document seems to go on after its last number.

    Parameters
    ----------
    paragraphs : mapping of int to Paragraph
        Paragraphs by number.
    blocks : sequence of str
        Blocks without a number that were joined to the last paragraph after a finished sentence.
    """
    lengths = [len(paragraph.text) for paragraph in paragraphs.values()]
    if not lengths:
        return
    last = max(paragraphs)
    if blocks:
        count = "1 block" if len(blocks) == 1 else f"{len(blocks)} blocks"
        yield (
            f"The document goes on after paragraph {last}, its last number: {count} from "
            f'"{shown(blocks[0])}" on are read as part of it.'
        )
    elif len(lengths) > FELLOWS and lengths[-1] > FAR_LONGER * max(lengths[:-1]):
        yield (
            f"Paragraph {last}, the last, is more than {FAR_LONGER} times as long as any other: "
            "it may hold what follows it."
        )


def left_out(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a warning for each text box, and for what looks like furniture but once."""
    boxes = groupby(lines, key=lambda line: line.kind == "text box")
    for words in (list(box) for is_box, box in boxes if is_box):
        yield f'A text box is left out: "{shown(words[0].text)}"'
    kinds = {form.name for form in forms.SURE_FURNITURE}
    alone = [line for line in lines if line.kind in kinds and line.page is None]
    times = Counter(map(_repeated, alone))
    for line in alone:
        if times[_repeated(line)] == 1:
            what = LOOKS_LIKE[line.kind]
            yield f'A line that looks like {what} is left out: "{shown(line.text)}"'


def _repeated(line: Line) -> str:
    """Return what recurs in a line that stands on every page, without numbers."""
    kept = regex.search(forms.SYMBOL_SHOWN, line.text)
    return str(kept[0]) if kept else regex.sub(r"\d+", "", line.text)


def uncalled(footnotes: Sequence[Footnote], unmarked: Iterable[str]) -> Iterator[str]:
    """Yield a warning for each footnote that no paragraph calls, or that has no mark."""
    for words in unmarked:
        yield f'A footnote without a mark is left out: "{shown(words)}"'
    for note in footnotes:
        if note.paragraph is None and note.mark.isdigit():
            place = shown(note.text)
            yield f'Nothing calls footnote {note.mark}, which may be no footnote: "{place}"'


def side_by_side(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a warning if lines look like two columns beside each other."""
    texts = [line.text.strip() for line in lines if line.kind == "text"]
    wide = [text for text in texts if any(" " in left for left in WIDE.split(text)[:-1])]
    if len(wide) >= max(WIDE_LINES, WIDE_SHARE * len(texts)):
        yield (
            f"{len(wide)} of {len(texts)} lines have a wide gap inside, as columns side by side "
            f'have: their words may be mixed, from "{shown(wide[0])}" on.'
        )


def shown(text: str) -> str:
    """Return the first words of a place.

    >>> shown("Boats came up the river in the spring.")
    'Boats came up the river ...'
    """
    words = text.split()
    return " ".join(words[:PLACE_WORDS]) + (" ..." if len(words) > PLACE_WORDS else "")
