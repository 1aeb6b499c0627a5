"""The command line: ``python -m analysis COMMAND``. Exit code 0: clean; 1: problems found; 2: could not run."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from analysis import batch, check, cite, document, export, paths, record, verify

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
READ = "text, Markdown, HTML, PDF or Word .docx"
JOBS = "files to read at a time (default: one per processor)"


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; whatever could not run is said in one line."""
    arguments = parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except (OSError, ValueError) as error:
        print(f"{error}", file=sys.stderr)
        return COULD_NOT_RUN


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Check the coded record, verify it against the document, and write its tables.",
        epilog="Exit code 0: clean. 1: problems were found and printed. 2: the command could not run.",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(run, text):
        added = commands.add_parser(run.__name__.strip("_"), help=text, description=text)
        added.set_defaults(run=run)
        added.add_argument(
            "--data",
            type=Path,
            default=paths.DATA,
            metavar="DIR",
            help="the data folder (default: the book's own)",
        )
        return added

    command(
        _check,
        "Check the data: types, codes, keys, spans, totals. Prints every problem as file:line:column reason.",
    )
    verifying = command(
        _verify,
        "Verify every hash, span and printed name of the data against a copy of the document.",
    )
    verifying.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=f"a copy of the summary ({READ}), or a folder with copies",
    )
    verifying.add_argument(
        "--against",
        metavar="COPY",
        help="a copy with the recorded words: what was changed is shown in words",
    )
    verifying.add_argument(
        "--format",
        choices=verify.FORMATS,
        default="text",
        help="how differences are told (default: text)",
    )
    verifying.add_argument("--jobs", type=int, metavar="N", help=JOBS)
    writing = command(_tables, "Write every table of the book to a folder.")
    writing.add_argument(
        "--out",
        type=Path,
        default=Path("tables"),
        metavar="DIR",
        help="a new or empty folder to write to (default: tables)",
    )
    writing.add_argument(
        "--force", action="store_true", help="write into a folder that holds other files too"
    )
    writing.add_argument(
        "--format", choices=export.FORMATS, default="csv", help="file format (default: csv)"
    )
    command(_dictionary, "Write README.md of the data folder from its schema.")
    citing = command(_cite, "Print how to cite the book, from CITATION.cff.")
    citing.add_argument(
        "--format", choices=cite.FORMATS, default="text", help="format (default: text)"
    )
    return top


def _check(arguments) -> int:
    problems = check.check(arguments.data)
    return _report(problems, f"{len(record.schema(arguments.data)['resources'])} tables are clean.")


def _verify(arguments) -> int:
    files = batch.files(arguments.files)
    against = document.read(arguments.against, numbered=True) if arguments.against else None
    task = verify.Task(verify.reference(record.load(arguments.data)), against)
    told = verify.FORMATS[arguments.format](
        several=len(files) > 1 or Path(arguments.files[0]).is_dir()
    )
    code = batch.work(task, files, told, workers=arguments.jobs)
    told.end()
    return code


def _tables(arguments) -> int:
    out = arguments.out
    if not arguments.force and out.exists() and not (out.is_dir() and not any(out.iterdir())):
        rule = "Must be a new or empty folder; --force writes into this one"
        raise ValueError(f"Invalid --out '{out}'. {rule}.")
    tables = export.tables_of(record.load(arguments.data))
    for name, table in tqdm(tables.items(), desc="tables", unit="table", disable=None):
        export.write(table(), out / f"{name}.{arguments.format}")
    print(f"{len(tables)} tables are in {out}.")
    return CLEAN


def _dictionary(arguments) -> int:
    path = arguments.data / "README.md"
    path.write_text(export.dictionary(record.schema(arguments.data)), encoding="utf-8")
    print(f"{path} is written.")
    return CLEAN


def _cite(arguments) -> int:
    print(
        cite.FORMATS[arguments.format](cite.read()), end="" if arguments.format != "text" else "\n"
    )
    return CLEAN


def _report(problems: list, done: str) -> int:
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.", file=sys.stderr)
        return PROBLEMS
    print(done)
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())
