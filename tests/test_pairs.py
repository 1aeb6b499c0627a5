"""The judged pairs: each pair once, with what every reader gave and the reason."""

import io
import json
from dataclasses import replace

import frictionless
import pandas as pd
import pytest

from analysis import archive, paths, record
from analysis.archive.judged import judged
from analysis.record import readings
from analysis.tables.pairs import judged_pairs


@pytest.fixture(scope="module")
def table(shipped):
    return judged_pairs(shipped)


def cell(table, statement, recommendation):
    """Return the row of a pair."""
    at = (table.statement == statement) & (table.recommendation == recommendation)
    [row] = table[at].to_dict("records")
    return row


def test_every_proposal_and_position_is_there_with_every_recommendation_once(table, shipped):
    asking = shipped.statements[shipped.statements.act.isin(["proposal", "position"])]
    pairs = set(zip(table.statement, table.recommendation, strict=True))
    assert len(pairs) == len(table)
    assert {(one, two) for one in asking.id for two in shipped.recommendations.id} <= pairs


def test_the_settled_links_with_their_reasons_are_those_of_the_record(table, shipped):
    links = table[table.level != "none"].set_index(["statement", "recommendation"])
    known = shipped.uptake.set_index(["statement", "recommendation"])
    assert links.level.to_dict() == known.level.to_dict()
    assert links.reason.to_dict() == known.reason.to_dict()


def test_each_reader_has_a_column_with_what_the_reader_gave(table, shipped):
    given = shipped.readings[shipped.readings.variable == "uptake"]
    ids = readings.named(given.unit, shipped, "uptake")
    assert set(given.reader) <= set(table)
    for reader, unit, value in zip(given.reader, ids, given.value, strict=True):
        assert cell(table, *unit.split(">"))[reader] == value
    for reader in set(given.reader):
        assert (~table[reader].isin(["none", ""])).sum() == (given.reader == reader).sum()


def test_every_pair_on_which_readers_differ_has_the_reason_why_it_was_settled(table, shipped):
    """Whatever codebook they had: the check asks this of the codebook in use only."""
    given = shipped.readings[shipped.readings.variable == "uptake"]
    differ = table[[*set(given.reader)]].replace("", pd.NA).nunique(axis=1) > 1
    unsettled = table[differ & (table.settled == "")]
    assert list(unsettled.statement + ">" + unsettled.recommendation) == []


def test_a_settled_difference_has_its_reason_and_a_near_pair_the_reason_against(small):
    rows = pd.DataFrame([{"statement": "8b", "recommendation": "9b", "reason": "Not fish."}])
    table = judged_pairs(replace(small, rejected=rows))
    row = cell(table, "8b", "10b")
    assert (row["level"], row["ann"], row["ben"]) == ("none", "none", "partial")
    assert row["settled"] == "Nobody asked for a ban."
    assert cell(table, "8b", "9b")["reason"] == "Not fish."
    assert cell(table, "5b", "9a")["reason"] == "The same ladders."


def test_a_statement_that_no_reader_had_is_blank_for_all(small):
    """8b moved by one character: nobody has judged these words."""
    moved = small.statements.start + (small.statements.id == "8b")
    table = judged_pairs(replace(small, statements=small.statements.assign(start=moved)))
    row = cell(table, "8b", "10b")
    assert (row["level"], row["ann"], row["ben"]) == ("none", "", "")


def test_a_concern_has_a_row_only_where_it_is_linked(small):
    assert "6a" not in set(judged_pairs(small).statement)
    link = pd.DataFrame(
        [{"statement": "6a", "recommendation": "9a", "level": "partial", "reason": "Why."}]
    )
    table = judged_pairs(replace(small, uptake=pd.concat([small.uptake, link])))
    assert list(table.recommendation[table.statement == "6a"]) == ["9a"]


# --- as they are given away -----------------------------------------------------------------------


def test_the_table_is_a_valid_data_set_of_its_own(tmp_path, table):
    home = tmp_path / archive.JUDGED
    for name in archive.JUDGED_FILES:
        home.mkdir(exist_ok=True)
        (home / name).write_bytes(archive.site()[f"{archive.JUDGED}/{name}"])
    report = frictionless.Package(str(home / paths.SCHEMA)).validate()
    assert report.valid, report.flatten(["type", "message"])
    written = pd.read_csv(home / f"{archive.JUDGED}.csv", keep_default_na=False, dtype=str)
    assert written.equals(table.astype(object).astype(str).astype(written.dtypes.to_dict()))


def test_the_readme_counts_what_is_in_the_table(small_folder):
    data = record.load(small_folder)
    files = judged(data, record.schema(small_folder))
    table = pd.read_csv(io.BytesIO(files[f"{archive.JUDGED}/{archive.JUDGED}.csv"]))
    text = files[f"{archive.JUDGED}/README.md"].decode()
    text = " ".join(text.split())
    assert f"{len(table)} pairs of a statement and a recommendation" in text
    assert "each judged by 2 readers" in text and "Persons among them: 2." in text
    assert "proposal (3) and position (1)" in text and "recommendation (4)" in text
    described = json.loads(files[f"{archive.JUDGED}/{paths.SCHEMA}"])
    fields = [field["name"] for field in described["resources"][0]["schema"]["fields"]]
    assert fields == list(table)
