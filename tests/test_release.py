"""The release step: one version in every file, a day of release only for what is released."""

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import zipfile
from datetime import date

import jsonschema
import pytest
import yaml
from rocrate import rocrate
from test_cite import SCHEMA

from analysis import archive, cite, paths, provenance, record
from analysis.__main__ import main

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
    fields = cite.read(root / "CITATION.cff", root / "data")
    assert fields["edition"].released
    for name, write in cite.WRITTEN.items():
        assert (root / name).read_text(encoding="utf-8") == write(fields)
        assert today in write(fields) and '"1.0.0"' in write(fields)
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


@pytest.mark.parametrize("version", ["", "0.0.1", "0.0.1.dev"])
def test_a_version_that_is_not_later_is_refused(root, capsys, version):
    before, now = versions(root), citation(root)["version"]
    assert release.main([version or now], root) == 2
    assert f"Must be later than {now}." in capsys.readouterr().err and versions(root) == before


def test_tables_that_have_changed_are_not_released(root, capsys):
    (root / "data" / "sections.csv").write_text("changed\n", encoding="utf-8")
    assert record.dated.day(root / "data")[1]
    assert release.main(["1.0.0"], root) == 2
    assert "The tables have changed" in capsys.readouterr().err


def test_a_file_that_names_no_version_is_refused(root, capsys):
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert release.main(["1.0.0"], root) == 2
    assert "Must name the version once, not 0 times" in capsys.readouterr().err


# --- what a release gives away ------------------------------------------------------------------

KIT = importlib.util.spec_from_file_location("kit", paths.ROOT / "tools" / "kit.py")
kit = importlib.util.module_from_spec(KIT)
KIT.loader.exec_module(kit)


FILES = ("index.html", "book/index.html", kit.REPORT, provenance.PROV_FILE)
MADE = (archive.ARCHIVE, archive.WORKBOOK, archive.DATABASE)
PAIRS = [f"{archive.JUDGED}/{file}" for file in archive.JUDGED_FILES]
FIRST = cite.Edition("1.0.0", date(2026, 1, 2), released=True)
SECOND = cite.Edition("1.1.0", date(2026, 2, 3), released=True)
DRAFT = cite.Edition("1.2.0.dev", date(2026, 3, 4), released=False)


@pytest.fixture
def book(tmp_path):
    """A folder with the files of a built book that a release takes."""
    html = tmp_path / "html"
    for name in (*FILES, *(f"data/{each}" for each in (*MADE, *PAIRS))):
        (html / name).parent.mkdir(parents=True, exist_ok=True)
        (html / name).write_text(f"This is {name}.", encoding="utf-8")
    return html


@pytest.fixture
def make(book, tmp_path, monkeypatch):
    """Write an edition of the book to the folder of versions, and return the exit code."""
    own = cite.read()

    def made(edition):
        fields = own | {"version": edition.version, "edition": edition}
        monkeypatch.setattr(cite, "read", lambda *_, **__: fields)
        return kit.main(book, [str(tmp_path / "out")])

    return made


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_version_has_the_pages_and_a_deposit_in_a_folder_of_its_own(make, book, tmp_path):
    assert make(FIRST) == 0
    files = content(tmp_path / "out" / "v1.0.0")
    assert {name: files[name] for name in content(book)} == content(book)
    deposit = {
        name.removeprefix("deposit/"): file
        for name, file in files.items()
        if name.startswith("deposit/")
    }
    named = {f"paragraph-53-1.0.0{end}" for end in kit.FILES}
    assert set(deposit) == named | {archive.CRATE, "SHA256SUMS"}
    assert len(files) == len(content(book)) + len(deposit)
    packed = {
        name: zipfile.ZipFile(io.BytesIO(deposit[name]))
        for name in named
        if "zip" in name[-4:] and "data" not in name
    }
    site = packed["paragraph-53-1.0.0-site.zip"]
    assert site.read("paragraph-53-1.0.0-site/book/index.html") == b"This is book/index.html."
    pairs = packed["paragraph-53-1.0.0-judged-pairs.zip"].namelist()
    assert len(pairs) == len(archive.JUDGED_FILES)
    sums = deposit.pop("SHA256SUMS").decode().splitlines()
    assert sums == [
        f"{hashlib.sha256(deposit[file]).hexdigest()}  {file}" for file in sorted(deposit)
    ]


def test_two_runs_write_the_same_bytes_and_a_released_version_is_not_touched(
    make, book, tmp_path, capsys
):
    assert make(FIRST) == 0
    first = content(tmp_path / "out")
    os.utime(book / "index.html", (4e9, 4e9))
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    assert make(FIRST) == 0
    assert "was there already, and is the same" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == stamps
    shutil.rmtree(tmp_path / "out")
    assert make(FIRST) == 0
    assert content(tmp_path / "out") == first


@pytest.mark.parametrize("change", ["other", "more", "fewer"])
def test_a_released_version_is_never_changed_and_the_first_difference_is_named(
    make, book, tmp_path, capsys, change
):
    make(FIRST)
    before = content(tmp_path / "out")
    page = book / "book" / ("new.html" if change == "more" else "index.html")
    page.write_text("Another page.", encoding="utf-8")
    if change == "fewer":
        page.unlink()
    assert make(FIRST) == 1
    told = capsys.readouterr().err
    assert f"'book/{page.name}' is not the same" in told and len(told.splitlines()) == 1
    assert content(tmp_path / "out") == before


