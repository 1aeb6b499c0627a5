"""The formats by name, and the file in each."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from analysis import export
from analysis.document import Document
from analysis.exchange import linked, refi
from analysis.exchange.about import About
from analysis.exchange.coded import codebook
from analysis.record import Record

OF_A_COPY = "qdpx"  # the one format that holds words of the document


def taguette(data: Record, about: About) -> bytes:
    """Return the codebook as the CSV that Taguette imports: tag, description.

    A byte order mark names the encoding, which Taguette guesses and a spreadsheet gets wrong.
    """
    rows = [(code.name, code.description) for codes in codebook(data).values() for code in codes]
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerows(map(export.guarded, row) for row in [("tag", "description"), *rows])
    return text.getvalue().encode("utf-8-sig")


# Name -> the name of the file, if no other is given.
FILES = {
    "qdc": "codebook.qdc",
    OF_A_COPY: "project.qdpx",
    "taguette": "codebook.csv",
    "skos": "codebook.jsonld",
    "annotations": "annotations.jsonld",
}
OF_THE_RECORD: dict[str, Callable[[Record, About], bytes]] = {
    "qdc": refi.as_codebook,
    "taguette": taguette,
    "skos": linked.skos,
    "annotations": linked.annotations,
}
PUBLIC = tuple(OF_THE_RECORD)  # without words of the document


def ending(kind: str) -> str:
    """Return how a file in a format ends, by which other programs know it.

    >>> ending("qdpx"), ending("skos")
    ('.qdpx', '.jsonld')
    """
    return Path(FILES[kind]).suffix


def content(kind: str, data: Record, about: About, copy: Document | None = None) -> bytes:
    """Return the record in a format, the same bytes in every run.

    Parameters
    ----------
    kind : str
        One of `FILES`.
    data : Record
        The loaded tables.
    about : About
        What their package says of itself, as `about` returns it.
    copy : Document, optional
        For `OF_A_COPY`, and for no other: a copy that `analysis.verify.verify` finds clean.

    Raises
    ------
    ValueError
        If a copy is needed or is not, or if its words are not those recorded.
    """
    if (kind == OF_A_COPY) != (copy is not None):
        need = "needs" if kind == OF_A_COPY else "does not need"
        raise ValueError(f"Invalid copy. The format {kind} {need} one.")
    return OF_THE_RECORD[kind](data, about) if copy is None else refi.as_project(data, about, copy)
