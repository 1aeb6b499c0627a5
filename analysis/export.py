"""Write what the project gives away: tables in four formats, and the data dictionary from the schema."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from analysis import tables
from analysis.record import Record

FORMATS = ("csv", "xlsx", "md", "json")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would run


def tables_of(data: Record) -> dict[str, Callable[[], pd.DataFrame]]:
    """Return every table of the book by name, each as a function that makes it when called.

    Tables that are made for one panel at a time have the panel's id at the end of their name.
    """
    parts = {
        f"{name}_{panel}": partial(table, data, panel=panel)
        for name, table in tables.BY_PANEL.items()
        for panel in data.panels.id
    }
    return {name: partial(table, data) for name, table in tables.ALL.items()} | parts


def write(table: pd.DataFrame, path: str | Path) -> Path:
    """Write one table; the ending of the path says how.

    Parameters
    ----------
    table : DataFrame
        Any table of `analysis.tables`.
    path : str or Path
        Ends in ``.csv``, ``.xlsx``, ``.md`` or ``.json``. Its folder is made where it is missing.

    Returns
    -------
    Path
        The path written. CSV and spreadsheets are safe to open: text that a spreadsheet would run has an
        apostrophe before it.

    Raises
    ------
    ValueError
        For another ending.
    """
    path = Path(path)
    kind = path.suffix.lstrip(".")
    if kind not in FORMATS:
        raise ValueError(f"Invalid format {kind!r}. Must be one of: {', '.join(FORMATS)}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    table = _cells(table, _plain)
    if kind == "csv":
        safe(table).to_csv(path, index=False, lineterminator="\n")
    elif kind == "xlsx":
        safe(table).to_excel(path, index=False, sheet_name=path.stem[:31], freeze_panes=(1, 0))
    elif kind == "md":
        cells = _cells(table, lambda cell: "" if cell is None else str(cell).replace("|", "\\|"))
        path.write_text(cells.to_markdown(index=False, missingval="") + "\n", encoding="utf-8")
    else:
        rows = json.dumps(table.to_dict("records"), ensure_ascii=False, indent=1)
        path.write_text(rows + "\n", encoding="utf-8")
    return path


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before every text that a spreadsheet would take for a formula.

    >>> safe(pd.DataFrame({"a": ["=1+1", "plain", -3]})).a.tolist()
    ["'=1+1", 'plain', -3]
    """
    return _cells(
        table,
        lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell,
    )


def _cells(table: pd.DataFrame, change: Callable) -> pd.DataFrame:
    """Return the table with every cell changed; a whole number beside a blank stays whole."""
    return pd.DataFrame(
        {name: pd.Series(list(map(change, table[name])), dtype=object) for name in table}
    )


def _plain(cell):
    """Return a cell as something every format can hold: None for a blank, ISO text for a date, plain numbers."""
    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return cell.item() if hasattr(cell, "item") else cell


def dictionary(schema: dict) -> str:
    """Return the data dictionary in Markdown: every table and every column of the schema.

    Parameters
    ----------
    schema : dict
        A data package descriptor, as `analysis.load.schema` gives it.
    """
    parts = [f"# {schema['title']}", schema["description"]]
    parts.append(
        "This page is made from `datapackage.json` by `python -m analysis dictionary`. Change the schema, not this page."
        " Licence: CC BY 4.0 (see `LICENSE`)."
    )
    for resource in schema["resources"]:
        parts += [f"## {resource['title']}", f"`{resource['path']}`. {resource['description']}"]
        parts.append(columns(resource).to_markdown(index=False))
    return "\n\n".join(parts) + "\n"


def columns(resource: dict) -> pd.DataFrame:
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


def _meaning(field: dict, schema: dict, links: dict) -> str:
    """Return the description of a column with its unit, its allowed values and its keys."""
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
