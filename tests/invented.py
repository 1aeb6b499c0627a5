"""The invented dialogue on clean rivers as a data folder, with the schema of data/."""

import csv
import shutil
from pathlib import Path

from analysis import paths, record

MINI = Path(__file__).parent / "data" / "mini"


def dialogue(parent):
    """Make the data folder in another, and return its path.

    A table that lacks an optional column of the schema is given it, with blank cells: so nobody who
    adds such a column to data/ has to add it to the invented data as well.
    """
    folder = shutil.copytree(MINI, parent / "mini")
    shutil.copy(paths.DATA / paths.SCHEMA, folder)
    for resource in record.schema(folder)["resources"]:
        if (folder / resource["path"]).is_file():
            _add_optional_columns(folder / resource["path"], resource["schema"]["fields"])
    return folder


def _add_optional_columns(table, fields):
    with open(table, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns = [
        field["name"]
        for field in fields
        if field["name"] in header or not field.get("constraints", {}).get("required")
    ]
    if columns == header or not set(header) <= set(columns):
        return
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(cells)
