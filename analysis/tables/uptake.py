"""Textual uptake: which proposals have a counterpart in the observations.

Textual uptake is about words in one document. It is never influence: that something was proposed
and later recommended does not show that the one led to the other.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.record import Record, readings
from analysis.tables.counting import CATEGORIES, OUTSIDE, cross, look_up
from analysis.tables.recommendations import recommendations
from analysis.tables.registry import table
from analysis.tables.statements import by_theme, statements

LEVELS = ("full", "partial", "none")
LINK_RULES = ("strict", "base", "lenient")
SETTLED, NOBODY = "As settled", "Nobody"
# Who asked: a panellist and the floor, one of them, or nobody.
SOURCES = {
    (1, 1): "panellists and floor",
    (1, 0): "panellists only",
    (0, 1): "floor only",
    (0, 0): "none recorded",
}


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
    links = uptake_links(data).groupby("statement")
    best = links["level"].agg(lambda levels: min(levels, key=LEVELS.index))
    rows = statements(data).drop(columns="section")
    rows["level"] = rows.id.map(best).astype(object).fillna("none")
    rows["recommendations"] = look_up(rows.id, links.recommendation.agg("; ".join))
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
    said = statements(data)[["id", "speaker", "role"]].rename(columns={"id": "statement"})
    ids = data.recommendations[["id"]].rename(columns={"id": "recommendation"})
    links = data.uptake[["statement", "recommendation", "level", "reason"]]
    links = ids.merge(links, on="recommendation").merge(said, on="statement")
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
    asked_by = [
        rows.id.isin(links.recommendation[links.role == role]) for role in ("panellist", "floor")
    ]
    rows["source"] = [SOURCES[who] for who in zip(*asked_by, strict=True)]
    for level in ("full", "partial"):
        ids = links[links.level == level].groupby("recommendation").statement.agg("; ".join)
        rows[level] = look_up(rows.id, ids)
    return rows


@table
def recommendations_by_kind_of_source(data: Record) -> pd.DataFrame:
    """Count the recommendations that trace to panellists, the floor, both or nobody.

    Returns
    -------
    DataFrame
        One row per kind of source: source, recommendations, which (ids, joined by semicolons).
    """
    rows = recommendations_by_source(data)
    ids = {source: list(rows.id[rows.source == source]) for source in SOURCES.values()}
    counts = [(source, len(which), "; ".join(which)) for source, which in ids.items()]
    return pd.DataFrame(counts, columns=["source", "recommendations", "which"])


@table
def uptake_by_panel(data: Record) -> pd.DataFrame:
    """Count proposals by panel and by what came of them.

    Returns
    -------
    DataFrame
        One row per panel: panel, full, partial, none, total.
    """
    return cross(proposals(data), "panel", "level", [*data.panels.label, OUTSIDE], LEVELS)


@table
def uptake_by_role(data: Record) -> pd.DataFrame:
    """Count proposals by the role of their speaker, and by what came of them.

    Returns
    -------
    DataFrame
        One row per role, also without a proposal: role, full, partial, none, total.
    """
    return cross(
        proposals(data), "role", "level", ["panellist", "floor", "chair", "secretariat"], LEVELS
    )


@table
def uptake_by_speaker(data: Record) -> pd.DataFrame:
    """Count proposals by speaker and by what came of them.

    Returns
    -------
    DataFrame
        One row per speaker who made a proposal: speaker, full, partial, none, total.
    """
    return cross(proposals(data), "speaker", "level", data.actors.name, LEVELS, blank=False)


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
    rows = by_theme(proposals(data), data, "statement")
    return cross(rows, "theme", "level", data.themes.label, LEVELS, blank=False)


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
    return cross(rows, "category", "level", CATEGORIES.values(), LEVELS)


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
    if rule not in LINK_RULES:
        raise ValueError(f"Invalid rule {rule!r}. Must be one of: {', '.join(LINK_RULES)}.")
    in_rule = (data.uptake.level == "full") | (rule != "strict")
    links = data.uptake.loc[in_rule, ["statement", "recommendation"]]
    if rule == "lenient":
        links = pd.concat([links, _same_theme(data)]).drop_duplicates(ignore_index=True)
    return links


def _same_theme(data: Record) -> pd.DataFrame:
    """Return the pairs of proposal and recommendation with one theme and panel."""
    proposed = data.statements.loc[data.statements.act == "proposal", ["id", "panel"]]
    pairs = by_theme(proposed, data, "statement").merge(
        by_theme(data.recommendations[["id", "panel"]], data, "recommendation"), on="theme"
    )
    spoken, subject = pairs.panel_x, pairs.panel_y
    pairs = pairs[(spoken != "") & ((subject == "") | (subject == spoken))]
    return pairs[["id_x", "id_y"]].set_axis(["statement", "recommendation"], axis=1)


@table
def sensitivity(data: Record) -> pd.DataFrame:
    """Compute the results under three rules, and with the links of each reader.

    Returns
    -------
    DataFrame
        One row per rule and reader: rule (strict, base, lenient, or the reader), codebook (version;
        the one in use for the rules), taken_up (proposals with a counterpart), proposals, paragraph
        (those with a recorded source), of_paragraph (all), sentence, of_sentence, recommendation,
        of_recommendation.
    """
    rows = [(rule, readings.current(data), linked(data, rule)) for rule in LINK_RULES]
    for label, codebook, read in _readers_of_links(data):
        rows.append((label, codebook, read.uptake))
    proposed = set(data.statements.id[data.statements.act == "proposal"])
    advised = data.recommendations.set_index("id", drop=False)
    paragraph, sentence = advised.paragraph.astype(str), advised.sentence.astype(str)
    sentence = paragraph + "." + sentence
    units = {"paragraph": paragraph, "sentence": sentence, "recommendation": advised.id}
    results = []
    for rule, codebook, links in rows:
        taken_up = len(proposed & set(links.statement))
        row = {"rule": rule, "codebook": codebook, "taken_up": taken_up, "proposals": len(proposed)}
        known = links.recommendation[links.recommendation.isin(advised.id)]
        for unit, keys in units.items():
            row |= {unit: keys[known].nunique(), f"of_{unit}": keys.nunique()}
        results.append(row)
    return pd.DataFrame(results)


@table
def leave_one_out(data: Record) -> pd.DataFrame:
    """Show what remains when the statements of one panellist are left out.

    Returns
    -------
    DataFrame
        One row per panellist: left_out, proposals, taken_up (of the rest), per_cent, without_source
        (ids of the recommendations that nobody else is recorded as asking for).
    """
    rows = []
    for actor in data.actors[data.actors.role == "panellist"].itertuples():
        rest = readings.without(data, actor.id)
        count, proposed = taken_up(rest), number_of_proposals(rest)
        share = round(100 * count / proposed, 1) if proposed else None
        lost = set(data.uptake.recommendation) - set(rest.uptake.recommendation)
        ids = "; ".join(sorted(lost, key=list(data.recommendations.id).index))
        rows.append((actor.name, proposed, count, share, ids))
    columns = ["left_out", "proposals", "taken_up", "per_cent", "without_source"]
    return pd.DataFrame(rows, columns=columns)


@table
def combinations(data: Record) -> pd.DataFrame:
    """Count proposals with a counterpart by reader, rule and speaker left out.

    Returns
    -------
    DataFrame
        One row per reader and speaker left out: reader (whose links; "As settled" first),
        codebook (version), left_out (nobody, or one who made a proposal), proposals, strict, base,
        lenient (how many of them have a counterpart by each rule).
    """
    asking = data.statements.speaker[data.statements.act == "proposal"]
    speakers = data.actors[data.actors.id.isin(asking)]
    rows = []
    settled = (SETTLED, readings.current(data), data)
    for reader, codebook, read in (settled, *_readers_of_links(data)):
        answered = [set(linked(read, rule).statement) for rule in LINK_RULES]
        proposed = read.statements[read.statements.act == "proposal"]
        for speaker, name in [("", NOBODY), *zip(speakers.id, speakers.name, strict=True)]:
            rest = set(proposed.id[proposed.speaker != speaker])
            counts = [len(rest & links) for links in answered]
            rows.append((reader, codebook, name, len(rest), *counts))
    return pd.DataFrame(rows, columns=["reader", "codebook", "left_out", "proposals", *LINK_RULES])


def _readers_of_links(data: Record) -> Iterator[tuple[str, str, Record]]:
    """Yield each reader of links with the codebook, and the record with these links."""
    labels = data.readers.set_index("id").label
    for codebook in readings.versions(data):
        for reader in readings.complete(data, "uptake", codebook):
            yield labels[reader], codebook, readings.as_read(data, reader, codebook, ["uptake"])


@table
def relations(data: Record) -> pd.DataFrame:
    """List the links beyond uptake, each with its reason.

    Returns
    -------
    DataFrame
        One row per link: kind (concern behind a recommendation; takes up, supports or opposes an
        earlier statement), other (the recommendation or earlier statement), statement, speaker,
        reason.
    """
    said = statements(data)[["id", "speaker"]].rename(columns={"id": "statement"})
    links = data.relations[["kind", "other", "statement", "reason"]].merge(said, on="statement")
    return links[["kind", "other", "statement", "speaker", "reason"]]


def without_counterpart(data: Record) -> int:
    """Return how many proposals have no counterpart."""
    return int((proposals(data).level == "none").sum())


def share_without_counterpart(data: Record) -> float:
    """Return which share of the proposals has no counterpart, from 0 to 1."""
    return without_counterpart(data) / len(proposals(data))


def unasked(data: Record) -> list[str]:
    """Return the ids of the recommendations that nobody is recorded as asking for."""
    rows = recommendations_by_source(data)
    return list(rows.id[rows.source == "none recorded"])


def themes_without_counterpart(data: Record) -> list[str]:
    """Return the themes of two proposals or more, none of which has a counterpart."""
    rows = uptake_by_theme(data)
    return list(rows.theme[(rows.total == rows.none) & (rows.total > 1)])


def number_of_proposals(data: Record) -> int:
    """Return how many statements are proposals."""
    return int((data.statements.act == "proposal").sum())


def taken_up(data: Record, rule: str = "base") -> int:
    """Return how many proposals have a counterpart by a rule: see `linked`."""
    proposed = data.statements.id[data.statements.act == "proposal"]
    return int(proposed.isin(linked(data, rule).statement).sum())


def asked_by_floor_only(data: Record) -> int:
    """Return how many recommendations have a source on the floor alone."""
    return int((recommendations_by_source(data).source == SOURCES[0, 1]).sum())
