"""The file of an item: what readers gave, links, reasons, how to cite it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from analysis import cite, paths
from analysis.items.covered import Item, every, plain
from analysis.items.kinds import CITABLE
from analysis.record import Record, readings

# The tables with more on an item, and the columns that name it; reasons are among the others.
NAMED_IN = {
    "uptake": ("statement", "recommendation"),
    "no_uptake": ("statement", "closest"),
    "rejected": ("statement", "recommendation"),
    "relations": ("statement", "other"),
    "settled": ("unit",),
    "objections": ("item",),
}
OF_THE_BOOK = ("table", "figure")  # the kinds that only the built book has
Given = dict[str, Any]


def forms(fields: cite.Fields) -> dict[str, Any]:
    """Return a citation in each format; CSL-JSON is a list with one item."""
    return {
        "text": cite.text(fields),
        "bibtex": cite.bibtex(fields),
        "ris": cite.ris(fields),
        "csl": [cite.csl(fields)],
    }


def cited(item: Item, fields: cite.Fields) -> Given:
    """Return what every file says: what it is, where, of which version, citations.

    Parameters
    ----------
    item : Item
    fields : dict
        The citation of the book, as `analysis.cite.read` gives it.
    """
    edition = fields["edition"]
    proof = item.proof(edition.version)
    part = cite.part(fields, item.title, item.name, item.address, proof)
    return {
        "name": item.name,
        "kind": item.kind,
        "title": item.title,
        "page": item.address,
        "version": edition.version,
        "date": edition.iso,
        "edition": str(edition),
        "licence": cite.licence(fields["license"]),
        "proof": proof,
        "hash": f"sha256:{item.hash}",
        "citation": forms(part),
    }


def written(data: Record, fields: cite.Fields) -> dict[str, str]:
    """Return the file of every item of the record by its path on the site.

    Parameters
    ----------
    data : Record
        The loaded tables.
    fields : dict
        The citation of the book, as `analysis.cite.read` gives it.
    """
    given, more = _readings(data), _more(data)
    return {
        item.file: cite.as_json(
            {**cited(item, fields), "id": item.id, "gist": item.gist, "covered": item.covered}
            | ({"readings": given[item.id]} if item.id in given else {})
            | more.get(item.id, {})
        )
        for item in every(data).values()
    }


def _readings(data: Record) -> Given:
    """Return what readers gave for each item: by codebook, by variable, by reader.

    For a link the reader has the other end and what was given for it.
    """

    def nested() -> Given:
        return defaultdict(nested)

    found = nested()
    for variable, rows in data.readings.groupby("variable", sort=False):
        names = rows.unit
        if variable not in readings.DIVIDED:
            names = readings.named(rows.unit, data, str(variable))
        for row, name in zip(rows.itertuples(), names, strict=True):
            for id, *others in _ends(name):
                place = found[id][row.codebook][variable]
                if others:
                    place[row.reader][others[0]] = row.value
                else:
                    place[row.reader] = row.value
    return found


def _ends(name: str) -> Iterator[list[str]]:
    """Yield the item that a name is of, or each end of a link and then the other."""
    ends = name.split(">")
    yield from (ends, ends[::-1]) if len(ends) == 2 else (ends,)


def _more(data: Record) -> dict[str, Given]:
    """Return the rows of other tables that name each item."""
    found: dict[str, Given] = defaultdict(lambda: defaultdict(list))
    for table, columns in NAMED_IN.items():
        for row in getattr(data, table).astype(object).to_dict("records"):
            for id in {end for column in columns for end in str(row[column]).split(">")}:
                found[id][table].append(plain(row))
    return found


def built(html: Path = paths.BUILD / "html") -> dict[str, Item]:
    """Return the tables and figures of a built book by their names."""
    return {name: _read(path) for name, path in _places(html).items()}


def _places(html: Path) -> dict[str, Path]:
    found = [path for kind in OF_THE_BOOK for path in (html / CITABLE[kind].folder).glob("*.json")]
    return {path.stem: path for path in sorted(found)}


def _read(path: Path) -> Item:
    """Return the table or figure that has a file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if "proof" not in told:
        raise ValueError(f"Invalid file '{path}'. Must be of a newer book. Run: make book")
    covered = {name: told[name] for name in ("caption", "rows")}
    page = told["page"].partition("#")[0]
    return Item(told["kind"], path.stem, told["title"], "", covered, page)


def find(name: str, data: Record, html: Path = paths.BUILD / "html") -> Item:
    """Return the item that a name is of.

    A table or figure is read from the built book.

    Raises
    ------
    ValueError
        If there is none: with names that are like it.
    """
    items, places = every(data), _places(html)
    if name in items:
        return items[name]
    if name in places:
        return _read(places[name])
    near = ", ".join(get_close_matches(name, [*items, *places], 4, 0.5))
    rule = f"Must be a name as in {near}" if near else "Must be the anchor of an item, as in r-43a"
    missing = "" if places else " Tables and figures have one once the book is built."
    raise ValueError(f"Unknown item '{name}'. {rule}.{missing}")


def citations(items: dict[str, Item], fields: cite.Fields) -> str:
    """Return the script with the citation of each item: formats, and what differs.

    In a format, title, name, address and hash of an item have a place each.
    """
    edition = fields["edition"]
    blank = cite.part(fields, "@TITLE@", "@NAME@", "@ADDRESS@", f"@NAME@@{edition.version}:@HASH@")
    known = {
        item.file: [item.title, item.name, item.address, item.proof("").partition(":")[2]]
        for item in items.values()
    }
    dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    shown = forms(blank)
    shown["csl"] = cite.as_json(shown["csl"]).strip()
    return f"citations({dump(shown)},{dump(cite.ESCAPES)},{dump(known)});\n"
