"""Tell what was computed from what: a page, and files for programs.

Every notebook is read before the page is, so that the page has what all of them gave. One file also
has the hashes of the files that were published, which `analysis.provenance` reads; another says the
same as PROV-JSON.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from analysis import cite, paths, provenance
from analysis.page import show

PAGE = "book/computed"
LOCK = "requirements.lock"
CODE = paths.ROOT / "analysis"
items: list[provenance.Item] = []  # of the pages that were read in this build


def put_last(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Have the page read after all others."""
    items.clear()
    if PAGE in docnames:
        docnames.remove(PAGE)
        docnames.append(PAGE)


def collect(app: Sphinx, docname: str, source: list[str]) -> None:
    """Collect what an executed notebook gave, or write all of it on the page."""
    if app.env.doc2path(docname).endswith(".ipynb"):
        items.extend(provenance.items(json.loads(source[0]), docname))
    elif docname == PAGE:
        caption = "Each cell that gives something, what it gives and what it was made from"
        titles = {"functions": "Made by", "inputs": "From"}
        labels = app.env.get_domain("std").anonlabels  # type: ignore[attr-defined]
        known = {place: label for label, (_, place) in labels.items()}
        shown = show.table(
            cells(known),
            name="tab-computed",
            caption=caption,
            titles=titles,
            rows=2,
            numbered=False,
        )
        source[0] += f"\n\n{shown.markdown}"


def cells(labels: dict[str, str]) -> pd.DataFrame:
    """Return the cells that gave something, in the order of pages and cells.

    `labels` has for an anchor the label that a link takes, where it is another.

    Returns
    -------
    DataFrame
        One row per cell: page, cell, gives, functions, inputs.
    """
    rows = []
    for (notebook, cell), given in pd.DataFrame(items).groupby(["notebook", "cell"], sort=False):
        page = Path(notebook).stem
        label = show.myst(f"[{cell}]{{#{anchor(notebook, cell)}}}", cell)
        functions = sorted(
            {name.removeprefix("analysis.") for each in given.functions for name in each}
        )
        inputs = sorted({Path(path).stem for each in given.inputs for path in each})
        gives = show.join((said(item, labels) for item in given.itertuples()), "; ")
        row = (show.myst(f"[{page}]({page}.ipynb)", page), label, gives)
        rows.append((*row, ", ".join(functions), ", ".join(inputs)))
    return pd.DataFrame(rows, columns=["page", "cell", "gives", "functions", "inputs"])


def said(item: Any, labels: dict[str, str]) -> Any:
    """Return what a cell gave: a number with its value, or a link to a table or figure."""
    if item.kind == "number":
        return f"{item.name.partition('.')[2]} = {item.says}"
    return show.link(item.name, labels.get(item.name, item.name))


def anchor(notebook: str, cell: str) -> str:
    """Return the anchor of a cell on the page."""
    return f"cell-{Path(notebook).stem}-{cell}".replace("_", "-")


def of(name: str) -> provenance.Item:
    """Return what is known of a table or figure; nothing if no cell gave it."""
    return next((item for item in items if item["name"] == name), {})


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files."""
    if exception or app.builder.format != "html":
        return
    code = [path.relative_to(paths.ROOT).as_posix() for path in CODE.rglob("*.py")]
    used = {LOCK, *code}.union(*([item["notebook"], *item["inputs"]] for item in items))
    noted = {
        "inputs": {path: provenance.hashed(paths.ROOT / path) for path in sorted(used)},
        "items": [item | {"files": published(Path(app.outdir), item)} for item in items],
    }
    linked = provenance.provenance(noted)
    for name, content in {provenance.COMPUTED_FILE: noted, provenance.PROV_FILE: linked}.items():
        place = Path(app.outdir, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(cite.as_json(content), encoding="utf-8")


def published(html: Path, item: provenance.Item) -> dict[str, str]:
    """Return the hash of each file of a table or figure."""
    files = sorted((html / f"{item['kind']}s").glob(f"{item['name']}.*"))
    return {path.relative_to(html).as_posix(): provenance.hashed(path) for path in files}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("env-before-read-docs", put_last)
    app.connect("source-read", collect, priority=600)  # once the notebook is the executed one
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
