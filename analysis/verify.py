"""Verify the coded record against a copy of the document: every hash, every span, every name as printed."""

from collections.abc import Iterator
from types import SimpleNamespace

from analysis.document import Document, digest
from analysis.problems import Problem

SPANNED = ("statements", "recommendations", "claims")
PRINTED = (("actor_names", "name"), ("mentions", "name"))


def verify(document: Document, data: SimpleNamespace) -> list[Problem]:
    """Return every place where the record and the document part.

    Parameters
    ----------
    document : Document
        A copy of the summary, as `analysis.document.read` gives it.
    data : SimpleNamespace
        The loaded tables, as `analysis.load.dataset` gives them.

    Returns
    -------
    list of Problem
        Paragraphs that are missing, extra or changed; and, in paragraphs that are the same, spans whose words
        have another hash and names that do not stand there. Spans in a changed paragraph are not
        listed: the change of the paragraph explains them.
    """
    changed = list(paragraph_problems(document, data))
    broken = {problem.line for problem in changed}
    same = set(data.paragraphs.number[[index + 2 not in broken for index in data.paragraphs.index]])
    return changed + [*span_problems(document, data, same), *name_problems(document, data, same)]


def paragraph_problems(document: Document, data: SimpleNamespace) -> Iterator[Problem]:
    """Find paragraphs that differ, in section or in words."""
    for index, row in data.paragraphs.iterrows():
        found = document.paragraphs.get(row.number)
        place = ("paragraphs.csv", index + 2)
        if found is None:
            yield Problem(*place, "number", f"paragraph {row.number} is missing from the document")
        elif found.sha256 != row.sha256:
            lengths = f"{row.length} code points with the recorded hash"
            found = f"{len(found.text)} code points"
            yield Problem(*place, "sha256", f"paragraph {row.number} has other words", found, lengths)
        elif (found.section, len(found.text)) != (row.section, row.length):
            found = f"section {found.section}, {len(found.text)} code points"
            yield Problem(*place, "section", f"paragraph {row.number} stands elsewhere", found)
    for number in sorted(set(document.paragraphs) - set(data.paragraphs.number)):
        yield Problem("paragraphs.csv", 1, "number", f"paragraph {number} of the document is not in the record")


def span_problems(document: Document, data: SimpleNamespace, numbers: set[int]) -> Iterator[Problem]:
    """Find spans, in the given paragraphs, whose words have another hash than the record says."""
    for table in SPANNED:
        frame = getattr(data, table)
        for index, row in frame[frame.paragraph.isin(numbers)].iterrows():
            words = document.paragraphs[row.paragraph].text[row.start : row.end]
            if digest(words) != row.sha256:
                place = f"paragraph {row.paragraph}, {row.start} to {row.end}"
                yield Problem(f"{table}.csv", index + 2, "sha256", f"other words in {place}")


def name_problems(document: Document, data: SimpleNamespace, numbers: set[int]) -> Iterator[Problem]:
    """Find names, in the given paragraphs, that do not stand there as printed (capitals aside)."""
    for table, column in PRINTED:
        frame = getattr(data, table)
        for index, row in frame[frame.paragraph.isin(numbers)].iterrows():
            if row[column].lower() not in document.paragraphs[row.paragraph].text.lower():
                rule = f"name that paragraph {row.paragraph} does not hold"
                yield Problem(f"{table}.csv", index + 2, column, rule, row[column])
