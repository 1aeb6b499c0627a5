"""A notebook for whoever reads it outside the book: plain, with its numbers.

The book understands roles, directives and anchors; JupyterLab, nbconvert and GitHub print them as
they are written. Jupyter's own configuration, which is installed with the package, has nbconvert
call `prepared` (tools/jupyter), and the book offers the same form of each page (book/_ext).
"""

import ast
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from analysis import paths

ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")
MYST_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
# Lines that only the book understands, each with what stands in its place.
LINES = [
    (r"^:{3,}.*\n?", ""),  # a box opens or closes
    (r"^\([\w-]+\)=\n+", ""),  # a place that links lead to
    (r"^```\{explorer\}\n(.*?)^```", r"\1"),
    (r"^```\{\w+\} *([^\n]*)\n(?::\w+:[^\n]*\n)*", r"```text\n\1\n"),
]
STAYS = ("http:", "https:", "mailto:")
UNKNOWN = "…"  # a number of a notebook that was not executed


def prepared(notebook: Any, resources: Any) -> tuple[Any, Any]:
    """Prepare a notebook of the book for nbconvert; any other is left as it is."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    if any("from analysis" in source for source in code):
        beside = Path(resources.get("metadata", {}).get("path") or ".")
        notebook = readable(notebook, {path.name for path in beside.glob("*.ipynb")})
    return notebook, resources


def readable(notebook: Any, pages: Collection[str]) -> Any:
    """Return an executed notebook in plain Markdown, its numbers in its sentences.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; it is changed.
    pages : collection of str
        Names of the notebooks beside it. A link to any other place of the book becomes words.
    """
    values: dict[str, str] = {}
    for cell in notebook.cells:
        shown = []
        for output in cell.get("outputs", []):
            if glued := output.get("metadata", {}).get("scrapbook"):
                text = output["data"].get(f"{glued['mime_prefix']}text/plain", "''")
                values[glued["name"]] = ast.literal_eval(text)
            else:
                if "text/html" in output.get("data", {}):
                    output["data"].pop("text/markdown", None)
                shown.append(output)
        if cell.cell_type == "code":
            cell["outputs"] = shown
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["source"] = plain(cell["source"], values, pages)
    return notebook


def plain(text: str, values: dict[str, str], pages: Collection[str]) -> str:
    """Return MyST as plain Markdown.

    >>> plain("Of {glue:text}`n`, [one](#s-1) is [there](b.ipynb).", {"n": "2"}, ["b.ipynb"])
    'Of 2, one is [there](b.ipynb).'
    """
    for pattern, instead in LINES:
        text = re.sub(pattern, instead, text, flags=re.MULTILINE | re.DOTALL * (instead == r"\1"))
    text = ROLE.sub(lambda role: _words_of(role[1], role[2], values), text)
    text = re.sub(r"\[([^\[\]]*)\]\{[^}]*\}", r"**\1**", text)
    return MYST_LINK.sub(lambda link: link[0] if _leads(link[2], pages) else link[1], text)


def words(text: str) -> str:
    """Return MyST as words, without links and marks.

    >>> words("[8]{.big} of **what** {view}`was asked <panel=none>`")
    '8 of what was asked'
    """
    return plain(text, {}, ()).replace("**", "")


def _words_of(role: str, content: str, values: dict[str, str]) -> str:
    if role.startswith("glue"):
        return values.get(content, UNKNOWN)
    if role == "cite":
        return f"({', '.join(_reference(key.strip()) for key in content.split(','))})"
    return re.sub(r"\s*<[^<>]*>$", "", content)


def _reference(key: str) -> str:
    """Return the family name of the first author and the year of a reference."""
    text = (paths.ROOT / "book" / "references.bib").read_text(encoding="utf-8")
    found = re.search(rf"@\w+\{{{re.escape(key)},(.*?)^\}}", text, re.DOTALL | re.MULTILINE)
    fields = dict(
        re.findall(r"^\s*(\w+) = \{+(.*?)\}+,?$", found[1] if found else "", re.MULTILINE)
    )
    return " ".join([fields.get("author", key).split(",")[0], fields.get("year", "")]).strip()


def _leads(target: str, pages: Collection[str]) -> bool:
    """Return whether a link leads somewhere outside the book."""
    return target.startswith(STAYS) or target in pages
