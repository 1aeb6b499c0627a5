"""Data known to be valid are not judged again; any change makes another state."""

import subprocess
import sys
from pathlib import Path

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
def own(mini, monkeypatch):
    """The small data in the place of the book's own."""
    monkeypatch.setattr(paths, "DATA", mini)
    return mini


@pytest.fixture
def judged(monkeypatch):
    """How often data were held to their schema; all are found valid."""
    times = []
    monkeypatch.setattr(validation, "problems", lambda tables, schemas: times.append(1) or [])
    return times


def resources(folder):
    return record.schema(folder)["resources"]


# --- when data are judged -------------------------------------------------------------------------


def test_data_are_judged_once_and_are_the_same_thereafter(own, judged):
    first, second = record.load(own), record.load(own)
    assert len(judged) == 1
    assert all(getattr(first, name).equals(frame) for name, frame in vars(second).items())


def test_the_check_itself_always_judges(own, judged):
    record.read(own)
    record.read(own)
    assert len(judged) == 2


def test_without_its_note_data_are_judged_again(own, judged, notes):
    record.load(own)
    for note in notes.iterdir():
        note.unlink()
    record.load(own)
    assert len(judged) == 2


def test_if_no_note_can_be_left_data_are_loaded_nevertheless(own, judged, notes):
    notes.parent.write_text("a file in the way")
    for _ in range(2):
        assert len(record.load(own).paragraphs) == 10
    assert len(judged) == 2


def test_data_with_a_problem_never_pass(own, notes):
    record.load(own)
    text = (own / "panels.csv").read_text(encoding="utf-8")
    (own / "panels.csv").write_text(text.replace(",4,6", ",four,6"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataError, match="wrong type"):
            record.load(own)
    assert len(list(notes.iterdir())) == 1


def test_another_folder_leaves_no_note_anywhere(mini, judged, notes, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    for _ in range(2):
        record.load(mini)
    assert len(judged) == 2 and not notes.exists()
    assert sorted(tmp_path.rglob("*")) == before


# --- what a state is ------------------------------------------------------------------------------


def spoil(path):
    path.write_bytes(path.read_bytes() + b" ")


CHANGES = {
    "one byte of a table": lambda folder: spoil(folder / "verbs.csv"),
    "one byte of the schema": lambda folder: spoil(folder / paths.SCHEMA),
    "one byte in a folder below": lambda folder: spoil(folder / "readings" / "readings.csv"),
    "a file more": lambda folder: (folder / "notes.csv").touch(),
    "a file more in a folder below": lambda folder: (folder / "readings" / "notes.csv").touch(),
    "a file less": lambda folder: (folder / "verbs.csv").unlink(),
    "another name": lambda folder: (folder / "verbs.csv").rename(folder / "verb.csv"),
}


@pytest.fixture
def known(own):
    """The book's own folder, known to be valid."""
    validated.note(own, resources(own), validated.state(own, resources(own)))
    assert validated.before(own, resources(own))
    return own


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_the_folder_is_another_state(known, what):
    described = resources(known)
    CHANGES[what](known)
    assert not validated.before(known, described)


@pytest.mark.parametrize(
    "place", range(len(validated.CODE)), ids=[path.name for path in validated.CODE]
)
def test_a_change_of_the_code_is_another_state(known, place, tmp_path, monkeypatch):
    copies = [tmp_path / path.name for path in validated.CODE]
    for copy, path in zip(copies, validated.CODE, strict=True):
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(validated, "CODE", copies)
    assert validated.before(known, resources(known)), "the same code in another place"
    spoil(copies[place])
    assert not validated.before(known, resources(known))


def test_the_code_is_that_of_the_whole_room():
    folder = Path(record.__file__).parent
    assert set(validated.CODE) == {*folder.glob("*.py"), *folder.glob("*.json")}


@pytest.mark.parametrize("library", validated.LIBRARIES)
def test_another_version_of_a_library_is_another_state(known, library, monkeypatch):
    version = validated.metadata.version
    monkeypatch.setattr(
        validated.metadata, "version", lambda name: "0" if name == library else version(name)
    )
    assert not validated.before(known, resources(known))


def test_the_place_of_the_folder_is_no_part_of_its_state(known, tmp_path, monkeypatch):
    moved = known.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(paths, "DATA", moved)
    assert validated.before(moved, resources(moved))


def test_data_that_change_while_they_are_judged_do_not_pass(own, monkeypatch):
    described = resources(own)
    monkeypatch.setattr(
        validation, "problems", lambda tables, schemas: spoil(own / "verbs.csv") or []
    )
    record.read(own)
    assert not validated.before(own, described)


# --- what it is for -------------------------------------------------------------------------------

START = """
import sys
from pathlib import Path
from analysis import paths, record
from analysis.page import show
paths.BUILD = Path(sys.argv[1])
record.load()
show.numbers(a=1)
slow = "frictionless", "rfc3987_syntax", "matplotlib", "sklearn", "myst_nb"
print({name for name in slow if sys.modules.get(name)})
"""


def test_a_notebook_starts_without_the_slow_libraries(notes):
    described = resources(paths.DATA)
    validated.note(paths.DATA, described, validated.state(paths.DATA, described))
    command = [sys.executable, "-c", START, str(notes.parent)]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "set()"
