"""Filled sheets: what is read of one, what is named as wrong, and files that are no sheet."""

import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sheets import DAY, fill, problems, state

from analysis import sheet
from analysis.__main__ import main

# --- what is read --------------------------------------------------------------------------


def test_a_filled_sheet_has_no_problem(filled, data):
    read = sheet.read(filled, data, DAY)
    assert read.problems == []
    assert ("5:74-110", "act", "proposal") in read.codes
    assert ("5:74-110", "action_category", "5") in read.codes
    assert ("6:0-42", "themes", "fish money") in read.codes
    assert ("3:0-30", "action_category", "") in read.codes
    assert len(read.codes) == 27


WRONG = {
    "a blank": ({("units", "D3"): None}, "units:3:act blank cell: must be one of concern, "),
    "no theme": ({("units", "F3"): None}, "units:3:theme_1 blank cell: must be one of fish, birds"),
    "an unknown act": (
        {("units", "D3"): "Position!"},
        "units:3:act unknown value: found 'Position!', must be one of",
    ),
    "an unknown strength": (
        {("units", "E5"): 6},
        "units:5:action_category unknown value: found '6', must be one of 1, 2, 3, 4, 5",
    ),
    "a theme on top": ({("units", "G3"): "nature"}, "units:3:theme_2 unknown value"),
    "a strength of no proposal": (
        {("units", "E3"): 4},
        "units:3:action_category strength and speech act do not fit: found '4', must be given",
    ),
    "a proposal without one": (
        {("units", "E5"): None},
        "units:5:action_category strength and speech act do not fit",
    ),
    "a theme twice": (
        {("units", "G3"): "welcome", ("units", "H3"): "welcome"},
        "units:3:theme_3 theme that was given twice",
    ),
    "a unit twice": (
        {("units", "A3"): "3:0-30"},
        "units:3:unit unit that was there before: found '3:0-30'",
    ),
    "an unknown unit": ({("units", "A3"): "3:0-31"}, "units:3:unit unknown value: found '3:0-31'"),
    "a formula": (
        {("units", "D3"): '="position"'},
        "units:3:act formula in place of a value: found ' formula', must be one of concern",
    ),
    "no name": ({("you", "B2"): "  "}, "you:2:answer blank cell"),
    "a formula for a name": ({("you", "B2"): "=A1"}, "you:2:answer formula in place of a value"),
    "a long name": ({("you", "B2"): "A" * 101}, "you:2:answer answer to name that cannot be used"),
    "no day": ({("you", "B3"): "last week"}, "you:3:answer answer to date that cannot be used"),
    "a day to come": (
        {("you", "B3"): (DAY + timedelta(days=1)).isoformat()},
        "you:3:answer answer to date that cannot be used: found '2031-04-02', must be a day as in",
    ),
    "not blind": ({("you", "B4"): "no"}, "you:4:answer answer to blind that cannot be used"),
    "another codebook": (
        {("you", "B5"): "1"},
        "you:5:answer answer to codebook that cannot be used: found '1', must be the one in use",
    ),
    "another number of rows": ({("you", "B6"): 8}, "units:1:unit 9 rows: must be the 8 that were"),
    "no question": ({("you", "A3"): "day"}, "you:1:question no row for date"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_value_that_cannot_be_used_is_named_by_page_row_and_column(case, data, blank):
    changes, said = WRONG[case]
    found = problems(fill(blank, data, changes), data)
    assert [each for each in found if each.startswith(said)] != []


@pytest.mark.parametrize("case", ["a blank", "an unknown act", "a unit twice", "a day to come"])
def test_nothing_is_written_if_anything_is_wrong(case, folder, data, blank, capsys):
    before, path = state(folder), fill(blank, data, WRONG[case][0])
    assert main(["join", str(path), "--data", str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out and "Nothing is joined" in printed.err
    assert state(folder) == before


def test_a_blank_row_at_the_end_is_no_row(data, blank):
    assert problems(fill(blank, data, {("units", "D14"): " "}), data) == []


def test_a_reader_with_a_label_needs_no_name_in_the_sheet(data, blank):
    path = fill(blank, data, {("you", "B2"): None})
    assert problems(path, data, label="Ann") == []


def test_text_is_read_as_it_is_meant(data, blank):
    changes = {("units", "D3"): " position ", ("you", "B3"): "2026-03-09"}
    changes |= {("units", "E5"): "5", ("you", "B2"): "Zoe\u0308  Weir"}
    read = sheet.read(fill(blank, data, changes), data, DAY)
    assert read.problems == []
    assert read.answers["name"] == "Zo\u00eb Weir"


# --- files that are no sheet ------------------------------------------------------------------


def test_a_file_that_is_missing_is_named(data, tmp_path):
    with pytest.raises(FileNotFoundError, match="No file .*nothing.xlsx"):
        sheet.read(tmp_path / "nothing.xlsx", data, DAY)


@pytest.mark.parametrize("content", [b"", b"unit,act\n", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_archive_is_refused(content, data, tmp_path):
    path = tmp_path / "no.xlsx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="Invalid sheet .*archive that cannot be opened"):
        sheet.read(path, data, DAY)


def test_a_workbook_of_somebody_else_is_refused(data, tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ValueError, match="no page 'you'; give a sheet of this project"):
        sheet.read(tmp_path / "other.xlsx", data, DAY)


def test_a_page_with_other_columns_is_refused(data, blank):
    path = fill(blank, data, {("units", "D1"): "speech act"})
    with pytest.raises(ValueError, match="page 'units' must begin with the columns unit, words"):
        sheet.read(path, data, DAY)


def test_a_file_that_is_too_large_is_not_opened(data, tmp_path, monkeypatch):
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"\0" * 100)
    monkeypatch.setattr(sheet.filling, "LARGEST_SHEET", 99)
    with pytest.raises(ValueError, match="at most"):
        sheet.read(path, data, DAY)


def test_a_file_that_unpacks_to_too_much_is_refused(data, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    with pytest.raises(ValueError, match="times its packed size"):
        sheet.read(path, data, DAY)


@pytest.mark.parametrize("entities", ["", "[<!ENTITY b 'bb'>]"])
def test_entities_are_refused(data, filled, tmp_path, entities):
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            head = f"<!DOCTYPE a {entities}>" if part == "xl/worksheets/sheet2.xml" else ""
            new.writestr(part, head.encode() + old.read(part))
    if not entities:
        assert problems(path, data) == []
        return
    with pytest.raises(ValueError, match="Invalid sheet .* cannot be read as a spreadsheet"):
        sheet.read(path, data, DAY)


def test_rows_far_below_are_not_read(data, blank, monkeypatch):
    monkeypatch.setattr(sheet.filling, "MOST_LINES", 12)
    path = fill(blank, data, {("units", "D1000"): "anything"})
    assert problems(path, data) == []
