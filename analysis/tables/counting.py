"""Counting rows by two columns, and the words that several tables share."""

from collections.abc import Iterable, Sequence

import pandas as pd

ACTS = ("proposal", "concern", "position", "evidence", "practice", "procedure")
OUTSIDE = "Outside the panels"
NEITHER = "Neither panel alone"
ACTIONS = ("minimal", "continuing", "considering", "general", "specific")
CATEGORIES = {number: f"{number} {kind} action" for number, kind in enumerate(ACTIONS, 1)}


def cross(
    rows: pd.DataFrame,
    row: str,
    column: str,
    order: Iterable[str],
    values: Sequence[str] | None = None,
    *,
    blank: bool = True,
) -> pd.DataFrame:
    """Count rows by two columns, with a total.

    Parameters
    ----------
    order : iterable of str
        The values of `row` to count, in this order.
    values : sequence of str, optional
        The values of `column` to count, in this order. Default: those that occur, or its
        categories.
    blank : bool
        Whether to keep a row whose total is 0.
    """
    counts = pd.crosstab(rows[row].astype(str), rows[column], dropna=False)
    counts = counts.reindex(index=list(order), columns=values, fill_value=0)
    counts.columns = [str(name) for name in counts.columns]
    counts = counts.assign(total=counts.sum(axis=1)).rename_axis(row)
    return (counts if blank else counts[counts.total > 0]).reset_index()


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each key as text; blank for a key that has none.

    >>> look_up(pd.Series(["a", ""]), pd.Series({"a": "A", "b": "B"})).tolist()
    ['A', '']
    """
    return keys.map(values).astype("str").fillna("")
