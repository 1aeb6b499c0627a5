"""Errors of the record itself, and the report as data."""

import csv
import dataclasses
import json
import pickle

import pytest
from copies import MINI, ORIGINAL, SUMMARY, changed, not_same, report, with_cell

from analysis import verify
from analysis.__main__ import main

# --- what is wrong in the record ------------------------------------------------------------------

# Cells of the record that the document contradicts: table, row, column, cell -> the problem.
CELLS = [
    ("statements", 3, "start", 75, "statements.csv:5:sha256 other words in paragraph 5, 75 to 110"),
    (
        "statements",
        3,
        "sha256",
        "0" * 64,
        "statements.csv:5:sha256 other words in paragraph 5, 74 to 110",
    ),
    (
        "recommendations",
        0,
        "end",
        50,
        "recommendations.csv:2:sha256 other words in paragraph 9, 0 to 50",
    ),
    ("claims", 5, "end", 35, "claims.csv:7:sha256 other words in paragraph 5, 26 to 35"),
    (
        "actor_names",
        3,
        "name",
        "Mill Society",
        "actor_names.csv:5:name name that paragraph 4 does not contain",
    ),
    (
        "mentions",
        0,
        "name",
        "River Treaty",
        "mentions.csv:2:name name that paragraph 1 does not contain",
    ),
    (
        "paragraphs",
        0,
        "length",
        117,
        "paragraphs.csv:2:length wrong length of paragraph 1: found '117', must be 118 code",
    ),
    (
        "paragraphs",
        0,
        "fingerprint",
        "00",
        "paragraphs.csv:2:fingerprint not the fingerprint of paragraph 1",
    ),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[0]}-{cell[2]}")
def test_a_wrong_cell_of_the_record_is_named(small, cell):
    *place, expected = cell
    found = report(SUMMARY, with_cell(small, *place))
    (problem,) = found.problems
    assert str(problem).startswith(expected)
    assert not found.clean and found.summary == "10 paragraphs: 10 same; 1 problem in the record"
    assert str(found).splitlines()[-1] == str(problem)


def test_a_wrong_hash_of_a_paragraph_makes_it_changed_and_no_word_of_it_can_be_named(small):
    small = with_cell(small, "paragraphs", 0, "sha256", "0" * 64)
    assert not_same(report(SUMMARY, small))[1].unidentified


@pytest.mark.parametrize("fingerprint", ["abc", "zz", ""])
def test_an_invalid_fingerprint_is_named(mini, capsys, fingerprint):
    table = mini / "paragraphs.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    rows[1][rows[0].index("fingerprint")] = fingerprint
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    assert main(["verify", str(MINI / "summary.md"), "--data", str(mini)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and "paragraphs.csv:2:fingerprint" in printed.err


def test_names_are_compared_without_capitals(small):
    small = with_cell(small, "actor_names", 3, "name", "THE MILL MUSEUM")
    assert report(SUMMARY, small).clean


def test_spans_of_a_changed_paragraph_are_no_problems_of_the_record(small):
    """The change of the paragraph explains them."""
    assert (
        report(changed(("It asked for a ladder", "It begged for a ladder")), small).problems == ()
    )


# --- the report as data ---------------------------------------------------------------------------


def test_a_report_as_json_has_every_part_that_is_documented(small):
    found = json.loads(
        json.dumps(report(changed(("count the fish", "weigh the fish")), small, ORIGINAL).json())
    )
    (paragraph,) = found["paragraphs"]
    assert found["summary"] == {
        "paragraphs": 10,
        "same": 9,
        "changed": 1,
        "moved": 0,
        "missing": 0,
        "extra": 0,
    }
    assert (found["clean"], found["problems"]) == (False, [])
    assert {
        key: paragraph[key] for key in ("status", "number", "section", "found", "unidentified")
    } == {
        "status": "changed",
        "number": 9,
        "section": "IV",
        "found": {"number": 9, "section": "IV"},
        "unidentified": False,
    }
    assert paragraph["edits"] == [
        {
            "record": [12, 13],
            "file": [12, 13],
            "words": ["weigh"],
            "gone": ["count"],
            "before": ["They", "should", "also"],
            "after": ["the", "fish", "that"],
        }
    ]
    place = {"paragraph": 9, "start": 54, "end": 96}
    assert paragraph["spans"][1] == {
        "table": "recommendations",
        "id": "9b",
        "start": 54,
        "end": 96,
        "status": "changed",
        "found": place,
    }


def test_a_report_can_be_sent_to_another_process(small):
    found = report(changed(("count the fish", "weigh the fish")), small)
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(dataclasses.is_dataclass(each) for each in (found, *found.paragraphs))


def test_the_record_can_be_sent_without_its_tables(small):
    small = verify.reference(small)
    assert verify.verify(ORIGINAL, pickle.loads(pickle.dumps(small))) == verify.verify(
        ORIGINAL, small
    )
