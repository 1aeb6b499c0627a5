"""Textual uptake: which proposals of the record have a counterpart in the observations, and which have none.

Textual uptake is about words in one document. It is never influence: that a thing was proposed and later recommended does not
show that the one led to the other.
"""

from types import SimpleNamespace

import pandas as pd

from analysis import tables

LEVELS = ("full", "partial", "none")
RULES = ("strict", "base", "lenient")
UNITS = ("paragraph", "sentence", "recommendation")
SOURCES = ("panellists and floor", "panellists only", "floor only", "none recorded")


def asked(data: SimpleNamespace) -> pd.DataFrame:
    """Every proposal, and every position that is linked to a recommendation, with what came of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, panel, speaker, role, quantifier, act, action_category, themes, gist,
        level (the best of its
        links, or "none"), recommendations (ids, joined by semicolons).
    """
    said = tables.statements(data)
    links = data.uptake.groupby("statement")
    said["level"] = said.id.map(links["level"].agg(lambda levels: min(levels, key=LEVELS.index))).astype(object).fillna("none")
    said["recommendations"] = said.id.map(links.recommendation.agg("; ".join)).astype(object).fillna("")
    rows = said[(said.act == "proposal") | (said.level != "none")]
    return rows.drop(columns="section").reset_index(drop=True)


def proposals(data: SimpleNamespace) -> pd.DataFrame:
    """Every proposal with what came of it: the rows of `asked` whose act is a proposal.

    Returns
    -------
    DataFrame
        One row per proposal, with the columns of `asked` less act.
    """
    rows = asked(data)
    return rows[rows.act == "proposal"].drop(columns="act").reset_index(drop=True)


def not_taken_up(data: SimpleNamespace) -> pd.DataFrame:
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


def uptake_links(data: SimpleNamespace) -> pd.DataFrame:
    """Every link from a statement to a recommendation, with its reason.

    Returns
    -------
    DataFrame
        One row per link: recommendation, statement, speaker, role, level, reason, in the order of the recommendations.
    """
    said = tables.statements(data).set_index("id")
    order = {each: place for place, each in enumerate(data.recommendations.id)}
    links = data.uptake.sort_values("recommendation", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)
    links = links.assign(speaker=links.statement.map(said.speaker), role=links.statement.map(said.role))
    return links[["recommendation", "statement", "speaker", "role", "level", "reason"]]


def recommendations_by_source(data: SimpleNamespace) -> pd.DataFrame:
    """Every recommendation with the statements that ask for it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, gist, source (who asked), full, partial (ids of statements, joined by semicolons).
    """
    links = uptake_links(data)
    table = tables.recommendations(data)[["id", "gist"]]
    roles = links.groupby("recommendation").role.agg(set)
    table["source"] = [_source(roles.get(each, set())) for each in table.id]
    for level in ("full", "partial"):
        ids = links[links.level == level].groupby("recommendation").statement.agg("; ".join)
        table[level] = table.id.map(ids).astype(object).fillna("")
    return table


def _source(roles: set[str]) -> str:
    panel, floor = "panellist" in roles, "floor" in roles
    return SOURCES[0 if panel and floor else 1 if panel else 2 if floor else 3]


def recommendations_by_kind_of_source(data: SimpleNamespace) -> pd.DataFrame:
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


def uptake_by_panel(data: SimpleNamespace) -> pd.DataFrame:
    """Proposals by panel and by what came of them.

    Returns
    -------
    DataFrame
        One row per panel: panel, full, partial, none, total.
    """
    return _by(proposals(data), "panel", [*data.panels.label, tables.OUTSIDE])


def uptake_by_role(data: SimpleNamespace) -> pd.DataFrame:
    """Proposals by the part in which their speaker spoke, and by what came of them.

    Returns
    -------
    DataFrame
        One row per role: role, full, partial, none, total. Roles without a proposal are there with zeros.
    """
    return _by(proposals(data), "role", ["panellist", "floor", "chair", "secretariat"])


def uptake_by_speaker(data: SimpleNamespace) -> pd.DataFrame:
    """Proposals by speaker and by what came of them.

    Returns
    -------
    DataFrame
        One row per speaker who made a proposal: speaker, full, partial, none, total.
    """
    rows = proposals(data)
    return _by(rows, "speaker", [name for name in data.actors.name if name in set(rows.speaker)])


def uptake_by_theme(data: SimpleNamespace) -> pd.DataFrame:
    """Proposals by theme and by what came of them. A proposal with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme of a proposal, in the order of the codebook: theme, full, partial, none, total.
    """
    rows = proposals(data)
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    return _by(rows, "theme", [label for label in data.themes.label if label in set(rows.theme)])


def uptake_by_category(data: SimpleNamespace) -> pd.DataFrame:
    """Proposals by action category and by what came of them.

    Returns
    -------
    DataFrame
        One row per category: category, full, partial, none, total.
    """
    rows = proposals(data)
    return _by(
        rows.assign(category=rows.action_category.map(tables.CATEGORIES)),
        "category",
        list(tables.CATEGORIES.values()),
    )


def _by(rows: pd.DataFrame, column: str, order: list[str]) -> pd.DataFrame:
    table = pd.crosstab(rows[column].astype(str), rows.level).reindex(index=order, columns=LEVELS, fill_value=0)
    table.columns = [str(level) for level in table.columns]
    return table.assign(total=table.sum(axis=1)).rename_axis(column).reset_index()


