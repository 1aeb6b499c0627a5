"""The rows of any table in another order: that is named, or changes no number of the book."""

import pytest

from analysis import check, record, tables

RESOURCES = {resource["name"]: resource for resource in record.schema()["resources"]}


def reverse(folder, name):
    path = folder / RESOURCES[name]["path"]
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *reversed(rows)]), encoding="utf-8")


def counted(data):
    """Return the rows of every table, whatever the order of rows, columns and lists in a cell."""
    made = {name: table(data).to_dict("records") for name, table in tables.ALL.items()}
    return {name: sorted(map(unordered, rows)) for name, rows in made.items()}


def unordered(row):
    return str(sorted((column, sorted(str(cell).split("; "))) for column, cell in row.items()))


@pytest.mark.parametrize("name", RESOURCES)
def test_another_order_of_rows_is_named_or_changes_no_number(mini, small, name):
    reverse(mini, name)
    if check.check(mini) == []:
        assert counted(record.load(mini)) == counted(small)
