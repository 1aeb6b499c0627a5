"""Each number, table and figure of the book tells what it was computed from."""

import hashlib
import json
import re

import pytest

from analysis import __main__, paths, provenance

KNOWN = "from analysis import record, tables\nfrom analysis.page import show, squares"
MADE = """a, b = tables.claims(data), tables.panels(data)
c = a.head()
for each in b.id:
    d = each
c["x"] = 1
show.figure(squares.acts(c), name="fig-c", message="C")
show.numbers(both=len(a) + len(b), one=len(a), none=tables.NEITHER, last=d)
show.numbers(**a.value_counts())"""
USED = [["data/claims.csv", "data/panels.csv"], *[[]] * 6]


def glue(name, value):
    data = {"application/papermill.record/text/plain": repr(value)}
    return {"output_type": "display_data", "data": data, "metadata": {"scrapbook": {"name": name}}}


def code(id, source, uses, *outputs):
    about = {"id": id, "cell_type": "code", "source": [source], "metadata": {"uses": uses}}
    return about | {"outputs": list(outputs)}


TABLE = ":::{table} The numbers\n:name: tab-c\n\n| [16a](#s-16a) | [16a](#s-16a) |\n:::\n"
FIGURE = f"::::{{drawn}} C is 5 (4 to 6, by reader)\n:name: fig-c\n\n{TABLE}::::\n"
SHOWN = {"output_type": "execute_result", "metadata": {}, "data": {"text/markdown": [FIGURE]}}


@pytest.fixture(scope="module")
def items():
    """What a small notebook gives, by name."""
    glued = [glue(name, name) for name in ("both", "one", "none", "last", "few")]
    cells = [
        {"id": "words", "cell_type": "markdown", "source": ["# C"], "metadata": {}},
        code("load", KNOWN, [[], []]),
        code("make", MADE, USED, SHOWN, *glued),
    ]
    return {item["name"]: item for item in provenance.items({"cells": cells}, "book/c")}


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("c.one", ["analysis.tables.claims"]),
        ("c.both", ["analysis.tables.claims", "analysis.tables.panels"]),
        ("c.none", ["analysis.tables.NEITHER"]),
        ("c.last", ["analysis.tables.panels"]),
        ("c.few", ["analysis.tables.claims"]),
        ("fig-c", ["analysis.page.squares.acts", "analysis.tables.claims"]),
    ],
)
def test_functions_are_those_in_its_code_and_behind_its_names(items, name, functions):
    assert items[name]["functions"] == functions


def test_what_a_line_used_is_behind_every_name_that_it_gives(items):
    assert items["fig-c"]["inputs"] == ["data/claims.csv", "data/panels.csv"]
    assert items["c.none"]["inputs"] == []


def test_a_table_in_a_figure_is_told_of_too_with_the_items_that_it_names(items):
    assert items["tab-c"]["says"] == "The numbers" and items["tab-c"]["rows"] == ["s-16a"]
    assert items["tab-c"]["sha256"] == hashlib.sha256(TABLE.rstrip().encode()).hexdigest()
    assert items["fig-c"]["page"] == "book/c.html#fig-c"


def test_the_range_by_reader_is_that_of_the_words(items):
    assert items["fig-c"]["by_reader"] == ["4 to 6"] and items["c.one"]["by_reader"] == []


# --- the built book -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def noted(html):
    return provenance.computed()


@pytest.mark.needs_book
def test_every_number_table_and_figure_that_a_notebook_gave_is_noted(html, noted):
    names = {item["name"] for item in noted["items"]}
    for path in (html.parent / "jupyter_execute" / "book").glob("*.glue.json"):
        page = path.name.partition(".")[0]
        glued = json.loads(path.read_text(encoding="utf-8"))
        assert {f"{page}.{name}" for name in glued} - names == set()
    files = {path.stem for kind in ("tables", "figures") for path in html.glob(f"{kind}/*.csv")}
    written = {"tab-computed", *re.findall(r":name: (tab-\S+)", "".join(map(read, MARKDOWN)))}
    assert {name for name in files - written - names if not re.fullmatch(r"id\d+", name)} == set()


