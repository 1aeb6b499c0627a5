"""What differs between two versions of the data: rows, cells, published numbers.

Rows are found again by the keys of the schema. Numbers are computed anew, from both by one program.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

import pandas as pd

from analysis import export, paths, record
from analysis.archive.database import dictionary
from analysis.record.cells import LARGEST

IN_COLUMNS, IN_DATA, IN_NUMBERS = COMPARED_PARTS = ("columns", "data", "numbers")
CHANGED, ADDED, WITHDRAWN = WAYS = ("changed", "added", "withdrawn")
FOUND = ["part", "table", "change", "row", "column", "old", "new"]
GOES_UP = {
    "first": "a column is withdrawn or has another type",
    "second": "rows, codes or published numbers differ, or a column is added",
    "third": "neither the data nor the numbers differ",
}
# What a table of another schema, or one that contradicts itself, leads to when it is counted.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
Package = dict[str, Any]  # version, fault, keys, and the tables of each part by name
Compared = dict[str, Any]


def compare(old: Path, new: Path) -> Compared:
    """Compare two versions: each a data folder, a release, or an archive of one.

    Returns
    -------
    dict
        old, new (versions); raised (which number of the version goes up: a key of `GOES_UP`); fault
        (why numbers are not compared, or blank); differences, a frame with one row per row that
        came or went and per cell that changed: part, table, change, row (its key), column, old,
        new.

    Raises
    ------
    ValueError
        If one of them holds no data package, or one that cannot be read.
    """
    one, two = map(_read, (old, new))
    fault = one["fault"] or two["fault"]
    frames = [
        _differences(one[part].get(name), two[part].get(name), two["keys"].get((part, name)))
        .assign(part=part, table=name)
        .reindex(columns=FOUND)
        for part in COMPARED_PARTS[: 2 if fault else 3]
        for name in {**one[part], **two[part]}
    ]
    found = pd.concat(frames, ignore_index=True)
    lost = (found.part == IN_COLUMNS) & (found.change != ADDED)
    raised = "first" if lost.any() else "second" if len(found) else "third"
    versions = {"old": one["version"], "new": two["version"]}
    return {**versions, "raised": raised, "fault": fault, "differences": found}


def _read(path: Path) -> Package:
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            (folder / paths.SCHEMA).write_bytes(_file(path, paths.SCHEMA))
            described = record.schema(folder)
            for table in described["resources"]:
                (folder / table["path"]).parent.mkdir(parents=True, exist_ok=True)
                (folder / table["path"]).write_bytes(_file(path, table["path"]))
            tables = {table["name"]: _table(folder, table) for table in described["resources"]}
        except (BadZipFile, OSError, ValueError) as error:
            reason = " ".join(str(error).replace(f"{folder}/", "").split())
            raise ValueError(f"No data can be read from '{path}'. {reason}") from None
    numbers, fault = {}, ""
    try:
        made = export.tables_of(record.Record(**tables))
        numbers = {name: make() for name, make in made.items()}
    except FAULTS as error:
        numbers, fault = {}, f"this program cannot compute those of '{path}': {error!r}"
    keys = {
        (IN_DATA, each["name"]): each["schema"]["primaryKey"] for each in described["resources"]
    }
    columns = dictionary(described).drop(columns="meaning")
    return {
        "version": described.get("version", "of no name"),
        "fault": fault,
        "keys": keys | {(IN_COLUMNS, paths.SCHEMA): ["table", "column"]},
        IN_COLUMNS: {paths.SCHEMA: columns},
        IN_DATA: tables,
        IN_NUMBERS: {name: frame for name, frame in numbers.items() if "id" not in frame},
    }


def _file(path: Path, name: str) -> bytes:
    """Return a file of the data in a folder, in its folder data, or in an archive."""
    if not path.is_file():
        home = path if (path / paths.SCHEMA).exists() else path / "data"
        if (home / name).stat().st_size > LARGEST:
            raise ValueError(f"Invalid {name}. Must have at most {LARGEST:,} bytes.")
        return (home / name).read_bytes()
    with ZipFile(path) as archive:
        homes = [each for each in archive.namelist() if each.split("/")[-1] == paths.SCHEMA]
        member = f"{min(homes, key=len, default='')[: -len(paths.SCHEMA)]}{name}"
        if member not in archive.namelist() or archive.getinfo(member).file_size > LARGEST:
            raise ValueError(f"Invalid archive. Must have a {name} of at most {LARGEST:,} bytes.")
        return archive.read(member)


def _table(folder: Path, table: dict[str, Any]) -> pd.DataFrame:
    read, problems = record.cells.read(folder, table["path"], table["schema"]["fields"])
    if read is None:
        raise ValueError(problems[0])
    return read.frame()


def _differences(
    old: pd.DataFrame | None, new: pd.DataFrame | None, key: list[str] | None
) -> pd.DataFrame:
    """Return the rows that came or went and the cells that changed in one table."""
    some = new if old is None else old
    assert some is not None
    before, after = (some[:0] if frame is None else frame for frame in (old, new))
    shared = [column for column in before if column in after]
    key = key if key and {*key} <= {*shared} else _first_key(before, after, shared)
    before, after = _texts(before[shared], key), _texts(after[shared], key)
    both = before.index.intersection(after.index)
    one, two = before.loc[both], after.loc[both]
    cells = (one != two).stack()
    found = [
        (CHANGED, row, name, one.at[row, name], two.at[row, name])
        for row, name in cells[cells].index
    ]
    for kind, rows, others in ((ADDED, after, before), (WITHDRAWN, before, after)):
        found += [(kind, row, "", "", "") for row in rows.index if row not in others.index]
    return pd.DataFrame(found, columns=FOUND[2:])


def _first_key(before: pd.DataFrame, after: pd.DataFrame, shared: list[str]) -> list[str]:
    """Return the first columns that tell all rows apart in both; all if none do."""
    keys = (shared[:number] for number in range(1, len(shared)))
    one, two = before.duplicated, after.duplicated
    return next((key for key in keys if not (one(key).any() or two(key).any())), shared)


def _texts(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the cells as texts by the key of their row, numbered if it comes again."""
    texts = frame.astype(object).map(lambda cell: "" if pd.isna(cell) else str(cell))
    texts = texts.replace(" 00:00:00$", "", regex=True)
    rows = texts[key].agg(", ".join, axis=1) if len(texts) else pd.Series(dtype=str)
    again = rows.groupby(rows).cumcount()
    return texts.set_index(rows.where(again == 0, rows + " (" + (again + 1).astype(str) + ")"))


