"""Load the coded record. Data that break the schema are refused."""

import hashlib
from itertools import islice
from pathlib import Path
from typing import Any

from analysis import paths, uses
from analysis.record import beginning, cells, validated
from analysis.record.cells import Table
from analysis.record.descriptor import schema
from analysis.record.frames import FRAMES, Record
from analysis.record.problems import DataError, Problem

# The endings of files that somebody could take for a table.
TABULAR = {".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods"}
MOST_FILES = 1_000


def load(folder: str | Path | None = None, *, begun: bool = False) -> Record:
    """Return the record of a data folder.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with ``datapackage.json`` and its tables. Default: the one shipped with the book.
    begun : bool
        Whether a beginning, most of whose cells are blank, is taken too.

    Raises
    ------
    FileNotFoundError
        If the folder has no descriptor.
    ValueError
        If the descriptor is invalid, or that of a beginning.
    DataError
        If a table breaks the schema; the message shows the first ten problems.
    """
    folder = Path(folder or paths.DATA)
    with uses.aside():  # a table is used when it is taken from the record
        descriptor = schema(folder)
        resources = descriptor["resources"]
        if not begun and descriptor.get("stage") == beginning.STAGE:
            rule = "Must be a record that readers have coded; only check and verify take another"
            raise ValueError(f"Invalid data folder '{folder}', which is a beginning. {rule}.")
        if validated.before(folder, resources):
            tables, problems = _tables(folder, resources)
            record: Record | None = _record(tables)
        else:
            record, problems = read(folder)
    if record is None or problems:
        raise DataError(problems, folder)
    uses.folders.add(folder)
    return record


def read(folder: str | Path | None = None) -> tuple[Record | None, list[Problem]]:
    """Read every table and return the record with all that breaks the schema.

    Returns
    -------
    Record or None
        None if a table is missing or is not the one that the schema describes: then there is a
        problem, and nothing else can be judged. A cell of the wrong type is blank in the
        record and is a problem.
    list of Problem
        Empty for data that are valid.
    """
    folder = Path(folder or paths.DATA)
    descriptor = schema(folder)
    resources = descriptor["resources"]
    state = validated.state(folder, resources)
    if problems := _other_schema(resources, descriptor.get("stage")):
        return None, problems
    tables, problems = _tables(folder, resources)
    problems = _undescribed(folder, resources) + _broken_seals(folder, resources) + problems
    if len(tables) < len(resources):
        return None, problems
    # Slow to import, and not needed for data that are known to be valid.
    from analysis.record import validation

    judged = {(problem.file, problem.line, problem.column) for problem in problems}
    found = validation.problems(tables, {table["name"]: table["schema"] for table in resources})
    problems += [flaw for flaw in found if (flaw.file, flaw.line, flaw.column) not in judged]
    if not problems:
        validated.note(folder, resources, state)
    return _record(tables), problems


def _broken_seals(folder: Path, resources: list[dict[str, Any]]) -> list[Problem]:
    """Find tables that are not the ones whose hash the descriptor holds."""
    advice = f"as it was, {paths.SCHEMA} has its hash; a correction is a row of settled.csv"
    advice += f", and `{paths.COMMAND} join` adds a reader"
    return [
        Problem(resource["path"], 1, "", "sealed table that was touched", "", advice)
        for resource in resources
        if "sealed" in resource
        and (folder / resource["path"]).is_file()
        and seal((folder / resource["path"]).read_bytes()) != resource["sealed"]
    ]


def seal(content: bytes) -> str:
    """Return the hash of a file as a descriptor has it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _tables(
    folder: Path, resources: list[dict[str, Any]]
) -> tuple[dict[str, Table], list[Problem]]:
    """Read the tables that can be read, and every flaw of a file or of a cell."""
    tables, problems = {}, []
    for resource in resources:
        table, flaws = cells.read(folder, resource["path"], resource["schema"]["fields"])
        problems += flaws
        if table is not None:
            tables[resource["name"]] = table
    return tables, problems


def _record(tables: dict[str, Table]) -> Record:
    """Return the record; a table that a beginning lacks is empty."""
    if set(tables) != FRAMES:
        own = schema(paths.PUBLISHED)["resources"]
        empty = {each["name"]: Table(each["path"], each["schema"]["fields"], []) for each in own}
        tables = {name: tables.get(name, empty[name]) for name in FRAMES}
    return Record(**{name: table.frame() for name, table in tables.items()})


def _other_schema(resources: list[dict[str, Any]], stage: str | None) -> list[Problem]:
    """Find tables and columns in which a schema differs from the project's own."""
    project = schema(paths.PUBLISHED)["resources"]
    begun = beginning.resources(project) if stage == beginning.STAGE else project
    known, own = _columns(resources), _columns(begun)
    unknown = {table for table, _, _ in known} - {table for table, _, _ in own}
    rules = [f"unknown table {table}" for table in sorted(unknown)]
    rules += [f"no column {table}.{column} of type {kind}" for table, column, kind in own - known]
    rule = "another schema than the project's"
    return [Problem(paths.SCHEMA, 1, "", f"{rule}: {each}") for each in sorted(rules)]


def _columns(resources: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Return the table, the name and the type of every column."""
    return {
        (table["name"], field["name"], field["type"])
        for table in resources
        for field in table["schema"]["fields"]
    }


def _undescribed(folder: Path, resources: list[dict[str, Any]]) -> list[Problem]:
    """Find tables that the schema does not describe, except hidden files."""
    files = list(islice((path.relative_to(folder) for path in folder.rglob("*")), MOST_FILES + 1))
    if len(files) > MOST_FILES:
        return [
            Problem(paths.SCHEMA, 1, "", "too many files beside it", "", f"at most {MOST_FILES:,}")
        ]
    described = {resource["path"] for resource in resources}
    tables = [path for path in sorted(files) if path.suffix.lower() in TABULAR]
    strangers = [path for path in tables if not any(part.startswith(".") for part in path.parts)]
    return [
        Problem(path.as_posix(), 1, "", f"file that {paths.SCHEMA} does not describe")
        for path in strangers
        if path.as_posix() not in described
    ]
