"""The report on one file, which can be written as text or as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.record import Problem
from analysis.verify.spans import ELSEWHERE, FITS, SpanResult
from analysis.verify.words import Edit

SAME, CHANGED, MOVED, MISSING, EXTRA = STATUSES = "same", "changed", "moved", "missing", "extra"
SHOWN_WORDS = 12  # new words of one edit that the text shows; JSON has all
UNIDENTIFIED = (
    "a word differs that the fingerprint cannot identify:"
    " every word has its recorded byte, but the SHA-256 is another"
)


@dataclass(frozen=True)
class Found:
    """The number and section of a paragraph in the file."""

    number: int
    section: str


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
    found : Found or None
        The same in the file; None if the paragraph is missing.
    edits : tuple of Edit
        The differences in wording, if the words have changed.
    spans : tuple of SpanResult
        Where the spans of the paragraph are now; those with the recorded words if it is the same
        or has moved.
    """

    status: str
    number: int | None
    section: str | None
    found: Found | None = None
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
        statuses = [paragraph.status for paragraph in self.paragraphs]
        return {status: statuses.count(status) for status in STATUSES}

    @property
    def summary(self) -> str:
        """One line, such as ``47 paragraphs: 46 same, 1 changed; 1 extra in the file``."""
        counts = self.counts
        extra = counts.pop(EXTRA)
        line = f"{_number(sum(counts.values()), 'paragraph')}: {listed(counts)}"
        line += f"; {extra} extra in the file" if extra else ""
        problems = f"; {_number(len(self.problems), 'problem')} in the record"
        return line + (problems if self.problems else "")

    def __str__(self) -> str:
        """Return the summary, a block per different paragraph, and the problems."""
        blocks = [[self.summary, *self.warnings], *map(_block, self.different), self.problems]
        return "\n\n".join("\n".join(map(str, lines)) for lines in blocks if lines)

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


def listed(counts: Mapping[str, int]) -> str:
    """Return counts in words, without those that are 0.

    >>> listed({"same": 46, "changed": 1, "moved": 0})
    '46 same, 1 changed'
    """
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "none"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _block(paragraph: Comparison) -> list[str]:
    """Return the lines on a paragraph that is not the same."""
    spans, now = paragraph.spans, paragraph.found.number if paragraph.found else None
    lines = [f"paragraph {paragraph.number or now}: {_heading(paragraph)}"]
    lines += [f"  paragraph {now}, {_edit(edit)}" for edit in paragraph.edits]
    lines += [f"  paragraph {now}: {UNIDENTIFIED}"] if paragraph.unidentified else []
    if paragraph.status != MOVED:
        fitting = ", ".join(result.span.id for result in spans if result.status == FITS)
        lines += [f"  still in place: {fitting}"] if fitting else []
        lines += [_span(result, now) for result in spans if result.status != FITS]
    return lines


def _heading(paragraph: Comparison) -> str:
    found, count = paragraph.found, len(paragraph.spans)
    if found is None:
        return "missing from the file"
    if paragraph.status == EXTRA:
        return f"extra, in section {found.section} of the file"
    now = [f"paragraph {found.number}"] if found.number != paragraph.number else []
    if found.section != paragraph.section:
        now.append(f"section {found.section} (was {paragraph.section})")
    fitting = "span fits" if count == 1 else f"{count} spans fit"
    fitting = f"; its {fitting} there" if paragraph.status == MOVED and count else ""
    return f"{paragraph.status}{', now ' if now else ''}{', '.join(now)}{fitting}"


def _edit(edit: Edit) -> str:
    """Return an edit as a line: what is new or gone, and the words around it."""
    count, at = edit.record[1] - edit.record[0], edit.file[0]
    new, old = " ".join(edit.words[:SHOWN_WORDS]), " ".join(edit.gone or ())
    new += f" ... ({len(edit.words)} words)" if len(edit.words) > SHOWN_WORDS else ""
    place = f"word {at + 1}"
    if not new:
        place = f"after word {at}" if at else "before word 1"
        gone = f'"{old}"' if old else _number(count, "word")
        change = f"{gone} of the record {'is' if count == 1 else 'are'} gone"
    elif not count:
        change = f'"{new}" is new'
    elif old:
        change = f"{old} -> {new}"
    else:
        change = f'"{new}" in place of {_number(count, "word")} of the record'
    around = " ".join((*edit.before, f"[{new or '|'}]", *edit.after))
    return f"{place}: {change} ({around})"


def _span(result: SpanResult, number: int | None) -> str:
    """Return a line on a span of a paragraph that now has a number, or none."""
    row = f"  {result.span.table.removesuffix('s')} {result.span.id}"
    if result.place is None:
        return f"{row}: cannot be found"
    change = "unchanged" if result.status == ELSEWHERE else "changed"
    place = f"{result.place.start} to {result.place.end}"
    place += f" of paragraph {result.place.paragraph}" if result.place.paragraph != number else ""
    return f"{row}: {change}, now at {place}"


# --- as JSON --------------------------------------------------------------------------------------


def _paragraph_json(paragraph: Comparison) -> dict[str, Any]:
    spans = [_span_json(result) for result in paragraph.spans]
    return {**asdict(paragraph), "spans": spans, "unidentified": paragraph.unidentified}


def _span_json(result: SpanResult) -> dict[str, Any]:
    span = {name: getattr(result.span, name) for name in ("table", "id", "start", "end")}
    return {**span, "status": result.status, "found": result.place and asdict(result.place)}
