"""Check what a schema cannot say: that tables agree with each other and the codebook.

To add a rule, write a generator of `Problem`s with the decorator `rule` in the module of
its subject.
"""

from analysis.check import coding, links, people, quantities, readings, spans, texts
from analysis.check.rules import RULES, check

__all__ = [
    "RULES",
    "check",
    "coding",
    "links",
    "people",
    "quantities",
    "readings",
    "spans",
    "texts",
]
