"""The release step: one version in every file, a day of release only for what is released."""

import importlib.util
import re
import shutil
from datetime import date

import jsonschema
import pytest
import yaml
from test_cite import SCHEMA

from analysis import cite, paths, record

SPEC = importlib.util.spec_from_file_location("release", paths.ROOT / "tools" / "release.py")
release = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(release)

CHANGES = "# Changelog\n\n## 1.0.0.dev (unreleased)\n\n- New.\n\n## 0.9.0 (2020-01-01)\n\n- Old.\n"


@pytest.fixture
def root(tmp_path):
    """A copy of the files that name the version, on the way to version 1.0.0."""
    for name in release.NAMED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(paths.ROOT / name, tmp_path / name)
    shutil.copytree(paths.DATA, tmp_path / "data", dirs_exist_ok=True)
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    return tmp_path


def versions(root):
    texts = {name: (root / name).read_text(encoding="utf-8") for name in release.NAMED}
    return {
        re.search(r"^ *\"?version\"?[ :=]+\"?([\d.dev]+)", text, re.M)[1] for text in texts.values()
    }


def citation(root):
    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


def test_a_release_and_what_follows_it(root):
    today = str(date.today())
    assert release.main(["1.0.0"], root) == 0
    assert versions(root) == {"1.0.0"}
    assert citation(root)["date-released"] == today
    jsonschema.Draft7Validator(SCHEMA).validate(citation(root))
    assert cite.read(root / "CITATION.cff", root / "data")["edition"].released
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog == CHANGES.replace("1.0.0.dev (unreleased)", f"1.0.0 ({today})")

    assert release.main(["1.1.0.dev"], root) == 0
    assert versions(root) == {"1.1.0.dev"}
    assert "date-released" not in citation(root)
    after = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert after == changelog.replace("## 1.0.0", "## 1.1.0.dev (unreleased)\n\n## 1.0.0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "usage"),
        (["1.0.0", "1.1.0"], "usage"),
        (["1.0"], "Invalid version '1.0'"),
        (["1.0.0rc1"], "Invalid version"),
        (["2.0.0"], "first version must be 2.0.0.dev"),
        (["0.9.0"], "first version must be 0.9.0.dev"),
        (["1.1.0.dev"], "must be released before"),
    ],
)
def test_what_does_not_follow_is_refused_and_nothing_is_written(root, capsys, arguments, words):
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert release.main(arguments, root) == 2
    told = capsys.readouterr().err
    assert words in told and len(told.splitlines()) == 1
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_tables_that_have_changed_are_not_released(root, capsys):
    (root / "data" / "sections.csv").write_text("changed\n", encoding="utf-8")
    assert record.dated.day(root / "data")[1]
    assert release.main(["1.0.0"], root) == 2
    assert "The tables have changed" in capsys.readouterr().err


def test_a_file_that_names_no_version_is_refused(root, capsys):
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert release.main(["1.0.0"], root) == 2
    assert "Must name the version once, not 0 times" in capsys.readouterr().err
