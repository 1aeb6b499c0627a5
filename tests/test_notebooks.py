"""Every notebook executes from a clean kernel, in its own folder, without a warning."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from analysis import paths

NOTEBOOKS = sorted((paths.ROOT / "book").glob("*.ipynb"))
GLUED = "application/papermill.record/"


def execute(path):
    """Return the executed notebook, or what went wrong in it."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(path.parent)}})
    try:
        return client.execute()
    except CellExecutionError as error:
        return error


@pytest.fixture(scope="module")
def executed(request):
    """Execute the notebooks that the selected tests ask for, several at a time."""
    chosen = {item.callspec.params["path"] for item in request.session.items if getattr(item, "module", None) is request.module}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(sorted(chosen), pool.map(execute, sorted(chosen)), strict=True))


def outputs(notebook):
    return [(cell.id, output) for cell in notebook.cells for output in cell.get("outputs", [])]


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@each_notebook
def test_a_notebook_executes(executed, path):
    notebook = executed[path]
    assert not isinstance(notebook, Exception), str(notebook)
    assert [(id, output.text) for id, output in outputs(notebook) if output.get("name") == "stderr"] == []


@each_notebook
def test_every_number_that_prose_asks_for_is_glued(executed, path):
    """Where prose asks for a number that no cell has glued, a page would have a gap."""
    prose = "\n".join(cell.source for cell in executed[path].cells if cell.cell_type == "markdown")
    glued = [
        output.metadata["scrapbook"]["name"]
        for _, output in outputs(executed[path])
        if any(kind.startswith(GLUED) for kind in output.get("data", {}))
    ]
    assert set(re.findall(r"\{glue:?[a-z]*\}`([^`]+)`", prose)) - set(glued) == set()
    assert [number for number in glued if glued.count(number) > 1] == []


@each_notebook
def test_what_a_notebook_shows_can_be_read_in_the_book_and_in_jupyterlab(executed, path):
    """The book takes MyST, JupyterLab takes HTML: each thing shown has both."""
    shown = [output.data for _, output in outputs(executed[path]) if output.output_type == "execute_result"]
    assert [list(data) for data in shown if not {"text/markdown", "text/html"} <= set(data)] == []
