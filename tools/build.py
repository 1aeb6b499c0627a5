"""Make the book with its PDF files, if anything has changed: ``make book``.

The book is made aside and put in its place when it is whole. The last step leaves ``_build/.made``
with the state of all that the book is made from: a build that failed or was interrupted has none,
and is made again by whichever command needs the book. Two builds at once would hinder each other:
the second one is refused.
"""

import argparse
import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis import paths

MADE, ASIDE = paths.BUILD / ".made", paths.BUILD / "aside"
HTML = paths.BUILD / "html"
EXECUTED = paths.BUILD / "jupyter_execute"  # MyST-NB: each notebook with its outputs and numbers
KEPT = paths.BUILD / "executed"  # executed notebooks: book/_ext/kept_pages.py
# What the book is made from, besides Python and what is installed.
FOLDERS = ("analysis", "book", "data", "tools")
FILES = ("*.cff", "*.lock", "*.md", "*.toml", "*.yml")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CELL = re.compile(r"(\S+\.ipynb):(\d+)")  # how MyST-NB tells a place: ten thousand for each cell
BUSY = "Another build of this book is running. Wait until it has ended, then run the command again."


class NotBuiltError(Exception):
    """The book could not be made; what was printed says why."""


def main(arguments: list[str] | None = None) -> int:
    """Make the book, or say that it is made."""
    options = _options().parse_args(arguments)
    paths.BUILD.mkdir(parents=True, exist_ok=True)
    try:
        with alone():
            build(anew=options.all)
    except (NotBuiltError, OSError) as error:
        print(f"The book was not made. {error}", file=sys.stderr)
        return 1
    print(f"The book is built. Open this file in a browser:\n{HTML / 'index.html'}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.build", description=__doc__.splitlines()[0]
    )
    help_ = "make all of it again, and execute every notebook"
    parser.add_argument("--all", action="store_true", help=help_)
    return parser


def build(*, anew: bool) -> None:
    """Make the book in its place, unless it is there already.

    Raises
    ------
    NotBuiltError
        If the data, a page or a paper form has a fault, or if a file changed meanwhile.
    """
    now = state()
    if not anew and is_made(now):
        print("Nothing has changed since the book was made.")
        return
    print("Checking the data", flush=True)
    if subprocess.run([sys.executable, "-m", "analysis", "check"], check=False).returncode:
        raise NotBuiltError("The data have faults: see above.")
    MADE.unlink(missing_ok=True)
    for folder in (ASIDE, *((KEPT,) if anew else ())):
        shutil.rmtree(folder, ignore_errors=True)
    print("Executing the notebooks and making the pages", flush=True)
    make_pages(ASIDE / "html")
    print("Making the report, the briefing and a sheet for each speaker", flush=True)
    make_paper(ASIDE / "html")
    if state() != now:
        raise NotBuiltError("A file changed while the book was made. Run the command again.")
    for made in (HTML, EXECUTED):
        shutil.rmtree(made, ignore_errors=True)
        (ASIDE / made.name).replace(made)
    shutil.rmtree(ASIDE)
    MADE.write_text(now, encoding="utf-8")


@contextmanager
def alone() -> Iterator[None]:
    """Refuse to go on while another process is in this block, however it leaves it."""
    with (paths.BUILD / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotBuiltError(BUSY) from None
        yield


def is_made(now: str) -> bool:
    """Return whether the book in its place is made from what is there now."""
    there = MADE.is_file() and (HTML / "index.html").is_file()
    return there and MADE.read_text(encoding="utf-8") == now


def state() -> str:
    """Return the hash of Python and of every file that the book is made from."""
    digest = hashlib.sha256(sys.version.encode())
    files = [path for pattern in FILES for path in paths.ROOT.glob(pattern)]
    files += [path for folder in FOLDERS for path in (paths.ROOT / folder).rglob("*")]
    if paths.DATA != paths.PUBLISHED:
        files += paths.DATA.rglob("*")
    for path in sorted(filter(_counts, files)):
        content = path.read_bytes()
        name = _name(path)
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _counts(path: Path) -> bool:
    """Return whether a path is a file that the book could be made from."""
    parts = Path(_name(path)).parts
    made = any(part.startswith((".", "__pycache__")) for part in parts) or path.suffix == ".pyc"
    return path.is_file() and not made


def _name(path: Path) -> str:
    """Return the path of a file within the project, or within the data folder."""
    inside = path.is_relative_to(paths.ROOT)
    return path.relative_to(paths.ROOT if inside else paths.DATA.parent).as_posix()


def make_pages(html: Path) -> None:
    """Execute the notebooks and make the pages."""
    from jupyter_book.sphinx import build_sphinx  # type: ignore[import-untyped] # slow to import

    with told() as warnings:
        result = build_sphinx(
            paths.ROOT,
            html,
            noconfig=True,
            path_config=paths.ROOT / "_config.yml",
            confoverrides={
                "external_toc_path": (paths.ROOT / "_toc.yml").as_posix(),
                "latex_individualpages": False,
            },
            warningiserror=True,
            keep_going=True,
            freshenv=True,
        )
    if isinstance(result, KeyboardInterrupt):
        raise result
    if result:
        raise NotBuiltError(cause(result, warnings))


def make_paper(html: Path) -> None:
    """Make the PDF files of the book."""
    from tools.paper.__main__ import write

    if write(html):
        raise NotBuiltError("The paper forms have a fault: see above.")


@contextmanager
def told() -> Iterator[list[str]]:
    """Keep the lines that are printed as warnings and errors, besides printing them."""
    lines: list[str] = []
    stream = sys.stderr

    class Both:
        def write(self, text: str) -> int:
            lines.extend(COLOURS.sub("", text).splitlines())
            return stream.write(text)

        def __getattr__(self, name: str) -> Any:
            return getattr(stream, name)

    sys.stderr = Both()
    try:
        yield lines
    finally:
        sys.stderr = stream


def cause(result: Any, warnings: list[str]) -> str:
    """Return why no book was made as a sentence: the last thing that is printed."""
    found = [line for line in warnings if re.search("WARNING|ERROR|CRITICAL", line)]
    text = str(result) if isinstance(result, Exception) else (found or ["See above."])[0]
    last = COLOURS.sub("", text.strip()).splitlines()[-1].replace(f"{paths.ROOT}/", "")
    return CELL.sub(lambda place: f"{place[1]}, cell {int(place[2]) // 10_000}", last)


if __name__ == "__main__":
    sys.exit(main())
