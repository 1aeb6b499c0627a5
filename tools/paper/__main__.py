"""Make the paper forms of the built book: the report, the briefing, a sheet for each speaker."""

import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from analysis import cite, paths, record
from analysis.page import colours

from . import sheets
from .book import LostLinkError, read_book
from .reading import UnknownElementError
from .typesetting import TypesettingError, finished, fitted, rows_of, typeset

HTML = paths.BUILD / "html"
FOLDER = "paper"  # in the built book


def main() -> int:
    """Make the files of the book in its place."""
    return write(HTML)


def write(html: Path) -> int:
    """Write the files into a built book; return an exit code."""
    try:
        made = make(html)
    except (OSError, LookupError, UnknownElementError, LostLinkError, TypesettingError) as error:
        print(f"The paper forms could not be made. {error}", file=sys.stderr)
        return 1
    folder = html / FOLDER
    folder.mkdir(exist_ok=True)
    for name, pdf in made.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    print(f"PDF files: {len(made)}")
    return 0


def make(html: Path) -> dict[str, bytes]:
    """Return the PDF files of a built book by their names, without ``.pdf``.

    Parameters
    ----------
    html : Path
        The folder of the built book.

    Raises
    ------
    OSError, LookupError, UnknownElementError, LostLinkError, TypesettingError
        As `read_book`, `sheets` and `typeset` tell.
    """
    parts, fields = read_book(html), cite.read()
    day = int(datetime.combine(fields["edition"].day, time(), UTC).timestamp())
    common = frame(fields)
    report = common | {"parts": parts, "linked": True}
    made = {"report": finished(typeset("report", report, day), rows_of(parts))}
    pages = {name: nodes for part in parts for name, nodes in part["pages"].items()}
    if missing := [name for name in sheets.PAGES if name not in pages]:
        print(f"Only the report is made: the others need the page {', '.join(missing)}")
        return made
    data = record.load()
    for name, contents in sheets.single(data, fields, pages).items():
        template = "briefing" if name == "briefing" else "sheet"
        made[name] = fitted(template, [common | content for content in contents], day)
    return made


def frame(fields: cite.Fields) -> dict[str, Any]:
    """Return what every paper form says: title, edition, authors, licence, citation, colours."""
    short, _, subtitle = fields["title"].partition(": ")
    return {
        "title": fields["title"],
        "short": short,
        "subtitle": subtitle[:1].upper() + subtitle[1:],
        "edition": str(fields["edition"]),
        "authors": cite.authors(fields),
        "description": " ".join(str(fields["abstract"]).split()),
        "keywords": fields["keywords"],
        "licence": sheets.licence(fields),
        "colours": {name: light for name, (light, _) in colours.COLOURS.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
