"""What a process has used is noted: tables of the record one by one, and other files."""

import ast
import json
import subprocess
import sys

import pytest

from analysis import paths, record, tables, uses
from analysis.record import readings


@pytest.fixture
def noted(monkeypatch):
    """Begin with nothing used; what this process used before is put back."""
    monkeypatch.setattr(uses, "tables", set())
    monkeypatch.setattr(uses, "files", set())
    monkeypatch.setattr(uses, "parts", [])
    return uses


def test_loading_the_record_uses_none_of_its_tables(noted, small_folder):
    record.load(small_folder)
    assert noted.tables == set() == noted.files


def test_a_table_is_used_when_it_is_taken(noted, small):
    assert len(small.themes) and noted.tables == {"themes"}


def test_a_record_with_another_table_has_used_none(noted, small):
    other = small.but(themes=small.themes.head(1))
    assert noted.tables == {"themes"} and other.statements is not None
    assert noted.tables == {"themes", "statements"}


def test_a_computed_table_uses_what_it_is_computed_from(noted, small):
    tables.participation(small)
    assert noted.tables == {"participation", "meetings"}


def test_a_record_as_a_reader_gave_it_uses_the_readings(noted, small):
    readings.as_read(small, "reader-1", "1")
    assert "readings" in noted.tables and "claims" not in noted.tables


OPENING = """
import csv, json, pathlib
from analysis import uses
uses.watch()
{code}
print(uses.told())
"""


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("open('data/themes.csv').close()", ["data/themes.csv"]),
        ("import pandas; pandas.read_csv('data/themes.csv')", ["data/themes.csv"]),
        ("sorted(pathlib.Path('data').iterdir())", ["data"]),
        ("pathlib.Path('data/none.csv').is_file() or open('README.md').close()", ["README.md"]),
        ("import analysis.page.show", []),
        ("open('/dev/null').close()", []),
        ("from analysis import record; record.load()", []),
        ("from analysis import cite; cite.read()['title']", ["CITATION.cff"]),
    ],
)
def test_a_file_of_the_project_is_noted_and_no_other(code, files):
    command = [sys.executable, "-c", OPENING.format(code=code)]
    told = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    [found] = [part["files"] for part in json.loads(told.stdout)]
    assert (found if files != ["CITATION.cff"] else found[:1]) == files


def test_a_file_that_is_not_there_is_noted_too():
    """It may be there the next time."""
    code = "try: open('data/later.csv')\nexcept OSError: pass"
    command = [sys.executable, "-c", OPENING.format(code=code)]
    told = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)[-1]["files"] == ["data/later.csv"]


def test_what_each_line_of_a_cell_used_is_kept_apart(noted, small):
    cell = ast.parse("small.themes\nsmall.codes, small.themes\n1")
    lines = noted.EndBefore().visit(cell)
    exec(compile(ast.fix_missing_locations(lines), "cell", "exec"), {"small": small})
    parts = json.loads(noted.told())
    assert [part["tables"] for part in parts] == [[], ["themes"], ["codes", "themes"], []]
