"""Whether what was cited is still what is here.

It is the same, has changed since, or is withdrawn. A citation carries its proof: name, version and
the beginning of a hash, as in ``r-43a@0.1.0:3f2a9c1b4e5d``. What was published in each release is
in the table `published`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.items.covered import SHORT, Item
from analysis.items.filed import find
from analysis.record import Record

# Pasted text may have a break after a hyphen, around a sign, or in the hash.
PROOF = re.compile(
    r"(?<![\w-])([a-z][a-z0-9]*(?:-\s?[a-z0-9]+)*)\s?@\s?(\d+\.\d+\.\d+(?:\.dev)?)\s?:\s?"
    rf"([0-9a-f](?:\s?[0-9a-f]){{{SHORT - 1}}})",
    re.IGNORECASE,
)
# What is covered under another name than that of the variable that is settled.
SETTLED_AS = {"counterparts": "uptake", "asked_for": "uptake", "relations": "relation"}


class Finding(NamedTuple):
    """What became of something that was cited: in words, and True if it is the same."""

    words: str
    same: bool


def check(text: str, data: Record) -> list[Finding]:
    """Return what became of each item that a pasted text cites.

    Parameters
    ----------
    text : str
        A citation in any format, or a proof alone.
    data : Record
        The loaded tables.

    Raises
    ------
    ValueError
        If the text holds no proof, or names an item that is not known.
    """
    proofs = dict.fromkeys(
        tuple(re.sub(r"\s", "", part.lower()) for part in found) for found in PROOF.findall(text)
    )
    if not proofs:
        shown = " ".join(text.split())[:60]
        rule = "Must have a name, a version and a hash, as in r-43a@0.1.0:3f2a9c1b4e5d"
        raise ValueError(f"Invalid citation '{shown}'. {rule}.")
    return [_finding(data, *proof) for proof in proofs]


def _finding(data: Record, name: str, version: str, hash: str) -> Finding:
    rows = data.published[data.published["item"] == name]
    known = dict(zip(rows.version, rows.hash, strict=True))
    item = find(name, data)
    cited = f"{name} in version {version}"
    if version in known and not known[version].startswith(hash):
        right = known[version][:SHORT]
        return Finding(f"{cited}: this hash is not its own, which begins with {right}.", False)
    if item.withdrawn:
        return Finding(f"{cited}: withdrawn since version {_why(item)}", False)
    if item.hash.startswith(hash):
        return Finding(f"{cited}: the same as here.", True)
    if version not in known:
        what = "it differs from what is here. What that version had is not on record, so what has"
        return Finding(f"{cited}: {what} changed is not known.", False)
    changes = "; ".join(_changes(data, item, rows[rows.version == version].index[0]))
    return Finding(f"{cited}: changed since. {changes}.", False)


def _why(item: Item) -> str:
    """Return since when, by what and why an item is replaced."""
    gone = item.withdrawn
    by = f", replaced by {gone['replaced_by']}" if "replaced_by" in gone else ""
    return f"{gone['since']}{by}. {gone['reason']}"


def _changes(data: Record, item: Item, first: int) -> Iterator[str]:
    """Yield what changed in each release after a row of `published`, and since then."""
    rows = data.published.loc[first:]
    rows = rows[rows["item"] == item.name]
    states = [(row.version, _parts(row.parts)) for row in rows.itertuples()]
    states.append(("what is here, after the last release", item.parts))
    reasons = _reasons(data, item)
    for (_, before), (version, after) in zip(states, states[1:], strict=False):
        names = [name for name in before | after if before.get(name) != after.get(name)]
        if names:
            told = [f"{name}{reasons.get(SETTLED_AS.get(name, name), '')}" for name in names]
            yield f"In {version}: {', '.join(told)}"


def _reasons(data: Record, item: Item) -> dict[str, str]:
    """Return the reasons for what is settled of an item, in brackets, by variable."""
    rows = data.settled[[item.id in unit.split(">") for unit in data.settled.unit]]
    said = rows.groupby("variable").reason.agg(" ".join)
    return {str(variable): f" ({reason})" for variable, reason in said.items()}


def as_published(items: dict[str, Item], version: str) -> pd.DataFrame:
    """Return the rows of `published` for a release.

    Returns
    -------
    DataFrame
        One row per item: version, item, hash, parts.
    """
    rows = [
        (version, name, item.hash, " ".join(f"{part}:{hash}" for part, hash in item.parts.items()))
        for name, item in items.items()
    ]
    return pd.DataFrame(rows, columns=["version", "item", "hash", "parts"])


def _parts(text: str) -> dict[str, str]:
    return dict(part.split(":") for part in text.split())
