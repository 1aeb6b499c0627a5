"""How far blind readings agree, and how values were settled."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from analysis.check.settling import recorded
from analysis.record import Record, readings
from analysis.tables.coefficients import (
    Distance,
    Measure,
    Spans,
    ac1,
    alpha,
    masi,
    nominal,
    unitizing_alpha,
)
from analysis.tables.registry import table

RANK = {"none": "0 none", "partial": "1 partial", "full": "2 full"}  # values that sort as they rank
DISTANCES: dict[str, Distance] = {"action_category": "ordinal", "themes": masi, "parties": masi}
DIVIDED = ("division", "quantities")
LINKED = ("uptake", "relation")
RECORD = "the record"


@table
def agreement(data: Record) -> pd.DataFrame:
    """Measure how far blind readings agree, before anything was settled.

    Readers of a sample are left out.

    Returns
    -------
    DataFrame
        One row per codebook and thing coded: codebook (version), variable, coded (what), readers
        (how many), units, same (units coded the same by all who coded them), percent, alpha,
        alpha_low, alpha_high, ac1, ac1_low, ac1_high, distance (of alpha). Missing where undefined.
        For division and quantities the units are paragraphs, and there is no AC1.
    """
    columns = ["codebook", "variable", "coded", "readers", "units", "same", "percent"]
    measures = [f"{name}{end}" for name in ("alpha", "ac1") for end in ("", "_low", "_high")]
    rows = [row for book in data.codebook_versions.version for row in _agreement(data, book)]
    return pd.DataFrame(rows, columns=[*columns, *measures, "distance"])


def _agreement(data: Record, codebook: str) -> Iterator[dict[str, Any]]:
    labels = data.codes[data.codes.list == "variable"].set_index("value").label
    for variable in data.readings.variable.unique():
        given = readings.values(data, variable, codebook)
        given = given[readings.complete(data, variable, codebook)]
        if given.shape[1] < 2:
            continue
        for coded, rows in _parts(data, variable, given):
            row = {"codebook": codebook, "variable": variable, "readers": given.shape[1]}
            row["coded"] = labels[variable] + coded
            yield row | _measured(data, variable, rows)


def _parts(data: Record, variable: str, given: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the units apart that are of different kinds, each with what its name adds."""
    homes = [home for home, coded in readings.UNITS.items() if variable in coded]
    for home in homes:
        rows = given[given.index.isin(readings.units(getattr(data, home)))]
        if len(rows):
            yield (f", {home}" if len(homes) > 1 else ""), rows
    if not homes:
        yield "", given


def _measured(data: Record, variable: str, given: pd.DataFrame) -> dict[str, Any]:
    if variable in DIVIDED:
        return _divided(data, given)
    if variable in LINKED:
        given = _judged(data, variable, given)
    coded = given if variable != "action_category" else given.replace("", pd.NA)
    coded = coded[coded.notna().sum(axis=1) > 1]
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
    return {name: measure.value, f"{name}_low": measure.low, f"{name}_high": measure.high}


def _judged(data: Record, variable: str, given: pd.DataFrame) -> pd.DataFrame:
    """Return what each reader gave each pair that could have been linked; ``none`` for no link.

    For uptake the pairs are those of a proposal or a position with a recommendation, for other
    links those of any statement with a recommendation; and all that a reader linked.
    """
    said = data.statements
    if variable == "uptake":
        said = said[said.act.isin(["proposal", "position"])]
    advised = readings.units(data.recommendations)
    pairs = [f"{one}>{other}" for one in readings.units(said) for other in advised]
    return given.reindex(dict.fromkeys([*pairs, *given.index])).fillna("none")


def _divided(data: Record, given: pd.DataFrame) -> dict[str, Any]:
    given = given.dropna()
    numbers = given.index.astype(int)
    lengths = data.paragraphs.set_index("number").length.reindex(numbers).astype(int)
    divided = [[_spans(value) for value in given[reader]] for reader in given]
    same = int((given.nunique(axis=1) == 1).sum())
    row = {"units": len(given), "same": same, "percent": 100 * same / len(given)}
    return row | _bounds("alpha", unitizing_alpha(divided, list(lengths))) | {"distance": "bounds"}


def _spans(value: str) -> Spans:
    bounds = [span.split("-") for span in value.split()]
    return [(int(start), int(end)) for start, end in bounds]


