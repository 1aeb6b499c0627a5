"""How far the reader of a sheet agrees with the record and with other readers."""

import pandas as pd

from analysis.check.settling import recorded
from analysis.record import Record, readings
from analysis.tables.agreement import measured

RECORD = "the record"


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
    """Compare what a reader coded with the record and with each other reader.

    Returns
    -------
    DataFrame
        One row per variable and other: coded (what), with (the record, or whose reading), units
        (that both coded), same, percent, alpha.
    """
    codes, labels = readings.variables(data), data.readers.set_index("id").label
    held, rows = recorded(data), []
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
                row = {"coded": codes[variable], "with": name}
                rows.append(row | measured(data, variable, pair))
    return pd.DataFrame(rows, columns=["coded", "with", "units", "same", "percent", "alpha"])
