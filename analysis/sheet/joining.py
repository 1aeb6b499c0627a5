"""Join a filled sheet to the readings: every file that changes, or none."""

import json
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import check, paths, record
from analysis.record import DataError, Record, cells, dated, loading
from analysis.sheet.drawing import INSTRUCTIONS
from analysis.sheet.filling import Filled


def join(
    folder: Path, filled: Filled, *, label: str = "", kind: str = "person", today: date
) -> str:
    """Add a reader and what the reader gave; return the id of the reader.

    The table of readings is sealed anew, here and nowhere else. All files are written, or none is.

    Parameters
    ----------
    folder : Path
        The data folder.
    filled : Filled
        What was read, without a problem.
    label : str
        What the reader is called; by default the name in the sheet.
    kind : str
        ``"person"`` or ``"language model"``.
    today : date
        The day of the changed data.

    Raises
    ------
    ValueError
        If the sheet was joined before, or the label is another reader's.
    DataError
        If the data, with the reader added, have problems.
    """
    data = record.load(folder)
    reader = _reader(data, filled, label, kind)
    rows = [
        {"reader": reader["id"], "codebook": filled.answers["codebook"]}
        | dict(zip(("unit", "variable", "value"), code, strict=True))
        for code in filled.codes
    ]
    with tempfile.TemporaryDirectory() as parent:
        staged = Path(shutil.copytree(folder, Path(parent) / "data"))
        changed = [_append(staged, "readers", [reader]), _append(staged, "readings", rows)]
        _renew_seal(staged)
        dated.stamp(staged, today)
        if problems := check.check(staged):
            raise DataError(problems)
        _replace(staged, folder, [*changed, paths.SCHEMA])
    return str(reader["id"])


def _reader(data: Record, filled: Filled, label: str, kind: str) -> dict[str, Any]:
    """Return the row of the reader, once it is known to be a new one."""
    answers, label = filled.answers, label or filled.answers["name"]
    days = data.readers.set_index("id").date.astype(str)
    for name, rows in data.readings.groupby("reader"):
        codes = set(zip(rows.unit, rows.variable, rows.value, strict=True))
        if codes == set(filled.codes) and days[name] == answers["date"]:
            raise ValueError(
                f"This sheet was joined before: its codes and day are those of {name}."
            )
    if label in set(data.readers.label):
        raise ValueError(f"Another reader is called '{label}'. Give another name with --label.")
    number = len(data.readers) + 1
    while f"reader-{number}" in set(data.readers.id):
        number += 1
    drawn = f"{answers['units']} statements, drawn with the seed {answers['seed']}"
    model = "none" if kind == "person" else "not recorded"
    return {
        "id": f"reader-{number}",
        "label": label,
        "kind": kind,
        "scope": "sample",
        "model": model,
        "model_version": model,
        "date": date.fromisoformat(answers["date"]),
        "instructions": INSTRUCTIONS,
        "given": f"a sheet with {drawn}, each in its paragraph, and the codebook",
        "unseen": "every other reading, every gist, every settled value, as the reader states",
    }


def _append(folder: Path, name: str, rows: list[dict[str, Any]]) -> str:
    """Add rows at the end of a table and return its path; no other row changes."""
    resource = _resource(record.schema(folder), name)
    fields = resource["schema"]["fields"]
    frame = pd.DataFrame(rows).reindex(columns=[each["name"] for each in fields], fill_value="")
    with open(folder / resource["path"], "a", encoding="utf-8", newline="") as file:
        file.write(cells.written(frame, fields).partition("\n")[2])
    return str(resource["path"])


def _renew_seal(folder: Path) -> None:
    """Write the hash of the readings, as they are now, into the descriptor."""
    descriptor = record.schema(folder)
    resource = _resource(descriptor, "readings")
    resource["sealed"] = loading.seal((folder / resource["path"]).read_bytes())
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / paths.SCHEMA).write_text(f"{text}\n", encoding="utf-8")


def _resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in descriptor["resources"] if each["name"] == name)


def _replace(staged: Path, folder: Path, files: list[str]) -> None:
    """Put staged files in the place of others; if one fails, none is changed."""
    before = {file: (folder / file).read_bytes() for file in files}
    try:
        for file in files:
            shutil.copyfile(staged / file, folder / f"{file}.new")
        for file in files:
            os.replace(folder / f"{file}.new", folder / file)
    except BaseException:
        for file, content in before.items():
            (folder / file).write_bytes(content)
        raise
    finally:
        for file in files:
            (folder / f"{file}.new").unlink(missing_ok=True)
