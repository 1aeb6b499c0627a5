"""What each organization and the floor asked for, and what became of it.

Few things were asked for by any one of them: counts are given, and no share and no rank.
"""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import cross, look_up
from analysis.tables.registry import table
from analysis.tables.statements import statements
from analysis.tables.uptake import LEVELS, not_taken_up, proposals, uptake_links

VOICES = ("panellist", "floor")


@table
def speakers(data: Record) -> pd.DataFrame:
    """List the organizations in the order in which they spoke, and then the floor.

    Returns
    -------
    DataFrame
        One row per speaker: id, speaker, role, panel (blank for the floor), statements, proposals,
        full, partial, none (proposals by the best of their links).
    """
    rows = data.actors.loc[data.actors.role.isin(VOICES), ["id", "name", "role", "panel"]]
    rows = rows.set_axis(["id", "speaker", "role", "panel"], axis=1)
    rows = rows.sort_values("role", key=lambda roles: roles == "floor", kind="stable")
    rows = rows.reset_index(drop=True)
    rows["panel"] = look_up(rows.panel, data.panels.set_index("id").label)
    said = statements(data).speaker.value_counts()
    rows["statements"] = [int(said.get(name, 0)) for name in rows.speaker]
    levels = cross(proposals(data), "speaker", "level", rows.speaker, LEVELS)
    rows[["proposals", *LEVELS]] = levels[["total", *LEVELS]]
    return rows[["id", "speaker", "role", "panel", "statements", "proposals", *LEVELS]]


@table
def outcomes(data: Record) -> pd.DataFrame:
    """List what became of every proposal, with the reason.

    Returns
    -------
    DataFrame
        One row per proposal and recommendation that answers it, or per proposal that none answers,
        in the order of the text: statement, speaker, level (full, partial, none), recommendation
        (the nearest if the level is none; blank if none comes near), reason.
    """
    columns = ["statement", "level", "recommendation", "reason"]
    nowhere = not_taken_up(data).rename(columns={"id": "statement", "closest": "recommendation"})
    found = pd.concat([uptake_links(data)[columns], nowhere.assign(level="none")[columns]])
    asked = proposals(data)[["id", "speaker"]].rename(columns={"id": "statement"})
    return asked.merge(found, on="statement")[["statement", "speaker", *columns[1:]]]
