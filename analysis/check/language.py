"""Texts: clean cells, gists that are sentences, and no two rows alike."""

import unicodedata
from collections.abc import Iterator

from analysis import characters
from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws

MOST_WORDS = 40  # words of a gist
OWN = {  # columns in which no two rows are alike
    "meetings": ["title"],
    "sections": ["label"],
    "paragraphs": ["sha256", "gist"],
    "panels": ["label", "title"],
    "actors": ["name"],
    "statements": ["sha256", "gist"],
    "themes": ["label", "definition", "include", "exclude"],
    "recommendations": ["sha256", "gist"],
    "instruments": ["title"],
    "source_notes": ["finding"],
}


@rule
def cells_are_clean(data: Record) -> Iterator[Problem]:
    """Texts are in NFC, on one line, without stray blanks or unseen characters."""
    for table, frame in vars(data).items():
        for column in frame.select_dtypes("str"):
            cells = frame[column]
            clean = cells.map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))
            yield from flaws(data, table, cells != clean, column, "stray white space or not NFC")
            unseen = cells.map(_unseen)
            expected = "without " + unseen
            yield from flaws(data, table, unseen != "", column, "unseen character", expected)


def _unseen(text: str) -> str:
    return ", ".join(map(characters.name, characters.unseen(text)))


@rule
def gists_are_sentences(data: Record) -> Iterator[Problem]:
    """A gist begins with a capital or a figure and ends with a full stop."""
    for table in ("paragraphs", "statements", "recommendations"):
        gists = getattr(data, table).gist
        first, last, words = gists.str[:1], gists.str[-1:], gists.str.split().str.len()
        wrong = ~first.str.isalnum() | first.str.islower() | (last != ".") | (words > MOST_WORDS)
        yield from flaws(
            data,
            table,
            wrong,
            "gist",
            "gist is not one sentence",
            f"a sentence of up to {MOST_WORDS} words",
        )


@rule
def texts_are_their_own(data: Record) -> Iterator[Problem]:
    """No two rows have the same label, gist, finding or hash."""
    for table, column in [(table, column) for table, columns in OWN.items() for column in columns]:
        cells = getattr(data, table)[column]
        wrong = cells.duplicated(keep=False) & (cells != "")
        yield from flaws(data, table, wrong, column, "same as in another row")
