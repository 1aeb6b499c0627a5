"""The small dialogue and sheets of it, for the tests of this folder."""

import shutil

import pytest
from sheets import dialogue, fill, written

from analysis import record


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return dialogue(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def data(clean):
    return record.load(clean)


@pytest.fixture
def folder(clean, tmp_path):
    """A copy of the data, to be joined to."""
    return shutil.copytree(clean, tmp_path / "data")


@pytest.fixture(scope="module")
def blank(data, tmp_path_factory):
    """A sheet of all nine statements that nobody has filled in."""
    return written(data, tmp_path_factory.mktemp("sheets") / "blank.xlsx", 9)


@pytest.fixture(scope="module")
def filled(data, blank):
    """A sheet with the codes of the record, but for one."""
    return fill(blank, data, {("units", "D7"): "practice"}, "filled.xlsx")
