"""A book that is built again is compared file by file, and what differs is named."""

import csv
import hashlib
import json
import re
import shutil
import subprocess

import pytest
import yaml

from analysis import cite, paths
from tools import certify

FILES = {"html/index.html": "a", "html/paper/report.pdf": "b", "spreadsheets/claims.xlsx": "c"}
FILES |= {f"release/v{cite.read()['edition'].version}/index.html": "a"}


def make(folder, **changed):
    """Write a small tree of what a build makes, with other content in some files."""
    for name, content in (FILES | changed).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def rebuilt(**changed):
    """Return what stands for a build in a copy."""
    return lambda copy, python: make(copy / "_build", **changed)


@pytest.fixture
def expected(tmp_path):
    return certify.hashes(make(tmp_path))


def test_every_file_that_is_built_has_its_hash(expected):
    assert expected == {
        name: hashlib.sha256(content.encode()).hexdigest() for name, content in FILES.items()
    }


def test_the_same_files_are_certified_as_the_same(expected, capsys):
    same, report = certify.certified(expected, "", rebuilt())
    assert same and report.startswith(f"All 4 files are the same, tree {certify.tree(expected)}.")


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_one_other_byte_is_named(expected, name, capsys):
    same, report = certify.certified(expected, "", rebuilt(**{name: "x"}))
    assert not same and "1 of 4 files differ" in report and f"differs: {name}\n" in report


def test_a_file_too_many_and_one_too_few_are_named(expected):
    found = {name: each for name, each in expected.items() if "report" not in name}
    found["html/new.html"] = "0" * 64
    assert certify.differences(expected, found) == [
        "additional: html/new.html",
        "missing: html/paper/report.pdf",
    ]


@pytest.mark.parametrize(("changed", "code"), [({}, 0), ({"html/index.html": "x"}, 1)])
def test_the_command_compares_with_a_list_and_its_code_says_if_all_is_the_same(
    expected, tmp_path, monkeypatch, capsys, changed, code
):
    monkeypatch.setattr(certify, "build", rebuilt(**changed))
    monkeypatch.setattr(certify, "REPORT", tmp_path / "rebuilt.txt")
    (tmp_path / "list").write_text(certify.written(expected), encoding="utf-8")
    assert certify.main(["--against", str(tmp_path / "list")]) == code
    report = (tmp_path / "rebuilt.txt").read_text(encoding="utf-8")
    assert ("differs: html/index.html" in report) == bool(code) and "Edition: version" in report


def test_a_release_records_what_is_built_but_not_the_record_itself(tmp_path, monkeypatch, capsys):
    """Nor a version that was released before and lies beside it."""
    record = make(tmp_path, **{"release/v0.0.1/index.html": "d"}) / "release" / certify.RECORD.name
    monkeypatch.setattr(certify, "RECORD", record)
    monkeypatch.setattr(certify, "finish", lambda *_: None)
    monkeypatch.setattr(certify.paths, "BUILD", tmp_path)
    for _ in range(2):
        assert certify.main(["--record"]) == 0
        assert set(certify.read(record)) == set(FILES)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_list_is_one_that_sha256sum_checks(expected, tmp_path):
    (tmp_path / "list").write_text(certify.written(expected), encoding="utf-8")
    assert certify.read(tmp_path / "list") == expected
    check = ["sha256sum", "--check", "--quiet", "list"]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0


@pytest.mark.parametrize("content", ["", "no hash  html/index.html\n", "\xff"])
def test_what_is_no_list_of_hashes_is_refused_in_one_line(tmp_path, capsys, content):
    (tmp_path / "list").write_text(content, encoding="latin-1")
    assert certify.main(["--against", str(tmp_path / "list")]) == 2
    told = capsys.readouterr().err
    assert "Must have a SHA-256 and a path in each line." in told and len(told.splitlines()) == 1


# --- how each page was executed ---------------------------------------------------------------


@pytest.fixture
def executed(tmp_path, monkeypatch):
    """A page of the book that was executed, and one that is not in the book."""
    monkeypatch.setattr(certify.paths, "BUILD", tmp_path)
    monkeypatch.setattr(certify, "SHOWN", tmp_path / "executed.csv")
    (tmp_path / "executed").mkdir()
    for page in ("uptake", "no_page_of_the_book"):
        kept = {"seconds": 2.5, "python": "3.12.1", "executed": "{}"}
        (tmp_path / "executed" / f"{page}.json").write_text(json.dumps(kept), encoding="utf-8")
    return ["uptake", "2.5", "3.12.1", cite.read()["edition"].iso]


def test_how_each_page_was_executed_is_printed_as_a_table(executed, capsys):
    assert certify.main(["--status"]) == 0
    printed = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    assert (printed[0], printed[2:]) == ([*certify.HEAD], [executed])


def test_how_each_page_was_executed_is_written_for_the_book(executed, capsys):
    assert certify.main(["--show"]) == 0
    with certify.SHOWN.open(encoding="utf-8") as file:
        assert list(csv.reader(file)) == [[*certify.HEAD], executed]


@pytest.mark.parametrize("option", ["--status", "--show"])
def test_without_an_executed_page_nothing_is_printed_or_written(
    executed, tmp_path, monkeypatch, option, capsys
):
    monkeypatch.setattr(certify.paths, "BUILD", tmp_path / "none")
    assert certify.main([option]) == 2
    assert "Run: make book" in capsys.readouterr().err and not certify.SHOWN.exists()


def test_what_the_book_shows_of_it_is_of_its_notebooks():
    """If a page has gone: `make rebuild`, then `python -m tools.certify --show`."""
    with certify.SHOWN.open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == certify.HEAD and rows
    book = {path.stem for path in (paths.ROOT / "book").glob("*.ipynb")}
    assert {page for page, *_ in rows} <= book and len(rows) == len({page for page, *_ in rows})
    for _, seconds, python, day in rows:
        assert float(seconds) > 0 and re.fullmatch(r"3\.1\d\.\d+", python)
        assert day <= cite.read()["edition"].iso


# --- the workflow -------------------------------------------------------------------------------

WORKFLOW = yaml.safe_load(
    (paths.ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8")
)
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_every_action_is_pinned_by_its_hash_and_keeps_no_credentials():
    used = [step["uses"].partition("@") for step in STEPS if "uses" in step]
    assert [name for name, _, version in used if len(version) != 40] == []
    fetched = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout")]
    assert [step for step in fetched if step["with"]["persist-credentials"] is not False] == []


def test_what_every_system_built_is_kept_and_compared_every_week():
    assert "schedule" in WORKFLOW[True]  # YAML 1.1 takes the key "on" for a truth value
    kept = [step["with"]["path"] for step in STEPS if "upload-artifact" in step.get("uses", "")]
    assert [folder for folder in certify.FOLDERS if f"_build/{folder}" not in kept[0]] == []
    compared = "".join(step.get("run", "") for step in WORKFLOW["jobs"]["same"]["steps"])
    assert certify.RECORD.name in compared and "same" in WORKFLOW["jobs"]["publish"]["needs"]
