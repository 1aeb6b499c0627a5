"""What was said: statements by speaker, speech act, panel and theme."""

from types import SimpleNamespace

import pandas as pd

from analysis.tables.counting import ACTS, OUTSIDE, cross


def panellists(data: SimpleNamespace) -> pd.DataFrame:
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


def statements(data: SimpleNamespace) -> pd.DataFrame:
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
            "themes": rows.id.map(theme_labels(data.statement_themes, "statement", data)).astype(object).fillna("").astype(str),
            "gist": rows.gist,
        }
    )


def theme_labels(codes: pd.DataFrame, column: str, data: SimpleNamespace) -> pd.Series:
    """Return, for each coded row, the labels of its themes in the order of the codebook, joined by semicolons."""
    labels = dict(zip(data.themes.id, data.themes.label, strict=True))
    order = {theme: place for place, theme in enumerate(labels)}
    found: dict[str, list[str]] = {}
    for each, theme in sorted(zip(codes[column], codes.theme, strict=True), key=lambda code: order[code[1]]):
        found.setdefault(each, []).append(labels[theme])
    return pd.Series({each: "; ".join(themes) for each, themes in found.items()})


def panel_labels(rows: pd.DataFrame, data: SimpleNamespace, other: str) -> pd.Categorical:
    """Return the label of each row's panel, or `other` where it has none, in the order of the panels."""
    labels = data.panels.set_index("id").label
    return pd.Categorical(rows.panel.map(labels).astype(object).fillna(other), [*labels, other])


def statements_by_act(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by speech act and panel.

    Returns
    -------
    DataFrame
        One row per speech act: act, one count per panel and outside the panels, total.
    """
    return cross(statements(data), "act", "panel", order=ACTS)


def statements_by_speaker(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by speaker and speech act.

    Returns
    -------
    DataFrame
        One row per speaker, in the order of the list of actors: speaker, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    order = [name for name in data.actors.name if name in set(table.speaker)]
    return cross(table, "speaker", "act", order=order)


def statements_by_role(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by the part in which their speaker spoke.

    Returns
    -------
    DataFrame
        One row per role (panellist, floor, secretariat, chair): role, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    return cross(table, "role", "act", order=("panellist", "floor", "secretariat", "chair"))


def statements_by_theme(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by theme and panel. A statement with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that is applied, in the order of the codebook: theme, top, one count per panel and outside the
        panels, total.
    """
    rows = data.statement_themes.merge(data.statements, left_on="statement", right_on="id")
    return themes_by_panel(rows, data, OUTSIDE)


def themes_by_panel(rows: pd.DataFrame, data: SimpleNamespace, other: str) -> pd.DataFrame:
    """Count rows that have a theme and a panel: one row per theme that is applied, `other` being no panel."""
    labels = rows.theme.map(data.themes.set_index("id").label)
    table = pd.DataFrame({"theme": labels, "panel": panel_labels(rows, data, other)})
    counted = cross(table, "theme", "panel", order=applied_themes(data).label)
    counted.insert(1, "top", list(applied_themes(data).top))
    return counted


def applied_themes(data: SimpleNamespace) -> pd.DataFrame:
    """Themes below the four on top, with the label of the one above: id, label, top."""
    themes = data.themes
    below = themes[themes.parent != ""]
    return below.assign(top=below.parent.map(themes.set_index("id").label))[["id", "label", "top"]]


def said_on(data: SimpleNamespace, panel: str) -> pd.DataFrame:
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


def themes_by_speaker(data: SimpleNamespace, panel: str) -> pd.DataFrame:
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
    table = pd.DataFrame({"theme": rows.theme.map(data.themes.set_index("id").label), "speaker": speakers})
    counted = cross(table, "theme", "speaker", order=applied_themes(data).label)
    return counted[counted.total > 0].reset_index(drop=True)


def themes_by_act(data: SimpleNamespace, panel: str) -> pd.DataFrame:
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


def common_themes(data: SimpleNamespace) -> pd.DataFrame:
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
    return table.assign(statements=table.index.map(rows.groupby("theme").id.agg("; ".join))).reset_index()


def floor_quantifiers(data: SimpleNamespace) -> pd.DataFrame:
    """How the summary counts the speakers from the floor. Its words are labels, never numbers of people.

    Returns
    -------
    DataFrame
        One row per quantifier, most frequent first: quantifier, statements.
    """
    floor = data.statements[data.statements.quantifier != ""]
    counts = floor.quantifier.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counts.rename_axis("quantifier").reset_index(name="statements")
