"""The record as one workbook: contents, a sheet for each table, the dictionary."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import pandas as pd

from analysis import cite
from analysis.archive.database import about, dictionary
from analysis.record import Record

NARROWEST, WIDEST = 8, 60  # characters of a column
NAMED_BY = ("label", "name", "title")  # what a table calls its rows, the first that it has
LABELS = (
    "Codes are as in the tables of the record. What a code or an id is called is in the column "
    "after it, which ends in (label); the tables of the record do not have it."
)
Sheet = Any  # XlsxWriter has no types


def workbook(data: Record, schema: dict[str, Any]) -> bytes:
    """Return the record as a workbook, the same bytes in every run.

    Raises
    ------
    ValueError
        If a cell has more characters than a spreadsheet keeps.
    """
    import xlsxwriter

    facts = dict(about(schema).itertuples(index=False, name=None))
    frames = {table["name"]: labelled(data, table, schema) for table in schema["resources"]}
    frames["dictionary"] = dictionary(schema)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        looks = {
            "head": book.add_format({"bold": True, "font_size": 14}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }
        book.set_properties(properties(facts))
        contents(book.add_worksheet("contents"), facts, frames, schema, looks)
        for name, frame in frames.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write(page, name, frame, looks)
    return content.getvalue()


def properties(facts: dict[str, str]) -> dict[str, Any]:
    """Return the properties of the document; its day is that of the data."""
    fields = cite.read()
    return {
        "title": facts["title"],
        "author": "; ".join(cite.authors(fields)),
        "subject": facts["edition"],
        "keywords": ", ".join(fields.get("keywords", [])),
        "comments": f"{facts['citation']} Licence: {facts['licence']}",
        "created": datetime.combine(fields["edition"].day, time()),
    }


def labelled(data: Record, table: dict[str, Any], schema: dict[str, Any]) -> pd.DataFrame:
    """Return a table of the record, each code and each id with its label after it.

    Returns
    -------
    DataFrame
        The columns of the table and, after some, one named ``<column> (label)``.
    """
    frame = getattr(data, table["name"]).copy()
    called = labels(data, table, schema)
    for column, words in called.items():
        place = frame.columns.get_loc(column) + 1
        values = [words.get(str(value), "") if pd.notna(value) else "" for value in frame[column]]
        frame.insert(place, f"{column} (label)", values)
    return frame


def labels(
    data: Record, table: dict[str, Any], schema: dict[str, Any]
) -> dict[str, dict[str, str]]:
    """Return the labels of the values of a table, by column."""
    found = {}
    for field in table["schema"]["fields"]:
        if "codes" in field:
            listed = data.codes[data.codes.list == field["codes"]]
            found[field["name"]] = dict(zip(listed.value, listed.label, strict=True))
    for key in table["schema"].get("foreignKeys", []):
        column, *more = key["fields"]
        target, named = key["reference"]["fields"][0], key["reference"]["resource"]
        parent = getattr(data, named)
        words = next((name for name in NAMED_BY if name in parent), None)
        if words and not more and column not in found and parent[target].is_unique:
            found[column] = dict(zip(parent[target].astype(str), parent[words], strict=True))
    return found


def contents(
    page: Sheet,
    facts: dict[str, str],
    frames: dict[str, pd.DataFrame],
    schema: dict[str, Any],
    looks: dict[str, Any],
) -> None:
    """Write the first sheet: what this is, how to cite it, links to the others."""
    page.write_string(0, 0, facts["title"], looks["head"])
    lines = [facts["description"], f"This is {facts['edition']}."]
    lines += [f"Cite: {facts['citation']}", f"Licence: {facts['licence']}", LABELS]
    for line, text in enumerate(lines, 1):
        page.write_string(line, 0, text)
    what = {table["name"]: table["description"] for table in schema["resources"]}
    what["dictionary"] = "One row per column of a table: its type and its meaning."
    rows = [(name, len(frame), what[name]) for name, frame in frames.items()]
    start = len(lines) + 2
    write(page, "sheets", pd.DataFrame(rows, columns=["sheet", "rows", "what"]), looks, start)
    for line, name in enumerate(frames, start + 1):
        page.write_url(line, 0, f"internal:'{name}'!A1", string=name)


def write(
    page: Sheet, name: str, frame: pd.DataFrame, looks: dict[str, Any], start: int = 0
) -> None:
    """Write a frame as a table of a sheet: text as text, numbers as numbers."""
    columns = [{"header": column} for column in frame]
    last = start + max(len(frame), 1)  # a table has at least one row
    style = {"name": name, "columns": columns, "style": "Table Style Light 1"}
    page.add_table(start, 0, last, len(columns) - 1, style)
    for place, column in enumerate(frame):
        lengths = [len(column) + 3, *(len(str(cell)) for cell in frame[column])]
        page.set_column(place, place, min(max(*lengths, NARROWEST), WIDEST))
        for line, cell in enumerate(frame[column].astype(object), start + 1):
            cell_at(page, line, place, cell, looks)


def cell_at(page: Sheet, line: int, place: int, cell: Any, looks: dict[str, Any]) -> None:
    """Write a cell as what it is; a blank one is left out."""
    if pd.isna(cell) or cell == "":
        return
    if isinstance(cell, pd.Timestamp):
        page.write_datetime(line, place, cell.to_pydatetime(), looks["day"])
    elif isinstance(cell, str):
        if page.write_string(line, place, cell, looks["text"]):
            raise ValueError(
                f"Invalid cell in sheet {page.name!r}, line {line + 1}. Must be shorter."
            )
    elif pd.api.types.is_bool(cell):
        page.write_boolean(line, place, bool(cell), looks["text"])
    else:
        page.write_number(line, place, cell, looks["text"])
