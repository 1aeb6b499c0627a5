"""How far blind readings agree, and how values were settled."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.check.rules import OBSERVED
from analysis.record import Record, readings
from analysis.tables.coefficients import (
    Distance,
    Measure,
    ac1,
    alpha,
    masi,
    nominal,
    unitizing_alpha,
)
from analysis.tables.counting import CATEGORIES
from analysis.tables.registry import table

RANK = {"none": "0 none", "partial": "1 partial", "full": "2 full"}  # values that sort as they rank
DISTANCES: dict[str, Distance] = {"action_category": "ordinal", "themes": masi, "parties": masi}


@table
def agreement(data: Record) -> pd.DataFrame:
    """Measure how far blind readings agree, before anything was settled.

    Readers of a sample are left out.

    Returns
    -------
    DataFrame
        One row per codebook and thing coded: codebook (version), variable, coded (what), readers
        (how many), units, same (units coded the same by all who coded them), percent (missing if no
        two readers coded one unit), alpha (missing if all values are the same), alpha_low (missing
        with alpha), alpha_high (missing with alpha), ac1 (missing with alpha, and of spans),
        ac1_low (missing with ac1), ac1_high (missing with ac1), distance (of alpha). Division and
        quantities are spans, and their units are paragraphs.
    """
    columns = ["codebook", "variable", "coded", "readers", "units", "same", "percent"]
    measures = [f"{name}{end}" for name in ("alpha", "ac1") for end in ("", "_low", "_high")]
    rows = [row for book in data.codebook_versions.version for row in _agreement(data, book)]
    return pd.DataFrame(rows, columns=[*columns, *measures, "distance"])


def agreed(data: Record, variable: str, home: str = "") -> str:
    """Say how far readers agree on a variable under the codebook in use.

    Parameters
    ----------
    home : str, optional
        ``statements`` or ``recommendations``, for a variable that is coded of both.
    """
    rows = [
        row
        for row in _agreement(data, readings.current(data), [variable])
        if row["coded"].endswith(home)
    ]
    if not rows:
        return "No two readers have coded this."
    if rows[0]["alpha"] is None:
        pattern = "{coded}: {readers} readers gave all {units} the same value; alpha is undefined."
        return pattern.format(**rows[0])
    pattern = (
        "{coded}, by {readers} readers: alpha {alpha:.2f} ({alpha_low:.2f} to {alpha_high:.2f})"
    )
    return f"{pattern}, where 1 is full agreement.".format(**rows[0])


def _agreement(
    data: Record, codebook: str, variables: Iterable[str] | None = None
) -> Iterator[dict[str, Any]]:
    labels = readings.variables(data)
    for variable in variables or labels:
        values = readings.values(data, variable, codebook)
        values = values[readings.complete(data, variable, codebook)]
        for part, rows in _parts(data, variable, values):
            given = rows.dropna(axis=1, how="all")
            row = {"codebook": codebook, "variable": variable, "readers": given.shape[1]}
            row["coded"] = f"{labels[variable]}, {part}" if part else labels[variable]
            if given.shape[1] > 1:
                yield row | measured(data, variable, given)


def _parts(data: Record, variable: str, given: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the units of statements and of recommendations apart, if both are coded.

    The kind of a paragraph tells them apart, for a unit stays what a reader saw when its row is
    retired.
    """
    homes = [home for home, coded in readings.UNITS.items() if variable in coded]
    if len(homes) < 2:
        yield "", given
        return
    kinds = data.paragraphs.set_index(data.paragraphs.number.astype(str)).kind
    advised = (given.index.str.split(":").str[0].map(kinds) == OBSERVED).astype(bool)
    yield "statements", given[~advised]
    yield "recommendations", given[advised]


