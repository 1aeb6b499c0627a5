"""A sentence that is no longer so stops its page, and is named: edits.toml has the edits.

Each edit is made on a copy of the data, and only the notebooks that it concerns are run.
"""

import shutil
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import paths, record

EDITS = tomllib.loads(Path(__file__).with_name("edits.toml").read_text(encoding="utf-8"))
PAGES = sorted({page for edit in EDITS.values() for page in edit["stop"]})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the data, which notebooks then read; what they draw is kept beside it."""
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", folder)
    monkeypatch.setattr(paths, "BUILD", tmp_path / "built")
    return folder


def loaded(folder, monkeypatch):
    """Judge and load a record once for all the pages that read it."""
    data = record.load(folder)
    monkeypatch.setattr(record, "load", lambda: data)


def run(page):
    """Run the cells of a notebook; return what the assertion that stops it says, if one does."""
    names = {}
    for cell in nbformat.read(paths.ROOT / "book" / f"{page}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            try:
                exec(compile(cell.source, cell.id, "exec"), names)
            except AssertionError as error:
                return str(error)
    return ""


def change(folder, edit):
    """Carry out an edit, and take out what refers to what is gone."""
    schema = record.schema(folder)["resources"]
    tables = {each["name"]: read(folder / each["path"]) for each in schema}
    before = {name: len(table) for name, table in tables.items()}
    table = tables[edit["table"]]
    if "gone" in edit:
        tables[edit["table"]] = table[table.iloc[:, 0] != edit["gone"]]
    else:
        rows = table.iloc[:, 0].isin(edit["rows"])
        assert (
            rows.sum() >= len(edit["rows"])
            and (table.loc[rows, edit["column"]] != edit["value"]).all()
        )
        table.loc[rows, edit["column"]] = edit["value"]
    for _ in before:  # until nothing refers to what is gone
        for each in schema:
            tables[each["name"]] = with_references(tables, each)
    for each in schema:
        if each["name"] == edit["table"] or len(tables[each["name"]]) < before[each["name"]]:
            tables[each["name"]].to_csv(folder / each["path"], index=False, lineterminator="\n")


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def with_references(tables, described):
    """Return the rows of a table whose references lead somewhere, or nowhere by intent."""
    table = tables[described["name"]]
    for key in described["schema"].get("foreignKeys", []):
        (column,), to = key["fields"], key["reference"]
        known = tables[to["resource"] or described["name"]][to["fields"][0]]
        table = table[table[column].isin([*known, ""])]
    return table


def test_no_page_is_stopped_while_nothing_is_changed(folder, monkeypatch):
    loaded(folder, monkeypatch)
    assert {page: run(page) for page in PAGES} == dict.fromkeys(PAGES, "")


@pytest.mark.parametrize("name", EDITS)
def test_a_sentence_that_is_no_longer_so_stops_its_page(folder, monkeypatch, name):
    change(folder, EDITS[name])
    loaded(folder, monkeypatch)
    said = EDITS[name]["stop"]
    stopped = {page: run(page) for page in said}
    assert [page for page in said if said[page] not in stopped[page]] == [], stopped
