"""CONTRIBUTING.md is followed to the letter on a copy; nothing breaks that it does not mention."""

import json
import re

import pytest
import recipes

from analysis import paths, record
from analysis.page import marks, paragraphs

ALONE = ["A column", "A check", "A table", "A page", "A correction of a code"]
# Recipes for statements, each with the addresses whose words change.
OF_STATEMENTS = {
    "A statement": [],
    "A statement withdrawn": ["s-7a"],
    "A statement split": ["s-8b"],
}
# The tests of what reads a document: it knows no table, no page and no column.
DOCUMENTS = ("batch", "cases", "characters", "document", "forms", "fuzz", "readers", "safety")
BY_HAND = {"A blind sheet", "A dependency", "What a document did to the reader", "A meeting"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_reads_a_document_knows_no_table(name):
    text = (paths.ROOT / "tests" / f"test_{name}.py").read_text(encoding="utf-8")
    assert not re.search(r"\bshipped\b|\(html\b|record\.load|tables\.\w+\(", text)


def test_every_recipe_with_an_example_is_carried_out(contributing):
    assert set(recipes.titles(contributing)) == {*ALONE, *OF_STATEMENTS, "A figure"} | BY_HAND
    for title in BY_HAND:
        assert not any(step.blocks for step in recipes.recipe(contributing, title))


@pytest.mark.parametrize("title", ALONE)
def test_a_recipe_works_as_written(copy, contributing, title):
    """Its tests run once, with all others, on the copy in which every recipe is carried out."""
    tests = []
    recipes.carry_out(copy, recipes.recipe(contributing, title), later=tests)
    files = {file for command in tests for file in re.findall(r"tests/test_(\w+)\.py", command)}
    assert all((copy.folder / f"tests/test_{file}.py").is_file() for file in files)
    assert not files & {*DOCUMENTS}


def test_no_address_of_another_item_moves(copy, contributing):
    """The recipes for statements, one after the other; their tests run once, after the last."""
    tests, addresses = [], {}
    for title, expected in OF_STATEMENTS.items():
        before = words_at(copy)
        recipes.carry_out(copy, recipes.recipe(contributing, title), later=tests)
        after = words_at(copy)
        changed = [address for address in before if after.get(address) != before[address]]
        assert changed == expected and after != before, title
        addresses |= before | after
    assert len(tests) >= len(OF_STATEMENTS)
    for command in dict.fromkeys(tests):
        copy.succeed(command)
    contents, *places = sorted((copy.folder / "_build/html/book").glob("record*.html"))
    for text in (read(contents), "".join(map(read, places))):
        assert [each for each in addresses if f'id="{each}"' not in text] == []


def read(page):
    return page.read_text(encoding="utf-8")


def words_at(copy):
    """Return the hash of the words at the address of every paragraph and of every item in use."""
    data = record.load(copy.folder / "data")
    items = [getattr(data, f"{kind}s") for kind in marks.ANCHORS]
    hashes = [sha256 for frame in (data.paragraphs, *items) for sha256 in frame.sha256]
    return dict(zip(paragraphs.anchors(data), hashes, strict=False))


def test_all_recipes_together_leave_a_project_that_passes(copy, contributing):
    """The code has the style, the new page is built, and all tests pass.

    The recipe for a column names one table; here every table that is not sealed has one more.
    """
    for title in (*ALONE[:3], "A figure", ALONE[3]):  # the figure is drawn of the table
        recipes.carry_out(copy, recipes.recipe(contributing, title), running=False)
    add_a_column_to_every_table(copy)
    for command in (".venv/bin/python -m analysis dictionary", "make notebooks", "make lint"):
        copy.succeed(command)
    # What a browser shows, and how documents are read, is tested beside this, on what is there.
    left_out = " ".join(f"--ignore=tests/test_{name}.py" for name in DOCUMENTS)
    copy.succeed(f"make test ARGS='-q -m \"not browser\" {left_out}'")
    assert 'id="tab-sections"' in copy.read("_build/html/book/sections.html")
    page = copy.read("_build/html/book/meeting.html")
    assert 'id="fig-by-section"' in page and 'id="tab-by-section"' in page


def add_a_column_to_every_table(copy):
    schema = json.loads(copy.read("data/datapackage.json"))
    for resource in schema["resources"]:
        if "sealed" in resource:
            continue  # sealed: it gains no column
        new = {"name": "further_note", "type": "string", "description": "A further note."}
        resource["schema"]["fields"].append(new)
        path = f"data/{resource['path']}"
        header, *rows = copy.read(path).splitlines()
        copy.write(path, "\n".join([f"{header},further_note", *(f"{row}," for row in rows)]) + "\n")
    copy.write("data/datapackage.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n")


def test_words_on_a_dependency_name_what_there_is(contributing):
    """Carrying it out would need a network."""
    words = " ".join(step.words for step in recipes.recipe(contributing, "A dependency"))
    for file in ("pyproject.toml", "requirements.lock"):
        assert f"`{file}`" in words and (paths.ROOT / file).is_file()
    pyproject = (paths.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "\ndependencies = [" in pyproject and "\ndev = [" in pyproject
    assert "`make lock`" in words
    assert "--output-file requirements.lock" in (paths.ROOT / "tools/lock.sh").read_text()
