"""The gate: what is loaded is what the files say, or a problem says where they do not."""

import csv
import io
import json
import os
import socket
from pathlib import Path

import frictionless
import invented
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis import check, paths, record
from analysis.__main__ import main
from analysis.record import cells

MINI = Path(__file__).parent / "data" / "mini"
RESOURCES = {resource["name"]: resource for resource in record.schema()["resources"]}
COLUMNS = [
    (name, place)
    for name, resource in RESOURCES.items()
    for place in range(len(resource["schema"]["fields"]))
]
QUICK = settings(
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fields(name):
    return RESOURCES[name]["schema"]["fields"]


def text_of(rows, **dialect):
    made = io.StringIO()
    csv.writer(made, **{"lineterminator": "\n"} | dialect).writerows(rows)
    return made.getvalue()


def row_of(name):
    """A row that every column accepts."""
    kinds = {
        "string": "x",
        "integer": "1",
        "number": "1.5",
        "boolean": "true",
        "date": "2030-01-02",
    }
    return [kinds[field["type"]] for field in fields(name)]


# --- one reading: any text in any cell is refused, or is loaded and written back -----------------

# What people and programs write for a value that the schema writes in one way.
NEARLY = (
    *(
        "TRUE",
        "True",
        "yes",
        "1",
        "0",
        "6_04",
        "5_0.0",
        "007",
        "+7",
        "-0",
        "7.0",
        "1e3",
        "١٢",
        "７",
    ),
    *("99999999999999999999", "-9223372036854775809", "9" * 5000, "0x10", "1,5", "1 000", "½"),
    *("nan", "NaN", "inf", "-inf", "Infinity", "NA", "None", "null", "-", " 7", "7 ", "7\u00a0"),
    *("2024-7-1", "20240701", "2024-07-32", "01/07/2024", "2024-07-01T00:00", "2024-W01-1"),
    *('"', '""', "a,b", "a\nb", "a\r\nb", "a;b", "\ufeff", "\u202e", "\x00", "\x0e", "\u2028"),
    *("0.1", "1.10", "1e-7", "123456789012345678", "1.0000000000000002", "0001-01-01"),
)


@pytest.mark.parametrize(("name", "place"), COLUMNS, ids=lambda value: str(value))
def test_any_text_in_any_cell_is_refused_or_written_back_the_same(name, place, tmp_path):
    @QUICK
    @given(st.one_of(st.sampled_from(NEARLY), st.text(st.characters(exclude_categories=["Cs"]))))
    def holds(cell):
        row = row_of(name)
        row[place] = cell
        head = [field["name"] for field in fields(name)]
        content = text_of([head, row], quoting=csv.QUOTE_MINIMAL)
        (tmp_path / "t.csv").write_bytes(content.encode())
        table, problems = cells.read(tmp_path, "t.csv", fields(name))
        if not problems:
            assert cells.written(table.frame(), fields(name)) == content
        assert all(problem.line in (1, 2, 3) and problem.file == "t.csv" for problem in problems)

    holds()


@pytest.mark.parametrize("name", RESOURCES)
def test_every_shipped_table_is_written_back_byte_for_byte(name, shipped):
    content = (paths.DATA / RESOURCES[name]["path"]).read_text(encoding="utf-8")
    assert cells.written(getattr(shipped, name), fields(name)) == content


@settings(QUICK, max_examples=8)
@given(st.sampled_from(COLUMNS), st.one_of(st.sampled_from(NEARLY), st.text()), st.randoms())
def test_what_the_check_calls_clean_is_loaded_as_it_stands(tmp_path_factory, column, cell, chance):
    name, place = column
    folder = copy(tmp_path_factory.mktemp("cell"))
    path = folder / RESOURCES[name]["path"]
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    if rows:
        chance.choice(rows)[place] = cell
    path.write_bytes(text_of([head, *rows]).encode("utf-8", "surrogatepass"))
    if check.check(folder) == []:
        written = cells.written(getattr(record.load(folder), name), fields(name))
        assert written == path.read_text(encoding="utf-8")


def copy(folder):
    """Copy the small data into a folder, with the schema of the book."""
    return invented.dialogue(folder)


# --- one dialect: any other way to write a table is named, or harmless ---------------------------

HEADINGS = {
    "as it is": lambda head: head,
    "a blank after a name": lambda head: [f"{head[0]} ", *head[1:]],
    "a blank before a name": lambda head: [*head[:-1], f" {head[-1]}"],
    "capitals": lambda head: [head[0].upper(), *head[1:]],
    "an unseen character": lambda head: [*head[:-1], f"{head[-1]}\u200b"],
    "a name twice": lambda head: [head[0], *head[:-1]],
    "two names exchanged": lambda head: [*head[1::-1], *head[2:]],
    "a name less": lambda head: head[:-1],
    "a name more": lambda head: [*head, "more"],
    "none": lambda head: [],
}
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",,;\t|: "),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "quotechar": st.sampled_from('"""\''),
        "lineterminator": st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"]),
        "skipinitialspace": st.booleans(),
    }
)
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")


