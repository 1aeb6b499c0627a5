"""Which words differ between a paragraph of the record and the same paragraph of a file.

The record has one byte a word. Two sequences are aligned, of bytes or, where another copy gives them, of words. What both
begin and end with is taken off first, so that one changed word is always one edit, however often the words around it recur.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3  # words of the file around an edit
SENTENCE_ENDS = (".", "?", "!", ";", ":")


@dataclass(frozen=True)
class Edit:
    """Words of a file that stand where the record has others, or none; or the place where words of the record are gone.

    Attributes
    ----------
    start, end : int
        The words of the record that are gone, counted from 0, end exclusive; equal where nothing is gone.
    at, to : int
        The words of the file that stand there instead, counted in the same way; equal where nothing is new.
    words : tuple of str
        Those words of the file.
    gone : tuple of str or None
        The words of the record; None where they are not known.
    before, after : tuple of str
        Up to three words of the file on either side.
    """

    start: int
    end: int
    at: int
    to: int
    words: tuple[str, ...]
    gone: tuple[str, ...] | None
    before: tuple[str, ...]
    after: tuple[str, ...]


def regions(before: Sequence, after: Sequence) -> list[tuple[int, int, int, int]]:
    """Return where two sequences differ: start and end in the one, start and end in the other.

    >>> regions("a b a c a b a".split(), "a b a d a b a".split())
    [(3, 4, 3, 4)]
    >>> regions("a b".split(), "a a b".split())
    [(1, 1, 1, 2)]
    """
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next(
        (i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head
    )
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    codes = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    return [(head + a, head + b, head + c, head + d) for tag, a, b, c, d in codes if tag != "equal"]


def edits(
    before: Sequence[int], after: Sequence[int], text: str, recorded: str | None = None
) -> tuple[Edit, ...]:
    """Return what was done to the words of a paragraph.

    Parameters
    ----------
    before, after : sequence of int
        One byte a word: of the record, and of the file.
    text : str
        The paragraph of the file, normalised.
    recorded : str, optional
        The words of the record, from a copy that has them. They are compared instead of the bytes.

    Returns
    -------
    tuple of Edit
        In the order of the words. None where every byte is the same.
    """
    words = tuple(text.split())
    known = None if recorded is None else tuple(recorded.split())
    mine, its = (before, after) if known is None else (known, words)
    return tuple(
        Edit(
            start,
            end,
            at,
            to,
            words[at:to],
            None if known is None else known[start:end],
            words[max(0, at - CONTEXT) : at],
            words[to : to + CONTEXT],
        )
        for start, end, at, to in whole_sentences(regions(mine, its), mine, words)
    )


def whole_sentences(
    found: Iterable[tuple[int, int, int, int]], before: Sequence, words: Sequence[str]
) -> list[tuple]:
    """Move edits that only add or only remove words to where a sentence begins, if they may as well stand there.

    Where a sentence is put before another that begins with the same word, the two may be divided before that word or after it.

    >>> mine, its = "Boats rest. They sing.".split(), "Boats rest. They fish. They sing.".split()
    >>> regions(mine, its), whole_sentences(regions(mine, its), mine, its)
    ([(3, 3, 3, 5)], [(2, 2, 2, 4)])
    """
    moved, lowest = [], (0, 0)
    for start, end, at, to in found:
        best = start, end, at, to
        while start == end or at == to:
            if at == 0 or words[at - 1].endswith(SENTENCE_ENDS):
                best = start, end, at, to
                break
            same = (
                words[at - 1] == words[to - 1]
                if start == end
                else before[start - 1] == before[end - 1]
            )
            if not same or start - 1 < lowest[0] or at - 1 < lowest[1]:
                break
            start, end, at, to = start - 1, end - 1, at - 1, to - 1
        moved.append(best)
        lowest = best[1], best[3]
    return moved
