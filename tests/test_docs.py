"""What the texts for developers and reporters say is so: rooms, files, commands, forms."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

import analysis
from analysis import check, paths, record, tables

ROOT = paths.ROOT
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
DEVELOP = (ROOT / "book" / "develop.md").read_text(encoding="utf-8")
REPORT = (ROOT / "book" / "report.md").read_text(encoding="utf-8")
# What was, and what is to be made; recipes have tests of their own.
OTHERS = ("CHANGELOG.md", "CONTRIBUTING.md")
TEXTS = sorted(
    [
        *(path for path in ROOT.glob("*.md") if path.name not in OTHERS),
        *(ROOT / folder / "README.md" for folder in ("analysis", "book", "book/_ext", "tests")),
        *(ROOT / "book" / f"{page}.md" for page in ("develop", "reexecute", "report")),
        ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md",
    ]
)
MADE = ("_build/", ".venv/")  # by commands, not there in a fresh clone


def name(path):
    return str(path.relative_to(ROOT))


def read(path):
    return path.read_text(encoding="utf-8")


each_text = pytest.mark.parametrize("path", TEXTS, ids=name)


# --- the map and the commands -----------------------------------------------------------------


def test_the_page_names_every_room_in_the_order_of_the_package():
    plan = analysis.__doc__.split("::", 1)[1].splitlines()
    rooms = [room for line in plan for room in re.split(r"\s{2,}", line.strip())[:-1]]
    table = DEVELOP.partition("### The rooms of the package")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| .{10,} \|$", table, re.MULTILINE) == rooms


def test_the_page_names_every_folder():
    table = DEVELOP.partition("## The map")[2].partition("\n### ")[0]
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    named = {folder.split("/")[0] for folder in re.findall(r"^\| `([\w/]+)`", table, re.MULTILINE)}
    made = {folder for folder in folders if not any((ROOT / folder).rglob("*.*"))}
    assert {each for each in folders - made if not each.endswith(".egg-info")} == named


@each_text
def test_a_file_that_is_named_is_there(path):
    named = re.findall(
        r"`((?:\.?[\w-]+/)*[\w.-]+\.(?:py|csv|md|json|yml|cff|ipynb|txt|bib|lock))`", read(path)
    )
    named += re.findall(r"`((?:\.?[\w-]+/)+)`", read(path))
    named += re.findall(r"\]\((?!#|https?:)([^)#]+)", read(path))
    places = (ROOT, path.parent)
    lost = [each for each in named if not any((place / each).exists() for place in places)]
    assert [each for each in lost if not each.startswith(MADE)] == []


@each_text
def test_a_command_that_is_named_is_one(path):
    targets = set(re.findall(r"^(\w+):", read(ROOT / "Makefile"), re.MULTILINE))
    commands = re.findall(r"(?:^|`)make ([a-z]+)", read(path), re.MULTILINE)
    assert set(commands) - targets == set()


def test_the_readme_has_the_size_of_the_record(shipped):
    sizes = {
        int(number): word
        for number, word in re.findall(
            r"(\d+) (paragraphs|statements|recommendations)", read(ROOT / "README.md")
        )
    }
    assert sizes == {
        len(getattr(shipped, word)): word
        for word in ("paragraphs", "statements", "recommendations")
    }


# --- the way of one number --------------------------------------------------------------------


def cells(page):
    notebook = json.loads(read(ROOT / "book" / f"{page}.ipynb"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def glued(source):
    """Return the names that a cell gives to numbers, with the code that computes each."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    numbers = [call for call in calls if ast.unparse(call.func) == "show.numbers"]
    return {key.arg: ast.unparse(key.value) for call in numbers for key in call.keywords}


