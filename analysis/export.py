"""Write tables in four formats, and the data dictionary."""

import csv
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import characters, tables
from analysis.record import Record

Cell = str | float | None  # also int and bool, which are kinds of float

# What a spreadsheet may run: text that begins like a formula, also behind blanks or in full width.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# A number as a spreadsheet keeps it: few digits, and no leading zero, which an identifier may have.
DIGITS = r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?"
NUMBER = re.compile(rf"[+-]?{DIGITS}")
SIGNED = re.compile(rf"[+-]{DIGITS}")
# A number with its unit in words: it begins like a formula but cannot be one.
QUANTITY = re.compile(rf"{SIGNED.pattern}( [A-Za-z]+)*")
LONGEST = 32_767  # characters of a cell of a spreadsheet
MADE = datetime(
    2024, 7, 10
)  # the date in every spreadsheet, so that each run writes the same bytes


def tables_of(data: Record) -> dict[str, Callable[[], pd.DataFrame]]:
    """Return every table of the book by name, as a function that makes it.

    Tables that are made for one panel at a time have the panel's id at the end of their name.
    """
    every: dict[str, Callable[[], pd.DataFrame]] = {
        name: partial(table, data) for name, table in tables.ALL.items()
    }
    for name, one_panel in tables.BY_PANEL.items():
        every |= {f"{name}_{panel}": partial(one_panel, data, panel) for panel in data.panels.id}
    return every


def write(table: pd.DataFrame, path: str | Path) -> Path:
    """Write one table; the ending of the path is the format.

    CSV and spreadsheets are safe to open: text that a spreadsheet would run stays text.

    Parameters
    ----------
    table : DataFrame
        Any table of `analysis.tables`.
    path : str or Path
        Ends in ``.csv``, ``.xlsx``, ``.md`` or ``.json``. A missing folder is made.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    ValueError
        If the ending is another, or if a cell holds a character that no reader can see.
    """
    path = Path(path)
    kind = path.suffix.lstrip(".")
    if kind not in WRITERS:
        raise ValueError(f"Invalid format {kind!r}. Must be one of: {', '.join(FORMATS)}.")
    sheet = _Sheet.of(table, path.stem)
    content = WRITERS[kind](sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def guarded(text: str) -> str:
    """Return a text for CSV: an apostrophe keeps a spreadsheet from running it.

    >>> [guarded(text) for text in ("=1+1", "plain", "+25", "-11 per cent", "-A1")]
    ["'=1+1", 'plain', '+25', '-11 per cent', "'-A1"]
    """
    return f"'{text}" if FORMULA.match(text) and not QUANTITY.fullmatch(text) else text


@dataclass(frozen=True)
class _Sheet:
    """A table as plain cells, which every format can hold."""

    name: str
    heads: list[str]
    rows: list[list[Cell]]

    @classmethod
    def of(cls, table: pd.DataFrame, name: str) -> "_Sheet":
        """Return a frame as plain cells, all of whose characters can be seen."""
        heads = list(map(str, table))
        rows = table.astype(object).itertuples(index=False, name=None)
        sheet = cls(name, heads, [list(map(_plain, row)) for row in rows])
        for place, cell in sheet.texts():
            for character in characters.unseen(cell, allowed="\t\n\r"):
                name = characters.name(character)
                raise ValueError(f"Invalid character {name} in {place}. Must be one that is seen.")
        return sheet

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text with its place; the names of the columns are line 1."""
        for line, row in enumerate(self.lines(), 1):
            for column, cell in zip(self.heads, row, strict=True):
                if isinstance(cell, str):
                    yield f"table {self.name!r}, line {line}, column {column!r}", cell

    def numbers(self) -> list[list[float | None]]:
        """Return, for each cell, the number that its text is in a column of quantities.

        A column of text holds quantities if one of them has a sign. Without one, a text of digits
        may be an identifier, and there is no number.
        """
        quantities = [
            any(isinstance(cell, str) and SIGNED.fullmatch(cell) for cell in column)
            for column in self.columns()
        ]
        return [
            [
                _number(cell) if quantity else None
                for cell, quantity in zip(row, quantities, strict=True)
            ]
            for row in self.rows
        ]

    def lines(self) -> list[list[Cell]]:
        """Return the names of the columns and the cells of each row."""
        return [[*self.heads], *self.rows]

    def columns(self) -> list[list[Cell]]:
        """Return the cells of each column."""
        return [[row[place] for row in self.rows] for place in range(len(self.heads))]


def _number(cell: Cell) -> float | None:
    """Return the number that a text is, or None."""
    if not isinstance(cell, str) or not NUMBER.fullmatch(cell):
        return None
    return float(cell) if "." in cell else int(cell)


def _plain(cell: Any) -> Cell:
    """Return a cell for every format: None for a blank, ISO text for a date."""
    if pd.isna(cell) or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return str(cell.date().isoformat())
    plain: Cell = cell.item() if hasattr(cell, "item") else cell
    return plain


def _csv(sheet: _Sheet) -> bytes:
    lines = []
    for row in sheet.lines():
        cells = [guarded(cell) if isinstance(cell, str) else cell for cell in row]
        line = StringIO()
        csv.writer(line).writerow(cells)  # ends with CR LF, and so both are quoted in a cell
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
    return "".join(lines).encode("utf-8")


def _markdown(sheet: _Sheet) -> bytes:
    from tabulate import tabulate

    textual = [any(isinstance(cell, (str, bool)) for cell in column) for column in sheet.columns()]
    text = tabulate(
        [list(map(_words, row)) for row in sheet.rows],
        headers=list(map(_words, sheet.heads)),
        tablefmt="pipe",
        disable_numparse=True,  # it would write the text 12e1 as 120
        colalign=["left" if text else "right" for text in textual] if sheet.rows else None,
    )
    return f"{text}\n".encode()


def _words(cell: Cell) -> str:
    """Return a cell as text on one line; a number has at most six decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell) if cell.is_integer() else round(cell, 6))
    return re.sub(r"[\t\r\n]+", " ", str(cell)).replace("|", "\\|")


