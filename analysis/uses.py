"""What a process has used: tables of the record, and other files.

A page is executed again only if something that it used has changed. A table is used when it is
taken from the record, not when the record is loaded: loading reads all of them. In a notebook,
what each line used is kept apart.
"""

import ast
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis import paths

EVENTS = {"open", "os.listdir", "os.scandir"}
# Code is compared as a whole; what is installed and built is not used but made.
ASIDE = tuple(f"{paths.ROOT / name}{os.sep}" for name in ("analysis", ".venv", "_build", ".git"))
INSIDE = (f"{paths.ROOT}{os.sep}", f"{paths.DATA}{os.sep}")
IMPORTING = "importlib"  # in the name of the file whose code looks for modules and packages

tables: set[str] = set()
files: set[str] = set()
parts: list[dict[str, list[str]]] = []  # what was used up to each call of `end`
folders: set[Path] = set()  # data folders that were loaded
watched = [False]
_aside = [False]


def watch() -> None:
    """Note from now on each file of the project that is opened, or folder listed."""
    watched[0] = True
    sys.addaudithook(_note)


def end() -> None:
    """End a part: what is used from now on is noted apart."""
    parts.append({"tables": sorted(tables), "files": sorted(files)})
    tables.clear()
    files.clear()


class EndBefore(ast.NodeTransformer):
    """A transformer for IPython: a part ends before each line of a cell."""

    def visit_Module(self, node: ast.Module) -> ast.Module:  # noqa: N802
        """Put a call of `end` before each line."""
        (call,) = ast.parse("__import__('analysis.uses').uses.end()").body
        node.body = [each for line in node.body for each in (call, line)]
        return node


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in EVENTS or _aside[0] or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    path = os.path.abspath(os.fsdecode(arguments[0]))
    if not path.startswith(INSIDE) or f"{path}{os.sep}".startswith(ASIDE):
        return
    if IMPORTING not in sys._getframe(1).f_code.co_filename:
        files.add(os.path.relpath(path, paths.ROOT))


@contextmanager
def aside() -> Iterator[None]:
    """Note no file in this block: what it reads is noted in another way."""
    before, _aside[0] = _aside[0], True
    try:
        yield
    finally:
        _aside[0] = before


def told() -> str:
    """Return the parts, and what was used since, as JSON: tables, files."""
    end()
    return json.dumps(parts)
