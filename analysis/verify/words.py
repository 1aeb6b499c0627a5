"""Find the words that differ between a recorded paragraph and that of a file.

The record holds one byte per word. Two sequences are aligned: of bytes or, if another copy
supplies the recorded words, of words. What both begin and end with is set aside first, so that
one changed word is always one edit, however often the words around it recur.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

SENTENCE_ENDS = (".", "?", "!", ";", ":")


class Region(NamedTuple):
    """Words of the record and those of the file in their place, ends exclusive."""

    start: int
    end: int
    file_start: int
    file_end: int


@dataclass(frozen=True)
class Edit:
    """Words replaced, added or removed in the file.

    Attributes
    ----------
    record, file : (int, int)
        The words of the record that are gone, and the words of the file in their place, counted
        from 0, end exclusive. Either is empty if words were only added or only removed.
    words : tuple of str
        The new words of the file.
    gone : tuple of str or None
        The words of the record that are gone; None if they are not known.
    before, after : tuple of str
        Up to three words of the file on either side.
    """

    record: tuple[int, int]
    file: tuple[int, int]
    words: tuple[str, ...]
    gone: tuple[str, ...] | None
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(recorded: Sequence[object], found: Sequence[object]) -> list[Region]:
    """Return where two sequences differ.

    >>> differences("a b a c a b a".split(), "a b a d a b a".split())
    [Region(start=3, end=4, file_start=3, file_end=4)]
    >>> differences("a b".split(), "a a b".split())
    [Region(start=1, end=1, file_start=1, file_end=2)]
    """
    head = _shared(recorded, found)
    tail = _shared(recorded[head:][::-1], found[head:][::-1])
    middles = recorded[head : len(recorded) - tail], found[head : len(found) - tail]
    codes = SequenceMatcher(None, *middles, autojunk=False).get_opcodes()
    return [Region(*(head + place for place in places)) for tag, *places in codes if tag != "equal"]


def _shared(left: Sequence[object], right: Sequence[object]) -> int:
    """Return how many elements two sequences share at their beginning."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )


def by_sentence(
    regions: Iterable[Region], recorded: Sequence[object], words: Sequence[str]
) -> list[Region]:
    """Move regions that only add or only remove words to the start of a sentence.

    This is done only if it is an equally good alignment. A sentence added before another that
    begins with the same word can be divided from it before that word or after it.

    >>> old, new = "Boats rest. They sing.".split(), "Boats rest. They fish. They sing.".split()
    >>> differences(old, new)
    [Region(start=3, end=3, file_start=3, file_end=5)]
    >>> by_sentence(differences(old, new), old, new)
    [Region(start=2, end=2, file_start=2, file_end=4)]
    """
    moved = [Region(0, 0, 0, 0)]
    for region in regions:
        moved.append(_moved_back(region, moved[-1], recorded, words))
    return moved[1:]


def _moved_back(
    region: Region, previous: Region, recorded: Sequence[object], words: Sequence[str]
) -> Region:
    """Return a region moved back to the start of a sentence, or as it is."""
    start, end, file_start, file_end = region
    if start < end and file_start < file_end:
        return region
    side, first, last = (words, file_start, file_end) if start == end else (recorded, start, end)
    for back in range(min(start - previous.end, file_start - previous.file_end) + 1):
        if file_start == back or words[file_start - back - 1].endswith(SENTENCE_ENDS):
            return Region(*(place - back for place in region))
        if side[first - back - 1] != side[last - back - 1]:
            break
    return region
