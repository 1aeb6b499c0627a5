"""What would change: the numbers of the book on a record with other values.

The record is changed in memory; no file is touched. A number is one that a notebook gives to its
sentences, the message of a figure or the caption of a table, under its name.
"""

import ast
import difflib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis import paths, provenance, record
from analysis.page import show
from analysis.record import Record, readings

OF_LINKS = "uptake"
OF_THEMES = "themes"
ONE_VALUE = ("act", "action_category", "quantifier", "speaker")  # columns that hold one value
Published = tuple[dict[str, str], list[str]]
MOST_NAMES = 25  # names that a message lists; of more, the five that are most alike
SAYS = {"table": "caption", "figure": "message"}


def overlay(
    data: Record, *, values: Sequence[str] = (), without: Sequence[str] = (), reader: str = ""
) -> Record:
    """Return the record as a reader gave it, with other values, and without speakers.

    Parameters
    ----------
    values : list of str
        Each as in ``act:8d=evidence``, ``themes:8d=training consent`` or ``uptake:13a>44a=full``.
    without : list of str
        Ids of speakers.
    reader : str
        The id of a reader of codes or links.

    Raises
    ------
    ValueError
        If there is no such reader, unit, value or speaker; the message has the known ones.
    """
    if reader:
        rows = data.readings[data.readings.variable.isin(readings.READ)]
        _one_of("reader", reader, sorted(rows.reader.unique()))
        data = readings.as_read(data, reader, rows.codebook[rows.reader == reader].max())
    for value in values:
        data = _with(data, value)
    for speaker in without:
        _one_of("speaker", speaker, sorted(data.statements.speaker.unique()))
        data = readings.without(data, speaker)
    return _answered(data)


def _answered(data: Record) -> Record:
    """Return the record with a line for each proposal that lost its links."""
    proposed = data.statements.id[data.statements.act == "proposal"]
    lost = proposed[~proposed.isin([*data.uptake.statement, *data.no_uptake.statement])]
    rows = pd.DataFrame({"statement": lost, "closest": "", "reason": ""})
    return data.but(no_uptake=pd.concat([data.no_uptake, rows], ignore_index=True))


def _with(data: Record, text: str) -> Record:
    """Return the record with one other value."""
    variable, colon, rest = text.partition(":")
    unit, equals, value = rest.partition("=")
    if not colon or not equals:
        raise ValueError(f"Invalid --set '{text}'. Must be as in uptake:13a>44a=full.")
    _one_of("table", variable, [OF_LINKS, OF_THEMES, *ONE_VALUE])
    if variable == OF_LINKS:
        return _linked(data, unit, value)
    home = "recommendations" if unit in set(data.recommendations.id) else "statements"
    rows = getattr(data, home)
    _one_of("unit", unit, [*data.statements.id, *data.recommendations.id])
    if variable == OF_THEMES:
        return _themed(data, home.rstrip("s"), unit, value)
    if variable not in rows:
        raise ValueError(f"Invalid --set '{text}'. No {variable} is coded of {home}.")
    column = rows[variable].copy()
    known = data.codes.value[data.codes.list == variable]
    _one_of("value", value, list(known) or sorted(column.unique()))
    column[rows.id == unit] = int(value) if pd.api.types.is_integer_dtype(column) else value
    return data.but(**{home: rows.assign(**{variable: column})})


def _linked(data: Record, pair: str, level: str) -> Record:
    """Return the record with one link made, changed or taken out."""
    statement, _, recommendation = pair.partition(">")
    _one_of("statement", statement, list(data.statements.id))
    _one_of("recommendation", recommendation, list(data.recommendations.id))
    _one_of("value", level, list(data.codes.value[data.codes.list == "level"]))
    links = data.uptake
    links = links[(links.statement != statement) | (links.recommendation != recommendation)]
    new = {"statement": statement, "recommendation": recommendation, "level": level, "reason": ""}
    if level != "none":
        links = pd.concat([links, pd.DataFrame([new])], ignore_index=True)
    return data.but(uptake=links)


def _themed(data: Record, kind: str, unit: str, value: str) -> Record:
    """Return the record with other themes of one unit."""
    for theme in value.split():
        _one_of("theme", theme, list(data.themes.id))
    held = getattr(data, f"{kind}_themes")
    new = pd.DataFrame({kind: unit, "theme": value.split()})
    return data.but(**{f"{kind}_themes": pd.concat([held[held[kind] != unit], new])})


def _one_of(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        few = known if len(known) <= MOST_NAMES else difflib.get_close_matches(value, known, 5, 0)
        rule = "Must be one of" if few is known else "Must be one that is there, such as"
        raise ValueError(f"Invalid {what} '{value}'. {rule}: {', '.join(few)}.")


def published(data: Record) -> Published:
    """Return the numbers of the book on a record, and the claims that fail on it.

    Returns
    -------
    dict
        The words of each number, message and caption by its name: ``uptake.proposals``,
        ``fig-matches``.
    list of str
        The page and the reason of each assertion that fails; the rest of that page is computed.
    """
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(partial(of_page, data=data), pages()))
    numbers = {name: value for said, _ in found for name, value in said.items()}
    return numbers, [reason for _, reasons in found for reason in reasons]


def pages() -> list[Path]:
    """Return the notebooks of the book."""
    return sorted((paths.ROOT / "book").glob("*.ipynb"))


def of_page(path: Path, data: Record) -> Published:
    """Return the numbers of one page, and what fails on it: see `published`."""
    numbers: dict[str, str] = {}
    failed: list[str] = []
    names: dict[str, Any] = {}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    given = SimpleNamespace(**vars(record) | {"load": partial(_same, data)})
    for line in [line for cell in cells for line in provenance.lines(cell)]:
        try:
            for name, value in _said(line, names):
                numbers[name if "-" in name else f"{path.stem}.{name}"] = value
        except AssertionError as error:
            failed.append(f"{path.stem}: {error or ast.unparse(line)}")
        except Exception as error:  # what a notebook needs may be gone, whatever it is
            failed.append(f"{path.stem}, where nothing further is computed: {error!r}")
            break
        if names.get("record") is record:
            names["record"] = given
    return numbers, failed


def _same(data: Record, folder: str = "") -> Record:
    return data


def compared(before: Published, after: Published) -> str:
    """Return in words what differs between what `published` gave for two records."""
    numbers, failed = after
    changed = [
        f"{name}: {value} -> {numbers.get(name, 'not computed')}"
        for name, value in before[0].items()
        if numbers.get(name) != value
    ]
    gone = [f"Fails on the page {each}" for each in failed if each not in before[1]]
    return "\n".join([*changed, *gone, f"{len(changed)} of {len(before[0])} numbers change."])


def _said(line: ast.stmt, names: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Execute a line of a notebook; yield what it says by name. Nothing is drawn."""
    if not isinstance(line, ast.Expr):
        exec(compile(ast.Module([line], []), "notebook", "exec"), names)
    for function, call in provenance.shown(line):
        given = {word.arg: word.value for word in call.keywords}
        title = given.get(SAYS.get(function, ""))
        if function == "numbers":
            values = ast.Call(ast.Name("dict", ast.Load()), [], call.keywords)
            yield from ((name, show.words(each)) for name, each in _value(values, names).items())
        elif title is not None:
            yield _value(given["name"], names), show.words(_value(title, names))


def _value(expression: ast.expr, names: dict[str, Any]) -> Any:
    tree = ast.fix_missing_locations(ast.Expression(expression))
    return eval(compile(tree, "notebook", "eval"), names)
