"""The report on one file, which can be written as text or as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from analysis.record import Problem
from analysis.verify.spans import ELSEWHERE, FITS, SpanResult
from analysis.verify.words import Edit

SAME, CHANGED, MOVED, MISSING, EXTRA = STATUSES = "same", "changed", "moved", "missing", "extra"
SHOWN = 12  # new words of one edit that the text shows; JSON has all
UNIDENTIFIED = (
    "a word differs that the fingerprint cannot identify:"
    " every word has its recorded byte, but the SHA-256 is another"
)


@dataclass(frozen=True)
class Comparison:
    """A paragraph of the record beside that of the file.

    Attributes
    ----------
    status : str
        ``same``; ``changed``: other words; ``moved``: the same words under another number or
        section; ``missing``: not in the file; ``extra``: not in the record.
    number, section : int and str, or None
        As recorded; None if the paragraph is extra.
    found_number, found_section : int and str, or None
        As in the file; None if the paragraph is missing.
    edits : tuple of Edit
        The differences in wording, if the words have changed.
    spans : tuple of SpanResult
        Where the spans of the paragraph are now, unless it is the same.
    """

    status: str
    number: int | None
    section: str | None
    found_number: int | None
    found_section: str | None
    edits: tuple[Edit, ...] = ()
    spans: tuple[SpanResult, ...] = ()

    @property
    def unidentified(self) -> bool:
        """Whether the words have changed and the fingerprint cannot show which."""
        return self.status == CHANGED and not self.edits


@dataclass(frozen=True)
class Report:
    """Every paragraph compared, and what is wrong in the record itself.

    Attributes
    ----------
    paragraphs : tuple of Comparison
        Those of the record in its order, then those that are extra.
    problems : tuple of Problem
        Cells of the record that paragraphs with the recorded words contradict.
    warnings : tuple of str
        What was noticed when the file was read, such as numbers that are lost or occur twice.
    """

    paragraphs: tuple[Comparison, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every paragraph is the same and nothing is wrong in the record."""
        return not self.problems and not self.different

    @property
    def different(self) -> list[Comparison]:
        """The paragraphs that are not the same."""
        return [paragraph for paragraph in self.paragraphs if paragraph.status != SAME]

    @property
    def counts(self) -> dict[str, int]:
        """The number of paragraphs with each status, including 0."""
        counts = Counter(paragraph.status for paragraph in self.paragraphs)
        return {status: counts[status] for status in STATUSES}

    @property
    def summary(self) -> str:
        """One line, such as ``47 paragraphs: 46 same, 1 changed; 1 extra in the file``."""
        counts = self.counts
        extra = counts.pop(EXTRA)
        listed = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
        line = f"{_number(sum(counts.values()), 'paragraph')}: {listed or 'none'}"
        line += f"; {extra} extra in the file" if extra else ""
        problems = f"; {_number(len(self.problems), 'problem')} in the record"
        return line + (problems if self.problems else "")

    def __str__(self) -> str:
        """Return the summary, a block per different paragraph, and the problems."""
        blocks = [[self.summary, *self.warnings], *map(_block, self.different)]
        problems = [[str(problem) for problem in self.problems]] if self.problems else []
        return "\n\n".join("\n".join(lines) for lines in blocks + problems)

    def json(self) -> dict[str, Any]:
        """Return the report as values that JSON can hold, the same for the same input.

        Returns
        -------
        dict
            ``clean``: whether nothing differs. ``summary``: the number of ``paragraphs`` in the
            record and of each status. ``paragraphs``: one entry for each that is not the same,
            with

            - ``status``, ``number``, ``section``, and ``found``: ``number`` and ``section`` in
              the file, or null;
            - ``unidentified``: whether a word differs that the fingerprint cannot identify;
            - ``edits``: each with the words of the ``record`` and of the ``file`` that it
              concerns (pairs, counted from 0, end exclusive), the new ``words``, the words that
              are ``gone`` (null if not known), and the words of the file ``before`` and
              ``after``;
            - ``spans``: each with ``table``, ``id``, ``start`` and ``end`` as recorded,
              ``status`` (fits, elsewhere, changed, lost) and ``found``: ``paragraph``, ``start``
              and ``end`` in the file, or null. Code points, end exclusive.

            ``problems`` of the record and ``warnings`` on the file: lists of lines.
        """
        counts = self.counts
        report: dict[str, Any] = {
            "clean": self.clean,
            "summary": {"paragraphs": sum(counts.values()) - counts[EXTRA], **counts},
            "paragraphs": [_paragraph_json(paragraph) for paragraph in self.different],
            "problems": [str(problem) for problem in self.problems],
            "warnings": self.warnings,
        }
        return dict(json.loads(json.dumps(report)))  # tuples become lists