MARKDOWN = sorted((paths.ROOT / "book").glob("*.md"))


def read(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.needs_book
def test_hashes_are_those_of_the_files(html, noted):
    published = {file: each for i in noted["items"] for file, each in i["files"].items()}
    for folder, hashes in ((paths.ROOT, noted["inputs"]), (html, published)):
        assert [name for name in hashes if provenance.hashed(folder / name) != hashes[name]] == []
    assert {"data/uptake.csv", "requirements.lock", "analysis/tables/uptake.py"} <= set(
        noted["inputs"]
    )


@pytest.mark.needs_book
def test_a_number_that_is_known_has_the_sources_that_it_has(noted):
    items = {item["name"]: item for item in noted["items"]}
    number = items["participation.organizations"]
    assert number["functions"] == ["analysis.tables.participation"]
    assert {"data/meetings.csv", "data/participation.csv"} <= set(number["inputs"])
    assert "data/statements.csv" not in number["inputs"]
    assert items["uptake.proposals"]["by_reader"] == ["63 to 66"]
    assert "analysis.page.matches.picture" in items["fig-matches"]["functions"]


@pytest.mark.needs_book
def test_each_table_and_figure_leads_to_its_place_on_the_page(html):
    page = read(html / "book" / "computed.html")
    text = read(html / "book" / "uptake.html")
    led = re.findall(r'href="\.\./book/computed\.html#([^"]+)"', text)
    assert (
        "cell-uptake-matches" in led and [each for each in led if f'id="{each}"' not in page] == []
    )
    assert "proposals = 64 (63 to 66, by reader)" in page


@pytest.mark.needs_book
def test_the_command_explains_a_figure_a_number_and_a_name_of_several_pages(capsys):
    assert __main__.main(["explain", "fig-matches"]) == 0
    told = capsys.readouterr().out
    for part in ("book/uptake.ipynb, matches", "analysis/tables/uptake.py:", "data/uptake.csv"):
        assert part in told
    assert "changed since" not in told
    assert __main__.main(["explain", "proposals"]) == 0
    pages = re.findall(r"^(\w+)\.proposals: ", capsys.readouterr().out, re.MULTILINE)
    assert {"index", "uptake"} <= set(pages)


@pytest.mark.needs_book
def test_an_unknown_name_is_refused_in_one_line_with_near_ones(capsys):
    assert __main__.main(["explain", "fig-match"]) == 2
    told = capsys.readouterr().err
    assert "Invalid name 'fig-match'" in told and "fig-matches" in told
    assert len(told.splitlines()) == 1


def test_without_a_book_the_command_to_make_one_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="Run: make book"):
        provenance.explain("fig-matches", tmp_path)


def test_an_input_that_has_changed_since_is_named(tmp_path):
    item = dict.fromkeys(("says", "page", "notebook", "cell", "sha256"), "x") | {"name": "tab-x"}
    item |= {"functions": [], "rows": [], "by_reader": [], "files": {}, "inputs": ["README.md"]}
    noted = {"inputs": {"README.md": "0" * 64}, "items": [item]}
    (tmp_path / "data").mkdir()
    (tmp_path / provenance.COMPUTED_FILE).write_text(json.dumps(noted), encoding="utf-8")
    assert "0, changed since the book was built" in provenance.explain("tab-x", tmp_path)


@pytest.mark.needs_book
def test_the_same_is_there_as_prov_json(html):
    """Every relation is between an activity and an entity that are declared."""
    linked = json.loads((html / provenance.PROV_FILE).read_text(encoding="utf-8"))
    assert linked == provenance.provenance(provenance.computed(html))
    relations = [*linked["used"].values(), *linked["wasGeneratedBy"].values()]
    for end, declared in (("prov:activity", "activity"), ("prov:entity", "entity")):
        assert {relation[end] for relation in relations} <= set(linked[declared])
    assert linked["entity"]["p53:data/statements.csv"].keys() == {"p53:sha256"}
    assert len(linked["wasGeneratedBy"]) == len(provenance.computed(html)["items"])
