"""Load the coded record: validated against its schema, with the types that the schema gives.

The schema is ``datapackage.json`` beside the tables (Data Package v2). `analysis.validation` holds the tables to it:
columns, types, keys, allowed values. What a schema cannot say is in `analysis.check`.
"""

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from analysis import passed, paths
from analysis.problems import DataError, Problem


def whole(numbers: pd.Series) -> pd.Series:
    """Return numbers, those with a fraction being missing: the schema reports them."""
    return numbers.where(numbers % 1 == 0)


CASTS = {
    "integer": lambda cells: whole(pd.to_numeric(cells, errors="coerce")).astype("Int64"),
    "number": lambda cells: pd.to_numeric(cells, errors="coerce").astype("Float64"),
    "boolean": lambda cells: cells.map({"true": True, "false": False}).astype("boolean"),
    "date": lambda cells: pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce"),
    "string": lambda cells: cells,
}


def schema(folder: str | Path | None = None) -> dict:
    """Return the data package descriptor of a data folder (default: the one shipped with the book).

    Raises
    ------
    FileNotFoundError
        Where the folder has no descriptor.
    ValueError
        Where the descriptor is not JSON.
    """
    path = Path(folder or paths.DATA) / paths.SCHEMA
    if not path.is_file():
        raise FileNotFoundError(f"No data package at '{path}'. Give a folder that holds {paths.SCHEMA}.")
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"Invalid data package '{path}'. Must be JSON in UTF-8: {error}.") from None
    try:
        for table in descriptor["resources"]:
            table["name"], table["path"], [(field["name"], field["type"]) for field in table["schema"]["fields"]]
    except (TypeError, KeyError, IndexError):
        rule = "a list of resources, each with a name, a path and a schema of named and typed fields"
        raise ValueError(f"Invalid data package '{path}'. Must have {rule}.") from None
    return descriptor


def dataset(folder: str | Path | None = None) -> SimpleNamespace:
    """Load every table of a data folder.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with ``datapackage.json`` and its tables. Default: the one shipped with the book.

    Returns
    -------
    SimpleNamespace
        One pandas frame per table, under the table's name, with the columns of the schema in its order.
        Text is ``str`` with ``""`` for a blank; integers, numbers and booleans are nullable.

    Raises
    ------
    FileNotFoundError
        Where the folder has no descriptor.
    DataError
        Where a table breaks the schema; the message shows the first ten problems.
    """
    folder = Path(folder or paths.DATA)
    resources = schema(folder)["resources"]
    if passed.before(folder):
        return frames(folder, resources)
    tables, problems = read(folder)
    if problems:
        raise DataError(problems)
    return tables


def read(folder: str | Path | None = None) -> tuple[SimpleNamespace, list[Problem]]:
    """Read every table that can be read, and return the tables with all that breaks the schema.

    A cell of the wrong type is missing from its frame and is among the problems. Data without a problem are noted in
    `analysis.passed`.
    """
    from analysis import validation  # slow to import, and not needed for data that have passed

    folder = Path(folder or paths.DATA)
    resources = schema(folder)["resources"]
    state = passed.state(folder)
    problems = file_problems(folder, resources)
    unreadable = {problem.file for problem in problems}
    tables = frames(folder, [resource for resource in resources if resource["path"] not in unreadable])
    problems += validation.problems(folder, unreadable)
    if not problems:
        passed.note(folder, state)
    return tables, problems


def frames(folder: Path, resources: list[dict]) -> SimpleNamespace:
    """Read tables as they are, without holding them to their schema."""
    return SimpleNamespace(**{table["name"]: frame(folder / table["path"], table["schema"]) for table in resources})


def frame(path: Path, table: dict) -> pd.DataFrame:
    """Read one table as text and cast its columns to the types of the schema; too short a row is filled with blanks."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    rows = [(row + [""] * len(header))[: len(header)] for row in rows]
    kinds = {field["name"]: field["type"] for field in table["fields"]}
    text = pd.DataFrame(rows, columns=header, dtype=str)
    return text.apply(lambda cells: CASTS.get(kinds.get(cells.name), CASTS["string"])(cells))


def file_problems(folder: Path, resources: list[dict]) -> list[Problem]:
    """Find tables that are missing, that are not UTF-8 text, and files that no schema describes."""
    problems = []
    for name in sorted({path.name for path in folder.glob("*.csv")} - {r["path"] for r in resources}):
        problems.append(Problem(name, 1, "", f"file that {paths.SCHEMA} does not describe"))
    for name in (resource["path"] for resource in resources):
        if not (folder / name).is_file():
            problems.append(Problem(name, 1, "", "file is missing"))
            continue
        content = (folder / name).read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            found = repr(content[error.start : error.start + 1])
            problems.append(Problem(name, line, "", "not UTF-8", found, "UTF-8 text"))
        if content.startswith(b"\xef\xbb\xbf") or b"\r" in content:
            problems.append(Problem(name, 1, "", "byte order mark or carriage return", "", "UTF-8 with LF"))
    return problems