def text(compared: Compared) -> str:
    """Return what differs in lines: each row and each cell."""
    lines = [f"Version {compared['old']} -> version {compared['new']}"]
    for (part, table), rows in compared["differences"].groupby(["part", "table"], sort=False):
        lines += ["", f"{part}, {table}: {_counted(rows)}"]
        for row in rows.itertuples():
            cell = f", {row.column}: {row.old or '(blank)'} -> {row.new or '(blank)'}"
            lines.append(f"  {row.change} {row.row}{cell if row.column else ''}")
    return "\n".join([*lines, "", *_ends(compared)])


def _counted(rows: pd.DataFrame) -> str:
    counts = rows.change.value_counts()
    return ", ".join(f"{counts[kind]} {kind}" for kind in WAYS if kind in counts)


def _ends(compared: Compared) -> list[str]:
    raised, fault = compared["raised"], compared["fault"]
    unknown = [f"Published numbers are not compared: {fault}"] if fault else []
    return [*unknown, f"The {raised} number of the version goes up: {GOES_UP[raised]}."]


def markdown(compared: Compared) -> str:
    """Return for a changelog how many rows and cells differ in each table."""
    rows = compared["differences"]
    counts = rows.groupby(["part", "table"], sort=False).change.value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=[*WAYS], fill_value=0).reset_index()
    table = counts.to_markdown(index=False) if len(rows) else "No table differs."
    head = f"Data, {compared['old']} to {compared['new']}, rows and cells by table:"
    return "\n\n".join([head, table, *_ends(compared)])


def as_json(compared: Compared) -> str:
    """Return all of it as JSON."""
    rows = compared["differences"].to_dict("records")
    return json.dumps(compared | {"differences": rows}, ensure_ascii=False, indent=1)


WRITERS = {"text": text, "json": as_json, "md": markdown}
