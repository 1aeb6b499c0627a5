"""Read a summary into numbered paragraphs of normalised text, from text, Markdown, HTML, PDF or Word.

The rooms, from the file to the document::

    files                       what kind of file it is, and the errors
    text  web  pdf  word  word_numbers    a reader per format: bytes in, lines out
    structure                   lines in, document out
    layout  numbering  items    furniture and footnotes; which numbers count; sub-items
    steps                       the normalised text, the contract of every offset in data/
    model  limits               what is read; how much of it at most
"""

from analysis.document.files import parse, read
from analysis.document.model import Document, Footnote, Item, Paragraph, Section, Step, digest, explain, fingerprint
from analysis.document.steps import normalise

__all__ = (
    "Document",
    "Footnote",
    "Item",
    "Paragraph",
    "Section",
    "Step",
    "digest",
    "explain",
    "fingerprint",
    "normalise",
    "parse",
    "read",
)
