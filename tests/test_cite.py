"""How to cite: a valid citation file, four formats made from it, and the day of the data."""

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
FIELDS = FILE | {"edition": RELEASED}
DRAFT = FILE | {"edition": UNRELEASED}
PERSON = {"family-names": "Berg", "given-names": "Ana", "name-particle": "van den"}


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


@pytest.mark.parametrize("day", ["2026-11", 2026, None, "", "soon", "2026-02-30", ["2026-01-02"]])
def test_a_day_of_release_that_is_no_day_is_refused(tmp_path, day):
    with pytest.raises(
        ValueError, match=r"Invalid date-released .* Must be YYYY-MM-DD, or absent."
    ):
        cite.read(written(tmp_path, FILE | {"date-released": day}))


@pytest.mark.parametrize("authors", ["Us", [], [{}], [None], [{"orcid": "x"}], [{"name": ""}], {}])
def test_an_author_without_a_name_is_refused(tmp_path, authors):
    with pytest.raises(ValueError, match="authors"):
        cite.read(written(tmp_path, FILE | {"authors": authors}))


# --- formats ----------------------------------------------------------------------------------


def test_text():
    assert cite.text(FIELDS) == (
        "Us; The others (2026). A title. Version 1.2. Data set. https://example.org/book"
    )


def bibtex_fields(text):
    return dict(re.findall(r"^  ([a-z]+) = \{(.*)\},?$", text, re.MULTILINE))


def ris_lines(text):
    return [tuple(line.split("  - ", 1)) for line in text.split("\r\n")[:-1]]


def test_bibtex():
    text = cite.bibtex(FIELDS | {"authors": [{"name": "Us"}]})
    assert text.startswith("@misc{paragraph53,\n") and text.endswith("\n}\n")
    assert text.count("{") == text.count("}")
    assert bibtex_fields(text) == {
        "title": "{A title}",
        "author": "{Us}",
        "year": "2026",
        "month": "1",
        "version": "1.2",
        "note": "Data set",
        "url": "https://example.org/book",
    }


def test_bibtex_with_two_authors():
    assert bibtex_fields(cite.bibtex(FIELDS))["author"] == "{Us} and {The others}"


def test_ris():
    assert ris_lines(cite.ris(FIELDS)) == [
        ("TY", "DATA"),
        ("AU", "Us"),
        ("AU", "The others"),
        ("TI", "A title"),
        ("PY", "2026"),
        ("DA", "2026/01/02"),
        ("ET", "1.2"),
        ("KW", "one"),
        ("KW", "two words"),
        ("UR", "https://example.org/book"),
        ("ER", ""),
    ]


def test_csl():
    (item,) = json.loads(cite.csl(FIELDS))
    assert item == {
        "id": "paragraph53",
        "type": "dataset",
        "title": "A title",
        "author": [{"literal": "Us"}, {"literal": "The others"}],
        "issued": {"date-parts": [[2026, 1, 2]]},
        "version": "1.2",
        "URL": "https://example.org/book",
    }


@pytest.mark.parametrize("form", cite.STYLES)
def test_without_an_address_none_is_given(form):
    fields = {key: value for key, value in FIELDS.items() if key != "url"}
    assert "http" not in cite.STYLES[form](fields)


@pytest.mark.parametrize(
    ("form", "word"),
    [("text", "Software"), ("bibtex", "Software"), ("ris", "TY  - COMP"), ("csl", '"software"')],
)
def test_software_is_called_software(form, word):
    assert word in cite.STYLES[form](FIELDS | {"type": "software"})


def test_a_date_without_quotes_is_a_date_too(tmp_path):
    path = tmp_path / "CITATION.cff"
    path.write_text(yaml.safe_dump(FILE).replace("'2026-01-02'", "2026-01-02"))
    assert cite.read(path)["edition"] == RELEASED


def test_the_page_has_every_format_as_a_block():
    page = cite.page(cite.read())
    assert page.startswith(cite.text(cite.read()))
    assert re.findall(r"^\*\*(.+)\*\*$", page, re.MULTILINE) == ["BibTeX", "RIS", "CSL-JSON"]
    assert page.count("```") == 6 and "\r" not in page


# --- before a release -------------------------------------------------------------------------

STATE = "unreleased, data of 3 February 2026"


def test_text_before_a_release():
    assert cite.text(DRAFT) == (
        f"Us; The others (2026). A title. Version 1.3.dev, {STATE}. Data set. "
        "https://example.org/book"
    )


def test_bibtex_before_a_release():
    fields = bibtex_fields(cite.bibtex(DRAFT))
    assert (fields["year"], fields["month"], fields["version"]) == ("2026", "2", "1.3.dev")
    assert fields["note"] == f"Data set, {STATE}"


def test_ris_before_a_release():
    lines = dict(ris_lines(cite.ris(DRAFT)))
    assert (lines["DA"], lines["ET"], lines["N1"]) == ("2026/02/03", "1.3.dev", STATE)


def test_csl_before_a_release():
    (item,) = json.loads(cite.csl(DRAFT))
    assert item["issued"] == {"date-parts": [[2026, 2, 3]]}
    assert (item["version"], item["note"]) == ("1.3.dev", STATE)


def test_an_edition_in_words():
    assert str(RELEASED) == "version 1.2, released on 2 January 2026"
    assert str(UNRELEASED) == f"version 1.3.dev, {STATE}"


def test_a_file_without_a_day_of_release_takes_that_of_the_data(tmp_path, mini):
    record.dated.stamp(mini, date(2025, 3, 4))
    path = written(tmp_path, {key: FILE[key] for key in cite.NEEDED})
    assert cite.read(path, mini)["edition"] == cite.Edition("1.2", date(2025, 3, 4), False)


# --- persons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "text", "bibtex", "csl"),
    [
        (
            PERSON,
            "van den Berg, Ana",
            "van den Berg, Ana",
            {"family": "van den Berg", "given": "Ana"},
        ),
        (
            {"family-names": "King", "given-names": "M. L.", "name-suffix": "Jr"},
            "King, M. L., Jr",
            "King, Jr, M. L.",
            {"family": "King", "given": "M. L.", "suffix": "Jr"},
        ),
        ({"family-names": "Ḥasan"}, "Ḥasan", "Ḥasan", {"family": "Ḥasan"}),
        ({"given-names": "Ana"}, "Ana", "Ana", {"given": "Ana"}),
        ({"alias": "ana53"}, "ana53", "ana53", {"family": "ana53"}),
        ({"name": "The project"}, "The project", "{The project}", {"literal": "The project"}),
    ],
)
def test_an_author_may_be_a_person(tmp_path, author, text, bibtex, csl):
    fields = cite.read(written(tmp_path, FILE | {"authors": [author]}))
    assert cite.text(fields).startswith(f"{text} (2026).")
    assert bibtex_fields(cite.bibtex(fields))["author"] == bibtex
    assert dict(ris_lines(cite.ris(fields)))["AU"] == text
    assert json.loads(cite.csl(fields))[0]["author"] == [csl]


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
