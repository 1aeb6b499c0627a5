"""Say what is wrong with the data: where it stands, what was found and what must be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

SHOWN = 10


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
        Name of the column; blank where the whole line or file is meant.
    rule : str
        What is wrong, in a few words.
    found, expected : str
        What stands there and what must stand there; blank where the rule says it all.
    """

    file: str
    line: int
    column: str
    rule: str
    found: str = ""
    expected: str = ""

    def __str__(self):
        """Return ``file:line:column reason``.

        >>> print(Problem("panels.csv", 2, "first", "wrong type", "x15", "integer"))
        panels.csv:2:first wrong type: found 'x15', must be integer
        """
        found = f"found {self.found!r}" if self.found else ""
        expected = f"must be {self.expected}" if self.expected else ""
        detail = ", ".join(filter(None, (found, expected)))
        return f"{self.file}:{self.line}:{self.column} {self.rule}" + (f": {detail}" if detail else "")


class DataError(ValueError):
    """Data that cannot be used; `problems` holds every flaw and the message shows the first ten."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"... and {len(self.problems) - SHOWN} more: run `python -m analysis check`")
        super().__init__("The data have problems.\n" + "\n".join(lines))


def flaws(data, table: str, odd: pd.Series, column: str, rule: str, expected="", *, file="") -> Iterator[Problem]:
    """Give one problem per row that is odd; `expected` is a value for all or a series along the rows.

    `file` is the name of the file where that is not the name of the table.
    """
    for index in odd.index[odd.fillna(False)]:
        must = expected[index] if isinstance(expected, pd.Series) else expected
        found = getattr(data, table).at[index, column]
        yield Problem(file or f"{table}.csv", index + 2, column, rule, str(found), str(must))
