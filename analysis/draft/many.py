"""Draft one file after another: the task that `analysis.batch` does to each of many, here or in another process."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from analysis import document, suggested
from analysis.draft import words
from analysis.draft.assembly import draft
from analysis.draft.folder import refuse, write


@dataclass(frozen=True)
class Drafted:
    """What came of a file: the folder of its draft, its paragraphs, the rows suggested, and what its reader warns of."""

    folder: Path
    paragraphs: int
    rows: int
    warnings: tuple[str, ...] = ()

    def __str__(self):
        """Return one line, and the warnings below it."""
        line = f"A draft of {self.paragraphs} paragraphs is in {self.folder}: {self.rows} rows, all to be read and confirmed."
        return "\n".join([line, *self.warnings])


@dataclass(frozen=True)
class Task:
    """Read a file, draft it and write the draft.

    Attributes
    ----------
    codebook : SimpleNamespace
        The tables that a draft uses: themes, crosswalk and verbs.
    folders : dict of Path to Path
        Where the draft of each file goes, as `folders` gives it.
    force : bool
        Whether a folder that holds something may be replaced.
    """

    codebook: SimpleNamespace
    folders: dict[Path, Path]
    force: bool = False

    def __call__(self, path: Path) -> Drafted:
        """Return what came of a file.

        Raises
        ------
        OSError, ValueError
            Where the file cannot be read as a summary, or the draft cannot be written.
        """
        refuse(self.folders[path], force=self.force)
        copy = document.read(path, numbered=True)
        tables = draft(copy, self.codebook)
        folder = write(tables, self.folders[path], force=self.force)
        return Drafted(folder, len(copy.paragraphs), sum(len(tables[name]) for name in suggested.DRAFTED), copy.warnings)


def folders(files: Sequence[Path], out: Path, *, several: bool) -> dict[Path, Path]:
    """Return where the draft of each file goes: to `out`, or to a folder in it, named as the file, where there are several.

    >>> [str(folder) for folder in folders([Path("a/Summary 1.md"), Path("b/summary-1.pdf")], Path("out"), several=True).values()]
    ['out/summary-1', 'out/summary-1-2']
    """
    if not several:
        return {files[0]: out}
    names: dict[str, Path] = {}
    for path in files:
        names[words.distinct(words.slug(path.stem), names)] = path
    return {path: out / name for name, path in names.items()}
