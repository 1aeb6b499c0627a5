"""Verify the coded record against a copy of the document, paragraph by paragraph.

The record does not reprint the document. It has a hash of every paragraph and of every span, and one byte a word: enough to
say which paragraphs are the same, which words of a changed one are new, and where the spans stand now. Each room does one
thing: `recorded` (the rows to compare with), `pairing` (which paragraph is which), `words` (which of them differ), `alignment`
and `spans` (where the coded words are now), `report` (what is said of one file), `telling` (of many).
"""

from analysis.verify.comparing import Task, verify
from analysis.verify.printing import FORMATS
from analysis.verify.reference import PRINTED, SPANNED, Reference, reference
from analysis.verify.results import (
    CHANGED,
    EXTRA,
    MISSING,
    MOVED,
    SAME,
    STATUSES,
    Comparison,
    Report,
)
from analysis.verify.spans import Fate, Place
from analysis.verify.words import Edit

__all__ = [
    "CHANGED",
    "EXTRA",
    "FORMATS",
    "MISSING",
    "MOVED",
    "PRINTED",
    "SAME",
    "SPANNED",
    "STATUSES",
    "Comparison",
    "Edit",
    "Fate",
    "Place",
    "Reference",
    "Report",
    "Task",
    "reference",
    "verify",
]
