"""What is sent when a code is contested: one message for each item and link.

It names the item, the version of the data and the words, by a hash, and says what is coded.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.items import SHORT
from analysis.page.marks import ANCHORS, BEYOND, anchor
from analysis.page.markup import join, link, words
from analysis.record import Record
from analysis.tables.claims import claims
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements

ASKED = "What is wrong, and why (please do not copy sentences of the summary):"
# What is sent of each kind of item, as its table has it.
SENT = {
    "statement": ("speaker", "quantifier", "act", "action_category", "themes", "gist"),
    "recommendation": (
        "addressee_stated",
        "addressee_inferred",
        "first_verb",
        "action_category",
        "legal_basis",
        "legal_article",
        "themes",
        "gist",
    ),
    "claim": ("said_by", "quantity", "kind", "low", "high", "unit", "measures", "period"),
}


def texts(data: Record, edition: object) -> dict[str, tuple[str, str]]:
    """Return subject and text of the message about each item and each link.

    Parameters
    ----------
    edition : object
        What names the version of the data, as `analysis.cite.Edition` does.

    Returns
    -------
    dict
        Keys are those of objections.csv: an id, or a statement and what it is linked to with ``>``
        between them.
    """
    hashes = {
        row.id: row.sha256[:SHORT]
        for kind in SENT
        for row in getattr(data, f"{kind}s").itertuples()
    }
    found = {}
    for what, item, coded in (*_items(data), *_links(data)):
        ends = ", ".join(hashes[id] for id in item.split(">"))
        head = [f"Item: {what} {item}", f"Data: {edition}", f"Hash of the words: {ends}"]
        text = "\n".join([*head, "", "What is coded:", "", coded, "", ASKED, "", ""])
        found[item] = (f"Contest {what} {item}", text)
    return found


def _items(data: Record) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and codes of every statement, recommendation and claim."""
    tables = {"statement": statements, "recommendation": recommendations, "claim": claims}
    for kind, table in tables.items():
        for row in table(data).to_dict("records"):
            yield kind, row["id"], _coded({name: row[name] for name in SENT[kind]})


def _coded(values: dict[str, Any]) -> str:
    """Return in lines what is coded; what is blank is left out.

    >>> _coded({"speaker": "The floor", "action_category": None})
    '- speaker: The floor'
    """
    given = {name: value for name, value in values.items() if value != "" and not pd.isna(value)}
    lines = (f"- {name.replace('_', ' ')}: {words(value)}" for name, value in given.items())
    return "\n".join(lines)


def _links(data: Record) -> Iterator[tuple[str, str, str]]:
    """Yield every link: uptake, and those beyond it."""
    for row in data.uptake.itertuples():
        coded = _coded({"uptake": row.level, "reason": row.reason})
        yield "link", f"{row.statement}>{row.recommendation}", coded
    for row in data.relations.itertuples():
        coded = _coded({"relation": BEYOND[row.kind][0].lower(), "reason": row.reason})
        yield "link", f"{row.statement}>{row.other}", coded


def received(data: Record) -> pd.DataFrame:
    """List the objections that were received.

    Returns
    -------
    DataFrame
        One row per objection: number, item (with links), date, objection, state, reason, version.
    """
    anchors = {id: anchor(kind, id) for kind in ANCHORS for id in getattr(data, f"{kind}s").id}
    rows = data.objections.rename(columns={"id": "number"})
    rows["item"] = [
        join((link(id, anchors[id]) if id in anchors else id for id in item.split(">")), " to ")
        for item in rows["item"]
    ]
    return rows[["number", "item", "date", "objection", "state", "reason", "version"]]
