"""Data folders that nobody would write: a changed descriptor or table beside the small data.

`make fuzz` calls this in turn with the readers of documents. A folder is made again from one
changed file and its name, so the corpus keeps just that: ``data/SEED-ROUND--meetings.csv``.
"""

import csv
import io
import json
from pathlib import Path
from random import Random

import invented

from analysis import check, export, paths, record

PREFIX = "--"
MINI = Path(__file__).parent / "data" / "mini"
WORDS = (
    *("", " ", "\n", "\r\n", '"', '""', ",", ";", "\t", "\x00", "\ufeff", "\u202e", "\u200b", "=1"),
    *("-1", "0", "1e9", str(2**62), "9" * 30, "nan", "TRUE", "true", "2024-02-30", "9999-12-31"),
    *("a" * 11_000, "é", "e\u0301", "\U0001f600", "//", "../x", "http://127.0.0.1:9/", "{}", "[]"),
)
VALUES = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    "x",
    [],
    {},
    [[]],
    ["id"],
    {"$ref": "http://127.0.0.1"},
)


def seed(folder: Path) -> Path:
    """Return a fresh copy of the small data, with the schema of the book."""
    return invented.dialogue(folder)


def changed(folder: Path, chance: Random, bend) -> tuple[Path, bytes]:
    """Return a file of the folder and other bytes for it.

    `bend` changes bytes at random; half of the rounds change the sense of a file instead.
    """
    path = chance.choice([folder / paths.SCHEMA] * 10 + sorted(folder.rglob("*.csv")))
    content = path.read_bytes()
    if chance.random() < 0.5:
        return path, bend(content, chance, [content])
    if path.name == paths.SCHEMA:
        return path, json.dumps(_replaced(json.loads(content), chance)).encode()
    return path, _with_other_cells(content.decode(), chance)


def kept(name: Path) -> str:
    """Return the name under which the corpus keeps a file of a data folder."""
    return PREFIX + name.as_posix().replace("/", "+")


def original(name: str) -> str:
    """Return the file of a data folder that a file of the corpus takes the place of."""
    return name.partition(PREFIX)[2].replace("+", "/")


def _replaced(part, chance: Random):
    """Replace or leave out something anywhere in a descriptor."""
    if isinstance(part, (dict, list)) and part and chance.random() < 0.85:
        keys = list(part) if isinstance(part, dict) else range(len(part))
        key = chance.choice(keys)
        if chance.random() < 0.1:
            del part[key]
        elif isinstance(part, dict) and chance.random() < 0.1:
            part[chance.choice(WORDS)] = chance.choice(VALUES)
        else:
            part[key] = _replaced(part[key], chance)
        return part
    return chance.choice([*VALUES, *WORDS])


def _with_other_cells(text: str, chance: Random) -> bytes:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for _ in range(chance.choice((1, 1, 2, 5))):
        row = chance.choice(rows)
        other = chance.choice(chance.choice(rows))
        row[chance.randrange(len(row))] = chance.choice([*WORDS, other, other])
    if chance.random() < 0.2:
        chance.shuffle(rows)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def judge(folder: Path) -> str:
    """Check a folder and export it if it is clean; return what went wrong."""
    problems = check.check(folder)
    if any(len(str(problem).splitlines()) != 1 for problem in problems):
        return "a problem of several lines"
    if problems:
        return ""
    for name, table in export.tables_of(record.load(folder)).items():
        export.write(table(), folder.parent / "out" / f"{name}.xlsx")
    return ""
