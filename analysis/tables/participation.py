"""Who took part: counts by group, unit and year."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import look_up
from analysis.tables.registry import table


@table
def participation(data: Record) -> pd.DataFrame:
    """List who took part in the coded dialogue, by group, subgroup and unit.

    Returns
    -------
    DataFrame
        One row per group or subgroup: group, part_of, count, unit, basis, paragraph. Units differ,
        so there is no total. Source: paragraph 4.
    """
    coded = data.meetings.id[data.meetings.coded]
    rows = data.participation[data.participation.meeting.isin(coded)]
    return _groups(rows, data)[["group", "part_of", "count", "unit", "basis", "paragraph"]]


@table
def participation_by_year(data: Record) -> pd.DataFrame:
    """List the counts that are known of all dialogues on trafficking in persons.

    Returns
    -------
    DataFrame
        One row per count: date, group, part_of, count, unit, source, caution. Counts of different
        units are not comparable.
    """
    rows = _groups(data.participation, data)
    context = data.context.set_index("id")
    sources = rows.context.map(context.publisher + " (" + context.seen + ")")
    rows["source"] = sources.mask(rows.context == "", "the summary")
    rows["caution"] = look_up(rows.context, context.caution)
    rows["date"] = data.meetings.set_index("id").date.reindex(rows.meeting).array
    return rows[["date", "group", "part_of", "count", "unit", "source", "caution"]]


def _groups(rows: pd.DataFrame, data: Record) -> pd.DataFrame:
    """Return counts with the name of the group that each is a part of."""
    groups = data.participation.set_index("id").group
    return rows.assign(part_of=look_up(rows.parent, groups)).reset_index(drop=True)
