"""The list of the data files, each with a link to download it."""

from typing import Any

import pandas as pd

from analysis.page import show
from analysis.record import Record


def files(data: Record, schema: dict[str, Any]) -> pd.DataFrame:
    """Return the list of the tables of the data package, for download.

    Returns
    -------
    DataFrame
        One row per table of the schema: file (a link to it), rows, what (one row stands for).
    """
    rows = []
    for table in schema["resources"]:
        path = table["path"]
        link = show.myst(f"{{download}}`{path} </data/{path}>`", path)
        rows.append((link, len(getattr(data, table["name"])), table["description"]))
    return pd.DataFrame(rows, columns=["file", "rows", "what"])
