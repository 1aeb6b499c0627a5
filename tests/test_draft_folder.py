"""A draft on disk: whole or not at all, a data folder like any other, and known as a draft until a person has confirmed it."""

import csv
import json
from pathlib import Path

import pytest

from analysis import check, document, draft, export, load, paths, suggested
from analysis.__main__ import main

MINI = Path(__file__).parent / "data" / "mini"
POOR = {
    "one paragraph": "I. A\n\n1. Words.\n",
    "no panels and no observations": (
        "I. Introduction\n\n1. The forum met on 3 May 2031.\n\nII. Talk\n\n2. Some speakers noted that rivers are low.\n"
    ),
    "only recommendations": "I. Recommendations\n\n1. States should build ladders and count fish.\n",
    "a panel in a section of its own": (
        "I. Introduction\n\n1. 12 clubs and 3 States attended.\n\n"
        "II. Panel 1: Weirs\n\n2. The panellist from Mill Aid spoke.\n\n3. ...\n"
    ),
    "twice the same words": "I. A\n\n1. A speaker called for ladders.\n\n2. A speaker called for ladders.\n",
    "more than twenty-six statements": (
        "I. A\n\n1. It met.\n\nII. B\n\n2. A speaker called for one boat a day" + "; and two more boats" * 40 + ".\n"
    ),
}


@pytest.fixture(scope="module")
def tables():
    return draft.draft(document.read(MINI / "summary.md"), load.dataset())


@pytest.fixture
def drafted(tables, tmp_path):
    return draft.write(tables, tmp_path / "drafted")


def rewrite(path, change):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# --- a data folder like any other -----------------------------------------------------------------------------------


def test_a_draft_loads_and_is_clean(drafted):
    assert len(load.dataset(drafted).paragraphs) == 10
    assert check.check(drafted) == []


@pytest.mark.parametrize("name", POOR)
def test_a_poor_document_makes_a_draft_from_which_every_table_can_be_made(name, tmp_path):
    read = document.parse(POOR[name])
    folder = draft.write(draft.draft(read, load.dataset()), tmp_path / "poor")
    assert check.check(folder) == []
    for table in export.tables_of(load.dataset(folder)).values():
        table()


def test_every_row_that_a_draft_makes_says_so_and_why(drafted):
    data = load.dataset(drafted)
    for name in suggested.DRAFTED:
        status, reason = list(getattr(data, name))[-2:]
        assert set(getattr(data, name)[status]) <= {"suggested"}, name
        assert (getattr(data, name)[reason] != "").all(), name


def test_an_instrument_keeps_its_own_status(drafted):
    assert list(load.dataset(drafted).instruments)[-2:] == ["draft_status", "draft_reason"]


def test_what_only_a_person_can_judge_is_empty(drafted):
    data = load.dataset(drafted)
    empty = set(vars(data)) - set(suggested.DRAFTED) - {"themes", "crosswalk", "verbs"}
    assert [name for name in empty if len(getattr(data, name))] == []
    assert {"uptake", "second_codes", "settled", "comparisons", "context", "source_notes", "rejected", "no_uptake"} <= empty


def test_the_codebook_is_copied(drafted):
    ours, theirs = load.dataset(), load.dataset(drafted)
    assert list(theirs.themes.id) == list(ours.themes.id) and theirs.themes.example.isna().all()
    assert list(theirs.crosswalk.identifier) == list(ours.crosswalk.identifier)


def test_a_verb_that_the_codebook_does_not_know_has_no_figures(drafted):
    verbs = load.dataset(drafted).verbs.set_index("first_verb")
    assert "count" in verbs.index and verbs.loc["count"].isna().all()


def test_the_page_of_a_draft_says_that_gists_must_be_replaced(drafted):
    page = (drafted / "README.md").read_text(encoding="utf-8")
    assert "Replace every gist" in page
    assert [rule for rule in suggested.SKIPPED if f"`{rule}`" not in page] == []


def test_the_schema_of_the_book_stays_as_it_is(drafted):
    columns = {field["name"] for table in load.schema()["resources"] for field in table["schema"]["fields"]}
    assert "draft_status" not in columns
    assert load.schema(drafted)["title"] == "A draft of a coded record"


