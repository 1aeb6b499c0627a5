"""What is given away: tables in four formats, safe to open, and the data dictionary."""

import json

import openpyxl
import pandas as pd
import pytest

from analysis import export, paths, record, tables

SMALL = pd.DataFrame(
    {
        "word": ["plain", "é “quoted”", ""],
        "count": pd.array([1, 2, None], dtype="Int64"),
        "share": pd.array([0.5, None, 66.7], dtype="Float64"),
        "day": pd.to_datetime(["2024-07-10", None, "2023-10-04"]),
        "known": pd.array([True, False, None], dtype="boolean"),
    }
)
RUN = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x","y")']
SAFE = ["plain", "1 = 1", "a-b", "'quoted'", "", "–1", "*"]


@pytest.fixture(scope="module")
def data():
    return record.load()


# --- formats -------------------------------------------------------------------------------------------------------


def test_csv(tmp_path):
    path = export.write(SMALL, tmp_path / "small.csv")
    assert path.read_bytes().decode("utf-8") == (
        "word,count,share,day,known\nplain,1,0.5,2024-07-10,True\né “quoted”,2,,,False\n,,66.7,2023-10-04,\n"
    )


def test_json(tmp_path):
    rows = json.loads(export.write(SMALL, tmp_path / "small.json").read_text(encoding="utf-8"))
    assert rows == [
        {"word": "plain", "count": 1, "share": 0.5, "day": "2024-07-10", "known": True},
        {"word": "é “quoted”", "count": 2, "share": None, "day": None, "known": False},
        {"word": "", "count": None, "share": 66.7, "day": "2023-10-04", "known": None},
    ]


def test_json_keeps_whole_numbers_whole(tmp_path):
    text = export.write(SMALL[["count"]], tmp_path / "count.json").read_text(encoding="utf-8")
    assert "".join(text.split()) == '[{"count":1},{"count":2},{"count":null}]'


def test_markdown(tmp_path):
    lines = export.write(SMALL, tmp_path / "small.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == list(SMALL)
    assert cells[2:] == [
        ["plain", "1", "0.5", "2024-07-10", "True"],
        ["é “quoted”", "2", "", "", "False"],
        ["", "", "66.7", "2023-10-04", ""],
    ]


def test_xlsx(tmp_path):
    sheet = openpyxl.load_workbook(export.write(SMALL, tmp_path / "small.xlsx")).active
    assert (sheet.title, sheet.freeze_panes) == ("small", "A2")
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        list(SMALL),
        ["plain", 1, 0.5, "2024-07-10", True],
        ["é “quoted”", 2, None, None, False],
        [None, None, 66.7, "2023-10-04", None],
    ]


def test_an_unknown_format_is_refused_with_those_known(tmp_path):
    with pytest.raises(ValueError, match="Invalid format 'ods'. Must be one of: csv, xlsx, md, json."):
        export.write(SMALL, tmp_path / "small.ods")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made(tmp_path):
    assert export.write(SMALL, tmp_path / "new" / "folder" / "small.csv").is_file()


def test_the_table_written_is_left_as_it_was(tmp_path):
    before = SMALL.copy()
    export.write(SMALL, tmp_path / "small.csv")
    pd.testing.assert_frame_equal(SMALL, before)


@pytest.mark.parametrize("kind", ["csv", "md", "json"])
def test_the_same_table_is_written_as_the_same_bytes(tmp_path, data, kind):
    table = tables.statements(data)
    one, two = (export.write(table, tmp_path / run / f"table.{kind}") for run in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert b"\r" not in one.read_bytes()


# --- nothing that a spreadsheet would run --------------------------------------------------------------------------


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(tmp_path, cell):
    table = pd.DataFrame({"cell": [cell]})
    text = export.write(table, tmp_path / "table.csv").read_bytes().decode("utf-8")
    assert text.removeprefix("cell\n").lstrip('"').startswith("'" + cell[:2])
    written = openpyxl.load_workbook(export.write(table, tmp_path / "table.xlsx")).active["A2"]
    assert written.data_type == "s" and written.value.startswith("'")


@pytest.mark.parametrize("cell", SAFE)
def test_what_it_would_not_run_is_left_alone(cell):
    assert export.safe(pd.DataFrame({"cell": [cell]})).cell.tolist() == [cell]


def test_numbers_stay_numbers(tmp_path):
    sheet = openpyxl.load_workbook(export.write(pd.DataFrame({"n": [-3, 4]}), tmp_path / "n.xlsx")).active
    assert [cell.value for cell in sheet["A"]] == ["n", -3, 4]


@pytest.mark.parametrize("kind", ["md", "json"])
def test_what_is_not_a_spreadsheet_keeps_its_words(tmp_path, kind):
    assert "'=1+1" not in export.write(pd.DataFrame({"a": ["=1+1"]}), tmp_path / f"t.{kind}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", export.tables_of(record.load()))
def test_no_table_of_the_book_holds_a_formula(tmp_path, data, name):
    table = export.tables_of(data)[name]()
    sheet = openpyxl.load_workbook(export.write(table, tmp_path / f"{name}.xlsx")).active
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert sheet.max_row > 1


def test_a_bar_in_a_cell_does_not_divide_it(tmp_path):
    lines = export.write(pd.DataFrame({"a": ["x|y"], "b": ["z"]}), tmp_path / "t.md").read_text(encoding="utf-8").splitlines()
    assert lines[2].replace("\\|", "").count("|") == 3


# --- the data dictionary -------------------------------------------------------------------------------------------


def test_the_dictionary_is_the_committed_one():
    assert (paths.DATA / "README.md").read_text(encoding="utf-8") == export.dictionary(record.schema())


def test_the_dictionary_has_every_table_and_every_column():
    text = export.dictionary(record.schema())
    for resource in record.schema()["resources"]:
        _, _, part = text.partition(f"\n`{resource['path']}`. ")
        assert part.startswith(resource["description"])
        lines = part.partition("\n## ")[0].splitlines()
        named = [line.split("|")[1].strip() for line in lines if line.startswith("|")]
        assert named[2:] == [field["name"] for field in resource["schema"]["fields"]]


def test_a_column_is_described_with_its_values_unit_and_keys():
    meanings = {
        (resource["name"], row.column): row.meaning
        for resource in record.schema()["resources"]
        for row in export.columns(resource).itertuples()
    }
    assert meanings["meetings", "id"].endswith(" Key.")
    assert meanings["statement_themes", "theme"].endswith("Refers to id of themes. Part of the key.")
    assert "Unit: code points." in meanings["statements", "start"]
    assert "One of: close, broader, related." in meanings["crosswalk", "relation"]
    assert meanings["actors", "note"].endswith("May be blank.")


def test_the_list_of_files_links_to_every_table(data):
    table = export.files(data, record.schema())
    assert list(map(str, table.file)) == [resource["path"] for resource in record.schema()["resources"]]
    assert table.rows[list(map(str, table.file)).index("paragraphs.csv")] == 47
    assert all((paths.DATA / str(file)).is_file() for file in table.file)
