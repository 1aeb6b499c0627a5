"""What the build executed can be read everywhere; what JupyterLab saved is cleaned again.

That a notebook executes from a clean kernel, in its own folder and without a warning, is what the
strict build holds: tests/trial/test_failing.py tries what must stop it.
"""

import json
import re
import shutil
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from analysis import paths, record, uses
from analysis.record import readings
from tools import notebooks

NOTEBOOKS = sorted((paths.ROOT / "book").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


# --- as the build executed them ---------------------------------------------------------------


@pytest.fixture
def executed(html, path):
    """The notebook with the outputs that the build has of it, and the numbers that it glued."""
    place = html.parent / "jupyter_execute" / "book" / path.name
    glued = place.with_suffix(".glue.json")
    numbers = json.loads(glued.read_text(encoding="utf-8")) if glued.is_file() else {}
    return nbformat.read(place, as_version=4), set(numbers)


def outputs(notebook):
    return [(cell.id, output) for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.mark.needs_book
@each_notebook
def test_a_notebook_was_executed_to_its_end_without_a_warning(executed, path):
    notebook, _ = executed
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if not cell.execution_count] == []
    printed = [(id, output) for id, output in outputs(notebook) if output.output_type == "stream"]
    assert [(id, output.text) for id, output in printed if output.name == "stderr"] == []


@pytest.mark.needs_book
@each_notebook
def test_every_number_that_prose_asks_for_is_glued(executed, path):
    """A number that no cell has glued would leave a gap in the page."""
    notebook, glued = executed
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:?[a-z]*\}`([^`]+)`", prose)) - glued == set()


@pytest.mark.needs_book
@each_notebook
def test_what_a_notebook_shows_can_be_read_in_the_book_and_in_jupyterlab(executed, path):
    """The book takes MyST, JupyterLab takes HTML: each thing shown has both."""
    notebook, _ = executed
    results = [out.data for _, out in outputs(notebook) if out.output_type == "execute_result"]
    assert [list(data) for data in results if not {"text/markdown", "text/html"} <= set(data)] == []


# --- as JupyterLab saves them -----------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A notebook that was executed and saved: with outputs, versions and what an editor notes."""
    path = shutil.copy(paths.ROOT / "book" / "meeting.ipynb", tmp_path_factory.mktemp("saved"))
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(paths.ROOT / "book")}}
    notebook = NotebookClient(notebook, kernel_name="python3", resources=place).execute()
    notebook.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
    notebook.metadata.widgets = {"state": {}}
    for cell in notebook.cells:
        cell.metadata |= {"editable": True, "jp-MarkdownHeadingCollapsed": True, "trusted": True}
    notebook.cells.append(nbformat.v4.new_code_cell(""))
    return notebook


def clean(notebook, tmp_path, **format):
    """Save a notebook, clean it twice, and return the path; the second time changes nothing."""
    path = tmp_path / "meeting.ipynb"
    path.write_text(json.dumps(notebook, **format), encoding="utf-8")
    assert notebooks.main([str(path)]) == 0
    assert not notebooks.clean_file(path)
    return path


def test_what_was_saved_with_its_ids_is_cleaned_to_the_same_bytes(saved, tmp_path):
    assert saved.metadata.language_info.version
    assert any(cell.get("outputs") for cell in saved.cells)
    path = clean(saved, tmp_path)
    assert path.read_bytes() == (paths.ROOT / "book" / "meeting.ipynb").read_bytes()


def test_cells_with_ids_at_random_are_given_words(saved, tmp_path):
    other = nbformat.from_dict(saved)
    for number, cell in enumerate(other.cells):
        cell["id"] = f"cell-a{number}b2" if number % 2 else f"{number:08x}"
    ids = [cell.id for cell in nbformat.read(clean(other, tmp_path), as_version=4).cells]
    assert len(set(ids)) == len(ids) == len(saved.cells) - 1
    assert [id for id in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id)] == []
    assert ids[0] == "the-meeting-what" and ids[1] == "from-analysis-import"


def test_equal_cells_have_ids_of_their_own_and_tags_are_kept(tmp_path):
    cells = [
        nbformat.v4.new_code_cell("show.table(data)", id=id) for id in ("1", "2", "load", "load")
    ]
    cells[0].metadata = {"tags": ["hide-input"], "vscode": {"languageId": "python"}}
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    cleaned = nbformat.read(clean(notebook, tmp_path, indent=4), as_version=4).cells
    assert [cell.id for cell in cleaned] == [
        "show-table-data",
        "show-table-data-b",
        "load",
        "show-table-data-c",
    ]
    assert cleaned[0].metadata == {"tags": ["hide-input"]}


def test_an_old_notebook_without_ids_is_given_some(tmp_path):
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# É 2 été\n"]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = clean(notebook, tmp_path)
    assert [cell.id for cell in nbformat.read(path, as_version=4).cells] == ["cell"]
    assert "été" in path.read_text(encoding="utf-8")


@each_notebook
def test_the_notebooks_of_the_book_are_clean(path):
    text = path.read_text(encoding="utf-8")
    assert notebooks.cleaned(nbformat.reads(text, as_version=4)) == text, "run: make notebooks"


@pytest.mark.parametrize("content", ["{", "[]", '{"cells": 3}', "\xff"])
def test_what_is_no_notebook_is_named_and_left_alone(tmp_path, capsys, content):
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="latin-1")
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 2
    assert path.read_bytes() == before
    assert "Traceback" not in capsys.readouterr().err


def test_a_notebook_that_is_missing_is_named(tmp_path, capsys):
    assert notebooks.main([str(tmp_path / "x.ipynb")]) == 2
    assert "x.ipynb" in capsys.readouterr().err


# --- words that hold under every reader ---------------------------------------------------------


def run_to(path, last, data, monkeypatch):
    """Run the code cells of a notebook up to one of them, on a record."""
    monkeypatch.setattr(record, "load", lambda: data)
    monkeypatch.setattr(uses, "folders", set())  # of which other tests have loaded some
    names = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), names)
        if cell.id == last:
            return


def linked_by(reader, data, statements, recommendation):
    """Return the record with statements linked to a recommendation by one reader."""
    advised = data.recommendations[data.recommendations.id == recommendation]
    pairs = readings.units(statements) + ">" + readings.units(advised).item()
    row = {"reader": reader, "codebook": readings.current(data), "variable": "uptake"}
    more = pd.DataFrame({"unit": pairs, "value": "full"}).assign(**row)
    rows = pd.concat([data.readings, more], ignore_index=True)
    return replace(data, readings=rows.drop_duplicates(["reader", "unit", "variable"]))


def test_the_headings_of_the_landing_page_hold_under_every_reader(shipped, monkeypatch):
    run_to(paths.ROOT / "book" / "index.ipynb", "hold", shipped, monkeypatch)


@pytest.mark.parametrize("reader", ["sixth", "seventh"])
def test_a_reader_under_whom_a_heading_is_false_fails_the_page(shipped, monkeypatch, reader):
    """One reader who links every proposal to something leaves none without a link."""
    proposals = shipped.statements[shipped.statements.act == "proposal"]
    spoilt = linked_by(reader, shipped, proposals, "39a")
    with pytest.raises(AssertionError, match=f"About half.*{reader}"):
        run_to(paths.ROOT / "book" / "index.ipynb", "hold", spoilt, monkeypatch)


@pytest.mark.parametrize(("page", "last"), [("index", "hold"), ("uptake", "count-hold")])
@pytest.mark.parametrize("reader", ["sixth", "seventh"])
def test_a_reader_who_finds_a_proposal_for_43a_fails_pages(
    shipped, monkeypatch, reader, page, last
):
    other = shipped.statements[shipped.statements.id == "10f"]
    spoilt = linked_by(reader, shipped, other, "43a")
    with pytest.raises(AssertionError, match=reader):
        run_to(paths.ROOT / "book" / f"{page}.ipynb", last, spoilt, monkeypatch)


@pytest.mark.parametrize("reader", ["fourth", "fifth", "tenth"])
def test_a_reader_who_finds_few_specific_fails_the_comparison(shipped, monkeypatch, reader):
    rows = shipped.readings.copy()
    rows.loc[(rows.reader == reader) & (rows.variable == "action_category"), "value"] = "4"
    with pytest.raises(AssertionError, match=f"more often specific.*{reader}"):
        spoilt = replace(shipped, readings=rows)
        run_to(paths.ROOT / "book" / "recommendations.ipynb", "review", spoilt, monkeypatch)