def test_the_next_version_stands_beside_the_one_before(make, book, tmp_path):
    make(FIRST)
    before = content(tmp_path / "out" / "v1.0.0")
    (book / "index.html").write_text("Another page.", encoding="utf-8")
    assert make(SECOND) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"v1.0.0", "v1.1.0"}
    assert content(tmp_path / "out" / "v1.0.0") == before


def test_a_version_in_work_is_written_anew_with_nothing_of_before(make, book, tmp_path):
    make(DRAFT)
    (book / "index.html").rename(book / "other.html")
    assert make(DRAFT) == 0
    files = content(tmp_path / "out" / "v1.2.0.dev")
    assert "other.html" in files and "index.html" not in files


def test_what_an_interrupted_run_left_behind_is_no_version(make, tmp_path):
    (tmp_path / "out" / ".v1.0.0.part").mkdir(parents=True)
    assert make(FIRST) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["v1.0.0"]


@pytest.mark.parametrize("missing", [kit.REPORT, f"data/{PAIRS[0]}"])
def test_a_book_that_is_not_whole_is_no_release_and_says_so(make, book, tmp_path, capsys, missing):
    (book / missing).unlink()
    assert make(FIRST) == 1
    assert missing in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_between_two_releases_it_can_be_told_what_changed(make, book, mini, tmp_path, capsys):
    """A code is corrected in the data of the second; the folders and the archive tell the same."""
    for name in content(mini):
        (book / "data" / name).parent.mkdir(exist_ok=True)
        shutil.copy(mini / name, book / "data" / name)
    make(FIRST)
    table = book / "data" / "uptake.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("partial", "full"), encoding="utf-8")
    assert make(FIRST) == 1
    assert make(SECOND) == 0
    capsys.readouterr()
    out = tmp_path / "out"
    assert main(["changes", str(out / "v1.0.0"), str(out / "v1.1.0")]) == 1
    folders = capsys.readouterr().out
    assert "changed 6b, 10a, level: partial -> full" in folders
    site = out / "v1.1.0" / "deposit" / "paragraph-53-1.1.0-site.zip"
    assert main(["changes", str(out / "v1.0.0"), str(site)]) == 1
    assert capsys.readouterr().out == folders


# --- the deposit as a Research Object Crate -----------------------------------------------------


@pytest.fixture
def crate(make, tmp_path):
    """The folder of the deposit."""
    make(FIRST)
    return tmp_path / "out" / "v1.0.0" / "deposit"


def test_the_crate_follows_the_specification(crate):
    """RO-Crate 1.1: one flat graph, a descriptor, a root with what it must have."""
    written = json.loads((crate / archive.CRATE).read_text(encoding="utf-8"))
    graph = {entity["@id"]: entity for entity in written["@graph"]}
    assert written["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    assert len(graph) == len(written["@graph"])
    head = graph["ro-crate-metadata.json"]
    assert head["@type"] == "CreativeWork" and head["about"] == {"@id": "./"}
    assert head["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = graph["./"]
    assert root["@type"] == "Dataset" and root["datePublished"] == "2026-01-02"
    assert root["name"] and root["description"] and root["version"] == "1.0.0"
    for entity in graph.values():
        assert entity["@type"]
        for value in entity.values():
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):  # nothing is nested: all are references
                    assert set(each) == {"@id"}
                    assert each["@id"] in graph or each["@id"].startswith("https://w3id.org/")


def test_the_crate_names_files_licence_author_citation_and_software(crate):
    written = json.loads((crate / archive.CRATE).read_text(encoding="utf-8"))
    graph = {entity["@id"]: entity for entity in written["@graph"]}
    root = graph["./"]
    parts = [part["@id"] for part in root["hasPart"]]
    assert set(parts) == {path.name for path in crate.iterdir()} - {archive.CRATE, "SHA256SUMS"}
    for name in parts:
        file, there = graph[name], (crate / name).read_bytes()
        assert file["@type"] == "File" and "/" in file["encodingFormat"]
        assert file["sha256"] == hashlib.sha256(there).hexdigest()
        assert file["contentSize"] == str(len(there))
    assert root["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    [author] = root["author"]
    assert graph[author["@id"]]["name"] == "The Paragraph 53 project"
    assert graph[root["citation"]["@id"]]["name"] == cite.text(cite.read(), cite.DATASET)
    making = graph[root["mentions"]["@id"]]
    assert graph[making["instrument"]["@id"]]["@type"] == "SoftwareSourceCode"


def test_another_program_reads_the_crate(crate):
    read = rocrate.ROCrate(str(crate))
    assert read.root_dataset["version"] == "1.0.0"
    assert read.license.id == "https://creativecommons.org/licenses/by/4.0/"
    assert {file.id for file in read.data_entities if file.type == "File"} == {
        f"paragraph-53-1.0.0{end}" for end in kit.FILES
    }


def test_a_crate_of_a_version_in_work_says_so(make, tmp_path):
    make(DRAFT)
    path = tmp_path / "out" / "v1.2.0.dev" / "deposit" / archive.CRATE
    [root] = [each for each in json.loads(path.read_text())["@graph"] if each["@id"] == "./"]
    assert root["creativeWorkStatus"] == DRAFT.state
