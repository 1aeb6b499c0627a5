"""What the book uses is what every reader gave, or is settled."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from analysis.check.rules import by_key, rule
from analysis.record import Problem, Record, flaws, readings

Key = tuple[str, str]  # a unit, by the id of its row, and a variable
ADVICE = "what they gave, or a row in settled.csv with the reason"


@rule
def values_are_settled(data: Record) -> Iterator[Problem]:
    """The record holds what every reader gave, or what is settled.

    Of a retired unit it holds nothing more, and a unit that no reader has seen is read once.
    """
    held, rows = recorded(data), _in_use(data)
    values = pd.Series([held.get(key, "") for key in _keys(rows)], rows.index)
    broken = "the record holds another value"
    yield from flaws(data, "settled", rows.settled != values, "settled", broken, values)
    settled = set(_keys(data.settled))
    for key, given in _given(data, readings.current(data), held).items():
        value = held.get(key, "")
        if set(given.values()) != {value} and key not in settled:
            read = "; ".join(f"{reader}: {code or 'none'}" for reader, code in given.items())
            broken = f"value that not every reader gave ({read})"
            yield Problem(*_place(data, key), broken, f"{' '.join(key)}: {value or 'none'}", ADVICE)


@rule
def settling_is_honest(data: Record) -> Iterator[Problem]:
    """A value is settled only if a reader gave another, and marked if none gave it.

    What was given of a retired unit is no longer known by its id.
    """
    rows = _in_use(data)
    keys = _keys(rows)
    books = [_given(data, book, keys) for book in readings.versions(data)]
    given = [{value for book in books for value in book.get(key, {}).values()} for key in keys]
    same = [read == {value} for read, value in zip(given, rows.settled, strict=True)]
    needless = pd.Series(same, rows.index, dtype=bool)
    yield from flaws(data, "settled", needless, "unit", "settled where every reader agrees")
    nobody = [value not in read for read, value in zip(given, rows.settled, strict=True)]
    new = pd.Series(nobody, rows.index, dtype="boolean")
    broken = "whether any reader gave this value"
    yield from flaws(data, "settled", rows.corrected != new, "corrected", broken, new)


@rule
def readings_are_of_the_text(data: Record) -> Iterator[Problem]:
    """A unit that was read is a paragraph, or lies inside one, as do its parts."""
    units = data.readings.unit.str.split(">").explode()
    parts = units.str.extract(r"(\d+)(?::(\d+)-(\d+))?").astype("Float64")
    lengths = parts[0].map(by_key(data.paragraphs, "number").length.astype("Float64"))
    outside = lengths.isna() | (parts[2] > lengths) | (parts[1] >= parts[2])
    wrong = outside.fillna(False).groupby(level=0).any()
    yield from flaws(data, "readings", wrong, "unit", "unit outside its paragraph")
    rows = data.readings[data.readings.variable.isin(readings.DIVIDED)]
    sizes = lengths.groupby(level=0).first()[rows.index].to_numpy(float, na_value=np.nan)
    fits = [_divides(value, size) for value, size in zip(rows.value, sizes, strict=True)]
    broken, expected = "no parts of its paragraph", "start-end, in order, separated by blanks"
    undivided = ~pd.Series(fits, rows.index, dtype=bool)
    yield from flaws(data, "readings", undivided, "value", broken, expected)


def _divides(value: str, length: float) -> bool:
    """Return True if a value is parts of a text of this length, in order."""
    parts = readings.spans(value)
    bounds = [bound for part in parts for bound in part]
    written = " ".join(f"{start}-{end}" for start, end in parts)
    return written == value and bounds == sorted(bounds) and (not bounds or bounds[-1] <= length)


def recorded(data: Record) -> dict[Key, str]:
    """Return what the record holds, as a reader would give it."""
    held: dict[Key, str] = {}
    claims = data.claims.assign(
        claim_kind=data.claims.kind,
        claim_unit=data.claims.unit,
        claim_value=_bounds(data.claims),
        source_named=data.claims.source_named.astype("str").str.lower(),
    )
    advised = data.recommendations.assign(legal_basis=_basis(data.recommendations))
    for home, rows in (
        ("statements", data.statements),
        ("recommendations", advised),
        ("claims", claims),
    ):
        for variable in [name for name in readings.UNITS[home] if name in rows]:
            values = rows[variable].astype("string").fillna("")
            held |= {(unit, variable): value for unit, value in zip(rows.id, values, strict=True)}
    for codes, unit in (
        (data.statement_themes, "statement"),
        (data.recommendation_themes, "recommendation"),
    ):
        themes = codes.sort_values("theme").groupby(unit).theme.agg(" ".join)
        held |= {(name, "themes"): value for name, value in themes.items()}
    parties = data.recommendation_parties
    named = (parties.part + ": " + parties.party).sort_values()
    named = named.groupby(parties.recommendation).agg("; ".join)
    held |= {(name, "parties"): value for name, value in named.items()}
    links = data.uptake.statement + ">" + data.uptake.recommendation
    held |= {(p, "uptake"): level for p, level in zip(links, data.uptake.level, strict=True)}
    others = data.relations.statement + ">" + data.relations.other
    return held | {
        (p, "relation"): kind for p, kind in zip(others, data.relations.kind, strict=True)
    }


def _bounds(claims: pd.DataFrame) -> pd.Series:
    """Return the limits of each quantity as a reader writes them: ``33.3..40``."""
    limits = zip(map(_decimal, claims.low), map(_decimal, claims.high), strict=True)
    return pd.Series(map("..".join, limits), claims.index, dtype="str").where(claims.unit != "", "")


def _decimal(number: float) -> str:
    """Return a number as it is written, whatever its size; blank if there is none.

    >>> _decimal(33.3), _decimal(2_500_000.0), _decimal(float("nan"))
    ('33.3', '2500000', '')
    """
    return "" if pd.isna(number) else np.format_float_positional(number, trim="-")


def _basis(rows: pd.DataFrame) -> pd.Series:
    return (rows.legal_basis + " " + rows.legal_article).str.strip()


def _in_use(data: Record) -> pd.DataFrame:
    """Return the rows of ``settled.csv`` whose unit is not retired."""
    retired = set(data.retired.id)
    kept = [retired.isdisjoint(unit.split(">")) for unit in data.settled.unit]
    return data.settled[pd.Series(kept, data.settled.index, dtype=bool)]


def _keys(rows: pd.DataFrame) -> list[Key]:
    return list(zip(rows.unit, rows.variable, strict=True))


def _given(data: Record, codebook: str, keys: Iterable[Key]) -> dict[Key, dict[str, str]]:
    """Return what every reader who coded a variable whole gave each unit.

    A span that no row has now is left out. Pairs among the keys that no reader linked are there,
    if readers have seen both ends.
    """
    labels = dict(zip(data.readers.id, data.readers.label, strict=True))
    given: dict[Key, dict[str, str]] = {}
    for variable in data.readings.variable.unique():
        readers = readings.complete(data, variable, codebook)
        if variable in readings.DIVIDED or not readers:
            continue
        values = readings.values(data, variable, codebook)[readers].rename(columns=labels)
        units = readings.named(values.index.to_series(), data, variable)
        if variable in readings.LINKED:
            values = values.fillna("")
            unlinked = _seen_pairs(data, codebook, variable, keys)
            given |= {key: dict.fromkeys(values, "") for key in unlinked}
        for unit, read in zip(units, values.to_dict("records"), strict=True):
            codes = {str(name): code for name, code in read.items() if pd.notna(code)}
            if codes and ":" not in unit:
                given[unit, variable] = codes
    return given


def _seen_pairs(data: Record, codebook: str, variable: str, keys: Iterable[Key]) -> list[Key]:
    """Return the pairs among the keys of which readers have seen both ends."""
    spans = pd.Series(sorted(readings.seen(data, codebook)), dtype="str")
    seen = set(readings.named(spans, data, variable))
    return [key for key in keys if key[1] == variable and seen >= set(key[0].split(">"))]


def _place(data: Record, key: Key) -> tuple[str, int, str]:
    """Return the file, line and column of the row that a value is of."""
    unit, variable = key
    for home in readings.UNITS:
        rows = getattr(data, home)
        found = rows.index[rows.id == unit.split(">")[0]]
        if len(found):
            return f"{home}.csv", int(found[0]) + 2, variable if variable in rows else "id"
    return "settled.csv", 1, "unit"
