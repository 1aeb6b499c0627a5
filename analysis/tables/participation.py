"""Who took part: counts by group, unit and year."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table


@table
def participation(data: Record) -> pd.DataFrame:
    """Who took part in the coded dialogue, by group, subgroup and unit.

    Returns
    -------
    DataFrame
        One row per group or subgroup: group, part_of, count, unit, basis, paragraph. Units differ, so there is
        no total. Source: paragraph 4.
    """
    coded = data.meetings.id[data.meetings.coded]
    rows = data.participation[data.participation.meeting.isin(coded)]
    return _participation(rows, data)[["group", "part_of", "count", "unit", "basis", "paragraph"]]


@table
def participation_by_year(data: Record) -> pd.DataFrame:
    """The counts known of all dialogues on trafficking in persons.

    Returns
    -------
    DataFrame
        One row per count: date, group, part_of, count, unit, source, caution. Counts of different units
        are not comparable.
    """
    rows = _participation(data.participation, data)
    rows["date"] = rows.meeting.map(data.meetings.set_index("id").date)
    context = data.context.set_index("id")
    summary = rows.context == ""
    rows["source"] = rows.context.map(context.publisher + " (" + context.seen + ")").mask(
        summary, "the summary"
    )
    rows["caution"] = rows.context.map(context.caution).astype(object).fillna("")
    return rows[["date", "group", "part_of", "count", "unit", "source", "caution"]]


def _participation(rows: pd.DataFrame, data: Record) -> pd.DataFrame:
    groups = data.participation.set_index("id").group
    return rows.assign(part_of=rows.parent.map(groups).astype(object).fillna("")).reset_index(
        drop=True
    )