def test_two_drafts_are_the_same_byte_by_byte(drafted, tmp_path):
    again = draft.write(draft.draft(document.read(MINI / "summary.md"), load.dataset()), tmp_path / "again")
    names = sorted(path.relative_to(drafted) for path in drafted.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [name for name in names if (drafted / name).read_bytes() != (again / name).read_bytes()] == []


# --- whole or not at all --------------------------------------------------------------------------------------------


def test_a_folder_that_holds_something_is_left_alone(tables, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="is not empty. Give another folder, or --force to replace it"):
        draft.write(tables, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_force_replaces_it_whole(tables, drafted):
    (drafted / "notes.txt").write_text("old")
    draft.write(tables, drafted, force=True)
    assert not (drafted / "notes.txt").exists() and check.check(drafted) == []
    assert [path.name for path in drafted.parent.iterdir()] == ["drafted"]


def test_an_empty_folder_is_filled(tables, tmp_path):
    (tmp_path / "empty").mkdir()
    assert check.check(draft.write(tables, tmp_path / "empty")) == []


@pytest.mark.parametrize("force", [True, False])
def test_a_file_is_never_replaced(tables, tmp_path, force):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileExistsError, match="is a file. Give another folder"):
        draft.write(tables, tmp_path / "file", force=force)
    assert (tmp_path / "file").read_text() == "mine"


def test_what_fails_leaves_nothing_and_loses_nothing(tables, drafted, monkeypatch):
    before = (drafted / "paragraphs.csv").read_bytes()
    broken = {**tables, "verbs": None}
    with pytest.raises(AttributeError):
        draft.write(broken, drafted, force=True)
    assert (drafted / "paragraphs.csv").read_bytes() == before
    assert [path.name for path in drafted.parent.iterdir()] == ["drafted"]


# --- known as a draft until confirmed -------------------------------------------------------------------------------


def test_the_check_says_how_many_rows_are_left(drafted, capsys):
    assert main(["check", "--data", str(drafted)]) == 0
    rows = suggested.count(load.dataset(drafted))
    assert rows > len(load.dataset(drafted).paragraphs)
    assert capsys.readouterr().out.endswith(f" tables are clean. This is a draft: {rows} rows are suggested and not confirmed.\n")


def test_a_draft_is_held_to_the_other_rules(drafted):
    rewrite(drafted / "statements.csv", lambda row: row.update(end="9999"))
    assert any("span outside its paragraph" in str(problem) for problem in check.check(drafted))


def test_once_every_row_is_confirmed_every_rule_holds(drafted):
    """No theme is applied to some row, and none has an example: a finished record must have them."""
    for name in suggested.DRAFTED:
        status = "draft_status" if name == "instruments" else "status"
        path = drafted / f"{name}.csv"
        if len(path.read_text(encoding="utf-8").splitlines()) > 1:
            rewrite(path, lambda row, status=status: row.update({status: "confirmed"}))
    assert suggested.count(load.dataset(drafted)) == 0
    rules = {problem.rule for problem in check.check(drafted)}
    assert "theme that no statement has" in rules and "example paragraph without the theme" in rules


def test_the_rules_that_wait_are_rules_of_the_check():
    assert set(suggested.SKIPPED) <= {rule.__name__ for rule in check.RULES}


@pytest.mark.parametrize("place", [0, 25, 26, 51, 701])
def test_letters_go_on_after_z_in_order(place):
    short = [suggested.letters(n) for n in range(place + 1)]
    assert sorted(short, key=lambda letters: (len(letters), letters)) == short and len(set(short)) == place + 1


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_writes_a_draft(tmp_path, capsys):
    assert main(["draft", str(MINI / "summary.md"), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith(f"A draft of 10 paragraphs is in {tmp_path / 'out'}: ")


def test_a_folder_that_is_not_empty_is_one_message(tmp_path, capsys):
    (tmp_path / "x").write_text("")
    assert main(["draft", str(MINI / "summary.md"), "--out", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1 and "--force" in printed.err


def test_a_file_that_is_not_there_is_one_message(tmp_path, capsys):
    assert main(["draft", str(tmp_path / "nothing.md"), "--out", str(tmp_path / "out")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1 and not (tmp_path / "out").exists()


@pytest.mark.parametrize("given", [[], ["--score", "--out", "x"]])
def test_either_a_folder_or_a_score_is_asked_for(given):
    with pytest.raises(SystemExit) as end:
        main(["draft", "x.md", *given])
    assert end.value.code == 2


def test_a_drafted_folder_has_the_descriptor_of_a_data_package(drafted):
    descriptor = json.loads((drafted / paths.SCHEMA).read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in descriptor["resources"][2]["schema"]["fields"]}
    assert fields["status"]["constraints"]["enum"] == ["suggested", "confirmed"]
