"""The record as it is given away: a folder, an archive, a workbook, a database."""

import hashlib
import io
import json
import sqlite3
import subprocess
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest
import yaml
from rdflib import DCTERMS, FOAF, OWL, PROV, RDFS, SDO, SKOS, URIRef

from analysis import archive, cite, exchange, paths, provenance, record
from analysis.__main__ import main
from analysis.archive import packing
from analysis.page import downloads

SITE = archive.site()
SCHEMA = json.loads(SITE[paths.SCHEMA])
TABLES = {table["name"]: table for table in SCHEMA["resources"]}


@pytest.fixture(scope="module")
def data(shipped):
    return shipped


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    for name, content in SITE.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/data"
    server.shutdown()
    server.server_close()


# --- the folder ---------------------------------------------------------------------------------


def test_other_programs_open_the_package_over_the_web_with_its_keys_and_hashes(served):
    report = frictionless.Package(f"{served}/{paths.SCHEMA}").validate()
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == len(record.schema()["resources"])
    keys = [key for table in TABLES.values() for key in table["schema"].get("foreignKeys", [])]
    assert len(keys) > 40


def test_a_table_that_was_changed_on_the_way_is_found(served, tmp_path):
    with open(tmp_path / "data" / "meetings.csv", "a", encoding="utf-8") as file:
        file.write("x" * 10 + "\n")
    report = frictionless.Package(f"{served}/{paths.SCHEMA}").validate()
    assert {"hash-count", "byte-count"} <= {kind for (kind,) in report.flatten(["type"])}


def test_the_tables_are_those_of_the_data_folder():
    paths_of_tables = [table["path"] for table in record.schema()["resources"]]
    assert all(SITE[path] == (paths.DATA / path).read_bytes() for path in paths_of_tables)
    pairs = f"{archive.JUDGED}/{archive.JUDGED}.csv"
    others = {pairs, exchange.FILES["taguette"]}
    assert {name for name in SITE if name.endswith(".csv")} == {*paths_of_tables, *others}


def test_the_codebook_and_the_coding_are_there_for_other_programs(shipped):
    given = {kind: exchange.FILES[kind] for kind in exchange.FILES if kind != exchange.OF_A_COPY}
    for kind, name in given.items():
        assert SITE[name] == exchange.content(kind, shipped, exchange.about())
    assert exchange.FILES[exchange.OF_A_COPY] not in SITE, "it holds words of the document"
    listed = downloads.whole().file.map(str)
    assert set(given.values()) < set(listed)


def test_the_schema_says_more_than_that_of_the_data_folder_and_nothing_else():
    more = ("bytes", "hash")
    tables = [{k: v for k, v in each.items() if k not in more} for each in SCHEMA["resources"]]
    rest = {key: value for key, value in SCHEMA.items() if key not in ("id", "homepage")}
    assert rest | {"resources": tables} == record.schema()
    assert all(table["dialect"]["delimiter"] == "," for table in SCHEMA["resources"])


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({}, {}),
        ({"url": "https://example.org"}, {"id": "https://example.org"}),
        ({"url": "https://example.org", "doi": "10.1/x"}, {"id": "https://doi.org/10.1/x"}),
    ],
)
def test_the_package_has_an_id_only_if_the_book_has_an_address(monkeypatch, given, known):
    fields = {key: value for key, value in cite.read().items() if key not in ("url", "doi")}
    monkeypatch.setattr(cite, "read", lambda **_: fields | given)
    found = packing.descriptor(paths.DATA, packing.files(paths.DATA))
    home = {"homepage": given["url"]} if given else {}
    assert {key: found[key] for key in ("id", "homepage") if key in found} == known | home


def test_the_package_has_the_keywords_and_the_licence_of_the_book():
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert SCHEMA["keywords"] == citation["keywords"]
    [licence] = SCHEMA["licenses"]
    assert licence["path"] in (paths.DATA / "LICENSE").read_text(encoding="utf-8")
    config = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert SCHEMA["sources"][0]["path"] == config["summary"]


