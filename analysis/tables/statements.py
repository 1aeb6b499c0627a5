"""What was said: statements by speaker, speech act, panel and theme."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import ACTS, OUTSIDE, cross, look_up
from analysis.tables.registry import table

ROLES = ("panellist", "floor", "secretariat", "chair")


@table
def statements(data: Record) -> pd.DataFrame:
    """List every statement with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, section, panel, speaker, role, quantifier, act,
        action_category (missing unless the act is a proposal), themes (labels, in the order of the
        codebook), gist.
    """
    rows, actors = data.statements.copy(), data.actors.set_index("id")
    rows["section"] = rows.paragraph.map(data.paragraphs.set_index("number").section)
    rows["panel"] = panel_labels(rows, data, OUTSIDE)
    rows["role"] = rows.speaker.map(actors.role)
    rows["speaker"] = rows.speaker.map(actors.name)
    rows["themes"] = theme_labels(rows, data, "statement")
    columns = ["id", "paragraph", "section", "panel", "speaker", "role", "quantifier", "act"]
    return rows[[*columns, "action_category", "themes", "gist"]]


def by_theme(rows: pd.DataFrame, data: Record, unit: str) -> pd.DataFrame:
    """Return rows once for each of their themes, in the order of the codebook.

    Parameters
    ----------
    rows : DataFrame
        With a column id. A column theme is added: the label.
    unit : str
        What the rows are: ``statement`` or ``recommendation``.
    """
    codes = getattr(data, f"{unit}_themes")[[unit, "theme"]].set_axis(["id", "code"], axis=1)
    themes = data.themes[["id", "label"]].set_axis(["code", "theme"], axis=1)
    return themes.merge(rows.merge(codes, on="id"), on="code").drop(columns="code")


def theme_labels(rows: pd.DataFrame, data: Record, unit: str) -> pd.Series:
    """Return the labels of each row's themes, joined by semicolons; blank if none."""
    themes = by_theme(rows[["id"]], data, unit)
    return look_up(rows.id, themes.groupby("id").theme.agg("; ".join))


def panel_labels(rows: pd.DataFrame, data: Record, other: str) -> pd.Categorical:
    """Return the label of each row's panel, or `other` if it has none."""
    labels = data.panels.set_index("id").label
    return pd.Categorical(rows.panel.map(labels).astype(object).fillna(other), [*labels, other])


@table
def statements_by_act(data: Record) -> pd.DataFrame:
    """Count statements by speech act and panel.

    Returns
    -------
    DataFrame
        One row per speech act: act, one count per panel and outside the panels, total.
    """
    return cross(statements(data), "act", "panel", ACTS)


@table
def statements_by_speaker(data: Record) -> pd.DataFrame:
    """Count statements by speaker and speech act.

    Returns
    -------
    DataFrame
        One row per speaker, in the order of the list of actors: speaker, one count per speech act,
        total.
    """
    return cross(statements(data), "speaker", "act", data.actors.name, ACTS, blank=False)


@table
def statements_by_role(data: Record) -> pd.DataFrame:
    """Count statements by the role in which their speaker spoke.

    Returns
    -------
    DataFrame
        One row per role (panellist, floor, secretariat, chair): role, one count per speech act,
        total.
    """
    return cross(statements(data), "role", "act", ROLES, ACTS)


@table
def statements_by_theme(data: Record) -> pd.DataFrame:
    """Count statements by theme and panel; one with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that can be applied, in the order of the codebook: theme, top, one count
        per panel and outside the panels, total.
    """
    return themes_by_panel(statements(data), data, "statement")


def themes_by_panel(rows: pd.DataFrame, data: Record, unit: str) -> pd.DataFrame:
    """Count rows of a unit by theme and panel; the themes on top are left out.

    Returns
    -------
    DataFrame
        One row per theme that can be applied: theme, top, one count per panel and for no panel,
        total.
    """
    themes = data.themes[data.themes.parent != ""]
    counts = cross(by_theme(rows, data, unit), "theme", "panel", themes.label)
    counts.insert(1, "top", themes.parent.map(data.themes.set_index("id").label).array)
    return counts


@table
def floor_quantifiers(data: Record) -> pd.DataFrame:
    """Count how the summary quantifies the speakers from the floor.

    Its words are labels, never numbers of people.

    Returns
    -------
    DataFrame
        One row per quantifier, most frequent first: quantifier, statements.
    """
    words = data.statements.quantifier[data.statements.quantifier != ""]
    counts = words.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counts.rename_axis("quantifier").reset_index(name="statements")
