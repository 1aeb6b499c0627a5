"""What was computed from what: the sources of numbers, tables and figures.

An executed notebook has for each line of its cells which tables and files it used: see
`analysis.uses`. A name stands for the sources of the line that gave it. So a list of sources can
name more than a number needs.
"""

import ast
import difflib
import hashlib
import inspect
import json
import os
import pydoc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from analysis import paths

COMPUTED_FILE = "data/computed.json"  # in the built book
PROV_FILE = "data/provenance.json"  # the same as PROV-JSON
# The parts of a source: what a line used, and the functions of this package that it names.
Sources = set[str]
Item = dict[str, Any]
PACKAGE = "analysis"
EVERYWHERE = ("analysis.page.show", "analysis.record.load")  # they show and load whatever it is
MAPPING = "**"  # in place of a name: numbers that are given as a mapping
REPEATED = (ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.For)
DIRECTIVE = re.compile(
    r"^(:{3,})\{(table|drawn)\} ([^\n]*)\n:name: (\S+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL
)
ROW_LINK = re.compile(r"\(#([sprq]-\w+)\)")  # a link to an item of the record
RANGE = re.compile(r"\((\d+ to \d+), by reader\)|\((by every reader)\)")


def lines(cell: dict[str, Any]) -> list[ast.stmt]:
    """Return the lines of a cell of a notebook; none if it holds words."""
    return ast.parse("".join(cell["source"])).body if cell["cell_type"] == "code" else []


