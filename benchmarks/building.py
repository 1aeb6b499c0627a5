"""How long builds take: with no change, with one, and from nothing beside a plain jupyter-book.

All is built in a copy of the checkout. The plain build has the same notebooks, one after the other,
and none of our extensions; it makes pages alone, so ours is timed for pages alone as well.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tools import copying

BOOK = (".venv/bin/python", "-m", "tools.build")
MAKE_PAGES = "from pathlib import Path; from tools import build; build.make_pages(Path({!r}))"
PAGES = (".venv/bin/python", "-c", MAKE_PAGES.format("_build/pages/html"))
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
PLAIN = (".venv/bin/python", "-c", JUPYTER_BOOK, "build", ".", "--all")
PLAIN += ("--config", "plain.yml", "--path-output", "_build/plain")
NO_CHANGE, RATIO = "make book with no change", "pages from nothing, beside the plain build"
TARGETS = {NO_CHANGE: 2, RATIO: 0.7}
TABLE, PAGE = "data/crosswalk.csv", "book/participation.ipynb"


def main() -> dict[str, float]:
    """Return seconds by what is built, and the ratio of ours to a plain build."""
    with TemporaryDirectory(prefix="p53-") as parent:
        copy = copying.copied(Path(parent, "copy"))
        copying.lend(copy)
        write_plain(copy)
        plain, pages = seconds(copy, PLAIN), seconds(copy, PAGES)
        seconds(copy, BOOK)
        found = {NO_CHANGE: seconds(copy, BOOK)}
        change(copy / TABLE, ",related\n", ",close\n")
        found["make book, one table changed"] = seconds(copy, BOOK)
        change(copy / PAGE, "# Who took part", "# Those who took part")
        found["make book, one page changed"] = seconds(copy, BOOK)
    return found | {"pages from nothing": pages, "a plain build": plain, RATIO: pages / plain}


def write_plain(copy: Path) -> None:
    """Write the settings of the book without its own extensions and templates."""
    settings = yaml.safe_load((copy / "_config.yml").read_text(encoding="utf-8"))
    settings["execute"]["execute_notebooks"] = "force"
    settings["sphinx"]["local_extensions"] = {}
    for ours in ("extensions", "templates_path", "html_additional_pages"):
        del settings["sphinx"]["config"][ours]
    (copy / "plain.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Replace the first place of some words in a file."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"'{path}' has no '{old}' to change.")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def seconds(folder: Path, command: tuple[str, ...]) -> float:
    """Return how long a command takes; its words are shown if it fails."""
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)
        raise RuntimeError(f"It failed: {' '.join(command)}")
    return time.perf_counter() - begin
