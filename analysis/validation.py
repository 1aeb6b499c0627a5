"""Hold the tables of a data folder to their schema with Frictionless, and say in our words what breaks it."""

from pathlib import Path

import frictionless
from frictionless import errors as flaws

from analysis import paths
from analysis.problems import Problem


def problems(folder: Path, unreadable: set[str]) -> list[Problem]:
    """Hold the tables to the schema with Frictionless and return every flaw, in the order of the schema."""
    try:
        package = frictionless.Package(str(folder / paths.SCHEMA))
    except frictionless.FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [Problem(paths.SCHEMA, 1, "", reason.note) for reason in reasons]
    report = package.validate()
    found = [Problem(paths.SCHEMA, 1, "", error.note) for error in report.errors]
    for resource, task in zip(package.resources, report.tasks, strict=True):
        if resource.path not in unreadable:
            found += filter(None, (problem(resource, error) for error in task.errors))
    return found


def problem(resource: frictionless.Resource, error: frictionless.Error) -> Problem | None:
    """Put a flaw that Frictionless found into our form; None where another file is to blame."""
    file, keys = resource.path, resource.schema.primary_key
    line = getattr(error, "row_number", 1) or 1
    column = getattr(error, "field_name", "") or getattr(error, "label", "") or ""
    cell = getattr(error, "cell", "") or ""
    match error:
        case flaws.EncodingError() | flaws.SchemeError():
            return None
        case flaws.ForeignKeyError():
            column, cell = ", ".join(error.field_names), ", ".join(map(str, error.field_cells))
            known = f"a known {', '.join(error.reference_field_names)} of {error.reference_name or 'this table'}"
            return Problem(file, line, column, "unknown code", cell, known)
        case flaws.PrimaryKeyError():
            return Problem(file, line, ", ".join(keys), "duplicate or blank key", "", error.note)
        case flaws.TypeError():
            return Problem(file, line, column, "wrong type", cell, resource.schema.get_field(column).type)
        case flaws.ConstraintError() if "required" in error.note:
            return Problem(file, line, column, "blank cell in a required column")
        case flaws.ConstraintError():
            return Problem(file, line, column, "value not allowed", cell, allowed(resource, column))
        case flaws.ExtraCellError():
            return Problem(file, line, str(error.field_number), "cell beyond the last column", cell)
        case flaws.MissingCellError():
            return Problem(file, line, column, "cell is missing")
    return Problem(file, line, column, f"{error.title}".lower(), str(getattr(error, "label", "")), error.note)


def allowed(resource: frictionless.Resource, column: str) -> str:
    """Return in words what the schema allows in a column."""
    rules = resource.schema.get_field(column).constraints
    listed = ["one of " + ", ".join(rules["enum"])] if "enum" in rules else []
    return ", ".join(listed + [f"{rule} {rules[rule]}" for rule in rules if rule not in ("enum", "required")])
