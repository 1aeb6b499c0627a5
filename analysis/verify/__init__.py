"""Verify the coded record against a copy of the document, paragraph by paragraph.

The record does not reprint the document. It holds a hash of every paragraph and every span, and
one byte per word. That is enough to show which paragraphs are the same, which words of a changed
one are new, and where the spans are now. The modules, from the record to the report::

    reference     the part of the record that a document can confirm
    pairing       which paragraph of the file is which of the record
    words         which words of two paragraphs differ
    alignment     which word of the file is which of the record, and where it begins
    spans         where the coded words are now
    results       the report on one file, as text or JSON
    comparing     all of these for one document
    printing      the reports on many files
"""

from analysis.verify.comparing import verify, verify_file
from analysis.verify.printing import PRINTERS
from analysis.verify.reference import Reference, Span, reference
from analysis.verify.results import SAME, Report

__all__ = ["PRINTERS", "SAME", "Reference", "Report", "Span", "reference", "verify", "verify_file"]
