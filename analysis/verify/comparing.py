"""Compare a document with the record, paragraph by paragraph and span by span."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import document
from analysis.document import Document, Paragraph, digest
from analysis.record import Problem, Record
from analysis.verify.alignment import Alignment, prints
from analysis.verify.pairing import pairs
from analysis.verify.reference import RecordedParagraph, Reference, Span, reference
from analysis.verify.results import CHANGED, EXTRA, MISSING, MOVED, SAME, Comparison, Report
from analysis.verify.spans import (
    FITS,
    NewParagraphs,
    Place,
    SpanResult,
    locate,
    with_containers,
)


def verify(document: Document, data: Record | Reference, against: Document | None = None) -> Report:
    """Compare a document with the record.

    Parameters
    ----------
    document : Document
        A copy of the summary, as `analysis.document.read` returns it.
    data : Record or Reference
        The loaded tables, as `analysis.record.load` returns them, or their `reference`.
    against : Document, optional
        Another copy. If a paragraph of it has the recorded hash, its words show what has been
        changed.

    Returns
    -------
    Report
        Every paragraph compared, with the spans of each that is not the same, and the errors of
        the record that paragraphs with the recorded words reveal.
    """
    known = data if isinstance(data, Reference) else reference(data)
    texts = {} if against is None else {p.sha256: p.text for p in against.paragraphs.values()}
    return _Comparer(document, known, texts).report()


@dataclass(frozen=True)
class Task:
    """Read a file and verify it: a task for `analysis.batch.run`."""

    record: Reference
    against: Document | None = None

    def __call__(self, path: Path) -> Report:
        """Return the report on a file.

        Raises
        ------
        OSError, ValueError
            If the file cannot be read as a summary.
        """
        return verify(document.read(path, numbered=True), self.record, self.against)


class _Comparer:
    """One document and the record; `texts` are known paragraphs by their hash."""

    def __init__(self, document: Document, known: Reference, texts: dict[str, str]) -> None:
        self.found, self.known, self.texts = document.paragraphs, known, texts
        self.warnings = document.warnings
        found_prints = {number: prints(found.text) for number, found in self.found.items()}
        self.pairs = pairs(known.paragraphs, self.found, found_prints)
        recorded = {row.sha256 for row in known.paragraphs}
        self.others = NewParagraphs(
            (found, found_prints[number])
            for number, found in sorted(self.found.items())
            if found.sha256 not in recorded
        )

    def report(self) -> Report:
        compared = [self.compare(row) for row in self.known.paragraphs]
        added = sorted(set(self.found) - set(self.pairs.values()))
        extra = [Comparison(EXTRA, None, None, n, self.found[n].section) for n in added]
        problems = _problems(self.known, self.unchanged())
        return Report((*compared, *extra), tuple(problems), self.warnings)

    def unchanged(self) -> dict[int, Paragraph]:
        """Return paragraphs of the file with the recorded words, by recorded number."""
        hashes = {row.number: row.sha256 for row in self.known.paragraphs}
        found = {number: self.found[now] for number, now in self.pairs.items()}
        return {number: each for number, each in found.items() if each.sha256 == hashes[number]}

    def compare(self, row: RecordedParagraph) -> Comparison:
        spans = [span for span in self.known.spans if span.paragraph == row.number]
        if row.number not in self.pairs:
            results = [self.others.search(span, row) for span in spans]
            place = row.number, row.section, None, None
            return Comparison(MISSING, *place, spans=with_containers(results))
        found = self.found[self.pairs[row.number]]
        places = row.number, row.section, found.number, found.section
        if found.sha256 != row.sha256:
            alignment = Alignment(row, found.text, spans, self.texts.get(row.sha256))
            results = [locate(span, alignment, found.number, self.others) for span in spans]
            return Comparison(CHANGED, *places, alignment.edits(), with_containers(results))
        if places[:2] == places[2:]:
            return Comparison(SAME, *places)
        return Comparison(MOVED, *places, spans=tuple(_fitting(spans, found)))


def _fitting(spans: Iterable[Span], found: Paragraph) -> Iterator[SpanResult]:
    for span in spans:
        if digest(found.text[span.start : span.end]) == span.sha256:
            yield SpanResult(span, FITS, Place(found.number, span.start, span.end))


# --- errors of the record -------------------------------------------------------------------------


def _problems(known: Reference, unchanged: dict[int, Paragraph]) -> Iterator[Problem]:
    """Yield the errors that unchanged paragraphs, by recorded number, reveal."""
    for row in known.paragraphs:
        if row.number in unchanged:
            yield from _paragraph_problems(row, unchanged[row.number].text)
    for span in known.spans:
        found = unchanged.get(span.paragraph)
        if found and digest(found.text[span.start : span.end]) != span.sha256:
            rule = f"other words in {_called(span.paragraph, found)}, {span.start} to {span.end}"
            yield Problem(f"{span.table}.csv", span.line, "sha256", rule)
    for name in known.names:
        found = unchanged.get(name.paragraph)
        if found and name.words.lower() not in found.text.lower():
            rule = f"name that {_called(name.paragraph, found)} does not contain"
            yield Problem(f"{name.table}.csv", name.line, name.column, rule, name.words)


def _paragraph_problems(row: RecordedParagraph, text: str) -> Iterator[Problem]:
    place = "paragraphs.csv", row.line
    if row.length != len(text):
        rule = f"wrong length of paragraph {row.number}"
        yield Problem(*place, "length", rule, str(row.length), f"{len(text)} code points")
    if row.prints != prints(text):
        rule = f"not the fingerprint of paragraph {row.number}, whose words are as recorded"
        yield Problem(*place, "fingerprint", rule)


def _called(number: int, found: Paragraph) -> str:
    now = f" ({found.number} in the document)" if found.number != number else ""
    return f"paragraph {number}{now}"
