"""Textual uptake: which proposals have a counterpart in the observations.

Textual uptake is about words in one document. It is never influence: that something was proposed
and later recommended does not show that the one led to the other.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import CATEGORIES, OUTSIDE, look_up
from analysis.tables.recommendations import recommendations
from analysis.tables.registry import table
from analysis.tables.statements import statements

LEVELS = ("full", "partial", "none")
RULES = ("strict", "base", "lenient")
UNITS = ("paragraph", "sentence", "recommendation")
SOURCES = ("panellists and floor", "panellists only", "floor only", "none recorded")


@table
def asked(data: Record) -> pd.DataFrame:
    """List every proposal, and every position with a link, with what came of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, panel, speaker, role, quantifier, act,
        action_category (missing for positions), themes, gist, level (the best of its links, or
        "none"), recommendations (ids, joined by semicolons).
    """
    links = data.uptake.groupby("statement")
    best = links["level"].agg(lambda levels: min(levels, key=LEVELS.index))
    rows = statements(data).drop(columns="section")
    rows = rows.assign(
        level=rows.id.map(best).astype(object).fillna("none"),
        recommendations=look_up(rows.id, links.recommendation.agg("; ".join)),
    )
    return rows[(rows.act == "proposal") | (rows.level != "none")].reset_index(drop=True)


@table
def proposals(data: Record) -> pd.DataFrame:
    """List every proposal with what came of it: rows of the table `asked`.

    Returns
    -------
    DataFrame
        One row per proposal: id, paragraph, panel, speaker, role, quantifier, action_category,
        themes, gist, level, recommendations.
    """
    rows = asked(data)
    return rows[rows.act == "proposal"].drop(columns="act").reset_index(drop=True)


@table
def not_taken_up(data: Record) -> pd.DataFrame:
    """List the proposals that no recommendation answers.

    Returns
    -------
    DataFrame
        One row per proposal: id, panel, speaker, gist, closest (the recommendation that comes
        nearest; blank if none comes near), reason, themes.
    """
    reasons = data.no_uptake[["statement", "closest", "reason"]]
    rows = proposals(data)
    rows = rows[rows.level == "none"].merge(reasons, left_on="id", right_on="statement")
    return rows[["id", "panel", "speaker", "gist", "closest", "reason", "themes"]]


@table
def uptake_links(data: Record) -> pd.DataFrame:
    """List every link from a statement to a recommendation, with its reason.

    Returns
    -------
    DataFrame
        One row per link, in the order of the recommendations: recommendation, statement, speaker,
        role, level, reason.
    """
    speakers = statements(data).set_index("id")
    order = {name: place for place, name in enumerate(data.recommendations.id)}
    links = data.uptake.sort_values(
        "recommendation", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )
    links = links.assign(
        speaker=links.statement.map(speakers.speaker), role=links.statement.map(speakers.role)
    )
    return links[["recommendation", "statement", "speaker", "role", "level", "reason"]]


@table
def recommendations_by_source(data: Record) -> pd.DataFrame:
    """List every recommendation with the statements that ask for it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, gist, source (who asked), full, partial (ids of statements,
        joined by semicolons).
    """
    links = uptake_links(data)
    rows = recommendations(data)[["id", "gist"]]
    roles = links.groupby("recommendation").role.agg(set)
    sources = [_source(roles.get(name, set())) for name in rows.id]
    statements_at = {
        level: links[links.level == level].groupby("recommendation").statement.agg("; ".join)
        for level in ("full", "partial")
    }
    ids = {level: look_up(rows.id, joined) for level, joined in statements_at.items()}
    return rows.assign(source=sources, **ids)


def _source(roles: set[str]) -> str:
    panel, floor = "panellist" in roles, "floor" in roles
    return SOURCES[0 if panel and floor else 1 if panel else 2 if floor else 3]


@table
def recommendations_by_kind_of_source(data: Record) -> pd.DataFrame:
    """Count the recommendations that trace to panellists, the floor, both or nobody.

    Returns
    -------
    DataFrame
        One row per kind of source: source, recommendations, which (ids, joined by semicolons).
    """
    rows = recommendations_by_source(data)
    ids = [list(rows.id[rows.source == source]) for source in SOURCES]
    return pd.DataFrame(
        {
            "source": SOURCES,
            "recommendations": list(map(len, ids)),
            "which": list(map("; ".join, ids)),
        }
    )


@table
def uptake_by_panel(data: Record) -> pd.DataFrame:
    """Count proposals by panel and by what came of them.

    Returns
    -------
    DataFrame
        One row per panel: panel, full, partial, none, total.
    """
    return _by_level(proposals(data), "panel", [*data.panels.label, OUTSIDE])


@table
def uptake_by_role(data: Record) -> pd.DataFrame:
    """Count proposals by the role of their speaker, and by what came of them.

    Returns
    -------
    DataFrame
        One row per role, also without a proposal: role, full, partial, none, total.
    """
    return _by_level(proposals(data), "role", ["panellist", "floor", "chair", "secretariat"])


@table
def uptake_by_speaker(data: Record) -> pd.DataFrame:
    """Count proposals by speaker and by what came of them.

    Returns
    -------
    DataFrame
        One row per speaker who made a proposal: speaker, full, partial, none, total.
    """
    rows = proposals(data)
    speakers = set(rows.speaker)
    return _by_level(rows, "speaker", [name for name in data.actors.name if name in speakers])


@table
def uptake_by_theme(data: Record) -> pd.DataFrame:
    """Count proposals by theme and by what came of them.

    A proposal with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme of a proposal, in the order of the codebook: theme, full, partial, none,
        total.
    """
    rows = proposals(data)
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    themes = set(rows.theme)
    return _by_level(rows, "theme", [label for label in data.themes.label if label in themes])


@table
def uptake_by_category(data: Record) -> pd.DataFrame:
    """Count proposals by action category and by what came of them.

    Returns
    -------
    DataFrame
        One row per category: category, full, partial, none, total.
    """
    rows = proposals(data)
    rows = rows.assign(category=rows.action_category.map(CATEGORIES))
    return _by_level(rows, "category", list(CATEGORIES.values()))


def _by_level(rows: pd.DataFrame, column: str, order: list[str]) -> pd.DataFrame:
    """Count rows by a column and by level, with a total."""
    counts = pd.crosstab(rows[column].astype(str), rows.level)
    counts = counts.reindex(index=order, columns=LEVELS, fill_value=0)
    counts.columns = list(LEVELS)
    return counts.assign(total=counts.sum(axis=1)).rename_axis(column).reset_index()


def linked(data: Record, rule: str) -> pd.DataFrame:
    """Return the pairs of statement and recommendation that a rule links.

    Parameters
    ----------
    rule : str
        ``strict``: full links only. ``base``: full and partial. ``lenient``: those, and any
        proposal that shares a theme with a recommendation on the subject of its own panel.

    Returns
    -------
    DataFrame
        One row per pair: statement, recommendation.

    Raises
    ------
    ValueError
        If there is no such rule.
    """
    if rule not in RULES:
        raise ValueError(f"Invalid rule {rule!r}. Must be one of: {', '.join(RULES)}.")
    links = data.uptake[data.uptake.level == "full"] if rule == "strict" else data.uptake
    links = links[["statement", "recommendation"]]
    if rule == "lenient":
        links = pd.concat([links, _same_theme(data)]).drop_duplicates(ignore_index=True)
    return links


def _same_theme(data: Record) -> pd.DataFrame:
    """Return the pairs of proposal and recommendation with one theme and panel."""
    proposed = data.statements[data.statements.act == "proposal"]
    pairs = _themes(proposed, data.statement_themes, "statement").merge(
        _themes(data.recommendations, data.recommendation_themes, "recommendation"), on="theme"
    )
    spoken, subject = pairs.statement_panel, pairs.recommendation_panel
    inside = (spoken != "") & ((subject == "") | (subject == spoken))
    return pairs.loc[inside, ["statement", "recommendation"]].drop_duplicates()


def _themes(rows: pd.DataFrame, codes: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return each row's id and panel, named by `column`, once per theme."""
    named = rows[["id", "panel"]].set_axis([column, f"{column}_panel"], axis=1)
    return named.merge(codes[[column, "theme"]], on=column)


