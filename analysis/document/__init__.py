"""Read a summary into numbered paragraphs of normalized text.

A summary may be plain text, Markdown, HTML, PDF or Word. From the file to the document, the modules
are::

    files                                 the kind of a file, and the errors
    text  web  pdf  word  word_numbers    one reader per format: bytes in, lines out
    structure                             lines in, document out
    layout  outline  numbering            furniture and footnotes; what begins where
    texts  wording  items                 lines joined into texts; the calls of footnotes; sub-items
    doubts                                what is missing, or may be in a wrong place
    forms                                 the forms of numbers, furniture and marks, as data
    line                                  a line, as the reader of a format returns it
    steps                                 the normalized text, to which every offset in data/ refers
    model  limits                         what is read, and how much of it at most
"""

from analysis.document.files import parse, read
from analysis.document.model import (
    Document,
    Footnote,
    Paragraph,
    Section,
    digest,
    explain,
    fingerprint,
)
from analysis.document.steps import normalize

__all__ = (
    "Document",
    "Footnote",
    "Paragraph",
    "Section",
    "digest",
    "explain",
    "fingerprint",
    "normalize",
    "parse",
    "read",
)
