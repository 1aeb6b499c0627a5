"""Clean the notebooks that JupyterLab saved.

Run by ``make notebooks``, by ``make lab`` when JupyterLab ends, and by the commit hook. Outputs,
execution counts, versions, settings of an editor and empty cells are removed; a cell whose id is
not made of words is given one; and the file is written in the one format of the book.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis import paths

BOOK = Path(__file__).resolve().parents[1] / "book"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = {"mystnb", "tags"}  # metadata that change what a page shows
WORDS = re.compile(r"[a-z]+(-[a-z]+)*")
AT_RANDOM = re.compile(r"[a-f]{8}")  # an id that an editor drew without a digit
LONGEST = 3  # words of a new id
SUFFIXES = "bcdefghijklmnopqrstuvwxyz"


def main(arguments: list[str]) -> int:
    """Clean the notebooks named, or all of the book; return 2 if one cannot be read."""
    paths = [Path(name) for name in arguments] or sorted(BOOK.glob("*.ipynb"))
    try:
        changed = [path for path in paths if clean_file(path)]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for path in changed:
        print(f"{path}: cleaned")
    print(f"{len(changed)} of {len(paths)} notebooks had to be cleaned.")
    return 0


def clean_file(path: Path) -> bool:
    """Clean one notebook in place; return True if that changed it.

    Raises
    ------
    OSError, ValueError
        If the file cannot be read or written, or is not a notebook.
    """
    before = path.read_text(encoding="utf-8")
    try:
        notebook = nbformat.reads(before, as_version=4)
    except Exception as error:  # nbformat raises errors of many kinds on a file that is no notebook
        reason = " ".join(str(error).split())[:100]
        raise ValueError(f"Invalid notebook '{path}'. Must be Jupyter's JSON: {reason}") from None
    after = cleaned(notebook)
    if after == before:
        return False
    paths.write(path, after)
    return True


def cleaned(notebook: NotebookNode) -> str:
    """Return the text of a notebook without what a run or an editor left in it."""
    cells = [cell for cell in notebook.cells if cell.source.strip()]
    for cell in cells:
        cell.metadata = _kept(cell.metadata)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    _name_cells(cells)
    metadata = nbformat.from_dict(KERNEL | _kept(notebook.metadata))
    return _written(nbformat.v4.new_notebook(cells=cells, metadata=metadata))


def _kept(metadata: NotebookNode) -> NotebookNode:
    return NotebookNode({key: value for key, value in metadata.items() if key in KEPT})


def _written(notebook: NotebookNode) -> str:
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def _name_cells(cells: list[NotebookNode]) -> None:
    """Give an id of words to each cell that has none of its own."""
    taken: set[str] = set()
    readable = {cell.id for cell in cells if is_readable(cell.get("id", ""))}
    for cell in cells:
        if not is_readable(cell.get("id", "")) or cell.id in taken:
            cell.id = new_id(cell.source, taken | readable)
        taken.add(cell.id)


def is_readable(cell_id: str) -> bool:
    """Return True if an id is made of words.

    >>> [is_readable(cell_id) for cell_id in ("who-text", "cell-a1b2", "b3c47d20", "dafebcab")]
    [True, False, False, False]
    """
    return bool(WORDS.fullmatch(cell_id)) and not AT_RANDOM.fullmatch(cell_id)


def new_id(source: str, taken: Iterable[str]) -> str:
    """Return an id for a cell from its first words.

    >>> new_id("## Who spoke, and for how long", ())
    'who-spoke-and'
    >>> new_id("## Who spoke, and when", {"who-spoke-and", "who-spoke-and-b"})
    'who-spoke-and-c'
    """
    words = re.findall(r"(?<![^\W_])[a-z]+(?![^\W_])", source.lower())[:LONGEST] or ["cell"]
    first = "-".join(words)
    names = [first, *(f"{first}-{letter}" for letter in SUFFIXES)]
    names += [f"{name}-{letter}" for name in names[1:] for letter in SUFFIXES]
    return next(name for name in names if name not in taken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
