"""CONTRIBUTING.md is followed to the letter on a copy; nothing breaks that it does not mention."""

import json
import re

import pytest
import recipes

from analysis import paths

ALONE = ["A column", "A check", "A table", "A page", "A correction of a code"]
BY_HAND = {"A dependency", "What a document did to the reader", "A meeting"}


def test_every_recipe_with_an_example_is_carried_out(contributing):
    assert set(recipes.titles(contributing)) == {*ALONE, "A figure"} | BY_HAND
    for title in BY_HAND:
        assert not any(step.blocks for step in recipes.recipe(contributing, title))


@pytest.mark.parametrize("title", ALONE)
def test_a_recipe_works_as_written(copy, contributing, title):
    recipes.carry_out(copy, recipes.recipe(contributing, title))


def test_a_figure_is_drawn_of_the_table_before_it(copy, contributing):
    recipes.carry_out(copy, recipes.recipe(contributing, "A table"), running=False)
    recipes.carry_out(copy, recipes.recipe(contributing, "A figure"))
    page = copy.read("_build/html/book/meeting.html")
    assert 'id="fig-by-section"' in page and 'id="tab-by-section"' in page


def test_all_recipes_together_leave_a_book_that_passes(copy, contributing):
    """The new page is built, the code of the recipes has the style, and all tests pass."""
    for title in (*ALONE[:3], "A figure", ALONE[3]):
        recipes.carry_out(copy, recipes.recipe(contributing, title), running=False)
    for command in (".venv/bin/python -m analysis dictionary", "make notebooks", "make lint"):
        copy.succeed(command)
    copy.succeed("make test ARGS=-q")
    assert 'id="tab-sections"' in copy.read("_build/html/book/sections.html")


def test_every_table_may_have_one_more_column(copy):
    """The recipe names one table; it holds for all of them, in every test of the data."""
    schema = json.loads(copy.read("data/datapackage.json"))
    for resource in schema["resources"]:
        new = {"name": "further_note", "type": "string", "description": "A further note."}
        resource["schema"]["fields"].append(new)
        path = f"data/{resource['path']}"
        header, *rows = copy.read(path).splitlines()
        copy.write(path, "\n".join([f"{header},further_note", *(f"{row}," for row in rows)]) + "\n")
    copy.write("data/datapackage.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n")
    copy.succeed(".venv/bin/python -m analysis dictionary")
    copy.succeed("make check")
    used = r"\b(mini|small|shipped|MINI|paths\.DATA)\b"
    tests = sorted(path for path in (copy.folder / "tests").glob("test_*.py"))
    files = [path for path in tests if re.search(used, path.read_text(encoding="utf-8"))]
    names = " ".join(f"tests/{path.name}" for path in files if "needs_book" not in path.read_text())
    copy.succeed(f'make test FILE="{names}" ARGS=-q')


def test_words_on_a_dependency_name_what_there_is(contributing):
    """Carrying it out would need a network."""
    words = " ".join(step.words for step in recipes.recipe(contributing, "A dependency"))
    for file in ("pyproject.toml", "requirements.lock"):
        assert f"`{file}`" in words and (paths.ROOT / file).is_file()
    pyproject = (paths.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "\ndependencies = [" in pyproject and "\ndev = [" in pyproject
    assert "`make lock`" in words
    assert "--output-file requirements.lock" in (paths.ROOT / "tools/lock.sh").read_text()