@settings(QUICK, max_examples=200)
@given(
    name=st.sampled_from(list(RESOURCES)),
    dialect=DIALECTS,
    heading=st.sampled_from(list(HEADINGS)),
    encoding=st.sampled_from(ENCODINGS),
    order=st.randoms(),
    shuffled=st.booleans(),
    end=st.sampled_from(["", "\n", "x", " "]),
)
@example("sections", {"delimiter": ";"}, "as it is", "utf-8", None, False, "")
@example("meetings", {}, "a blank after a name", "utf-8", None, False, "")
def test_another_way_to_write_a_table_is_named_or_harmless(
    tmp_path_factory, small_folder, name, dialect, heading, encoding, order, shuffled, end
):
    path = small_folder / RESOURCES[name]["path"]
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    before = sorted(map(str, rows))
    if shuffled:
        order.shuffle(rows)
    content = text_of([HEADINGS[heading](head), *rows], **dialect) + end
    folder = tmp_path_factory.mktemp("table")
    (folder / "t.csv").write_bytes(content.encode(encoding, "replace"))
    table, problems = cells.read(folder, "t.csv", fields(name))
    if problems:
        assert {problem.file for problem in problems} == {"t.csv"}
    else:
        read = csv.reader(io.StringIO(cells.written(table.frame(), fields(name)), newline=""))
        assert next(read) == head
        assert sorted(map(str, read)) == before


# --- a clean bill is never given unread ----------------------------------------------------------

SAVED = {
    "semicolons": lambda text: text.replace(",", ";"),
    "tabs": lambda text: text.replace(",", "\t"),
    "pipes": lambda text: text.replace(",", "|"),
    "a blank in a heading": lambda text: text.replace("label", "label ", 1),
    "a blank before a heading": lambda text: text.replace(",label", ", label", 1),
}


