"""Copies of the checkout in which the commands work as they do here."""

import os
import shutil
import subprocess
import sys

import nbformat

from analysis import paths
from tools import copying

sys.path.insert(0, str(paths.ROOT / "book" / "_ext"))
import kept_pages  # noqa: E402

SETTINGS = ("ARGS", "FILE", "SOURCE", "PORT")  # of the make that runs this, if one does
PATIENCE = 1800  # seconds for one command


class Copy:
    """A copy of the checkout in a folder whose path has a blank."""

    def __init__(self, folder):
        self.folder = copying.copied(folder)
        copying.lend(self.folder)
        if kept_pages.KEPT.is_dir():  # what a trial does not change is not executed again
            shutil.copytree(kept_pages.KEPT, self.folder / "_build" / kept_pages.KEPT.name)

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def start(self, command, **options):
        """Start a command line as from a terminal, without what this run of pytest has set."""
        inherited = ("MAKE", "MFLAGS", "PYTEST", "COV_", "PYTHON", "P53_", *SETTINGS)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(inherited)
        }
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(
            command, shell=True, cwd=self.folder, env=environment, **pipes, **options
        )

    def run(self, command):
        """Run a command line; return its exit code and what it printed."""
        with self.start(command) as process:
            printed, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, printed

    def succeed(self, command):
        code, printed = self.run(command)
        assert code == 0, f"$ {command}\n{printed[-6000:]}"
        return printed

    def is_built(self):
        return (self.folder / "_build" / ".made").is_file()

    def write_book(self, **pages):
        """Make the book of these pages only, each a list of cells."""
        shutil.rmtree(self.folder / "book", ignore_errors=True)
        shutil.copytree(paths.ROOT / "book", self.folder / "book", ignore=copying.LEFT_OUT)
        for file in (self.folder / "book").glob("*.ipynb"):
            file.unlink()
        for name, cells in pages.items():
            write_notebook(self.folder / "book" / f"{name}.ipynb", cells)
        root, *others = (f"book/{name}" for name in pages)
        chapters = "".join(["chapters:\n", *(f"  - file: {name}\n" for name in others)])
        self.write("_toc.yml", f"format: jb-book\nroot: {root}\n{chapters if others else ''}")


def write_notebook(path, cells):
    """Write cells, pairs of language and source, as JupyterLab saves them: with ids at random."""
    new = {"markdown": nbformat.v4.new_markdown_cell, "python": nbformat.v4.new_code_cell}
    notebook = nbformat.v4.new_notebook(cells=[new[kind](source) for kind, source in cells])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    nbformat.write(notebook, path)
