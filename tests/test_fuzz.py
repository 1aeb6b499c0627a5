"""Files found by fuzzing: each is read, or refused in one line, in bounded time."""

import random
import shutil
from pathlib import Path

import fuzz
import fuzz_data
import pytest

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.*"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_before(path):
    assert fuzz.trouble(path) == ""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return fuzz.seeds(tmp_path_factory.mktemp("seeds"))


@pytest.mark.parametrize("suffix", fuzz.FORMS)
def test_a_few_rounds(suffix, kinds, tmp_path):
    """The rounds are the same each time; `make fuzz` runs new ones."""
    chance = random.Random(53)
    for number in range(25):
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(fuzz.changed(chance.choice(kinds[suffix]), chance, kinds[suffix]))
        assert fuzz.trouble(path) == "", number


DATA = sorted((Path(__file__).parent / "corpus" / "data").glob("*.*"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_what_was_found_in_data_before(path, tmp_path):
    folder = fuzz_data.seed(tmp_path)
    shutil.copy(path, folder / fuzz_data.original(path.name))
    assert fuzz.within_limits(lambda: fuzz_data.judge(folder)) == ""


def test_a_few_rounds_of_data(tmp_path):
    chance, folder = random.Random(53), fuzz_data.seed(tmp_path)
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}
    for number in range(8):
        path, problem = fuzz._data_round(folder, chance)
        assert problem == "", (number, path.name)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))} == before


def test_what_is_wrong_is_seen(tmp_path, monkeypatch):
    (tmp_path / "s.md").write_text("1. Words.", encoding="utf-8")
    assert fuzz.trouble(tmp_path / "s.md") == ""
    monkeypatch.setattr(fuzz.document, "read", lambda path: {}["x"])
    assert fuzz.trouble(tmp_path / "s.md") == "KeyError: 'x'"
