"""Read ``datapackage.json``, the one schema of the tables (Data Package v2).

A descriptor is not trusted: it may name files of its own folder and nothing else, say only what
``profile.json`` allows, and is read within bounds.
"""

import json
import sys
from pathlib import Path
from typing import Any

import regex

from analysis import characters, paths

LARGEST_DESCRIPTOR = 5_000_000  # bytes
PROFILE = Path(__file__).with_name("profile.json")


def schema(folder: str | Path | None = None) -> dict[str, Any]:
    """Return the data package descriptor of a data folder.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with ``datapackage.json``. Default: the one shipped with the book.

    Raises
    ------
    FileNotFoundError
        If the folder has no descriptor.
    ValueError
        If the descriptor is not JSON, or says what `PROFILE` does not allow.
    """
    path = Path(folder or paths.DATA) / paths.SCHEMA
    if not path.exists():
        raise FileNotFoundError(
            f"No data package at '{path}'. Give a folder that holds {paths.SCHEMA}."
        )
    if not path.is_file() or path.stat().st_size > LARGEST_DESCRIPTOR:
        raise _invalid(path, f"a file of at most {LARGEST_DESCRIPTOR:,} bytes")
    descriptor: dict[str, Any] = _parsed(path)
    _check_profile(path, descriptor)
    _check_names(path, descriptor["resources"])
    return descriptor


def _invalid(path: Path, rule: str) -> ValueError:
    return ValueError(f"Invalid data package '{path}'. Must be {rule}.")


def _parsed(path: Path) -> Any:
    try:
        return json.loads(
            path.read_text(encoding="utf-8"), object_pairs_hook=_once, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise _invalid(path, f"JSON in UTF-8: {' '.join(str(error).split())}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError(f"a name twice among {', '.join(sorted(names))[:100]}")
    for character in characters.unseen(" ".join(map(_words, names.values())), allowed="\n"):
        raise ValueError(f"an unseen character: {characters.name(character)}")
    return names


def _words(value: Any) -> str:
    return " ".join(map(_words, value)) if isinstance(value, list) else str(value)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _check_profile(path: Path, descriptor: Any) -> None:
    # JupyterLab brings a grammar of web addresses that jsonschema would compile for two seconds.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # it cannot be imported
    import jsonschema

    profile = jsonschema.Draft7Validator(json.loads(PROFILE.read_text(encoding="utf-8")))
    error = jsonschema.exceptions.best_match(profile.iter_errors(descriptor))
    if error is not None:
        raise _invalid(path, f"as the project allows; {error.json_path}: {error.message[:200]}")


def _check_names(path: Path, resources: list[dict[str, Any]]) -> None:
    """Raise ValueError unless names are unique, keys exist and patterns compile."""
    columns = {r["name"]: [field["name"] for field in r["schema"]["fields"]] for r in resources}
    if len(columns) < len(resources) or len({r["path"] for r in resources}) < len(resources):
        raise _invalid(path, "a list of tables, each with a name and a file of its own")
    for name, described in ((table["name"], table["schema"]) for table in resources):
        if len(set(columns[name])) < len(columns[name]):
            raise _invalid(path, f"a schema with each column once; {name} has one twice")
        keys = [(name, described["primaryKey"])]
        for key in described.get("foreignKeys", []):
            child, parent = key["fields"], key["reference"]["fields"]
            keys += [(name, child), (key["reference"]["resource"], parent)]
            if len(child) != len(parent):
                raise _invalid(path, f"a schema with keys of one length; one of {name} is not")
        for table, column in ((table, column) for table, key in keys for column in key):
            if column not in columns.get(table, []):
                raise _invalid(path, f"a schema with keys that exist; {table}.{column} does not")
        for field in described["fields"]:
            _check_pattern(path, name, field)


def _check_pattern(path: Path, table: str, field: dict[str, Any]) -> None:
    try:
        regex.compile(field.get("constraints", {}).get("pattern", ""))
    except regex.error as error:
        rule = f"a schema with valid patterns; that of {table}.{field['name']} is not: {error}"
        raise _invalid(path, rule) from None
