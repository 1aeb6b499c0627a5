"""Where the project keeps its things, and how it writes a file.

Every other module asks here, so that a folder is named once.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "datapackage.json"
PUBLISHED = ROOT / "data"
COMMAND = ".venv/bin/python -m analysis"  # as messages have it


def _data() -> Path:
    """Return the folder that P53_DATA names, one beside a notebook, or our own."""
    if named := os.environ.get("P53_DATA"):
        return Path(named).resolve()
    if "ipykernel" in sys.modules:  # a notebook that was copied together with its data
        for folder in (Path.cwd() / "data", Path.cwd().parent / "data"):
            if (folder / SCHEMA).is_file():
                return folder
    return PUBLISHED


DATA = _data()
BUILT = "_build" if DATA == PUBLISHED else "_build/other"
BUILD = ROOT / BUILT


def write(path: Path, content: bytes | str) -> None:
    """Write a file whole: if that fails, what was there before is still there."""
    place = Path(os.path.realpath(path))
    aside = place.with_name(f".{place.name}.new")
    try:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(aside, place)
    finally:
        aside.unlink(missing_ok=True)


def new_folder(folder: Path, *, more: str = "") -> None:
    """Refuse a place that is no folder, or one with files in it.

    Raises
    ------
    ValueError
        With what it must be, and `more`.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ValueError(f"Invalid --out '{folder}'. Must be a new or empty folder{more}.")


def new_file(path: Path, ending: str, *, force: bool) -> None:
    """Make the folder of a file, which must have this ending and be new.

    Raises
    ------
    ValueError
        With what it must be.
    """
    if path.suffix != ending or path.is_dir() or (path.exists() and not force):
        rule = f"Must be a new file that ends in {ending}; --force writes over one"
        raise ValueError(f"Invalid --out '{path}'. {rule}.")
    path.parent.mkdir(parents=True, exist_ok=True)
