"""Pair paragraphs of the record with those of a file, whatever their numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from operator import itemgetter

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


def similarity(left: Sequence[bytes], right: Sequence[bytes]) -> list[list[float]]:
    """Return the similarity, 0 to 1, of each pair of fingerprints; 0 below `SIMILAR`."""
    shares = [[0.0] * len(right) for _ in left]
    neighbours = [set(pairwise(each)) for each in left]
    for j, each in enumerate(right):
        own_neighbours = set(pairwise(each))
        matcher = SequenceMatcher(None, b"", each, autojunk=False)
        bounds = matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio
        for i, other in enumerate(left):
            shorter = min(len(each), len(other))
            if shorter < MANY or len(neighbours[i] & own_neighbours) >= NEIGHBOURS * shorter:
                matcher.set_seq1(other)
                if all(bound() >= SIMILAR for bound in bounds):
                    shares[i][j] = matcher.ratio()
    return shares


def in_order(shares: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs of row and column with the greatest sum that do not cross.

    >>> in_order([[0.9, 0.0], [0.5, 0.0], [0.0, 0.7]])
    [(0, 0), (2, 1)]
    """
    best: list[tuple[float, list[tuple[int, int]]]] = [(0, [])] * (
        len(shares[0]) + 1 if shares else 1
    )
    for i, row in enumerate(shares):
        above, best = best, best[:1]
        for j, share in enumerate(row):
            total, chosen = above[j]
            with_both = (total + share, [*chosen, (i, j)])
            best.append(max(above[j + 1], best[j], with_both, key=itemgetter(0)))
    return best[-1][1]
