"""Cite the book: CITATION.cff as text, BibTeX, RIS and CSL-JSON."""

import json
from pathlib import Path

import yaml

from analysis import paths

NEEDED = ("title", "authors", "version", "date-released", "type")


def read(path: str | Path | None = None) -> dict:
    """Read a citation file (default: the project's own).

    Raises
    ------
    FileNotFoundError
        Where there is none.
    ValueError
        Where it is not a citation file with title, authors, version, type and date of release.
    """
    path = Path(path or paths.ROOT / "CITATION.cff")
    if not path.is_file():
        raise FileNotFoundError(
            f"No file '{path}'. A project that is to be cited has a CITATION.cff."
        )
    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"Invalid citation file '{path}'. Must be YAML: {error}") from None
    missing = [name for name in NEEDED if not isinstance(fields, dict) or name not in fields]
    if missing:
        raise ValueError(f"Invalid citation file '{path}'. Must have: {', '.join(missing)}.")
    return fields


def text(fields: dict) -> str:
    """Return the citation as a sentence.

    >>> text({"title": "A title", "authors": [{"name": "Us"}], "version": "1", "date-released": "2026-01-02", "type": "dataset"})
    'Us (2026). A title. Version 1. Data set.'
    """
    kind = "Data set" if fields["type"] == "dataset" else "Software"
    where = f" {fields['url']}" if fields.get("url") else ""
    return f"{_authors(fields)} ({_date(fields)[0]}). {fields['title']}. Version {fields['version']}. {kind}.{where}"


def bibtex(fields: dict) -> str:
    """Return the citation as a BibTeX entry (``@misc``, which every style knows). Braces keep a group's name whole."""
    year, month, _ = _date(fields)
    entry = {
        "title": f"{{{fields['title']}}}",
        "author": " and ".join(f"{{{author['name']}}}" for author in fields["authors"]),
        "year": year,
        "month": str(int(month)),
        "version": fields["version"],
        "note": "Data set" if fields["type"] == "dataset" else "Software",
        "url": fields.get("url"),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in entry.items() if value]
    return "@misc{paragraph53,\n" + ",\n".join(lines) + "\n}\n"


def ris(fields: dict) -> str:
    """Return the citation as a RIS record; lines end as that format wants them."""
    lines = [
        ("TY", "DATA" if fields["type"] == "dataset" else "COMP"),
        *(("AU", author["name"]) for author in fields["authors"]),
        ("TI", fields["title"]),
        ("PY", _date(fields)[0]),
        ("DA", "/".join(_date(fields))),
        ("ET", fields["version"]),
        *(("KW", word) for word in fields.get("keywords", [])),
        *((("UR", fields["url"]),) if fields.get("url") else ()),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def csl(fields: dict) -> str:
    """Return the citation as CSL-JSON: a list with one item."""
    item = {
        "id": "paragraph53",
        "type": "dataset" if fields["type"] == "dataset" else "software",
        "title": fields["title"],
        "author": [{"literal": author["name"]} for author in fields["authors"]],
        "issued": {"date-parts": [[int(part) for part in _date(fields)]]},
        "version": str(fields["version"]),
    }
    if fields.get("url"):
        item["URL"] = fields["url"]
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def page(fields: dict) -> str:
    """Return the page on citing: the sentence, and the other formats as blocks to copy, in MyST."""
    blocks = (("BibTeX", bibtex), ("RIS", ris), ("CSL-JSON", csl))
    parts = [text(fields)]
    for name, write in blocks:
        parts.append(f"**{name}**\n\n```text\n{write(fields).replace(chr(13), '').strip()}\n```")
    return "\n\n".join(parts)


FORMATS = {"text": text, "bibtex": bibtex, "ris": ris, "csl": csl}


def _authors(fields: dict) -> str:
    return "; ".join(author["name"] for author in fields["authors"])


def _date(fields: dict) -> list[str]:
    return str(fields["date-released"]).split("-")
