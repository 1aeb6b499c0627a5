"""Offer each notebook as it was executed, in plain Markdown with its numbers, beside the lock.

The copies are in the folder ``notebooks`` of the built book. Each says at its end what it was
executed from. In the book itself every page leads to its own.
"""

import shutil
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from analysis import paths
from analysis.page import alone
from analysis.record import dated

FOLDER, LOCK = "notebooks", "requirements.lock"
COPIES: dict[str, str] = {}  # the text of each copy, by its page


def copy(app: Sphinx, docname: str, source: list[str]) -> None:
    """Make the copy of a page that is an executed notebook."""
    if not app.env.doc2path(docname).endswith(".ipynb"):
        return
    beside = {path.name for path in Path(app.env.doc2path(docname)).parent.glob("*.ipynb")}
    notebook = alone.readable(nbformat.reads(source[0], as_version=4), beside)
    said = f"{dated.told(paths.DATA)}. Executed for {app.config.project_edition}."
    notebook.cells.append(nbformat.v4.new_markdown_cell(said, id="data-read"))
    COPIES[docname] = f"{nbformat.writes(notebook)}\n"


def name_copy(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the frame of a page know of its copy."""
    context["notebook"] = _place(page) if page in COPIES else ""


def _place(docname: str) -> str:
    return f"{FOLDER}/{docname.rpartition('/')[2]}.ipynb"


def write_copies(app: Sphinx, exception: Exception | None) -> None:
    """Write the copies, and the lock of the packages that they were executed with."""
    if exception or app.builder.format != "html" or not COPIES:
        return
    Path(app.outdir, FOLDER).mkdir(exist_ok=True)
    shutil.copyfile(paths.ROOT / LOCK, Path(app.outdir, FOLDER, LOCK))
    for docname, text in COPIES.items():
        Path(app.outdir, _place(docname)).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.setup_extension("edition")
    app.connect("source-read", copy, priority=700)  # once it is executed
    app.connect("html-page-context", name_copy)
    app.connect("build-finished", write_copies)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
