"""The record beside the words of your own copy, for nobody but you.

Every paragraph of the copy stands beside what is coded in it, and every span is confirmed by its
hash or marked as different. The page holds the document and must not be published.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from analysis import paths, verify
from analysis.document import Document
from analysis.page import marks
from analysis.record import Record
from analysis.tables.agreement import agreement
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements
from analysis.verify.results import CHANGED, EXTRA, MISSING, Comparison
from analysis.verify.spans import ELSEWHERE, FITS, SpanResult

BESIDE_PAGE = "record.html"
WARNING = (
    "This page holds the words of the document. It is for you alone and must not be published."
)
CONFIRMED, DIFFERS = "confirmed", "differs"
STATES = {FITS: CONFIRMED, ELSEWHERE: CONFIRMED}  # of a span; any other differs
WHOLE_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The record beside the document</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex"><meta name="viewport" content="width=device-width">
<style>
body {{ font: 1rem/1.5 serif; max-width: 75rem; margin: auto; padding: 1rem }}
section {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 2rem }}
h2, header {{ grid-column: 1 / -1 }}
blockquote {{ margin: 0; padding-left: .6rem; border-left: 3px solid }}
.confirmed {{ border-color: #1a7f37 }} .differs {{ border-color: #b3261e; background: #fbeae9 }}
</style></head><body><header><h1>The record beside the document</h1>
<p><strong>{warning}</strong></p><p>{summary}</p>{agreement}</header>{body}</body></html>
"""


def write(data: Record, copy: Document, folder: Path) -> dict[str, int]:
    """Write the page, and return how many spans are confirmed and how many differ.

    Parameters
    ----------
    data : Record
        The loaded tables.
    copy : Document
        A copy of the summary, as `analysis.document.read` returns it.
    folder : Path
        A folder that is new or empty.

    Raises
    ------
    ValueError
        If the folder has files in it.
    """
    paths.new_folder(folder)
    report = verify.verify(copy, data)
    coded = _coded(data)
    counts = dict.fromkeys((CONFIRMED, DIFFERS), 0)
    known = {row.id: row for row in verify.reference(data).spans}
    parts = []
    for compared in report.paragraphs:
        found = {result.span.id: result for result in compared.spans}
        results = {
            id: found.get(id) or SpanResult(span)
            for id, span in known.items()
            if span.paragraph == compared.number
        }
        for result in results.values():
            counts[_state(result)] += 1
        parts.append(_paragraph(compared, results, coded, copy))
    page = WHOLE_PAGE.format(
        warning=WARNING,
        summary=escape("; ".join([report.summary, *report.warnings])),
        agreement=_agreement(data),
        body="".join(parts),
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BESIDE_PAGE).write_text(page, encoding="utf-8")
    return counts


def _coded(data: Record) -> dict[str, list[str]]:
    """Return the lines of each coded item: gist, codes, links, remarks."""
    links = marks.uptake(data), marks.relations(data), marks.objections(data)
    remarks = marks.remarks(data)
    lines = {}
    for table, columns in (
        (statements(data), ["speaker", "quantifier", "act", "themes"]),
        (recommendations(data), ["addressee_stated", "first_verb", "themes"]),
        (data.claims, ["quantity", "kind"]),
    ):
        for row in table.itertuples():
            codes = [str(getattr(row, column)) for column in columns]
            gist = row.measures if "measures" in table else row.gist
            found = [line.words for each in links for line in each.get(row.id, [])]
            facts = " · ".join(filter(None, [*codes, *remarks.get(row.id, [])]))
            lines[row.id] = [gist, facts, *found]
    return lines


def _paragraph(
    compared: Comparison,
    results: Mapping[str, SpanResult],
    coded: Mapping[str, list[str]],
    copy: Document,
) -> str:
    """Return a paragraph of the copy beside the items that are coded in it."""
    found = compared.found and copy.paragraphs[compared.found.number]
    state = DIFFERS if compared.status in (CHANGED, MISSING, EXTRA) else CONFIRMED
    number = compared.number or (found.number if found else "")
    words = escape(found.text) if found else "It is missing from this copy."
    items = "".join(_item(id, result, coded[id], copy) for id, result in results.items())
    return (
        f'<section id="p-{number}"><h2>Paragraph {number}: {escape(compared.status)}</h2>'
        f'<div><blockquote class="{state}">{words}</blockquote></div><div>{items}</div></section>'
    )


def _item(id: str, result: SpanResult, lines: list[str], copy: Document) -> str:
    """Return an item: the words of its span, and what is recorded of them."""
    state, place = _state(result), result.place
    words = copy.paragraphs[place.paragraph].text[place.start : place.end] if place else ""
    quoted = f'<blockquote class="{state}">{escape(words)}</blockquote>' if words else ""
    listed = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f'<article id="{id}"><h3>{id}: {state}</h3>{quoted}{listed}</article>'


def _state(result: SpanResult) -> str:
    return STATES.get(result.status, DIFFERS)


def _agreement(data: Record) -> str:
    """Return how far readers agree under the codebook in use, folded."""
    table = agreement(data)
    table = table[table.codebook == table.codebook.max()]
    shown = table[["coded", "readers", "units", "same", "alpha"]].to_html(
        index=False, border=0, float_format="{:.2f}".format, na_rep=""
    )
    return f"<details><summary>How far readers agree</summary>{shown}</details>"
