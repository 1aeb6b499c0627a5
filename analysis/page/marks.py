"""What is shown of an item besides its codes: links, corrections, objections."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.items import CITABLE
from analysis.page import show
from analysis.record import Record, readings
from analysis.tables.agreement import settled as settled_values

ANCHORS = {kind: CITABLE[kind].anchor for kind in ("statement", "recommendation", "claim")}
TAKEN_UP = {"full": "in full", "partial": "in part"}
OUTCOMES = {**TAKEN_UP, "none": "no counterpart"}
NOBODY = "Nobody is recorded as asking for this."
# Headings of what was said, by speech act, in their order on a page.
ACT_TITLES = {
    "proposal": "Asked for",
    "concern": "Problems stated",
    "evidence": "Evidence given",
    "practice": "Practices described",
    "position": "Positions taken",
    "procedure": "On procedure",
}
# How a link beyond uptake reads at the statement that has it, and at its other end.
BEYOND = {
    "concern behind": ("Concern behind", "Concerns behind it"),
    "takes up": ("Takes up", "Said again in"),
    "supports": ("Supports", "Supported in"),
    "opposes": ("Opposes", "Opposed in"),
}
Lines = dict[str, list[show.Markup]]  # by the id of an item


def anchor(kind: str, id: str) -> str:
    """Return the anchor of a statement, a recommendation or a claim.

    >>> anchor("statement", "16a"), anchor("claim", "q16a")
    ('s-16a', 'q16a')
    """
    return ANCHORS[kind].format(id)


def line(label: str, items: Iterable[Any], separator: str = ", ") -> show.Markup:
    """Return items in a row after a label.

    >>> line("Counterpart", ["39a"]).words
    'Counterpart: 39a'
    """
    return show.join([f"{label}:", show.join(items, separator)], " ")


def uptake(data: Record) -> Lines:
    """Return the uptake links of each item: its counterpart, or what it matches."""
    links = data.uptake.rename(columns={"recommendation": "other"})
    links["how"] = " " + links.level.map(TAKEN_UP)
    acts = links.statement.map(data.statements.set_index("id").act)
    links["besides"] = (" " + acts.map(unasked)).str.rstrip()
    return _links(data, links.assign(at_statement="Counterpart", at_other="Matched by"))


def unasked(act: str) -> str:
    """Return what is said of a match that asks for nothing; blank of a proposal.

    >>> unasked("position"), unasked("proposal")
    ('(position, not asked)', '')
    """
    return "" if act == "proposal" else f"({act}, not asked)"


def relations(data: Record) -> Lines:
    """Return the lines of the links beyond uptake of each item, in both directions."""
    kinds = pd.DataFrame.from_dict(BEYOND, "index", columns=["at_statement", "at_other"])
    return _links(data, data.relations.assign(how="", besides="").join(kinds, on="kind"))


def _links(data: Record, links: pd.DataFrame) -> Lines:
    """Return the lines of links for both their ends.

    `links` has columns statement, other, how, besides (what is said of the statement at the other
    end), at_statement, at_other: the last two are labels.
    """
    anchors = {
        id: anchor(kind, id)
        for kind in ("statement", "recommendation")
        for id in getattr(data, f"{kind}s").id
    }
    corrected = set(data.settled.unit[data.settled.corrected])
    found: dict[str, dict[str, list[show.Markup]]] = defaultdict(lambda: defaultdict(list))
    for row in links.itertuples():
        mark = " (corrected)" if f"{row.statement}>{row.other}" in corrected else ""
        for id, label, other, besides in (
            (row.statement, row.at_statement, row.other, ""),
            (row.other, row.at_other, row.statement, row.besides),
        ):
            item = show.link(f"{other}{row.how}{besides}", anchors[other])
            found[id][label].append(show.join([item, mark], "") if mark else item)
    return {id: [line(*row) for row in labels.items()] for id, labels in found.items()}


def remarks(data: Record) -> dict[str, list[str]]:
    """Return the words for what was corrected or was read only once.

    A value is corrected if no reader gave it. An item is read once if no blind reader under the
    codebook in use has its span.
    """
    labels = readings.variables(data)
    found: dict[str, list[str]] = defaultdict(list)
    rows = data.settled[data.settled.corrected & ~data.settled.unit.str.contains(">")]
    for row in rows.itertuples():
        found[row.unit].append(f"corrected: {labels.get(row.variable, row.variable).lower()}")
    for id in read_once(data):
        found[id].append("read once")
    return found


def read_once(data: Record) -> list[str]:
    """Return the ids of the items that no blind reader has coded."""
    given = data.readings[data.readings.codebook == readings.current(data)]
    once: list[str] = []
    for home, variables in readings.UNITS.items():
        rows = getattr(data, home)
        read = given.unit[given.variable.isin(variables)]
        once += rows.id[~readings.units(rows).isin(read)].tolist()
    return once


def settled(data: Record) -> Lines:
    """Return a line for each settled value of an item: what, by which codebook, why.

    One of a link is given for both its ends, and names the other.
    """
    found: Lines = defaultdict(list)
    for row in settled_values(data).itertuples():
        first, link, second = row.unit.partition(">")
        for id, other in ((first, second), (second, first))[: 2 if link else 1]:
            what = f"{row.variable}, {other}" if link else row.variable
            words = f"{what}: {row.settled or 'none'} (codebook {row.codebook}). {row.reason}"
            found[id].append(show.myst(show.escape(words), words))
    return found


def objections(data: Record) -> Lines:
    """Return the line of each objection by its item.

    One to a link is given for both its ends.
    """
    found: Lines = defaultdict(list)
    for row in data.objections.itertuples():
        state = f"{row.state} in version {row.version}" if row.version else row.state
        answer = [f"Answer: {row.reason}"] if row.reason else []
        words = show.join([f"Objection {row.id}, {state}: {row.objection}", *answer], " ")
        for id in row.item.split(">"):
            found[id].append(words)
    return found
