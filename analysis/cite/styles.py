"""Citations of book, data and parts: text, BibTeX, RIS and CSL-JSON."""

import json
from collections.abc import Callable

from analysis.cite.citation_file import Fields
from analysis.cite.names import Author, authors, closed, inverted, named, publisher

REPORT, DATASET = "report", "dataset"
NAMED = {REPORT: "Report", DATASET: "Data set"}
KEYS = {REPORT: "paragraph53", DATASET: "paragraph53-data"}
DATA_PAGE = "book/data.html"  # on the site of the book
ESCAPES = {char: rf"\{char}" for char in "{}$&%#_"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def where(fields: Fields, kind: str = REPORT) -> str:
    """Return the address of the book or of its data: that of its DOI if there is one."""
    if fields.get("doi") and not fields.get("part_of"):
        return f"https://doi.org/{fields['doi']}"
    return place(fields, kind)


def place(fields: Fields, kind: str = REPORT) -> str:
    """Return the address on the site, or blank if there is no site."""
    url = str(fields.get("url") or "")
    return f"{url.rstrip('/')}/{DATA_PAGE}" if url and kind == DATASET else url


def part(fields: Fields, title: str, name: str, address: str, proof: str) -> Fields:
    """Return the fields of a part of the book, which is cited by itself.

    Parameters
    ----------
    fields : dict
        Those of the book, as `analysis.cite.read` gives them.
    title, name : str
        What it is called, and the name that no other part has: its anchor.
    address : str
        Where it is on the site; said only if there is a site.
    proof : str
        Name, version and hash; styles print it with the number of a report.
    """
    url = f"{fields['url'].rstrip('/')}/{address}" if fields.get("url") else ""
    own = {"title": title, "part_of": fields["title"], "name": name, "proof": proof, "url": url}
    return fields | own | {"keywords": []}


def text(fields: Fields, kind: str = REPORT) -> str:
    """Return the citation as a sentence.

    >>> from datetime import date
    >>> from analysis import cite
    >>> edition = cite.Edition("1", date(2026, 1, 2), released=True)
    >>> text({"title": "A title", "authors": [{"name": "Us"}], "edition": edition})
    'Us (2026). A title. Version 1. Report.'
    """
    edition = fields["edition"]
    version = ", ".join(filter(None, (f"Version {edition.version}", edition.state)))
    names = "; ".join(authors(fields))
    title = ". In ".join(filter(None, (fields["title"], fields.get("part_of"))))
    sentence = f"{names} ({edition.day.year}). {title}. {version}. {NAMED[kind]}."
    proof = f"[{fields['proof']}]" if fields.get("proof") else ""
    return " ".join(filter(None, (sentence, where(fields, kind), proof)))


def bibtex(fields: Fields, kind: str = REPORT) -> str:
    """Return the citation as a BibTeX entry, of a kind that every reader imports.

    Braces keep a group's name whole.
    """
    edition = fields["edition"]
    report = kind == REPORT
    month = edition.day.month if edition.known > 1 else ""
    words = {
        "title": f"{{{_escaped(fields['title'])}}}",
        "booktitle": f"{{{_escaped(fields.get('part_of', ''))}}}",
        "author": " and ".join(map(_braced, fields["authors"])),
        "institution" if report else "publisher": f"{{{_escaped(publisher(fields))}}}",
        "type": NAMED[kind] if report else "",
        "number" if report else "version": _escaped(_number(fields, kind)),
        "year": str(edition.day.year),
        "month": str(month),
        "note": ", ".join(filter(None, ("" if report else NAMED[kind], edition.state))),
        "doi": fields.get("doi", ""),
        "url": where(fields, kind),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in words.items() if value not in ("", "{}")]
    return (
        f"@{'techreport' if report else 'misc'}{{{_key(fields, kind)},\n"
        + ",\n".join(lines)
        + "\n}\n"
    )


def ris(fields: Fields, kind: str = REPORT) -> str:
    """Return the citation as a RIS record; lines end as that format wants them."""
    edition = fields["edition"]
    report = kind == REPORT
    lines = [
        ("TY", "RPRT" if report else "DATA"),
        *(("AU", closed(author)) for author in fields["authors"]),
        ("TI", fields["title"]),
        ("T2", fields.get("part_of")),
        ("PY", edition.day.year),
        ("DA", edition.iso.replace("-", "/") + "/" * (3 - edition.known)),
        ("PB", publisher(fields)),
        ("SN", _number(fields, kind) if report else ""),
        ("ET", edition.version),
        ("N1", edition.state),
        *(("KW", word) for word in fields.get("keywords") or []),
        ("LA", "en"),
        ("DO", fields.get("doi")),
        ("UR", where(fields, kind)),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl(fields: Fields, kind: str = REPORT) -> dict[str, object]:
    """Return the citation as an item of CSL-JSON."""
    edition = fields["edition"]
    item = {
        "id": _key(fields, kind),
        "type": kind,
        "title": fields["title"],
        "container-title": fields.get("part_of"),
        "author": list(map(named, fields["authors"])),
        "issued": {"date-parts": [[int(part) for part in edition.iso.split("-")]]},
        "publisher": publisher(fields),
        "number" if kind == REPORT else "version": _number(fields, kind),
        "note": edition.state,
        "language": "en",
        "DOI": fields.get("doi"),
        "URL": where(fields, kind),
    }
    return {name: value for name, value in item.items() if value}


def texts(fields: Fields) -> str:
    """Return both citations as sentences, one a line."""
    return "".join(f"{text(fields, kind)}\n" for kind in NAMED)


def bibtex_file(fields: Fields) -> str:
    """Return both citations as BibTeX."""
    return "\n".join(bibtex(fields, kind) for kind in NAMED)


def ris_file(fields: Fields) -> str:
    """Return both citations as RIS."""
    return "".join(ris(fields, kind) for kind in NAMED)


def csl_file(fields: Fields) -> str:
    """Return both citations as CSL-JSON: a list with two items."""
    return as_json([csl(fields, kind) for kind in NAMED])


def as_json(given: object) -> str:
    """Return JSON as it is written to a file."""
    return json.dumps(given, ensure_ascii=False, indent=2) + "\n"


COPIED: dict[str, Callable[[Fields], str]] = {
    "BibTeX": bibtex_file,
    "RIS": ris_file,
    "CSL-JSON": csl_file,
}


def page(fields: Fields) -> str:
    """Return the page on citing in MyST: two sentences, and formats to copy."""
    sentences = f"The book: {text(fields)}\n\nThe data: {text(fields, DATASET)}"
    blocks = (
        f"**{name}**\n\n```text\n{write(fields).replace(chr(13), '').strip()}\n```"
        for name, write in COPIED.items()
    )
    return "\n\n".join((sentences, *blocks))


def _key(fields: Fields, kind: str) -> str:
    return "-".join(filter(None, (KEYS[kind], fields.get("name"))))


def _number(fields: Fields, kind: str) -> str:
    """Return the version, as the number of a report with the word.

    Styles print that number bare. What proves a part comes after it.
    """
    version = str(fields["edition"].version)
    proof = f" [{fields['proof']}]" if fields.get("proof") else ""
    return f"Version {version}{proof}" if kind == REPORT else version


def _escaped(words: str) -> str:
    r"""Return words with what TeX reads as a command escaped.

    >>> _escaped("100% of {A_1} & B")
    '100\\% of \\{A\\_1\\} \\& B'
    """
    return "".join(ESCAPES.get(sign, sign) for sign in words)


def _braced(author: Author) -> str:
    name = named(author)
    parts = [_escaped(name[part]) for part in ("family", "suffix", "given") if part in name]
    return ", ".join(parts) or f"{{{_escaped(inverted(author))}}}"
