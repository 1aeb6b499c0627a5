"""The words of a recorded paragraph beside those of a paragraph of a file: which is which, and where it begins.

The record has the bytes of its words but not their lengths. Words that are the same have the length that they have in the file;
those that are gone share what is left of the recorded length. Where several are gone, the spans help: found unchanged, they say
where the words in them begin; and any span begins and ends with a word, most of them with a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from analysis.document import Paragraph, digest, fingerprint
from analysis.verify.reference import Row, Span
from analysis.verify.words import SENTENCE_ENDS, regions, whole_sentences

LONG = 20  # code points; the same words found at another place by chance are shorter
WORD = 6  # code points of a word that is gone, where nothing else is known of it
REACH = 12  # code points by which the place of a word may have been estimated wrongly


class Alignment:
    """The words of a recorded paragraph beside those of a paragraph of the file."""

    def __init__(
        self, row: Row, found: Paragraph, spans: Iterable[Span] = (), recorded: str | None = None
    ):
        self.row, self.text = row, found.text
        self.words = [match.span() for match in re.finditer(r"\S+", found.text)]
        known = None if recorded is None else recorded.split()
        mine, its = (
            (row.bytes, _bytes(found.text)) if known is None else (known, found.text.split())
        )
        self.regions = whole_sentences(regions(mine, its), mine, found.text.split())
        self.partners = _partners(self.regions, len(mine), len(its))
        lengths = [len(word) for word in known] if known is not None else self._lengths()
        fixed = {0: 0, len(mine): row.length + 1}
        if known is None and len(self.regions) > 1:
            fixed = self._anchors(spans) | fixed
        self.starts = _starts(lengths, fixed, self._guesses())
        if known is None and len(self.regions) > 1:
            self.starts = _starts(lengths, self._settled(spans, fixed), self._guesses())

    def _lengths(self) -> list[int | None]:
        return [
            None if word is None else self.words[word][1] - self.words[word][0]
            for word in self.partners
        ]

    def _guesses(self) -> list[int]:
        guesses = [WORD] * len(self.partners)
        for start, end, at, to in self.regions:
            if end - start == to - at:
                guesses[start:end] = [end - start for start, end in self.words[at:to]]
        return guesses

    def _anchors(self, spans) -> dict[int, int]:
        """Return where words of the record begin, as far as long spans found unchanged tell it."""
        mine = {word: index for index, word in enumerate(self.partners) if word is not None}
        anchors = {}
        for span in spans:
            places = list(occurrences(span, self.text)) if span.end - span.start >= LONG else []
            if len(places) == 1:
                word = self.word_at(places[0])
                if word in mine:
                    anchors[mine[word]] = span.start - (places[0] - self.words[word][0])
        ordered = sorted(anchors.items())
        return dict(ordered) if all(a < b for (_, a), (_, b) in pairwise(ordered)) else {}

    def _settled(self, spans, fixed: dict[int, int]) -> dict[int, int]:
        """Return also where runs of the same words must begin for the spans to begin and end with words and sentences."""
        settled = dict(fixed)
        for first, last in self._runs():
            offset, begin, end = (
                self.words[self.partners[first]][0],
                self.starts[first],
                self.starts[last],
            )
            opening = [offset + span.start - begin for span in spans if begin <= span.start < end]
            closing = [offset + span.end - begin for span in spans if begin < span.end <= end]
            if (opening or closing) and not any(first <= word <= last for word in fixed):
                by = max(
                    range(-REACH, REACH + 1),
                    key=lambda by: (_fit(self.text, opening, closing, by), -abs(by)),
                )
                settled[first] = begin - by
        ordered = [settled[word] for word in sorted(settled)]
        return settled if all(a < b for a, b in pairwise(ordered)) else fixed

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Find the runs of words that are the same, end exclusive."""
        at = 0
        for start, end, *_ in [*self.regions, (len(self.partners),) * 2]:
            if at < start:
                yield at, start
            at = end

    def word_at(self, position: int) -> int:
        """Return which word of the file holds a code point, or stands before it."""
        return max(0, bisect_right(self.words, (position, len(self.text))) - 1)

    def covered(self, span: Span) -> tuple[int, int]:
        """Return the first and the last word of the record that a span covers."""
        last = len(self.partners) - 1
        first, final = (
            bisect_right(self.starts, position) - 1 for position in (span.start, span.end - 1)
        )
        return min(max(first, 0), last), min(max(final, 0), last)

    def place(self, span: Span) -> tuple[int, int]:
        """Return where the words stand in the file that stand where those of a span stood; empty where none do."""
        first, last = self.covered(span)
        into = span.start - self.starts[first]
        left = self.starts[last + 1] - 1 - span.end
        start, end = self._words_for(first)[0], self._words_for(last)[1]
        if start >= end:
            return 0, 0
        (start, first_end), (last_start, end) = self.words[start], self.words[end - 1]
        if self.partners[first] is not None or not _has_letters(self.text[start : start + into]):
            start = min(start + into, first_end)
        if self.partners[last] is not None or not _has_letters(self.text[end - left : end]):
            end = max(end - left, last_start)
        return (start, end) if start < end else (0, 0)

    def _words_for(self, word: int) -> tuple[int, int]:
        """Return the words of the file, end exclusive, that stand for one of the record."""
        partner = self.partners[word]
        if partner is not None:
            return partner, partner + 1
        start, end, at, to = next(
            region for region in self.regions if region[0] <= word < region[1]
        )
        size, new = end - start, to - at
        return at + (word - start) * new // size, at - (-(word + 1 - start) * new // size)


