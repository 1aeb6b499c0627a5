"""Texts: clean cells, gists that are sentences, and no two rows alike."""

import unicodedata
from collections.abc import Iterator

from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws

OWN = (  # columns in which no two rows are alike
    "meetings.title sections.label paragraphs.sha256 paragraphs.gist panels.label panels.title actors.name "
    "statements.sha256 statements.gist themes.label themes.definition themes.include themes.exclude "
    "recommendations.sha256 recommendations.gist instruments.title source_notes.finding"
).split()


@rule
def cells_are_clean(data: Record) -> Iterator[Problem]:
    """Every text is in NFC, on one line, without blanks at its ends or two in a row."""
    for table, frame in vars(data).items():
        for column in frame.select_dtypes("str"):
            clean = frame[column].map(
                lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
            )
            yield from flaws(
                data, table, frame[column] != clean, column, "stray white space or not NFC"
            )


@rule
def gists_are_sentences(data: Record) -> Iterator[Problem]:
    """A gist begins with a capital or a figure and ends with a full stop."""
    for table in ("paragraphs", "statements", "recommendations"):
        gists = getattr(data, table).gist
        odd = ~gists.str.fullmatch(r"[A-Z0-9].*\.") | (gists.str.split().str.len() > 40)
        yield from flaws(
            data, table, odd, "gist", "gist is not one sentence", "a sentence of up to 40 words"
        )


@rule
def texts_are_their_own(data: Record) -> Iterator[Problem]:
    """No two rows have the same label, gist, finding or hash."""
    for table, column in (name.split(".") for name in OWN):
        cells = getattr(data, table)[column]
        odd = cells.duplicated(keep=False) & (cells != "")
        yield from flaws(data, table, odd, column, "same as in another row")
