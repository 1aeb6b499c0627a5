"""What has passed validation is not validated again; whatever could change the answer makes it another state."""

import subprocess
import sys

import pytest

from analysis import paths, record
from analysis.record import validated, validation
from analysis.record.problems import DataError


@pytest.fixture(autouse=True)
def notes(tmp_path, monkeypatch):
    """A place for notes of its own for each test."""
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    return tmp_path / "build" / "passed"


@pytest.fixture
def validated(monkeypatch):
    """The folders that were validated, in the order in which they were; all are found valid."""
    folders = []
    monkeypatch.setattr(validation, "problems", lambda folder, unreadable: folders.append(folder) or [])
    return folders


# --- when data are validated ---------------------------------------------------------------------------------------


def test_data_are_validated_once_and_are_the_same_thereafter(mini, validated):
    first, second = record.load(mini), record.load(mini)
    assert validated == [mini]
    assert all(getattr(first, name).equals(frame) for name, frame in vars(second).items())


def test_the_check_itself_always_validates(mini, validated):
    record.read(mini)
    record.read(mini)
    assert validated == [mini, mini]


def test_without_its_note_data_are_validated_again(mini, validated, notes):
    record.load(mini)
    for note in notes.iterdir():
        note.unlink()
    record.load(mini)
    assert validated == [mini, mini]


def test_where_no_note_can_be_left_data_are_loaded_nevertheless(mini, validated, notes):
    notes.parent.write_text("a file in the way")
    for _ in range(2):
        assert len(record.load(mini).paragraphs) == 10
    assert validated == [mini, mini]


def test_data_with_a_problem_never_pass(mini, notes):
    record.load(mini)
    text = (mini / "panels.csv").read_text(encoding="utf-8")
    (mini / "panels.csv").write_text(text.replace(",4,6", ",four,6"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataError, match="wrong type"):
            record.load(mini)
    assert len(list(notes.iterdir())) == 1


# --- what a state is -----------------------------------------------------------------------------------------------


def spoil(path):
    path.write_bytes(path.read_bytes() + b" ")


CHANGES = {
    "one byte of a table": lambda folder: spoil(folder / "verbs.csv"),
    "one byte of the schema": lambda folder: spoil(folder / paths.SCHEMA),
    "one byte in a folder below": lambda folder: spoil(folder / "second_reading" / "codes.csv"),
    "a file more": lambda folder: (folder / "notes.csv").touch(),
    "a file less": lambda folder: (folder / "verbs.csv").unlink(),
    "another name": lambda folder: (folder / "verbs.csv").rename(folder / "verb.csv"),
}


@pytest.fixture
def known(mini):
    """A folder that has passed."""
    passed.note(mini, passed.state(mini))
    assert passed.before(mini)
    return mini


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_the_folder_is_another_state(known, what):
    CHANGES[what](known)
    assert not passed.before(known)


@pytest.mark.parametrize("module", passed.CODE)
def test_a_change_of_the_code_is_another_state(known, module, tmp_path, monkeypatch):
    for name in passed.CODE:
        (tmp_path / name).write_bytes((paths.ROOT / "analysis" / name).read_bytes())
    monkeypatch.setattr(passed, "__file__", str(tmp_path / "passed.py"))
    assert passed.before(known), "the same code in another place"
    spoil(tmp_path / module)
    assert not passed.before(known)


@pytest.mark.parametrize("library", passed.LIBRARIES)
def test_another_version_of_a_library_is_another_state(known, library, monkeypatch):
    version = passed.metadata.version
    monkeypatch.setattr(passed.metadata, "version", lambda name: "0" if name == library else version(name))
    assert not passed.before(known)


def test_the_place_of_the_folder_is_no_part_of_its_state(known, tmp_path):
    assert passed.before(known.rename(tmp_path / "elsewhere"))


def test_what_changes_while_it_is_validated_does_not_pass(mini, monkeypatch):
    monkeypatch.setattr(validation, "problems", lambda folder, unreadable: spoil(folder / "verbs.csv") or [])
    record.read(mini)
    assert not passed.before(mini)


# --- what it is for ------------------------------------------------------------------------------------------------

START = """
import sys
from pathlib import Path
from analysis import paths, record
from analysis.page import show
paths.BUILD = Path(sys.argv[1])
record.load()
show.numbers(a=1)
print({"frictionless", "jsonschema", "matplotlib", "sklearn", "myst_nb"} & set(sys.modules))
"""


def test_a_notebook_starts_without_the_slow_libraries(notes):
    passed.note(paths.DATA, passed.state(paths.DATA))
    command = [sys.executable, "-c", START, str(notes.parent)]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "set()"
