"""How to cite: a valid citation file, and three formats made from it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from analysis import cite, paths

SCHEMA = json.loads((Path(__file__).parent / "data" / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
FIELDS = {
    "title": "A title",
    "authors": [{"name": "Us"}, {"name": "The others"}],
    "version": "1.2",
    "date-released": "2026-01-02",
    "type": "dataset",
    "url": "https://example.org/book",
    "keywords": ["one", "two words"],
}


@pytest.fixture(scope="module")
def own():
    return cite.read()


# --- the citation file ---------------------------------------------------------------------------------------------


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
    data = json.loads((paths.DATA / paths.SCHEMA).read_text(encoding="utf-8"))
    assert str(own["version"]) == re.search(r'^version = "(.+)"$', project, re.MULTILINE)[1] == data["version"]


@pytest.mark.parametrize("missing", cite.NEEDED)
def test_a_file_without_a_needed_field_is_refused(tmp_path, missing):
    (tmp_path / "CITATION.cff").write_text(yaml.safe_dump({k: v for k, v in FIELDS.items() if k != missing}))
    with pytest.raises(ValueError, match=f"Must have: {missing}."):
        cite.read(tmp_path / "CITATION.cff")


@pytest.mark.parametrize("content", ["a: [", "- a list", ""])
def test_what_is_no_citation_file_is_refused(tmp_path, content):
    (tmp_path / "CITATION.cff").write_text(content)
    with pytest.raises(ValueError, match="Invalid citation file"):
        cite.read(tmp_path / "CITATION.cff")


def test_a_citation_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="No file"):
        cite.read(tmp_path / "CITATION.cff")


# --- formats -------------------------------------------------------------------------------------------------------


def test_text():
    assert cite.text(FIELDS) == "Us; The others (2026). A title. Version 1.2. Data set. https://example.org/book"


def bibtex_fields(text):
    return dict(re.findall(r"^  ([a-z]+) = \{(.*)\},?$", text, re.MULTILINE))


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
    lines = [tuple(line.split("  - ", 1)) for line in cite.ris(FIELDS).split("\r\n")[:-1]]
    assert lines == [
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


@pytest.mark.parametrize("form", cite.FORMATS)
def test_without_an_address_none_is_given(form):
    assert "http" not in cite.FORMATS[form]({key: value for key, value in FIELDS.items() if key != "url"})


@pytest.mark.parametrize(
    ("form", "word"), [("text", "Software"), ("bibtex", "Software"), ("ris", "TY  - COMP"), ("csl", '"software"')]
)
def test_software_is_called_software(form, word):
    assert word in cite.FORMATS[form](FIELDS | {"type": "software"})


def test_a_date_without_quotes_is_a_date_too(tmp_path):
    (tmp_path / "CITATION.cff").write_text(yaml.safe_dump(FIELDS).replace("'2026-01-02'", "2026-01-02"))
    assert "(2026)" in cite.text(cite.read(tmp_path / "CITATION.cff"))


def test_the_page_has_every_format_as_a_block(own):
    page = cite.page(own)
    assert page.startswith(cite.text(own))
    assert re.findall(r"^\*\*(.+)\*\*$", page, re.MULTILINE) == ["BibTeX", "RIS", "CSL-JSON"]
    assert page.count("```") == 6 and "\r" not in page
