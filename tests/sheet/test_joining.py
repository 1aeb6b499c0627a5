"""Sheets that are joined to the readings: who, what, and all files or none."""

import csv
import json
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from sheets import COPY, DAY, fill, joined, state, written

from analysis import check, paths, record, sheet, tables
from analysis.__main__ import main
from analysis.record import readings

SEALED = "readings/readings.csv"


# --- joining ----------------------------------------------------------------------------------


def test_a_joined_sheet_is_a_reader_and_leaves_data_that_are_clean(folder, filled):
    assert joined(filled, folder) == "reader-4"
    assert check.check(folder) == []
    data = record.load(folder)
    *_, reader = data.readers.itertuples()
    assert (reader.label, reader.kind, reader.scope) == ("Ann Weir", "person", "sample")
    assert str(reader.date.date()) == "2026-03-09"
    assert (paths.ROOT / reader.instructions).is_file()
    assert "9 statements, drawn with the seed 1" in reader.given
    given = data.readings[data.readings.reader == reader.id]
    assert len(given) == 27 and set(given.codebook) == {readings.current(data)}


def test_a_program_can_be_a_reader_too(folder, filled):
    joined(filled, folder, kind="language model", label="A program")
    *_, reader = record.load(folder).readers.itertuples()
    assert (reader.kind, reader.label, reader.model) == (
        "language model",
        "A program",
        "not recorded",
    )


def test_ids_of_readers_are_the_next_free(folder, data, filled, tmp_path):
    assert joined(filled, folder) == "reader-4"
    other = fill(written(data, tmp_path / "two.xlsx", 4, 2), data, {("you", "B2"): "Ben Weir"})
    assert joined(other, folder) == "reader-5"
    assert check.check(folder) == []


def test_the_day_and_the_hash_of_the_data_are_renewed(folder, filled):
    joined(filled, folder)
    assert record.dated.day(folder) == (date(2031, 4, 2), False)


def test_the_table_of_readings_is_sealed_anew_by_joining_and_by_nothing_else(
    folder, data, filled, tmp_path
):
    joined(filled, folder)
    sealed = json.loads((folder / paths.SCHEMA).read_text(encoding="utf-8"))
    (resource,) = (each for each in sealed["resources"] if each["path"] == SEALED)
    assert resource["sealed"] == record.loading.seal((folder / SEALED).read_bytes())
    text = (folder / SEALED).read_text(encoding="utf-8")
    (folder / SEALED).write_text(text.replace("concern", "position"), encoding="utf-8")
    assert main(["dictionary", "--data", str(folder)]) == 0
    assert check.check(folder)[0].rule == "sealed table that was touched"
    other = sheet.read(fill(written(data, tmp_path / "o.xlsx", 4), data), data, DAY)
    with pytest.raises(ValueError, match="sealed table that was touched"):
        sheet.join(folder, other, label="Ben", today=DAY)


def test_words_of_the_document_never_reach_the_data(folder, filled):
    before = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")}
    joined(filled, folder)
    after = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")}
    new = "".join(after[path].removeprefix(before[path]) for path in after)
    assert new.count("\n") == 28
    words = {text for text in COPY.paragraphs[5].text.split(". ")} | {"weirs", "ladder", "engines"}
    assert [each for each in words if each in new] == []


def test_joining_twice_is_refused(folder, filled, capsys):
    joined(filled, folder)
    before = state(folder)
    options = ["--data", str(folder), "--label", "Somebody else"]
    assert main(["join", str(filled), *options]) == 2
    assert "joined before: its codes and day are those of reader-4" in capsys.readouterr().err
    assert state(folder) == before


def test_two_readers_who_agree_in_all_are_two(folder, filled):
    """Otherwise agreement would be measured on those alone who differ."""
    first = joined(filled, folder)
    book = openpyxl.load_workbook(filled)
    book["you"]["B2"].value, book["you"]["B3"].value = "Bea Weir", datetime(2026, 3, 10)
    book.save(filled.with_name("second.xlsx"))
    assert joined(filled.with_name("second.xlsx"), folder) != first


def test_a_name_that_another_reader_has_is_refused(folder, data, filled, tmp_path):
    joined(filled, folder)
    with pytest.raises(ValueError, match="Another reader is called 'Ann Weir'.*--label"):
        joined(fill(written(data, tmp_path / "o.xlsx", 4), data), folder)


def test_data_with_a_problem_are_not_added_to(folder, filled):
    (folder / "more.csv").write_text("a\n", encoding="utf-8")
    before = state(folder)
    with pytest.raises(ValueError):
        joined(filled, folder)
    assert state(folder) == before


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_file_that_cannot_be_written_leaves_all_as_they_were(folder, filled, monkeypatch, place):
    before, put, done = state(folder), sheet.joining.os.replace, []

    def fail(source, target):
        if len(done) == place:
            raise OSError("the disk is full")
        done.append(target)
        put(source, target)

    monkeypatch.setattr(sheet.joining.os, "replace", fail)
    with pytest.raises(OSError, match="the disk is full"):
        joined(filled, folder)
    assert state(folder) == before


# --- agreement --------------------------------------------------------------------------------


def test_the_command_prints_agreement_with_the_record_and_with_earlier_readers(
    folder, data, filled, tmp_path, capsys
):
    joined(filled, folder)
    other = fill(written(data, tmp_path / "o.xlsx", 4), data, {("you", "B3"): "2026-01-01"})
    assert main(["join", str(other), "--data", str(folder), "--label", "Ben"]) == 0
    printed = capsys.readouterr().out
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed.splitlines()]
    found = {(row[0], row[1]): row[2:4] for row in rows if len(row) == 6}
    assert found["Speech act", "the record"] == ["4", "4"]
    assert found["Themes", "the record"] == found["Themes", "Ann Weir"] == ["4", "4"]
    assert {other for coded, other in found if coded == "Speech act"} >= {"Reader 1", "Reader 2"}


def test_agreement_is_of_the_units_that_both_coded(folder, filled):
    reader = joined(filled, folder)
    frame = tables.agreement_of(record.load(folder), reader).set_index(["coded", "with"])
    act = frame.loc[("Speech act", "the record")]
    assert (act.units, act.same) == (9, 8)
    other = frame.loc[("Themes", "Reader 2")]
    assert (other.units, other.same) == (2, 1)
    strength = frame.loc[("Strength", "the record")]
    assert (strength.units, strength.same) == (3, 3)


def test_readers_of_a_sample_are_a_table_of_their_own(folder, filled):
    joined(filled, folder)
    data = record.load(folder)
    rows = tables.samples(data)
    assert rows.reader.tolist() == ["Reader 3", *["Ann Weir"] * 3]
    assert rows.coded.tolist() == ["Speech act", "Speech act", "Strength", "Themes"]


def test_readers_of_a_sample_leave_the_agreement_of_whole_readings_as_it_was(folder, data, filled):
    joined(filled, folder)
    pd.testing.assert_frame_equal(tables.agreement(record.load(folder)), tables.agreement(data))


def test_no_sheet_is_ever_added_to_the_repository():
    ignored = (paths.ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*.xlsx" in ignored


def test_the_shipped_readers_of_samples_had_the_instructions_of_a_sheet():
    with open(paths.DATA / "readings" / "readers.csv", encoding="utf-8", newline="") as file:
        instructions = {row["instructions"] for row in csv.DictReader(file)} - {"not recorded"}
    assert {name for name in instructions if not (paths.ROOT / name).is_file()} == set()
