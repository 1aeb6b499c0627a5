"""The themes that can be applied: what each covers, and how much has it."""

import pandas as pd

from analysis.record import Record
from analysis.tables.codebook import codebook
from analysis.tables.registry import table
from analysis.tables.uptake import LEVELS, uptake_by_theme


@table
def themes(data: Record) -> pd.DataFrame:
    """List the themes that can be applied, and count what has each.

    What has two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme, in the order of the codebook: id, theme, top (the theme above it),
        definition, leave_out, statements, proposals, with_counterpart (of the proposals),
        recommendations.
    """
    rows = codebook(data)
    rows = rows[rows.top != ""].reset_index(drop=True)
    counts = uptake_by_theme(data).set_index("theme").reindex(rows.theme, fill_value=0)
    full, partial, _ = (counts[level].array for level in LEVELS)
    rows["proposals"] = counts.total.array
    rows["with_counterpart"] = full + partial
    columns = ["id", "theme", "top", "definition", "leave_out", "statements", "proposals"]
    return rows[[*columns, "with_counterpart", "recommendations"]]
