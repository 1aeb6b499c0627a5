"""The day of the tables, kept in the descriptor, and their hash on that day."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from analysis import paths, uses
from analysis.record.descriptor import schema
from analysis.record.loading import seal


def day(folder: str | Path | None = None) -> tuple[date, bool]:
    """Return the day of the tables, and True if they have changed since.

    Raises
    ------
    ValueError
        If the descriptor names no day.
    """
    folder = Path(folder or paths.DATA)
    descriptor = schema(folder)
    created = descriptor.get("created", "")
    try:
        return date.fromisoformat(created[:10]), descriptor.get("hash") != _hash(folder, descriptor)
    except ValueError:
        raise ValueError(
            f"Invalid date created '{created}' in '{folder / paths.SCHEMA}'. Must be as in "
            "2026-11-25T00:00:00Z: run `{paths.COMMAND} dictionary --data '{folder}'`."
        ) from None


def told(folder: Path) -> str:
    """Return in words which data folder it is, with the hash of its tables now."""
    near = folder.relative_to(paths.ROOT) if folder.is_relative_to(paths.ROOT) else folder
    with uses.aside():
        known = _hash(folder, schema(folder))
    return f"Data: {near}; hash of the tables, as in {paths.SCHEMA}: {known}"


def stamp(folder: str | Path, today: date) -> bool:
    """Write the day and hash of tables that have changed; return True if they have."""
    path = Path(folder) / paths.SCHEMA
    descriptor = schema(folder)
    known = _hash(Path(folder), descriptor)
    if descriptor.get("hash") == known:
        return False
    resources = [_measured(Path(folder), table) for table in descriptor.pop("resources")]
    descriptor |= {"created": f"{today.isoformat()}T00:00:00Z", "hash": known}
    text = json.dumps(descriptor | {"resources": resources}, ensure_ascii=False, indent=2)
    paths.write(path, f"{text}\n")
    return True


def _measured(folder: Path, table: dict[str, Any]) -> dict[str, Any]:
    """Return a table of a descriptor, with its bytes and hash made true."""
    path = folder / table["path"]
    if not {"bytes", "hash"} <= set(table) or not path.is_file():
        return table
    content = path.read_bytes()
    return table | {"bytes": len(content), "hash": seal(content)}


def _hash(folder: Path, descriptor: dict[str, Any]) -> str:
    """Return the hash of all tables of a descriptor, in order of their paths."""
    digest = hashlib.sha256()
    for name in sorted(table["path"] for table in descriptor["resources"]):
        content = (folder / name).read_bytes() if (folder / name).is_file() else b""
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return f"sha256:{digest.hexdigest()}"
