"""Find the sub-items of a paragraph: (a), (b); (i), (ii); 140.1."""

import re

from analysis.document.model import Item
from analysis.document.numbering import VALUES

LABEL = re.compile(r"\((?P<label>[a-z]{1,2}|[ivxl]{1,6})\)(?=\s)")
OPENS = re.compile(
    r"(?:^|[:;,.\u2013\u2014)]|\b(?:and|or|on|of|by|to))[\s\u201c\"']*$"
)  # the words before a label

Mark = tuple[str, int, int]  # label, level and start of an item


def find(text: str, number: int) -> tuple[Item, ...]:
    """Return the sub-items of a paragraph, by the labels in its normalized text.

    Parameters
    ----------
    text : str
        Normalized text.
    number : int
        Number of the paragraph, with which dotted labels begin.

    Returns
    -------
    tuple of Item
        An item ends where the next of its level or above begins. Labels count only in their order,
        beginning with (a), so that the one in "article 32 (c)" is not an item; nor is a single one.

    >>> [(item.label, item.level) for item in find("On: (a) one: (i) that; (ii) this; (b) two.", 4)]
    [('(a)', 1), ('(i)', 2), ('(ii)', 2), ('(b)', 1)]
    """
    marks = _dotted(text, number) or _lettered(text)
    return tuple(
        Item(label, level, start, _end(marks[place + 1 :], level, text))
        for place, (label, level, start) in enumerate(marks)
    )


def _end(later: list[Mark], level: int, text: str) -> int:
    """Return where an item ends: before the next one that is not inside it."""
    begin = next((start for _, other, start in later if other <= level), len(text))
    return len(text[:begin].rstrip())


def _dotted(text: str, number: int) -> list[Mark]:
    """Return labels such as 140.1, in order."""
    if f"{number}.1" not in text:
        return []
    marks: list[Mark] = []
    for match in re.finditer(rf"(?<![\d.]){number}\.(?P<item>\d{{1,3}})(?=[\s.])", text):
        if int(match["item"]) == len(marks) + 1:
            marks.append((match[0], 1, match.start()))
    return marks if len(marks) > 1 else []


def _lettered(text: str) -> list[Mark]:
    """Return letters in order and, below or without them, small Roman numbers."""
    marks: list[Mark] = []
    letter, small = "a", 1
    for match in LABEL.finditer(text):
        label = match["label"]
        if not OPENS.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if label == letter and not (label == "i" and small > 1):
            marks.append((match[0], 1, match.start()))
            letter, small = chr(ord(letter) + 1) if letter < "z" else "", 1
        elif VALUES.get(label.upper()) == small:
            marks.append((match[0], 2, match.start()))
            small += 1
    if not any(level == 1 for _, level, _ in marks):
        marks = [(label, 1, start) for label, _, start in marks]
    return marks if len(marks) > 1 else []
