"""The files of the data package and of the whole record, each with a link to it."""

from typing import Any

import pandas as pd

from analysis import archive, exchange
from analysis.page import show
from analysis.record import Record

WHOLE = {
    archive.ARCHIVE: "All tables with their schema, licence and checksums, in one archive.",
    archive.WORKBOOK: "All tables, each code with its label, and the dictionary, as a spreadsheet.",
    archive.DATABASE: "All tables with their keys, as an SQLite database.",
    "datapackage.json": "The schema: what every table and every column means, and the keys.",
    f"{archive.JUDGED}/{archive.JUDGED}.csv": "Every judged pair of a statement and a"
    " recommendation, with what each reader judged and the reason, as one table.",
    f"{archive.JUDGED}/README.md": "What a pair is, how it came to be judged, and by whom.",
    archive.SUMS: "The checksum of each file of the package (SHA-256).",
}
EXCHANGED = {
    "qdc": "The codebook for programs of qualitative analysis (REFI-QDA).",
    "taguette": "The codebook for Taguette.",
    "skos": "The codebook and its crosswalk to other vocabularies, as linked data (SKOS).",
    "annotations": "Every coded passage by its position and hash (Web Annotations).",
}


def files(data: Record, schema: dict[str, Any]) -> pd.DataFrame:
    """Return the list of the tables of the data package, for download.

    Returns
    -------
    DataFrame
        One row per table of the schema: file (a link to it), rows, size (bytes), what (one row
        stands for).
    """
    tables = pd.DataFrame(schema["resources"])
    return pd.DataFrame(
        {
            "file": map(link, tables.path),
            "rows": [len(getattr(data, name)) for name in tables["name"]],
            "size": [len(archive.site()[path]) for path in tables.path],
            "what": tables.description,
        }
    )


def whole() -> pd.DataFrame:
    """Return the list of the files that hold or describe all of the tables.

    Those for other programs, which hold the codebook or the coding, are among them.

    Returns
    -------
    DataFrame
        One row per file: file (a link to it), size (bytes), what (it holds).
    """
    named = WHOLE | {exchange.FILES[kind]: what for kind, what in EXCHANGED.items()}
    sizes = [len(archive.site()[name]) for name in named]
    return pd.DataFrame({"file": map(link, named), "size": sizes, "what": named.values()})


def link(path: str) -> show.Markup:
    """Return a link to a file of the folder ``data`` of the book."""
    return show.myst(f"{{package}}`{path} <{path}>`", path)