def shown(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of `show` that are made once, each with its function."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("show."):
        yield ast.unparse(node.func).removeprefix("show."), node
    if not isinstance(node, REPEATED):
        for child in ast.iter_child_nodes(node):
            yield from shown(child)


class Known:
    """The sources behind each name of a notebook, as far as it has been read."""

    def __init__(self) -> None:
        self.names: dict[str, Sources] = {}
        self.imported: dict[str, str] = {}

    def read(self, line: ast.stmt, used: Sources) -> None:
        """Read a line and what it used: names that it gives have these sources."""
        if isinstance(line, ast.ImportFrom) and str(line.module).startswith(PACKAGE):
            self.imported |= {n.asname or n.name: f"{line.module}.{n.name}" for n in line.names}
        elif isinstance(line, ast.Assign):
            given = [pair for target in line.targets for pair in pairs(target, line.value)]
            for name, value in given:
                self.names[name.id] = self._kept(name) | self.sources(value) | used
        else:
            for name in filter(is_given, ast.walk(line)):
                self.names[name.id] = self.sources(line) | used

    def _kept(self, name: ast.Name) -> Sources:
        """Return what a name keeps, if only a part of it is given anew."""
        return set() if is_given(name) else self.names.get(name.id, set())

    def sources(self, node: ast.AST) -> Sources:
        """Return what code names of this package, and the sources of other names."""
        if isinstance(node, ast.Name | ast.Attribute):
            root, _, rest = ast.unparse(node).partition(".")
            if root in self.imported and re.fullmatch(r"[\w.]*", rest):
                full = ".".join(filter(None, [self.imported[root], rest]))
                return set() if full.startswith(EVERYWHERE) else {full}
            if isinstance(node, ast.Name):
                return self.names.get(node.id, set())
        found = map(self.sources, ast.iter_child_nodes(node))
        return set().union(*found)


def is_given(node: ast.AST) -> TypeGuard[ast.Name]:
    """Return True for a name that is given something."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    """Yield each name of an assignment with its value."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for name, each in zip(target.elts, value.elts, strict=True):
            yield from pairs(name, each)
        return
    yield from ((found, value) for found in ast.walk(target) if isinstance(found, ast.Name))


def items(notebook: dict[str, Any], page: str) -> list[Item]:
    """Return what an executed notebook gives, each with its sources.

    Parameters
    ----------
    notebook : dict
        With outputs; each cell of code has in its metadata what its lines used.
    page : str
        The page without its ending, as in ``book/uptake``.

    Returns
    -------
    list of dict
        Of each number, table and figure: name, kind, says (its words: value, caption or message),
        page, notebook, cell, functions, inputs (files), rows (of the record, that it links to),
        by_reader (ranges in its words), sha256 (of what the cell gave).
    """
    known, found = Known(), []
    for cell in notebook["cells"]:
        behind: dict[str | None, Sources] = {None: set()}
        for line, used in zip(lines(cell), cell["metadata"].get("uses", []), strict=True):
            known.read(line, set(used))
            behind[None] |= known.sources(line) | set(used)
            for function, call in shown(line):
                for name, value in named(function, call):
                    behind[name] = behind.get(name, set()) | known.sources(value) | set(used)
        for kind, name, says, text in outputs(cell):
            unnamed = behind.get(MAPPING, behind[None]) if kind == "number" else behind[None]
            sources = behind.get(name, unnamed)
            of_page = name if kind != "number" else f"{page.rpartition('/')[2]}.{name}"
            place = f"{page}.html" if kind == "number" else f"{page}.html#{name}"
            item = {"name": of_page, "kind": kind, "says": says, "page": place}
            item |= {"notebook": f"{page}.ipynb", "cell": cell["id"]}
            found.append(item | _sources(sources) | _checked(says, text))
    return found


def _sources(sources: Sources) -> Item:
    functions = {each for each in sources if each.startswith(f"{PACKAGE}.")}
    return {"functions": sorted(functions), "inputs": sorted(sources - functions)}


def _checked(says: str, text: str) -> Item:
    return {
        "rows": list(dict.fromkeys(ROW_LINK.findall(text))),
        "by_reader": [span or same for span, same in RANGE.findall(says)],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def named(function: str, call: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    """Yield name and code of what a call of `show` gives, if the name is there."""
    for word in call.keywords:
        if function == "numbers":
            yield word.arg or MAPPING, word.value
        elif word.arg == "name" and isinstance(word.value, ast.Constant):
            yield str(word.value.value), call


def outputs(cell: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a cell gave: kind, name, words and the whole text."""
    for output in cell.get("outputs", []):
        data, about = output.get("data", {}), output.get("metadata", {}).get("scrapbook")
        if about:
            value = ast.literal_eval("".join(*data.values()))
            yield "number", about["name"], value, value
        yield from directives("".join(data.get("text/markdown", "")))


def directives(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the tables and figures of a text in MyST, also those within others."""
    for found in DIRECTIVE.finditer(text):
        kind = "table" if found[2] == "table" else "figure"
        yield kind, found[4].replace("_", "-"), found[3], found[0]  # as the page has it
        yield from directives(found[5])


# --- of the built book ----------------------------------------------------------------------------


def computed(html: Path = paths.BUILD / "html") -> dict[str, Any]:
    """Return what the build noted: the items, and the hash of each input.

    Raises
    ------
    FileNotFoundError
        If there is no built book.
    """
    if not (html / COMPUTED_FILE).is_file():
        raise FileNotFoundError(f"No '{html / COMPUTED_FILE}'. Run: make book")
    found: dict[str, Any] = json.loads((html / COMPUTED_FILE).read_text(encoding="utf-8"))
    return found


def explain(name: str, html: Path = paths.BUILD / "html") -> str:
    """Return in words what something was computed from.

    Parameters
    ----------
    name : str
        An anchor as in ``fig-matches``, or a number as in ``uptake.proposals`` or ``proposals``.

    Raises
    ------
    ValueError
        If nothing that was computed has this name; the message has the nearest ones.
    """
    noted = computed(html)
    found = [i for i in noted["items"] if name and name in (i["name"], i["name"].partition(".")[2])]
    if not found:
        names = [item["name"] for item in noted["items"]]
        near = ", ".join(difflib.get_close_matches(name, names, cutoff=0) or names)
        raise ValueError(f"Invalid name '{name}'. Must be that of a computed thing, as in: {near}.")
    return "\n\n".join(_in_words(item, noted["inputs"]) for item in found)


def _in_words(item: Item, hashes: dict[str, str]) -> str:
    parts = {
        "page": [item["page"]],
        "cell": [f"{item['notebook']}, {item['cell']}"],
        "functions": [f"{name} ({_place(name)})" for name in item["functions"]],
        "inputs": [f"{path} {hashes[path]}{_since(path, hashes)}" for path in item["inputs"]],
        "rows": [" ".join(item["rows"])],
        "by reader": item["by_reader"],
        "sha256": [item["sha256"]],
        "files": [f"{path} {sha256}" for path, sha256 in item["files"].items()],
    }
    told = [
        f"  {what if first == 0 else '':<9}  {one}"
        for what, each in parts.items()
        for first, one in enumerate(filter(None, each))
    ]
    return "\n".join([f"{item['name']}: {item['says']}", *told])


def _place(name: str) -> str:
    """Return the file and line of a function; a constant has neither."""
    function = pydoc.locate(name)
    if not inspect.isfunction(function):
        return "a constant"
    file = Path(str(inspect.getsourcefile(function))).relative_to(paths.ROOT)
    return f"{file}:{inspect.getsourcelines(function)[1]}"


def _since(path: str, hashes: dict[str, str]) -> str:
    return "" if hashed(paths.ROOT / path) == hashes[path] else ", changed since the book was built"


def hashed(path: Path) -> str:
    """Return the hash of a file or of the names in a folder; blank if neither."""
    if path.is_dir():
        return hashlib.sha256("\n".join(sorted(os.listdir(path))).encode()).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def provenance(noted: dict[str, Any]) -> dict[str, Any]:
    """Return what the build noted as PROV-JSON: entities, cells as activities, links.

    Parameters
    ----------
    noted : dict
        What `computed` returns.
    """
    cells = [(_own(f"{item['notebook']}#{item['cell']}"), item) for item in noted["items"]]
    used = {(cell, path) for cell, item in cells for path in item["inputs"]}
    made = {(cell, item["name"]) for cell, item in cells}
    files = {path: {"p53:sha256": sha256} for path, sha256 in noted["inputs"].items()}
    given = {
        item["name"]: {"prov:label": item["says"], "p53:sha256": item["sha256"]}
        for _, item in cells
    }
    return {
        "prefix": {"p53": "urn:paragraph-53:"},
        "entity": {_own(name): facts for name, facts in (files | given).items()},
        "activity": {cell: {"prov:label": item["page"]} for cell, item in cells},
        "used": _relations(used),
        "wasGeneratedBy": _relations(made),
    }


def _own(name: str) -> str:
    return f"p53:{name}"


def _relations(pairs: set[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Return pairs of an activity and an entity, named as PROV-JSON wants."""
    return {
        f"_:{number}": {"prov:activity": cell, "prov:entity": _own(name)}
        for number, (cell, name) in enumerate(sorted(pairs), 1)
    }
