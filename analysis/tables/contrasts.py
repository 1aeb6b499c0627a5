"""Groups of proposals: how many of each have a counterpart, and how sure it is."""

import pandas as pd

from analysis.record import Record
from analysis.tables.open_points import counterparts_compared, span
from analysis.tables.registry import table


@table
def contrasts(data: Record) -> pd.DataFrame:
    """List the groups of `counterparts_compared`, each with its share by reader.

    Returns
    -------
    DataFrame
        One row per group, those that are compared one after the other: among, group, low,
        with_counterpart, high (shares from 0 to 1: the lowest and highest of all readers and of
        what is settled, which is in the middle), words (the counts, with their range).
    """
    compared = counterparts_compared(data)
    rows = []
    for names, part in compared.groupby(["among", "first", "second"], sort=False):
        for kind, name in zip(("first", "second"), names[1:], strict=True):
            group = name if names[0] == "all proposals" else f"{names[0]}, {name}"
            group = group[0].upper() + group[1:]
            shares = part[f"{kind}_with"] / part[f"{kind}_of"]
            rows.append(
                (names[0], group, shares.min(), shares.iloc[0], shares.max(), span(part, kind))
            )
    columns = ["among", "group", "low", "with_counterpart", "high", "words"]
    return pd.DataFrame(rows, columns=columns)
