"""Execute notebooks and write pages on every processor, but read all pages in one process.

Sphinx finds a label, term or citation that two pages claim only if one process reads both pages.
Reading is quick once the notebooks are executed, so only the slow work is shared out.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from typing import Any

import kept_pages
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from traitlets.config import Config

from analysis import provenance

PROCESSORS = os.cpu_count() or 1
WATCH = """
from analysis import uses
uses.watch()
get_ipython().ast_transformers.append(uses.EndBefore())
"""


class NotebookExecution:
    """Notebooks that are being executed, each in a kernel of its own.

    The threads are daemons: an interrupted build ends at once, and its kernels end with it.
    """

    def __init__(self) -> None:
        self.waiting: SimpleQueue[tuple[Future[str], Path, int]] = SimpleQueue()
        self.executed: dict[str, Future[str]] = {}

    def start(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Start to execute the notebooks among the pages that will be read."""
        for docname in docnames:
            path = Path(env.doc2path(docname))
            if path.suffix == ".ipynb":
                self.executed[docname] = Future()
                self.waiting.put((self.executed[docname], path, app.config.nb_execution_timeout))
        for _ in range(PROCESSORS):
            Thread(target=self.work, daemon=True).start()

    def work(self) -> None:
        """Execute notebooks until none is waiting."""
        while True:
            try:
                future, path, timeout = self.waiting.get_nowait()
            except Empty:
                return
            try:
                future.set_result(execute(path, timeout))
            except Exception as error:
                future.set_exception(error)

    def replace_source(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Replace the source of a notebook by the executed notebook."""
        if docname not in self.executed:
            return
        try:
            source[0] = self.executed.pop(docname).result()
        except RuntimeError as error:
            raise ExtensionError(f"{app.env.doc2path(docname, base=False)}: {error}") from error

    def stop(self, app: Sphinx, exception: Exception | None) -> None:
        """Start no further notebook, whether the build has succeeded or failed."""
        with suppress(Empty):
            while True:
                self.waiting.get_nowait()


def execute(path: Path, timeout: int) -> str:
    """Return the text of a notebook with the outputs of its cells, as it is kept or as it is made.

    The kernel is reached over sockets in a folder that only this user can open, where the system
    has them: two builds at once can take the same port of the network, and one kernel then dies.
    """
    if (known := kept_pages.find(path)) is not None:
        return known
    since, began = kept_pages.whole(path), monotonic()
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    with TemporaryDirectory(prefix="p53-") as folder:
        connection = {"transport": "ipc", "connection_file": str(Path(folder, "kernel.json"))}
        config = Config({"KernelManager": connection if os.name == "posix" else {}})
        place = {"metadata": {"path": str(path.parent)}}
        options = {"timeout": timeout, "config": config, "record_timing": False}
        client = NotebookClient(notebook, resources=place, **options)
        with client.setup_kernel():
            told = client.wait_for_reply(client.kc.kernel_info())
            notebook.metadata["language_info"] = told["content"]["language_info"]
            aside(client, WATCH)
            for position, cell in enumerate(notebook.cells):
                try:
                    client.execute_cell(cell, position)
                except (CellExecutionError, CellTimeoutError) as error:
                    raise RuntimeError(f"{error}\n{where(path, cell, error)}") from error
            [used] = aside(client, "print(uses.told())").outputs
    parts = json.loads(used.text)
    note(notebook.cells, iter(parts[1:]))
    executed = str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]
    kept_pages.keep(path, executed, kept_pages.together(parts), since, monotonic() - began)
    return executed


def note(cells: list[Any], parts: Iterator[kept_pages.Uses]) -> None:
    """Write into each cell of code which files each of its lines used: `analysis.provenance`."""
    for cell in cells:
        if cell.cell_type == "code":
            cell.metadata["uses"] = [
                kept_pages.paths_of(next(parts)) for _ in provenance.lines(cell)
            ]


def where(path: Path, cell: Any, error: Exception) -> str:
    """Return in one line where a cell has failed, and why."""
    name = getattr(error, "ename", "CellTimeoutError")
    first = (str(getattr(error, "evalue", "")) or str(error)).strip().splitlines()[0]
    return f"{path.parent.name}/{path.name}, cell '{cell.id}': {name}: {first}"


def aside(client: NotebookClient, source: str) -> Any:
    """Execute a cell that is not in the notebook, at its end for the time being."""
    cells = client.nb.cells
    cells.append(nbformat.v4.new_code_cell(source))  # type: ignore[no-untyped-call]
    client.execute_cell(cells[-1], len(cells) - 1, store_history=False)
    return cells.pop()


def write_in_parallel(app: Sphinx, env: BuildEnvironment) -> None:
    """Let Sphinx write pages in several processes, now that all of them are read."""
    app.parallel = PROCESSORS


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.parallel = 1
    notebooks = NotebookExecution()
    app.connect("env-before-read-docs", notebooks.start)
    app.connect("source-read", notebooks.replace_source)
    app.connect("env-updated", write_in_parallel)
    app.connect("build-finished", notebooks.stop)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
