"""Cite the book: CITATION.cff as text, BibTeX, RIS and CSL-JSON."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from analysis import paths, record

NEEDED = ("title", "authors", "version", "type")
NAMES = ("family-names", "given-names", "name-particle", "name-suffix", "alias")
DAY = "%-d %B %Y"
Fields = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What version this is, with the day of its release or, before that, of its data."""

    version: str
    day: date
    released: bool
    changed: bool = False  # since that day

    def __str__(self) -> str:
        """Return the edition in words.

        >>> print(Edition("0.2.0.dev", date(2026, 11, 5), released=False))
        version 0.2.0.dev, unreleased, data of 5 November 2026
        """
        return f"version {self.version}, {self.state or f'released on {self.day:{DAY}}'}"

    @property
    def state(self) -> str:
        """Return the state of an edition that is not released, or blank."""
        since = "changed after" if self.changed else "of"
        return "" if self.released else f"unreleased, data {since} {self.day:{DAY}}"


def read(path: str | Path | None = None, folder: str | Path | None = None) -> Fields:
    """Read a citation file and, before a release, the day of the data.

    Parameters
    ----------
    path : str or Path, optional
        The citation file. Default: the project's own.
    folder : str or Path, optional
        The data folder. Default: the one shipped with the book.

    Returns
    -------
    dict
        The fields of the file and, under ``edition``, an `Edition`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a citation file with title, authors, version and type, if an author has no
        name, or if the day of release is not a day.
    """
    path = Path(path or paths.ROOT / "CITATION.cff")
    fields = _parsed(path)
    authors, version = fields["authors"], str(fields["version"])
    if not isinstance(authors, list) or not all(isinstance(a, dict) and _name(a) for a in authors):
        raise ValueError(f"Invalid authors in '{path}'. Must be a list, each with a name.")
    released = "date-released" in fields
    day, changed = (_day(fields, path), False) if released else record.dated.day(folder)
    return fields | {"edition": Edition(version, day, released, changed)}


def text(fields: Fields) -> str:
    """Return the citation as a sentence.

    >>> edition = Edition("1", date(2026, 1, 2), released=True)
    >>> fields = {"title": "A title", "authors": [{"name": "Us"}], "type": "dataset"}
    >>> text(fields | {"edition": edition})
    'Us (2026). A title. Version 1. Data set.'
    """
    edition = fields["edition"]
    version = ", ".join(filter(None, (f"Version {edition.version}", edition.state)))
    authors = "; ".join(map(_inverted, fields["authors"]))
    where = f" {fields['url']}" if fields.get("url") else ""
    return f"{authors} ({edition.day.year}). {fields['title']}. {version}. {_kind(fields)}.{where}"


def bibtex(fields: Fields) -> str:
    """Return the citation as a BibTeX entry (``@misc``, which every style knows).

    Braces keep a group's name whole.
    """
    edition = fields["edition"]
    entry = {
        "title": f"{{{fields['title']}}}",
        "author": " and ".join(map(_braced, fields["authors"])),
        "year": edition.day.year,
        "month": edition.day.month,
        "version": edition.version,
        "note": ", ".join(filter(None, (_kind(fields), edition.state))),
        "url": fields.get("url"),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in entry.items() if value]
    return "@misc{paragraph53,\n" + ",\n".join(lines) + "\n}\n"


def ris(fields: Fields) -> str:
    """Return the citation as a RIS record; lines end as that format wants them."""
    edition = fields["edition"]
    lines = [
        ("TY", "DATA" if fields["type"] == "dataset" else "COMP"),
        *(("AU", _inverted(author)) for author in fields["authors"]),
        ("TI", fields["title"]),
        ("PY", edition.day.year),
        ("DA", f"{edition.day:%Y/%m/%d}"),
        ("ET", edition.version),
        ("N1", edition.state),
        *(("KW", word) for word in fields.get("keywords") or []),
        ("UR", fields.get("url")),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl(fields: Fields) -> str:
    """Return the citation as CSL-JSON: a list with one item."""
    edition = fields["edition"]
    item = {
        "id": "paragraph53",
        "type": "dataset" if fields["type"] == "dataset" else "software",
        "title": fields["title"],
        "author": list(map(_name, fields["authors"])),
        "issued": {"date-parts": [[edition.day.year, edition.day.month, edition.day.day]]},
        "version": edition.version,
        "note": edition.state,
        "URL": fields.get("url"),
    }
    given = {name: value for name, value in item.items() if value}
    return json.dumps([given], ensure_ascii=False, indent=2) + "\n"


def page(fields: Fields) -> str:
    """Return the page on citing in MyST: a sentence, and formats to copy."""
    blocks = (
        f"**{name}**\n\n```text\n{write(fields).replace(chr(13), '').strip()}\n```"
        for name, write in {"BibTeX": bibtex, "RIS": ris, "CSL-JSON": csl}.items()
    )
    return "\n\n".join((text(fields), *blocks))


STYLES = {"text": text, "bibtex": bibtex, "ris": ris, "csl": csl}


def _parsed(path: Path) -> Fields:
    """Return the fields of a citation file, all that are needed among them."""
    if not path.is_file():
        raise FileNotFoundError(
            f"No file '{path}'. A project that is to be cited has a CITATION.cff."
        )
    try:
        fields: Fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"Invalid citation file '{path}'. Must be YAML: {reason}") from None
    missing = [name for name in NEEDED if not isinstance(fields, dict) or not fields.get(name)]
    if missing:
        raise ValueError(f"Invalid citation file '{path}'. Must have: {', '.join(missing)}.")
    return fields


def _day(fields: Fields, path: Path) -> date:
    day = fields["date-released"]
    try:
        return datetime.strptime(str(day), "%Y-%m-%d").date()
    except ValueError:
        raise ValueError(
            f"Invalid date-released '{day}' in '{path}'. Must be YYYY-MM-DD, or absent."
        ) from None


def _name(author: Fields) -> dict[str, str]:
    """Return the parts of a name as CSL calls them; the family name may be an alias.

    >>> _name({"family-names": "Berg", "given-names": "Ana", "name-particle": "van den"})
    {'family': 'van den Berg', 'given': 'Ana'}
    """
    if author.get("name"):
        return {"literal": str(author["name"])}
    family, given, particle, suffix, alias = (str(author.get(name) or "") for name in NAMES)
    family = " ".join(filter(None, (particle, family if family + given else alias)))
    parts = {"family": family, "given": given, "suffix": suffix}
    return {part: words for part, words in parts.items() if words}


def _inverted(author: Fields) -> str:
    """Return the name of a group, or of a person with the family name first."""
    return ", ".join(_name(author).values())


def _braced(author: Fields) -> str:
    name = _name(author)
    parts = [name[part] for part in ("family", "suffix", "given") if part in name]
    return ", ".join(parts) or f"{{{name['literal']}}}"


def _kind(fields: Fields) -> str:
    return "Data set" if fields["type"] == "dataset" else "Software"
