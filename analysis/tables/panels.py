"""What was said on each panel, by whom, and what both panels raised."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import ACTS, cross
from analysis.tables.registry import by_panel, table
from analysis.tables.statements import applied_themes, statements, statements_by_theme


@table
def panellists(data: Record) -> pd.DataFrame:
    """The panellists in the order in which they spoke.

    Returns
    -------
    DataFrame
        One row per panellist: panel, organization, place, paragraph, statements, proposals.
    """
    said = data.statements
    rows = data.actors[data.actors.role == "panellist"]
    count = said.groupby("speaker").size()
    proposals = said[said.act == "proposal"].groupby("speaker").size()
    return pd.DataFrame(
        {
            "panel": rows.panel.map(data.panels.set_index("id").label),
            "organization": rows.name,
            "place": rows.place,
            "paragraph": rows.id.map(said.groupby("speaker").paragraph.first()),
            "statements": rows.id.map(count),
            "proposals": rows.id.map(proposals).fillna(0).astype(int),
        }
    ).reset_index(drop=True)


def said_on(data: Record, panel: str) -> pd.DataFrame:
    """The statements of one panel and its discussion: the rows of `statements`.

    Raises
    ------
    ValueError
        Where there is no such panel.
    """
    if panel not in set(data.panels.id):
        raise ValueError(f"Invalid panel {panel!r}. Must be one of: {', '.join(data.panels.id)}.")
    table = statements(data)
    return table[data.statements.panel.to_numpy() == panel].reset_index(drop=True)


@by_panel
def themes_by_speaker(data: Record, panel: str) -> pd.DataFrame:
    """Who raised which theme on one panel.

    Parameters
    ----------
    panel : str
        Id of the panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per panellist in the order
        of speaking and one for the floor, total.
    """
    rows = data.statement_themes.merge(said_on(data, panel), left_on="statement", right_on="id")
    names = list(dict.fromkeys(said_on(data, panel).speaker))
    speakers = pd.Categorical(rows.speaker, sorted(names, key=lambda name: name == "The floor"))
    table = pd.DataFrame(
        {"theme": rows.theme.map(data.themes.set_index("id").label), "speaker": speakers}
    )
    counted = cross(table, "theme", "speaker", order=applied_themes(data).label)
    return counted[counted.total > 0].reset_index(drop=True)


@by_panel
def themes_by_act(data: Record, panel: str) -> pd.DataFrame:
    """What kind of thing was said on each theme of one panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per speech act, total.
    """
    rows = data.statement_themes.merge(said_on(data, panel), left_on="statement", right_on="id")
    acts = pd.Categorical(rows.act, [act for act in ACTS if act != "procedure"])
    table = pd.DataFrame({"theme": rows.theme.map(data.themes.set_index("id").label), "act": acts})
    counted = cross(table, "theme", "act", order=applied_themes(data).label)
    return counted[counted.total > 0].reset_index(drop=True)


@table
def common_themes(data: Record) -> pd.DataFrame:
    """The themes that both panels raised.

    Returns
    -------
    DataFrame
        One row per theme: theme, one count per panel, statements (ids on both panels, joined by semicolons).
    """
    table = statements_by_theme(data).set_index("theme")[list(data.panels.label)]
    table = table[(table > 0).all(axis=1)]
    rows = statements(data)
    rows = rows[rows.panel.isin(data.panels.label)]
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    return table.assign(
        statements=table.index.map(rows.groupby("theme").id.agg("; ".join))
    ).reset_index()
