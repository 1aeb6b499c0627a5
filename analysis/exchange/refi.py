"""REFI-QDA 1.5: a codebook, and a project with the text of a reader's own copy.

Schemas and specification: qdasoftware.org. A position is a code point of the text, end exclusive,
as QualCoder reads it.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from analysis.document import Document
from analysis.exchange.about import About
from analysis.exchange.coded import Code, Unit, codebook, guid, units
from analysis.record import Record

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
USER, SOURCE = guid("user"), guid("source")
UNIX = 3  # what an archive calls the system it was made on
RIGHTS = (
    "The coding is under CC BY 4.0. The words of the document are those of a reader's own copy,"
    " whose hashes were confirmed; they are not the project's to license."
)


def as_codebook(data: Record, about: About) -> bytes:
    """Return the codebook as a ``.qdc`` file.

    Parameters
    ----------
    data : Record
        The loaded tables.
    about : About
        What their package says of itself.
    """
    root = _root("CodeBook", CODEBOOK, origin=_origin(about))
    _add_codes(root, data)
    return _xml(root, CODEBOOK)


def as_project(data: Record, about: About, copy: Document) -> bytes:
    """Return the coding of a copy as a ``.qdpx`` file.

    Parameters
    ----------
    data, about : Record and About
        As for `as_codebook`.
    copy : Document
        A copy that `analysis.verify.verify` finds clean.

    Raises
    ------
    ValueError
        If the words of a unit are not those recorded.
    """
    made = {"creationDateTime": about.created}
    root = _root("Project", PROJECT, name=about.title)
    _set(root, origin=_origin(about), creatingUserGUID=USER, **made)
    users = etree.SubElement(root, "Users")
    etree.SubElement(users, "User", guid=USER, name=about.creators)
    _add_codes(etree.SubElement(root, "CodeBook"), data)
    text, starts = plain_text(data, copy)
    title = ", ".join(data.meetings[data.meetings.coded].title)
    source = etree.SubElement(etree.SubElement(root, "Sources"), "TextSource")
    _set(source, guid=SOURCE, name=title, plainTextPath=f"internal://{SOURCE}.txt")
    _set(source, creatingUser=USER, **made)
    for unit in units(data):
        start = starts[unit.span.paragraph]
        if not unit.span.fits(text[start:]):
            raise ValueError(f"Invalid copy. Must have the recorded words of {unit.name}.")
        _add_selection(source, unit, start, made)
    _add_links(root, data)
    _add_text(root, "Description", f"{about.description} {RIGHTS}")
    return _archive({"project.qde": _xml(root, PROJECT), f"sources/{SOURCE}.txt": text.encode()})


def plain_text(data: Record, copy: Document) -> tuple[str, dict[int, int]]:
    """Return the text of a copy, and where each paragraph begins in it.

    Sections have the headings of the record, so that every copy with the recorded words gives
    the same text, whatever its format.

    Returns
    -------
    str
        Headings and numbered paragraphs in the normalized text, with a blank line between.
    dict of int to int
        Number of a paragraph -> code point at which its words begin, after its number.
    """
    headings = dict(zip(data.sections.number, data.sections.label, strict=True))
    blocks, starts, length, above = list[str](), dict[int, int](), 0, ""
    for row in data.paragraphs.astype(object).itertuples():
        if row.section != above:
            above = row.section
            blocks.append(f"{above}. {headings[above]}\n\n")
            length += len(blocks[-1])
        lead = f"{row.number}. "
        starts[row.number] = length + len(lead)
        blocks.append(f"{lead}{copy.paragraphs[row.number].text}\n\n")
        length += len(blocks[-1])
    return "".join(blocks), starts


def _add_codes(parent: Any, data: Record) -> None:
    """Add the variables, with which nothing is coded, and their values below them."""
    codes = etree.SubElement(parent, "Codes")
    for variable, values in codebook(data).items():
        group = etree.SubElement(codes, "Code", guid=guid("list", variable), name=values[0].group)
        group.set("isCodable", "false")
        _add_values(group, values, "")


def _add_values(parent: Any, values: Sequence[Code], above: str) -> None:
    for code in (code for code in values if code.parent == above):
        added = etree.SubElement(parent, "Code", guid=code.guid, name=code.name)
        added.set("isCodable", "true")
        if code.description:
            _add_text(added, "Description", code.description)
        _add_values(added, values, code.value)


def _add_selection(source: Any, unit: Unit, start: int, made: dict[str, str]) -> None:
    span = unit.span
    added = etree.SubElement(source, "PlainTextSelection", guid=unit.guid, name=unit.name)
    added.set("startPosition", str(start + span.start))
    added.set("endPosition", str(start + span.end))
    _set(added, creatingUser=USER, **made)
    _add_text(added, "Description", f"{unit.words}\nSHA-256 {span.sha256}")
    for code in unit.codes:
        coding = etree.SubElement(added, "Coding", guid=guid("coding", span.id, code.guid))
        _set(coding, creatingUser=USER, **made)
        etree.SubElement(coding, "CodeRef", targetGUID=code.guid)


def _add_links(root: Any, data: Record) -> None:
    """Add uptake and the other links, from a statement to what it is linked to."""
    labels = data.codes.set_index(["list", "value"]).label.to_dict()
    uptake = data.uptake.rename(columns={"recommendation": "other", "level": "kind"})
    rows = [
        (row.statement, row.other, f"{what}: {labels.get((codes, row.kind), row.kind)}")
        for what, codes, table in (
            ("Uptake", "level", uptake),
            ("Link", "relation_kind", data.relations),
        )
        for row in table.itertuples()
    ]
    if rows:
        links = etree.SubElement(root, "Links")
    for unit, other, name in rows:
        link = etree.SubElement(links, "Link", guid=guid("link", unit, other, name), name=name)
        ends = {"originGUID": guid("unit", unit), "targetGUID": guid("unit", other)}
        _set(link, direction="OneWay", **ends)


def _add_text(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _root(tag: str, namespace: str, **attributes: str) -> Any:
    spaces: dict[Any, str] = {None: namespace}
    return etree.Element(tag, attributes, nsmap=spaces)


def _set(element: Any, **attributes: str) -> None:
    element.attrib.update(attributes)


def _origin(about: About) -> str:
    return f"{about.name} {about.version}"


def _xml(root: Any, namespace: str) -> bytes:
    """Return an element as a file, all its elements in one namespace."""
    for element in root.iter():
        element.tag = f"{{{namespace}}}{element.tag}"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _archive(files: dict[str, bytes]) -> bytes:
    """Return files as an archive, not compressed: zlibs differ in their bytes."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as archive:
        for name, each in files.items():
            entry = ZipInfo(name)  # of 1980, the first year that an archive can hold
            entry.create_system = UNIX
            archive.writestr(entry, each)
    return content.getvalue()
