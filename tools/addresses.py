"""Add new addresses to the list of those published. None is ever taken out.

An address is a page of the built book, mostly with an anchor on it, or a file. Those of everything
that is cited by itself, and of its files, are read from the data. With ``--release``, those of
pages, tables, figures, items and their data are added, read from the built book; and of a release,
the hash of all that was published in it goes to ``data/published.csv``. See RELEASING.md.
"""

import re
import sys
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import cite, export, items, paths, record

LIST = paths.ROOT / "tests" / "addresses.txt"
FILES = ("data/*.*", "data/readings/*.csv", "tables/*", "figures/*")
NAMED = re.compile(r'<(?:table|figure|div class="item )[^>]* id="([^"]+)"')


def coded(folder: Path = paths.DATA) -> set[str]:
    """Return the address of everything that has a number or an id in the data."""
    found = items.every(record.load(folder)).values()
    return {place for item in found for place in (item.address, item.file)}


def built(html: Path) -> set[str]:
    """Return the addresses of pages, tables, figures, items and data of a built book.

    Raises
    ------
    ValueError
        If there is no page.
    """
    texts = {
        page.relative_to(html).as_posix(): page.read_text(encoding="utf-8")
        for page in html.glob("book/*.html")
    }
    if not texts:
        raise ValueError(f"No pages in '{html / 'book'}'. Run: make book")
    files = {path.relative_to(html).as_posix() for each in FILES for path in html.glob(each)}
    named = {f"{page}#{name}" for page in texts for name in NAMED.findall(texts[page])}
    return {*texts, *named, *files}


def published(path: Path = LIST) -> set[str]:
    """Return the addresses on the list."""
    return set(path.read_text(encoding="utf-8").splitlines())


def keep(html: Path, folder: Path = paths.DATA, edition: cite.Edition | None = None) -> int:
    """Write the hash of all that a release publishes, once; return how many.

    Tables that list the files of data are left out: the file with the hashes is one of these.
    """
    edition, data = edition or cite.read(folder=folder)["edition"], record.load(folder)
    if not edition.released or edition.version in set(data.published.version):
        return 0
    book = {name: item for name, item in items.built(html).items() if item.page != cite.DATA_PAGE}
    new = items.as_published(items.every(data) | book, edition.version)
    export.write(pd.concat([data.published, new]), folder / "published.csv")
    record.dated.stamp(folder, date.today())
    return len(new)


def main(
    arguments: list[str],
    path: Path = LIST,
    html: Path = paths.BUILD / "html",
    folder: Path = paths.DATA,
) -> int:
    """Add what is new and return 0, or say in one line why not and return 2."""
    if arguments not in ([], ["--release"]):
        print("usage: python -m tools.addresses [--release]", file=sys.stderr)
        return 2
    try:
        known = published(path)
        new = (coded(folder) | (built(html) if arguments else set())) - known
        paths.write(path, "".join(f"{each}\n" for each in sorted(known | new)))
        kept = keep(html, folder) if arguments else 0
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(new)} addresses are new, {len(known | new)} are published.")
    if kept:
        print(f"The hashes of {kept} items, tables and figures are in data/published.csv.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
