"""Check what a schema cannot say: that tables agree, and follow the codebook.

To add a rule, write a generator of `Problem`s with the decorator `rule` in the module of
its subject.
"""

from analysis.check import coding, ids, language, links, people, places, quantities, settling
from analysis.check.rules import RULES, check

__all__ = [
    "RULES",
    "check",
    "coding",
    "ids",
    "language",
    "links",
    "people",
    "places",
    "quantities",
    "settling",
]
