"""Sheets of the small dialogue: drawn, filled in and read."""

import hashlib
import shutil
from datetime import date, datetime
from pathlib import Path

import invented
import openpyxl

from analysis import document, paths, record, sheet
from analysis.check.settling import recorded
from analysis.record import readings

SUMMARY = Path(__file__).parent / "data" / "mini" / "summary.md"
COPY = document.read(SUMMARY)
DAY = date(2031, 4, 1)


def dialogue(parent):
    """Make the small data with the codebook of the book, since the dialogue has none of its own."""
    folder = invented.dialogue(parent)
    for name in ("codes.csv", "coding_rules.csv", "codebook_versions.csv"):
        shutil.copy(paths.DATA / name, folder / name)
    return folder


def written(data, path, count=9, seed=1):
    drawn = sheet.draw(data, count, seed)
    assert sheet.differences(data, drawn, COPY) == []
    sheet.write(data, drawn, COPY, seed, path)
    return path


def fill(path, data, changes=None, name="other.xlsx"):
    """Fill in a sheet with the codes of the record, and then with other values."""
    held, ids = (
        recorded(data),
        dict(zip(readings.units(data.statements), data.statements.id, strict=True)),
    )
    book = openpyxl.load_workbook(path)
    for row in book["units"].iter_rows(min_row=2):
        unit = ids[row[0].value]
        row[3].value = held[unit, "act"]
        if held[unit, "action_category"]:
            row[4].value = int(held[unit, "action_category"])
        for cell, theme in zip(row[5:], held[unit, "themes"].split(), strict=False):
            cell.value = theme
    for cell, value in (("B2", "Ann Weir"), ("B3", datetime(2026, 3, 9)), ("B4", "yes")):
        book["you"][cell] = value
    for (page, cell), value in (changes or {}).items():
        book[page][cell] = value
    filled = path.with_name(name)
    book.save(filled)
    return filled


def problems(path, data, **more):
    return [str(each) for each in sheet.read(path, data, DAY, **more).problems]


def joined(path, folder, **more):
    return sheet.join(
        folder, sheet.read(path, record.load(folder), DAY), today=date(2031, 4, 2), **more
    )


def texts(path):
    """Return every text of every page."""
    book = openpyxl.load_workbook(path)
    return [
        str(cell)
        for page in book
        for row in page.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


def state(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