@pytest.mark.parametrize("how", SAVED)
def test_a_table_saved_otherwise_is_no_clean_bill(mini, capsys, how):
    """With a wrong total beside it, so that rules that do not run would be noticed."""
    path = mini / "sections.csv"
    path.write_text(SAVED[how](path.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["check", "--data", str(mini)]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("sections.csv:1:")
    assert "clean" not in printed.out and "no rule could be checked" in printed.out
    with pytest.raises(record.DataError, match="sections.csv:1:"):
        record.load(mini)


@pytest.mark.parametrize(
    ("table", "cell", "other", "message"),
    [
        ("meetings", "true", "TRUE", "wrong type: found 'TRUE', must be boolean"),
        ("statements", "110", "1_10", "wrong type: found '1_10', must be integer, as in 110"),
        ("claims", "66.7", "6_6.7", "wrong type: found '6_6.7', must be number, as in 66.7"),
        ("claims", "66.7", "nan", "wrong type: found 'nan', must be number"),
        ("claims", "66.7", "-inf", "wrong type: found '-inf', must be number"),
        ("statements", "110", "9" * 20, f"wrong type: found '{'9' * 20}', must be integer"),
    ],
)
def test_a_cell_that_says_something_else_is_named(mini, capsys, table, cell, other, message):
    path = mini / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert f",{cell}" in text
    path.write_text(text.replace(f",{cell}", f",{other}", 1), encoding="utf-8")
    assert main(["check", "--data", str(mini)]) == 1
    assert message in capsys.readouterr().out


@pytest.mark.parametrize("name", ["readings/more.csv", "Extra.CSV", "a.tsv", "b.xlsx", "x/y.ods"])
def test_a_table_that_nobody_describes_is_named(mini, name):
    (mini / name).parent.mkdir(exist_ok=True)
    (mini / name).write_text("a\n")
    assert [str(problem) for problem in check.check(mini)] == [
        f"{name}:1: file that datapackage.json does not describe"
    ]


def test_a_row_that_is_above_itself_is_named(mini):
    path = mini / "participation.csv"
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    places = {name: place for place, name in enumerate(head)}
    row = next(row for row in rows if row[places["parent"]])
    parent = next(other for other in rows if other[0] == row[places["parent"]])
    parent[places["parent"]] = row[0]
    path.write_text(text_of([head, *rows]), encoding="utf-8")
    named = [p for p in check.check(mini) if p.rule == "row that is above itself"]
    assert {problem.found for problem in named} == {row[0], parent[0]}


def test_another_reader_finds_the_same_tables_by_what_the_descriptor_says():
    """Frictionless reads the files by itself here; the gate gives it values."""
    package = frictionless.Package(str(paths.DATA / paths.SCHEMA))
    assert package.validate().valid
    data = record.load()
    for resource in package.resources:
        assert resource.dialect.to_descriptor() != {}
        rows = resource.read_rows()
        frame = getattr(data, resource.name)
        assert len(rows) == len(frame)
        assert [list(row.to_dict()) for row in rows[:1]] == [list(frame)][: len(rows)]


def test_every_field_of_the_record_is_a_table_of_the_schema():
    assert list(record.Record.__dataclass_fields__) == list(RESOURCES)


def test_another_schema_than_the_projects_is_named(mini):
    descriptor = json.loads((mini / paths.SCHEMA).read_text(encoding="utf-8"))
    descriptor["resources"].pop()
    descriptor["resources"][0]["schema"]["fields"].pop()
    (mini / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")
    data, problems = record.read(mini)
    assert data is None
    assert {problem.rule.split(":")[0] for problem in problems} == {
        "another schema than the project's"
    }


# --- a data folder is not trusted: no request, no file elsewhere, everything bounded -------------


def described(change):
    """Return an edit of the descriptor, given the descriptor and its first table."""

    def edit(folder):
        descriptor = json.loads((folder / paths.SCHEMA).read_text(encoding="utf-8"))
        change(descriptor, descriptor["resources"][0])
        (folder / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")

    return edit


def field(table, place=0, **rules):
    table["schema"]["fields"][place] |= rules


DESCRIPTORS = {
    "an address as path": described(lambda _, t: t.update(path="http://127.0.0.1:9/x.csv")),
    "an address of another kind": described(lambda _, t: t.update(path="ftp://127.0.0.1/x.csv")),
    "an address as schema": described(lambda _, t: t.update(schema="http://127.0.0.1:9/s.json")),
    "an address as dialect": described(lambda _, t: t.update(dialect="http://127.0.0.1:9/d.json")),
    "an address as profile": described(lambda _, t: t.update(profile="http://127.0.0.1:9/p.json")),
    "a reference": described(lambda _, t: t.update({"$ref": "http://127.0.0.1:9/r.json"})),
    "a folder above": described(lambda _, t: t.update(path="../meetings.csv")),
    "an absolute path": described(lambda _, t: t.update(path="/etc/passwd")),
    "a path that is a list": described(lambda _, t: t.update(path=["a.csv", "b.csv"])),
    "a path that is null": described(lambda _, t: t.update(path=None)),
    "a path that is a number": described(lambda _, t: t.update(path=7)),
    "data in the descriptor": described(lambda _, t: t.update(data=[["id"], ["x"]])),
    "another kind of file": described(lambda _, t: t.update(path="meetings.xlsx", format="xlsx")),
    "a packed file": described(lambda _, t: t.update(path="meetings.csv.zip", compression="zip")),
    "another dialect": described(lambda _, t: t["dialect"].update(delimiter=";")),
    "no dialect": described(lambda _, t: t.pop("dialect")),
    "another encoding": described(lambda _, t: t.update(encoding="cp1252")),
    "a broken pattern": described(lambda _, t: field(t, constraints={"pattern": "(["})),
    "a pattern that is a list": described(lambda _, t: field(t, constraints={"pattern": ["a"]})),
    "other words for true": described(lambda _, t: field(t, trueValues=["TRUE"])),
    "an unknown type": described(lambda _, t: field(t, type="intger")),
    "an unknown rule": described(lambda _, t: field(t, constraints={"jsonSchema": {}})),
    "a rule of another kind": described(lambda _, t: field(t, constraints={"minimum": "x"})),
    "a name of Python's": described(lambda _, t: t.update(name="__class__")),
    "a table twice": described(lambda d, t: d["resources"].append(t)),
    "a column twice": described(
        lambda _, t: t["schema"]["fields"].append(t["schema"]["fields"][0])
    ),
    "a key that is no column": described(lambda _, t: t["schema"].update(primaryKey=["nothing"])),
    "a reference to nothing": described(
        lambda _, t: t["schema"].update(
            foreignKeys=[{"fields": ["id"], "reference": {"resource": "none", "fields": ["id"]}}]
        )
    ),
    "a reference of another length": described(
        lambda _, t: t["schema"].update(
            foreignKeys=[
                {"fields": ["id"], "reference": {"resource": "panels", "fields": ["id", "label"]}}
            ]
        )
    ),
    "no tables": described(lambda d, _: d.update(resources=[])),
    "tables that are a mapping": described(lambda d, _: d.update(resources={"a": 1})),
    "ten thousand tables": described(lambda d, t: d.update(resources=[t] * 10_000)),
    "no title": described(lambda d, _: d.pop("title")),
    "an unseen character": described(lambda d, _: d.update(title="The record\u202e")),
    "a control character": described(lambda _, t: field(t, description="An id\x07.")),
    "an unseen character in a list": described(
        lambda _, t: field(t, constraints={"enum": ["a\u200b", "b"]})
    ),
    "a title that is a list": described(lambda d, _: d.update(title=["a"])),
    "very deep": lambda folder: (folder / paths.SCHEMA).write_text('{"a":' * 100_000),
    "very deep and closed": lambda folder: (folder / paths.SCHEMA).write_text(
        "[" * 90_000 + "]" * 90_000
    ),
    "a list": lambda folder: (folder / paths.SCHEMA).write_text("[]"),
    "a text": lambda folder: (folder / paths.SCHEMA).write_text('"words"'),
    "a number": lambda folder: (folder / paths.SCHEMA).write_text("NaN"),
    "a name twice": lambda folder: (folder / paths.SCHEMA).write_text(
        '{"title": "a", "title": "b"}'
    ),
    "empty": lambda folder: (folder / paths.SCHEMA).write_text(""),
    "enormous": lambda folder: (folder / paths.SCHEMA).write_text('"' + "a" * 6_000_000 + '"'),
    "a pipe": lambda folder: [(folder / paths.SCHEMA).unlink(), os.mkfifo(folder / paths.SCHEMA)],
    "a folder": lambda folder: [(folder / paths.SCHEMA).unlink(), (folder / paths.SCHEMA).mkdir()],
}


@pytest.fixture
def offline(monkeypatch):
    """Whoever asks for a connection fails the test."""
    asked = []

    def refuse(*arguments, **_):
        asked.append(arguments)
        raise OSError("no connection in this test")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert asked == []


@pytest.mark.parametrize("command", ["check", "tables", "dictionary"])
@pytest.mark.parametrize("what", DESCRIPTORS)
def test_a_descriptor_that_is_not_allowed_is_one_sentence_and_2(
    mini, tmp_path, capsys, offline, within, what, command
):
    DESCRIPTORS[what](mini)
    arguments = [command, "--data", str(mini)]
    arguments += ["--out", str(tmp_path / "out")] if command == "tables" else []
    with within(10):
        assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1 and len(printed.err) < 1000
    assert str(mini) in printed.err and "Must be" in printed.err and "report" not in printed.err
    assert not (tmp_path / "out").exists() and not (mini / "README.md").exists()


def linked(target):
    def edit(folder):
        (folder / "meetings.csv").unlink()
        (folder / "meetings.csv").symlink_to(target)

    return edit


def filled(content):
    return lambda folder: (folder / "meetings.csv").write_bytes(content(folder))


def head(folder):
    return (folder / "meetings.csv").read_bytes().splitlines(keepends=True)[0]


def row(folder):
    return b"x" + b"," * head(folder).count(b",") + b"\n"


def pattern(words):
    """Return an edit that gives the labels of sections a pattern, and one of them many letters."""

    def edit(folder):
        described(lambda d, _: field(d["resources"][1], 1, constraints={"pattern": words}))(folder)
        path = folder / "sections.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("I,Beginning", f"I,{'a' * 60}!", 1), encoding="utf-8")

    return edit


TABLES = {
    "a pipe": (
        lambda folder: [(folder / "meetings.csv").unlink(), os.mkfifo(folder / "meetings.csv")],
        "meetings.csv:1: not a file of the data folder",
    ),
    "a link to an endless file": (
        linked("/dev/zero"),
        "meetings.csv:1: not a file of the data folder",
    ),
    "a link to a file elsewhere": (
        linked("/etc/hosts"),
        "meetings.csv:1: not a file of the data folder",
    ),
    "a link to nothing": (linked("nowhere"), "meetings.csv:1: file is missing"),
    "a folder": (
        lambda folder: [(folder / "meetings.csv").unlink(), (folder / "meetings.csv").mkdir()],
        "meetings.csv:1: not a file of the data folder",
    ),
    "a million rows": (
        filled(lambda folder: head(folder) + row(folder) * 1_000_000),
        "meetings.csv:1: file is too large: must be at most 10,000,000 bytes",
    ),
    "very many rows": (
        filled(lambda folder: head(folder) + row(folder) * 30_000),
        "meetings.csv:20002: too many rows: must be at most 20,000",
    ),
    "a very large file": (
        filled(lambda folder: head(folder) + b"x" * 11_000_000),
        "meetings.csv:1: file is too large: must be at most 10,000,000 bytes",
    ),
    "a very long cell": (
        filled(lambda folder: head(folder) + b"x" * 200_000 + row(folder)),
        "meetings.csv:2:id cell is too long: found 'xxx",
    ),
    "a quotation mark that does not close": (
        filled(lambda folder: head(folder) + b'"' + row(folder)),
        "meetings.csv:2: not CSV (unexpected end of data)",
    ),
    "NUL bytes": (filled(lambda folder: b"\0" * 1000), "meetings.csv:1:"),
    "a pattern with repeats in repeats": (
        pattern(r"^(([a-zA-Z .,]+)+)+$"),
        "sections.csv:2:label value not allowed: found 'aaa",
    ),
    "a pattern that backtracks": (
        pattern("(a|aa)+b"),
        "sections.csv:2:label pattern that takes too long: found 'aaa",
    ),
    "too many files": (
        lambda folder: [(folder / f"{n}.txt").touch() for n in range(1_100)],
        "datapackage.json:1: too many files beside it: must be at most 1,000",
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_table_that_cannot_be_borne_is_a_problem_in_time(mini, capsys, offline, within, what):
    change, message = TABLES[what]
    change(mini)
    with within(10):
        assert main(["check", "--data", str(mini)]) == 1
    assert f"\n{message}" in "\n" + capsys.readouterr().out


def test_bounds_of_a_panel_are_not_counted_one_by_one(mini, within):
    """A range of 2**62 paragraphs would fill the memory of any machine."""
    path = mini / "panels.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",4,6", f",4,{2**62}"), encoding="utf-8"
    )
    with within(10):
        assert check.check(mini) != []
