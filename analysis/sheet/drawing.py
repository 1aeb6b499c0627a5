"""Draw statements at random and write them to a blind sheet."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from analysis import paths
from analysis.document import Document, digest
from analysis.record import Record, readings

INSTRUCTIONS = "data/readings/given/sheet.md"  # what the first page says
THEMES = ["theme_1", "theme_2", "theme_3"]
ANSWERS = {"act": "act", "action_category": "action_category", **dict.fromkeys(THEMES, "themes")}
WIDTHS = {"unit": 15, "words": 45, "paragraph": 80}  # of the columns that are given
COLUMNS = WIDTHS | dict.fromkeys(ANSWERS, 19)
QUESTIONS = {
    "name": "As it should appear in the data, which are public. It may be made up.",
    "date": "The day on which you coded, as in 2026-11-28.",
    "blind": "Have you coded without seeing our codes or gists, or what others coded? yes or no.",
}
HEAD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def draw(data: Record, count: int, seed: int) -> pd.DataFrame:
    """Return statements drawn at random, spread over the sections as all are.

    Chance is the hash of seed and unit, so that every machine draws the same.

    Returns
    -------
    DataFrame
        `count` rows of statements in the order of the text, and their unit (span).

    Raises
    ------
    ValueError
        If there are not so many statements.
    """
    rows = data.statements.assign(unit=readings.units(data.statements))
    if not 1 <= count <= len(rows):
        raise ValueError(f"Invalid --units {count}. Must be from 1 to {len(rows)}.")
    rows["section"] = rows.paragraph.map(data.paragraphs.set_index("number").section)
    rows["chance"] = [digest(f"{seed} {unit}") for unit in rows.unit]
    order = pd.Index(data.sections.number).get_indexer(rows.section)
    rows = rows.assign(order=order).sort_values(["order", "chance"])
    first = int(digest(str(seed)), 16) % len(rows)
    places = [(first + number * len(rows)) // count for number in range(count)]
    return rows.iloc[places][list(data.statements) + ["unit"]].sort_index()


def differences(data: Record, drawn: pd.DataFrame, copy: Document) -> list[str]:
    """Return a line for each paragraph drawn from that is not as recorded."""
    hashes = data.paragraphs.set_index("number").sha256
    lines = []
    for number in drawn.paragraph.unique():
        if number not in copy.paragraphs:
            lines.append(f"paragraph {number}: missing from the file")
        elif copy.paragraphs[number].sha256 != hashes[number]:
            lines.append(f"paragraph {number}: other words than those recorded")
    return lines


def write(data: Record, drawn: pd.DataFrame, copy: Document, seed: int, path: Path) -> None:
    """Write a sheet: what to do, units, questions to the reader, codebook, rules."""
    values = codebook(data)
    rules = data.coding_rules[data.coding_rules.variable.isin(ANSWERS.values())]
    book = Workbook()
    book.properties.title = f"Paragraph 53: {len(drawn)} statements to be coded"
    book.properties.creator, book.properties.language = "The Paragraph 53 project", "en-GB"
    _start(book.active)
    units = _page(book, "units", COLUMNS, _words(drawn, copy), f"D2:H{len(drawn) + 1}")
    given = _questions(data, drawn, seed)
    you = _page(book, "you", {"question": 15, "answer": 40, "note": 80}, given, "B2:B4")
    widths = dict.fromkeys(values, 40) | {"variable": 17, "value": 17}
    _page(book, "codebook", widths, values.itertuples(index=False))
    widths = {"variable": 17, "number": 10, "rule": 100}
    _page(book, "rules", widths, rules[list(widths)].itertuples(index=False))
    what = data.codes[data.codes.list == "variable"].set_index("value").definition
    for place, variable in enumerate(ANSWERS.values(), len(WIDTHS) + 1):
        lines, column = values.index[values.variable == variable] + 2, get_column_letter(place)
        source = f"codebook!$B${min(lines)}:$B${max(lines)}"
        note = f"{what[variable]} The page codebook tells what each value means."
        _list(units, f"{column}2:{column}{len(drawn) + 1}", source, note)
    _list(you, "B4", '"yes,no"', QUESTIONS["blind"])
    made = BytesIO()
    book.save(made)
    paths.write(path, made.getvalue())


def codebook(data: Record) -> pd.DataFrame:
    """Return every value that a sheet asks for.

    Returns
    -------
    DataFrame
        One row per value: variable, value (a whole number for strength), label, definition,
        include, leave_out, example.

    Raises
    ------
    ValueError
        If the data have no codebook.
    """
    codes = data.codes[data.codes.list.isin(ANSWERS.values())].rename(columns={"list": "variable"})
    themes = data.themes[data.themes.parent != ""].assign(variable="themes")
    rows = pd.concat([codes, themes.rename(columns={"id": "value"})], ignore_index=True)
    if lacking := set(ANSWERS.values()) - set(rows.variable):
        raise ValueError(
            f"No codebook for {', '.join(sorted(lacking))} in codes.csv or themes.csv."
        )
    rows["value"] = [int(value) if value.isdigit() else value for value in rows.value]
    columns = ["variable", "value", "label", "definition", "include", "exclude", "example"]
    return rows[columns].rename(columns={"exclude": "leave_out"})


def _start(page: Worksheet) -> None:
    """Write the instructions, a paragraph to a row."""
    page.title, page.column_dimensions["A"].width, page.protection.sheet = "read me", 100, True
    lines = (paths.ROOT / INSTRUCTIONS).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(filter(None, lines), 1):
        page.cell(number, 1, line.removeprefix("# ")).alignment = WRAPPED
    page["A1"].font = HEAD


def _words(drawn: pd.DataFrame, copy: Document) -> Iterator[tuple[str, str, str]]:
    """Yield the unit, its words and its paragraph."""
    for row in drawn.itertuples():
        text = copy.paragraphs[row.paragraph].text
        yield row.unit, text[row.start : row.end], text


def _questions(data: Record, drawn: pd.DataFrame, seed: int) -> Iterator[tuple[Any, ...]]:
    """Yield question, answer and note; the reader answers the first three."""
    for question, note in QUESTIONS.items():
        yield question, "", note
    yield "codebook", readings.current(data), "The version of the codebook."
    yield "units", len(drawn), "How many statements were drawn."
    again = f"The same data give the same statements with --units {len(drawn)} --seed {seed}."
    yield "seed", seed, again


def _page(
    book: Workbook, name: str, widths: Mapping[str, int], rows: Iterable[Any], to_fill: str = ""
) -> Worksheet:
    """Add a page: a table, its header frozen, all locked but what is to be filled."""
    page = book.create_sheet(name)
    for line, row in enumerate([tuple(widths), *rows], 1):
        for place, value in enumerate(row, 1):
            cell = page.cell(line, place, value)
            cell.data_type = "n" if isinstance(value, int) else "s"  # never a formula
            cell.alignment = WRAPPED
    for place, width in enumerate(widths.values(), 1):
        page.column_dimensions[get_column_letter(place)].width = width
        page.cell(1, place).font = HEAD
    for cells in page[to_fill] if to_fill else ():
        for cell in cells:
            cell.protection, cell.alignment = Protection(locked=False), WRAPPED
    end = f"{get_column_letter(len(widths))}{max(page.max_row, 2)}"
    page.add_table(Table(displayName=name, ref=f"A1:{end}"))
    page.freeze_panes, page.protection.sheet = "B2", True
    page.protection.formatColumns = page.protection.formatRows = False  # widths may be changed
    return page


def _list(page: Worksheet, cells: str, source: str, prompt: str) -> None:
    """Offer a list of values in cells, with words for those who come to one."""
    rule = DataValidation("list", formula1=source, allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.prompt, rule.error = prompt, "Must be a value of the list."
    page.add_data_validation(rule)
    rule.add(cells)
