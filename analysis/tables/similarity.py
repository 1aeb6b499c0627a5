"""A machine's ranking of pairs by their words: a second opinion, never the judge."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table

COLUMNS = {"recommendation": str, "statement": str, "score": float, "rank": int, "level": str}


def similarity(data: Record) -> pd.DataFrame:
    """Return how alike each statement and each recommendation are in their words.

    TF-IDF over our gists (words and pairs of words, without English stop words), cosine similarity.

    Returns
    -------
    DataFrame
        One row per pair of a proposal or position and a recommendation: recommendation, statement,
        score, rank (1 for the statement most like the recommendation), level (of the human link, or
        "none").
    """
    asking = data.statements[data.statements.act.isin(["proposal", "position"])]
    scores = _scores(asking, data.recommendations)
    if scores.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    pairs = scores.stack().rename("score").reset_index()
    ranks = pairs.groupby("recommendation").score.rank(ascending=False, method="min")
    levels = data.uptake.set_index(["statement", "recommendation"]).level.to_dict()
    keys = zip(pairs.statement, pairs.recommendation, strict=True)
    return pairs.assign(rank=ranks.astype(int), level=[levels.get(key, "none") for key in keys])


def _scores(statements: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the cosine of every pair: recommendations in rows."""
    # Slow to import, and needed only here.
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, ngram_range=(1, 2))
    gists = [*statements.gist, *recommendations.gist]
    if statements.empty or recommendations.empty or not any(map(words.build_analyzer(), gists)):
        return pd.DataFrame()
    words.fit(gists)
    cosines = words.transform(recommendations.gist) @ words.transform(statements.gist).T
    return pd.DataFrame(
        cosines.toarray().round(3),
        index=pd.Index(recommendations.id, name="recommendation"),
        columns=pd.Index(statements.id, name="statement"),
    )


@table
def second_opinion(data: Record) -> pd.DataFrame:
    """Show where the human links are in the machine's ranking.

    Returns
    -------
    DataFrame
        One row per recommendation: recommendation, links, best_rank (of a link; missing if there is
        none), best_link (its score, missing likewise), best_other (the highest score of a statement
        that is not linked), other (that statement).
    """
    pairs = similarity(data)
    rows = []
    for recommendation in data.recommendations.id:
        ranked = pairs[pairs.recommendation == recommendation]
        links, others = ranked[ranked.level != "none"], ranked[ranked.level == "none"]
        best = others.score.idxmax() if len(others) else None
        row = {"recommendation": recommendation, "links": len(links)}
        row |= {"best_rank": links["rank"].min(), "best_link": links.score.max()}
        row |= {"best_other": others.score.max()}
        rows.append(row | {"other": "" if best is None else others.statement[best]})
    columns = ["recommendation", "links", "best_rank", "best_link", "best_other", "other"]
    return pd.DataFrame(rows, columns=columns).astype({"best_rank": "Int64"})


@table
def rejected(data: Record) -> pd.DataFrame:
    """List pairs that the machine ranks high and a reader did not link.

    Returns
    -------
    DataFrame
        One row per pair: recommendation, statement, score, rank, reason.
    """
    pair = ["recommendation", "statement"]
    scores = similarity(data)[[*pair, "score", "rank"]]
    rows = data.rejected[[*pair, "reason"]].merge(scores, on=pair, how="left")
    return rows[[*pair, "score", "rank", "reason"]]
