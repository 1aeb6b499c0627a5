"""Counting rows by two columns, and the words that several tables share."""

import pandas as pd

ACTS = ("proposal", "concern", "position", "evidence", "practice", "procedure")
OUTSIDE = "Outside the panels"
NEITHER = "Neither panel alone"
CATEGORIES = {
    1: "1 minimal action",
    2: "2 continuing action",
    3: "3 considering action",
    4: "4 general action",
    5: "5 specific action",
}
NOBODY = "nobody named"


def cross(rows: pd.DataFrame, row: str, column: str, *, order) -> pd.DataFrame:
    """Count rows by two columns, every value of `order` having a row, with a total."""
    table = pd.crosstab(rows[row].astype(str), rows[column], dropna=False).reindex(
        list(order), fill_value=0
    )
    table.columns = [str(name) for name in table.columns]
    return table.assign(total=table.sum(axis=1)).rename_axis(row).reset_index()
