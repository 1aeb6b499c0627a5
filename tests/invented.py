"""The invented dialogue on clean rivers as a data folder, with the schema of data/."""

import csv
import json
import shutil
from pathlib import Path

from analysis import paths, record

MINI = Path(__file__).parent / "data" / "mini"


def dialogue(parent):
    """Make the data folder in another, and return its path.

    A table that it lacks is made without a row, and an optional column with blank cells: so nobody
    who adds one to data/ has to add it to the invented data as well.
    """
    folder = shutil.copytree(MINI, parent / "mini")
    descriptor = record.schema(paths.DATA)
    for resource in descriptor["resources"]:
        resource.pop("sealed", None)  # the seal is that of the tables in data/
        table, fields = folder / resource["path"], resource["schema"]["fields"]
        if table.is_file():
            _add_optional_columns(table, fields)
        else:
            table.parent.mkdir(exist_ok=True)
            table.write_text(",".join(field["name"] for field in fields) + "\n", encoding="utf-8")
    (folder / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")
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
