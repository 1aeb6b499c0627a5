"""The record as one SQLite database, with the keys of the schema."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import pandas as pd

from analysis import cite, export
from analysis.record import Record

COLUMN_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}
# Where a database says which version of SQLite wrote it; no reader needs it.
WRITER = slice(96, 100)


def database(data: Record, schema: dict[str, Any]) -> bytes:
    """Return the record as a database: its tables, ``dictionary`` and ``about``.

    A blank cell is NULL, a day is text as in 2024-07-10, true and false are 1 and 0.

    Raises
    ------
    ValueError
        If a row refers to none.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in schema["resources"]:
            connection.execute(definition(table))
            frame = getattr(data, table["name"])
            fill(connection, table["name"], map(plain, frame.astype(object).to_numpy()))
        for name, frame in {"dictionary": dictionary(schema), "about": about(schema)}.items():
            columns = ", ".join(f'"{column}" TEXT NOT NULL' for column in frame)
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            fill(connection, name, frame.itertuples(index=False, name=None))
        connection.commit()
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            raise ValueError(f"Row {row} of {table} refers to no row of {parent}.")
        content = bytearray(connection.serialize())
    content[WRITER] = bytes(4)
    return bytes(content)


def definition(table: dict[str, Any]) -> str:
    """Return the statement that creates a table, with its keys."""
    schema = table["schema"]
    parts = [column(field) for field in schema["fields"]]
    parts.append(f"PRIMARY KEY ({names(schema['primaryKey'])})")
    for key in schema.get("foreignKeys", []):
        parent = key["reference"]
        target = f'"{parent["resource"] or table["name"]}" ({names(parent["fields"])})'
        parts.append(f"FOREIGN KEY ({names(key['fields'])}) REFERENCES {target}")
    return f'CREATE TABLE "{table["name"]}" (\n  ' + ",\n  ".join(parts) + "\n)"


def column(field: dict[str, Any]) -> str:
    """Return the definition of a column.

    >>> column({"name": "id", "type": "string", "constraints": {"required": True}})
    '"id" TEXT NOT NULL'
    """
    required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
    return f'"{field["name"]}" {COLUMN_TYPES[field["type"]]}{required}'


def names(columns: Iterable[str]) -> str:
    """Return names of columns in a row, quoted."""
    return ", ".join(f'"{each}"' for each in columns)


def plain(row: Iterable[Any]) -> list[Any]:
    """Return the cells of a row as SQLite keeps them."""
    return [
        None
        if pd.isna(cell) or cell == ""
        else str(cell.date())
        if isinstance(cell, pd.Timestamp)
        else cell
        for cell in row
    ]


def fill(connection: sqlite3.Connection, name: str, rows: Iterable[Any]) -> None:
    """Write rows into a table."""
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(f'INSERT INTO "{name}" VALUES ({marks})', list(row))  # noqa: S608


def dictionary(schema: dict[str, Any]) -> pd.DataFrame:
    """Return the data dictionary of all tables.

    Returns
    -------
    DataFrame
        One row per column of a table: table, column, type, meaning.
    """
    parts = [
        export.columns(table).assign(table=table["name"])[["table", "column", "type", "meaning"]]
        for table in schema["resources"]
    ]
    return pd.concat(parts, ignore_index=True)


def about(schema: dict[str, Any]) -> pd.DataFrame:
    """Return what names the record and says how it may be used.

    Returns
    -------
    DataFrame
        One row per fact: name, value.
    """
    fields = cite.read()
    facts = {
        "title": schema["title"],
        "description": schema["description"],
        "edition": str(fields["edition"]),
        "citation": cite.text(fields),
        "licence": "; ".join(f"{each['title']}, {each['path']}" for each in schema["licenses"]),
    }
    return pd.DataFrame(facts.items(), columns=["name", "value"])
