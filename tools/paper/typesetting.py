"""Set what was read: Typst makes a tagged PDF of it, and pikepdf adds the headers of rows."""

import io
import json
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib
import pikepdf
import typst

from .book import walk

TEMPLATES = Path(__file__).parent
STANDARDS: "tuple[typst.PDFStandard, ...]" = ("ua-1", "a-2a")
# Sizes of letters that are tried, in tenths of a point.
LARGEST, GOOD, SMALLEST, STEP = 110, 90, 66, 2
FONTS = [
    Path(font_source_sans_pro.font_directory),
    Path(matplotlib.get_data_path(), "fonts", "ttf"),
]


class TypesettingError(RuntimeError):
    """A template does not fit what it is to set."""


def typeset(template: str, given: dict[str, Any], day: int) -> bytes:
    """Return the PDF that a template makes.

    Parameters
    ----------
    template : str
        The name of the template, without ``.typ``.
    given : dict
        What it sets, all of which JSON can hold.
    day : int
        The day of the edition, in seconds since 1970: the time that the PDF says it was made.

    Raises
    ------
    TypesettingError
        If Typst refuses, or warns.
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=FONTS,
            ignore_system_fonts=True,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            pdf_standards=list(STANDARDS),
            timestamp=day,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{template}.typ: {error.diagnostic}") from None
    if warnings:
        raise TypesettingError(f"{template}.typ: {warnings[0].diagnostic}")
    return pdf


def fitted(template: str, given: list[dict[str, Any]], day: int) -> bytes:
    """Return one page, in the largest letters that fit on it.

    Parameters
    ----------
    given : list of dict
        What the template may set, the fullest first: it is left when it does not fit in letters of
        a good size. The last may have smaller ones.

    Raises
    ------
    TypesettingError
        If nothing of it fits on one page.
    """
    for content in given:
        least = SMALLEST if content is given[-1] else GOOD
        pdf = _in_largest(template, content, range(LARGEST, least - 1, -STEP), day)
        if pages(pdf) == 1:
            return finished(pdf, rows_of(content))
    raise TypesettingError(f"{template}.typ: '{given[-1]['title']}' does not fit on one page")


def _in_largest(template: str, content: dict[str, Any], sizes: range, day: int) -> bytes:
    """Return a PDF in the first of the sizes in which it is one page, or in the last."""
    made: dict[int, bytes] = {}

    def fits(size: int) -> bool:
        made[size] = typeset(template, content | {"size": size / 10}, day)
        return pages(made[size]) == 1

    place = bisect_left(sizes, True, key=fits)  # what fits in large letters fits in small ones
    return made[sizes[min(place, len(sizes) - 1)]]


def rows_of(tree: Any) -> list[list[list[bool]]]:
    """Return which cells are headers, for each row of each table that is one on paper too."""
    return [
        [[cell["head"] for cell in row] for row in node["head"] + node["body"]]
        for node in walk(tree)
        if node.get("kind") == "table" and node["form"] != "cards"
    ]


def finished(pdf: bytes, tables: list[list[list[bool]]]) -> bytes:
    """Return a PDF whose row headers are told as such, compressed, and the same in every run.

    Parameters
    ----------
    pdf : bytes
        As Typst made it.
    tables : list
        For each table, in their order, its rows; of each row, which cells are headers.

    Raises
    ------
    TypesettingError
        If the PDF has other tables than these.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = list(_elements(document.Root.StructTreeRoot, "/Table"))
        shapes = [[list(_cells(row)) for row in _elements(table, "/TR")] for table in found]
        if [list(map(len, table)) for table in shapes] != [list(map(len, t)) for t in tables]:
            raise TypesettingError(
                f"{len(found)} tables in the PDF are not the {len(tables)} given"
            )
        for table, heads in zip(shapes, tables, strict=True):
            for cells, row in zip(table, heads, strict=True):
                for cell, head in zip(cells, row, strict=True):
                    if head and cell.S == "/TD":
                        cell.S = pikepdf.Name.TH
                        cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        made = io.BytesIO()
        document.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
        )
    return made.getvalue()


def _elements(parent: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name below another, in reading order, none inside another."""
    for child in _children(parent):
        if child.get("/S") == name:
            yield child
        else:
            yield from _elements(child, name)


def _cells(row: Any) -> Iterator[Any]:
    return (child for child in _children(row) if child.get("/S") in ("/TD", "/TH"))


def _children(element: Any) -> Iterator[Any]:
    """Yield the structure elements in another."""
    inner = element.get("/K", [])
    for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
