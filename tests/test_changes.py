"""Two versions of the data compared: what came, what went, which codes and numbers differ."""

import json
import shutil
import zipfile

import pandas as pd
import pytest

from analysis import changes, export, paths
from analysis.__main__ import main

BOMB = 20_000_000  # bytes, more than a file may have


@pytest.fixture(autouse=True)
def few_tables(request, monkeypatch):
    """Compute two tables only, unless a test asks for all."""
    every = export.tables_of
    if "every_table" not in request.fixturenames:
        few = ("coverage", "uptake_by_role")
        monkeypatch.setattr(
            export, "tables_of", lambda data: {name: every(data)[name] for name in few}
        )


@pytest.fixture
def every_table():
    """Have all tables computed."""


@pytest.fixture
def old(mini):
    """The invented data as version 1.0.0."""
    described = json.loads((mini / paths.SCHEMA).read_text(encoding="utf-8"))
    described["version"] = "1.0.0"
    (mini / paths.SCHEMA).write_text(json.dumps(described), encoding="utf-8")
    return mini


@pytest.fixture
def new(old, tmp_path):
    """A copy of it, to be changed."""
    return shutil.copytree(old, tmp_path / "new")


def rewrite(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after), encoding="utf-8")


def packed(folder, archive, top):
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.rglob("*"):
            file.write(path, f"{top}/{path.relative_to(folder)}")
    return archive


def found(compared, part):
    rows = compared["differences"]
    rows = rows[rows.part == part].drop(columns="part")
    return [tuple(filter(None, row)) for row in rows.itertuples(index=False, name=None)]


def test_the_same_data_have_no_differences(old, new, capsys):
    assert main(["changes", str(old), str(new)]) == 0
    assert "The third number of the version goes up" in capsys.readouterr().out


def test_a_code_that_differs_is_named_with_both_values_and_so_are_the_numbers(old, new, capsys):
    rewrite(new / "uptake.csv", "6b,10a,partial", "6b,10a,full")
    compared = changes.compare(old, new)
    assert found(compared, "data") == [("uptake", "changed", "6b, 10a", "level", "partial", "full")]
    numbers = found(compared, "numbers")
    assert ("uptake_by_role", "changed", "floor", "partial", "1", "0") in numbers
    assert ("uptake_by_role", "changed", "floor", "full", "0", "1") in numbers
    assert (compared["raised"], compared["fault"]) == ("second", "")
    assert main(["changes", str(old), str(new)]) == 1
    text = capsys.readouterr().out
    assert "data, uptake: 1 changed\n  changed 6b, 10a, level: partial -> full\n" in text


def test_a_withdrawn_and_an_added_item_are_named(old, new):
    rewrite(new / "statements.csv", "\n5c,5,", "\n5d,5,")
    rewrite(new / "statement_themes.csv", "\n5c,", "\n5d,")
    retired = new / "retired.csv"
    (row,) = retired.read_text(encoding="utf-8").splitlines()[1:]
    other = row.replace("8c,statement,8,0.2.0,8a 8b,", "5c,statement,5,1.1.0,5d,")
    rewrite(retired, row, f"{other}\n{row}")
    rows = found(changes.compare(old, new), "data")
    assert [row for row in rows if row[0] == "statements"] == [
        ("statements", "added", "5d"),
        ("statements", "withdrawn", "5c"),
    ]
    assert ("retired", "added", "5c") in rows


def test_a_column_that_is_withdrawn_raises_the_first_number_and_numbers_are_not_compared(old, new):
    described = json.loads((new / paths.SCHEMA).read_text(encoding="utf-8"))
    [table] = [each for each in described["resources"] if each["name"] == "sections"]
    table["schema"]["fields"].pop(1)
    (new / paths.SCHEMA).write_text(json.dumps(described), encoding="utf-8")
    pd.read_csv(new / "sections.csv").drop(columns="label").to_csv(
        new / "sections.csv", index=False
    )
    compared = changes.compare(old, new)
    assert found(compared, "columns") == [(paths.SCHEMA, "withdrawn", "sections, label")]
    assert compared["raised"] == "first" and str(new) in compared["fault"]
    assert found(compared, "numbers") == []
    assert changes.compare(new, old)["raised"] == "second"


def test_all_numbers_of_the_book_are_computed(old, every_table):
    compared = changes.compare(old, old)
    assert compared["fault"] == "" and compared["differences"].empty


def test_a_row_without_a_place_among_its_columns_is_found_though_rows_moved(old, new):
    lines = (new / "mentions.csv").read_text(encoding="utf-8").splitlines()
    (new / "mentions.csv").write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n", encoding="utf-8")
    assert found(changes.compare(old, new), "data") == []


@pytest.mark.parametrize("top", ["paragraph-53-1.0.0", "paragraph-53-1.0.0-site/data"])
def test_an_archive_and_the_folder_of_a_release_are_read_too(old, new, tmp_path, top):
    rewrite(new / "uptake.csv", "6b,10a,partial", "6b,10a,full")
    whole = changes.compare(old, new)["differences"]
    archive = packed(new, tmp_path / "release.zip", top)
    assert changes.compare(old, archive)["differences"].equals(whole)
    shutil.move(new, tmp_path / "v1.1.0" / "data")
    assert changes.compare(old, tmp_path / "v1.1.0")["differences"].equals(whole)


def test_as_json_and_for_a_changelog(old, new, capsys):
    rewrite(new / "uptake.csv", "6b,10a,partial", "6b,10a,full")
    assert main(["changes", str(old), str(new), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["raised"]) == ("1.0.0", "second")
    assert {"table": "uptake", "row": "6b, 10a", "new": "full"}.items() <= told["differences"][
        0
    ].items()
    assert main(["changes", str(old), str(new), "--format", "md"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [cell.strip() for cell in lines[4].split("|")[1:-1]] == ["data", "uptake", "1", "0", "0"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "No such file"),
        ("text.zip", "not a zip file"),
        ("empty.zip", "Must have a datapackage.json"),
        ("bomb.zip", "Must have a statements.csv of at most"),
        ("broken", "statements.csv"),
    ],
)
def test_what_is_no_data_is_refused_in_one_line(old, new, tmp_path, capsys, name, words):
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    packed(tmp_path / "empty", tmp_path / "empty.zip", "top")
    broken = shutil.copytree(new, tmp_path / "broken")
    (broken / "statements.csv").unlink()
    (new / "statements.csv").write_text("x" * BOMB, encoding="utf-8")
    packed(new, tmp_path / "bomb.zip", "top")
    assert main(["changes", str(old), str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert words in told and str(tmp_path / name) in told and len(told.splitlines()) == 1
