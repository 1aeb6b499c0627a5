"""The package is in order: who imports whom, what a file may hold, how its words read."""

import ast
import re
import statistics
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

import analysis
from analysis import paths

PACKAGE = paths.ROOT / "analysis"
FILES = sorted(PACKAGE.rglob("*.py"))
PYTHON = sorted([*FILES, *(paths.ROOT / "tools").glob("*.py")])
FACES = [path for path in FILES if path.name == "__init__.py"]
LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 50  # lines without the docstring
MOST_FUNCTIONS = 20  # nine in ten are shorter
FIRST_LINE = 80  # the first line of a docstring is shorter

# Words of the house that a newcomer does not know; to refuse another, add it here.
JARGON = {
    "door": r"\b(side )?doors?\b",
    "odd": r"\bodd\b",
    "told": r"\b(un)?told\b",
    "what stands": r"\bwhat stands\b|\bit stands\b",
    "where there is none": r"\bwhere there (is|are) (none|no)\b|\bwhere nothing is\b",
    "bear": r"\bbears?\b",
    "ours": r"\b(ours|theirs)\b",
    "fate": r"\bfates?\b",
    "say whether": r"\b(say|tell)s? (of \w+( \w+)? )?whether\b",
}


def name(path):
    return str(path.relative_to(paths.ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


each_file = pytest.mark.parametrize("path", PYTHON, ids=name)


# --- who imports whom -------------------------------------------------------------------------


def order():
    """Return the floor of each room, from the plan in the package's docstring: 0 is the top."""
    plan = analysis.__doc__.split("::", 1)[1]
    floors = [re.split(r"\s{2,}", line.strip())[:-1] for line in plan.splitlines() if line.strip()]
    return {room: floor for floor, rooms in enumerate(floors) for room in rooms}


ORDER = order()


def room(path):
    """Return the room that a file belongs to: its folder in the package, or the file itself."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def file_of(module):
    """Return the file of a module of the package; None if there is no such module."""
    place = paths.ROOT.joinpath(*module.split("."))
    files = (place / "__init__.py", place.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


def imports(path):
    """Return the files of the package that a file imports, at its head or inside a function."""
    modules = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} is a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules |= {full if file_of(full) else node.module for full in names}
    return {file_of(module) for module in modules if module.startswith("analysis")} - {None}


IMPORTS = {path: imports(path) for path in FILES}


def test_the_plan_of_the_package_has_every_room_and_no_other():
    assert set(ORDER) == {room(path) for path in FILES} - {"__init__"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_imports_only_from_its_own_room_and_from_below(path):
    floor = ORDER.get(room(path), -1)
    others = {room(file) for file in IMPORTS[path]} - {room(path), "__init__"}
    assert {other for other in others if ORDER[other] <= floor} == set()


def test_no_files_import_each_other_in_a_circle():
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(name(path) for path in reversed(error.args[1])))


# --- files ------------------------------------------------------------------------------------


@each_file
def test_a_file_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_file
def test_a_file_is_named_by_what_it_holds(path):
    assert not re.search(r"util|helper|common|misc|shared", path.stem)


def test_no_two_files_have_one_name():
    places = defaultdict(list)
    for path in set(FILES) - set(FACES):
        places[path.name].append(name(path))
    assert {file: sorted(paths) for file, paths in places.items() if len(paths) > 1} == {}


def is_face(statement):
    """Return True if a statement only hands a name on: a docstring, an import, `__all__`."""
    match statement:
        case ast.Expr(ast.Constant(str())) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name("__all__")]):
            return True
    return False


@pytest.mark.parametrize("path", FACES, ids=name)
def test_the_face_of_a_room_holds_no_logic(path):
    logic = [ast.unparse(statement) for statement in tree(path).body if not is_face(statement)]
    if room(path) == "tables":  # every table has a name there as soon as it is registered
        logic = [line for line in logic if line != "globals().update(ALL | BY_PANEL)"]
    assert logic == []


def constants():
    """Return name -> value -> files of every constant at the head of a file."""
    values = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for node in tree(path).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            for target in targets:
                if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][A-Z0-9_]+", target.id):
                    values[target.id][ast.unparse(node.value)].append(name(path))
    return values


def test_a_constant_has_one_value_in_the_whole_package():
    several = {
        constant: dict(values) for constant, values in constants().items() if len(values) > 1
    }
    assert several == {}


# --- functions --------------------------------------------------------------------------------


def functions():
    """Return file:line name of every function, and its lines without the docstring."""
    lengths = {}
    for path in PYTHON:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if ast.get_docstring(node):
                    lines -= node.body[0].end_lineno - node.body[0].lineno + 1
                lengths[f"{name(path)}:{node.lineno} {node.name}"] = lines
    return lengths


LENGTHS = functions()


def test_no_function_is_longer_than_a_screen():
    assert {place: lines for place, lines in LENGTHS.items() if lines > LONGEST_FUNCTION} == {}


def test_nine_functions_in_ten_are_short():
    assert statistics.quantiles(LENGTHS.values(), n=10)[-1] < MOST_FUNCTIONS


# --- words ------------------------------------------------------------------------------------


def docstrings(path):
    """Return line and words of every docstring in a file."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]
    found = [(node, ast.get_docstring(node)) for node in nodes]
    return [(getattr(node, "lineno", 1), words) for node, words in found if words]


@each_file
def test_the_first_line_of_a_docstring_is_short(path):
    first = {line: words.splitlines()[0] for line, words in docstrings(path)}
    assert {line: words for line, words in first.items() if len(words) >= FIRST_LINE} == {}


@each_file
def test_docstrings_are_in_words_that_everybody_knows(path):
    jargon = [
        f"{name(path)}:{line} {word}"
        for line, words in docstrings(path)
        for word, pattern in JARGON.items()
        if re.search(pattern, words, re.IGNORECASE)
    ]
    assert jargon == []
