"""Loading the data: every cell has the type of the schema, and data with problems are refused."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis import paths, record
from analysis.record.problems import SHOWN, DataError, Problem

MINI = Path(__file__).parent / "data" / "mini"
DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64",
}


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


# --- what is loaded


def test_there_is_a_frame_for_every_table_of_the_schema(shipped):
    assert list(vars(shipped)) == [resource["name"] for resource in record.schema()["resources"]]


@pytest.mark.parametrize(
    "resource", record.schema()["resources"], ids=lambda resource: resource["name"]
)
def test_a_frame_has_the_columns_and_the_types_of_its_table(shipped, resource):
    frame, fields = getattr(shipped, resource["name"]), resource["schema"]["fields"]
    assert list(frame) == [field["name"] for field in fields]
    odd = [
        field["name"]
        for field in fields
        if not str(frame[field["name"]].dtype).startswith(DTYPES[field["type"]])
    ]
    assert odd == []


@pytest.mark.parametrize(
    "resource", record.schema()["resources"], ids=lambda resource: resource["name"]
)
def test_no_row_is_lost(shipped, resource):
    text = (paths.DATA / resource["path"]).read_text(encoding="utf-8")
    assert len(getattr(shipped, resource["name"])) == len(text.splitlines()) - 1


def test_a_blank_is_an_empty_text_and_a_missing_number(mini):
    data = record.load(mini)
    assert data.actors.place[0] == ""
    assert data.statements.action_category[0] is pd.NA
    assert data.participation.paragraph[0] is pd.NA


@pytest.mark.parametrize("words", ["NA", "None", "null", "nan", "true", "007", "1e3", "-"])
def test_words_stay_words(mini, words):
    """NA is the code of Namibia, and a symbol may be any of these."""
    edit(mini / "instruments.csv", "River Pact,,2019", f"River Pact,{words},2019")
    assert record.load(mini).instruments.symbol[0] == words


def test_types_of_single_cells(mini):
    data = record.load(mini)
    assert data.meetings.date[1] == pd.Timestamp(2031, 3, 5)
    assert data.meetings.coded.tolist() == [False, True]
    assert data.claims.low[5] == 66.7
    assert data.panels["first"].tolist() == [4, 7]


def test_the_default_is_the_shipped_folder(shipped):
    pd.testing.assert_frame_equal(shipped.paragraphs, record.load(paths.DATA).paragraphs)


def test_a_folder_may_be_given_as_text(mini):
    assert len(record.load(str(mini)).paragraphs) == 10


# --- what is refused


def test_data_with_a_problem_are_refused(mini):
    edit(mini / "panels.csv", ",4,6", ",four,6")
    with pytest.raises(
        DataError, match="panels.csv:2:first wrong type: found 'four', must be integer"
    ):
        record.load(mini)


def test_a_cell_of_the_wrong_type_is_blank_and_a_problem(mini):
    edit(mini / "panels.csv", ",4,6", ",four,6")
    data, problems = record.read(mini)
    assert len(problems) == 1
    assert data.panels["first"].isna().tolist() == [True, False]


def test_without_one_table_there_is_no_record(mini):
    (mini / "verbs.csv").unlink()
    data, problems = record.read(mini)
    assert data is None
    assert str(problems[0]) == "verbs.csv:1: file is missing"


def test_the_message_shows_ten_problems_and_how_many_more_there_are(mini):
    for table in ("statements.csv", "claims.csv"):
        text = (mini / table).read_text(encoding="utf-8")
        (mini / table).write_text(
            re.sub(r"^(q?\d+[a-z]),", r"\1,x", text, flags=re.MULTILINE), encoding="utf-8"
        )
    with pytest.raises(DataError) as caught:
        record.load(mini)
    lines = str(caught.value).splitlines()
    problems = len(caught.value.problems)
    assert problems > SHOWN == 10
    assert lines[0] == "The data have problems."
    assert len(lines) == 1 + SHOWN + 1
    assert lines[-1].startswith(f"... and {problems - SHOWN} more")


def test_ten_problems_are_all_shown():
    error = DataError(Problem("a.csv", line, "b", "wrong") for line in range(SHOWN))
    assert "more" not in str(error) and len(str(error).splitlines()) == 1 + SHOWN


def test_a_data_error_is_a_value_error():
    """So that whoever catches mistakes in the data catches this one."""
    assert issubclass(DataError, ValueError)


def test_without_a_descriptor_there_is_no_data_folder(tmp_path):
    with pytest.raises(
        FileNotFoundError, match="No data package at .*Give a folder that holds datapackage.json"
    ):
        record.load(tmp_path)


def test_a_descriptor_that_is_no_json(tmp_path):
    (tmp_path / paths.SCHEMA).write_text("{")
    with pytest.raises(ValueError, match="Must be JSON in UTF-8"):
        record.schema(tmp_path)


# --- how a problem reads


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (
            Problem("a.csv", 2, "b", "wrong type", "x", "integer"),
            "a.csv:2:b wrong type: found 'x', must be integer",
        ),
        (Problem("a.csv", 2, "b", "blank cell"), "a.csv:2:b blank cell"),
        (Problem("a.csv", 2, "b", "unknown", "x"), "a.csv:2:b unknown: found 'x'"),
        (Problem("a.csv", 1, "", "file is missing"), "a.csv:1: file is missing"),
        (Problem("a.csv", 1, "", "not text", "", "UTF-8"), "a.csv:1: not text: must be UTF-8"),
    ],
)
def test_a_problem_reads_file_line_column_reason(problem, words):
    assert str(problem) == words
