"""What was said on each panel, by whom, and what both panels raised."""

from collections.abc import Sequence

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import ACTS, cross
from analysis.tables.registry import by_panel, table
from analysis.tables.statements import applied_themes, statements, statements_by_theme


@table
def panellists(data: Record) -> pd.DataFrame:
    """List the panellists in the order in which they spoke.

    Returns
    -------
    DataFrame
        One row per panellist: panel, organization, place, paragraph, statements, proposals.
    """
    rows = data.actors[data.actors.role == "panellist"]
    paragraphs = data.statements.groupby("speaker").paragraph
    proposals = data.statements.speaker[data.statements.act == "proposal"].value_counts()
    return pd.DataFrame(
        {
            "panel": rows.panel.map(data.panels.set_index("id").label),
            "organization": rows.name,
            "place": rows.place,
            "paragraph": rows.id.map(paragraphs.first()),
            "statements": rows.id.map(paragraphs.size()).fillna(0).astype(int),
            "proposals": rows.id.map(proposals).fillna(0).astype(int),
        }
    ).reset_index(drop=True)


def said_on(data: Record, panel: str) -> pd.DataFrame:
    """Return the statements of one panel: rows of the table `statements`.

    Raises
    ------
    ValueError
        If there is no such panel.
    """
    if panel not in set(data.panels.id):
        raise ValueError(f"Invalid panel {panel!r}. Must be one of: {', '.join(data.panels.id)}.")
    return statements(data)[data.statements.panel == panel].reset_index(drop=True)


@by_panel
def themes_by_speaker(data: Record, panel: str) -> pd.DataFrame:
    """Count who raised which theme on one panel.

    Parameters
    ----------
    panel : str
        Id of the panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per
        panellist in the order of speaking and one for the floor, total.
    """
    names = list(dict.fromkeys(said_on(data, panel).speaker))
    names.sort(key=lambda name: name == "The floor")
    return _by_theme(data, panel, "speaker", names)


@by_panel
def themes_by_act(data: Record, panel: str) -> pd.DataFrame:
    """Count what kind of thing was said on each theme of one panel.

    Parameters
    ----------
    panel : str
        Id of the panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per
        speech act, total.
    """
    return _by_theme(data, panel, "act", [act for act in ACTS if act != "procedure"])


def _by_theme(data: Record, panel: str, column: str, values: Sequence[str]) -> pd.DataFrame:
    """Count the themes of one panel's statements by the values of a column."""
    rows = data.statement_themes[["statement", "theme"]].merge(
        said_on(data, panel)[["id", column]], left_on="statement", right_on="id"
    )
    labels = rows.theme.map(data.themes.set_index("id").label)
    pairs = pd.DataFrame({"theme": labels, column: pd.Categorical(rows[column], values)})
    counts = cross(pairs, "theme", column, order=applied_themes(data).label)
    return counts[counts.total > 0].reset_index(drop=True)


@table
def common_themes(data: Record) -> pd.DataFrame:
    """List the themes that both panels raised.

    Returns
    -------
    DataFrame
        One row per theme: theme, one count per panel, statements (ids on both panels, joined by
        semicolons).
    """
    panels = list(data.panels.label)
    counts = statements_by_theme(data).set_index("theme")[panels]
    counts = counts[(counts > 0).all(axis=1)]
    rows = statements(data)
    rows = rows[rows.panel.isin(panels)]
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    ids = rows.groupby("theme").id.agg("; ".join)
    return counts.assign(statements=counts.index.map(ids)).reset_index()
