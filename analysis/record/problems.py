"""A flaw in the data: the file, the line, what was found and what must be there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import characters, paths

SHOWN = 10  # problems in the message of an error
LONGEST_SHOWN = 200  # characters of a cell that a message shows


@dataclass(frozen=True)
class Problem:
    """A flaw in a data folder.

    Attributes
    ----------
    file : str
        Name of the file in the data folder.
    line : int
        Line in that file, the header being line 1.
    column : str
        Name of the column; blank if the flaw concerns the whole line or file.
    rule : str
        What is wrong, in a few words.
    found, expected : str
        What was found and what must be there; blank if the rule says it all.
    """

    file: str
    line: int
    column: str
    rule: str
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column reason``.

        >>> print(Problem("panels.csv", 2, "first", "wrong type", "x15", "integer"))
        panels.csv:2:first wrong type: found 'x15', must be integer
        """
        found = f"found {_shown(self.found)}" if self.found else ""
        expected = f"must be {_short(self.expected)}" if self.expected else ""
        detail = ", ".join(filter(None, (found, expected)))
        return f"{self.file}:{self.line}:{self.column} {self.rule}" + (
            f": {detail}" if detail else ""
        )


class DataError(ValueError):
    """Data that cannot be used.

    `problems` holds every flaw; the message shows the first ten.
    """

    def __init__(self, problems: Iterable[Problem], folder: Path = paths.DATA) -> None:
        self.problems = list(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            more = len(self.problems) - SHOWN
            where = "" if folder == paths.DATA else f" --data '{folder}'"
            lines.append(f"... and {more} more: run `{paths.COMMAND} check{where}`")
        super().__init__("The data have problems.\n" + "\n".join(lines))


def flaws(
    data: object,
    table: str,
    rows: pd.Series,
    column: str,
    rule: str,
    expected: object = "",
) -> Iterator[Problem]:
    """Yield one problem for each row of a table that is marked as wrong.

    Parameters
    ----------
    data : Record
        The record that the table belongs to.
    table, column : str
        The table and the column whose cells are shown as found.
    rows : Series of bool
        Which rows are wrong, on the index of the table.
    rule : str
        What is wrong, in a few words.
    expected : object or Series
        What must be there, for all rows or on the index of the table.
    """
    frame = getattr(data, table)
    file, cells = frame.attrs.get("file", f"{table}.csv"), frame[column]
    for index in rows.index[rows.fillna(False).astype(bool)]:
        must = expected[index] if isinstance(expected, pd.Series) else expected
        yield Problem(
            file or f"{table}.csv", int(index) + 2, column, rule, str(cells[index]), str(must)
        )


def _shown(text: str) -> str:
    """Return a cell in quotation marks, with every unseen character escaped."""
    quoted = repr(_short(text))
    for character in characters.unseen(quoted):
        quoted = quoted.replace(character, character.encode("unicode_escape").decode())
    return quoted


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
