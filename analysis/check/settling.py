"""What the book uses is what every reader gave, or is settled."""

from collections.abc import Iterator

import pandas as pd

from analysis.check.rules import rule
from analysis.record import Problem, Record, flaws, readings

Key = tuple[str, str]  # a unit, by the id of its row, and a variable
LINKED = ("uptake", "relation")
ADVICE = "what they gave, or a row in settled.csv with the reason"


@rule
def values_are_settled(data: Record) -> Iterator[Problem]:
    """The record holds what every reader gave, or what is settled.

    Of a retired unit it holds nothing more.
    """
    held, settled = recorded(data), _settled(data)
    rows = _in_use(data)
    keys = list(zip(rows.unit, rows.variable, strict=True))
    values = pd.Series([held.get(key, "") for key in keys], rows.index)
    broken = "the table of the unit holds another value"
    yield from flaws(data, "settled", rows.settled != values, "settled", broken, values)
    for key, given in _given(data, readings.current(data)).items():
        value = held.get(key, "")
        if set(given.values()) != {value} and key not in settled:
            place = _place(data, key)
            read = "; ".join(f"{reader}: {value or 'none'}" for reader, value in given.items())
            broken = f"value that not every reader gave ({read})"
            yield Problem(*place, broken, f"{' '.join(key)}: {value or 'none'}", ADVICE)


@rule
def settling_is_honest(data: Record) -> Iterator[Problem]:
    """A value is settled if a reader gave another, and marked if none gave it.

    The readers are those of the whole. What was settled of a retired unit stays as it was.
    """
    by_book = [_given(data, book) for book in data.codebook_versions.version]
    rows = _in_use(data)
    given = [
        {value for book in by_book for value in book.get(key, {}).values()}
        | ({""} if key[1] in LINKED else set())  # a pair that nobody linked has no row
        for key in zip(rows.unit, rows.variable, strict=True)
    ]
    same = [read == {value} for read, value in zip(given, rows.settled, strict=True)]
    needless = pd.Series(same, rows.index, dtype=bool) & ~rows.corrected.fillna(False)
    yield from flaws(data, "settled", needless, "unit", "settled where every reader agrees")
    nobody = [value not in read for read, value in zip(given, rows.settled, strict=True)]
    new = pd.Series(nobody, rows.index, dtype="boolean")
    broken = "whether any reader gave this value"
    yield from flaws(data, "settled", rows.corrected != new, "corrected", broken, new)


@rule
def readings_are_of_the_text(data: Record) -> Iterator[Problem]:
    """A unit that was read is a paragraph, or lies inside one."""
    spans = data.readings.unit.str.split(">").explode()
    parts = spans.str.extract(r"(\d+)(?::(\d+)-(\d+))?").astype("Float64")
    lengths = parts[0].map(data.paragraphs.set_index("number").length.astype("Float64").to_dict())
    outside = lengths.isna() | (parts[2] > lengths) | (parts[1] >= parts[2])
    wrong = outside.fillna(False).groupby(level=0).any()
    yield from flaws(data, "readings", wrong, "unit", "unit outside its paragraph")


def recorded(data: Record) -> dict[Key, str]:
    """Return what the record holds for every unit and variable, as a reader would give it."""
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
    """Return the limits of each quantity as a reader writes them: ``33.3..``; blank if none."""
    limits = [
        bound.map(lambda number: "" if pd.isna(number) else f"{number:g}")
        for bound in (claims.low, claims.high)
    ]
    return (limits[0] + ".." + limits[1]).where(claims.unit != "", "")


def _basis(rows: pd.DataFrame) -> pd.Series:
    return (rows.legal_basis + " " + rows.legal_article).str.strip()


def _given(data: Record, codebook: str) -> dict[Key, dict[str, str]]:
    """Return what every reader who coded a variable whole gave each unit."""
    given: dict[Key, dict[str, str]] = {}
    labels = data.readers.set_index("id").label
    rows = data.readings[data.readings.codebook == codebook]
    for variable in rows.variable.unique():
        if variable in ("division", "quantities"):
            continue
        values = readings.values(data, variable, codebook)
        whole = readings.complete(data, variable, codebook)
        values = values[whole].dropna(how="all").fillna("")  # what only a sample has is not held to
        units = readings.named(values.index.to_series(), data, variable)
        for unit, read in zip(units, values.to_dict("records"), strict=True):
            if ":" not in unit:  # a span that no row has now was read, and is not in the record
                given[unit, variable] = {labels[reader]: value for reader, value in read.items()}
    return given


def _in_use(data: Record) -> pd.DataFrame:
    """Return the settled values of units that are not retired."""
    parts = data.settled.unit.str.split(">")
    return data.settled[parts.map(set(data.retired.id).isdisjoint).astype(bool)]


def _settled(data: Record) -> set[Key]:
    return set(zip(data.settled.unit, data.settled.variable, strict=True))


def _place(data: Record, key: Key) -> tuple[str, int, str]:
    """Return the file, line and column of the row that a value is of."""
    unit, variable = key
    for home in readings.UNITS:
        rows = getattr(data, home)
        found = rows.index[rows.id == unit.split(">")[0]]
        if len(found):
            return f"{home}.csv", int(found[0]) + 2, variable if variable in rows else "id"
    return "settled.csv", 1, "unit"
