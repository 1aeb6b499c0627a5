"""The folder ``data`` of the built book: the package, also in other forms."""

from functools import cache

from analysis import cite, exchange, record
from analysis.archive.database import database
from analysis.archive.judged import judged
from analysis.archive.packing import files, sums, zipped
from analysis.archive.workbook import workbook

NAME = "paragraph-53"
ARCHIVE, WORKBOOK, DATABASE = f"{NAME}.zip", f"{NAME}.xlsx", f"{NAME}.sqlite"
SUMS = "SHA256SUMS"


@cache
def site() -> dict[str, bytes]:
    """Return the files of the folder by their path in it.

    Each has the same bytes in every run. The checksums, in the archive and beside it, are of the
    files of the package.
    """
    package = files()
    package[SUMS] = sums(package)
    edition = cite.read()["edition"]
    data, schema, about = record.load(), record.schema(), exchange.about()
    return package | {
        ARCHIVE: zipped(package, f"{NAME}-{edition.version}", edition.day),
        WORKBOOK: workbook(data, schema),
        DATABASE: database(data, schema),
        **judged(data, schema),
        **{exchange.FILES[kind]: exchange.content(kind, data, about) for kind in exchange.PUBLIC},
    }
