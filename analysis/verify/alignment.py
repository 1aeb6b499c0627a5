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
from itertools import pairwise

from analysis.document import Paragraph, digest, fingerprint
from analysis.verify.reference import RecordedParagraph, Span
from analysis.verify.words import SENTENCE_ENDS, Edit, by_sentence, differences, edits

LONG = 20  # code points; words found elsewhere by chance are shorter than that
WORD = 6  # code points of a word that is gone, if nothing else is known of it
REACH = 12  # code points by which an estimated place may be wrong


class Alignment:
    """The words of a recorded paragraph beside those of a paragraph of the file.

    Attributes
    ----------
    words : list of (int, int)
        Where each word of the file begins and ends, in code points.
    regions : list of Region
        Where the words differ.
    partners : list of int or None
        For each word of the record, the same word of the file; None if it is gone.
    starts : list of int
        Where each word of the record begins, and where one more would.
    """

    def __init__(
        self,
        row: RecordedParagraph,
        found: Paragraph,
        spans: Sequence[Span] = (),
        recorded: str | None = None,
    ) -> None:
        self.row, self.text = row, found.text
        self.words = [match.span() for match in re.finditer(r"\S+", found.text)]
        self.recorded = None if recorded is None else recorded.split()
        words = found.text.split()
        before, after = self.recorded or row.prints, words if self.recorded else prints(self.text)
        self.regions = by_sentence(differences(before, after), before, words)
        self.partners: list[int | None] = [None] * len(before)
        for first, last, file_first in self._runs():
            self.partners[first:last] = range(file_first, file_first + last - first)
        self.starts = self._word_starts(spans)

    def edits(self) -> tuple[Edit, ...]:
        """Return the differences in words; none if every byte is the same."""
        return edits(self.regions, self.text.split(), self.recorded)

    def _word_starts(self, spans: Sequence[Span]) -> list[int]:
        fixed = {0: 0, len(self.partners): self.row.length + 1}
        guesses = self._guesses()
        lengths = [None if word is None else self._length(word) for word in self.partners]
        if self.recorded is not None:
            lengths = [len(word) for word in self.recorded]
        if self.recorded is not None or len(self.regions) < 2:
            return _starts(lengths, fixed, guesses)
        fixed = self._anchors(spans) | fixed
        fixed = self._settled(spans, fixed, _starts(lengths, fixed, guesses))
        return _starts(lengths, fixed, guesses)

    def _length(self, word: int) -> int:
        start, end = self.words[word]
        return end - start

    def _guesses(self) -> list[int]:
        """Return a probable length for each word, that of its replacement if known."""
        guesses = [WORD] * len(self.partners)
        for start, end, file_start, file_end in self.regions:
            if end - start == file_end - file_start:
                guesses[start:end] = map(self._length, range(file_start, file_end))
        return guesses

    def _anchors(self, spans: Sequence[Span]) -> dict[int, int]:
        """Return where words of the record begin, as shown by long spans found unchanged."""
        recorded = {word: index for index, word in enumerate(self.partners) if word is not None}
        anchors = {}
        for span in spans:
            places = list(occurrences(span, self.text)) if span.end - span.start >= LONG else []
            if len(places) == 1:
                word = self.word_at(places[0])
                if word in recorded:
                    anchors[recorded[word]] = span.start - (places[0] - self.words[word][0])
        return anchors if _ascending(anchors) else {}

    def _settled(
        self, spans: Sequence[Span], fixed: dict[int, int], starts: Sequence[int]
    ) -> dict[int, int]:
        """Return `fixed` with the starts of unchanged runs that best fit the spans.

        A run is shifted by up to `REACH` so that the spans in it begin and end with words and
        sentences.
        """
        settled = dict(fixed)
        for first, last, file_first in self._runs():
            if any(first <= word <= last for word in fixed):
                continue
            begin, end = starts[first], starts[last]
            offset = self.words[file_first][0] - begin
            opening = [offset + span.start for span in spans if begin <= span.start < end]
            closing = [offset + span.end for span in spans if begin < span.end <= end]
            if opening or closing:
                settled[first] = begin - _best_shift(self.text, opening, closing)
        return settled if _ascending(settled) else fixed

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield first word, end and first word in the file of each unchanged run."""
        size, file_size = len(self.partners), len(self.words)
        first = file_first = 0
        for start, end, _, file_end in [*self.regions, (size, size, file_size, file_size)]:
            if first < start:
                yield first, start, file_first
            first, file_first = end, file_end

    def word_at(self, position: int) -> int:
        """Return the word of the file that holds a code point or is the last before it."""
        return max(0, bisect_right(self.words, (position, len(self.text))) - 1)

    def covered(self, span: Span) -> tuple[int, int]:
        """Return the first and the last word of the record that a span covers."""
        last = len(self.partners) - 1
        first, final = (
            min(max(bisect_right(self.starts, position) - 1, 0), last)
            for position in (span.start, span.end - 1)
        )
        return first, final

    def place(self, span: Span) -> tuple[int, int]:
        """Return where the words of a span or their replacements are; (0, 0) if nowhere."""
        first, last = self.covered(span)
        start_word, end_word = self._words_for(first)[0], self._words_for(last)[1]
        if start_word >= end_word:
            return 0, 0
        into = span.start - self.starts[first]  # code points of the first word before the span
        left = self.starts[last + 1] - 1 - span.end  # and of the last word after it
        (start, first_end), (last_start, end) = self.words[start_word], self.words[end_word - 1]
        if self.partners[first] is not None or not _has_letters(self.text[start : start + into]):
            start = min(start + into, first_end)
        if self.partners[last] is not None or not _has_letters(self.text[end - left : end]):
            end = max(end - left, last_start)
        return (start, end) if start < end else (0, 0)

    def _words_for(self, word: int) -> tuple[int, int]:
        """Return the words of the file, end exclusive, in place of one of the record."""
        partner = self.partners[word]
        if partner is not None:
            return partner, partner + 1
        region = next(region for region in self.regions if region.start <= word < region.end)
        size, new = region.end - region.start, region.file_end - region.file_start
        place = word - region.start
        rounded_up = -(-(place + 1) * new // size)
        return region.file_start + place * new // size, region.file_start + rounded_up


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


def _best_shift(text: str, opening: Sequence[int], closing: Sequence[int]) -> int:
    """Return the least shift by which places best fit words and sentences."""
    shifts = range(-REACH, REACH + 1)
    return max(shifts, key=lambda shift: (_fit(text, opening, closing, shift), -abs(shift)))


def _fit(text: str, opening: Sequence[int], closing: Sequence[int], shift: int) -> int:
    """Score shifted places: 1 if at the edge of a word, 2 if of a sentence."""
    score = 0
    for place in (place + shift for place in opening):
        if 0 <= place < len(text) and text[place] != " " and (place == 0 or text[place - 1] == " "):
            score += 1 + (text[:place].rstrip().endswith(SENTENCE_ENDS) or place == 0)
    for place in (place + shift for place in closing):
        if 0 < place <= len(text) and text[place - 1] != " ":
            rest = text[place:].split(" ", 1)[0]
            if not _has_letters(rest):
                score += 1 + (text[place - 1] + rest).endswith(SENTENCE_ENDS)
    return score


def _starts(
    lengths: Sequence[int | None], fixed: Mapping[int, int], guesses: Sequence[int]
) -> list[int]:
    """Return where each word begins, and where one more would.

    Words of unknown length share, in proportion to their guesses, what is left between fixed
    places.
    """
    starts = []
    for first, last in pairwise(sorted(fixed)):
        words = list(zip(lengths[first:last], guesses[first:last], strict=True))
        known = sum(length for length, _ in words if length is not None)
        spare = fixed[last] - fixed[first] - known - (last - first)
        total = sum(guess for length, guess in words if length is None)
        position = float(fixed[first])
        for length, guess in words:
            starts.append(round(position))
            position += 1 + (length if length is not None else max(1.0, spare * guess / total))
    return [*starts, fixed[len(lengths)]]
