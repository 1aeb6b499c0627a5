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
    return pd.DataFrame(
        {
            "file": [
                show.myst(f"{{download}}`{table['path']} </data/{table['path']}>`", table["path"])
                for table in schema["resources"]
            ],
            "rows": [len(getattr(data, table["name"])) for table in schema["resources"]],
            "what": [table["description"] for table in schema["resources"]],
        }
    )
