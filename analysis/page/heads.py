"""What the head of a page tells reference managers, search engines and previews."""

import json
from collections.abc import Iterable
from html import escape
from mimetypes import guess_type

from analysis import cite

CHAPTER = "chapter"  # beside the report, which is the book, and the data set
LINKED_TYPES = {cite.REPORT: "Report", cite.DATASET: "Dataset", CHAPTER: "Chapter"}


def head(
    fields: cite.Fields,
    kind: str,
    title: str,
    address: str = "",
    files: Iterable[str] = (),
    picture: tuple[str, str] = ("", ""),
) -> str:
    """Return Highwire, Dublin Core, OpenGraph, Signposting and JSON-LD of a page.

    Parameters
    ----------
    fields : dict
        The citation, as `analysis.cite.read` gives it.
    kind : str
        ``report``, ``dataset`` or ``chapter``.
    title : str
        The title of the page.
    address : str
        Where the page is published; blank if it is not.
    files : iterable of str
        Links to files that hold the whole of the data.
    picture : tuple of str
        The address of a picture for previews, and what it shows; blank if there is none.

    Returns
    -------
    str
        Tags, one after another. A date of publication is among them only after a release.
    """
    files = list(files)
    work = fields["title"] if kind != CHAPTER else f"{title} ({fields['title']})"
    tags = [
        *_highwire(fields, kind, work),
        *_opengraph(fields, kind, title, address, picture),
        *_signposting(fields, kind, files),
    ]
    linked = _linked(fields, kind, title, address, files)
    script = json.dumps(linked, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{"".join(tags)}<script type="application/ld+json">{script}</script>'


def _highwire(fields: cite.Fields, kind: str, title: str) -> list[str]:
    """Return what reference managers read, some of it Dublin Core."""
    edition, publisher = fields["edition"], cite.publisher(fields)
    named = [
        ("citation_title", title),
        *(("citation_author", cite.closed(author)) for author in fields["authors"]),
        ("citation_publication_date", edition.iso.replace("-", "/") if edition.released else ""),
        *_by_kind(kind, publisher, str(edition.version)),
        ("citation_language", "en"),
        ("citation_doi", fields.get("doi")),
        ("dcterms.rights", cite.licence(fields["license"])),
        ("dcterms.modified", "" if edition.released else edition.iso),
        ("z:itemType", "report" if kind == CHAPTER else kind),
    ]
    return [_tag("meta", name=name, content=words) for name, words in named if words]


def _by_kind(kind: str, publisher: str, version: str) -> list[tuple[str, str]]:
    """Return publisher and version; those of a report would make a report of data."""
    if kind == cite.DATASET:
        return [("citation_publisher", publisher), ("bibo:edition", version)]
    return [
        ("citation_technical_report_institution", publisher),
        ("citation_technical_report_number", f"Version {version}"),
    ]


def _opengraph(
    fields: cite.Fields, kind: str, title: str, address: str, picture: tuple[str, str]
) -> list[str]:
    """Return what previews show beside the description of the page."""
    named = {
        "og:title": fields["title"] if kind == cite.REPORT else title,
        "og:type": "website",  # an article is that of a newspaper or a journal
        "og:url": address,
        "og:image": picture[0],
        "og:image:alt": picture[1],
    }
    return [_tag("meta", property=name, content=words) for name, words in named.items() if words]


def _signposting(fields: cite.Fields, kind: str, files: list[str]) -> list[str]:
    """Return the links that a machine follows from a page to what belongs to it."""
    links = [
        ("license", cite.licence(fields["license"])),
        ("type", f"https://schema.org/{LINKED_TYPES[kind]}"),
        ("cite-as", cite.where(fields) if fields.get("doi") else ""),
        *(("author", str(author.get("orcid") or "")) for author in fields["authors"]),
    ]
    tags = [_tag("link", rel=rel, href=address) for rel, address in links if address]
    for file in files:
        rel = "describedby" if file.endswith(".json") else "item"
        tags.append(_tag("link", rel=rel, href=file, type=_type(file)))
    return tags


def _linked(
    fields: cite.Fields, kind: str, title: str, address: str, files: list[str]
) -> cite.Fields:
    """Return the page in the words of schema.org; a chapter is part of the report."""
    if kind == CHAPTER:
        book = cite.linked(fields)
        shared = ("author", "version", "datePublished", "license", "inLanguage")
        whole = {name: book[name] for name in ("@type", "name", "url") if name in book}
        record = {"@context": book["@context"], "@type": LINKED_TYPES[kind], "name": title}
        record |= {name: book[name] for name in shared if name in book} | {"isPartOf": whole}
    else:
        record = cite.linked(fields, kind)
    if address:
        record["url"] = address
    if files:
        record["distribution"] = [
            {"@type": "DataDownload", "contentUrl": file, "encodingFormat": _type(file)}
            for file in files
        ]
    return record


def _type(file: str) -> str:
    return guess_type(file)[0] or "application/octet-stream"


def _tag(element: str, **attributes: str) -> str:
    """Return an element without content.

    >>> _tag("meta", name="a", content="b & c")
    '<meta name="a" content="b &amp; c">'
    """
    words = "".join(f' {name}="{escape(words)}"' for name, words in attributes.items())
    return f"<{element}{words}>"