@pytest.fixture
def unpacked(tmp_path):
    for name, content in packing.files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def add_row(table, cells):
    """Add a row to a table; the columns that are not given are blank."""
    text = table.read_text(encoding="utf-8")
    blanks = text.partition("\n")[0].count(",") - cells.count(",")
    table.write_text(f"{text}{cells}{',' * blanks}\n", encoding="utf-8")


def test_in_a_copy_of_the_package_the_dictionary_keeps_bytes_and_hashes_true(unpacked, capsys):
    add_row(unpacked / "actor_names.csv", "co-chairs,Co-Chairs of the dialogue,3")
    assert not frictionless.Package(str(unpacked / paths.SCHEMA)).validate().valid
    assert main(["dictionary", "--data", str(unpacked)]) == 0
    assert frictionless.Package(str(unpacked / paths.SCHEMA)).validate().valid


def test_a_seal_is_kept_and_a_copy_of_the_package_can_be_changed(unpacked):
    add_row(unpacked / "actor_names.csv", "co-chairs,Co-Chairs of the dialogue,3")
    assert record.read(unpacked)[1] == []
    add_row(unpacked / "readings" / "readings.csv", "first,action,16a,act,proposal")
    assert "sealed table" in str(record.read(unpacked)[1][0])


VOCABULARIES = (DCTERMS, FOAF, OWL, PROV, RDFS, SDO, SKOS)
SELECTORS = {"http://www.w3.org/ns/oa#start", "http://www.w3.org/ns/oa#end"}


@pytest.mark.parametrize("name", TABLES)
def test_a_term_of_a_column_is_one_of_a_public_vocabulary(name):
    fields = record.schema()["resources"][list(TABLES).index(name)]["schema"]["fields"]
    terms = {field["name"]: field["propertyUrl"] for field in fields if "propertyUrl" in field}
    unknown = {
        column: term
        for column, term in terms.items()
        if term not in SELECTORS and not any(URIRef(term) in each for each in VOCABULARIES)
    }
    assert unknown == {}
    assert len(set(terms.values())) == len(terms)  # one column, one term


def test_every_id_and_every_title_has_the_term_of_dublin_core():
    fields = [
        (field["name"], field.get("propertyUrl"))
        for table in record.schema()["resources"]
        for field in table["schema"]["fields"]
    ]
    assert {term for name, term in fields if name == "id"} == {str(DCTERMS.identifier)}
    assert sum(1 for _, term in fields if term) > 80


# --- the archive --------------------------------------------------------------------------------


def test_the_archive_holds_the_package_and_its_checksums():
    with zipfile.ZipFile(io.BytesIO(SITE[archive.ARCHIVE])) as packed:
        tops = {name.partition("/")[0] for name in packed.namelist()}
        found = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert tops == {f"paragraph-53-{cite.read()['edition'].version}"}
    assert found == packing.files() | {archive.SUMS: archive.sums(packing.files())}


def test_the_checksums_are_true():
    lines = SITE[archive.SUMS].decode().splitlines()
    assert len(lines) == len(packing.files())
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256(SITE[name]).hexdigest() == digest


def test_the_files_are_the_same_bytes_whatever_the_time_zone_the_folder_and_the_hash_seed(tmp_path):
    program = (
        "import hashlib; from analysis import archive\n"
        "for name, content in archive.site().items():\n"
        "    print(hashlib.sha256(content).hexdigest(), name)"
    )
    python = str(paths.ROOT / ".venv" / "bin" / "python")
    other = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "77", "LC_ALL": "C", "HOME": str(tmp_path)}
    run = subprocess.run(
        [python, "-c", program], cwd=tmp_path, env=other, capture_output=True, text=True, check=True
    )
    here = [f"{hashlib.sha256(content).hexdigest()} {name}" for name, content in SITE.items()]
    assert run.stdout.splitlines() == here