# --- as text --------------------------------------------------------------------------------------


def _block(paragraph: Comparison) -> list[str]:
    """Return the lines on a paragraph that is not the same."""
    number = paragraph.number if paragraph.number is not None else paragraph.found_number
    heading = f"paragraph {number}: {paragraph.status}{_where(paragraph)}"
    if paragraph.status == MOVED:
        count = len(paragraph.spans)
        fitting = "span fits" if count == 1 else f"{count} spans fit"
        return [f"{heading}; its {fitting} there" if count else heading]
    found = f"  paragraph {paragraph.found_number}"
    return [
        heading,
        *(f"{found}, {_edit(edit)}" for edit in paragraph.edits),
        *([f"{found}: {UNIDENTIFIED}"] if paragraph.unidentified else []),
        *(f"  {line}" for line in _spans(paragraph.spans, paragraph.found_number)),
    ]


def _where(paragraph: Comparison) -> str:
    number, section = paragraph.found_number, paragraph.found_section
    if paragraph.status == MISSING:
        return " from the file"
    if paragraph.status == EXTRA:
        return f", in section {section} of the file"
    parts = [f"paragraph {number}"] if number != paragraph.number else []
    if section != paragraph.section:
        parts.append(f"section {section} (was {paragraph.section})")
    return f", now {', '.join(parts)}" if parts else ""


def _edit(edit: Edit) -> str:
    """Return an edit as a line: what is new or gone, and the words around it."""
    count, at = edit.record[1] - edit.record[0], edit.file[0]
    new = " ".join(edit.words[:SHOWN])
    new += f" ... ({len(edit.words)} words)" if len(edit.words) > SHOWN else ""
    old = " ".join(edit.gone or ())
    if not edit.words:
        gone = f'"{old}"' if old else _number(count, "word")
        verb = "is" if count == 1 else "are"
        place = f"{'after' if at else 'before'} word {max(at, 1)}"
        return f"{place}: {gone} of the record {verb} gone {_context(edit, '|')}"
    if not count:
        change = f'"{new}" is new'
    elif old:
        change = f"{old} -> {new}"
    else:
        change = f'"{new}" in place of {_number(count, "word")} of the record'
    return f"word {at + 1}: {change} {_context(edit, new)}"


def _context(edit: Edit, middle: str) -> str:
    return f"({' '.join((*edit.before, f'[{middle}]', *edit.after))})"


def _spans(spans: Sequence[SpanResult], number: int | None) -> Iterator[str]:
    """Yield the lines on the spans of a paragraph that now has a number, or none."""
    fitting = ", ".join(result.span.id for result in spans if result.status == FITS)
    if fitting:
        yield f"still in place: {fitting}"
    for result in spans:
        if result.status != FITS:
            row = f"{result.span.table.removesuffix('s')} {result.span.id}"
            yield f"{row}: {_place(result, number)}"


def _place(result: SpanResult, number: int | None) -> str:
    place = result.place
    if place is None:
        return "cannot be found"
    paragraph = f" of paragraph {place.paragraph}" if place.paragraph != number else ""
    change = "unchanged" if result.status == ELSEWHERE else "changed"
    return f"{change}, now at {place.start} to {place.end}{paragraph}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# --- as JSON --------------------------------------------------------------------------------------


def _paragraph_json(paragraph: Comparison) -> dict[str, Any]:
    found = {"number": paragraph.found_number, "section": paragraph.found_section}
    return {
        "status": paragraph.status,
        "number": paragraph.number,
        "section": paragraph.section,
        "found": None if paragraph.found_number is None else found,
        "unidentified": paragraph.unidentified,
        "edits": [asdict(edit) for edit in paragraph.edits],
        "spans": [_span_json(result) for result in paragraph.spans],
    }


def _span_json(result: SpanResult) -> dict[str, Any]:
    span = {name: getattr(result.span, name) for name in ("table", "id", "start", "end")}
    found = None if result.place is None else asdict(result.place)
    return {**span, "status": result.status, "found": found}
