"""What readers were given and what they gave: sealed, settled, and used as each of them gave it."""

import hashlib
import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis import paths, record, tables
from analysis.__main__ import main
from analysis.record import loading, readings
from analysis.sheet import drawing

GIVEN = paths.DATA / "readings" / "given"
READINGS = "readings/readings.csv"
SEALED = (
    f"{READINGS}:1: sealed table that was touched: must be as it was, datapackage.json has its"
    " hash; a correction is a row of settled.csv,"
    " and `.venv/bin/python -m analysis join` adds a reader"
)


def test_a_paragraph_that_was_given_is_that_of_the_record(shipped):
    files = shipped.reading_files[shipped.reading_files.file.str.startswith("paragraphs/")]
    numbers = files.file.str.extract(r"(\d+)", expand=False).astype(int)
    recorded = shipped.paragraphs.set_index("number").sha256
    assert (numbers.map(recorded).array == files.sha256.array).all()
    assert set(files.groupby("reader").size()) == {len(shipped.paragraphs)}


def test_the_codebook_and_instructions_that_were_given_are_kept(shipped):
    """And nothing else is, but what a reader of a sheet is given."""
    texts = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in GIVEN.glob("*.md")}
    sheet = texts.pop(paths.ROOT / drawing.INSTRUCTIONS)
    files = shipped.reading_files[shipped.reading_files.file.str.endswith(".md")]
    assert len(files) and set(files.sha256) - {sheet} == set(texts.values())


def test_every_reader_of_the_codebook_in_use_has_a_list_of_files(shipped):
    used = shipped.readings[shipped.readings.codebook == readings.current(shipped)]
    machines = shipped.readers.id[shipped.readers.scope != "sample"]
    assert set(used.reader) & set(machines) == set(shipped.reading_files.reader)


def test_instructions_that_a_reader_is_said_to_have_had_are_kept(shipped):
    named = set(shipped.readers.instructions) - {"not recorded"}
    assert named and all((paths.ROOT / name).is_file() for name in named)
    instructions = shipped.readers.set_index("id").instructions
    files = shipped.reading_files[shipped.reading_files.file == "instructions.md"]
    for reader, digest in zip(files.reader, files.sha256, strict=True):
        file = paths.ROOT / instructions[reader]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


# --- the seal -------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path):
    """A copy of the shipped data, to be touched."""
    return shutil.copytree(paths.DATA, tmp_path / "data")


