"""Ids: published addresses, given once and never moved."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws

ITEMS = {"statement": "statements", "recommendation": "recommendations", "claim": "claims"}


@rule
def ids_are_given_once(data: Record) -> Iterator[Problem]:
    """An id is its paragraph and a letter, none left out and none that is retired."""
    for kind, table in ITEMS.items():
        tables = {"retired": _retired(data, kind), table: getattr(data, table)}
        rows = pd.concat([frame.assign(table=name) for name, frame in tables.items()])
        rows = rows.dropna(subset="paragraph")
        rows["stem"] = ("q" if kind == "claim" else "") + rows.paragraph.astype(str)
        rows["due"] = rows.groupby("stem").id.transform(_due).astype("str")
        must = rows.due + ", the next free id; a withdrawn one has a row in retired.csv only"
        for name, wrong in (rows.id != rows.due).groupby(rows.table.array):
            broken = "id that is taken, or leaves out a letter"
            yield from flaws(data, name, wrong, "id", broken, must[(rows.table == name).array])


def _retired(data: Record, kind: str) -> pd.DataFrame:
    return data.retired[data.retired.kind == kind]


def _due(ids: pd.Series) -> pd.Series:
    """Return the ids of a paragraph with the next free one for each that cannot be."""
    right = [f"{ids.name}{letters(place)}" for place in range(len(ids))]
    free = (id for id in right if id not in set(ids))
    known = ids.isin(right) & ~ids.duplicated()
    due = [id if keep else next(free) for id, keep in zip(ids, known, strict=True)]
    return pd.Series(due, ids.index)


def letters(place: int) -> str:
    """Return the letters of an item in its paragraph: a to z, then aa to zz.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('a', 'z', 'aa', 'zz')
    """
    first, second = divmod(place, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + second)


@rule
def replacements_exist(data: Record) -> Iterator[Problem]:
    """What replaces a retired id are other ids of its kind, in use or retired."""
    for kind, table in ITEMS.items():
        rows = _retired(data, kind)
        known = {*getattr(data, table).id, *rows.id}
        named = zip(rows.id, rows.replaced_by.str.split(), strict=True)
        wrong = pd.Series([not known - {id} >= set(ids) for id, ids in named], rows.index, bool)
        expected = f"other ids of {table}, in use or retired, separated by blanks"
        yield from flaws(data, "retired", wrong, "replaced_by", "unknown replacement", expected)
