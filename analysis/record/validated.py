"""Notes of the states in which the book's own data are known to be valid.

A state is a hash of everything that the answer depends on: every byte of the schema and its
tables, the code that judges them, and the versions of the libraries that do. Any change makes
another state. A note is an empty file in the project's build folder, named by its state;
without it data are judged again. Another data folder leaves no note anywhere.
"""

import contextlib
import hashlib
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis import paths

CODE = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".py", ".json"))
LIBRARIES = ("frictionless", "jsonschema", "pandas", "regex")


def state(folder: Path, resources: list[dict[str, Any]]) -> str:
    """Return the hash of all that decides whether the book's data are valid.

    It is blank for any other folder.
    """
    if folder.resolve() != paths.DATA.resolve():
        return ""
    digest = hashlib.sha256(repr([sys.version, *map(metadata.version, LIBRARIES)]).encode())
    tables = [
        folder / name for name in (paths.SCHEMA, *(resource["path"] for resource in resources))
    ]
    beside = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    digest.update(repr(beside).encode())
    for path in [*CODE, *filter(Path.is_file, tables)]:
        content = path.read_bytes()
        digest.update(repr((path.name, len(content))).encode() + content)
    return digest.hexdigest()


def before(folder: Path, resources: list[dict[str, Any]]) -> bool:
    """Return True if a data folder, as it is now, is known to be valid."""
    known = state(folder, resources)
    return bool(known) and (paths.BUILD / "passed" / known).is_file()


def note(folder: Path, resources: list[dict[str, Any]], since: str) -> None:
    """Note that a data folder is valid, unless it has changed since it was read."""
    if since and state(folder, resources) == since:
        path = paths.BUILD / "passed" / since
        with contextlib.suppress(
            OSError
        ):  # a place that cannot be written to costs time and nothing else
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