def test_the_way_of_one_number_is_as_told(shipped, tmp_path):
    way = DEVELOP.partition("## The way of one number")[2].partition("\n## ")[0]
    row = shipped.participation.set_index("id").loc["tip-2024-ngo"]
    frame = tables.participation(shipped).set_index("group")
    assert row["count"] == frame["count"]["non-governmental organizations"]
    assert f"[paragraph {row.paragraph}](#p-{row.paragraph})" in way
    notebook = cells("participation")
    assert glued(notebook["count"])["organizations"] == "counts['non-governmental organizations']"
    assert "{glue:text}`organizations`" in notebook["title-text"]
    assert "{glue:text}`organizations`" in cells("index")["title-text"]
    assert 'name="tab-participation"' in notebook["figure"]
    names = [
        "tip-2024-ngo",
        "count",
        "organizations",
        "title-text",
        "show.numbers",
        "participation",
    ]
    names += ["participation_adds_up", "participation_has_its_source"]
    assert [each for each in names if f"`{each}`" not in way] == []


def test_the_rules_that_it_names_hold_the_cell(mini):
    """Another count than that of the paragraph is a problem, here in the small record."""
    assert {"participation_adds_up", "participation_has_its_source"} <= {
        rule.__name__ for rule in check.RULES
    }
    path = mini / "participation.csv"
    lines = read(path).splitlines()
    place = lines[0].split(",").index("count")
    changed = [row.split(",") for row in lines]
    row = next(row for row in changed[1:] if row[lines[0].split(",").index("paragraph")])
    row[place] = str(int(row[place]) + 1)
    path.write_text("\n".join(map(",".join, changed)) + "\n", encoding="utf-8")
    assert any(problem.file == "participation.csv" for problem in check.check(mini))


# --- where to report --------------------------------------------------------------------------


@pytest.mark.parametrize("path", [FORMS / "coding.yml", FORMS / "fault.yml"], ids=name)
def test_a_form_asks_what_the_page_asks(path):
    form = yaml.safe_load(read(path))
    labels = [part["attributes"]["label"] for part in form["body"]]
    block = re.search(rf"```\{{report\}} (.+)\n:form: {path.name}\n\n([^`]*)```", REPORT)
    assert form["name"] == block[1]
    assert [f"{label}:" for label in labels] == [*block[2].splitlines(), "Edition:"]


@pytest.mark.parametrize("path", [FORMS / "coding.yml", FORMS / "fault.yml"], ids=name)
def test_a_form_is_one(path):
    form = yaml.safe_load(read(path))
    assert set(form) == {"name", "description", "title", "body"}
    ids = [part["id"] for part in form["body"]]
    assert len(set(ids)) == len(ids)
    assert {part["type"] for part in form["body"]} <= {"input", "textarea"}


@pytest.mark.parametrize("file", ["SECURITY.md", "CODE_OF_CONDUCT.md", "book/report.md"])
def test_a_text_that_cannot_read_the_settings_names_no_address(file):
    """It would be wrong as soon as the setting changes."""
    text = read(ROOT / file)
    assert re.findall(r"https?:|mailto:|\S+@\S+", text) == []
    if not file.startswith("book"):
        assert re.search(r"`_config.yml` gives under\s`contact`", text)
        assert re.search(r"blank, there is no address yet", text)


def test_the_settings_are_where_the_texts_say():
    settings = yaml.safe_load(read(ROOT / "_config.yml"))
    assert isinstance(settings["contact"], str) and isinstance(settings["repository"]["url"], str)
    assert settings["sphinx"]["config"]["contact"] == settings["contact"]


def test_only_the_release_step_writes_a_day_of_release():
    code = [*Path(ROOT, "analysis").rglob("*.py"), *Path(ROOT, "tools").rglob("*.py")]
    writes = [path.name for path in code if "date-released: " in read(path)]
    assert writes == ["release.py"]
    assert "-m tools.release" in read(ROOT / "RELEASING.md")


def test_the_dictionary_command_keeps_the_day(mini, capsys):
    from analysis import __main__

    assert __main__.main(["dictionary", "--data", str(mini)]) == 0
    assert record.dated.day(mini)[1] is False
