"""Where the words that the record stands on are now, in a paragraph that has changed.

A span is looked for in three steps: where the alignment of the words puts it; at its old place; and, where it is long, at any
place. The sha256 of its words confirms each. Where none does, its words have changed, and the alignment says where they stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.document import Paragraph, digest
from analysis.verify.alignment import LONG, Alignment, occurrences
from analysis.verify.reference import Row, Span

FITS, ELSEWHERE, CHANGED, LOST = "fits", "elsewhere", "changed", "lost"
NEAR = 3  # words; how far a short span may be from where the lengths of words that are gone were estimated
FEW = 3  # words; a span of so few may be replaced entirely and still be the same thing said
KEPT = 1 / 3  # share of the words that must be left of any other


@dataclass(frozen=True)
class Place:
    """Code points `start` to `end`, end exclusive, of a numbered paragraph of the file."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Fate:
    """What became of a span.

    Attributes
    ----------
    span : Span
        The span of the record.
    status : str
        ``fits``: the same words at the same place of the paragraph. ``elsewhere``: the same words at another place.
        ``changed``: other words, at a place found by the words around them. ``lost``: not found.
    place : Place or None
        Where it is in the file; None where it is lost.
    """

    span: Span
    status: str
    place: Place | None


class Loose:
    """Paragraphs of a file that are none of the record unchanged: where else words may stand that a paragraph has lost.

    They are looked for only where two words follow one another as in the recorded paragraph: a document may be long.
    """

    def __init__(self, paragraphs: Iterable[tuple[Paragraph, bytes]]):
        self.texts, self.twos = {}, defaultdict(list)
        for paragraph, prints in paragraphs:
            self.texts[paragraph.number] = paragraph.text
            starts = (match.start() for match in re.finditer(r"\S+", paragraph.text))
            for two, start in zip(pairwise(prints), starts, strict=False):
                self.twos[two].append((paragraph.number, start))

    def search(self, span: Span, row: Row, but: int | None = None) -> Fate | None:
        """Return where the words of a long span are, other than in one numbered paragraph."""
        length = span.end - span.start
        if length < LONG:
            return None
        for number, start in sorted(
            {place for two in set(pairwise(row.bytes)) for place in self.twos.get(two, ())}
        ):
            if number != but and digest(self.texts[number][start : start + length]) == span.sha256:
                return Fate(span, ELSEWHERE, Place(number, start, start + length))
        return None


def fate(span: Span, alignment: Alignment, number: int, loose: Loose) -> Fate:
    """Say what became of a span.

    Parameters
    ----------
    span : Span
        A span of the recorded paragraph.
    alignment : Alignment
        That paragraph beside the one of the file.
    number : int
        The number of the latter.
    loose : Loose
        Other paragraphs of the file that the words may have been moved to.
    """
    start, end = alignment.place(span)
    for place in ((start, end), (span.start, span.end), *_nearby(span, alignment, start)):
        if digest(alignment.text[slice(*place)]) == span.sha256:
            return Fate(
                span, FITS if place == (span.start, span.end) else ELSEWHERE, Place(number, *place)
            )
    moved = loose.search(span, alignment.row, but=number)
    if moved:
        return moved
    first, last = alignment.covered(span)
    kept = [word for word in alignment.partners[first : last + 1] if word is not None]
    if start < end and (last - first < FEW or len(kept) >= KEPT * (last + 1 - first)):
        return Fate(span, CHANGED, Place(number, start, end))
    return Fate(span, LOST, None)


def _nearby(span, alignment, start) -> list[tuple[int, int]]:
    """Return the places with the words of a span: any where it is long, else those in words that are aligned near it."""
    found = sorted(occurrences(span, alignment.text), key=lambda position: abs(position - start))
    if span.end - span.start < LONG:
        first, _ = alignment.covered(span)
        near = set(alignment.partners[max(0, first - NEAR) : first + NEAR + 1])
        found = [position for position in found if alignment.word_at(position) in near]
    return [(position, position + span.end - span.start) for position in found]


def nested(fates: Sequence[Fate]) -> tuple[Fate, ...]:
    """Find spans within others by where those are now: what holds the same words holds the same parts."""
    sure = [each for each in fates if each.status in (FITS, ELSEWHERE)]
    return tuple(each if each in sure else _within(each, sure) for each in fates)


def _within(fate: Fate, sure: Sequence[Fate]) -> Fate:
    span = fate.span
    for outer in sure:
        if outer.span.start <= span.start and span.end <= outer.span.end:
            by = outer.place.start - outer.span.start
            return Fate(
                span, outer.status, Place(outer.place.paragraph, span.start + by, span.end + by)
            )
    return fate
