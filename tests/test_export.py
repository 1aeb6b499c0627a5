"""What is given away: tables in four formats, safe to open, and the data dictionary."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis import characters, export, paths, record, tables
from analysis.page import downloads

SMALL = pd.DataFrame(
    {
        "word": ["plain", "é “quoted”", ""],
        "count": pd.array([1, 2, None], dtype="Int64"),
        "share": pd.array([0.5, None, 66.7], dtype="Float64"),
        "day": pd.to_datetime(["2024-07-10", None, "2023-10-04"]),
        "known": pd.array([True, False, None], dtype="boolean"),
    }
)
RUN = [
    "=1+1",
    "+1+2",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("x","y")',
    "+25%",
    "-A1",
    "-",
    "+",
    "+(1)",
]
RUN += [
    "＝1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    " =1",
    "\u00a0=1",
    "\u3000+A1",
    "  -1",
    "\ttext",
    "+25 per cent|x",
    "+1e5",
    "-01",
]
SAFE = [
    "plain",
    "1 = 1",
    "a-b",
    "'quoted'",
    "",
    "–1",
    "*",
    "+25",
    "-11",
    "+0.5",
    "-11 per cent",
    "+47 States and bodies",
]
# A spreadsheet would take these for a number, a day, a fraction, a truth value or an error.
TAKEN = [
    "0204",
    "12e1",
    "1-2",
    "3/4",
    "TRUE",
    "1.5",
    "2024",
    "10%",
    "#N/A",
    "1,000",
    "July 10",
    "_x0041_",
]


@pytest.fixture(scope="module")
def data():
    return record.load()


def content(table, path):
    """Write a table and return the text of the file."""
    return export.write(table, path).read_bytes().decode("utf-8")


# --- formats --------------------------------------------------------------------------------------


def test_csv(tmp_path):
    path = export.write(SMALL, tmp_path / "small.csv")
    assert path.read_bytes().decode("utf-8") == (
        "word,count,share,day,known\n"
        "plain,1,0.5,2024-07-10,True\n"
        "é “quoted”,2,,,False\n"
        ",,66.7,2023-10-04,\n"
    )


def test_json(tmp_path):
    rows = json.loads(content(SMALL, tmp_path / "small.json"))
    assert rows == [
        {"word": "plain", "count": 1, "share": 0.5, "day": "2024-07-10", "known": True},
        {"word": "é “quoted”", "count": 2, "share": None, "day": None, "known": False},
        {"word": "", "count": None, "share": 66.7, "day": "2023-10-04", "known": None},
    ]


def test_json_keeps_whole_numbers_whole(tmp_path):
    text = content(SMALL[["count"]], tmp_path / "count.json")
    assert "".join(text.split()) == '[{"count":1},{"count":2},{"count":null}]'


def test_markdown(tmp_path):
    lines = content(SMALL, tmp_path / "small.md").splitlines()
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
    with pytest.raises(
        ValueError, match="Invalid format 'ods'. Must be one of: csv, xlsx, md, json."
    ):
        export.write(SMALL, tmp_path / "small.ods")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made(tmp_path):
    assert export.write(SMALL, tmp_path / "new" / "folder" / "small.csv").is_file()


def test_the_table_written_is_left_as_it_was(tmp_path):
    before = SMALL.copy()
    export.write(SMALL, tmp_path / "small.csv")
    pd.testing.assert_frame_equal(SMALL, before)


@pytest.mark.parametrize("kind", export.FORMATS)
def test_the_same_table_is_written_as_the_same_bytes(tmp_path, monkeypatch, data, kind):
    """Not even the day on which it is written is in a spreadsheet."""
    table = tables.statements(data)
    one = export.write(table, tmp_path / "one" / f"table.{kind}").read_bytes()
    monkeypatch.setattr("time.time", lambda: 4e9)
    two = export.write(table, tmp_path / "two" / f"table.{kind}").read_bytes()
    assert one == two
    assert kind == "xlsx" or b"\r" not in one


def test_a_table_without_rows_has_its_columns(tmp_path):
    empty = SMALL.head(0)
    assert content(empty, tmp_path / "t.csv") == "word,count,share,day,known\n"
    assert json.loads(content(empty, tmp_path / "t.json")) == []
    assert content(empty, tmp_path / "t.md").startswith("| word")
    sheet = openpyxl.load_workbook(export.write(empty, tmp_path / "t.xlsx")).active
    assert [cell.value for cell in sheet[1]] == list(SMALL)


def test_what_is_not_finite_is_blank(tmp_path):
    table = pd.DataFrame({"n": [float("inf"), float("-inf"), float("nan"), 1.5]})
    assert json.loads(content(table, tmp_path / "t.json")) == [{"n": None}] * 3 + [{"n": 1.5}]
    assert (
        openpyxl.load_workbook(export.write(table, tmp_path / "t.xlsx")).active["A5"].value == 1.5
    )


# --- nothing that a spreadsheet would run ---------------------------------------------------------


def seen(text):
    """Return a text with the carriage returns that openpyxl leaves as they are stored."""
    return text.replace("_x000D_", "\r")


def cells(path):
    """Return the cells of the first column of a spreadsheet, the name of the column first."""
    return list(openpyxl.load_workbook(path).active["A"])


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it_in_csv(tmp_path, cell):
    path = export.write(pd.DataFrame({"cell": [cell]}), tmp_path / "table.csv")
    assert list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))) == [
        ["cell"],
        [f"'{cell}"],
    ]


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_is_text_in_it_without_a_mark(tmp_path, cell):
    written = cells(export.write(pd.DataFrame({"cell": [cell]}), tmp_path / "table.xlsx"))[1]
    assert (written.data_type, written.quotePrefix) == ("s", True)
    assert seen(written.value) == seen(cell)


@pytest.mark.parametrize("cell", SAFE)
def test_what_it_would_not_run_is_left_alone(cell):
    assert export.guarded(cell) == cell


def test_the_name_of_a_column_is_not_run_either(tmp_path):
    """Names of speakers and panels are names of columns."""
    table = pd.DataFrame({"=1+1": ["a"]})
    assert content(table, tmp_path / "t.csv") == "'=1+1\na\n"
    head = cells(export.write(table, tmp_path / "t.xlsx"))[0]
    assert (head.value, head.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("cell", TAKEN)
@pytest.mark.parametrize("kind", export.FORMATS)
def test_text_stays_text(tmp_path, kind, cell):
    path = export.write(pd.DataFrame({"cell": [cell]}), tmp_path / f"table.{kind}")
    if kind == "xlsx":
        written = cells(path)[1]
        assert (written.data_type, written.value) == ("s", cell)
    elif kind == "json":
        assert json.loads(path.read_text()) == [{"cell": cell}]
    else:
        assert cell in path.read_text()


def test_numbers_stay_numbers(tmp_path):
    sheet = export.write(pd.DataFrame({"n": [-3, 4]}), tmp_path / "n.xlsx")
    assert [cell.value for cell in cells(sheet)] == ["n", -3, 4]


@pytest.mark.parametrize("kind", ["md", "json"])
def test_what_is_not_a_spreadsheet_keeps_its_words(tmp_path, kind):
    assert "'=1+1" not in content(pd.DataFrame({"a": ["=1+1"]}), tmp_path / f"t.{kind}")


@pytest.mark.parametrize("name", export.tables_of(record.load()))
def test_no_table_of_the_book_holds_a_formula(tmp_path, data, name):
    table = export.tables_of(data)[name]()
    sheet = openpyxl.load_workbook(export.write(table, tmp_path / f"{name}.xlsx")).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds and sheet.max_row > 1


@pytest.mark.parametrize("name", export.tables_of(record.load()))
def test_no_cell_of_the_book_needs_an_apostrophe(tmp_path, data, name):
    written = content(export.tables_of(data)[name](), tmp_path / f"{name}.csv")
    rows = csv.reader(io.StringIO(written, newline=""))
    assert [cell for row in rows for cell in row if cell.startswith("'")] == []


def test_a_bar_in_a_cell_does_not_divide_it(tmp_path):
    lines = content(pd.DataFrame({"a": ["x|y"], "b": ["z"]}), tmp_path / "t.md").splitlines()
    assert lines[2].replace("\\|", "").count("|") == 3


@pytest.mark.parametrize("name", ["b|c", "x\ny", "\t"])
def test_a_table_in_markdown_has_a_line_for_each_row(tmp_path, name):
    lines = content(pd.DataFrame({name: [name, "z"]}), tmp_path / "t.md").splitlines()
    assert len(lines) == 4


# --- numbers with a sign --------------------------------------------------------------------------

SIGNED = pd.DataFrame({"value": ["+25", "-11", "60", "+0.50", "1 to 8", "", "0204"]})


def test_numbers_with_a_sign_are_bare_in_csv_and_markdown(tmp_path):
    assert content(SIGNED, tmp_path / "t.csv") == 'value\n+25\n-11\n60\n+0.50\n1 to 8\n""\n0204\n'
    lines = content(SIGNED, tmp_path / "t.md").splitlines()
    assert [line.strip("| ") for line in lines[2:]] == list(SIGNED.value)


def test_numbers_with_a_sign_are_numbers_in_json_and_so_are_those_beside_them(tmp_path):
    rows = json.loads(content(SIGNED, tmp_path / "t.json"))
    assert [row["value"] for row in rows] == [25, -11, 60, 0.5, "1 to 8", "", "0204"]


def test_numbers_with_a_sign_are_numbers_in_a_spreadsheet_and_are_shown_as_written(tmp_path):
    written = cells(export.write(SIGNED, tmp_path / "t.xlsx"))[1:]
    assert [cell.value for cell in written] == [25, -11, 60, 0.5, "1 to 8", None, "0204"]
    assert [cell.number_format for cell in written[:4]] == ["+0;-0", "0;-0", "0;-0", "+0.00;-0.00"]


def test_digits_in_a_column_without_a_sign_may_be_an_identifier(tmp_path):
    table = pd.DataFrame({"id": ["60", "7"]})
    assert [cell.data_type for cell in cells(export.write(table, tmp_path / "t.xlsx"))] == [
        "s",
        "s",
        "s",
    ]
    assert json.loads(content(table, tmp_path / "t.json")) == [
        {"id": "60"},
        {"id": "7"},
    ]


@pytest.mark.parametrize("name", ["outside_figures", "claims_and_figures"])
def test_figures_of_the_book_keep_their_sign(tmp_path, data, name):
    """They once had an apostrophe in CSV, and were text with an apostrophe in a spreadsheet."""
    table = tables.ALL[name](data)
    column = "value" if name == "outside_figures" else "figure"
    signed = [cell for cell in table[column] if cell.startswith(("+", "-"))]
    path = export.write(table, tmp_path / "t.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert signed and [row[column] for row in rows] == list(table[column])
    sheet = openpyxl.load_workbook(export.write(table, tmp_path / "t.xlsx")).active
    written = [row[list(table).index(column)] for row in sheet.iter_rows(min_row=2)]
    shown = [
        cell
        for cell in written
        if str(cell.value).startswith(("+", "-")) or cell.number_format != "General"
    ]
    assert len(shown) >= len(signed) and not any(
        str(cell.value).startswith("'") for cell in written
    )


# --- what no reader sees --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", export.FORMATS)
@pytest.mark.parametrize(
    "mark",
    ["\x0e", "\x00", "\x7f", "\u200b", "\u202e", "\ud800", "\ue000", "\u2028", "\ufffe", "\x85"],
)
def test_a_character_that_is_not_seen_is_named_with_its_place(tmp_path, kind, mark):
    table = pd.DataFrame({"id": ["a", "b"], "gist": ["fine", f"hid{mark}den"]}, dtype=object)
    with pytest.raises(ValueError) as error:
        export.write(table, tmp_path / f"statements.{kind}")
    message = str(error.value)
    assert f"U+{ord(mark):04X}" in message and len(message.splitlines()) == 1
    assert "table 'statements', line 3, column 'gist'. Must be" in message
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_a_spreadsheet_would_cut_is_named(tmp_path):
    table = pd.DataFrame({"gist": ["a", "b" * 32_768]})
    with pytest.raises(
        ValueError,
        match="Invalid cell in table 'long', line 3, column 'gist'. Must have at most 32,767",
    ):
        export.write(table, tmp_path / "long.xlsx")
    assert export.write(table, tmp_path / "long.csv").stat().st_size > 32_768


SEEN = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)
SEEN = SEEN.filter(lambda text: not characters.unseen(text))
ANY = st.one_of(SEEN, st.text(max_size=10), st.sampled_from([*RUN, *SAFE, *TAKEN]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY, min_size=1, max_size=8))
@example(texts=["_x000D_"])
def test_a_text_comes_back_as_it_was_or_is_refused_by_name(tmp_path, texts):
    table = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    try:
        path = {kind: export.write(table, tmp_path / f"t.{kind}") for kind in export.FORMATS}
    except ValueError as error:
        assert str(error).startswith("Invalid character U+")
        return
    back = [
        row[0] for row in csv.reader(io.StringIO(path["csv"].read_bytes().decode(), newline=""))
    ][1:]
    assert back == [export.guarded(text) for text in texts]
    assert len(path["md"].read_text(encoding="utf-8").split("\n")) == len(texts) + 3
    sheet = openpyxl.load_workbook(path["xlsx"]).active
    written = [sheet.cell(line, 1) for line in range(2, len(texts) + 2)]
    rows = json.loads(path["json"].read_text(encoding="utf-8"))
    for text, cell, row in zip(texts, written, rows, strict=True):
        number = isinstance(row["text"], (int, float))
        assert row["text"] == (float(text) if number else text)
        assert cell.data_type == ("n" if number or not text else "s")
        assert (cell.value == row["text"]) if number else seen(cell.value or "") == seen(text)


def free_text(resource):
    """Return the columns in which a coder writes at will: no key, no list of values, no pattern."""
    schema = resource["schema"]
    keys = {
        *schema["primaryKey"],
        *(column for key in schema.get("foreignKeys", []) for column in key["fields"]),
    }
    for field in schema["fields"]:
        fixed = {"enum", "pattern"} & set(field.get("constraints", {}))
        if field["type"] == "string" and not fixed and field["name"] not in keys:
            yield field["name"]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.one_of(SEEN, st.sampled_from(RUN[:4] + SAFE)), min_size=20, max_size=20))
def test_a_cell_that_is_valid_never_stops_an_export(small, tmp_path, texts):
    """Every free text of the record is changed; each is made unique, as names and labels are."""
    changed = {}
    for resource in record.schema()["resources"]:
        frame = getattr(small, resource["name"])
        columns = {
            column: pd.array(
                [f"{texts[(place + row) % len(texts)]} {row}" for row in range(len(frame))], "str"
            )
            for place, column in enumerate(free_text(resource))
        }
        changed[resource["name"]] = frame.assign(**columns)
    for name, make in export.tables_of(replace(small, **changed)).items():
        table = make()
        for kind in export.FORMATS:
            assert export.write(table, tmp_path / f"{name}.{kind}").stat().st_size > 0


# --- the data dictionary --------------------------------------------------------------------------


def test_the_dictionary_is_the_committed_one():
    assert (paths.DATA / "README.md").read_text(encoding="utf-8") == export.dictionary(
        record.schema()
    )


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
    assert meanings["statement_themes", "theme"].endswith(
        "Refers to id of themes. Part of the key."
    )
    assert "Unit: code points." in meanings["statements", "start"]
    assert "One of: close, broader, related." in meanings["crosswalk", "relation"]
    assert meanings["actors", "note"].endswith("May be blank.")


def test_the_list_of_files_links_to_every_table(data):
    table = downloads.files(data, record.schema())
    assert list(map(str, table.file)) == [
        resource["path"] for resource in record.schema()["resources"]
    ]
    assert table.rows[list(map(str, table.file)).index("paragraphs.csv")] == 47
    assert all((paths.DATA / str(file)).is_file() for file in table.file)
