"""Textual uptake: which proposals of the record have a counterpart in the observations, and which have none.

Textual uptake is about words in one document. It is never influence: that a thing was proposed and later recommended does not
show that the one led to the other.
"""

import pandas as pd

from analysis.record import Record
from analysis.tables.counting import CATEGORIES, OUTSIDE
from analysis.tables.recommendations import recommendations
from analysis.tables.registry import table
from analysis.tables.statements import statements

LEVELS = ("full", "partial", "none")
RULES = ("strict", "base", "lenient")
UNITS = ("paragraph", "sentence", "recommendation")
SOURCES = ("panellists and floor", "panellists only", "floor only", "none recorded")


@table
def asked(data: Record) -> pd.DataFrame:
    """Every proposal, and every position that is linked to a recommendation, with what came of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, panel, speaker, role, quantifier, act, action_category, themes, gist,
        level (the best of its
        links, or "none"), recommendations (ids, joined by semicolons).
    """
    said = statements(data)
    links = data.uptake.groupby("statement")
    said["level"] = (
        said.id.map(links["level"].agg(lambda levels: min(levels, key=LEVELS.index)))
        .astype(object)
        .fillna("none")
    )
    said["recommendations"] = (
        said.id.map(links.recommendation.agg("; ".join)).astype(object).fillna("")
    )
    rows = said[(said.act == "proposal") | (said.level != "none")]
    return rows.drop(columns="section").reset_index(drop=True)


@table
def proposals(data: Record) -> pd.DataFrame:
    """Every proposal with what came of it: the rows of `asked` whose act is a proposal.

    Returns
    -------
    DataFrame
        One row per proposal, with the columns of `asked` less act.
    """
    rows = asked(data)
    return rows[rows.act == "proposal"].drop(columns="act").reset_index(drop=True)


@table
def not_taken_up(data: Record) -> pd.DataFrame:
    """The proposals that no recommendation answers.

    Returns
    -------
    DataFrame
        One row per proposal: id, panel, speaker, gist, closest (the recommendation that comes nearest; blank where none
        comes near),
        reason, themes.
    """
    rows = proposals(data)
    rows = rows[rows.level == "none"].merge(data.no_uptake, left_on="id", right_on="statement")
    return rows[["id", "panel", "speaker", "gist", "closest", "reason", "themes"]]


@table
def uptake_links(data: Record) -> pd.DataFrame:
    """Every link from a statement to a recommendation, with its reason.

    Returns
    -------
    DataFrame
        One row per link: recommendation, statement, speaker, role, level, reason, in the order of the recommendations.
    """
    said = statements(data).set_index("id")
    order = {each: place for place, each in enumerate(data.recommendations.id)}
    links = data.uptake.sort_values(
        "recommendation", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )
    links = links.assign(
        speaker=links.statement.map(said.speaker), role=links.statement.map(said.role)
    )
    return links[["recommendation", "statement", "speaker", "role", "level", "reason"]]


@table
def recommendations_by_source(data: Record) -> pd.DataFrame:
    """Every recommendation with the statements that ask for it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, gist, source (who asked), full, partial (ids of statements, joined by semicolons).
    """
    links = uptake_links(data)
    table = recommendations(data)[["id", "gist"]]
    roles = links.groupby("recommendation").role.agg(set)
    table["source"] = [_source(roles.get(each, set())) for each in table.id]
    for level in ("full", "partial"):
        ids = links[links.level == level].groupby("recommendation").statement.agg("; ".join)
        table[level] = table.id.map(ids).astype(object).fillna("")
    return table


def _source(roles: set[str]) -> str:
    panel, floor = "panellist" in roles, "floor" in roles
    return SOURCES[0 if panel and floor else 1 if panel else 2 if floor else 3]


@table
def recommendations_by_kind_of_source(data: Record) -> pd.DataFrame:
    """How many recommendations trace to panellists, to the floor, to both or to nobody recorded.

    Returns
    -------
    DataFrame
        One row per kind of source: source, recommendations, which (ids).
    """
    table = recommendations_by_source(data)
    ids = [list(table.id[table.source == source]) for source in SOURCES]
    return pd.DataFrame(
        {
            "source": SOURCES,
            "recommendations": [len(each) for each in ids],
            "which": ["; ".join(each) for each in ids],
        }
    )


@table
def uptake_by_panel(data: Record) -> pd.DataFrame:
    """Proposals by panel and by what came of them.

    Returns
    -------
    DataFrame
        One row per panel: panel, full, partial, none, total.
    """
    return _by(proposals(data), "panel", [*data.panels.label, OUTSIDE])


@table
def uptake_by_role(data: Record) -> pd.DataFrame:
    """Proposals by the part in which their speaker spoke, and by what came of them.

    Returns
    -------
    DataFrame
        One row per role: role, full, partial, none, total. Roles without a proposal are there with zeros.
    """
    return _by(proposals(data), "role", ["panellist", "floor", "chair", "secretariat"])


@table
def uptake_by_speaker(data: Record) -> pd.DataFrame:
    """Proposals by speaker and by what came of them.

    Returns
    -------
    DataFrame
        One row per speaker who made a proposal: speaker, full, partial, none, total.
    """
    rows = proposals(data)
    return _by(rows, "speaker", [name for name in data.actors.name if name in set(rows.speaker)])


