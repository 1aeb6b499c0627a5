"""What was said: statements by speaker, speech act, panel and theme."""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import ACTS, OUTSIDE, cross
from analysis.tables.registry import table


@table
def statements(data: Record) -> pd.DataFrame:
    """Every statement with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, section, panel, speaker, role, quantifier, act, action_category,
        themes (labels, in the order of the codebook), gist.
    """
    actors = data.actors.set_index("id")
    rows = data.statements
    return pd.DataFrame(
        {
            "id": rows.id,
            "paragraph": rows.paragraph,
            "section": rows.paragraph.map(data.paragraphs.set_index("number").section),
            "panel": panel_labels(rows, data, OUTSIDE),
            "speaker": rows.speaker.map(actors.name),
            "role": rows.speaker.map(actors.role),
            "quantifier": rows.quantifier,
            "act": rows.act,
            "action_category": rows.action_category,
            "themes": rows.id.map(theme_labels(data.statement_themes, "statement", data))
            .astype(object)
            .fillna("")
            .astype(str),
            "gist": rows.gist,
        }
    )


def theme_labels(codes: pd.DataFrame, column: str, data: Record) -> pd.Series:
    """Return, for each coded row, the labels of its themes in the order of the codebook, joined by semicolons."""
    labels = dict(zip(data.themes.id, data.themes.label, strict=True))
    order = {theme: place for place, theme in enumerate(labels)}
    found: dict[str, list[str]] = {}
    for each, theme in sorted(
        zip(codes[column], codes.theme, strict=True), key=lambda code: order[code[1]]
    ):
        found.setdefault(each, []).append(labels[theme])
    return pd.Series({each: "; ".join(themes) for each, themes in found.items()})


def panel_labels(rows: pd.DataFrame, data: Record, other: str) -> pd.Categorical:
    """Return the label of each row's panel, or `other` where it has none, in the order of the panels."""
    labels = data.panels.set_index("id").label
    return pd.Categorical(rows.panel.map(labels).astype(object).fillna(other), [*labels, other])


@table
def statements_by_act(data: Record) -> pd.DataFrame:
    """Statements by speech act and panel.

    Returns
    -------
    DataFrame
        One row per speech act: act, one count per panel and outside the panels, total.
    """
    return cross(statements(data), "act", "panel", order=ACTS)


@table
def statements_by_speaker(data: Record) -> pd.DataFrame:
    """Statements by speaker and speech act.

    Returns
    -------
    DataFrame
        One row per speaker, in the order of the list of actors: speaker, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    order = [name for name in data.actors.name if name in set(table.speaker)]
    return cross(table, "speaker", "act", order=order)


@table
def statements_by_role(data: Record) -> pd.DataFrame:
    """Statements by the part in which their speaker spoke.

    Returns
    -------
    DataFrame
        One row per role (panellist, floor, secretariat, chair): role, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    return cross(table, "role", "act", order=("panellist", "floor", "secretariat", "chair"))


@table
def statements_by_theme(data: Record) -> pd.DataFrame:
    """Statements by theme and panel. A statement with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that is applied, in the order of the codebook: theme, top, one count per panel and outside the
        panels, total.
    """
    rows = data.statement_themes.merge(data.statements, left_on="statement", right_on="id")
    return themes_by_panel(rows, data, OUTSIDE)


def themes_by_panel(rows: pd.DataFrame, data: Record, other: str) -> pd.DataFrame:
    """Count rows that have a theme and a panel: one row per theme that is applied, `other` being no panel."""
    labels = rows.theme.map(data.themes.set_index("id").label)
    table = pd.DataFrame({"theme": labels, "panel": panel_labels(rows, data, other)})
    counted = cross(table, "theme", "panel", order=applied_themes(data).label)
    counted.insert(1, "top", list(applied_themes(data).top))
    return counted


def applied_themes(data: Record) -> pd.DataFrame:
    """Themes below the four on top, with the label of the one above: id, label, top."""
    themes = data.themes
    below = themes[themes.parent != ""]
    return below.assign(top=below.parent.map(themes.set_index("id").label))[["id", "label", "top"]]


@table
def floor_quantifiers(data: Record) -> pd.DataFrame:
    """How the summary counts the speakers from the floor. Its words are labels, never numbers of people.

    Returns
    -------
    DataFrame
        One row per quantifier, most frequent first: quantifier, statements.
    """
    floor = data.statements[data.statements.quantifier != ""]
    counts = (
        floor.quantifier.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    return counts.rename_axis("quantifier").reset_index(name="statements")
