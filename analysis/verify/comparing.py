"""Compare a document with the record, paragraph by paragraph and span by span."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis import document
from analysis.document import Document, Paragraph
from analysis.record import Problem, Record
from analysis.verify.alignment import Alignment, prints
from analysis.verify.pairing import pairs
from analysis.verify.reference import RecordedParagraph, Reference, Span, reference
from analysis.verify.results import CHANGED, EXTRA, MISSING, MOVED, SAME, Comparison, Found, Report
from analysis.verify.spans import FITS, NewParagraphs, Place, SpanResult, locate, with_containers


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
    paired, found = pairs(known.paragraphs, document.paragraphs), document.paragraphs
    recorded = {row.sha256 for row in known.paragraphs}
    others = NewParagraphs(found[n] for n in sorted(found) if found[n].sha256 not in recorded)
    compared = [
        _compare(row, paired.get(row.number), known.spans, others, texts.get(row.sha256))
        for row in known.paragraphs
    ]
    extra = sorted(set(found) - {partner.number for partner in paired.values()} - known.blank)
    compared += [Comparison(EXTRA, None, None, Found(n, found[n].section)) for n in extra]
    return Report(tuple(compared), tuple(_problems(known, paired)), document.warnings)


def verify_file(path: Path, data: Record | Reference, against: Document | None = None) -> Report:
    """Read a file and verify it, as `verify` does.

    Raises
    ------
    OSError, ValueError
        If the file cannot be read as a summary.
    """
    return verify(document.read(path, numbered=True), data, against)


def _compare(
    row: RecordedParagraph,
    found: Paragraph | None,
    spans: Iterable[Span],
    others: NewParagraphs,
    recorded: str | None,
) -> Comparison:
    """Compare a paragraph with its partner, if any."""
    spans = [span for span in spans if span.paragraph == row.number]
    if found is None:
        results = [others.search(span, row, None) for span in spans]
        return Comparison(MISSING, row.number, row.section, spans=with_containers(results))
    places = row.number, row.section, Found(found.number, found.section)
    if found.sha256 != row.sha256:
        alignment = Alignment(row, found.text, spans, recorded)
        results = [locate(span, alignment, found.number, others) for span in spans]
        return Comparison(CHANGED, *places, tuple(alignment.edits()), with_containers(results))
    status = SAME if places[:2] == (found.number, found.section) else MOVED
    fitting = (
        SpanResult(span, FITS, Place(found.number, span.start, span.end))
        for span in spans
        if span.fits(found.text)
    )
    return Comparison(status, *places, spans=tuple(fitting))


# --- errors of the record -------------------------------------------------------------------------


def _problems(known: Reference, paired: Mapping[int, Paragraph]) -> Iterator[Problem]:
    """Yield the errors that paragraphs with the recorded words reveal."""
    unchanged: dict[int, Paragraph] = {}
    for row in known.paragraphs:
        found = paired.get(row.number)
        if found and found.sha256 == row.sha256:
            unchanged[row.number] = found
            yield from _paragraph_problems(row, found.text)
    for span in known.spans:
        found = unchanged.get(span.paragraph)
        if found and not span.fits(found.text):
            rule = f"other words in {_called(span.paragraph, found)}, {span.start} to {span.end}"
            yield Problem(f"{span.table}.csv", span.line, "sha256", rule)
    for name in known.names:
        found = unchanged.get(name.paragraph)
        if found and name.words.lower() not in found.text.lower():
            rule = f"name that {_called(name.paragraph, found)} does not contain"
            yield Problem(f"{name.table}.csv", name.line, "name", rule, name.words)


def _paragraph_problems(row: RecordedParagraph, text: str) -> Iterator[Problem]:
    if row.length != len(text):
        rule, must_be = f"wrong length of paragraph {row.number}", f"{len(text)} code points"
        yield Problem("paragraphs.csv", row.line, "length", rule, str(row.length), must_be)
    if row.prints != prints(text):
        rule = f"not the fingerprint of paragraph {row.number}, whose words are as recorded"
        yield Problem("paragraphs.csv", row.line, "fingerprint", rule)


def _called(number: int, found: Paragraph) -> str:
    now = f" ({found.number} in the document)" if found.number != number else ""
    return f"paragraph {number}{now}"
