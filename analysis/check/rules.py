"""Rules that a schema cannot say, and what they share.

Each rule is a generator of `Problem`s over the record, entered with the decorator `rule`.
"""

from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths, record
from analysis.record import Problem, Record, flaws

Rule = Callable[[Record], Iterator[Problem]]

RULES: list[Rule] = []

# Rules that hold before a reader has decided anything.
BEGINNING = ("ids_are_given_once", "spans_are_inside", "rows_are_sorted")
OBSERVED = "observation"  # the kind of paragraphs that record what was recommended
CODED = (  # what is coded, the table of its themes, and the column that points back
    ("statements", "statement_themes", "statement"),
    ("recommendations", "recommendation_themes", "recommendation"),
)


def rule(function: Rule) -> Rule:
    """Enter a rule; rules run in the order in which they are entered."""
    RULES.append(function)
    return function


def check(folder: str | Path | None = None) -> list[Problem]:
    """Return everything that is wrong with a data folder, schema first.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with ``datapackage.json`` and its tables. Default: the one shipped with the book.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no descriptor, or it is invalid.
    """
    data, problems = record.read(folder)
    if data is None:
        unchecked = "no rule could be checked: cure the problems above first"
        return [*problems, Problem(paths.SCHEMA, 1, "", unchecked)]
    begun = record.schema(folder).get("stage") == record.beginning.STAGE
    rules = [each for each in RULES if not begun or each.__name__ in BEGINNING]
    return list(dict.fromkeys([*problems, *(flaw for rule in rules for flaw in rule(data))]))


def unequal(
    data: Record, table: str, column: str, rule: str, expected: pd.Series
) -> Iterator[Problem]:
    """Yield one problem for each cell that is not the one expected on its row."""
    cells = getattr(data, table)[column].reindex(expected.index)
    return flaws(data, table, cells != expected, column, rule, expected)


def by_key(frame: pd.DataFrame, key: str = "id") -> pd.DataFrame:
    """Return the rows under their key, the first of each if the schema is broken."""
    return frame.drop_duplicates(key).set_index(key)


def among(known: set[Any], column: pd.Series, *columns: pd.Series | str) -> pd.Series:
    """Return True for each row whose cells, taken together, are known.

    A column may be given as a text, which is then the same in every row.
    """
    others = [repeat(other, len(column)) if isinstance(other, str) else other for other in columns]
    rows = zip(column, *others, strict=True)
    return pd.Series([row in known for row in rows], column.index, dtype=bool)
