"""The codebook and the coding for other programs, each file opened by a library that reads it.

pyrefiqda has the types of the published REFI-QDA schemas. What they do not have it does not take,
and it writes elements in their order: a file that it gives back unchanged is as they say. rdflib
reads JSON-LD.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from xml.etree.ElementTree import canonicalize

import pytest
from copies import MINI, changed
from pyrefiqda import RefiCodebook, RefiProject
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from analysis import document, exchange
from analysis.__main__ import main
from benchmarks import papers

SUMMARY = MINI / "summary.md"
GUID = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")

# What the W3C's anno.jsonld says of the words that are used here, so that nothing is fetched.
ANNO = {
    **{"oa": str(OA), "as": "http://www.w3.org/ns/activitystreams#", "rdfs": str(RDFS)},
    **{"dcterms": "http://purl.org/dc/terms/", "rdf": str(RDF), "id": "@id", "type": "@type"},
    **{"xsd": "http://www.w3.org/2001/XMLSchema#", "foaf": "http://xmlns.com/foaf/0.1/"},
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextualBody")},
    **{name: f"oa:{name}" for name in ("TextPositionSelector", "classifying", "describing")},
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Organization": "foaf:Organization",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "label": "rdfs:label",
    "name": "foaf:name",
    "value": "rdf:value",
    "language": "http://purl.org/dc/elements/1.1/language",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "rights": {"@id": "dcterms:rights", "@type": "@id"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}


def digest(words):
    return hashlib.sha256(words.encode()).hexdigest()


def hashes(data):
    """Name of each unit -> the hash in the record."""
    tables = {"statement": data.statements, "claim": data.claims}
    tables["recommendation"] = data.recommendations
    return {
        f"{kind} {row.id}": row.sha256 for kind, rows in tables.items() for row in rows.itertuples()
    }


@pytest.fixture(scope="module")
def about(small_folder):
    return exchange.about(small_folder)


@pytest.fixture(scope="module")
def project(small, about, tmp_path_factory):
    """The project on the small summary as pyrefiqda reads it, and its text."""
    return opened(small, about, document.read(SUMMARY), tmp_path_factory.mktemp("project"))


def opened(data, about, copy, folder):
    (folder / "p.qdpx").write_bytes(exchange.content("qdpx", data, about, copy))
    project = RefiProject.load(folder / "p.qdpx", folder / "in")
    (source,) = project.sources.text_source
    path = RefiProject.resolve_source_path(source.plain_text_path, folder / "in")
    return project, path.read_bytes().decode()


def selections(project):
    return project.sources.text_source[0].plain_text_selection


def nested(codes):
    return [each for code in codes for each in (code, *nested(code.code))]


def same_xml(left, right):
    return canonicalize(left, strip_text=True) == canonicalize(right, strip_text=True)


# --- REFI-QDA -------------------------------------------------------------------------------------


def test_a_codebook_is_as_the_published_schema_has_it(shipped, tmp_path):
    content = exchange.content("qdc", shipped, exchange.about())
    (tmp_path / "in.qdc").write_bytes(content)
    RefiCodebook.save(RefiCodebook.load(tmp_path / "in.qdc"), tmp_path / "out.qdc")
    assert same_xml(content.decode(), (tmp_path / "out.qdc").read_text(encoding="utf-8"))


def test_a_codebook_has_every_code_under_a_name_and_a_guid_of_its_own(shipped, tmp_path):
    (tmp_path / "in.qdc").write_bytes(exchange.content("qdc", shipped, exchange.about()))
    codes = nested(RefiCodebook.load(tmp_path / "in.qdc").codes.code)
    known = [code for group in exchange.codebook(shipped).values() for code in group]
    assert {code.name for code in codes if code.is_codable} == {code.name for code in known}
    assert len({code.name for code in codes}) == len({code.guid for code in codes}) == len(codes)
    assert [code.guid for code in codes if not re.fullmatch(GUID, code.guid)] == []
    by_name = {code.name: code for code in codes}
    for theme in shipped.themes.itertuples():
        assert theme.definition in by_name[theme.label].description
        below = shipped.themes[shipped.themes.parent == theme.id].label
        assert [code.name for code in by_name[theme.label].code] == list(below)


def test_a_project_is_as_the_published_schema_has_it(small, about, tmp_path):
    project, _ = opened(small, about, document.read(SUMMARY), tmp_path)
    RefiProject.save(project, tmp_path / "out.qdpx")
    files = [
        zipfile.ZipFile(tmp_path / name).read("project.qde") for name in ("p.qdpx", "out.qdpx")
    ]
    assert same_xml(*(each.decode() for each in files))


def test_a_project_has_every_unit_on_the_words_with_the_recorded_hash(small, project):
    opened, text = project
    found = {each.name: each for each in selections(opened)}
    recorded = hashes(small)
    assert {
        name: digest(text[each.start_position : each.end_position]) for name, each in found.items()
    } == recorded
    assert [name for name in found if recorded[name] not in found[name].description] == []


def test_a_project_codes_each_unit_as_the_record_does(small, project):
    opened, _ = project
    names = {code.guid: code.name for code in nested(opened.code_book.codes.code)}
    found = {
        each.name: {names[coding.code_ref.target_guid] for coding in each.coding}
        for each in selections(opened)
    }
    assert found["statement 6a"] == {
        "Fish",
        "Money",
        "Speech act: concern",
        "Quantifier: some speakers",
        "Speaker: The floor",
    }
    assert found["claim q2a"] == {"Claim kind: count"}
    themes = small.recommendation_themes[small.recommendation_themes.recommendation == "9a"].theme
    labels = small.themes.set_index("id").label
    assert found["recommendation 9a"] == {*labels[themes], "Action category: 5"}


def test_a_project_links_statements_to_what_became_of_them(small, project):
    opened, _ = project
    names = {each.guid: each.name for each in selections(opened)}
    found = {(names[link.origin_guid], names[link.target_guid]) for link in opened.links.link}
    expected = small.uptake[["statement", "recommendation"]].itertuples(index=False)
    assert {(f"statement {a}", f"recommendation {b}") for a, b in expected} <= found
    assert len(opened.links.link) == len(small.uptake) + len(small.relations)


@pytest.mark.parametrize(("name", "make"), [("s.docx", papers.word), ("s.pdf", papers.pdf)])
def test_a_project_has_the_same_bytes_whatever_the_format_of_the_copy(
    small, about, tmp_path, name, make
):
    copies = document.read(SUMMARY), document.read(make(document.read(SUMMARY), tmp_path / name))
    first, second = (exchange.content("qdpx", small, about, copy) for copy in copies)
    assert first == second


def test_a_project_is_never_made_of_other_words(small, about):
    copy = document.parse(changed(("count the fish", "weigh the fish")))
    with pytest.raises(ValueError, match="^Invalid copy. Must have .* words of recommendation 9b"):
        exchange.content("qdpx", small, about, copy)


def test_a_project_cannot_leave_its_folder(small, about):
    content = exchange.content("qdpx", small, about, document.read(SUMMARY))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[0] == "project.qde" and re.fullmatch(f"sources/{GUID}\\.txt", names[1])
    assert len(names) == 2


# --- Taguette -------------------------------------------------------------------------------------


def test_a_codebook_for_taguette_has_a_tag_and_a_description_in_each_row(shipped):
    content = exchange.content("taguette", shipped, exchange.about())
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == ["tag", "description"]
    codes = [code for group in exchange.codebook(shipped).values() for code in group]
    assert [tuple(row) for row in rows] == [(code.name, code.description) for code in codes]
    assert max(len(code.name) for code in codes) <= 200


# --- SKOS -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def concepts(shipped):
    content = exchange.content("skos", shipped, exchange.about())
    return Graph().parse(data=content, format="json-ld")


def concept(variable, value):
    return URIRef(f"urn:uuid:{exchange.guid('code', variable, value)}")


def test_every_code_is_a_concept_of_one_labelled_scheme(shipped, concepts):
    codes = [code for group in exchange.codebook(shipped).values() for code in group]
    assert len(set(concepts.subjects(RDF.type, SKOS.Concept))) == len(codes)
    for code in codes:
        node = concept(code.variable, code.value)
        assert str(concepts.value(node, SKOS.prefLabel)) == code.label
        assert str(concepts.value(node, SKOS.notation)) == code.value
        (scheme,) = concepts.objects(node, SKOS.inScheme)
        assert str(concepts.value(scheme, SKOS.prefLabel)) == code.group
        assert concepts.value(scheme, OWL.versionInfo)
        top = (node, SKOS.topConceptOf, scheme) in concepts
        assert top == ((scheme, SKOS.hasTopConcept, node) in concepts) == (not code.parent)
        above = {concept(code.variable, code.parent)} if code.parent else set()
        assert set(concepts.objects(node, SKOS.broader)) == above


def test_the_crosswalk_is_mappings_and_where_it_has_no_address_notes(shipped, concepts):
    kinds = {"close": SKOS.closeMatch, "broader": SKOS.broadMatch, "related": SKOS.relatedMatch}
    addresses = shipped.crosswalk.identifier.str.startswith("http")
    rows = shipped.crosswalk[addresses]
    expected = {
        (concept("themes", r.theme), kinds[r.relation], URIRef(r.identifier))
        for r in rows.itertuples()
    }
    assert {t for kind in kinds.values() for t in concepts.triples((None, kind, None))} == expected
    themes = [concept("themes", theme) for theme in shipped.themes.id]
    notes = [str(note) for theme in themes for note in concepts.objects(theme, SKOS.note)]
    assert len(notes) == sum(~addresses)
    assert "TIP Protocol, article 5 (Criminalization): related" in notes


# --- Web Annotations ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def annotations(shipped):
    return json.loads(exchange.content("annotations", shipped, exchange.about()))


def test_annotations_find_every_unit_in_a_copy(small, about):
    content = json.loads(exchange.content("annotations", small, about))
    texts = {p.sha256: p.text for p in document.read(SUMMARY).paragraphs.values()}
    found = {}
    for each in content["first"]["items"]:
        target = each["target"]
        place = target["selector"]
        words = texts[target["source"]["sha256"]][place["start"] : place["end"]]
        assert digest(words) == target["sha256"]
        found[each["label"]] = target["sha256"]
    assert found == hashes(small) and content["total"] == len(found)


def test_annotations_are_of_the_web_annotation_model(shipped, annotations, concepts):
    assert annotations["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    own = annotations["@context"][1]
    graph = Graph().parse(
        data=json.dumps(annotations | {"@context": [ANNO, own]}), format="json-ld"
    )
    assert set(keys(annotations)) <= set(ANNO) | set(own) | {"@context"}
    assert not list(keys(annotations, "exact")), "a quotation"
    nodes = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(nodes) == len(hashes(shipped))
    for node in nodes:
        (target,) = graph.objects(node, OA.hasTarget)
        (selector,) = graph.objects(target, OA.hasSelector)
        assert (selector, RDF.type, OA.TextPositionSelector) in graph
        assert graph.value(selector, OA.start).toPython() < graph.value(selector, OA.end).toPython()
        assert len(str(graph.value(target, SCHEMA.sha256))) == 64
        coded = {graph.value(body, OA.hasSource) for body in graph.objects(node, OA.hasBody)}
        assert coded - {None} <= set(concepts.subjects(RDF.type, SKOS.Concept))
        assert coded - {None}


def keys(value, only=None):
    """Yield every key in a JSON value, except those of a context."""
    if isinstance(value, list):
        for each in value:
            yield from keys(each, only)
    elif isinstance(value, dict):
        for key, each in value.items():
            if only in (None, key):
                yield key
            if key != "@context":
                yield from keys(each, only)


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", exchange.FILES)
def test_the_command_writes_the_same_bytes_in_every_run(mini, tmp_path, monkeypatch, kind, capsys):
    monkeypatch.chdir(tmp_path)
    file = [str(SUMMARY)] * (kind == exchange.OF_A_COPY)
    call = ["export", *file, "--format", kind, "--data", str(mini)]
    first = tmp_path / f"new/first{exchange.ending(kind)}"
    assert main([*call, "--out", str(first)]) == 0
    assert main(call) == 0
    assert f"{exchange.FILES[kind]} is written.\n" in capsys.readouterr().out
    assert first.read_bytes() == (tmp_path / exchange.FILES[kind]).read_bytes()


def test_a_copy_with_a_changed_word_is_refused_and_the_word_is_named(mini, tmp_path, capsys):
    (tmp_path / "copy.md").write_text(
        changed(("count the fish", "weigh the fish")), encoding="utf-8"
    )
    call = ["export", str(tmp_path / "copy.md"), "--format", "qdpx", "--data", str(mini)]
    assert main([*call, "--out", str(tmp_path / "p.qdpx")]) == 1
    printed = capsys.readouterr()
    assert 'paragraph 9, word 13: "weigh" in place of 1 word of the record' in printed.out
    assert "recommendation 9b: changed" in printed.out
    assert printed.err == "Nothing is written: the copy is not as recorded.\n"
    assert not (tmp_path / "p.qdpx").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "qdpx"], "The format qdpx needs FILE, your copy of the summary."),
        (["--format", "skos", str(SUMMARY)], "The format skos takes no FILE."),
        (["--out", "a.xml"], "Must be a new file that ends in .qdc; --force writes over one."),
        (["--out", "OLD.qdc"], "Must be a new file that ends in .qdc; --force writes over one."),
    ],
)
def test_a_call_that_cannot_be_right_is_2_in_one_line(
    mini, tmp_path, monkeypatch, capsys, arguments, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "OLD.qdc").write_text("old", encoding="utf-8")
    assert main(["export", *arguments, "--data", str(mini)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.endswith(f"{message}\n")
    assert len(printed.err.splitlines()) == 1
    assert [(each.name, each.read_text()) for each in tmp_path.glob("*.*")] == [("OLD.qdc", "old")]


def test_data_without_a_version_cannot_be_exported(mini, capsys):
    path = mini / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    del descriptor["version"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert main(["export", "--data", str(mini), "--out", str(mini.parent / "out.qdc")]) == 2
    assert "Must have version for what is exported." in capsys.readouterr().err


# --- the real document ----------------------------------------------------------------------------


def test_the_source_becomes_a_project_in_which_every_span_has_its_hash(shipped, source, tmp_path):
    project, text = opened(shipped, exchange.about(), document.read(source), tmp_path)
    found = {
        each.name: digest(text[each.start_position : each.end_position])
        for each in selections(project)
    }
    assert found == hashes(shipped)


def test_the_source_with_one_word_changed_is_refused_and_the_paragraph_named(
    source, tmp_path, capsys
):
    text = source.read_text(encoding="utf-8")
    assert text.count("\n20. ") == 1
    (tmp_path / "copy.md").write_text(text.replace("\n20. ", "\n20. Indeed "), encoding="utf-8")
    out = tmp_path / "p.qdpx"
    call = ["export", str(tmp_path / "copy.md"), "--format", "qdpx", "--out", str(out)]
    assert main(call) == 1
    printed = capsys.readouterr().out
    assert 'paragraph 20, word 1: "Indeed" is new' in printed and "statement 20a" in printed
    assert not out.exists()
