"""Add new addresses to the list of those published. None is ever taken out.

An address is a page of the built book, and mostly an anchor on it. The addresses of paragraphs,
statements, recommendations, claims and speakers are read from the data. With ``--release``, those
of pages, tables, figures and items are added, read from the built book. See RELEASING.md.
"""

import re
import sys
from pathlib import Path

from analysis import paths, record
from analysis.page import paragraphs, speakers

LIST = paths.ROOT / "tests" / "addresses.txt"
RECORD = "book/record.html"  # the page that leads to all that is coded
SPEAKERS = "book/speakers.html"  # the page with a section for each speaker
NAMED = re.compile(r'<(?:table|figure|div class="item )[^>]* id="([^"]+)"')


def coded(folder: Path = paths.DATA) -> set[str]:
    """Return the address of everything that has a number or an id in the data."""
    data = record.load(folder)
    items = {f"{RECORD}#{anchor}" for anchor in paragraphs.anchors(data)}
    return items | {f"{SPEAKERS}#{anchor}" for anchor in speakers.anchors(data).values()}


def built(html: Path) -> set[str]:
    """Return the addresses of the pages, tables, figures and items of a built book.

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
    return {f"{page}#{name}" for page in texts for name in NAMED.findall(texts[page])} | set(texts)


def published(path: Path = LIST) -> set[str]:
    """Return the addresses on the list."""
    return set(path.read_text(encoding="utf-8").splitlines())


def main(arguments: list[str], path: Path = LIST, html: Path = paths.BUILD / "html") -> int:
    """Add what is new and return 0, or say in one line why not and return 2."""
    if arguments not in ([], ["--release"]):
        print("usage: python tools/addresses.py [--release]", file=sys.stderr)
        return 2
    try:
        known = published(path)
        new = (coded() | (built(html) if arguments else set())) - known
        path.write_text("".join(f"{each}\n" for each in sorted(known | new)), encoding="utf-8")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(new)} addresses are new, {len(known | new)} are published.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
