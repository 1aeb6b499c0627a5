"""A machine's ranking of pairs by their words: a second opinion, never the judge."""

import pandas as pd

from analysis.record import Record
from analysis.tables.registry import table


def similarity(data: Record) -> pd.DataFrame:
    """A machine's second opinion, never the judge: how alike each statement and each recommendation are in their words.

    TF-IDF over our gists (words and pairs of words, English stop words left out), cosine similarity.

    Returns
    -------
    DataFrame
        One row per pair of proposal or position and recommendation: recommendation, statement, score, rank (1 for the
        statement most like the
        recommendation), level (of the human link, or "none").
    """
    from sklearn.feature_extraction.text import (
        TfidfVectorizer,
    )  # slow to import, and needed only here

    said = data.statements[data.statements.act.isin(["proposal", "position"])]
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, ngram_range=(1, 2))
    gists, analysed = [*said.gist, *data.recommendations.gist], words.build_analyzer()
    if said.empty or data.recommendations.empty or not any(map(analysed, gists)):
        kinds = {"recommendation": str, "statement": str, "score": float, "rank": int, "level": str}
        return pd.DataFrame(columns=list(kinds)).astype(kinds)
    words.fit(gists)
    scores = pd.DataFrame(
        (words.transform(data.recommendations.gist) @ words.transform(said.gist).T)
        .toarray()
        .round(3),
        index=pd.Index(data.recommendations.id, name="recommendation"),
        columns=pd.Index(said.id, name="statement"),
    )
    table = scores.stack().reset_index(name="score")
    table["rank"] = (
        table.groupby("recommendation").score.rank(ascending=False, method="min").astype(int)
    )
    levels = data.uptake.set_index(["statement", "recommendation"]).level.to_dict()
    pairs = zip(table.statement, table.recommendation, strict=True)
    return table.assign(level=[levels.get(pair, "none") for pair in pairs])


@table
def second_opinion(data: Record) -> pd.DataFrame:
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


@table
def rejected(data: Record) -> pd.DataFrame:
    """Pairs that the machine ranks high and that were judged not to be links, with the reason.

    Returns
    -------
    DataFrame
        One row per pair: recommendation, statement, score, rank, reason.
    """
    scores = similarity(data)[["recommendation", "statement", "score", "rank"]]
    return data.rejected.merge(scores, how="left")[
        ["recommendation", "statement", "score", "rank", "reason"]
    ]
