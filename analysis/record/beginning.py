"""The schema of a beginning, in which a program has filled a few columns.

It has some of the project's tables, of which the other columns may be blank, and a table of
footnotes. Nothing but `check` and `verify` takes it, and no book can be made of it.
"""

from typing import Any

STAGE = "beginning"
TABLES = (  # of a beginning, filled or not
    "sections",
    "paragraphs",
    "statements",
    "recommendations",
    "claims",
    "instruments",
    "mentions",
)
# Table -> the columns that `start` fills. Everything else is for a reader to decide. A column, or a
# table, that is taken out here is written blank.
FILLED: dict[str, tuple[str, ...]] = {
    "sections": ("number", "title"),
    "paragraphs": ("number", "section", "length", "sha256", "fingerprint"),
    "statements": ("id", "paragraph", "start", "end", "sha256"),
    "recommendations": ("id", "sentence", "paragraph", "start", "end", "sha256"),
    "claims": ("id", "paragraph", "start", "end", "sha256", "quantity", "low", "high"),
    "instruments": ("id", "symbol"),
    "mentions": ("instrument", "paragraph", "name"),
}
OPTIONAL = {  # table -> columns that are filled if the document has it, and its words are sure
    "sections": ("title",),
    "paragraphs": ("section", "length", "sha256", "fingerprint"),
    "claims": ("low", "high"),
}
TITLE_FIELD = {"name": "title", "type": "string", "description": "Title as printed."}
COUNTED = {"required": True, "minimum": 1}
# Column -> type, meaning, constraints. Mark, paragraph and words were right too seldom, and a place
# says nothing without them: `analysis/start/scores.csv`.
FOOTNOTES = {"number": ("integer", "Its place among the footnotes, from 1.", COUNTED)}


def resources(own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tables of a beginning, made of the project's own.

    A column that `start` does not fill may be blank; a key to a table that a beginning lacks, or
    of which nothing is filled, is left out. Types, patterns and lists of allowed values stay.
    """
    tables = [_begun(table) for table in own if table["name"] in TABLES]
    fields = [
        {"name": name, "type": kind, "description": meaning, "constraints": rules}
        for name, (kind, meaning, rules) in FOOTNOTES.items()
    ]
    footnotes = {
        "name": "footnotes",
        "path": "footnotes.csv",
        "title": "Footnotes",
        "description": "One row per footnote of the document.",
        "dialect": tables[0]["dialect"],
        "schema": {"fields": fields, "primaryKey": ["number"], "missingValues": [""]},
    }
    return [*tables, footnotes]


def _begun(table: dict[str, Any]) -> dict[str, Any]:
    filled = FILLED.get(table["name"], ())
    always = set(filled) - set(OPTIONAL.get(table["name"], ()))
    first, *others = table["schema"]["fields"]
    fields = [first, *([TITLE_FIELD] if "title" in filled else []), *others]
    keys = table["schema"].get("foreignKeys", [])
    known = [key for key in keys if FILLED.get(key["reference"]["resource"])]
    schema = table["schema"] | {"fields": [_open(field, always) for field in fields]}
    return {key: value for key, value in table.items() if key != "sealed"} | {
        "schema": schema | ({"foreignKeys": known} if keys else {})
    }


def _open(field: dict[str, Any], always: set[str]) -> dict[str, Any]:
    """Return a column that may be blank unless a program always fills it."""
    if field["name"] in always:
        return field
    rules = field.get("constraints", {})
    return field | {"constraints": {rule: rules[rule] for rule in rules if rule != "required"}}
