"""Codes and units, and which code is applied to which unit."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from analysis.record import Record, readings
from analysis.verify import Span, reference

OWN_NAMESPACE = uuid5(NAMESPACE_URL, "urn:paragraph-53")
SAID = ("definition", "include", "exclude", "example", "note")
Rows = dict[str, dict[str, str]]  # value -> its row in the codebook
THEME, SPEAKER = "themes", "speaker"
# What is coded -> the columns that hold it; themes have tables of their own.
CODED_IN = {
    "act": (("statements", "act"),),
    "action_category": (("statements", "action_category"), ("recommendations", "action_category")),
    "quantifier": (("statements", "quantifier"),),
    SPEAKER: (("statements", "speaker"),),
    "claim_kind": (("claims", "kind"),),
}
THEME_TABLES = {"statements": "statement_themes", "recommendations": "recommendation_themes"}
OWN_WORDS = {"statements": "gist", "recommendations": "gist", "claims": "measures"}


@dataclass(frozen=True)
class Code:
    """A value that units are coded with.

    Attributes
    ----------
    variable, value : str
        What is coded, and the value as in the data: ``act`` and ``concern``.
    label, group : str
        Names of the value and of what is coded, in words.
    parent : str
        The value above it; blank at the top.
    definition, include, exclude, example, note : str
        As in the codebook; blank if it does not say. Examples are invented. Speakers have a note.
    """

    variable: str
    value: str
    label: str
    group: str
    parent: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    note: str = ""

    @property
    def guid(self) -> str:
        """The GUID of the code."""
        return guid("code", self.variable, self.value)

    @property
    def name(self) -> str:
        """A name that no other code has.

        >>> Code("themes", "fish", "Fish", "Themes").name, Code("act", "x", "X", "Speech act").name
        ('Fish', 'Speech act: X')
        """
        return self.label if self.variable == THEME else f"{self.group}: {self.label}"

    @property
    def limits(self) -> tuple[str, ...]:
        """What to include and what to leave out, as far as the codebook says it."""
        said = {"Include": self.include, "Leave out": self.exclude}
        return tuple(f"{what}: {words}" for what, words in said.items() if words)

    @property
    def description(self) -> str:
        """Everything that the codebook says, a line each."""
        example = self.example and f"Example (invented): {self.example}"
        return "\n".join(filter(None, (self.definition, *self.limits, example, self.note)))


@dataclass(frozen=True)
class Unit:
    """A statement, a recommendation or a claim: its span, our words, its codes."""

    span: Span
    words: str
    codes: tuple[Code, ...]

    @property
    def guid(self) -> str:
        """The GUID of the unit."""
        return guid("unit", self.span.id)

    @property
    def name(self) -> str:
        """The unit in words: ``statement 6a``."""
        return f"{self.span.table.removesuffix('s')} {self.span.id}"


def guid(*parts: str) -> str:
    """Return the GUID of a thing, the same in every run and every version.

    >>> guid("code", "act", "concern")
    '6d1bfb67-5c10-55a6-aca4-2d228ead4106'
    """
    return str(uuid5(OWN_NAMESPACE, "/".join(parts)))


def codebook(data: Record) -> dict[str, list[Code]]:
    """Return the codes of everything that is coded, in the order of the codebook.

    Returns
    -------
    dict of str to list of Code
        A list for each variable that has a value. A value that is applied but not in the
        codebook is a code without a definition.
    """
    labels = readings.variables(data)
    group = labels.get(THEME, THEME.capitalize())
    found = {
        THEME: [
            Code(THEME, row["id"], row["label"], group, row["parent"], **_rules(row))
            for row in data.themes.to_dict("records")
        ]
    }
    for variable in CODED_IN:
        group = labels.get(variable, variable.replace("_", " ").capitalize())
        known: Rows = {row["value"]: row for row in _values(data, variable)}
        applied: Rows = {value: {} for _, value in _applied(data, variable) if value not in known}
        found[variable] = [
            Code(variable, value, row.get("label", value), group, **_rules(row))
            for value, row in (known | applied).items()
        ]
    return {variable: codes for variable, codes in found.items() if codes}


def units(data: Record) -> list[Unit]:
    """Return every statement, recommendation and claim, with its codes."""
    codes = {(c.variable, c.value): c for group in codebook(data).values() for c in group}
    given = defaultdict[tuple[str, str], list[Code]](list)
    for variable in (THEME, *CODED_IN):
        for unit, value in _applied(data, variable):
            given[unit].append(codes[variable, value])
    words = {
        (table, unit): text
        for table, column in OWN_WORDS.items()
        for unit, text in getattr(data, table)[["id", column]].itertuples(index=False)
    }
    return [
        Unit(span, words[span.table, span.id], tuple(given[span.table, span.id]))
        for span in reference(data).spans
    ]


def _rules(row: dict[str, str]) -> dict[str, str]:
    return {name: row.get(name, "") for name in SAID}


def _values(data: Record, variable: str) -> list[dict[str, str]]:
    """Return the rows that have the values of a variable; speakers are actors."""
    if variable == SPEAKER:
        rows = data.actors.rename(columns={"id": "value", "name": "label"})
    else:
        rows = data.codes[data.codes.list == variable]
    return list(rows.to_dict("records"))


def _applied(data: Record, variable: str) -> list[tuple[tuple[str, str], str]]:
    """Return table and id of each unit that has a value of a variable, and the value."""
    if variable == THEME:
        tables = [
            (units, getattr(data, table)[[units.removesuffix("s"), "theme"]])
            for units, table in THEME_TABLES.items()
        ]
    else:
        tables = [(units, getattr(data, units)[["id", name]]) for units, name in CODED_IN[variable]]
    return [
        ((table, unit), str(value))
        for table, rows in tables
        for unit, value in rows.astype(object).itertuples(index=False)
        if not pd.isna(value) and value != ""
    ]
