"""Cite the book and its data, in the formats of readers and archives.

All is made from CITATION.cff. The book is a report, and its data are a data set: two items with one
title. The modules::

    names            persons and groups, as each format wants them
    citation_file    what is cited, by whom it is, its version and its day
    styles           text, BibTeX, RIS, CSL-JSON, and the page on citing
    archives         Zenodo, CodeMeta, schema.org
"""

from analysis.cite.archives import (
    CODE_LICENCE,
    STYLES,
    WRITTEN,
    codemeta,
    licence,
    linked,
    zenodo,
)
from analysis.cite.citation_file import NEEDED, Edition, Fields, addresses, read
from analysis.cite.names import authors, closed, publisher
from analysis.cite.styles import (
    DATA_PAGE,
    DATASET,
    ESCAPES,
    REPORT,
    as_json,
    bibtex,
    csl,
    page,
    part,
    ris,
    text,
    where,
)

__all__ = [
    "CODE_LICENCE",
    "DATASET",
    "DATA_PAGE",
    "ESCAPES",
    "NEEDED",
    "REPORT",
    "STYLES",
    "WRITTEN",
    "Edition",
    "Fields",
    "addresses",
    "as_json",
    "authors",
    "bibtex",
    "closed",
    "codemeta",
    "csl",
    "licence",
    "linked",
    "page",
    "part",
    "publisher",
    "read",
    "ris",
    "text",
    "where",
    "zenodo",
]
