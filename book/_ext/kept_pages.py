"""Keep executed notebooks, and find one again as long as nothing that it used has changed.

What a page used is told by `analysis.uses`: tables of the record, one by one, and other files. All
code of the package, the locked libraries and Python count for every page.
"""

import hashlib
import json
import os
import platform
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.provenance import hashed

KEPT = paths.BUILD / "executed"
# The pictures of a page, which stand in files.
DRAWN = re.compile(r"_build/(?:other/)?figures/[\w-]+\.svg")
CODE = (".py", ".json")  # what decides what the package does
KINDS = ("tables", "files")
Uses = dict[str, list[str]]


def find(page: Path) -> str | None:
    """Return the executed notebook of a page, or nothing if it has to be executed."""
    try:
        kept = json.loads(_place(page).read_text(encoding="utf-8"))
        if kept["state"] != state(page, kept["uses"]):
            return None
        for name, picture in kept["pictures"].items():
            (paths.ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (paths.ROOT / name).write_text(picture, encoding="utf-8")
        return str(kept["executed"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, or not whole


def keep(page: Path, executed: str, uses: Uses, since: str, seconds: float) -> None:
    """Keep an executed notebook, unless what it used has changed since it was begun.

    The seconds and the Python are kept here and not in the book, which is the same everywhere.
    """
    if since != whole(page):
        return
    names = sorted(set(DRAWN.findall(executed)))
    pictures = {name: (paths.ROOT / name).read_text(encoding="utf-8") for name in names}
    kept = {"state": state(page, uses), "uses": uses, "executed": executed, "pictures": pictures}
    kept |= {"seconds": round(seconds, 1), "python": platform.python_version()}
    KEPT.mkdir(parents=True, exist_ok=True)
    paths.write(_place(page), json.dumps(kept))


def together(parts: list[Uses]) -> Uses:
    """Return what was used in one part or more."""
    return {kind: sorted({name for part in parts for name in part[kind]}) for kind in KINDS}


def paths_of(uses: Uses) -> list[str]:
    """Return the files of what was used, tables among them; other data may lie elsewhere."""
    tables = (os.path.relpath(file_of(name), paths.ROOT) for name in uses["tables"])
    return sorted({*tables, *uses["files"]})


def _place(page: Path) -> Path:
    return KEPT / f"{page.stem}.json"


def state(page: Path, uses: Uses) -> str:
    """Return the hash of a page, of all code, and of the tables and files that it used."""
    tables = {name: [described(name), _hash(file_of(name))] for name in uses["tables"]}
    files = {name: _hash(paths.ROOT / name) for name in uses["files"]}
    return _digest([_hash(page), code(), tables, files])


def whole(page: Path) -> str:
    """Return the hash of a page, all code and all data, as they are now."""
    data = {str(path): hashed(path) for path in sorted(paths.DATA.rglob("*.*"))}
    return _digest([hashed(page), code(), data])


@cache
def code() -> str:
    """Return the hash of what every page uses: the package, the locked libraries, and Python."""
    package = (paths.ROOT / "analysis").rglob("*.*")
    sources = sorted(path for path in package if path.suffix in CODE)
    sources += [paths.ROOT / "requirements.lock", Path(__file__).with_name("parallel_pages.py")]
    names = {path.relative_to(paths.ROOT).as_posix(): _hash(path) for path in sources}
    return _digest([sys.version, names])


@cache
def _schema() -> dict[str, Any]:
    text = (paths.DATA / paths.SCHEMA).read_text(encoding="utf-8")
    return {table["name"]: table for table in json.loads(text)["resources"]}


def described(name: str) -> Any:
    """Return what the schema says of a table, or nothing if it is not there."""
    return _schema().get(name)


def file_of(name: str) -> Path:
    """Return the file of a table."""
    return paths.DATA / (described(name) or {"path": name})["path"]


@cache
def _hash(path: Path) -> str:
    return hashed(path)


def _digest(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