@table
def sensitivity(data: Record) -> pd.DataFrame:
    """Compute the results under three rules and three units.

    Returns
    -------
    DataFrame
        One row per rule: rule, taken_up (proposals with a counterpart), proposals, paragraph (those
        with a recorded source), of_paragraph (all), sentence, of_sentence, recommendation,
        of_recommendation.
    """
    proposed = set(data.statements.id[data.statements.act == "proposal"])
    rows = []
    for rule in RULES:
        links = linked(data, rule)
        taken_up = len(proposed & set(links.statement))
        row: dict[str, Any] = {"rule": rule, "taken_up": taken_up, "proposals": len(proposed)}
        for unit in UNITS:
            keys = _units(data, unit)
            row |= {unit: keys[links.recommendation].nunique(), f"of_{unit}": keys.nunique()}
        rows.append(row)
    return pd.DataFrame(rows)


def _units(data: Record, unit: str) -> pd.Series:
    """Return the paragraph, the sentence or the id of each recommendation, by its id."""
    rows = data.recommendations.set_index("id", drop=False)
    paragraph = rows.paragraph.astype(str)
    sentence = paragraph + "." + rows.sentence.astype(str)
    return {"paragraph": paragraph, "sentence": sentence, "recommendation": rows.id}[unit]


@table
def leave_one_out(data: Record) -> pd.DataFrame:
    """Show what remains when the statements of one panellist are left out.

    Returns
    -------
    DataFrame
        One row per panellist: left_out, proposals, taken_up (of the rest), per_cent, without_source
        (ids of the recommendations that lose their only source).
    """
    panellists = data.actors[data.actors.role == "panellist"]
    columns = ["left_out", "proposals", "taken_up", "per_cent", "without_source"]
    names = zip(panellists.id, panellists.name, strict=True)
    return pd.DataFrame([_without(data, *each) for each in names], columns=columns)


def _without(data: Record, actor: str, name: str) -> Sequence[Any]:
    """Return the row of `leave_one_out` for one actor."""
    left_out = set(data.statements.id[data.statements.speaker == actor])
    proposed = set(data.statements.id[data.statements.act == "proposal"]) - left_out
    links = data.uptake[~data.uptake.statement.isin(left_out)]
    taken_up = len(proposed & set(links.statement))
    lost = set(data.uptake.recommendation) - set(links.recommendation)
    share = round(100 * taken_up / len(proposed), 1) if proposed else None
    ids = "; ".join(sorted(lost, key=list(data.recommendations.id).index))
    return name, len(proposed), taken_up, share, ids
