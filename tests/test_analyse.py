"""The examples of book/analyse.md give what the book gives, from the data folder of the site."""

import csv
import re
import shutil
import sqlite3
import subprocess
import sys
from io import StringIO

import duckdb
import pytest

from analysis import archive, paths, tables

PAGE = (paths.ROOT / "book" / "analyse.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(python|sql|r)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def example(language, words):
    """Return the one example in a language that has some words in it."""
    (text,) = (text for kind, text in EXAMPLES if kind == language and words in text)
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with `data/` in it, as the site has it, and nothing else."""
    folder = tmp_path_factory.mktemp("a reader")
    for name, content in archive.site().items():
        place = folder / "data" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def counted(shipped):
    """Speaker -> (proposals, those with a counterpart), by the table of the book."""
    rows = tables.uptake_by_speaker(shipped)
    counts = zip(rows.total, rows.total - rows.none, strict=True)
    return dict(zip(rows.speaker, counts, strict=True))


def as_counted(rows):
    return {speaker: (int(proposals), int(taken)) for speaker, proposals, taken in rows}


def printed(folder, text):
    """Run an example as a script beside the data, and return its rows without the heads."""
    command = [sys.executable, "-c", text]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, timeout=300
    )
    return list(csv.reader(StringIO(done.stdout.strip())))[1:]


def test_pandas(folder, counted):
    assert as_counted(printed(folder, example("python", "pd.read_csv"))) == counted


def test_duckdb(folder, counted, monkeypatch):
    monkeypatch.chdir(folder)
    assert as_counted(duckdb.sql(example("sql", "-- duckdb")).fetchall()) == counted


def test_sqlite(folder, counted):
    text = example("sql", "-- sqlite3 ")
    place = re.search("-- sqlite3 (.+)", text)[1]
    with sqlite3.connect(folder / place) as database:
        assert as_counted(database.execute(text).fetchall()) == counted


def test_the_package(counted):
    rows = printed(paths.ROOT, example("python", "from analysis"))
    assert {row[0]: (int(row[4]), int(row[4]) - int(row[3])) for row in rows} == counted


@pytest.mark.parametrize("language, text", EXAMPLES, ids=lambda part: part.split("\n")[0][:20])
def test_an_example_is_ten_lines_long(language, text):
    code = [line for line in text.splitlines() if line.strip() and not line.startswith("--")]
    assert len(code) <= 10


def test_the_package_is_built_in_no_other_way_than_beside_its_data(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    tree = shutil.copytree(
        paths.ROOT, tmp_path / "tree", ignore=shutil.ignore_patterns(".*", "_build")
    )
    done = subprocess.run(
        [*command, "--wheel-dir", tmp_path, tree], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and not list(tmp_path.glob("*.whl"))
    assert "Paragraph 53 works from its checkout alone. In it, run: make book" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.needs_book
def test_the_page_of_functions_has_every_table(html):
    page = (html / "book" / "api.html").read_text(encoding="utf-8")
    names = [f"analysis.tables.{name}" for name in tables.ALL] + ["analysis.record.load"]
    assert [name for name in names if f'id="{name}"' not in page] == []
