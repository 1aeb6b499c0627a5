"""Every judged pair of a statement and a recommendation, with the reasons."""

import pandas as pd

from analysis.record import Record, readings

JUDGED = ("proposal", "position")  # who asks for something, or takes a stand
NO_LINK = "none"
OF_A_PAIR = ["statement", "recommendation", "act", "level", "reason", "settled"]  # then readers


def judged_pairs(data: Record) -> pd.DataFrame:
    """Return each pair with its settled level, the reasons, and the level by reader.

    Readers judged what asks for something or takes a stand against every recommendation, and gave
    the pairs that they linked: any other has no link by them. Statements of other kinds are in a
    row only if it is linked.

    Returns
    -------
    DataFrame
        One row per pair: statement, recommendation, act (of the statement), level (full, partial or
        "none"), reason (for the link, or against it), settled (why, if readers differed), and for
        each reader a column by the reader's id with the level, blank for a pair that was not there
        to be judged.
    """
    pairs = _ids(data.statements, "statement", "act").merge(
        _ids(data.recommendations, "recommendation"), how="cross"
    )
    pairs.index = pd.Index(pairs.statement + ">" + pairs.recommendation)
    links = _by_pair(data.uptake)
    reasons = pd.concat([links.reason, _by_pair(data.rejected).reason])
    decided = data.settled[data.settled.variable == "uptake"].set_index("unit").reason
    pairs["level"] = links.level.reindex(pairs.index).fillna(NO_LINK)
    pairs["reason"] = reasons[~reasons.index.duplicated()].reindex(pairs.index).fillna("")
    pairs["settled"] = decided.reindex(pairs.index).fillna("")
    for codebook in reversed(readings.versions(data)):
        there = pairs.statement.isin(_seen(data, "statements", codebook))
        there &= pairs.recommendation.isin(_seen(data, "recommendations", codebook))
        for reader in readings.complete(data, "uptake", codebook):
            given = _by_pair(readings.as_read(data, reader, codebook, ["uptake"]).uptake).level
            pairs[reader] = given.reindex(pairs.index).fillna(NO_LINK).where(there, "")
    linked = ~pairs.drop(columns=OF_A_PAIR).assign(level=pairs.level).isin([NO_LINK, ""])
    rows = pairs[pairs.act.isin(JUDGED) | linked.any(axis=1)].reset_index(drop=True)
    return rows[[*OF_A_PAIR, *rows.columns.difference(OF_A_PAIR, sort=False)]]


def _ids(rows: pd.DataFrame, name: str, *more: str) -> pd.DataFrame:
    return rows[["id", *more]].rename(columns={"id": name})


def _by_pair(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index(rows.statement + ">" + rows.recommendation)


def _seen(data: Record, home: str, codebook: str) -> "pd.Series[str]":
    """Return the ids of the rows that the readers under a codebook had."""
    rows = getattr(data, home)
    return rows.id[readings.units(rows).isin(readings.seen(data, codebook))]
