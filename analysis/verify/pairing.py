"""Pair paragraphs of the record with those of a file, whatever their numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.document import Paragraph
from analysis.verify.alignment import prints
from analysis.verify.reference import RecordedParagraph

# Share of words, from 0 to 1, that two paragraphs must have in common, in the same order, to be one
# paragraph reworded. Paragraphs of one text on different subjects stay below a third.
SIMILAR = 0.4
# Share of pairs of neighbouring words that they must also have in common if they have MANY words.
# It is quick to count and spares long documents on other subjects a comparison word by word.
NEIGHBOURS, MANY = 0.05, 20


def pairs(
    rows: Sequence[RecordedParagraph], found: Mapping[int, Paragraph]
) -> dict[int, Paragraph]:
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

    Returns
    -------
    dict of int to Paragraph
        Number in the record -> paragraph of the file, for each that has a partner.
    """
    same = defaultdict[str, list[int]](list)
    for number in sorted(found):
        same[found[number].sha256].append(number)
    paired = {row.number: row.number for row in rows if row.number in same[row.sha256]}
    for row in rows:
        free = [number for number in same[row.sha256] if number not in paired.values()]
        if free:
            paired.setdefault(row.number, free[0])
    left = [row for row in rows if row.number not in paired]
    free = sorted(set(found) - set(paired.values()))
    shares = similarity([row.prints for row in left], [prints(found[n].text) for n in free])
    paired |= {left[i].number: free[j] for i, j in in_order(shares)}
    return {number: found[partner] for number, partner in paired.items()}


def similarity(left: Sequence[bytes], right: Sequence[bytes]) -> NDArray[np.float64]:
    """Return the similarity, 0 to 1, of each pair of fingerprints; 0 below `SIMILAR`."""
    shares = np.zeros((len(left), len(right)))
    neighbours = [set(pairwise(each)) for each in left]
    for j, each in enumerate(right):
        own_neighbours = set(pairwise(each))
        matcher = SequenceMatcher(None, b"", each, autojunk=False)
        for i, other in enumerate(left):
            shorter = min(len(each), len(other))
            if shorter < MANY or len(neighbours[i] & own_neighbours) >= NEIGHBOURS * shorter:
                matcher.set_seq1(other)
                if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= SIMILAR:
                    shares[i, j] = matcher.ratio()
    return np.where(shares >= SIMILAR, shares, 0)


def in_order(shares: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the pairs of row and column with the greatest sum that do not cross.

    >>> in_order(np.array([[0.9, 0.0], [0.5, 0.0], [0.0, 0.7]]))
    [(0, 0), (2, 1)]
    """
    i, j = shares.shape
    best = np.zeros((i + 1, j + 1))
    for row, share in enumerate(shares):
        best[row + 1, 1:] = np.maximum.accumulate(np.maximum(best[row, 1:], best[row, :-1] + share))
    chosen = []
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chosen.append((i, j))
    return chosen[::-1]
