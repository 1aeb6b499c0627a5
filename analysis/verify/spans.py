"""Find where the coded words are now, in a paragraph that has changed.

A span is looked for in three places: where the alignment of the words puts it, at its old place
and, if it is long, anywhere. The SHA-256 of its words confirms each. If none is confirmed, its
words have changed, and the alignment shows what is now in their place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.document import Paragraph, digest
from analysis.verify.alignment import LONG, Alignment, occurrences, prints
from analysis.verify.reference import RecordedParagraph, Span

FITS, ELSEWHERE, SPAN_CHANGED, LOST = "fits", "elsewhere", "changed", "lost"
NEAR = 3  # words; how far a short span may be from its estimated place
FEW = 3  # words; a span of at most so many is changed, not lost, even if all are replaced
KEPT = 1 / 3  # share of its words that a longer span must keep


@dataclass(frozen=True)
class Place:
    """Code points of a numbered paragraph of the file, end exclusive."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class SpanResult:
    """A span of the record and where it is in the file.

    Attributes
    ----------
    span : Span
        The span of the record.
    status : str
        ``fits``: the same words at the same place of the paragraph. ``elsewhere``: the same words
        at another place. ``changed``: other words, at a place found by the words around them.
        ``lost``: not found.
    place : Place or None
        Where it is in the file; None if it is lost.
    """

    span: Span
    status: str = LOST
    place: Place | None = None


class NewParagraphs:
    """Paragraphs of a file that are not in the record, where words may have moved to.

    A paragraph is searched only if two consecutive words of the recorded one recur in it, since a
    document may be long.
    """

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.places = defaultdict[tuple[int, int], list[tuple[int, int, str]]](list)
        for paragraph in paragraphs:
            starts = (match.start() for match in re.finditer(r"\S+", paragraph.text))
            for pair, start in zip(pairwise(prints(paragraph.text)), starts, strict=False):
                self.places[pair].append((paragraph.number, start, paragraph.text))

    def search(self, span: Span, row: RecordedParagraph, other_than: int | None) -> SpanResult:
        """Return where a long span is, in other paragraphs than a numbered one."""
        length = span.end - span.start
        pairs = set(pairwise(row.prints)) if length >= LONG else ()
        for number, start, text in sorted(
            {place for pair in pairs for place in self.places.get(pair, ())}
        ):
            if number != other_than and digest(text[start : start + length]) == span.sha256:
                return SpanResult(span, ELSEWHERE, Place(number, start, start + length))
        return SpanResult(span)


def locate(span: Span, alignment: Alignment, number: int, others: NewParagraphs) -> SpanResult:
    """Return where a span of a changed paragraph is now.

    Parameters
    ----------
    span : Span
        A span of the recorded paragraph.
    alignment : Alignment
        That paragraph beside the one of the file.
    number : int
        The number of the paragraph of the file.
    others : NewParagraphs
        Other paragraphs of the file that the words may have moved to.
    """
    aligned, recorded = alignment.place(span), (span.start, span.end)
    for place in (aligned, recorded, *_occurrences(span, alignment, aligned[0])):
        if digest(alignment.text[slice(*place)]) == span.sha256:
            status = FITS if place == recorded else ELSEWHERE
            return SpanResult(span, status, Place(number, *place))
    moved = others.search(span, alignment.row, number)
    first, last = alignment.covered(span)
    words = alignment.partners[first : last + 1]
    recognizable = len(words) <= FEW or len(words) - words.count(None) >= KEPT * len(words)
    if moved.status == LOST and recognizable and aligned[0] < aligned[1]:
        return SpanResult(span, SPAN_CHANGED, Place(number, *aligned))
    return moved


def _occurrences(span: Span, alignment: Alignment, start: int) -> Iterator[tuple[int, int]]:
    """Yield the places with the words of a span; if it is short, only near ones."""
    length, first = span.end - span.start, alignment.covered(span)[0]
    near = alignment.partners[max(0, first - NEAR) : first + NEAR + 1]
    for position in sorted(occurrences(span, alignment.text), key=lambda place: abs(place - start)):
        if length >= LONG or alignment.word_at(position) in near:
            yield position, position + length


def with_containers(results: Sequence[SpanResult]) -> tuple[SpanResult, ...]:
    """Place each unconfirmed span within a confirmed one that contains it, if any."""
    return tuple(_within(result, (result, *results)) for result in results)


def _within(result: SpanResult, others: Iterable[SpanResult]) -> SpanResult:
    start, end = result.span.start, result.span.end
    for outer in others:
        contains = outer.span.start <= start and end <= outer.span.end
        if contains and outer.place and outer.status in (FITS, ELSEWHERE):
            shift = outer.place.start - outer.span.start
            place = Place(outer.place.paragraph, start + shift, end + shift)
            return SpanResult(result.span, outer.status, place)
    return result
