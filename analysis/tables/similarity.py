"""A machine's ranking of pairs by their words: a second opinion, never the judge."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table


def similarity(data: Record) -> pd.DataFrame:
    """Return how alike each statement and each recommendation are in their words.

    TF-IDF over our gists (words and pairs of words, without English stop words), cosine similarity.

    Returns
    -------
    DataFrame
        One row per pair of a proposal or position and a recommendation: recommendation, statement,
        score, rank (1 for the statement most like the recommendation), level (of the link, or
        "none").
    """
    asking = data.statements[data.statements.act.isin(["proposal", "position"])]
    statements = asking[["id"]].rename(columns={"id": "statement"})
    pairs = data.recommendations[["id"]].rename(columns={"id": "recommendation"})
    pairs = pairs.merge(statements, how="cross").assign(score=_scores(asking, data))
    ranks = pairs.groupby("recommendation").score.rank(ascending=False, method="min")
    links = data.uptake[["recommendation", "statement", "level"]]
    return pairs.assign(rank=ranks.astype(int)).merge(links, how="left").fillna({"level": "none"})


def _scores(statements: pd.DataFrame, data: Record) -> list[float]:
    """Return the cosine of every pair, recommendation by recommendation."""
    # Slow to import, and needed only here.
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, ngram_range=(1, 2))
    gists = [*statements.gist, *data.recommendations.gist]
    if not any(map(words.build_analyzer(), gists)):
        return [0.0] * len(statements) * len(data.recommendations)
    vectors, count = words.fit_transform(gists), len(statements)
    cosines = vectors[count:] @ vectors[:count].T
    return list(cosines.toarray().round(3).ravel())


@table
def second_opinion(data: Record) -> pd.DataFrame:
    """Show where the links are in the machine's ranking.

    Returns
    -------
    DataFrame
        One row per recommendation: recommendation, links, best_rank (of a link; missing if there is
        none), best_link (its score, missing likewise), best_other (the highest score of a statement
        that is not linked), other (that statement).
    """
    pairs = similarity(data).sort_values("score", ascending=False, kind="stable")
    linked = pairs.level != "none"
    links = (
        pairs[linked]
        .groupby("recommendation")
        .agg(links=("rank", "size"), best_rank=("rank", "min"), best_link=("score", "max"))
    )
    others = (
        pairs[~linked]
        .groupby("recommendation")
        .agg(best_other=("score", "first"), other=("statement", "first"))
    )
    rows = data.recommendations[["id"]].rename(columns={"id": "recommendation"})
    rows = rows.join(links, on="recommendation").join(others, on="recommendation")
    return rows.fillna({"links": 0, "other": ""}).astype({"links": int, "best_rank": "Int64"})


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
