"""Write tables in four formats, and the data dictionary."""

import csv
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import characters, paths, tables
from analysis.record import Record

# The names of the columns and then the rows of a table: str, int, float, bool or None.
Lines = list[list[Any]]

# What a spreadsheet may run: text that begins like a formula, also behind blanks or in full width.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# A number as a spreadsheet keeps it: few digits, and no leading zero, which an identifier may have.
PLAIN_NUMBER = re.compile(r"([+-]?)(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
# A number with its unit in words: it may begin like a formula but cannot be one.
QUANTITY = re.compile(rf"{PLAIN_NUMBER.pattern}( [A-Za-z]+)*")
LONGEST_IN_SHEET = 32_767  # characters of a cell of a spreadsheet
FORMATS = ("csv", "xlsx", "md", "json")


def tables_of(data: Record) -> Mapping[str, Callable[[], pd.DataFrame]]:
    """Return every table of the book by name, as a function that makes it.

    Tables that are made for one panel at a time have the panel's id at the end of their name.
    """
    every = {name: partial(table, data) for name, table in tables.ALL.items()}
    for name, table in tables.BY_PANEL.items():
        every |= {f"{name}_{panel}": partial(table, data, panel) for panel in data.panels.id}
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
    content = encoded(table, path.suffix.lstrip("."), path.stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    paths.write(path, content)
    return path


def encoded(table: pd.DataFrame, kind: str, name: str) -> bytes:
    """Return one table as a file of the format `kind`; it raises as `write` does."""
    if kind not in FORMATS:
        raise ValueError(f"Invalid format {kind!r}. Must be one of: {', '.join(FORMATS)}.")
    lines = [
        list(map(str, table)),
        *(list(map(_plain, row)) for row in table.astype(object).to_numpy()),
    ]
    _check(lines, name, kind)
    return _xlsx(lines, name) if kind == "xlsx" else TEXTS[kind](lines).encode()


def guarded(cell: Any) -> Any:
    """Return a cell for CSV: an apostrophe keeps a spreadsheet from running its text.

    >>> [guarded(cell) for cell in ("=1+1", "plain", "+25", "-11 per cent", "-A1", -1)]
    ["'=1+1", 'plain', '+25', '-11 per cent', "'-A1", -1]
    """
    return (
        f"'{cell}"
        if isinstance(cell, str) and FORMULA.match(cell) and not QUANTITY.fullmatch(cell)
        else cell
    )


def _plain(cell: Any) -> Any:
    """Return a cell for every format: None for a blank, ISO text for a date."""
    if pd.isna(cell) or cell in (float("inf"), float("-inf")):
        return None
    if isinstance(cell, pd.Timestamp):
        return str(cell.date())
    return cell.item() if hasattr(cell, "item") else cell


def _check(lines: Lines, name: str, kind: str) -> None:
    """Refuse a text that has a character nobody can see, or too many characters."""
    for number, line in enumerate(lines, 1):
        for column, cell in zip(lines[0], line, strict=True):
            text, place = str(cell), f"in table {name!r}, line {number}, column {column!r}"
            for unseen in map(characters.name, characters.unseen(text, allowed="\t\n\r")):
                raise ValueError(f"Invalid character {unseen} {place}. Must be one that is seen.")
            if kind == "xlsx" and len(text) > LONGEST_IN_SHEET:
                rule = f"Must have at most {LONGEST_IN_SHEET:,} characters in a spreadsheet"
                raise ValueError(f"Invalid cell {place}. {rule}; other formats take it.")


def _values(column: Sequence[Any]) -> list[Any]:
    """Return the cells of a column, numbers for the texts in a column of quantities.

    A column of text holds quantities if one of them has a sign. Without one, a text of digits may
    be an identifier.
    """
    matches = [PLAIN_NUMBER.fullmatch(cell) if isinstance(cell, str) else None for cell in column]
    signed = any(match and match[1] for match in matches)
    return [
        (float if match[3] else int)(cell) if signed and match else cell
        for cell, match in zip(column, matches, strict=True)
    ]


def _csv(lines: Lines) -> str:
    stream, end = StringIO(), "\r\n\0"  # the characters of an end are quoted; \0 is in no cell
    csv.writer(stream, lineterminator=end).writerows(map(guarded, line) for line in lines)
    return stream.getvalue().replace(end, "\n")


def _markdown(lines: Lines) -> str:
    from tabulate import tabulate

    heads, *rows = (list(map(_words, line)) for line in lines)
    sides = [
        "left" if any(isinstance(cell, str | bool) for cell in cells) else "right"
        for cells in zip(*lines[1:], strict=True)
    ]
    # Numbers are not parsed: the text 12e1 would become 120.
    return f"{tabulate(rows, heads, 'pipe', disable_numparse=True, colalign=sides)}\n"


def _words(cell: Any) -> str:
    """Return a cell as text on one line; a number has at most six decimals."""
    if isinstance(cell, float):
        return str(int(cell) if cell.is_integer() else round(cell, 6))
    return "" if cell is None else re.sub(r"[\t\r\n]+", " ", str(cell)).replace("|", "\\|")


def _json(lines: Lines) -> str:
    rows = [
        dict(zip(lines[0], row, strict=True))
        for row in zip(*map(_values, zip(*lines[1:], strict=True)), strict=True)
    ]
    return f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n"


TEXTS = {"csv": _csv, "md": _markdown, "json": _json}


def _xlsx(lines: Lines, name: str) -> bytes:
    """Return a spreadsheet: text as text, numbers as written."""
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # The same day in every run, so that each writes the same bytes.
        book.set_properties({"created": pd.Timestamp("2024-07-10")})
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "_", name)[:31])
        page.freeze_panes(1, 0)
        page.write_row(0, 0, lines[0], book.add_format({"bold": True}))
        for place, column in enumerate(zip(*lines[1:], strict=True)):
            for line, (cell, value) in enumerate(zip(column, _values(column), strict=True), 1):
                style = _style(cell, value) if isinstance(cell, str) else {}
                page.write(line, place, value, book.add_format(style) if style else None)
    return content.getvalue()