@table
def uptake_by_theme(data: Record) -> pd.DataFrame:
    """Proposals by theme and by what came of them. A proposal with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme of a proposal, in the order of the codebook: theme, full, partial, none, total.
    """
    rows = proposals(data)
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    return _by(rows, "theme", [label for label in data.themes.label if label in set(rows.theme)])


@table
def uptake_by_category(data: Record) -> pd.DataFrame:
    """Proposals by action category and by what came of them.

    Returns
    -------
    DataFrame
        One row per category: category, full, partial, none, total.
    """
    rows = proposals(data)
    return _by(
        rows.assign(category=rows.action_category.map(CATEGORIES)),
        "category",
        list(CATEGORIES.values()),
    )


def _by(rows: pd.DataFrame, column: str, order: list[str]) -> pd.DataFrame:
    table = pd.crosstab(rows[column].astype(str), rows.level).reindex(
        index=order, columns=LEVELS, fill_value=0
    )
    table.columns = [str(level) for level in table.columns]
    return table.assign(total=table.sum(axis=1)).rename_axis(column).reset_index()


def linked(data: Record, rule: str) -> pd.DataFrame:
    """Return the pairs of proposal or position and recommendation that a rule takes for linked.

    Parameters
    ----------
    rule : str
        ``strict``: full links only. ``base``: full and partial. ``lenient``: those, and any proposal that shares a theme with a
        recommendation on the subject of its own panel.

    Returns
    -------
    DataFrame
        One row per pair: statement, recommendation.

    Raises
    ------
    ValueError
        For another rule.
    """
    if rule not in RULES:
        raise ValueError(f"Invalid rule {rule!r}. Must be one of: {', '.join(RULES)}.")
    links = data.uptake[data.uptake.level == "full"] if rule == "strict" else data.uptake
    links = links[["statement", "recommendation"]]
    if rule == "lenient":
        links = pd.concat([links, _same_theme(data)]).drop_duplicates(ignore_index=True)
    return links


def _same_theme(data: Record) -> pd.DataFrame:
    said = data.statements[data.statements.act == "proposal"][["id", "panel"]]
    said = said.merge(data.statement_themes, left_on="id", right_on="statement")
    advised = data.recommendations[["id", "panel"]].merge(
        data.recommendation_themes, left_on="id", right_on="recommendation"
    )
    pairs = said.merge(advised, on="theme", suffixes=("_said", "_advised"))
    inside = (pairs.panel_advised == "") | (pairs.panel_said == pairs.panel_advised)
    return pairs.loc[
        inside & (pairs.panel_said != ""), ["statement", "recommendation"]
    ].drop_duplicates()


@table
def sensitivity(data: Record) -> pd.DataFrame:
    """What the results become under a strict, a base and a lenient rule, and under three units.

    Returns
    -------
    DataFrame
        One row per rule: rule, taken_up (proposals with a counterpart), proposals, and per unit (paragraph, sentence,
        recommendation) how
        many have a recorded source, with the number of all units beside it (``of_...``).
    """
    proposed = set(data.statements.id[data.statements.act == "proposal"])
    rows = []
    for rule in RULES:
        links = linked(data, rule)
        row = {
            "rule": rule,
            "taken_up": len(proposed & set(links.statement)),
            "proposals": len(proposed),
        }
        for unit in UNITS:
            keys = _unit(data, unit)
            row |= {unit: keys[links.recommendation].nunique(), f"of_{unit}": keys.nunique()}
        rows.append(row)
    return pd.DataFrame(rows)


def _unit(data: Record, unit: str) -> pd.Series:
    rows = data.recommendations.set_index("id", drop=False)
    paragraph = rows.paragraph.astype(str)
    return {
        "paragraph": paragraph,
        "sentence": paragraph + "." + rows.sentence.astype(str),
        "recommendation": rows.id,
    }[unit]


@table
def leave_one_out(data: Record) -> pd.DataFrame:
    """What remains when one panellist's statements are left out.

    Returns
    -------
    DataFrame
        One row per panellist: left_out, proposals, taken_up (of the rest), per_cent, without_source (ids of the
        recommendations that lose
        their only source).
    """
    proposed = data.statements[data.statements.act == "proposal"]
    before = set(data.recommendations.id) - set(data.uptake.recommendation)
    rows = []
    for actor in data.actors[data.actors.role == "panellist"].itertuples():
        theirs = set(data.statements.id[data.statements.speaker == actor.id])
        links = data.uptake[~data.uptake.statement.isin(theirs)]
        rest = proposed[~proposed.id.isin(theirs)]
        taken = int(rest.id.isin(links.statement).sum())
        lost = [
            each
            for each in data.recommendations.id
            if each not in before | set(links.recommendation)
        ]
        rows.append(
            {
                "left_out": actor.name,
                "proposals": len(rest),
                "taken_up": taken,
                "per_cent": round(100 * taken / len(rest), 1) if len(rest) else None,
                "without_source": "; ".join(lost),
            }
        )
    return pd.DataFrame(
        rows, columns=["left_out", "proposals", "taken_up", "per_cent", "without_source"]
    )
