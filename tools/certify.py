"""Build everything again elsewhere and compare every file: ``make certify``.

The copy has another path, with blanks in it, another time zone, locale, order of hashes and mask of
files, and no settings of this user. What is compared: the pages with their data and PDF files,
every table as a spreadsheet, and the files of a release. What differs is named.
"""

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import archive, cite, paths
from tools import copying

FOLDERS = ("html", "spreadsheets", "release")  # in the folder of what is built
RECORD = paths.BUILD / "release" / "BUILT-SHA256SUMS"
REPORT = paths.BUILD / "rebuilt.txt"
SHOWN = paths.ROOT / "book" / "executed.csv"  # book/reexecute.md shows it
HEAD = ("Page", "Seconds", "Python", "Data of")
# What the commands of the Makefile keep alike, and what a user may have set.
OTHER = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "77", "COLUMNS": "40"}
UMASK = 0o077
Hashes = dict[str, str]


def main(arguments: list[str] | None = None) -> int:
    """Record what is built, or build it again and compare; 1 if a file differs."""
    options = _options().parse_args(arguments)
    if options.status or options.show:
        if not (rows := status(paths.BUILD)):
            print("Nothing was executed here. Run: make book", file=sys.stderr)
            return 2
        if options.status:
            print(in_markdown(rows))
            return 0
        show(rows)
        print(f"The page on running it again shows {SHOWN} from the next `make book` on.")
        return 0
    try:
        if options.against:
            expected = read(options.against)
        else:
            finish(paths.ROOT, {})
            expected = hashes(paths.BUILD)
        if options.record:
            RECORD.write_text(written(expected), encoding="utf-8")
            print(f"{RECORD}: {len(expected)} files, tree {tree(expected)}")
            return 0
        told = [certified(expected, python) for python in options.pythons.split() or [""]]
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"Nothing could be compared. {error}", file=sys.stderr)
        return 2
    REPORT.write_text("\n\n".join(text for _, text in told) + "\n", encoding="utf-8")
    print(f"What to send, if you tell others of it: {REPORT}")
    return int(not all(same for same, _ in told))


def _options() -> argparse.ArgumentParser:
    described = str(__doc__).splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tools.certify", description=described)
    again = "Pythons to build with, as in 'python3.12 python3.13'; packages are installed for each"
    parser.add_argument("--pythons", default="", help=f"{again} (default: those of this one)")
    against = "compare with the hashes that a release has recorded, not with what is built here"
    parser.add_argument("--against", type=Path, metavar="FILE", help=against)
    parser.add_argument("--record", action="store_true", help="record the hashes of what is here")
    parser.add_argument("--status", action="store_true", help="print how each page was executed")
    shown = f"write that to book/{SHOWN.name}, which the book shows"
    parser.add_argument("--show", action="store_true", help=shown)
    return parser


def certified(
    expected: Hashes, python: str, rebuild: Callable[[Path, str], None] | None = None
) -> tuple[bool, str]:
    """Build everything again; return whether all is the same, and the report."""
    with TemporaryDirectory(prefix="p53-") as parent:
        copy = Path(parent, "Paragraph 53, built again")
        print(f"Building again in '{copy}' with {python or sys.executable}", flush=True)
        (rebuild or build)(copy, python)
        found, how = hashes(copy / "_build"), in_markdown(status(copy / "_build"))
    different = differences(expected, found)
    result = (
        f"{len(different)} of {len(expected)} files differ"
        if different
        else (f"All {len(expected)} files are the same, tree {tree(expected)}")
    )
    settings = " ".join(f"{name}={value}" for name, value in OTHER.items())
    head = [f"{result}.", f"Edition: {cite.read()['edition']}"]
    head += [f"System: {platform.platform()}", f"Settings: {settings} umask={UMASK:o}"]
    report = "\n".join([*head, *different, "", how])
    print(report, flush=True)
    return not different, report