def measured(data: Record, variable: str, given: pd.DataFrame) -> dict[str, Any]:
    """Measure how far readers agree on a variable; one row per unit is given."""
    if variable in readings.DIVIDED:
        return _divided(data, given)
    if variable in readings.LINKED:
        given = _judged(data, variable, given)
    coded = given if variable != "action_category" else given.replace("", pd.NA)
    coded = coded[coded.notna().sum(axis=1) > 1]  # units that two readers coded
    ratings = [[_value(variable, value) for value in unit] for unit in coded.to_numpy()]
    clusters = [unit.split(">")[0] for unit in coded.index]
    distance = DISTANCES.get(variable, "ordinal" if variable == "uptake" else nominal)
    same = sum(len({value for value in unit if not pd.isna(value)}) == 1 for unit in ratings)
    row: dict[str, Any] = {"units": len(ratings), "same": same}
    row |= _bounds("alpha", alpha(ratings, distance, clusters)) | _bounds("ac1", ac1(ratings))
    row["percent"] = 100 * same / len(ratings) if ratings else None
    return row | {"distance": distance if isinstance(distance, str) else distance.__name__}


def _value(variable: str, value: Any) -> Any:
    if pd.isna(value):
        return None
    if variable == "themes":
        return frozenset(value.split())
    if variable == "parties":
        return frozenset(value.split("; "))
    return RANK.get(value, value)


def _bounds(name: str, measure: Measure) -> dict[str, float | None]:
    values = (measure.value, measure.low, measure.high)
    rounded = [None if value is None else round(value, 9) + 0.0 for value in values]
    return dict(zip((name, f"{name}_low", f"{name}_high"), rounded, strict=True))


def _judged(data: Record, variable: str, given: pd.DataFrame) -> pd.DataFrame:
    """Return what each reader gave each pair that could be linked, ``none`` too.

    For uptake the pairs are those of a proposal or a position with a recommendation, for other
    links those of any statement with a recommendation; and all that a reader linked. Statements
    are those that readers have seen. A reader of a sample gives ``none`` in words.
    """
    said = data.readings.unit[data.readings.variable == "act"].unique()
    if variable == "uptake":
        asking = data.statements[data.statements.act.isin(["proposal", "position"])]
        said = said[pd.Series(said).isin(readings.units(asking))]
    advised = readings.units(data.recommendations)
    pairs = [f"{one}>{other}" for one in said for other in advised]
    given = given.reindex(dict.fromkeys([*pairs, *given.index]))
    whole = given.columns.isin(data.readers.id[data.readers.scope != "sample"])
    return given.where(given.notna() | ~whole, "none")


def _divided(data: Record, given: pd.DataFrame) -> dict[str, Any]:
    """Measure how far readers divide alike the paragraphs that all divided."""
    lengths = data.paragraphs.set_index(data.paragraphs.number.astype(str)).length
    given = given[given.index.isin(lengths.index)].dropna()
    divided = [[readings.spans(value) for value in given[reader]] for reader in given]
    same = int((given.nunique(axis=1) == 1).sum())
    row: dict[str, Any] = {"units": len(given), "same": same}
    row["percent"] = 100 * same / len(given) if len(given) else None
    return (
        row
        | _bounds("alpha", unitizing_alpha(divided, list(lengths[given.index])))
        | {"distance": "bounds"}
    )


@table
def link_agreement(data: Record) -> pd.DataFrame:
    """Measure how far readers link the same pairs, of those that any linked.

    Alpha also counts the many pairs that nobody linked.

    Returns
    -------
    DataFrame
        One row per codebook and kind of link: codebook (version), variable, coded (what), readers
        (how many), linked (pairs that at least one linked), by_all (that all linked, at whatever
        level), percent, same (that all gave the same level).
    """
    labels = readings.variables(data)
    columns = ["codebook", "variable", "coded", "readers", "linked", "by_all", "percent", "same"]
    rows = []
    for codebook in data.codebook_versions.version:
        for variable in readings.LINKED:
            given = readings.values(data, variable, codebook)
            given = given[readings.complete(data, variable, codebook)].dropna(how="all")
            if given.empty or given.shape[1] < 2:
                continue
            both = given.notna().all(axis=1)
            same = both & (given.nunique(axis=1) == 1)
            numbers = (given.shape[1], len(given), both.sum(), 100 * both.mean(), same.sum())
            rows.append((codebook, variable, labels[variable], *numbers))
    return pd.DataFrame(rows, columns=columns)


