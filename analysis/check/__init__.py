"""Check what a schema cannot say: that the tables agree with each other and with the codebook's rules.

To add a rule, write a generator of `Problem`s with the decorator `rule` in the module of its subject.
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
