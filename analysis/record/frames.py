"""The record as one typed value: a frame for every table of the schema."""

from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from analysis import uses


@dataclass(frozen=True)
class Record:
    """The coded record: one table of ``datapackage.json`` in each field.

    Text is ``str`` with ``""`` for a blank cell; integers, numbers and booleans are nullable;
    dates are timestamps. A table that is taken from the record counts as used: `analysis.uses`.
    """

    meetings: pd.DataFrame
    sections: pd.DataFrame
    paragraphs: pd.DataFrame
    participation: pd.DataFrame
    panels: pd.DataFrame
    actors: pd.DataFrame
    actor_names: pd.DataFrame
    statements: pd.DataFrame
    themes: pd.DataFrame
    codes: pd.DataFrame
    coding_rules: pd.DataFrame
    codebook_versions: pd.DataFrame
    crosswalk: pd.DataFrame
    statement_themes: pd.DataFrame
    recommendations: pd.DataFrame
    recommendation_themes: pd.DataFrame
    recommendation_parties: pd.DataFrame
    uptake: pd.DataFrame
    relations: pd.DataFrame
    no_uptake: pd.DataFrame
    claims: pd.DataFrame
    context: pd.DataFrame
    comparisons: pd.DataFrame
    rejected: pd.DataFrame
    readers: pd.DataFrame
    reading_files: pd.DataFrame
    readings: pd.DataFrame
    settled: pd.DataFrame
    verbs: pd.DataFrame
    instruments: pd.DataFrame
    mentions: pd.DataFrame
    source_notes: pd.DataFrame
    retired: pd.DataFrame
    published: pd.DataFrame
    accounts: pd.DataFrame
    account_subjects: pd.DataFrame
    declaration: pd.DataFrame
    objections: pd.DataFrame

    def __getattribute__(self, name: str) -> Any:
        """Return a table, and note that it is used."""
        if name in FRAMES:
            uses.tables.add(name)
        return object.__getattribute__(self, name)

    def but(self, **tables: pd.DataFrame) -> "Record":
        """Return the record with other tables in place of some, which uses none."""
        same = {name: object.__getattribute__(self, name) for name in FRAMES}
        return Record(**(same | tables))


FRAMES = frozenset(each.name for each in fields(Record))