def build(folder: Path, python: str) -> None:
    """Build everything in a new copy, with other settings.

    Without a Python to install for, the packages of this environment are lent: no network is
    needed.
    """
    copying.copied(folder)
    home = folder.parent / "home"
    home.mkdir()
    own = ("PYTHON", "MPL", "JUPYTER", "IPYTHON", "XDG_", "LANG", "LC_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    settings = kept | OTHER | {"HOME": str(home)}
    if python:
        _run(folder, settings | {"PYTHON": python}, "sh", "tools/environment.sh")
    else:
        copying.lend(folder)
    _run(folder, settings, ".venv/bin/python", "-m", "tools.build")
    finish(folder, settings)


def finish(root: Path, settings: dict[str, str]) -> None:
    """Make what is made from a built book: spreadsheets, files of a release."""
    shutil.rmtree(root / "_build" / "spreadsheets", ignore_errors=True)
    spreadsheets = ("--format", "xlsx", "--out", "_build/spreadsheets")
    _run(root, settings, ".venv/bin/python", "-m", "analysis", "tables", *spreadsheets)
    _run(root, settings, ".venv/bin/python", "-m", "tools.kit")


def _run(folder: Path, settings: dict[str, str], *command: str) -> None:
    """Run a command; what it prints is shown only if it fails."""
    umask = UMASK if settings else -1
    ended = subprocess.run(
        command, cwd=folder, env=settings or None, umask=umask, capture_output=True, text=True
    )
    if ended.returncode:
        print(ended.stdout[-3000:], ended.stderr[-3000:], sep="\n", file=sys.stderr)
        ended.check_returncode()


def hashes(folder: Path) -> Hashes:
    """Return the hash of every file that was built, by its path in the folder.

    Of releases it is the one of this version: others that were kept are made of other data.
    """
    html, spreadsheets, release = (folder / each for each in FOLDERS)
    places = (html, spreadsheets, release / f"v{cite.read()['edition'].version}")
    files = (path for place in places for path in place.rglob("*") if path.is_file())
    built = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    if not built:
        raise ValueError(f"Nothing is built in '{folder}'. Run: make book")
    return _parsed(archive.sums(built).decode())


def read(path: Path) -> Hashes:
    """Return the hashes of a file as `sha256sum` writes it.

    Raises
    ------
    ValueError
        If the file is another.
    """
    try:
        found = _parsed(path.read_text(encoding="utf-8"))
    except ValueError:
        found = {}
    if not found or any(len(each) != 64 for each in found.values()):
        raise ValueError(f"Invalid file '{path}'. Must have a SHA-256 and a path in each line.")
    return found


def _parsed(text: str) -> Hashes:
    lines = (line.split("  ", 1) for line in text.splitlines())
    return {name: each for each, name in lines}


def written(expected: Hashes) -> str:
    """Return hashes as `sha256sum --check` reads them."""
    return "".join(f"{each}  {name}\n" for name, each in sorted(expected.items()))


def tree(expected: Hashes) -> str:
    """Return one hash for all of the files."""
    return archive.sums({"": written(expected).encode()}).decode().split()[0]


def differences(expected: Hashes, found: Hashes) -> list[str]:
    """Return each file that differs, is missing, or is there in addition."""
    same = expected.items() & found.items()
    names = sorted(name for name, _ in (expected.items() | found.items()) - same)
    return [
        f"{'additional' if name not in expected else 'missing' if name not in found else 'differs'}"
        f": {name}"
        for name in dict.fromkeys(names)
    ]


def status(folder: Path) -> list[tuple[str, ...]]:
    """Return how each page of the book was executed: rows with the columns of `HEAD`."""
    rows: list[tuple[str, ...]] = []
    day = cite.read()["edition"].iso
    for path in sorted((folder / "executed").glob("*.json")):
        if (paths.ROOT / "book" / f"{path.stem}.ipynb").is_file():
            kept = json.loads(path.read_text(encoding="utf-8"))
            rows.append((path.stem, str(kept["seconds"]), kept["python"], day))
    return rows


def in_markdown(rows: list[tuple[str, ...]]) -> str:
    """Return a table of how each page was executed."""
    return "\n".join(
        f"| {' | '.join(row)} |" for row in [HEAD, ("---", "--:", "---", "---"), *rows]
    )


def show(rows: list[tuple[str, ...]]) -> None:
    """Write how each page was executed to the file that the book shows."""
    with SHOWN.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])


if __name__ == "__main__":
    sys.exit(main())
