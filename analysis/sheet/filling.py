"""Read a filled sheet: answers and the places of the words, never the words."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from analysis.document import limits
from analysis.record import Problem, Record, readings
from analysis.sheet.drawing import ANSWERS, COLUMNS, QUESTIONS, THEMES, codebook

LARGEST_SHEET = 4 * limits.MEGABYTE
MOST_UNPACKED = 32 * limits.MEGABYTE
MOST_LINES = 1_000  # of a page; those below are not read
LONGEST_NAME = 100  # characters
MAY_BE_BLANK = ("action_category", *THEMES[1:])
COMPUTED = " formula"  # stands for one; other texts begin with no blank


@dataclass
class Filled:
    """What a reader filled in.

    Attributes
    ----------
    answers : dict of str to str
        Question to answer, from the page ``you``.
    codes : list of tuple of str
        Unit, variable and value, in the order of the sheet.
    problems : list of Problem
        Every cell that cannot be used, by page, line and column. Without one, all is complete.
    """

    answers: dict[str, str] = field(default_factory=dict)
    codes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path, data: Record, today: date, label: str = "") -> Filled:
    """Read a filled sheet.

    Parameters
    ----------
    path : Path
        A sheet that `analysis.sheet.write` wrote and a reader filled in.
    data : Record
        The record with the statements and the codebook of the sheet.
    today : date
        The last day on which it can have been filled in.
    label : str
        What the reader is called, if not by the name in the sheet.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no file, or if it is no such sheet or is beyond the limits.
    """
    if not path.is_file():
        raise FileNotFoundError(f"No file '{path}'. Give the path of a filled sheet.")
    filled = Filled()
    try:
        limits.check(path.stat().st_size, LARGEST_SHEET, "MiB", unit=limits.MEGABYTE)
        content = path.read_bytes()
        limits.archive(content, MOST_UNPACKED)
        with limits.library("a spreadsheet"):
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            you = _Page(book, "you", ("question", "answer"), filled.problems)
            units = _Page(book, "units", tuple(COLUMNS), filled.problems)
    except limits.Unreadable as error:
        raise ValueError(f"Invalid sheet '{path}': {error}.") from None
    filled.answers = _answers(you, data, today, label)
    filled.codes = _codes(units, data, filled.answers.get("units", ""))
    return filled


class _Page:
    """A page of a sheet: its texts by line and column, and what is wrong there."""

    def __init__(self, book: Any, name: str, columns: tuple[str, ...], problems: list[Problem]):
        self.name, self.problems, self.lines = name, problems, dict[int, dict[str, str]]()
        if name not in book.sheetnames:
            raise limits.Unreadable(f"it has no page '{name}'; give a sheet of this project")
        rows = book[name].iter_rows(max_row=MOST_LINES, max_col=len(columns))
        for number, row in enumerate(rows, 1):
            line = dict(zip(columns, map(_text, row), strict=False))
            if number > 1 and any(line.values()):
                self.lines[number] = line
            elif number == 1 and tuple(line.values()) != columns:
                must = f"must begin with the columns {', '.join(columns)}"
                raise limits.Unreadable(f"its page '{name}' {must}")

    def problem(self, line: int, column: str, rule: str, must: str = "") -> None:
        found = self.lines.get(line, {}).get(column, "")
        self.problems.append(Problem(self.name, line, column, rule, found, must))

    def take(self, line: int, column: str, known: Collection[str] = (), blank: bool = False) -> str:
        """Return the text of a cell; a formula, a blank or an unknown value is a problem."""
        text, must = self.lines[line].get(column, ""), ", ".join(known)
        must = "a unit as it was drawn" if column == "unit" else f"one of {must}" if must else ""
        if text == COMPUTED:
            self.problem(line, column, "formula in place of a value", must)
        elif not text and not blank:
            self.problem(line, column, "blank cell", must)
        elif text and known and text not in known:
            self.problem(line, column, "unknown value", must)
        return text


def _text(cell: Any) -> str:
    """Return a cell as text: NFC, without stray blanks; a day as ISO text, 5.0 as 5."""
    value = cell.value
    if cell.data_type == "f":
        return COMPUTED
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else " ".join(str(value).split())
    return unicodedata.normalize("NFC", text)


def _answers(you: _Page, data: Record, today: date, label: str) -> dict[str, str]:
    places = {row["question"]: line for line, row in you.lines.items()}
    answers = {}
    for question in (*QUESTIONS, "codebook", "units", "seed"):
        if question not in places:
            you.problem(1, "question", f"no row for {question}")
            continue
        optional = question == "name" and bool(label)
        answers[question] = you.take(places[question], "answer", blank=optional)
    for question, fits, must in (
        ("name", lambda name: len(name) <= LONGEST_NAME, f"at most {LONGEST_NAME} characters"),
        ("date", lambda day: _is_day(day, today), f"a day as in {today}, and not after it"),
        ("blind", "yes".__eq__, "yes: a reader who has seen codes is not blind"),
        ("codebook", readings.current(data).__eq__, "the one in use: draw a new sheet"),
    ):
        if answers.get(question, COMPUTED) not in ("", COMPUTED) and not fits(answers[question]):
            you.problem(
                places[question], "answer", f"answer to {question} that cannot be used", must
            )
    return answers


def _is_day(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) <= today
    except ValueError:
        return False


def _codes(units: _Page, data: Record, drawn: str) -> list[tuple[str, str, str]]:
    """Return unit, variable and value of every row."""
    values, spans = codebook(data), set(readings.units(data.statements))
    known = {v: [str(value) for value in rows.value] for v, rows in values.groupby("variable")}
    codes, seen = [], set[str]()
    for line in units.lines:
        unit = units.take(line, "unit", spans)
        if unit in seen:
            units.problem(line, "unit", "unit that was there before", "each once")
        seen.add(unit)
        given = {
            column: units.take(line, column, known[variable], blank=column in MAY_BE_BLANK)
            for column, variable in ANSWERS.items()
        }
        if (given["act"] == "proposal") != bool(given["action_category"]):
            must = "given for a proposal, and blank for all else"
            units.problem(line, "action_category", "strength and speech act do not fit", must)
        themes = [given[column] for column in THEMES if given[column]]
        if len(set(themes)) < len(themes):
            units.problem(line, THEMES[-1], "theme that was given twice", "each once")
        given["themes"] = " ".join(sorted(themes))
        codes += [(unit, name, given[name]) for name in ("act", "action_category", "themes")]
    if str(len(units.lines)) != drawn:
        units.problem(1, "unit", f"{len(units.lines)} rows", f"the {drawn} that were drawn")
    return codes
