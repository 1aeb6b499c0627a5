"""Copies of the small summary with changes, and reports on them."""

import dataclasses
import re
from pathlib import Path

from analysis import document, verify

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = (MINI / "summary.md").read_text(encoding="utf-8")
ORIGINAL = document.parse(SUMMARY)


def report(text, record, against=None):
    return verify.verify(document.parse(text), record, against)


def changed(*changes):
    """Return the summary with words replaced, each of which must occur once."""
    text = SUMMARY
    for before, _ in changes:
        assert text.count(before) == 1, before
    before = re.compile("|".join(re.escape(before) for before, _ in changes))
    return before.sub(lambda found: dict(changes)[found[0]], text)


def renumbered(text):
    """Number the paragraphs of a text anew, in order."""
    count = iter(range(1, 100))
    blocks = text.split("\n\n")
    return "\n\n".join(
        f"{next(count)}. {b.split('. ', 1)[1]}" if b.split(".")[0].isdigit() else b for b in blocks
    )


def not_same(report):
    return {
        each.number or f"extra {each.found.number}": each
        for each in report.paragraphs
        if each.status != verify.SAME
    }


def with_cell(record, table, row, column, value):
    """Return a record with another value in one cell."""
    frame = getattr(record, table).copy()
    frame.loc[row, column] = value
    return dataclasses.replace(record, **{table: frame})
