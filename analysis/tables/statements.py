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
            "themes": theme_labels(rows.id, data.statement_themes, "statement", data),
            "gist": rows.gist,
        }
    )


def theme_labels(ids: pd.Series, codes: pd.DataFrame, column: str, data: Record) -> pd.Series:
    """Return the labels of the themes of each id, in the order of the codebook.

    Labels are joined by semicolons; blank if `codes` has no theme for the id in `column`.
    """
    labels = data.themes.set_index("id").label
    order = codes.theme.map({theme: place for place, theme in enumerate(labels.index)})
    codes = codes.loc[order.sort_values(kind="stable").index]
    joined = codes.theme.map(labels).groupby(codes[column]).agg("; ".join)
    return look_up(ids, joined)


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
    return cross(statements(data), "act", "panel", order=ACTS)


@table
def statements_by_speaker(data: Record) -> pd.DataFrame:
    """Count statements by speaker and speech act.

    Returns
    -------
    DataFrame
        One row per speaker, in the order of the list of actors: speaker, one count per speech act,
        total.
    """
    rows = _with_all_acts(data)
    order = [name for name in data.actors.name if name in set(rows.speaker)]
    return cross(rows, "speaker", "act", order=order)


@table
def statements_by_role(data: Record) -> pd.DataFrame:
    """Count statements by the role in which their speaker spoke.

    Returns
    -------
    DataFrame
        One row per role (panellist, floor, secretariat, chair): role, one count per speech act,
        total.
    """
    return cross(_with_all_acts(data), "role", "act", order=ROLES)


def _with_all_acts(data: Record) -> pd.DataFrame:
    """Return the statements; an act that nobody performed is counted all the same."""
    rows = statements(data)
    return rows.assign(act=pd.Categorical(rows.act, ACTS))


@table
def statements_by_theme(data: Record) -> pd.DataFrame:
    """Count statements by theme and panel; one with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that can be applied, in the order of the codebook: theme, top, one count
        per panel and outside the panels, total.
    """
    codes = data.statement_themes[["statement", "theme"]]
    rows = codes.merge(data.statements[["id", "panel"]], left_on="statement", right_on="id")
    return themes_by_panel(rows, data, OUTSIDE)


def themes_by_panel(rows: pd.DataFrame, data: Record, other: str) -> pd.DataFrame:
    """Count rows that have a theme and a panel, `other` being no panel.

    Returns
    -------
    DataFrame
        One row per theme that can be applied: theme, top, one count per panel and one for `other`,
        total.
    """
    labels = rows.theme.map(data.themes.set_index("id").label)
    pairs = pd.DataFrame({"theme": labels, "panel": panel_labels(rows, data, other)})
    themes = applied_themes(data)
    counts = cross(pairs, "theme", "panel", order=themes.label)
    counts.insert(1, "top", list(themes.top))
    return counts


def applied_themes(data: Record) -> pd.DataFrame:
    """Return the themes below the four on top, with the label of the one above each.

    Returns
    -------
    DataFrame
        One row per theme: id, label, top.
    """
    themes = data.themes
    below = themes[themes.parent != ""]
    return below.assign(top=below.parent.map(themes.set_index("id").label))[["id", "label", "top"]]


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
