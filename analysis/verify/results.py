"""What a document and the record have in common, and how it is told: as text, or as JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.record import Problem
from analysis.verify.spans import ELSEWHERE, FITS, Fate
from analysis.verify.words import Edit

SAME, CHANGED, MOVED, MISSING, EXTRA = STATUSES = "same", "changed", "moved", "missing", "extra"
SHOWN = 12  # new words that the text shows of one edit; JSON has all
UNTOLD = "a word differs that the fingerprint cannot tell: every word has its recorded byte, but the sha256 is another"


@dataclass(frozen=True)
class Comparison:
    """A paragraph of the record, or of the file, or of both.

    Attributes
    ----------
    status : str
        ``same``; ``changed``: other words; ``moved``: the same words under another number or section; ``missing``: not in
        the file; ``extra``: not in the record.
    number, section : int and str, or None
        As recorded; None where it is extra.
    found_number, found_section : int and str, or None
        As in the file; None where it is missing.
    edits : tuple of Edit
        What was done to the words, where they have changed.
    untold : bool
        Whether the words have changed and the fingerprint cannot tell which.
    spans : tuple of Fate
        What became of the spans of a paragraph that is not the same.
    """

    status: str
    number: int | None
    section: str | None
    found_number: int | None
    found_section: str | None
    edits: tuple[Edit, ...] = ()
    untold: bool = False
    spans: tuple[Fate, ...] = ()


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
        What the reader of the file says of its numbers: those that were lost, or given twice.
    """

    paragraphs: tuple[Comparison, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every paragraph is the same and nothing is wrong in the record."""
        return not self.problems and all(each.status == SAME for each in self.paragraphs)

    @property
    def counts(self) -> dict[str, int]:
        """Number of paragraphs by status, each status being there."""
        found = Counter(each.status for each in self.paragraphs)
        return {status: found[status] for status in STATUSES}

    @property
    def summary(self) -> str:
        """One line, such as ``47 paragraphs: 46 same, 1 changed``; the first number is of paragraphs in the record."""
        counts = self.counts
        extra = counts.pop(EXTRA)
        listed = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
        line = f"{_number(sum(counts.values()), 'paragraph')}: {listed or 'none'}"
        line += f"; {extra} extra in the file" if extra else ""
        return line + (
            f"; {_number(len(self.problems), 'problem')} in the record" if self.problems else ""
        )

    def __str__(self):
        """Return the summary, one block for each paragraph that is not the same, and the problems of the record."""
        blocks = ["\n".join(block(each)) for each in self.paragraphs if each.status != SAME]
        problems = ["\n".join(map(str, self.problems))] if self.problems else []
        return "\n\n".join(["\n".join([self.summary, *self.warnings]), *blocks, *problems])

    def json(self) -> dict:
        """Return the report as numbers, text, lists and dictionaries, always the same for the same input.

        Returns
        -------
        dict
            ``clean``: whether nothing differs. ``summary``: number of ``paragraphs`` in the record, and of each status.
            ``paragraphs``: one entry for each that is not the same, with

            - ``status``, ``number``, ``section``, and ``found``: ``number`` and ``section`` in the file, or null;
            - ``untold``: whether a word differs that the fingerprint cannot tell;
            - ``edits``: each with the words of the ``record`` and of the ``file`` that it stands for (pairs, counted from 0,
              end exclusive), the new ``words``, the words that are ``gone`` (null where not known), and the words of the file
              ``before`` and ``after``;
            - ``spans``: each with ``table``, ``id``, ``start`` and ``end`` as recorded, ``status`` (fits, elsewhere, changed,
              lost) and ``found``: ``paragraph``, ``start`` and ``end`` in the file, or null. Code points, end exclusive.

            ``problems``: what is wrong in the record, as ``file:line:column reason``. ``warnings``: on the numbers of the file.
        """
        counts = self.counts
        return {
            "clean": self.clean,
            "summary": {"paragraphs": sum(counts.values()) - counts[EXTRA], **counts},
            "paragraphs": [_paragraph(each) for each in self.paragraphs if each.status != SAME],
            "problems": [str(problem) for problem in self.problems],
            "warnings": list(self.warnings),
        }


# --- as text -------------------------------------------------------------------------------------------------------


def block(each: Comparison) -> list[str]:
    """Return the lines on a paragraph that is not the same."""
    number = each.number if each.number is not None else each.found_number
    heading = f"paragraph {number}: {each.status}{_where(each)}"
    if each.status == MOVED:
        return [heading + _fitting(each.spans)]
    lines = [f"  paragraph {each.found_number}, {_edit(edit)}" for edit in each.edits]
    lines += [f"  paragraph {each.found_number}: {UNTOLD}"] if each.untold else []
    fitting = ", ".join(fate.span.id for fate in each.spans if fate.status == FITS)
    lines += [f"  still at their place: {fitting}"] if fitting else []
    return [
        heading,
        *lines,
        *(f"  {_fate(fate, each.found_number)}" for fate in each.spans if fate.status != FITS),
    ]


def _where(each: Comparison) -> str:
    if each.status == MISSING:
        return " from the file"
    if each.status == EXTRA:
        return f", in section {each.found_section} of the file"
    number = f"paragraph {each.found_number}" if each.found_number != each.number else ""
    section = (
        f"section {each.found_section} (was {each.section})"
        if each.found_section != each.section
        else ""
    )
    where = ", ".join(filter(None, (number, section)))
    return f", now {where}" if where else ""


def _fitting(spans) -> str:
    if not spans:
        return ""
    return "; its span fits there" if len(spans) == 1 else f"; its {len(spans)} spans fit there"


def _edit(edit: Edit) -> str:
    new = " ".join(edit.words[:SHOWN]) + (
        f" ... ({len(edit.words)} words)" if len(edit.words) > SHOWN else ""
    )
    count = edit.end - edit.start
    old = None if edit.gone is None else " ".join(edit.gone)
    if not edit.words:
        gone = f'"{old}" of the record' if old else f"{_number(count, 'word')} of the record"
        what = f"{gone} {'is' if count == 1 else 'are'} gone"
        return f"{'after' if edit.at else 'before'} word {max(edit.at, 1)}: {what}{_context(edit, '|')}"
    if not count:
        what = f'"{new}" is new'
    elif old:
        what = f"{old} -> {new}"
    else:
        what = f'"{new}" in place of {_number(count, "word")} of the record'
    return f"word {edit.at + 1}: {what}{_context(edit, new)}"


def _context(edit: Edit, middle: str) -> str:
    words = " ".join((*edit.before, f"[{middle}]", *edit.after))
    return f" ({words})"


def _fate(fate: Fate, number: int | None) -> str:
    name = f"{fate.span.table.removesuffix('s')} {fate.span.id}"
    if fate.place is None:
        return f"{name}: cannot be found"
    place = f"{fate.place.start} to {fate.place.end}"
    place += f" of paragraph {fate.place.paragraph}" if fate.place.paragraph != number else ""
    return f"{name}: {'unchanged' if fate.status == ELSEWHERE else 'changed'}, now at {place}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# --- as JSON -------------------------------------------------------------------------------------------------------


def _paragraph(each: Comparison) -> dict:
    found = (
        None
        if each.found_number is None
        else {"number": each.found_number, "section": each.found_section}
    )
    return {
        "status": each.status,
        "number": each.number,
        "section": each.section,
        "found": found,
        "untold": each.untold,
        "edits": [dict(_edit_cells(edit)) for edit in each.edits],
        "spans": [_span(fate) for fate in each.spans],
    }


def _edit_cells(edit: Edit) -> Iterator[tuple[str, object]]:
    yield "record", [edit.start, edit.end]
    yield "file", [edit.at, edit.to]
    yield "words", list(edit.words)
    yield "gone", None if edit.gone is None else list(edit.gone)
    yield "before", list(edit.before)
    yield "after", list(edit.after)


def _span(fate: Fate) -> dict:
    place, span = fate.place, fate.span
    found = (
        None
        if place is None
        else {"paragraph": place.paragraph, "start": place.start, "end": place.end}
    )
    return {
        "table": span.table,
        "id": span.id,
        "start": span.start,
        "end": span.end,
        "status": fate.status,
        "found": found,
    }
