"""What is given away: folder, archive, workbook, database, judged pairs, crate."""

from analysis.archive.crate import CRATE, crate
from analysis.archive.folder import ARCHIVE, DATABASE, SUMS, WORKBOOK, site
from analysis.archive.judged import HOME as JUDGED
from analysis.archive.judged import MADE as JUDGED_FILES
from analysis.archive.packing import files, sums, zipped

__all__ = [
    "ARCHIVE",
    "CRATE",
    "DATABASE",
    "JUDGED",
    "JUDGED_FILES",
    "SUMS",
    "WORKBOOK",
    "crate",
    "files",
    "site",
    "sums",
    "zipped",
]