def _style(text: str, value: Any) -> dict[str, Any]:
    """Return how a spreadsheet shows a text that is a number.

    >>> _style("+2.50", 2.5), _style("-11", -11), _style("=1", "=1")
    ({'num_format': '+0.00;-0.00'}, {'num_format': '0;-0'}, {'quote_prefix': True})
    """
    if isinstance(value, str):
        return {"quote_prefix": True} if FORMULA.match(text) else {}
    zeros = re.sub("^[0-9]+|[0-9]", "0", text.lstrip("+-"))
    return {"num_format": f"{'+' if text.startswith('+') else ''}{zeros};-{zeros}"}


def dictionary(schema: dict[str, Any]) -> str:
    """Return the data dictionary in Markdown: every table and every column.

    Parameters
    ----------
    schema : dict
        A data package descriptor, as `analysis.record.schema` returns it.
    """
    made = "This page is made from `datapackage.json` by `python -m analysis dictionary`."
    advice = "Change the schema, not this page. Licence: CC BY 4.0 (see `LICENSE`)."
    parts = [f"# {schema['title']}", schema["description"], f"{made} {advice}"]
    for table in schema["resources"]:
        parts += [
            f"## {table['title']}",
            f"`{table['path']}`. {table['description']}",
            columns(table).to_markdown(index=False),
        ]
    return "\n\n".join(parts) + "\n"


def columns(resource: dict[str, Any]) -> pd.DataFrame:
    """Return the data dictionary of one table.

    Returns
    -------
    DataFrame
        One row per column of the table: column, type, meaning (with unit, allowed values, codes
        and keys).
    """
    schema = resource["schema"]
    links = {
        key["fields"][0]: "{fields[0]} of {resource}".format_map(key["reference"])
        for key in schema.get("foreignKeys", [])
    }
    rows = [
        (field["name"], field["type"], _meaning(field, schema["primaryKey"], links))
        for field in schema["fields"]
    ]
    return pd.DataFrame(rows, columns=["column", "type", "meaning"])


def _meaning(field: dict[str, Any], key: list[str], links: dict[str, str]) -> str:
    """Return the description of a column with its unit, values, codes and keys."""
    name, rules = field["name"], field.get("constraints", {})
    facts = {
        "Unit:": field.get("unit"),
        "One of:": ", ".join(rules.get("enum", [])),
        "Values in codes, list": field.get("codes"),
        "Refers to": links.get(name),
    }
    words = [field["description"], *(f"{what} {fact}." for what, fact in facts.items() if fact)]
    if name in key:
        words.append("Part of the key." if len(key) > 1 else "Key.")
    elif not rules.get("required"):
        words.append("May be blank.")
    return " ".join(words)
