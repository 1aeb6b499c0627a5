"""The citation for archives and search engines: Zenodo, CodeMeta, schema.org."""

import re
from collections.abc import Callable

from analysis.cite.citation_file import Fields
from analysis.cite.names import Author, inverted, named, publisher
from analysis.cite.styles import (
    DATASET,
    REPORT,
    as_json,
    bibtex_file,
    csl_file,
    place,
    ris_file,
    texts,
    where,
)

CODE_LICENCE = "MIT"
DEPOSIT_TYPES = {REPORT: "Report", DATASET: "Dataset"}
CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-\w+)*)-(\d\.\d)")
SCHEMA_ORG = "https://schema.org"


def licence(name: str) -> str:
    """Return the address of a licence: of its text if it is one of Creative Commons.

    >>> licence("CC-BY-4.0"), licence("MIT")
    ('https://creativecommons.org/licenses/by/4.0/', 'https://spdx.org/licenses/MIT')
    """
    found = CREATIVE_COMMONS.fullmatch(name)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return f"https://spdx.org/licenses/{name}" if name else ""


def zenodo(fields: Fields) -> str:
    """Return what Zenodo asks for of a deposit (``.zenodo.json``).

    The DOI is left out: Zenodo gives one itself.
    """
    site, code = place(fields), fields.get("repository-code")
    related = [
        {"identifier": address, "relation": relation, "scheme": "url"}
        for address, relation in ((site, "isDocumentedBy"), (code, "isSupplementTo"))
        if address
    ]
    return as_json(
        _filled(
            {
                "title": fields["title"],
                "upload_type": fields["type"],
                "description": _line(fields.get("abstract")),
                "creators": [_creator(author) for author in fields["authors"]],
                "version": fields["version"],
                "publication_date": _released(fields),
                "license": fields["license"].lower(),
                "access_right": "open",
                "language": "eng",
                "keywords": fields.get("keywords"),
                "notes": f"The code has the {CODE_LICENCE} licence.",
                "related_identifiers": related,
            }
        )
    )


def codemeta(fields: Fields) -> str:
    """Return data and code as CodeMeta (``codemeta.json``), each with its licence."""
    code = {
        "@type": "SoftwareSourceCode",
        "name": fields["title"].partition(":")[0],
        "version": fields["version"],
        "license": licence(CODE_LICENCE),
        "programmingLanguage": "Python",
        "codeRepository": fields.get("repository-code"),
    }
    context = {"@context": "https://w3id.org/codemeta/3.0"}
    return as_json(linked(fields, DATASET) | context | {"hasPart": [_filled(code)]})


def linked(fields: Fields, kind: str = REPORT) -> Fields:
    """Return the book or its data in the words of schema.org."""
    return _filled(
        {
            "@context": SCHEMA_ORG,
            "@type": DEPOSIT_TYPES[kind],
            "name": fields["title"],
            "description": _line(fields.get("abstract")),
            "author": [_author(author) for author in fields["authors"]],
            "publisher": {"@type": "Organization", "name": publisher(fields)}
            if publisher(fields)
            else "",
            "version": fields["version"],
            "datePublished": _released(fields),
            "license": licence(fields["license"]),
            "inLanguage": "en",
            "keywords": fields.get("keywords"),
            "identifier": where(fields) if fields.get("doi") else "",
            "url": place(fields, kind),
        }
    )


def _creator(author: Author) -> Fields:
    orcid = str(author.get("orcid") or "").rpartition("/")[2]
    return _filled(
        {"name": inverted(author), "affiliation": author.get("affiliation"), "orcid": orcid}
    )


def _author(author: Author) -> Fields:
    name = named(author)
    return _filled(
        {
            "@type": "Organization" if "literal" in name else "Person",
            "@id": author.get("orcid"),
            "name": " ".join(
                name[part] for part in ("literal", "given", "family", "suffix") if part in name
            ),
            "givenName": name.get("given"),
            "familyName": name.get("family"),
            "url": author.get("website"),
        }
    )


def _released(fields: Fields) -> str:
    """Return the date of release; blank before there is one."""
    edition = fields["edition"]
    return str(edition.iso) if edition.released else ""


def _line(words: object) -> str:
    return " ".join(str(words or "").split())


def _filled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value}


STYLES: dict[str, Callable[[Fields], str]] = {
    "text": texts,
    "bibtex": bibtex_file,
    "ris": ris_file,
    "csl": csl_file,
    "zenodo": zenodo,
    "codemeta": codemeta,
}
WRITTEN = {".zenodo.json": zenodo, "codemeta.json": codemeta}  # files of the repository
