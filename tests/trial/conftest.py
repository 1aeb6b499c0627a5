"""A copy of the checkout for each trial, and the text whose recipes are tried."""

import pytest
from copies import Copy

from analysis import paths


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path / "a copy")


@pytest.fixture(scope="session")
def contributing():
    return (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
