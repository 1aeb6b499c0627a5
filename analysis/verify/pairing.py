"""Pair paragraphs of the record with those of a file, whatever their numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.document import Paragraph
from analysis.verify.reference import RecordedParagraph

# Share of words, from 0 to 1, that two paragraphs must have in common, in the same order, to be one
# paragraph reworded. Paragraphs of one text on different subjects stay below a third.
SIMILAR = 0.4
# Share of pairs of neighbouring words that they must also have in common if they have MANY words.
# It is quick to count and spares long documents on other subjects a comparison word by word.
NEIGHBOURS, MANY = 0.05, 20


def pairs(
    rows: Sequence[RecordedParagraph], found: Mapping[int, Paragraph], prints: Mapping[int, bytes]
) -> dict[int, int]:
    """Pair paragraphs of the record with those of a file.

    Paragraphs with the same words are paired first: those with the same number, then the others.
    What is left is paired by the similarity of the fingerprints, in order: no two such pairs
    cross.

    Parameters
    ----------
    rows : sequence of RecordedParagraph
        The paragraphs of the record.
    found : mapping of int to Paragraph
        The paragraphs of the file by number.
    prints : mapping of int to bytes
        The fingerprint of each, one byte per word.

    Returns
    -------
    dict of int to int
        Number in the record -> number in the file, for each paragraph that has a partner.
    """
    paired = _same(rows, found)
    taken = set(paired.values())
    left = [row for row in rows if row.number not in paired]
    free = [number for number in sorted(found) if number not in taken]
    if left and free:
        shares = similarity([row.prints for row in left], [prints[number] for number in free])
        paired |= {left[i].number: free[j] for i, j in in_order(shares)}
    return paired


def _same(rows: Sequence[RecordedParagraph], found: Mapping[int, Paragraph]) -> dict[int, int]:
    """Pair the paragraphs that have the same words."""
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


def similarity(left: Sequence[bytes], right: Sequence[bytes]) -> NDArray[np.float64]:
    """Return the similarity, 0 to 1, of each pair of fingerprints; 0 below `SIMILAR`."""
    shares = np.zeros((len(left), len(right)))
    counts = np.array([_counts(each) for each in left])
    neighbours = [set(pairwise(each)) for each in left]
    for j, each in enumerate(right):
        own, own_neighbours = _counts(each), set(pairwise(each))
        # No order of the words can make two paragraphs more similar than this.
        bound = 2 * np.minimum(counts, own).sum(1) / np.maximum(counts.sum(1) + own.sum(), 1)
        matcher = SequenceMatcher(None, b"", each, autojunk=False)
        for i in np.flatnonzero(bound >= SIMILAR).tolist():
            shorter = min(len(left[i]), len(each))
            if shorter >= MANY and len(neighbours[i] & own_neighbours) < NEIGHBOURS * shorter:
                continue
            matcher.set_seq1(left[i])
            shares[i, j] = matcher.ratio()
    return np.where(shares >= SIMILAR, shares, 0)


def _counts(prints: bytes) -> NDArray[np.int64]:
    """Return how often each byte occurs."""
    return np.bincount(np.frombuffer(prints, np.uint8), minlength=256)


def in_order(shares: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the pairs of row and column with the greatest sum that do not cross.

    >>> in_order(np.array([[0.9, 0.0], [0.5, 0.0], [0.0, 0.7]]))
    [(0, 0), (2, 1)]
    """
    rows, columns = shares.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + shares[i, j])
    chosen, i, j = [], rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chosen.append((i, j))
    return chosen[::-1]
