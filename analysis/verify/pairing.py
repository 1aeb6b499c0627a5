"""Which paragraph of a file is which of the record, whatever number it has now."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from analysis.document import Paragraph
from analysis.verify.reference import Row

# Share of the words, from 0 to 1, that two paragraphs must have in common, in the same order, to be the same one reworded.
# Paragraphs of one text on different matters stay below a third.
SIMILAR = 0.4
# Share of the pairs of neighbouring words that they must have in common too, from so many words on: it is quickly counted, and
# keeps a long document on other matters from being compared word by word.
NEIGHBOURS, MANY = 0.05, 20


def pairs(
    rows: Sequence[Row], found: dict[int, Paragraph], prints: dict[int, bytes]
) -> dict[int, int]:
    """Pair paragraphs of the record with those of a file.

    The same words come first: under the same number, then under any. What is left over is paired by the likeness of its
    fingerprints, in order: no two such pairs cross.

    Parameters
    ----------
    rows : sequence of Row
        The paragraphs of the record.
    found : dict of int to Paragraph
        The paragraphs of the file by number.
    prints : dict of int to bytes
        The fingerprint of each, one byte a word.

    Returns
    -------
    dict of int to int
        Number in the record -> number in the file. What has no partner is not in it.
    """
    paired = _same(rows, found)
    taken = set(paired.values())
    left = [row for row in rows if row.number not in paired]
    free = [number for number in sorted(found) if number not in taken]
    if left and free:
        alike = likeness([row.bytes for row in left], [prints[number] for number in free])
        paired |= {left[i].number: free[j] for i, j in in_order(alike)}
    return paired


def _same(rows, found) -> dict[int, int]:
    paired = {
        row.number: row.number
        for row in rows
        if row.number in found and found[row.number].sha256 == row.sha256
    }
    numbers = defaultdict(list)
    for number in sorted(found, reverse=True):
        if number not in paired:
            numbers[found[number].sha256].append(number)
    for row in rows:
        if row.number not in paired and numbers[row.sha256]:
            paired[row.number] = numbers[row.sha256].pop()
    return paired


def likeness(left: Sequence[bytes], right: Sequence[bytes]) -> np.ndarray:
    """Return how alike each of one list is to each of another, as a share from 0 to 1; 0 where that is below `SIMILAR`."""
    alike = np.zeros((len(left), len(right)))
    counts = np.array([np.bincount(np.frombuffer(each, np.uint8), minlength=256) for each in left])
    lengths = counts.sum(axis=1)
    twos = [set(pairwise(each)) for each in left]
    for j, each in enumerate(right):
        own = np.bincount(np.frombuffer(each, np.uint8), minlength=256)
        # No order of the words can make two paragraphs more alike than this.
        bound = 2 * np.minimum(counts, own).sum(axis=1) / np.maximum(lengths + own.sum(), 1)
        matcher = SequenceMatcher(None, b"", each, autojunk=False)
        own_twos = set(pairwise(each))
        for i in np.flatnonzero(bound >= SIMILAR):
            shorter = min(len(left[i]), len(each))
            if shorter >= MANY and len(twos[i] & own_twos) < NEIGHBOURS * shorter:
                continue
            matcher.set_seq1(left[i])
            ratio = matcher.ratio()
            alike[i, j] = ratio if ratio >= SIMILAR else 0
    return alike


def in_order(alike: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns that are most alike taken together, none crossing another.

    >>> in_order(np.array([[0.9, 0.0], [0.5, 0.0], [0.0, 0.7]]))
    [(0, 0), (2, 1)]
    """
    rows, columns = alike.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + alike[i, j])
    found, i, j = [], rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]
