"""Every item of the record, with what its hash covers."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.items.kinds import CITABLE
from analysis.record import Record
from analysis.tables.outcomes import VOICES

SHORT = 12  # characters of a hash in a citation: enough to tell any two items apart
# The columns of each kind that its hash covers: `words` is the hash of the document's words.
COVERED = {
    "paragraph": "words section kind panel gist",
    "statement": "words speaker quantifier panel act action_category gist",
    "recommendation": "words panel addressee_stated addressee_inferred first_verb action_category"
    " legal_basis legal_article gist",
    "claim": "words statement said_by quantity kind low high unit period source_named measures",
    "theme": "label parent definition include exclude",
    "speaker": "name role panel own_name pronoun",
}
# What else it covers: name -> table, the column with the item, what is listed, and its value.
LISTED = {
    "paragraph": {
        f"{kind}s": (f"{kind}s", "paragraph", "id", "")
        for kind in ("statement", "recommendation", "claim")
    },
    "statement": {
        "themes": ("statement_themes", "statement", "theme", ""),
        "counterparts": ("uptake", "statement", "recommendation", "level"),
        "relations": ("relations", "statement", "other", "kind"),
    },
    "recommendation": {
        "themes": ("recommendation_themes", "recommendation", "theme", ""),
        "parties": ("recommendation_parties", "recommendation", "party", "part"),
        "asked_for": ("uptake", "recommendation", "statement", "level"),
        "relations": ("relations", "other", "statement", "kind"),
    },
    "claim": {},
    "theme": {
        "statements": ("statement_themes", "theme", "statement", ""),
        "recommendations": ("recommendation_themes", "theme", "recommendation", ""),
    },
    "speaker": {
        "statements": ("statements", "speaker", "id", "act"),
        "counterparts": ("uptake", "speaker", "link", "level"),
    },
}
TITLED_BY = {"theme": "label", "speaker": "name"}  # where the title has this and not the id
GIST_IN = {"theme": "definition", "speaker": "note"}  # where a gist has another name


@dataclass(frozen=True)
class Item:
    """What is cited by itself.

    Attributes
    ----------
    kind, id : str
        A kind, and the id in the data; of a table or figure, its anchor.
    title, gist : str
        What it is called in a citation, and what it holds in our words.
    covered : dict
        What its hash covers, by name.
    page : str
        The page of a table or figure.
    withdrawn : dict
        Since when, by what it is replaced and why, of a retired id; else empty.
    """

    kind: str
    id: str
    title: str
    gist: str
    covered: dict[str, Any]
    page: str = ""
    withdrawn: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its anchor, by which it is cited: ``r-43a``."""
        return CITABLE[self.kind].anchor.format(self.id)

    @property
    def file(self) -> str:
        """The path of its file on the site."""
        return f"{CITABLE[self.kind].folder}/{self.id}.json"

    @property
    def address(self) -> str:
        """Where it is on the site."""
        return f"{self.page or CITABLE[self.kind].page}#{self.name}"

    @property
    def hash(self) -> str:
        """The SHA-256 of what it covers, as JSON without blanks and with sorted keys."""
        return digest(self.covered)

    @property
    def parts(self) -> dict[str, str]:
        """The beginning of the hash of each thing that is covered."""
        return {name: digest(value)[:6] for name, value in self.covered.items()}

    def proof(self, version: str) -> str:
        """Return what a citation carries: name, version and the beginning of the hash."""
        return f"{self.name}@{version}:{self.hash[:SHORT]}"


def digest(value: object) -> str:
    """Return the SHA-256 of a value as JSON.

    >>> digest({"b": 1, "a": "é"})[:12]
    'aa58fba84836'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def every(data: Record) -> dict[str, Item]:
    """Return every item of the record by its name, those withdrawn among them."""
    found = [item for kind in COVERED for item in _items(data, kind)]
    return {item.name: item for item in [*found, *_withdrawn(data)]}


def _items(data: Record, kind: str) -> Iterator[Item]:
    rows = _rows(data, kind)
    lists = {name: _lists(data, *listed) for name, listed in LISTED[kind].items()}
    for row in rows.astype(object).to_dict("records"):
        id = str(row["id"])
        covered = plain({name: row[name] for name in COVERED[kind].split()})
        covered |= {name: found[id] for name, found in lists.items() if id in found}
        title = CITABLE[kind].title.format(row[TITLED_BY.get(kind, "id")])
        yield Item(kind, id, title, row[GIST_IN.get(kind, "gist")], covered)


def _rows(data: Record, kind: str) -> pd.DataFrame:
    """Return the rows of a kind: themes that are applied, speakers with a section."""
    if kind == "theme":
        return data.themes[data.themes.parent != ""]
    if kind == "speaker":
        return data.actors[data.actors.role.isin(VOICES)]
    rows: pd.DataFrame = getattr(data, f"{kind}s")
    if kind == "claim":
        rows = rows.assign(gist="“" + rows.quantity + "” (" + rows.measures + ")")
    return rows.rename(columns={"number": "id", "sha256": "words"})


def _lists(data: Record, table: str, column: str, listed: str, value: str) -> dict[str, Any]:
    """Return what is listed for each item, with a value of each if there is one."""
    rows: pd.DataFrame = getattr(data, table)
    if table == "uptake":
        said_by = data.statements.set_index("id").speaker
        link = rows.statement + ">" + rows.recommendation
        rows = rows.assign(speaker=rows.statement.map(said_by), link=link)
    found: dict[str, Any] = {}
    for item, part in rows.sort_values(listed).groupby(column):
        names = part[listed].astype(str).tolist()
        found[str(item)] = dict(zip(names, part[value], strict=True)) if value else names
    return found


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as JSON has it, without what is blank.

    >>> plain({"a": 2.0, "b": "", "c": None, "d": True, "e": 0.5})
    {'a': 2, 'd': True, 'e': 0.5}
    """
    given = {name: value for name, value in row.items() if not pd.isna(value) and value != ""}
    return {name: _number(value) for name, value in given.items()}


def _number(value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return int(value) if float(value).is_integer() else float(value)


def _withdrawn(data: Record) -> Iterator[Item]:
    for row in data.retired.to_dict("records"):
        known = {name: row[name] for name in ("since", "replaced_by", "reason") if row[name]}
        title = CITABLE[row["kind"]].title.format(row["id"])
        covered = {"withdrawn": known}
        yield Item(row["kind"], row["id"], title, "", covered, withdrawn=known)
