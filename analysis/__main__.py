"""The command line: ``python -m analysis COMMAND``.

A command imports what it needs when it runs, so that none waits for the libraries of another.
"""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.exit_codes import CLEAN, CLOSED, COULD_NOT_RUN, INTERRUPTED, PROBLEMS

DEBUG = "P53_DEBUG"  # environment variable; if it is set, errors have a traceback


def process() -> int:
    """Run `main` for this process, and report an unexpected error in one line."""
    try:
        return main()
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        advice = f"Please report it; {DEBUG}=1 shows where it happened."
        print(f"Unexpected error: {reason}. {advice}", file=sys.stderr)
        return COULD_NOT_RUN


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code, with one line if it cannot run."""
    try:
        try:
            arguments = parser().parse_args(argv)
            return arguments.run(arguments) or CLEAN
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is not flushed
        return CLOSED
    except (OSError, ValueError) as error:
        if os.environ.get(DEBUG):
            raise
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED


def parser() -> ArgumentParser:
    """Describe the commands and their options."""
    top = ArgumentParser(
        prog="python -m analysis",
        description="Check the coded record, verify it against the document, and write its tables.",
        epilog="Exit codes: 0 if all is clean, 1 if problems were found and printed,"
        " 2 if the command could not run.",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for run, options in COMMANDS.items():
        added = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        for name, settings in options.items():
            added.add_argument(name, **settings)
    return top


def path(text: str) -> Path:
    """Return a path argument; argparse reports an empty one and ``-``."""
    if text in ("", "-"):
        rule = "Must be the path of a file or folder; standard input is not read."
        raise ArgumentTypeError(f"Invalid path {text!r}. {rule}")
    return Path(text)


# --- commands: their docstrings are their help ----------------------------------------------------


def check(arguments: Namespace) -> int:
    """Check the data (types, codes, keys, spans, totals) and print each problem."""
    from analysis import check, record

    problems = check.check(arguments.data)
    if problems:
        print(*problems, sep="\n")
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.", file=sys.stderr)
        return PROBLEMS
    print(f"{len(record.schema(arguments.data)['resources'])} tables are clean.")
    return CLEAN


def verify(arguments: Namespace) -> int:
    """Verify hashes, spans and names in the data against a copy of the document."""
    from analysis import batch, document, record, verify

    files = batch.files(arguments.files)
    against = document.read(arguments.against, numbered=True) if arguments.against else None
    known = verify.reference(record.load(arguments.data))
    task = partial(verify.verify_file, data=known, against=against)
    several = len(files) > 1 or arguments.files[0].is_dir()
    printer = verify.PRINTERS[arguments.format](several)
    code = batch.work(task, files, printer, workers=arguments.jobs)
    printer.end()
    return code


def tables(arguments: Namespace) -> None:
    """Write every table of the book to a folder."""
    from tqdm import tqdm

    from analysis import export, record

    out = arguments.out
    if not arguments.force and out.exists() and not (out.is_dir() and not any(out.iterdir())):
        rule = "Must be a new or empty folder; --force writes into this one"
        raise ValueError(f"Invalid --out '{out}'. {rule}.")
    functions = export.tables_of(record.load(arguments.data))
    for name, table in tqdm(functions.items(), desc="tables", unit="table", disable=None):
        export.write(table(), out / f"{name}.{arguments.format}")
    print(f"{len(functions)} tables are in {out}.")


def dictionary(arguments: Namespace) -> None:
    """Write README.md in the data folder, and today as the day of changed tables."""
    from analysis import export, record

    readme = arguments.data / "README.md"
    readme.write_text(export.dictionary(record.schema(arguments.data)), encoding="utf-8")
    print(f"{readme} is written.")
    if record.dated.stamp(arguments.data, date.today()):
        print(f"The tables have changed: the data are now of {date.today()}.")


def sheet(arguments: Namespace) -> int:
    """Draw statements from your copy and write them to a blind sheet."""
    import secrets

    from analysis import document, record, sheet

    out = arguments.out
    if out.suffix != ".xlsx" or (out.exists() and not arguments.force):
        rule = "Must be a new file that ends in .xlsx; --force writes over one"
        raise ValueError(f"Invalid --out '{out}'. {rule}.")
    seed = secrets.randbelow(10**6) if arguments.seed is None else arguments.seed
    data, copy = record.load(arguments.data), document.read(arguments.document, numbered=True)
    drawn = sheet.draw(data, arguments.units, seed)
    if different := sheet.differences(data, drawn, copy):
        print(*different, sep="\n")
        advice = "`python -m analysis verify FILE` names each word that differs"
        print(f"No sheet is written: {advice}.", file=sys.stderr)
        return PROBLEMS
    sheet.write(data, drawn, copy, seed, out)
    print(f"{out} has {len(drawn)} statements, drawn with --seed {seed}.")
    print("It holds words of the document and must not be published.")
    return CLEAN


def join(arguments: Namespace) -> int:
    """Join a filled sheet to the readings, and print how far its reader agrees."""
    from analysis import record, sheet, tables

    label, today = arguments.label, date.today()
    filled = sheet.read(arguments.file, record.load(arguments.data), today, label)
    if filled.problems:
        print(*filled.problems, sep="\n")
        print("Nothing is joined: put this right in the sheet.", file=sys.stderr)
        return PROBLEMS
    reader = sheet.join(arguments.data, filled, label=label, kind=arguments.kind, today=today)
    print(f"{arguments.file} is joined as {reader}. Agreement on the same units:\n")
    agreed = tables.agreement_of(record.load(arguments.data), reader)
    print(agreed.to_markdown(index=False, floatfmt=".2f"))
    return CLEAN


def cite(arguments: Namespace) -> None:
    """Print a citation of the book, from CITATION.cff."""
    from analysis import cite

    print(cite.STYLES[arguments.format](cite.read()).removesuffix("\n"))


def _path(metavar: str, text: str, default: Path | None = None, **more: Any) -> dict[str, Any]:
    return {"type": path, "metavar": metavar, "help": text, "default": default, **more}


def _format(*choices: str) -> dict[str, Any]:
    return {"choices": choices, "default": choices[0], "help": f"format (default: {choices[0]})"}


DATA_OPTION = _path("DIR", "data folder (default: that of the book)", paths.DATA)
COPY = "copy of the summary (text, Markdown, HTML, PDF or Word .docx), or a folder of copies"
AGAINST = "copy with the recorded words, to show in words what has been changed"
JOBS = "number of files to read at a time (default: one per processor)"
SUMMARY = "copy of the summary (text, Markdown, HTML, PDF or Word .docx)"
MANY = "number of statements to draw (default: 30, about twenty minutes)"
AGAIN = "number that draws the same statements again (default: one at random)"
CALLED = "the reader's name as it should appear (default: the one in the sheet)"
READER_KINDS = ("person", "language model")
KIND = f"kind of reader (default: {READER_KINDS[0]})"
COMMANDS: dict[Any, dict[str, dict[str, Any]]] = {
    check: {"--data": DATA_OPTION},
    verify: {
        "files": _path("FILE", COPY, nargs="+"),
        "--against": _path("COPY", AGAINST),
        "--format": _format("text", "json"),
        "--jobs": {"type": int, "metavar": "N", "help": JOBS},
        "--data": DATA_OPTION,
    },
    tables: {
        "--out": _path("DIR", "new or empty folder to write to (default: tables)", Path("tables")),
        "--force": {"action": "store_true", "help": "write into a folder that is not empty"},
        "--format": _format("csv", "xlsx", "md", "json"),
        "--data": DATA_OPTION,
    },
    dictionary: {"--data": DATA_OPTION},
    sheet: {
        "document": _path("DOCUMENT", SUMMARY),
        "--units": {"type": int, "default": 30, "metavar": "N", "help": MANY},
        "--seed": {"type": int, "metavar": "N", "help": AGAIN},
        "--out": _path("FILE", "sheet to write (default: sheet.xlsx)", Path("sheet.xlsx")),
        "--force": {"action": "store_true", "help": "write over a sheet that is there"},
        "--data": DATA_OPTION,
    },
    join: {
        "file": _path("FILE", "filled sheet (.xlsx)"),
        "--label": {"default": "", "metavar": "NAME", "help": CALLED},
        "--kind": {"choices": READER_KINDS, "default": READER_KINDS[0], "help": KIND},
        "--data": DATA_OPTION,
    },
    cite: {"--format": _format("text", "bibtex", "ris", "csl")},
}

if __name__ == "__main__":
    sys.exit(process())
