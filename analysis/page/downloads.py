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
    tables = pd.DataFrame(schema["resources"])
    links = [show.myst(f"{{download}}`{path} </data/{path}>`", path) for path in tables.path]
    rows = [len(getattr(data, name)) for name in tables["name"]]
    return pd.DataFrame({"file": links, "rows": rows, "what": tables.description})