def linked(data: SimpleNamespace, rule: str) -> pd.DataFrame:
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


def _same_theme(data: SimpleNamespace) -> pd.DataFrame:
    said = data.statements[data.statements.act == "proposal"][["id", "panel"]]
    said = said.merge(data.statement_themes, left_on="id", right_on="statement")
    advised = data.recommendations[["id", "panel"]].merge(data.recommendation_themes, left_on="id", right_on="recommendation")
    pairs = said.merge(advised, on="theme", suffixes=("_said", "_advised"))
    inside = (pairs.panel_advised == "") | (pairs.panel_said == pairs.panel_advised)
    return pairs.loc[inside & (pairs.panel_said != ""), ["statement", "recommendation"]].drop_duplicates()


def sensitivity(data: SimpleNamespace) -> pd.DataFrame:
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
        row = {"rule": rule, "taken_up": len(proposed & set(links.statement)), "proposals": len(proposed)}
        for unit in UNITS:
            keys = _unit(data, unit)
            row |= {unit: keys[links.recommendation].nunique(), f"of_{unit}": keys.nunique()}
        rows.append(row)
    return pd.DataFrame(rows)


def _unit(data: SimpleNamespace, unit: str) -> pd.Series:
    rows = data.recommendations.set_index("id", drop=False)
    paragraph = rows.paragraph.astype(str)
    return {
        "paragraph": paragraph,
        "sentence": paragraph + "." + rows.sentence.astype(str),
        "recommendation": rows.id,
    }[unit]


def leave_one_out(data: SimpleNamespace) -> pd.DataFrame:
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
        lost = [each for each in data.recommendations.id if each not in before | set(links.recommendation)]
        rows.append(
            {
                "left_out": actor.name,
                "proposals": len(rest),
                "taken_up": taken,
                "per_cent": round(100 * taken / len(rest), 1) if len(rest) else None,
                "without_source": "; ".join(lost),
            }
        )
    return pd.DataFrame(rows, columns=["left_out", "proposals", "taken_up", "per_cent", "without_source"])


def similarity(data: SimpleNamespace) -> pd.DataFrame:
    """A machine's second opinion, never the judge: how alike each statement and each recommendation are in their words.

    TF-IDF over our gists (words and pairs of words, English stop words left out), cosine similarity.

    Returns
    -------
    DataFrame
        One row per pair of proposal or position and recommendation: recommendation, statement, score, rank (1 for the
        statement most like the
        recommendation), level (of the human link, or "none").
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import, and needed only here

    said = data.statements[data.statements.act.isin(["proposal", "position"])]
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, ngram_range=(1, 2))
    gists, analysed = [*said.gist, *data.recommendations.gist], words.build_analyzer()
    if said.empty or data.recommendations.empty or not any(map(analysed, gists)):
        kinds = {"recommendation": str, "statement": str, "score": float, "rank": int, "level": str}
        return pd.DataFrame(columns=list(kinds)).astype(kinds)
    words.fit(gists)
    scores = pd.DataFrame(
        (words.transform(data.recommendations.gist) @ words.transform(said.gist).T).toarray().round(3),
        index=pd.Index(data.recommendations.id, name="recommendation"),
        columns=pd.Index(said.id, name="statement"),
    )
    table = scores.stack().reset_index(name="score")
    table["rank"] = table.groupby("recommendation").score.rank(ascending=False, method="min").astype(int)
    levels = data.uptake.set_index(["statement", "recommendation"]).level.to_dict()
    pairs = zip(table.statement, table.recommendation, strict=True)
    return table.assign(level=[levels.get(pair, "none") for pair in pairs])


def second_opinion(data: SimpleNamespace) -> pd.DataFrame:
    """Where the human links stand in the machine's ranking.

    Returns
    -------
    DataFrame
        One row per recommendation: recommendation, links, best_rank (of a link), best_link (its score), best_other (the
        highest score of a
        statement that is not linked), other (that statement).
    """
    table = similarity(data)
    rows = []
    for each in data.recommendations.id:
        here = table[table.recommendation == each]
        links, others = here[here.level != "none"], here[here.level == "none"]
        other = others.loc[others.score.idxmax()] if len(others) else None
        rows.append(
            {
                "recommendation": each,
                "links": len(links),
                "best_rank": links["rank"].min() if len(links) else None,
                "best_link": links.score.max() if len(links) else None,
                "best_other": None if other is None else other.score,
                "other": "" if other is None else other.statement,
            }
        )
    columns = ["recommendation", "links", "best_rank", "best_link", "best_other", "other"]
    return pd.DataFrame(rows, columns=columns).astype({"best_rank": "Int64"})


def rejected(data: SimpleNamespace) -> pd.DataFrame:
    """Pairs that the machine ranks high and that were judged not to be links, with the reason.

    Returns
    -------
    DataFrame
        One row per pair: recommendation, statement, score, rank, reason.
    """
    scores = similarity(data)[["recommendation", "statement", "score", "rank"]]
    return data.rejected.merge(scores, how="left")[["recommendation", "statement", "score", "rank", "reason"]]


ALL = {
    table.__name__: table
    for table in (
        asked,
        proposals,
        not_taken_up,
        uptake_links,
        recommendations_by_source,
        recommendations_by_kind_of_source,
        uptake_by_panel,
        uptake_by_role,
        uptake_by_speaker,
        uptake_by_theme,
        uptake_by_category,
        sensitivity,
        leave_one_out,
        second_opinion,
        rejected,
    )
}
