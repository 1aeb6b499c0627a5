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

LARGEST_SEED = 2**53  # up to there a spreadsheet has whole numbers
DEBUG = "P53_DEBUG"  # environment variable; if it is set, errors have a traceback


def process() -> int:
    """Run `main` for this process, and report an unexpected error in one line."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")  # names of files
    try:
        return main()
    except ModuleNotFoundError as error:
        advice = f"Run: make book, then {paths.COMMAND} …"
        print(f"The package '{error.name}' is not in this Python. {advice}", file=sys.stderr)
        return COULD_NOT_RUN
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
            if sys.stdout:
                sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is not flushed
        return CLOSED
    except (OSError, ValueError) as error:
        if os.environ.get(DEBUG):
            raise
        print(_said(error), file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED


def _said(error: OSError | ValueError) -> str:
    """Return what to tell: the system names a file and a reason, and nothing to do."""
    if isinstance(error, OSError) and error.filename is not None:
        reason = str(error.strerror or error).lower()
        return f"Cannot read or write '{error.filename}': {reason}. Give another place, or free it."
    return str(error)


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
        name = run.__name__.replace("_", "-")
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
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
    """Verify a copy of the document, or a citation, against the data."""
    from analysis import batch, document, items, record, verify

    if bool(arguments.files) == bool(arguments.citation):
        raise ValueError("Invalid call. Must have either FILE, a copy, or --citation TEXT.")
    if arguments.citation:
        if arguments.against or arguments.format != "text":
            raise ValueError("Invalid call. --citation takes neither --against nor --format.")
        findings = items.check(arguments.citation, record.load(arguments.data))
        print(*(finding.words for finding in findings), sep="\n")
        return CLEAN if all(finding.same for finding in findings) else PROBLEMS
    files = batch.files(arguments.files)
    against = document.read(arguments.against, numbered=True) if arguments.against else None
    known = verify.reference(record.load(arguments.data, begun=True))
    task = partial(verify.verify_file, data=known, against=against)
    several = len(files) > 1 or arguments.files[0].is_dir()
    printer = verify.PRINTERS[arguments.format](several)
    code = batch.work(task, files, printer, workers=arguments.jobs)
    printer.end()
    return code


def start(arguments: Namespace) -> None:
    """Begin a record of another document, with a checklist."""
    from analysis import document, start

    copy = document.read(arguments.file, numbered=True)
    counts = start.write(
        copy, arguments.out, called=os.fsencode(arguments.file.name).decode(errors="replace")
    )
    print(*copy.warnings, sep="\n", end="\n" if copy.warnings else "")
    print(*(f"{table}: {count}" for table, count in counts.items()), sep=", ")
    print(f"{arguments.out} is a beginning. Its CHECKLIST.md says what you must decide.")


def beside(arguments: Namespace) -> int:
    """Write the record beside the words of your copy, for you alone."""
    from analysis import beside, document, record

    copy, out = document.read(arguments.file, numbered=True), arguments.out
    counts = beside.write(record.load(arguments.data), copy, out)
    print(", ".join(f"{count} spans: {state}" for state, count in counts.items()))
    print(f"{out / beside.BESIDE_PAGE} holds the words of the document and must not be published.")
    return PROBLEMS if counts[beside.DIFFERS] else CLEAN


def tables(arguments: Namespace) -> None:
    """Write every table of the book to a folder."""
    from tqdm import tqdm

    from analysis import export, record

    out = arguments.out
    if not (arguments.force and out.is_dir()):
        paths.new_folder(out, more="; --force writes into one that is not empty")
    functions = export.tables_of(record.load(arguments.data))
    for name, table in tqdm(functions.items(), desc="tables", unit="table", disable=None):
        export.write(table(), out / f"{name}.{arguments.format}")
    print(f"{len(functions)} tables are in {out}.")


def export(arguments: Namespace) -> int:
    """Write the codebook or the coding as a file that other programs open."""
    from analysis import document, exchange, record, verify

    kind, copy = arguments.format, None
    out, ending = arguments.out or Path(exchange.FILES[kind]), exchange.ending(kind)
    if (kind == exchange.OF_A_COPY) != bool(arguments.file):
        rule = "needs FILE, your copy of the summary" if not arguments.file else "takes no FILE"
        raise ValueError(f"Invalid call. The format {kind} {rule}.")
    paths.new_file(out, ending, force=arguments.force)
    data, about = record.load(arguments.data), exchange.about(arguments.data)
    if arguments.file:
        copy = document.read(arguments.file, numbered=True)
        report = verify.verify(copy, data)
        if not report.clean:
            print(report)
            print("Nothing is written: the copy is not as recorded.", file=sys.stderr)
            return PROBLEMS
    paths.write(out, exchange.content(kind, data, about, copy))
    print(f"{out} is written.")
    if arguments.file:
        print("It holds the words of the document and must not be published.")
    return CLEAN


def dictionary(arguments: Namespace) -> None:
    """Write README.md in the data folder, and today as the day of changed tables."""
    from analysis import export, record

    readme = arguments.data / "README.md"
    paths.write(readme, export.dictionary(record.schema(arguments.data)))
    print(f"{readme} is written.")
    if record.dated.stamp(arguments.data, date.today()):
        print(f"The tables have changed: the data are now of {date.today()}.")


def sheet(arguments: Namespace) -> int:
    """Draw statements from your copy and write them to a blind sheet."""
    import secrets

    from analysis import document, record, sheet

    out = arguments.out
    paths.new_file(out, ".xlsx", force=arguments.force)
    if arguments.seed is not None and not 0 <= arguments.seed < LARGEST_SEED:
        raise ValueError(f"Invalid --seed {arguments.seed}. Must be from 0 to {LARGEST_SEED - 1}.")
    seed = secrets.randbelow(10**6) if arguments.seed is None else arguments.seed
    data, copy = record.load(arguments.data), document.read(arguments.document, numbered=True)
    drawn = sheet.draw(data, arguments.units, seed)
    if different := sheet.differences(data, drawn, copy):
        print(*different, sep="\n")
        advice = f"`{paths.COMMAND} verify FILE` names each word that differs"
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


def explain(arguments: Namespace) -> None:
    """Print what a number, table or figure of the book was computed from."""
    from analysis import provenance

    print(provenance.explain(arguments.name))


def what_if(arguments: Namespace) -> None:
    """Print which numbers of the book change with other codes; no data change."""
    from analysis import record, what_if

    data = record.load(arguments.data)
    other = what_if.overlay(
        data, values=arguments.set, without=arguments.without, reader=arguments.reader
    )
    print(what_if.compared(what_if.published(data), what_if.published(other)))


def cite(arguments: Namespace) -> None:
    """Print the citations of the book and of its data, or that of one thing in them."""
    from analysis import cite, items, record

    form, fields = arguments.format, cite.read()
    if not arguments.name:
        print(cite.STYLES[form](fields).removesuffix("\n"))
        return
    item = items.find(arguments.name, record.load())
    given = items.cited(item, fields)["citation"]
    if form not in given:
        raise ValueError(
            f"Invalid --format '{form}'. Must be one of {', '.join(given)} for an item."
        )
    print(cite.as_json(given[form]) if form == "csl" else given[form], end="")
    print(end="\n" if form == "text" else "")


def changes(arguments: Namespace) -> int:
    """List what differs between two versions of the data: items, codes, numbers."""
    from analysis import changes

    compared = changes.compare(arguments.old, arguments.new)
    print(changes.WRITERS[arguments.format](compared))
    return PROBLEMS if len(compared["differences"]) else CLEAN


def _path(metavar: str, text: str, default: Path | None = None, **more: Any) -> dict[str, Any]:
    return {"type": path, "metavar": metavar, "help": text, "default": default, **more}


def _format(*choices: str) -> dict[str, Any]:
    return {"choices": choices, "default": choices[0], "help": f"format (default: {choices[0]})"}


DATA_OPTION = _path("DIR", "data folder (default: that of the book)", paths.DATA)
COPY = "copy of the summary (text, Markdown, HTML, PDF or Word .docx), or a folder of copies"
AGAINST = "copy with the recorded words, to show in words what has been changed"
PASTED = "a pasted citation of an item, or its proof alone, as in r-43a@0.1.0:3f2a9c1b4e5d"
CITED = "an item, table or figure by its anchor, as in r-43a or tab-acts (default: book and data)"
JOBS = "number of files to read at a time (default: one per processor)"
SUMMARY = "copy of the summary (text, Markdown, HTML, PDF or Word .docx)"
BEGUN = "document with numbered paragraphs (text, Markdown, HTML, PDF or Word .docx)"
BEGUN_FOLDER, ASIDE = Path("beginning"), Path("beside")
WHAT = (
    "qdc: REFI-QDA codebook (default); qdpx: REFI-QDA project with the text of FILE; taguette:"
    " codebook as CSV for Taguette; skos: codebook and crosswalk as JSON-LD; annotations: every"
    " coded span as W3C Web Annotations, without its words"
)
VERSION = "data folder, folder of a release, or archive (.zip) of one of them"
MANY = "number of statements to draw (default: 30, about twenty minutes)"
AGAIN = "number that draws the same statements again (default: one at random)"
CALLED = "the reader's name as it should appear (default: the one in the sheet)"
READER_KINDS = ("person", "language model")
KIND = f"kind of reader (default: {READER_KINDS[0]})"
COMPUTED_NAME = "anchor of a table or figure (fig-matches), or name of a number (uptake.proposals)"
OTHER_CODE = "one other code, as in uptake:13a>44a=full or act:8d=evidence; may be repeated"
LEFT_OUT = "leave out what one speaker said (an id of actors.csv); may be repeated"
READ_BY = "take the codes or links of one reader (an id of readers.csv)"
COMMANDS: dict[Any, dict[str, dict[str, Any]]] = {
    check: {"--data": DATA_OPTION},
    verify: {
        "files": _path("FILE", COPY, nargs="*"),
        "--citation": {"metavar": "TEXT", "help": PASTED},
        "--against": _path("COPY", AGAINST),
        "--format": _format("text", "json"),
        "--jobs": {"type": int, "metavar": "N", "help": JOBS},
        "--data": DATA_OPTION,
    },
    beside: {
        "file": _path("FILE", SUMMARY),
        "--out": _path("FOLDER", "new or empty folder to write to (default: beside)", ASIDE),
        "--data": DATA_OPTION,
    },
    start: {
        "file": _path("FILE", BEGUN),
        "--out": _path("DIR", "new or empty folder to write to (default: beginning)", BEGUN_FOLDER),
    },
    tables: {
        "--out": _path("DIR", "new or empty folder to write to (default: tables)", Path("tables")),
        "--force": {"action": "store_true", "help": "write into a folder that is not empty"},
        "--format": _format("csv", "xlsx", "md", "json"),
        "--data": DATA_OPTION,
    },
    export: {
        "file": _path("FILE", f"{SUMMARY}; for qdpx only", nargs="?"),
        "--format": _format("qdc", "qdpx", "taguette", "skos", "annotations") | {"help": WHAT},
        "--out": _path("FILE", "file to write (default: a name for the format)"),
        "--force": {"action": "store_true", "help": "write over a file that is there"},
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
    explain: {"name": {"metavar": "NAME", "help": COMPUTED_NAME}},
    what_if: {
        "--set": {
            "action": "append",
            "default": [],
            "metavar": "TABLE:UNIT=VALUE",
            "help": OTHER_CODE,
        },
        "--without": {"action": "append", "default": [], "metavar": "SPEAKER", "help": LEFT_OUT},
        "--reader": {"default": "", "metavar": "READER", "help": READ_BY},
        "--data": DATA_OPTION,
    },
    cite: {
        "name": {"metavar": "NAME", "nargs": "?", "help": CITED},
        "--format": _format("text", "bibtex", "ris", "csl", "zenodo", "codemeta"),
    },
    changes: {
        "old": _path("OLD", VERSION),
        "new": _path("NEW", VERSION),
        "--format": _format("text", "json", "md"),
    },
}

if __name__ == "__main__":
    sys.exit(process())
