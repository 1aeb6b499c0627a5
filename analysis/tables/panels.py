"""What was said on each panel, by whom, and what both panels raised."""

from collections.abc import Sequence

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import ACTS, cross, look_up
from analysis.tables.registry import by_panel, table
from analysis.tables.statements import by_theme, statements, statements_by_theme


@table
def panellists(data: Record) -> pd.DataFrame:
    """List the panellists in the order in which they spoke.

    Returns
    -------
    DataFrame
        One row per panellist: panel, organization, pronoun (that the summary uses for the person
        who spoke), place, paragraph, statements, proposals, other_forms (of its name in the
        summary, joined by semicolons), own_name (that it uses itself, where it is another).
    """
    rows = data.actors[data.actors.role == "panellist"].reset_index(drop=True)
    counts = cross(statements(data), "speaker", "act", rows.name, ACTS)
    rows["panel"] = rows.panel.map(data.panels.set_index("id").label)
    rows["organization"] = rows.name
    printed = data.actor_names.drop_duplicates(["actor", "name"])
    others = printed[~printed.name.isin(rows.name)].groupby("actor").name
    rows["other_forms"] = look_up(rows.id, others.agg("; ".join))
    rows["paragraph"] = rows.id.map(data.statements.groupby("speaker").paragraph.first())
    rows[["statements", "proposals"]] = counts[["total", "proposal"]]
    columns = ["panel", "organization", "pronoun", "place", "paragraph", "statements", "proposals"]
    return rows[[*columns, "other_forms", "own_name"]]


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
    rows = by_theme(said_on(data, panel), data, "statement")
    return cross(rows, "theme", column, data.themes.label, values, blank=False)


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
    rows = by_theme(statements(data), data, "statement")
    ids = rows[rows.panel.isin(panels)].groupby("theme").id.agg("; ".join)
    return counts.join(ids.rename("statements")).reset_index()
