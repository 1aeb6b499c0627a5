"""Write what a version gives away to a folder of its own, kept for good.

The folder, as in ``v0.2.0``, is the built book as it is published, with what is given to an archive
in its folder ``deposit``. Everything is taken from the built book, so that two runs write the same
bytes. A version that was released and is there already is compared, and never changed.
"""

import argparse
import shutil
import sys
from pathlib import Path

from analysis import archive, cite, paths, provenance

REPORT = "paper/report.pdf"
DEPOSIT = "deposit"
FILES = {  # of the deposit, each named by the project, the version and this end
    "-data.zip": "The data package: all tables with schema, licence and checksums.",
    "-judged-pairs.zip": "Every judged pair of a statement and a recommendation, with a README.",
    ".xlsx": "The record as a workbook, each code with its label.",
    ".sqlite": "The record as an SQLite database, with its keys.",
    "-report.pdf": "The book as one document.",
    "-provenance.json": "What was computed from what, with hashes, as PROV-JSON.",
    "-site.zip": "The pages of the book, to be read without a network.",
}


class ReleasedError(Exception):
    """A version that was released is there, and is another."""


def kit(html: Path) -> dict[str, bytes]:
    """Return the files of a version by their path in its folder.

    Raises
    ------
    KeyError
        If the book has no such file.
    """
    edition = cite.read()["edition"]
    name = f"paragraph-53-{edition.version}"
    pages = {
        path.relative_to(html).as_posix(): path.read_bytes()
        for path in html.rglob("*")
        if path.is_file()
    }
    folder = f"data/{archive.JUDGED}/"
    pairs = {file: pages[f"{folder}{file}"] for file in archive.JUDGED_FILES}
    contents = (
        pages[f"data/{archive.ARCHIVE}"],
        archive.zipped(pairs, f"{name}-judged-pairs", edition.day),
        pages[f"data/{archive.WORKBOOK}"],
        pages[f"data/{archive.DATABASE}"],
        pages[REPORT],
        pages[provenance.PROV_FILE],
        archive.zipped(pages, f"{name}-site", edition.day),
    )
    deposit = {f"{name}{end}": content for end, content in zip(FILES, contents, strict=True)}
    about = {f"{name}{end}": words for end, words in FILES.items()}
    deposit[archive.CRATE] = archive.crate(deposit, about)
    deposit[archive.SUMS] = archive.sums(deposit)
    return pages | {f"{DEPOSIT}/{file}": content for file, content in deposit.items()}


def keep(files: dict[str, bytes], folder: Path, *, released: bool) -> bool:
    """Write a version into its folder; return False if it is there, and the same.

    Raises
    ------
    ReleasedError
        If it was released, and another is there; nothing is changed.
    """
    if released and folder.exists():
        if file := different(files, folder):
            raise ReleasedError(
                f"'{folder}' holds another version of that number: '{file}' is not the same."
                " What was released stays as it is: choose the next number (RELEASING.md)."
            )
        return False
    aside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    for name, content in files.items():
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    aside.replace(folder)
    return True


def different(files: dict[str, bytes], folder: Path) -> str:
    """Return the first file, by its path, that a folder has not or has otherwise."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted({*files, *there}):
        if name not in files or name not in there or (folder / name).read_bytes() != files[name]:
            return name
    return ""


def main(html: Path, arguments: list[str] | None = None) -> int:
    """Write the version of the built book, and print where it is."""
    parser = argparse.ArgumentParser(
        prog="make release", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=paths.BUILD / "release", help="where versions are"
    )
    folder, edition = parser.parse_args(arguments).folder, cite.read()["edition"]
    home = folder / f"v{edition.version}"
    try:
        files = kit(html)
        written = keep(files, home, released=edition.released)
    except KeyError as error:
        print(f"The built book in '{html}' has no {error}. Run: make book", file=sys.stderr)
        return 1
    except (OSError, ReleasedError) as error:
        print(error, file=sys.stderr)
        return 1
    for name in files:
        if name.startswith(f"{DEPOSIT}/"):
            print(f"{home / name}: {len(files[name]):,} bytes")
    print(f"{home} {'is written' if written else 'was there already, and is the same'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(paths.BUILD / "html"))
