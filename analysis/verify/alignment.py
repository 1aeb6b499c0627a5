"""Align the words of a recorded paragraph with those of a file.

The record holds one byte per word but not the length of the words, so where each begins has to be
estimated. Words that are the same have the length that they have in the file; those that are gone
share what is left of the recorded length. If several are gone, the spans help: one found
unchanged shows where its words begin, and any span begins and ends with a word, most of them with
a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from analysis.document import digest, fingerprint
from analysis.verify.reference import RecordedParagraph, Span
from analysis.verify.words import SENTENCE_ENDS, Edit, Region, differences

LONG = 20  # code points; words found elsewhere by chance are shorter than that
ANY_WORD = 6  # code points of a word that is gone, if nothing else is known of it
SHIFTS = sorted(range(-12, 13), key=abs)  # by how much an estimated place may be wrong
CONTEXT = 3  # words of the file around an edit


class Alignment:
    """The words of a recorded paragraph beside those of a paragraph of the file.

    Attributes
    ----------
    words, places : list of str, list of (int, int)
        The words of the file, and where each begins and ends, in code points.
    regions, runs : list of Region
        Where the words differ, and where they are the same.
    partners : list of int or None
        For each word of the record, the same word of the file; None if it is gone.
    starts : list of int
        Where each word of the record begins, and where one more would.
    """

    def __init__(
        self, row: RecordedParagraph, text: str, spans: Sequence[Span], recorded: str | None
    ) -> None:
        self.row, self.text, self.words = row, text, text.split()
        self.places = [match.span() for match in re.finditer(r"\S+", text)]
        self.recorded = None if recorded is None else recorded.split()
        before, after = self.recorded or row.prints, self.words if self.recorded else prints(text)
        self.regions = differences(before, after, self.words)
        final = Region(len(before), len(before), len(after), len(after))
        edges = [Region(0, 0, 0, 0), *self.regions, final]
        self.runs = [
            Region(a.end, b.start, a.file_end, b.file_start)
            for a, b in pairwise(edges)
            if a.end < b.start
        ]
        self.partners: list[int | None] = [None] * len(before)
        for start, end, file_start, file_end in self.runs:
            self.partners[start:end] = range(file_start, file_end)
        self.starts = self._word_starts(spans)

    def edits(self) -> Iterator[Edit]:
        """Yield the differences in words; none if every byte is the same."""
        words = tuple(self.words)
        for start, end, first, last in self.regions:
            gone = None if self.recorded is None else tuple(self.recorded[start:end])
            around = words[max(0, first - CONTEXT) : first], words[last : last + CONTEXT]
            yield Edit((start, end), (first, last), words[first:last], gone, *around)

    def _word_starts(self, spans: Sequence[Span]) -> list[int]:
        fixed = {0: 0, len(self.partners): self.row.length + 1}
        lengths = [0 if word is None else len(self.words[word]) for word in self.partners]
        guesses = [ANY_WORD if word is None else 0 for word in self.partners]
        for start, end, file_start, file_end in self.regions:
            if end - start == file_end - file_start:
                guesses[start:end] = map(len, self.words[file_start:file_end])
        if self.recorded is not None:
            lengths = list(map(len, self.recorded))
        elif len(self.regions) > 1:
            fixed = self._anchors(spans) | fixed
            fixed = self._settled(spans, fixed, _starts(lengths, guesses, fixed))
        return _starts(lengths, guesses, fixed)

    def _anchors(self, spans: Sequence[Span]) -> dict[int, int]:
        """Return where words of the record begin, as shown by long spans found unchanged."""
        anchors = {}
        for span in spans:
            places = list(occurrences(span, self.text)) if span.end - span.start >= LONG else []
            if len(places) == 1 and (word := self.word_at(places[0])) in self.partners:
                anchors[self.partners.index(word)] = span.start - places[0] + self.places[word][0]
        return anchors if _ascending(anchors) else {}

    def _settled(
        self, spans: Sequence[Span], fixed: dict[int, int], starts: Sequence[int]
    ) -> dict[int, int]:
        """Return `fixed` with the starts of unchanged runs that best fit the spans.

        A run is shifted, as little as possible, so that the spans in it begin and end with words
        and sentences.
        """
        settled = dict(fixed)
        opening, closing = self._edges()
        for first, last, file_first, _ in self.runs:
            begin, end = starts[first], starts[last]
            offset = self.places[file_first][0] - begin
            edges = [(opening, offset + s.start) for s in spans if begin <= s.start < end]
            edges += [(closing, offset + s.end) for s in spans if begin < s.end <= end]
            if edges and not any(first <= word <= last for word in fixed):
                fits = {
                    shift: sum(scores.get(place + shift, 0) for scores, place in edges)
                    for shift in SHIFTS
                }
                settled[first] = begin - max(fits, key=fits.__getitem__)
        return settled if _ascending(settled) else fixed

    def _edges(self) -> tuple[dict[int, int], dict[int, int]]:
        """Score the places where a span may begin, and end: 1 at a word, 2 at a sentence."""
        opening, closing, score = dict[int, int](), dict[int, int](), 2
        for word, (start, end) in zip(self.words, self.places, strict=True):
            opening[start] = score
            score = 1 + word.endswith(SENTENCE_ENDS)
            ends = (p for p in range(start + 1, end + 1) if not _has_letters(self.text[p:end]))
            closing |= dict.fromkeys(ends, score)
        return opening, closing

    def word_at(self, position: int) -> int:
        """Return the word of the file that holds a code point or is the last before it."""
        return bisect_right(self.places, (position, len(self.text)), 1) - 1

    def covered(self, span: Span) -> tuple[int, int]:
        """Return the first and the last word of the record that a span covers."""
        words = (bisect_right(self.starts, place) - 1 for place in (span.start, span.end - 1))
        first, last = (min(max(word, 0), len(self.partners) - 1) for word in words)
        return first, last

    def place(self, span: Span) -> tuple[int, int]:
        """Return where the words of a span or their replacements are; (0, 0) if nowhere."""
        first, last = self.covered(span)
        start_word, end_word = self._words_for(first)[0], self._words_for(last)[1]
        if start_word >= end_word:
            return 0, 0
        into = span.start - self.starts[first]  # code points of the first word before the span
        left = max(0, self.starts[last + 1] - 1 - span.end)  # and of the last word after it
        (start, first_end), (last_start, end) = self.places[start_word], self.places[end_word - 1]
        if self.partners[first] is not None or not _has_letters(self.text[start : start + into]):
            start = min(start + into, first_end)
        if self.partners[last] is not None or not _has_letters(self.text[end - left : end]):
            end = max(end - left, last_start)
        return (start, end) if start < end else (0, 0)

    def _words_for(self, word: int) -> tuple[int, int]:
        """Return the words of the file, end exclusive, in place of one of the record."""
        start, end, file_start, file_end = next(
            region for region in (*self.runs, *self.regions) if region.start <= word < region.end
        )
        size, new = end - start, file_end - file_start
        return (
            file_start + (word - start) * new // size,
            file_end - (end - word - 1) * new // size,
        )


def prints(text: str) -> bytes:
    """Return the fingerprint of a text as one byte per word."""
    return bytes.fromhex(fingerprint(text))


def occurrences(span: Span, text: str) -> Iterator[int]:
    """Yield where the words of a span begin in a text, never within a word."""
    length = span.end - span.start
    for start in range(len(text) - length + 1):
        end = start + length
        inside = start and text[start - 1].isalnum() or end < len(text) and text[end].isalnum()
        if not inside and digest(text[start:end]) == span.sha256:
            yield start


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _ascending(places: Mapping[int, int]) -> bool:
    """Return True if later words begin later."""
    return all(a < b for (_, a), (_, b) in pairwise(sorted(places.items())))


def _starts(lengths: Sequence[int], guesses: Sequence[int], fixed: Mapping[int, int]) -> list[int]:
    """Return where each word begins, and where one more would.

    Words of unknown length, which is 0, share what is left between fixed places, in proportion to
    their guesses.
    """
    starts: list[int] = []
    for first, last in pairwise(sorted(fixed)):
        words = list(zip(lengths[first:last], guesses[first:last], strict=True))
        spare = fixed[last] - fixed[first] - sum(lengths[first:last]) - len(words)
        total = sum(guesses[first:last])
        sizes = [1 + (length or max(1.0, spare * guess / total)) for length, guess in words[:-1]]
        starts += map(round, accumulate(sizes, initial=float(fixed[first])))
    return [*starts, fixed[len(lengths)]]