@table
def divisions(data: Record) -> pd.DataFrame:
    """Measure how far each reader who divided the document agrees with the record.

    Returns
    -------
    DataFrame
        One row per reader: reader, codebook (version), paragraphs (that the reader divided), same
        (divided as in the record), percent, statements (of the reader, recommendations among them),
        recorded (of the record in these paragraphs), alpha, alpha_low, alpha_high.
    """
    held = _held(pd.concat([data.statements, data.recommendations]))
    labels = data.readers.set_index("id").label
    found = []
    for codebook in data.codebook_versions.version:
        for reader, values in readings.values(data, "division", codebook).items():
            values = values.dropna()
            pair = pd.DataFrame({"held": held.reindex(values.index).fillna(""), "read": values})
            counts = pair.apply(lambda spans: spans.str.split().str.len().sum())
            row = {"reader": labels[reader], "codebook": codebook, "paragraphs": len(pair)}
            row |= {"statements": counts["read"], "recorded": counts["held"]}
            found.append(row | _divided(data, pair))
    columns = ["reader", "codebook", "paragraphs", "same", "percent", "statements", "recorded"]
    return pd.DataFrame(found, columns=[*columns, "alpha", "alpha_low", "alpha_high"])


def _held(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return the spans of each paragraph that has rows, as readers write a division."""
    spans = rows.start.astype(str) + "-" + rows.end.astype(str)
    return spans.groupby(rows.paragraph.astype(str)).agg(" ".join)


def divided_alike(data: Record, unit: str) -> str:
    """Say how many paragraphs are divided alike in the record and by later readers.

    Later readers are all who divided by the codebook in use.

    Parameters
    ----------
    unit : str
        ``statements`` or ``recommendations``: paragraphs that hold any.
    """
    held = _held(getattr(data, unit))
    read = readings.values(data, "division", readings.current(data)).reindex(held.index)
    same = read.eq(held, axis=0).all(axis=1)
    return f"{same.sum()} of {len(same)}"


@table
def settled(data: Record) -> pd.DataFrame:
    """List every value that the book uses although not every reader gave it.

    Returns
    -------
    DataFrame
        One row per value: unit, variable (label), read (each value that was given, with its
        readers, joined by semicolons; a reader who did not link a pair gave nothing), settled,
        corrected (whether no reader gave it), codebook, reason. Themes and instruments are given by
        their names.
    """
    rows = data.settled[["unit", "variable", "settled", "corrected", "codebook", "reason"]]
    labels = data.readers.set_index("id").label
    read: dict[Any, str] = {}
    for variable, given in data.readings.groupby("variable"):
        value = given.value.where(given.value != "", "none").map(_in_words(data, str(variable)))
        units = readings.named(given.unit, data, str(variable))
        who = given.reader.map(labels).groupby([units, given.variable, value], sort=False)
        said = who.agg(", ".join).rename_axis(["unit", "variable", "value"]).reset_index()
        said["words"] = said.value + ": " + said.reader
        read |= said.groupby(["unit", "variable"]).words.agg("; ".join).to_dict()
    texts = [read.get(key, "") for key in zip(rows.unit, rows.variable, strict=True)]
    rows.insert(2, "read", pd.Series(texts, rows.index, dtype="str"))
    rows["settled"] = [
        _in_words(data, variable)(value)
        for value, variable in zip(rows.settled, rows.variable, strict=True)
    ]
    return rows.assign(variable=rows.variable.map(readings.variables(data)))


def _in_words(data: Record, variable: str) -> Callable[[str], str]:
    """Return what writes a value of a variable with names in place of ids."""
    names: dict[str, str] = {}
    if variable == "claim_value":
        return readings.limits
    if variable == "themes":
        names = dict(zip(data.themes.id, data.themes.label, strict=True))
    elif variable == "legal_basis":
        names = dict(zip(data.instruments.id, data.instruments.title, strict=True))
    elif variable == "action_category":
        names = {str(number): label for number, label in CATEGORIES.items()}
    between = " / " if variable == "themes" else " "
    return lambda value: between.join(names.get(word, word) for word in value.split())


@table
def results_by_reader(data: Record) -> pd.DataFrame:
    """Compute the main results with the links of each reader.

    Returns
    -------
    DataFrame
        One row per reading, the settled one first: reading, codebook (version), current (whether
        it is the codebook in use), full, partial, none (proposals by what came of them),
        proposals, with_source (recommendations that anything is linked to), recommendations.
    """
    labels = data.readers.set_index("id").label
    version = readings.current(data)
    rows = [("settled", version, *_results(data))]
    for codebook in readings.versions(data):
        for reader in readings.complete(data, "uptake", codebook):
            record = readings.as_read(data, reader, codebook, ["uptake"])
            rows.append((labels[reader], codebook, *_results(record)))
    columns = ["reading", "codebook", "full", "partial", "none"]
    frame = pd.DataFrame(rows, columns=[*columns, "proposals", "with_source", "recommendations"])
    frame.insert(2, "current", frame.codebook == version)
    return frame


def _results(data: Record) -> tuple[int, ...]:
    proposed = data.statements.id[data.statements.act == "proposal"]
    levels = data.uptake.groupby("statement")["level"].agg(lambda given: (given == "full").any())
    full = proposed.map(levels).astype(object)
    counts = (full.eq(True).sum(), full.eq(False).sum(), full.isna().sum(), len(proposed))
    return (*counts, data.uptake.recommendation.nunique(), len(data.recommendations))


@table
def readers(data: Record) -> pd.DataFrame:
    """List who coded what, when, with what in hand and blind to what.

    Returns
    -------
    DataFrame
        One row per reader: reader, kind, scope, codebook (version; joined by semicolons), values
        (how many were given), model, model_version, date (blank if not recorded), instructions,
        given, unseen, note.
    """
    rows = data.readers.assign(reader=data.readers.label)
    books = data.readings.groupby("reader").codebook.agg(lambda used: "; ".join(sorted(set(used))))
    counts = data.readings.reader.value_counts()
    rows = rows.assign(
        codebook=rows.id.map(books).astype("str"),
        values=rows.id.map(counts).fillna(0).astype(int),
    )
    columns = ["reader", "kind", "scope", "codebook", "values", "model", "model_version", "date"]
    return rows[[*columns, "instructions", "given", "unseen", "note"]]


def spread(data: Record, variable: str, number: Callable[[Record], Any]) -> str:
    """Return a number as it is settled, with the lowest and highest by reader.

    The readers are those of every codebook; what they give of other variables is left aside.
    """
    settled = number(data)
    read = [
        number(readings.as_read(data, reader, codebook, [variable]))
        for codebook in readings.versions(data)
        for reader in readings.complete(data, variable, codebook)
    ]
    if set(read) <= {settled}:
        return f"{settled} (by every reader)" if read else str(settled)
    return f"{settled} ({min(read)} to {max(read)}, by reader)"


@table
def specific_by_reader(data: Record) -> pd.DataFrame:
    """Count the recommendations that each reader takes to be specific.

    Returns
    -------
    DataFrame
        One row per reader who coded their strength: reading, codebook (version), current (whether
        it is the codebook in use), specific, recommendations.
    """
    labels, version = data.readers.set_index("id").label, readings.current(data)
    spans = readings.units(data.recommendations)
    rows = []
    for codebook in data.codebook_versions.version:
        given = readings.values(data, "action_category", codebook)
        given = given[given.index.isin(spans)].dropna(axis=1, how="all")
        for reader, values in given.items():
            counts = (int((values == "5").sum()), int(values.notna().sum()))
            rows.append((labels[reader], codebook, codebook == version, *counts))
    columns = ["reading", "codebook", "current", "specific", "recommendations"]
    return pd.DataFrame(rows, columns=columns)


@table
def declaration(data: Record) -> pd.DataFrame:
    """List what is declared of how this record was made.

    Returns
    -------
    DataFrame
        One row per question: item, subject, question, answer, file (that shows it).
    """
    return data.declaration[["item", "subject", "question", "answer", "file"]]