@table
def link_agreement(data: Record) -> pd.DataFrame:
    """Measure how far readers link the same pairs, among pairs that at least one of them linked.

    Alpha also counts the many pairs that nobody linked.

    Returns
    -------
    DataFrame
        One row per codebook and kind of link: codebook (version), variable, coded (what), readers
        (how many), linked (pairs that at least one linked), by_all (that all linked, at whatever
        level), percent, same (that all gave the same level).
    """
    labels = data.codes[data.codes.list == "variable"].set_index("value").label
    columns = ["codebook", "variable", "coded", "readers", "linked", "by_all", "percent", "same"]
    rows = []
    for codebook in data.codebook_versions.version:
        for variable in LINKED:
            given = readings.values(data, variable, codebook)
            given = given[readings.complete(data, variable, codebook)]
            if given.shape[1] < 2:
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
    rows = pd.concat([data.statements, data.recommendations])
    spans = rows.start.astype(str) + "-" + rows.end.astype(str)
    held = spans.groupby(rows.paragraph.astype(str)).agg(" ".join)
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


@table
def settled(data: Record) -> pd.DataFrame:
    """List every value that the book uses although not every reader gave it.

    Returns
    -------
    DataFrame
        One row per value: unit, variable, read (what each reader gave, joined by semicolons),
        settled, corrected (whether no reader gave it), codebook, reason.
    """
    labels = data.readers.set_index("id").label
    given = data.readings.groupby("variable", group_keys=False)[["reader", "unit", "value"]]
    parts = []
    for variable, rows in given:
        unit = readings.named(rows.unit, data, str(variable))
        said = rows.reader.map(labels) + ": " + rows.value.where(rows.value != "", "none")
        parts.append(pd.DataFrame({"unit": unit, "variable": variable, "read": said}))
    key = ["unit", "variable"]
    read = (
        pd.concat([pd.DataFrame(columns=[*key, "read"]), *parts])
        .groupby(key)
        .read.agg("; ".join)
        .reset_index()
    )
    rows = data.settled.merge(read, on=key, how="left").fillna({"read": ""})
    return rows[["unit", "variable", "read", "settled", "corrected", "codebook", "reason"]]


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
    for codebook in sorted(data.codebook_versions.version, key=int, reverse=True):
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
        (how many were given), model, model_version, date (missing if not recorded), instructions,
        given, unseen, note.
    """
    rows = data.readers.rename(columns={"label": "reader"})
    books = data.readings.groupby("reader").codebook.agg(lambda used: "; ".join(sorted(set(used))))
    counts = data.readings.reader.value_counts()
    rows = rows.assign(
        codebook=rows.id.map(books).astype("str"),
        values=rows.id.map(counts).fillna(0).astype(int),
    )
    columns = ["reader", "kind", "scope", "codebook", "values", "model", "model_version", "date"]
    return rows[[*columns, "instructions", "given", "unseen", "note"]]


def spread(data: Record, variable: str, number: Callable[[Record], Any]) -> str:
    """Return a number as it is settled, with the lowest and highest that a reader gives.

    The readers are those of the codebook in use.
    """
    settled, *read = [number(record) for _, record in readings.every_reading(data, variable)]
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


def samples(data: Record) -> pd.DataFrame:
    """Measure how far each reader of a sample agrees with the record.

    Returns
    -------
    DataFrame
        One row per reader and variable: reader, kind, date, codebook (version), coded (what),
        units, same (as the record has it), percent, alpha. Missing where undefined.
    """
    sample = data.readers[data.readers.scope == "sample"]
    parts = [agreement_of(data, reader).assign(id=reader) for reader in sample.id]
    columns = ["reader", "kind", "date", "codebook", "coded", "units", "same", "percent", "alpha"]
    if not parts:
        return pd.DataFrame(columns=columns)
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["with"] == RECORD].merge(sample, on="id").rename(columns={"label": "reader"})
    books = data.readings.drop_duplicates("reader").set_index("reader").codebook
    return rows.assign(codebook=rows.id.map(books))[columns].reset_index(drop=True)


def agreement_of(data: Record, reader: str) -> pd.DataFrame:
    """Compare a reader of codes with the record and with each other reader, on the same units.

    Returns
    -------
    DataFrame
        One row per variable and other: coded (what), with (the record, or whose reading), units,
        same, percent, alpha. The record is as it was settled, whatever the codebook.
    """
    codes = data.codes[data.codes.list == "variable"].set_index("value").label
    labels, held, rows = data.readers.set_index("id").label, recorded(data), []
    for variable in data.readings.variable[data.readings.reader == reader].unique():
        given = data.readings[data.readings.variable == variable]
        given = given.pivot(index="unit", columns="reader", values="value").dropna(subset=reader)
        units = readings.named(given.index.to_series(), data, variable)
        recorded_values = [held.get((unit, variable)) for unit in units]
        others = {RECORD: pd.Series(recorded_values, given.index)}
        others |= {labels[name]: given[name] for name in data.readers.id if name in given}
        for name, values in others.items():
            if name != labels[reader] and values.notna().any():
                pair = pd.DataFrame({"one": given[reader], "other": values})
                rows.append(
                    {"coded": codes[variable], "with": name, **_measured(data, variable, pair)}
                )
    return pd.DataFrame(rows, columns=["coded", "with", "units", "same", "percent", "alpha"])
