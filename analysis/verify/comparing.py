"""Compare a document with the record, paragraph by paragraph and span by span."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import document
from analysis.document import Document, digest, fingerprint
from analysis.record import Problem, Record
from analysis.verify.pairing import pairs
from analysis.verify.reference import Reference, Row, Span, reference
from analysis.verify.results import CHANGED, EXTRA, MISSING, MOVED, SAME, Comparison, Report
from analysis.verify.spans import FITS, LOST, Alignment, Fate, Loose, Place, fate, nested
from analysis.verify.words import edits


def verify(document: Document, data: Record | Reference, against: Document | None = None) -> Report:
    """Compare a document with the record.

    Parameters
    ----------
    document : Document
        A copy of the summary, as `analysis.document.read` gives it.
    data : Record or Reference
        The loaded tables, as `analysis.record.load` gives them, or what `reference` made of them.
    against : Document, optional
        Another copy. Where a paragraph of it has the recorded hash, its words say what has been changed.

    Returns
    -------
    Report
        Every paragraph compared, with the spans of each that is not the same; and what paragraphs with the recorded words show
        to be wrong in the record.
    """
    known = data if isinstance(data, Reference) else reference(data)
    texts = (
        {} if against is None else {each.sha256: each.text for each in against.paragraphs.values()}
    )
    return _Comparing(document, known, texts).report()


@dataclass(frozen=True)
class Task:
    """Read a file and verify it: what `analysis.batch.run` does to each of many files, here or in another process."""

    record: Reference
    against: Document | None = None

    def __call__(self, path: Path) -> Report:
        """Return the report on a file.

        Raises
        ------
        OSError, ValueError
            Where the file cannot be read as a summary.
        """
        return verify(document.read(path, numbered=True), self.record, self.against)


class _Comparing:
    """One document beside the record; `texts` are known words of the record by their hash."""

    def __init__(self, document: Document, known: Reference, texts: dict[str, str]):
        self.found, self.known, self.texts = document.paragraphs, known, texts
        self.warnings = document.warnings
        self.prints = {
            number: bytes.fromhex(fingerprint(each.text)) for number, each in self.found.items()
        }
        self.pairs = pairs(known.paragraphs, self.found, self.prints)
        recorded = {row.sha256 for row in known.paragraphs}
        self.loose = Loose(
            (each, self.prints[n])
            for n, each in sorted(self.found.items())
            if each.sha256 not in recorded
        )

    def report(self) -> Report:
        compared = [self.compare(row) for row in self.known.paragraphs]
        added = sorted(set(self.found) - set(self.pairs.values()))
        extra = [
            Comparison(EXTRA, None, None, number, self.found[number].section) for number in added
        ]
        confirmed = {
            each.number: each.found_number for each in compared if each.status in (SAME, MOVED)
        }
        return Report((*compared, *extra), tuple(self.problems(confirmed)), self.warnings)

    def compare(self, row: Row) -> Comparison:
        number = self.pairs.get(row.number)
        spans = [span for span in self.known.spans if span.paragraph == row.number]
        if number is None:
            fates = nested(
                [self.loose.search(span, row) or Fate(span, LOST, None) for span in spans]
            )
            return Comparison(MISSING, row.number, row.section, None, None, spans=fates)
        found = self.found[number]
        places = row.number, row.section, number, found.section
        if found.sha256 != row.sha256:
            return self.changed(row, spans, places)
        if (row.number, row.section) == (number, found.section):
            return Comparison(SAME, *places)
        fitting = (
            span for span in spans if digest(found.text[span.start : span.end]) == span.sha256
        )
        return Comparison(
            MOVED,
            *places,
            spans=tuple(Fate(s, FITS, Place(number, s.start, s.end)) for s in fitting),
        )

    def changed(self, row: Row, spans: list[Span], places: tuple) -> Comparison:
        found, words = self.found[places[2]], self.texts.get(row.sha256)
        made = edits(row.bytes, self.prints[found.number], found.text, words)
        alignment = Alignment(row, found, spans, words)
        fates = nested([fate(span, alignment, found.number, self.loose) for span in spans])
        return Comparison(CHANGED, *places, made, not made, fates)

    def problems(self, confirmed: dict[int, int]) -> Iterator[Problem]:
        """Find what paragraphs with the recorded words show to be wrong: `confirmed` gives their numbers in the document."""
        for row in self.known.paragraphs:
            if row.number in confirmed:
                yield from self.row_problems(row, self.found[confirmed[row.number]].text)
        for span in self.known.spans:
            if span.paragraph in confirmed:
                text = self.found[confirmed[span.paragraph]].text
                if digest(text[span.start : span.end]) != span.sha256:
                    place = f"{_called(span.paragraph, confirmed)}, {span.start} to {span.end}"
                    yield Problem(
                        f"{span.table}.csv", span.line, "sha256", f"other words in {place}"
                    )
        for name in self.known.names:
            if name.paragraph in confirmed:
                text = self.found[confirmed[name.paragraph]].text
                if name.words.lower() not in text.lower():
                    rule = f"name that {_called(name.paragraph, confirmed)} does not hold"
                    yield Problem(f"{name.table}.csv", name.line, name.column, rule, name.words)

    def row_problems(self, row: Row, text: str) -> Iterable[Problem]:
        place = "paragraphs.csv", row.line
        if row.length != len(text):
            rule = f"wrong length of paragraph {row.number}"
            yield Problem(*place, "length", rule, str(row.length), f"{len(text)} code points")
        if row.bytes.hex() != fingerprint(text):
            yield Problem(
                *place,
                "fingerprint",
                f"not the fingerprint of paragraph {row.number}, whose words are as recorded",
            )


def _called(number: int, confirmed: dict[int, int]) -> str:
    now = confirmed[number]
    return f"paragraph {number}" + (f" ({now} in the document)" if now != number else "")
