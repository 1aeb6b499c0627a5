"""Hold the tables, as they were read, to their schema.

Frictionless judges keys, references and allowed values. It gets the values that are loaded
and never a file, so there is no second reading, and nothing that a descriptor names is opened
or fetched.
"""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import frictionless
import regex
from frictionless import errors

from analysis.record.cells import Table
from analysis.record.problems import Problem

PATTERN_SECONDS = 3  # that all patterns may take on all cells


def problems(tables: dict[str, Table], schemas: dict[str, dict[str, Any]]) -> list[Problem]:
    """Return every flaw of the tables, in the order of the schema.

    Parameters
    ----------
    tables : dict of str to Table
        Every table of the schema under its name.
    schemas : dict of str to dict
        The schema of each.
    """
    package = frictionless.Package.from_descriptor(
        {
            "resources": [
                {
                    "name": name,
                    "data": [[field["name"] for field in table.fields], *table.rows],
                    "schema": _known(schemas[name]),
                }
                for name, table in tables.items()
            ]
        }
    )
    report = package.validate(limit_errors=1000)
    flaws: list[Problem] = []
    until = time.monotonic() + PATTERN_SECONDS
    for name, task in zip(tables, report.tasks, strict=True):
        flaws += [_problem(tables[name].file, schemas[name], error) for error in task.errors]
        flaws += _patterns(tables[name], until)
        flaws += _loops(tables[name], schemas[name], name)
    return flaws


def _known(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without its patterns, which need a limit of time."""
    fields = []
    for field in schema["fields"]:
        rules = {
            rule: value for rule, value in field.get("constraints", {}).items() if rule != "pattern"
        }
        fields.append({"name": field["name"], "type": field["type"], "constraints": rules})
    return schema | {"fields": fields}


def _problem(file: str, schema: dict[str, Any], error: Any) -> Problem:
    """Put a flaw that Frictionless found into our form."""
    line = getattr(error, "row_number", 1) or 1
    column, cell = getattr(error, "field_name", ""), getattr(error, "cell", "") or ""
    match error:
        case errors.ForeignKeyError():
            columns, cells = ", ".join(error.field_names), ", ".join(map(str, error.field_cells))
            home = error.reference_name or "this table"
            known = f"a known {', '.join(error.reference_field_names)} of {home}"
            return Problem(file, line, columns, "unknown code", cells, known)
        case errors.PrimaryKeyError():
            key = ", ".join(schema["primaryKey"])
            return Problem(file, line, key, "duplicate or blank key", "", error.note)
        case errors.ConstraintError() if "required" in error.note:
            return Problem(file, line, column, "blank cell in a required column")
        case errors.ConstraintError():
            allowed = _allowed(schema, column)
            return Problem(file, line, column, "value not allowed", str(cell), allowed)
    return Problem(file, line, column, str(error.title).lower(), str(cell), error.note)


def _allowed(schema: dict[str, Any], column: str) -> str:
    """Return in words what the schema allows in a column."""
    rules = next(field for field in schema["fields"] if field["name"] == column)["constraints"]
    one_of = ["one of " + ", ".join(rules["enum"])] if "enum" in rules else []
    bounds = [
        f"{rule} {rules[rule]}" for rule in rules if rule not in ("enum", "required", "pattern")
    ]
    return ", ".join(one_of + bounds)


def _patterns(table: Table, until: float) -> Iterator[Problem]:
    """Find cells that do not match the pattern of their column, within the time."""
    for place, field in enumerate(table.fields):
        pattern = field.get("constraints", {}).get("pattern", "(?s).*")
        for line, row in enumerate(table.rows, 2):
            problem, cell = partial(Problem, table.file, line, field["name"]), str(row[place])
            left = max(until - time.monotonic(), 0.001)
            try:
                fits = row[place] in ("", None) or regex.fullmatch(pattern, cell, timeout=left)
            except TimeoutError:
                yield problem("pattern that takes too long", cell, f"a simpler one than {pattern}")
                break
            if not fits:
                yield problem("value not allowed", cell, f"pattern {pattern}")


def _loops(table: Table, schema: dict[str, Any], name: str) -> Iterator[Problem]:
    """Find rows that are above themselves in the tree of parents."""
    places = {field["name"]: place for place, field in enumerate(table.fields)}
    for key in schema.get("foreignKeys", []):
        columns, targets = key["fields"], key["reference"]["fields"]
        if key["reference"]["resource"] != name or len(columns) > 1:
            continue
        child, parent = places[targets[0]], places[columns[0]]
        parents = {row[child]: row[parent] for row in table.rows}
        for line, row in enumerate(table.rows, 2):
            above, seen = row[parent], {row[child]}
            while above and above not in seen:
                seen.add(above)
                above = parents.get(above)
            if above == row[child]:
                broken = "row that is above itself"
                yield Problem(table.file, line, columns[0], broken, str(row[parent]))
