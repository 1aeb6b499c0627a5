"""How to cite: a valid citation file, which is the one source, and the day of the data."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from analysis import cite, paths, record

SCHEMA = json.loads(
    (Path(__file__).parent / "data" / "cff-1.2.0.schema.json").read_text(encoding="utf-8")
)
FILE = {
    "title": "A title",
    "authors": [{"name": "Us"}, {"name": "The others"}],
    "version": "1.2",
    "date-released": "2026-01-02",
    "type": "dataset",
    "url": "https://example.org/book",
    "keywords": ["one", "two words"],
}
RELEASED = cite.Edition("1.2", date(2026, 1, 2), released=True)
UNRELEASED = cite.Edition("1.3.dev", date(2026, 2, 3), released=False)
STATE = "unreleased, data of 3 February 2026"


def written(folder, fields):
    path = folder / "CITATION.cff"
    path.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own():
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


# --- the citation file ------------------------------------------------------------------------


def test_the_citation_file_is_valid_cff(own):
    jsonschema.Draft7Validator(SCHEMA).validate(own)
    assert own["cff-version"] == "1.2.0"


def test_the_schema_would_find_a_flaw(own):
    """Lest an empty schema makes everything valid."""
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(own | {"date-released": "soon"}))
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(own | {"colour": "blue"}))


def test_the_project_is_its_own_author_and_no_identifier_is_made_up(own):
    assert own["authors"] == [{"name": "The Paragraph 53 project"}]
    assert not {"doi", "identifiers"} & set(own)


def test_the_version_is_that_of_the_package_and_of_the_data(own):
    project = (paths.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    package = re.search(r'^version = "(.+)"$', project, re.MULTILINE)[1]
    assert str(own["version"]) == package == record.schema()["version"]


def test_one_licence_is_named_for_text_and_data_and_the_message_names_that_of_the_code(own):
    """Archives refuse a list of two."""
    assert own["license"] == record.schema()["licenses"][0]["name"] == "CC-BY-4.0"
    project = (paths.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    package = re.search(r'^license = "(.+)"$', project, re.MULTILINE)[1]
    assert package == cite.CODE_LICENCE
    assert f"the code is under the {package} licence" in " ".join(own["message"].split())


@pytest.mark.parametrize("name", cite.WRITTEN)
def test_a_file_that_is_made_of_it_is_fresh(name):
    written = (paths.ROOT / name).read_text(encoding="utf-8")
    form = cite.WRITTEN[name].__name__
    assert written == cite.WRITTEN[name](cite.read()), (
        f"run: python -m analysis cite --format {form} > {name}"
    )


def test_the_citation_file_has_the_addresses_that_are_filled_in_the_settings(own):
    """Whoever reads only this file finds the book too."""
    named = {key: own[key] for key in ("url", "repository-code") if key in own}
    assert named == cite.addresses(), "write them to CITATION.cff"


def test_an_address_that_is_filled_in_the_settings_is_read(tmp_path):
    settings = (paths.ROOT / "_config.yml").read_text(encoding="utf-8")
    path = tmp_path / "_config.yml"
    filled = re.sub(r'(&(?:address|repository)) ".*"', r"\1 https://example.org/p53/", settings)
    path.write_text(filled, encoding="utf-8")
    assert cite.addresses(path) == dict.fromkeys(
        ("url", "repository-code"), "https://example.org/p53/"
    )


def test_a_version_under_development_has_no_day_of_release(own):
    assert str(own["version"]).endswith(".dev") == ("date-released" not in own)


def test_the_changelog_begins_with_this_version(own):
    text = (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    day = own.get("date-released", "unreleased")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == f"{own['version']} ({day})"


@pytest.mark.parametrize("missing", cite.NEEDED)
def test_a_file_without_a_needed_field_is_refused(tmp_path, missing):
    path = written(tmp_path, {key: value for key, value in FILE.items() if key != missing})
    with pytest.raises(ValueError, match=f"Must have: {missing}."):
        cite.read(path)


@pytest.mark.parametrize("content", [b"a: [", b"- a list", b"", b"title: \xff", b"a: \x00"])
def test_what_is_no_citation_file_is_refused(tmp_path, content):
    (tmp_path / "CITATION.cff").write_bytes(content)
    with pytest.raises(ValueError, match="Invalid citation file") as refusal:
        cite.read(tmp_path / "CITATION.cff")
    assert "\n" not in str(refusal.value)


def test_a_citation_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="No file"):
        cite.read(tmp_path / "CITATION.cff")


@pytest.mark.parametrize(
    "day", [None, "", "soon", "2026-02-30", "2026-13", "2026-1", "26", ["2026-01-02"]]
)
def test_a_day_of_release_that_is_no_day_is_refused(tmp_path, day):
    with pytest.raises(
        ValueError,
        match=r"Invalid date-released .* Must be YYYY-MM-DD, YYYY-MM or YYYY, or",
    ):
        cite.read(written(tmp_path, FILE | {"date-released": day}))


@pytest.mark.parametrize("authors", ["Us", [], [{}], [None], [{"orcid": "x"}], [{"name": ""}], {}])
def test_an_author_without_a_name_is_refused(tmp_path, authors):
    with pytest.raises(ValueError, match="authors"):
        cite.read(written(tmp_path, FILE | {"authors": authors}))


DOI = "10.1234/abc"


@pytest.mark.parametrize(
    ("wrong", "must"),
    [
        ({"license": ["CC-BY-4.0", "MIT"]}, "one name"),
        ({"url": "example.org"}, "begins with https"),
        ({"repository-code": "git@example.org:us/it"}, "begins with https"),
        ({"doi": f"https://doi.org/{DOI}"}, "without https://doi.org/"),
        ({"identifiers": [{"type": "doi", "value": "abc"}]}, "a DOI as in"),
        ({"identifiers": [{"value": DOI}]}, "each with type and value"),
        ({"authors": [{"name": "Us", "orcid": "0000-0001"}]}, "an orcid as in https"),
    ],
)
def test_what_no_format_could_use_is_refused_by_name(tmp_path, wrong, must):
    (name,) = wrong
    with pytest.raises(ValueError, match=f"Invalid {name} in .* Must be .*{must}"):
        cite.read(written(tmp_path, FILE | wrong))


@pytest.mark.parametrize(
    "given",
    [
        {"doi": DOI},
        {"identifiers": [{"type": "swh", "value": "swh:1"}, {"type": "doi", "value": DOI}]},
        {"doi": DOI, "identifiers": [{"type": "doi", "value": "10.1234/older"}]},
    ],
)
def test_a_doi_is_found_where_the_format_allows_it(tmp_path, given):
    fields = cite.read(written(tmp_path, FILE | given))
    assert fields["doi"] == DOI
    assert all(
        f"https://doi.org/{DOI}" in line for line in cite.STYLES["text"](fields).splitlines()
    )


# --- the day of release ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "known", "words"),
    [
        ("2026", 1, "in 2026"),
        ("2026-11", 2, "in November 2026"),
        ("2026-11-24", 3, "on 24 November 2026"),
    ],
)
def test_a_day_of_release_may_be_known_in_part(tmp_path, given, known, words):
    path = tmp_path / "CITATION.cff"
    for text in (f"date-released: {given}\n", f'date-released: "{given}"\n'):
        others = {key: value for key, value in FILE.items() if key != "date-released"}
        path.write_text(yaml.safe_dump(others) + text, encoding="utf-8")
        edition = cite.read(path)["edition"]
        assert (edition.known, edition.iso) == (known, given)
        assert str(edition) == f"version 1.2, released {words}"


def test_a_version_is_a_text_as_it_is_written(tmp_path):
    path = tmp_path / "CITATION.cff"
    others = {key: value for key, value in FILE.items() if key != "version"}
    path.write_text(yaml.safe_dump(others) + "version: 1.10\n", encoding="utf-8")
    assert cite.read(path)["edition"].version == "1.10"


def test_an_edition_in_words():
    assert str(RELEASED) == "version 1.2, released on 2 January 2026"
    assert str(UNRELEASED) == f"version 1.3.dev, {STATE}"


def test_a_file_without_a_day_of_release_takes_that_of_the_data(tmp_path, mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    path = written(tmp_path, {key: FILE[key] for key in cite.NEEDED})
    assert cite.read(path, mini)["edition"] == cite.Edition("1.2", date(2025, 3, 4), False)


# --- the day of the data ----------------------------------------------------------------------


def test_the_day_of_the_data_is_that_of_the_last_change():
    _, changed = record.dated.day()
    assert not changed, "tables have changed: run python -m analysis dictionary"


def test_a_change_of_a_table_changes_the_day(mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    assert record.dated.day(mini) == (date(2025, 3, 4), False)
    table = mini / "sections.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert record.dated.day(mini) == (date(2025, 3, 4), True)
    assert record.dated.stamp(mini, date(2025, 3, 5))
    assert record.dated.day(mini) == (date(2025, 3, 5), False)


def test_a_table_that_is_gone_is_a_change(mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    (mini / "sections.csv").unlink()
    assert record.dated.day(mini)[1]


def test_without_a_change_nothing_is_written(mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    before = (mini / paths.SCHEMA).read_bytes()
    assert not record.dated.stamp(mini, date(2025, 3, 5))
    assert (mini / paths.SCHEMA).read_bytes() == before


def test_the_descriptor_is_otherwise_written_as_it_was(tmp_path):
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    (folder / "sections.csv").write_text("changed\n", encoding="utf-8")
    record.dated.stamp(folder, date(2025, 3, 4))
    before = (paths.DATA / paths.SCHEMA).read_text(encoding="utf-8").splitlines()
    after = (folder / paths.SCHEMA).read_text(encoding="utf-8").splitlines()
    changed = [line for line, old in zip(after, before, strict=True) if line != old]
    assert [line.split('"')[1] for line in changed] == ["created", "hash"]


def test_changed_tables_are_not_said_to_be_of_the_old_day(tmp_path, mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    (mini / "sections.csv").unlink()
    fields = cite.read(written(tmp_path, {key: FILE[key] for key in cite.NEEDED}), mini)
    assert fields["edition"].state == "unreleased, data changed after 4 March 2025"


@pytest.mark.parametrize("created", ["", "soon", "2026-13-01T00:00:00Z"])
def test_a_descriptor_without_a_day_is_refused(mini, created):
    descriptor = json.loads((mini / paths.SCHEMA).read_text(encoding="utf-8"))
    (mini / paths.SCHEMA).write_text(json.dumps(descriptor | {"created": created}))
    with pytest.raises(ValueError, match="Invalid date created"):
        record.dated.day(mini)