def occurrences(span: Span, text: str) -> Iterator[int]:
    """Find the code points of a text at which the words of a span begin; inside a word none begins or ends."""
    length = span.end - span.start
    for start in range(len(text) - length + 1):
        end = start + length
        inside = start and text[start - 1].isalnum() or end < len(text) and text[end].isalnum()
        if not inside and digest(text[start:end]) == span.sha256:
            yield start


def _bytes(text: str) -> bytes:
    return bytes.fromhex(fingerprint(text))


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _fit(text: str, opening: Sequence[int], closing: Sequence[int], by: int) -> int:
    """Return how well places of a text, moved by some code points, begin and end words (1 each) and sentences (1 more each)."""
    score = 0
    for place in (place + by for place in opening):
        if 0 <= place < len(text) and text[place] != " " and (place == 0 or text[place - 1] == " "):
            score += 1 + (text[:place].rstrip().endswith(SENTENCE_ENDS) or place == 0)
    for place in (place + by for place in closing):
        if 0 < place <= len(text) and text[place - 1] != " ":
            rest = text[place:].split(" ", 1)[0]
            score += (not _has_letters(rest)) * (
                1 + (text[place - 1] + rest).endswith(SENTENCE_ENDS)
            )
    return score


def _partners(found, mine: int, its: int) -> list[int | None]:
    """Return, for each word of the record, the same word of the file; None where it is gone."""
    partners: list[int | None] = [None] * mine
    at = place = 0
    for start, end, other, to in [*found, (mine, mine, its, its)]:
        partners[at:start] = range(place, other)
        at, place = end, to
    return partners


def _starts(lengths, fixed: dict[int, int], guesses) -> list[int]:
    """Return where each word begins, and where one more would: words of unknown length share what is left between them."""
    starts = []
    for first, last in pairwise(sorted(fixed)):
        known = sum(length for length in lengths[first:last] if length is not None)
        spare = fixed[last] - fixed[first] - known - (last - first)
        total = sum(
            guess
            for guess, length in zip(guesses[first:last], lengths[first:last], strict=True)
            if length is None
        )
        position = float(fixed[first])
        for guess, length in zip(guesses[first:last], lengths[first:last], strict=True):
            starts.append(round(position))
            position += 1 + (length if length is not None else max(1.0, spare * guess / total))
    return [*starts, fixed[len(lengths)]]
