"""What is cited by itself, with its address, its file, its hash, its citation.

An item is a paragraph, a statement, a recommendation, a claim, a theme or a speaker; a table or a
figure of the book is one too. The modules::

    kinds      the kinds of items, and the names, pages and files that items of a kind have
    covered    every item of the record, with what its hash covers
    filed      the file of an item: readings, links, reasons, citations
    proofs     whether what was cited is still what is here
"""

from analysis.items.covered import SHORT, Item, digest, every
from analysis.items.filed import built, citations, cited, find, forms, written
from analysis.items.kinds import CITABLE, Kind
from analysis.items.proofs import Finding, as_published, check

__all__ = [
    "CITABLE",
    "SHORT",
    "Finding",
    "Item",
    "Kind",
    "as_published",
    "built",
    "check",
    "citations",
    "cited",
    "digest",
    "every",
    "find",
    "forms",
    "written",
]
