"""Find the words that differ between a recorded paragraph and that of a file.

The record holds one byte per word. Two sequences are aligned: of bytes or, if another copy
supplies the recorded words, of words. What both begin and end with is set aside first, so that
one changed word is always one edit, however often the words around it recur.
"""

from collections.abc import Sequence
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


def differences(
    recorded: Sequence[object], found: Sequence[object], words: Sequence[str]
) -> list[Region]:
    """Return where two sequences differ, one of them of `words` or of their bytes.

    >>> new = "a b a d a b a".split()
    >>> differences("a b a c a b a".split(), new, new)
    [Region(start=3, end=4, file_start=3, file_end=4)]

    Words that were only added or only removed are divided from the others at the start of a
    sentence, if that is an equally good alignment. A sentence added before another that begins
    with the same word could be divided from it before that word or after it.

    >>> new = "Boats rest. They fish. They sing.".split()
    >>> differences("Boats rest. They sing.".split(), new, new)
    [Region(start=2, end=2, file_start=2, file_end=4)]
    """
    head = _shared(recorded, found)
    tail = _shared(recorded[head:][::-1], found[head:][::-1])
    middles = recorded[head : len(recorded) - tail], found[head : len(found) - tail]
    regions = [Region(0, 0, 0, 0)]
    for tag, *places in SequenceMatcher(None, *middles, autojunk=False).get_opcodes():
        if tag != "equal":
            region = Region(*(head + place for place in places))
            regions.append(_moved_back(region, regions[-1], recorded, words))
    return regions[1:]


def _shared(left: Sequence[object], right: Sequence[object]) -> int:
    """Return how many elements two sequences share at their beginning."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )


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
