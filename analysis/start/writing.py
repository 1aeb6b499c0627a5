"""Write a beginning: a data folder, and a checklist of what a reader must decide."""

import csv
import json
from pathlib import Path
from typing import Any

from analysis import paths, record
from analysis.document import Document
from analysis.record import beginning, cells
from analysis.start import rows

CHECKLIST = "CHECKLIST.md"
SCORES = Path(__file__).with_name("scores.csv")  # written by tests/test_start.py
# What a reader must decide, in the order in which one decision rests on another: table, and what.
DECISIONS = (
    ("paragraphs", "compare their number with the document; fill `kind` and `gist`"),
    ("sections", "give each section a short `label` of your own"),
    (
        "statements",
        "each row is a sentence and nothing more. Delete those in which nobody says anything, "
        "divide those with two speakers, acts or things asked, join those that are one; then fill "
        "`speaker`, `quantifier`, `act` and `gist`",
    ),
    (
        "recommendations",
        "each row is a sentence with a modal verb in a section that closes the document. Delete "
        "what recommends nothing, add what has no modal verb, divide what asks two things; then "
        "fill the rest",
    ),
    (
        "claims",
        "each row is a number in digits. Delete those that nobody states as a fact, add those in "
        "words; fill `said_by`, `kind`, `unit`, `measures` and `source_named`. A blank `low` or "
        "`high` has no bound in the document, or two readings",
    ),
    ("instruments", "each row is a symbol: fill `kind` and `title`, add what has no symbol"),
    ("mentions", "add the places where an instrument is named by its title"),
    ("footnotes", "read them: what they cite belongs in `instruments` too"),
)


def write(document: Document, folder: Path, *, called: str) -> dict[str, int]:
    """Write a beginning to a folder, and return the number of rows of each table.

    Parameters
    ----------
    document : Document
        As `analysis.document.read` returns it.
    folder : Path
        A folder that is new or empty.
    called : str
        Name of the document, for the checklist.

    Raises
    ------
    ValueError
        If the document has no paragraphs that can be numbered, or the folder has files in it.
    """
    paths.new_folder(folder)
    own, known = record.schema(paths.PUBLISHED), filled()
    tables = {name: found for name, found in rows.tables(document).items() if known[name]}
    resources = beginning.resources(own["resources"])
    texts: dict[str, str] = {}
    for table in resources:
        fields, name = table["schema"]["fields"], table["name"]
        keys = [field["name"] if field["name"] in known[name] else "" for field in fields]
        values = [[row.get(key) for key in keys] for row in tables.get(name, [])]
        frame = cells.Table(table["path"], fields, [_texts(fields, row) for row in values]).frame()
        texts[table["path"]] = cells.written(frame, fields)
    descriptor = {
        "name": beginning.STAGE,
        "title": f"A beginning: {called}",
        "description": "What a program read off a document. Most cells are for a reader to fill.",
        "stage": beginning.STAGE,
        "resources": resources,
    }
    texts[CHECKLIST] = checklist(document, tables, called)
    texts[paths.SCHEMA] = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    content = {name: text.encode() for name, text in texts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in content.items():
        paths.write(folder / name, written)
    return {table: len(found) for table, found in tables.items()}


def filled() -> dict[str, tuple[str, ...]]:
    """Return the columns that are filled of each table, which may be none."""
    blank: dict[str, tuple[str, ...]] = dict.fromkeys(beginning.TABLES, ())
    return blank | beginning.FILLED | {"footnotes": tuple(beginning.FOOTNOTES)}


def measured() -> list[dict[str, str]]:
    """Return how often each filled column was right, as it was scored once.

    The keys are the heads of ``scores.csv``: columns, how many were right and filled, their share
    and on how many summaries.
    """
    known = {f"{table}.{column}" for table, columns in filled().items() for column in columns}
    with SCORES.open(encoding="utf-8", newline="") as file:
        scores = list(csv.DictReader(file))
    return [row for row in scores if known & set(row["Columns"].split(", "))]


def checklist(document: Document, tables: dict[str, list[rows.Row]], called: str) -> str:
    """Return what a reader must decide, and in which order, as Markdown."""
    unsure = rows.doubts(document).items()
    places = [f"Paragraph {n} is left blank: {'; '.join(why)}." for n, why in unsure]
    warnings = [f"- [ ] {warning}" for warning in (*document.warnings, *places)]
    steps = [
        f"{place}. [ ] `{table}.csv` "
        + (
            f"({len(tables[table])} rows; {_listed(filled()[table])}): {what}."
            if table in tables
            else "(nothing is filled): make its rows."
        )
        for place, (table, what) in enumerate(DECISIONS, 1)
    ]
    scores = [
        f"- `{row['Columns']}`: {row['Right']} of {row['Filled']} right ({row['Precision']}), "
        f"on {row['Summaries']} summaries"
        for row in measured()
    ]
    parts = [
        f"# What to decide: {called}",
        "A program has filled the columns that are named below, and judged nothing: a blank cell "
        "is a decision of yours, and a row is only a place to look at. Keep the document open "
        "beside this folder; its sentences are not in it.",
        "## First: what the reader of the file noticed",
        "\n".join(warnings) or "Nothing: every number was found, and no words were left over.",
        "## Then, in this order",
        "\n".join(steps),
        "## How often what is filled was right",
        "It was scored once, on invented summaries that no rule was made for. Places and lengths "
        "are as right as the `sha256` beside them; what the document has and nothing fills is not "
        "counted.",
        "\n".join(scores),
        "## Last",
        f"- [ ] `{paths.COMMAND} check --data FOLDER` names each cell that breaks a rule, and\n"
        f"  `{paths.COMMAND} verify FILE --data FOLDER` each span that is not in the document.\n"
        "- [ ] Who took part, the panels, the actors, the themes and the uptake have tables of "
        "their own\n  in the full schema: `data/README.md` of the project describes them.",
    ]
    return "\n\n".join(parts) + "\n"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _texts(fields: list[dict[str, Any]], row: list[Any]) -> list[Any]:
    """Return the values of a row, with "" for a blank text."""
    pairs = zip(fields, row, strict=True)
    return ["" if value is None and field["type"] == "string" else value for field, value in pairs]
