"""The recipes of CONTRIBUTING.md as something that can be done, read from their words."""

import ast
import csv
import json
import re
import textwrap
from dataclasses import dataclass, field
from io import StringIO

import nbformat
from copies import write_notebook

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """What a paragraph asks for, and the blocks of code below it."""

    words: str
    blocks: list[tuple[str, str]] = field(default_factory=list)


def recipe(text, title):
    """Return the steps of one recipe: paragraphs with the blocks that follow them."""
    starts = {heading: start for start, heading in headings(text)}
    assert title in starts, f"CONTRIBUTING.md has no recipe '{title}'"
    later = [start for start, _ in headings(text) if start > starts[title]]
    section = text[starts[title] : min(later, default=None)].partition("\n")[2]
    steps, place = [], 0
    for block in [*BLOCK.finditer(section), None]:
        words = section[place : block.start() if block else None]
        steps += [Step(" ".join(part.split())) for part in words.split("\n\n") if part.strip()]
        if block:
            steps[-1].blocks.append((block["language"], block["text"]))
            place = block.end()
    return steps


def headings(text):
    """Return start and words of every heading that is not in a block of code."""
    blank = BLOCK.sub(lambda block: re.sub(r"\S", " ", block[0]), text)
    return [(found.start(), found[1]) for found in re.finditer(r"^##+ (.+)$", blank, re.MULTILINE)]


def titles(text):
    """Return the titles of all recipes."""
    return [words for start, words in headings(text) if text.startswith("### ", start)]


# --- what a step can ask for ------------------------------------------------------------------


def append(copy, blocks, path):
    """Add code at the end of a file."""
    ((language, text),) = blocks
    gap = "\n\n" if language == "python" else ""
    copy.write(path, copy.read(path) + gap + text)


def insert(copy, blocks, name, path):
    """Add a line to the list or dictionary of that name."""
    ((_, text),) = blocks
    lines = copy.read(path).splitlines(keepends=True)
    for node in ast.parse("".join(lines)).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            item = text.rstrip(",\n") + ",\n"  # a formatter may take the comma away
            lines.insert(node.end_lineno - 1, textwrap.indent(item, "    "))
            return copy.write(path, "".join(lines))
    raise AssertionError(f"{path} has no {name}")


def describe(copy, blocks, table, path):
    """Add a column to the schema."""
    ((_, text),) = blocks
    schema = json.loads(copy.read(path))
    (resource,) = (each for each in schema["resources"] if each["name"] == table)
    resource["schema"]["fields"].append(json.loads(text))
    copy.write(path, json.dumps(schema, indent=1, ensure_ascii=False) + "\n")


def add_column(copy, blocks, path):
    """Add the last column of the example to every row: its name, then a blank."""
    ((_, text),) = blocks
    header, first, *_ = text.splitlines()
    before = copy.read(path).splitlines()
    after = [f"{before[0]},{header.rpartition(',')[2]}", *(f"{row}," for row in before[1:])]
    assert after[:2] == [header, first], "the example is not that of the file"
    copy.write(path, "\n".join(after) + "\n")


def add_cells(copy, blocks, path):
    """Add cells above the last one, as JupyterLab would: with ids at random."""
    notebook = nbformat.reads(copy.read(path), as_version=4)
    assert {language for language, _ in blocks} == {"python"}
    cells = [nbformat.v4.new_code_cell(text.rstrip("\n")) for _, text in blocks]
    notebook.cells[-1:-1] = cells
    copy.write(path, nbformat.writes(notebook) + "\n")


def new_notebook(copy, blocks, path):
    write_notebook(copy.folder / path, [(kind, text.rstrip("\n")) for kind, text in blocks])


def add_rows(copy, blocks, key, path):
    """Add rows above the first one that begins with the key."""
    ((_, text),) = blocks
    rows = list(csv.reader(StringIO(copy.read(path))))
    place = next(place for place, row in enumerate(rows) if row[0] == key)
    rows[place:place] = csv.reader(StringIO(text))
    write_rows(copy, path, rows)


def take_out(copy, blocks, key, *tables):
    """Take out of each table the rows that begin with the key."""
    for path in tables:
        rows = list(csv.reader(StringIO(copy.read(path))))
        kept = [row for row in rows if row[0] != key]
        assert len(kept) < len(rows), f"{path} has no {key}"
        write_rows(copy, path, kept)


def give_number(copy, blocks, table, path):
    """Write how many rows a table has into a text that says it once."""
    count = len(copy.read(f"data/{table}.csv").splitlines()) - 1
    text, times = re.subn(rf"\d+ {table}", f"{count} {table}", copy.read(path))
    assert times == 1
    copy.write(path, text)


def change(copy, blocks, column, key, path, value):
    """Change one cell of a table."""
    header, *rows = csv.reader(StringIO(copy.read(path)))
    (row,) = (row for row in rows if row[0] == key)
    assert row[header.index(column)] != value, "nothing is changed"
    row[header.index(column)] = value
    write_rows(copy, path, [header, *rows])


def write_rows(copy, path, rows):
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    copy.write(path, text.getvalue())


def run(copy, blocks):
    """Run every command; each must succeed."""
    ((_, text),) = blocks
    for command in text.splitlines():
        copy.succeed(command)


PATH = r"`([\w/-]+\.\w+)`"
DEEDS = {
    rf"Add to the `fields` of `(\w+)` in {PATH}": describe,
    rf"Add to `([A-Z]+)` in {PATH}": insert,
    rf"Add to {PATH}": append,
    rf"Add above `(\w+)` to {PATH}": add_rows,
    rf"Take `(\w+)` out of {PATH} and {PATH}": take_out,
    rf"Give the new number of (\w+) in {PATH}": give_number,
    rf"Add the column to {PATH}": add_column,
    rf"Add these cells to {PATH}, above the last one": add_cells,
    rf"Write {PATH} with these cells": new_notebook,
    rf"Change `(\w+)` of `(\w+)` in {PATH} to `(\w+)`": change,
    r"Run:$": run,
}


def deeds(step):
    """Return what a paragraph asks for, in its order: a function and its arguments."""
    found = [
        (match.start(), function, match.groups())
        for pattern, function in DEEDS.items()
        if (match := re.search(pattern, step.words))
    ]
    return [(function, arguments) for _, function, arguments in sorted(found, key=lambda it: it[0])]


def carry_out(copy, steps, running=True, later=None):
    """Do what each step asks for. The blocks of a paragraph belong to the last of its deeds.

    With a list `later`, the commands that run tests are added to it, to be run afterwards.
    """
    assert run in [function for step in steps for function, _ in deeds(step)], "nothing is run"
    for step in steps:
        asked = deeds(step)
        assert asked or not step.blocks, (
            f"nothing says what to do with the code below: {step.words}"
        )
        for function, arguments in asked:
            if function is run and later is not None:
                later += put_off(copy, step.blocks)
            elif running or function is not run:
                function(copy, step.blocks, *arguments)


def put_off(copy, blocks):
    """Run every command but those that run tests, which are returned."""
    ((language, text),) = blocks
    tests = [command for command in text.splitlines() if command.startswith("make test")]
    run(copy, [(language, "\n".join(sorted(set(text.splitlines()) - set(tests), key=text.index)))])
    return tests