def _json(sheet: _Sheet) -> bytes:
    rows = [
        {
            head: cell if number is None else number
            for head, cell, number in zip(sheet.heads, row, numbers, strict=True)
        }
        for row, numbers in zip(sheet.rows, sheet.numbers(), strict=True)
    ]
    return f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n".encode()


def _xlsx(sheet: _Sheet) -> bytes:
    import xlsxwriter

    for place, text in sheet.texts():
        if len(text) > LONGEST:
            rule = f"Must have at most {LONGEST:,} characters in a spreadsheet"
            raise ValueError(f"Invalid cell in {place}. {rule}; other formats take it.")
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "_", sheet.name)[:31])
        page.freeze_panes(1, 0)
        _fill(book, page, sheet)
    return content.getvalue()


def _fill(book: Any, page: Any, sheet: _Sheet) -> None:
    """Write the cells of a spreadsheet: text as text, numbers as written."""
    bold, formula = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, bold)
    for line, (row, numbers) in enumerate(zip(sheet.rows, sheet.numbers(), strict=True), 1):
        for column, (cell, number) in enumerate(zip(row, numbers, strict=True)):
            if isinstance(cell, bool):
                page.write_boolean(line, column, cell)
            elif isinstance(cell, str) and number is not None:
                shown = book.add_format({"num_format": _number_format(cell)})
                page.write_number(line, column, number, shown)
            elif isinstance(cell, str) and cell:
                page.write_string(line, column, cell, formula if FORMULA.match(cell) else None)
            elif isinstance(cell, (int, float)):
                page.write_number(line, column, cell)


def _number_format(text: str) -> str:
    """Return the format in which a spreadsheet shows a number as it is written.

    >>> _number_format("+2.50"), _number_format("-11")
    ('+0.00;-0.00', '0;-0')
    """
    shape = re.sub("[0-9]+", "0", text.lstrip("+-"), count=1)
    whole, point, decimals = shape.partition(".")
    shape = whole + point + "0" * len(decimals)
    return f"{'+' if text.startswith('+') else ''}{shape};-{shape}"


WRITERS = {"csv": _csv, "xlsx": _xlsx, "md": _markdown, "json": _json}
FORMATS = tuple(WRITERS)


def dictionary(schema: dict[str, Any]) -> str:
    """Return the data dictionary in Markdown: every table and every column.

    Parameters
    ----------
    schema : dict
        A data package descriptor, as `analysis.record.schema` returns it.
    """
    parts = [f"# {schema['title']}", schema["description"]]
    parts.append(
        "This page is made from `datapackage.json` by `python -m analysis dictionary`."
        " Change the schema, not this page. Licence: CC BY 4.0 (see `LICENSE`)."
    )
    for resource in schema["resources"]:
        parts += [f"## {resource['title']}", f"`{resource['path']}`. {resource['description']}"]
        parts.append(columns(resource).to_markdown(index=False))
    return "\n\n".join(parts) + "\n"


def columns(resource: dict[str, Any]) -> pd.DataFrame:
    """Return the data dictionary of one table.

    Returns
    -------
    DataFrame
        One row per column of the table: column, type, meaning (with unit, allowed values and keys).
    """
    schema = resource["schema"]
    links = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])}
    rows = [
        (field["name"], field["type"], _meaning(field, schema, links)) for field in schema["fields"]
    ]
    return pd.DataFrame(rows, columns=["column", "type", "meaning"])


def _meaning(field: dict[str, Any], schema: dict[str, Any], links: dict[str, Any]) -> str:
    """Return the description of a column with its unit, values and keys."""
    name, rules = field["name"], field.get("constraints", {})
    words = [field["description"]]
    if "unit" in field:
        words.append(f"Unit: {field['unit']}.")
    if "enum" in rules:
        words.append("One of: " + ", ".join(rules["enum"]) + ".")
    if name in links:
        words.append(f"Refers to {links[name]['fields'][0]} of {links[name]['resource']}.")
    if name in schema["primaryKey"]:
        words.append("Part of the key." if len(schema["primaryKey"]) > 1 else "Key.")
    elif not rules.get("required"):
        words.append("May be blank.")
    return " ".join(words)
