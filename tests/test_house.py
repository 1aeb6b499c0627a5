"""The book is in order: what a notebook may hold, what a page may refer to."""

import ast
import json
import re
import socket
from collections import Counter
from pathlib import Path

import frictionless
import pytest
import yaml

from analysis import export, paths, record

BOOK = paths.ROOT / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
PAGES = sorted([*NOTEBOOKS, *(page for page in BOOK.glob("*.md") if page.name != "README.md")])
CELL_LIMIT = 8  # lines of a cell of code


def name(path):
    return str(path.relative_to(paths.ROOT))


# --- the data ---------------------------------------------------------------------------------


def test_the_data_package_is_valid_without_a_network(monkeypatch):
    def refuse(*_):
        raise OSError("a test must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    report = frictionless.Package(str(paths.DATA / paths.SCHEMA)).validate()
    assert report.flatten(["title", "message"]) == []


def test_every_column_is_described():
    columns = [
        field for table in record.schema()["resources"] for field in table["schema"]["fields"]
    ]
    assert [
        field["name"] for field in columns if not field.get("description", "").endswith(".")
    ] == []


def test_the_data_dictionary_is_fresh():
    written = (paths.DATA / "README.md").read_text(encoding="utf-8")
    assert written == export.dictionary(record.schema()), "run: python -m analysis dictionary"


def test_no_test_has_the_header_of_a_shipped_table_in_it():
    """A new column would break it: ask the table for its header, or name a column."""
    headers = [
        ",".join(field["name"] for field in table["schema"]["fields"])
        for table in record.schema()["resources"]
    ]
    typed = [
        f"{name(path)}:{node.lineno}"
        for path in sorted((paths.ROOT / "tests").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(node.value.partition("\n")[0] == header for header in headers)
    ]
    assert typed == []


# --- the table of contents --------------------------------------------------------------------


def test_the_contents_list_every_page_once_and_no_other():
    contents = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    below = [page for chapter in chapters for page in chapter.get("sections", [])]
    listed = [contents["root"], *(page["file"] for page in chapters + below)]
    assert sorted(listed) == sorted(name(page.with_suffix("")) for page in PAGES)


# --- pages ------------------------------------------------------------------------------------

BOOK_FILES = sorted(
    p
    for p in BOOK.rglob("*")
    if p.is_file() and p.suffix not in {".bib", ".pyc"} and ".ipynb_" not in str(p)
)
ALLOWED = {
    "http://www.w3.org/2000/svg",  # a name that looks like an address; nothing is fetched from it
    "http://www.sitemaps.org/schemas/sitemap/0.9",  # another such name
    "https://mybinder.org/v2/gh",  # the launch buttons, shown once the project has an address
    "https://colab.research.google.com/github",
}


@pytest.mark.parametrize("path", BOOK_FILES, ids=name)
def test_a_page_refers_to_no_other_host(path):
    """Addresses belong in references.bib, in the data and in CITATION.cff."""
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"'<>)\\]+", text)) - ALLOWED == set()
    assert re.findall(r"(?:src|href)=\\?[\"']//|url\([\"']?//|@import", text) == []


# --- notebooks --------------------------------------------------------------------------------


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def cells(path, kind):
    """Return the cells of one kind by their ids."""
    return {
        cell["id"]: "".join(cell["source"])
        for cell in read(path)["cells"]
        if cell["cell_type"] == kind
    }