# --- the workbook -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(SITE[archive.WORKBOOK]))


def test_the_workbook_has_contents_a_sheet_for_each_table_and_the_dictionary(book):
    assert book.sheetnames == ["contents", *TABLES, "dictionary"]
    links = {cell.hyperlink.location for cell in book["contents"]["A"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in [*TABLES, "dictionary"]}
    assert [list(page.tables) for page in book][1:] == [[name] for name in book.sheetnames[1:]]


def test_the_workbook_says_what_it_is_and_how_to_cite_it(book):
    words = [cell.value for cell in book["contents"]["A"]]
    assert f"Cite: {cite.text(cite.read())}" in words
    assert book.properties.created.date() == cite.read()["edition"].day
    assert book.properties.modified == book.properties.created
    assert SCHEMA["licenses"][0]["path"] in book.properties.description


def shown(cell):
    """Return a cell as a spreadsheet gives it back."""
    if pd.isna(cell) or cell == "":
        return None
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_has_every_cell_of_its_table(book, data, name):
    head, *lines = book[name].iter_rows(values_only=True)
    frame = getattr(data, name)
    more = [column for column in head if column not in frame]
    assert all(column.endswith(" (label)") for column in more)
    rows = [[row[head.index(column)] for column in frame] for row in lines if any(row)]
    assert rows == [list(map(shown, row)) for row in frame.astype(object).to_numpy()]


def test_a_code_and_an_id_have_their_label_beside_them(book, data):
    head, first, *_ = book["statements"].iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    acts = data.codes[data.codes.list == "act"].set_index("value").label
    assert row["act (label)"] == acts[row["act"]]
    assert head[head.index("act") + 1] == "act (label)"
    names = data.actors.set_index("id").name
    assert row["speaker (label)"] == names[row["speaker"]]


# --- the database -------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "record.sqlite"
    path.write_bytes(SITE[archive.DATABASE])
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_the_database_is_sound_and_has_every_row_and_every_key(database, data):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for name, table in TABLES.items():
        counted = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608
        assert counted == (len(getattr(data, name)),)
        keys = {row[0] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')}
        assert len(keys) == len(table["schema"].get("foreignKeys", []))


def test_the_database_answers_a_question(database, data):
    query = (
        "SELECT count(*) FROM statements JOIN actors ON actors.id = speaker WHERE act = 'proposal'"
    )
    assert database.execute(query).fetchone() == ((data.statements.act == "proposal").sum(),)
    start, blank = database.execute(
        "SELECT typeof(start), count(*) - count(panel) FROM statements"
    ).fetchone()
    assert start == "integer"
    assert blank > 0


def test_the_database_says_what_it_is(database):
    about = dict(database.execute("SELECT name, value FROM about"))
    assert about["citation"] == cite.text(cite.read())
    columns = sum(len(table["schema"]["fields"]) for table in TABLES.values())
    assert database.execute("SELECT count(*) FROM dictionary").fetchone() == (columns,)


# --- the built book -----------------------------------------------------------------------------


@pytest.mark.needs_book
def test_the_book_has_the_folder_and_no_other_downloads(html):
    found = {
        path.relative_to(html / "data").as_posix(): path for path in (html / "data").rglob("*.*")
    }
    made = {Path(name).name for name in (provenance.COMPUTED_FILE, provenance.PROV_FILE)}
    assert set(found) == {*(name for name in SITE if "." in name), *made}
    assert all(found[name].read_bytes() == SITE[name] for name in found.keys() - made)
    assert not (html / "_downloads").exists()
    page = (html / "book" / "data.html").read_text(encoding="utf-8")
    assert all(f'href="../data/{table["path"]}"' in page for table in TABLES.values())
    assert hashlib.sha256(SITE[archive.ARCHIVE]).hexdigest() in page