def test_one_changed_byte_of_the_readings_is_found_and_told_what_to_do(copy, capsys):
    content = (copy / READINGS).read_bytes()
    place = content.index(b",act,concern") + 5
    (copy / READINGS).write_bytes(content[:place] + b"C" + content[place + 1 :])
    assert main(["check", "--data", str(copy)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == SEALED
    with pytest.raises(record.DataError, match="sealed table that was touched"):
        record.load(copy)


def test_a_change_that_breaks_no_other_rule_is_found(copy, capsys):
    """One reader of the first codebook, whose codes are no longer compared one by one."""
    text = (copy / READINGS).read_text(encoding="utf-8")
    (copy / READINGS).write_text(
        text.replace("third,1,6:72-240,act,position", "third,1,6:72-240,act,concern"),
        encoding="utf-8",
    )
    assert main(["check", "--data", str(copy)]) == 1
    assert capsys.readouterr().out == f"{SEALED}\n"


def test_the_command_that_dates_the_tables_leaves_the_seal(copy, capsys):
    with open(copy / READINGS, "a", encoding="utf-8") as file:
        file.write("third,1,47:134-198,legal_basis,\n")
    assert main(["dictionary", "--data", str(copy)]) == 0
    capsys.readouterr()
    assert main(["check", "--data", str(copy)]) == 1
    assert SEALED in capsys.readouterr().out


def test_any_table_can_be_sealed(mini, capsys):
    descriptor = json.loads((mini / paths.SCHEMA).read_text(encoding="utf-8"))
    sealed = next(table for table in descriptor["resources"] if table["path"] == "verbs.csv")
    sealed["sealed"] = loading.seal((mini / "verbs.csv").read_bytes())
    (mini / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")
    assert main(["check", "--data", str(mini)]) == 0
    sealed["sealed"] = loading.seal(b"other")
    (mini / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--data", str(mini)]) == 1
    assert capsys.readouterr().out == SEALED.replace(READINGS, "verbs.csv") + "\n"


def test_the_readings_of_the_book_are_sealed():
    resources = {table["path"]: table for table in record.schema()["resources"]}
    assert resources[READINGS]["sealed"] == loading.seal((paths.DATA / READINGS).read_bytes())


# --- the record as one reader gave it -------------------------------------------------------------


@pytest.mark.parametrize(("versions", "newest"), [(["2", "10", "9"], "10"), ([], "")])
def test_the_codebook_in_use_has_the_highest_number(small, versions, newest):
    books = pd.DataFrame({"version": versions}, dtype="str")
    assert readings.current(replace(small, codebook_versions=books)) == newest


def test_a_unit_is_named_by_the_row_that_has_its_span_now(small):
    units = pd.Series(["5:26-36", "5:74-110>9:0-53", "5:1-2", "6"])
    assert list(readings.named(units, small, "claim_unit")) == ["q5a", *units[1:]]
    assert list(readings.named(units, small, "uptake")) == [units[0], "5b>9a", *units[2:]]


def test_the_record_as_read_has_the_codes_of_the_reader(small):
    """Reader 2 differs from what was settled on 5c, on a theme of 6a, and on two links."""
    given = readings.as_read(small, "ben", "2")
    assert given.statements.set_index("id").act["5c"] == "evidence"
    themes = given.statement_themes
    assert list(themes.theme[themes.statement == "6a"]) == ["money"]
    assert list(zip(given.uptake.statement, given.uptake.recommendation, strict=True)) == [
        ("5b", "9a"),
        ("8b", "10b"),
    ]
    settled = small.statement_themes[list(themes)]
    others = [frame[frame.statement != "6a"].to_numpy().tolist() for frame in (themes, settled)]
    assert others[0] == others[1] != []


def test_a_statement_that_a_reader_gives_no_category_has_none(shipped):
    """A reader who takes a proposal for something else gives it no strength."""
    given = readings.as_read(shipped, "fifth", "2").statements
    assert ((given.act == "proposal") == given.action_category.notna()).all()
    assert (given.act == "proposal").sum() != (shipped.statements.act == "proposal").sum()


def test_only_those_who_coded_a_variable_whole_are_its_readers(small):
    assert readings.complete(small, "act", "2") == ["ann", "ben"]
    assert list(readings.values(small, "act", "2")) == ["ann", "ben", "cid"]
    assert readings.complete(small, "act", "1") == []
    assert [reader for reader, _ in readings.every_reading(small, "act")] == [
        "settled",
        "ann",
        "ben",
    ]


# --- a number with what it is under each reader ---------------------------------------------------


def acts(kind):
    return lambda data: int((data.statements.act == kind).sum())


def test_a_number_that_every_reader_gives_is_one_number(small):
    assert tables.spread(small, "act", acts("proposal")) == "3 (by every reader)"


def test_a_number_on_which_readers_differ_is_a_range(small):
    assert tables.spread(small, "act", acts("evidence")) == "1 (1 to 2, by reader)"


def test_a_number_that_all_readers_give_and_that_is_not_settled_is_a_range(small):
    rows = small.statements.replace({"act": {"proposal": "position"}})
    assert tables.spread(replace(small, statements=rows), "act", acts("proposal")) == (
        "0 (3 to 3, by reader)"
    )


def test_without_readers_a_number_stands_alone(small):
    alone = replace(small, readings=small.readings.head(0))
    assert tables.spread(alone, "act", acts("proposal")) == "3"


def test_each_number_that_the_book_says_of_readers_has_one_form(shipped):
    found = {tables.spread(shipped, "act", acts(kind)) for kind in shipped.statements.act.unique()}
    form = r"\d+ \((by every reader|\d+ to \d+, by reader)\)"
    assert all(pd.Series(sorted(found)).str.fullmatch(form))


# --- what was settled -----------------------------------------------------------------------------


def test_what_was_settled_is_listed_with_what_each_reader_gave(small):
    rows = tables.settled(small)[["unit", "read", "settled"]]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("5c", "practice: Reader 1; evidence: Reader 2", "practice"),
        ("6a", "Fish / Money: Reader 1; Money: Reader 2", "Fish / Money"),
        ("6b>10a", "partial: Reader 1", "partial"),
        ("8b>10b", "partial: Reader 2", ""),
    ]


def test_every_settled_value_of_the_book_has_its_row(shipped):
    table = tables.settled(shipped)
    assert list(table.unit) == list(shipped.settled.unit)
    nobody = shipped.settled[table.read == ""]
    assert nobody.corrected.all() and set(nobody.variable) <= set(readings.LINKED)


def test_what_was_settled_is_told_in_words(shipped):
    table = tables.settled(shipped)
    labels, titles = set(shipped.themes.label), tuple(shipped.instruments.title)
    themes = table.settled[table.variable == "Themes"].str.split(" / ").explode()
    assert set(themes) <= labels and len(themes) > 0
    bases = table.settled[table.variable == "Legal basis"]
    assert all(text.startswith(titles) for text in bases if text) and any(bases)
    assert "_" not in "".join(table.variable)


def test_readers_are_listed_with_how_much_they_gave(small):
    rows = tables.readers(small)[["reader", "codebook", "values"]]
    counts = small.readings.reader.value_counts()
    assert list(rows.itertuples(index=False, name=None)) == [
        ("Reader 1", "2", counts["ann"]),
        ("Reader 2", "2", counts["ben"]),
        ("Reader 3", "2", counts["cid"]),
    ]


@pytest.mark.parametrize("level", ["", "half", "none"])
def test_a_level_that_the_codebook_lacks_is_no_link(small, level):
    rows = small.readings.copy()
    rows.loc[(rows.reader == "second") & (rows.variable == "uptake"), "value"] = level
    read = readings.as_read(replace(small, readings=rows), "second", readings.current(small))
    assert set(read.uptake.level) <= {"full", "partial"}
    assert set(tables.proposals(read).level) <= {"full", "partial", "none"}
