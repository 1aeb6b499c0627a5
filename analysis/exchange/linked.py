"""JSON-LD: SKOS of the codebook and its crosswalk, Web Annotations of the units.

Nothing has an address of its own until the book has one, so each thing is named by its GUID, as
``urn:uuid:``: the annotations name the concepts of the codebook.
"""

import json
from collections import defaultdict
from typing import Any

from analysis.exchange.about import About
from analysis.exchange.coded import THEME, Code, Unit, codebook, guid, units
from analysis.record import Record

MATCHES = {"close": "closeMatch", "broader": "broadMatch", "related": "relatedMatch"}
LINKS = ("inScheme", "topConceptOf", "hasTopConcept", "broader", *MATCHES.values())
IN_ENGLISH = ("prefLabel", "definition", "scopeNote", "example", "note")
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
SKOS_CONTEXT = {
    "@vocab": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "versionInfo": "http://www.w3.org/2002/07/owl#versionInfo",
    "id": "@id",
    "type": "@type",
    **{link: {"@type": "@id"} for link in LINKS},
    **{words: {"@language": "en"} for words in IN_ENGLISH},
}
ANNOTATIONS = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sha256": "https://schema.org/sha256", "description": "https://schema.org/description"},
]
POSITIONS = (
    "Positions are code points, end exclusive, of the normalized text of a paragraph without its"
    " number. sha256 is the SHA-256 of the UTF-8 bytes of a paragraph or of the selected words,"
    " which are not quoted."
)


def skos(data: Record, about: About) -> bytes:
    """Return the codebook as SKOS: a scheme for a variable, a concept for a value.

    An identifier of the crosswalk that is an address is a mapping; another is a note.
    """
    shared = {
        "dcterms:creator": about.creators,
        "dcterms:license": {"id": about.licence},
        "dcterms:modified": {"@value": about.created, "@type": DATE_TIME},
        "versionInfo": about.version,
    }
    matches = _matches(data)
    graph: list[dict[str, Any]] = []
    for variable, codes in codebook(data).items():
        scheme, label = _urn(guid("list", variable)), codes[0].group
        tops = [_urn(code.guid) for code in codes if not code.parent]
        named = {"prefLabel": label, "dcterms:title": label, "hasTopConcept": tops}
        graph.append({"id": scheme, "type": "ConceptScheme", **named, **shared})
        graph += [
            _concept(code, scheme) | (matches[code.value] if variable == THEME else {})
            for code in codes
        ]
    return _json({"@context": SKOS_CONTEXT, "@graph": graph})


def annotations(data: Record, about: About) -> bytes:
    """Return every unit as a W3C Web Annotation, without a word of the document."""
    hashes = dict(zip(data.paragraphs.number, data.paragraphs.sha256, strict=True))
    items = [_annotation(unit, hashes[unit.span.paragraph]) for unit in units(data)]
    page = {"id": _urn(guid("page")), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return _json(
        {
            "@context": ANNOTATIONS,
            "id": _urn(guid("annotations")),
            "type": "AnnotationCollection",
            "label": about.title,
            "description": POSITIONS,
            "creator": {"type": "Organization", "name": about.creators},
            "created": about.created,
            "rights": about.licence,
            "total": len(items),
            "first": page,
        }
    )


def _concept(code: Code, scheme: str) -> dict[str, Any]:
    place = {"broader": _urn(guid("code", code.variable, code.parent))}
    said = {
        "definition": code.definition,
        "scopeNote": list(code.limits),
        "example": code.example,
        "note": code.note,
    }
    return {
        "id": _urn(code.guid),
        "type": "Concept",
        "inScheme": scheme,
        **(place if code.parent else {"topConceptOf": scheme}),
        "prefLabel": code.label,
        "notation": code.value,
        **{key: words for key, words in said.items() if words},
    }


def _matches(data: Record) -> dict[str, dict[str, list[str]]]:
    """Return the mappings and notes of each theme, from the crosswalk."""
    found = defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    for row in data.crosswalk.itertuples():
        if row.identifier.startswith("http"):
            found[row.theme][MATCHES[row.relation]].append(row.identifier)
        else:
            note = f"{row.vocabulary}, {row.identifier} ({row.label}): {row.relation}"
            found[row.theme]["note"].append(note)
    return found


def _annotation(unit: Unit, paragraph: str) -> dict[str, Any]:
    span = unit.span
    bodies = [
        {
            "type": "SpecificResource",
            "purpose": "classifying",
            "source": {"id": _urn(code.guid), "label": code.name},
        }
        for code in unit.codes
    ]
    words = {"type": "TextualBody", "purpose": "describing", "value": unit.words, "language": "en"}
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    source = {
        "id": _urn(guid("paragraph", str(span.paragraph))),
        "type": "Text",
        "label": f"paragraph {span.paragraph}",
        "sha256": paragraph,
    }
    return {
        "id": _urn(unit.guid),
        "type": "Annotation",
        "label": unit.name,
        "motivation": "classifying",
        "body": [words, *bodies],
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": place,
            "sha256": span.sha256,
        },
    }


def _urn(identifier: str) -> str:
    return f"urn:uuid:{identifier}"


def _json(content: dict[str, Any]) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()