def calls(tree, function):
    """Return the calls of a function of `show`."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"show.{function}"
    ]


CODE = [(path, id, source) for path in NOTEBOOKS for id, source in cells(path, "code").items()]
PROSE = [(path, id, source) for path in NOTEBOOKS for id, source in cells(path, "markdown").items()]


def cell_name(value):
    return (
        name(value)
        if isinstance(value, Path)
        else value
        if "\n" not in str(value) and len(str(value)) < 40
        else ""
    )


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name)


@each_notebook
def test_a_notebook_stores_no_outputs(path):
    stored = [
        cell["id"]
        for cell in read(path)["cells"]
        if cell.get("outputs") or cell.get("execution_count")
    ]
    assert stored == []


@each_notebook
def test_a_notebook_has_cells_with_ids_that_can_be_read(path):
    ids = [cell["id"] for cell in read(path)["cells"]]
    assert len(set(ids)) == len(ids)
    assert [id for id in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id)] == []


@each_notebook
def test_a_notebook_runs_on_any_python_3(path):
    metadata = read(path)["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert "version" not in metadata.get("language_info", {}), "the version of whoever ran it last"


@each_notebook
def test_a_notebook_begins_with_a_question_and_says_what_it_does_not_show(path):
    words = list(cells(path, "markdown").values())
    assert words[0].startswith("# ")
    asks = path.stem != "index"
    assert not asks or re.search(r"\*\*[^*]+\?\*\*", words[0]), "a question in bold"


@each_notebook
def test_a_notebook_computes_elsewhere(path):
    code = "\n".join(cells(path, "code").values())
    elsewhere = (
        r"\bdef |\blambda\b|\bclass |read_csv|groupby|merge\(|open\(|import (?:pandas|matplotlib)"
    )
    assert re.findall(elsewhere, code) == []


@each_notebook
def test_a_notebook_has_short_cells(path):
    long = {
        id: len(source.splitlines())
        for id, source in cells(path, "code").items()
        if len(source.splitlines()) > CELL_LIMIT
    }
    assert long == {}


# What may hold a digit in prose: code, roles (numbers that are glued, numbered, cited), links, and
# references to paragraphs.
MAY_HOLD_DIGITS = (
    r"```.*?```",
    r"\{[a-z:]+\}`[^`]*`",
    r"`[^`]*`",
    r"\[[^\]]*\]\([^)]*\)",
    r"\b[Pp]aragraphs? \d+( (to|and) \d+)?",
    r"\b(AC1|F1)\b",  # names of coefficients
)


@pytest.mark.parametrize(("path", "id", "source"), PROSE, ids=cell_name)
def test_no_number_in_prose_is_typed_by_hand(path, id, source):
    for pattern in MAY_HOLD_DIGITS:
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    assert [line for line in source.splitlines() if re.search(r"\d", line)] == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("There are 47.", True),
        ("See [paragraph 12](#p-12), paragraphs 39 to 47 and {numref}`tab-1`.", False),
        ("{glue:text}`statements2` of 158", True),
        ("ends in `#p-43`", False),
    ],
)
def test_the_rule_on_numbers_finds_what_is_typed(text, typed):
    for pattern in MAY_HOLD_DIGITS:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    assert bool(re.search(r"\d", text)) is typed


def shown():
    """Return page, function and keywords of every table and figure that the notebooks show."""
    for path in NOTEBOOKS:
        tree = ast.parse("\n".join(cells(path, "code").values()))
        for function in ("table", "figure"):
            for call in calls(tree, function):
                yield path, function, {keyword.arg: keyword.value for keyword in call.keywords}


SHOWN = list(shown())


@pytest.mark.parametrize(("path", "function", "given"), SHOWN, ids=cell_name)
def test_what_is_shown_has_a_name_and_says_what_it_is(path, function, given):
    needed = {"name", "message" if function == "figure" else "caption"}
    assert needed - set(given) == set()
    blank = [
        key
        for key in needed
        if isinstance(given[key], ast.Constant) and not given[key].value.strip()
    ]
    assert blank == []


def test_names_of_tables_and_figures_are_unique_in_the_book():
    names = Counter(ast.unparse(given["name"]) for _, _, given in SHOWN)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("path", "function", "given"), [each for each in SHOWN if each[1] == "figure"], ids=cell_name
)
def test_a_figure_has_its_numbers_folded_below_it_and_they_have_no_number(path, function, given):
    numbers = {keyword.arg: keyword.value for keyword in given["numbers"].keywords}
    assert ast.unparse(given["numbers"].func) == "show.table"
    assert ast.literal_eval(numbers["numbered"]) is False


@pytest.mark.parametrize(
    ("path", "function", "given"), [each for each in SHOWN if each[1] == "figure"], ids=cell_name
)
def test_the_message_of_a_figure_is_computed(path, function, given):
    """A number in it is never typed, and words that compare are held by an assertion."""
    typed = [
        part.value
        for part in getattr(given["message"], "values", [given["message"]])
        if isinstance(part, ast.Constant) and re.search(r"\d", part.value)
    ]
    assert typed == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_link_to_another_page_leads_to_one(path):
    text = (
        "\n".join(cells(path, "markdown").values())
        if path.suffix == ".ipynb"
        else path.read_text(encoding="utf-8")
    )
    targets = re.findall(r"\]\(([\w./-]+\.(?:md|ipynb))(?:#[\w-]+)?\)", text)
    assert [target for target in targets if not (path.parent / target).is_file()] == []
