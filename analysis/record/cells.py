"""Cells and their values: the one reading of a CSV file.

What is loaded is what is judged.

A cell is blank, or it is exactly what its value is written as: ``7`` and never ``007``,
``true`` and never ``TRUE``. So nothing is lost, guessed or made missing on the way in, and a
table that is written again is the same file. The dialect is the one that every resource of
the schema states: commas, double quotation marks, line feeds, a header.
"""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.record.problems import Problem

LARGEST = 10_000_000  # bytes of a file
MOST_ROWS = 20_000
LONGEST = 10_000  # characters of a cell; a spreadsheet cuts them at 32,767


@dataclass(frozen=True)
class Kind:
    """A type of the schema: how its cells are parsed and written."""

    parse: Callable[[str], Any]
    write: Callable[[Any], str]
    column: str


def _integer(cell: str) -> int:
    value = int(cell)
    if not -(2**63) <= value < 2**63:
        raise ValueError("beyond 64 bits")
    return value


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def _decimal(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


KINDS = {
    "string": Kind(str, str, "str"),
    "integer": Kind(_integer, str, "Int64"),
    "number": Kind(_number, _decimal, "Float64"),
    "boolean": Kind(
        {"true": True, "false": False}.__getitem__, lambda value: str(value).lower(), "boolean"
    ),
    "date": Kind(date.fromisoformat, lambda value: value.isoformat()[:10], "datetime64[us]"),
}


@dataclass(frozen=True)
class Table:
    """A table as read: the values of every row, None for a blank cell."""

    file: str
    fields: list[dict[str, Any]]
    rows: list[list[Any]]

    def frame(self) -> pd.DataFrame:
        """Return the values as a frame with one typed column for each field.

        The name of the file is kept in its ``attrs``, for messages.
        """
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.fields)
        frame = pd.DataFrame(
            {
                field["name"]: pd.array(list(values), dtype=KINDS[field["type"]].column)
                for field, values in zip(self.fields, columns, strict=True)
            }
        )
        frame.attrs["file"] = self.file
        return frame


def read(
    folder: Path, file: str, fields: list[dict[str, Any]]
) -> tuple[Table | None, list[Problem]]:
    """Read one file of a data folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    file : str
        The path of the file in it.
    fields : list of dict
        The columns: name and type of each, as the schema has them.

    Returns
    -------
    Table or None
        None if the file is not a table with these columns.
    list of Problem
        Every cell that is not blank and not exactly what its type writes; it is read as blank.
    """
    problems: list[Problem] = []
    try:
        rows = [
            [_value(file, line, *place, problems) for place in zip(fields, row, strict=True)]
            for line, row in _lines(folder, file, [field["name"] for field in fields])
        ]
    except _Unreadable as error:
        return None, list(error.args)
    return Table(file, fields, rows), problems


def written(frame: pd.DataFrame, fields: list[dict[str, Any]]) -> str:
    """Return a table as the text of its file, which `read` reads as the same table.

    >>> frame = pd.DataFrame({"n": pd.array([7, None], dtype="Int64"), "of": ["a, b", ""]})
    >>> written(frame, [{"name": "n", "type": "integer"}, {"name": "of", "type": "string"}])
    'n,of\\n7,"a, b"\\n,\\n'
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field["name"] for field in fields])
    writes = [KINDS[field["type"]].write for field in fields]
    for row in frame.itertuples(index=False):
        pairs = zip(writes, row, strict=True)
        writer.writerow(["" if pd.isna(value) else write(value) for write, value in pairs])
    return text.getvalue()


class _Unreadable(Exception):
    """A file that is not a table; the only argument is the problem that says why."""


def _lines(folder: Path, file: str, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a file with its line, once its header is that of the schema."""
    csv.field_size_limit(LARGEST)  # a cell that is too long is a problem of its own
    rows = csv.reader(StringIO(_text(folder, file), newline=""), strict=True)
    try:
        _check_header(file, next(rows, []), columns)
        for line, row in enumerate(rows, 2):
            if rows.line_num != line:
                raise _Unreadable(Problem(file, line, "", "cell with a line break"))
            if line > MOST_ROWS + 1:
                raise _Unreadable(
                    Problem(file, line, "", "too many rows", "", f"at most {MOST_ROWS:,}")
                )
            _check_length(file, line, row, columns)
            yield line, row
    except csv.Error as error:
        raise _Unreadable(Problem(file, max(rows.line_num, 1), "", f"not CSV ({error})")) from None


def _check_header(file: str, header: list[str], columns: list[str]) -> None:
    if header == columns:
        return
    if not header:
        raise _Unreadable(
            Problem(file, 1, "", "file is empty", "", f"a table with {', '.join(columns)}")
        )
    if len(header) == 1 < len(columns) and header != columns[:1]:
        raise _Unreadable(
            Problem(file, 1, "", "header in one cell", header[0], "columns separated by commas")
        )
    for have, must in zip(header, columns, strict=False):
        if have != must:
            raise _Unreadable(Problem(file, 1, must, "another column", have, repr(must)))
    if len(header) < len(columns):
        raise _Unreadable(Problem(file, 1, columns[len(header)], "column is missing"))
    raise _Unreadable(
        Problem(file, 1, header[len(columns)], "unknown column", header[len(columns)])
    )


def _check_length(file: str, line: int, row: list[str], columns: list[str]) -> None:
    if not row:
        raise _Unreadable(Problem(file, line, "", "blank row"))
    if len(row) < len(columns):
        raise _Unreadable(Problem(file, line, columns[len(row)], "cell is missing"))
    if len(row) > len(columns):
        place = str(len(columns) + 1)
        raise _Unreadable(
            Problem(file, line, place, "cell beyond the last column", row[len(columns)])
        )


def _text(folder: Path, file: str) -> str:
    content = _content(folder, file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = repr(content[error.start : error.start + 1])
        raise _Unreadable(Problem(file, line, "", "not UTF-8", found, "UTF-8 text")) from None
    if text.startswith("\ufeff") or "\r" in text:
        raise _Unreadable(
            Problem(file, 1, "", "byte order mark or carriage return", "", "UTF-8 with LF")
        )
    return text


def _content(folder: Path, file: str) -> bytes:
    path = folder / file
    if not path.exists():
        raise _Unreadable(Problem(file, 1, "", "file is missing"))
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise _Unreadable(Problem(file, 1, "", "not a file of the data folder"))
    if path.stat().st_size > LARGEST:
        raise _Unreadable(
            Problem(file, 1, "", "file is too large", "", f"at most {LARGEST:,} bytes")
        )
    return path.read_bytes()


def _value(file: str, line: int, field: dict[str, Any], cell: str, problems: list[Problem]) -> Any:
    """Return the value of a cell; None for a blank, and for a cell that is a problem."""
    name = field["type"]
    kind, problem = KINDS[name], partial(Problem, file, line, field["name"])
    if len(cell) > LONGEST:
        problems.append(problem("cell is too long", cell, f"at most {LONGEST:,} characters"))
        cell = ""
    if cell == "" or name == "string":
        return cell if name == "string" else None
    try:
        value = kind.parse(cell)
    except (ValueError, KeyError):
        problems.append(problem("wrong type", cell, name))
        return None
    if kind.write(value) != cell:
        problems.append(problem("wrong type", cell, f"{name}, as in {kind.write(value)}"))
        return None
    return value
