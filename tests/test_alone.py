"""A notebook outside the book reads as a document: no role, no directive, no dead link, no gap."""

import re

import nbformat
import pytest
from nbconvert import HTMLExporter

from analysis import paths
from analysis.page import alone
from analysis.record import dated

NOTEBOOKS = sorted((paths.ROOT / "book").glob("*.ipynb"))
NAMES = {path.name for path in NOTEBOOKS}
pages = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# A role, a directive, an anchor, a mark with a class.
RAW = re.compile(r"\{[a-z]+(?::[a-z]+)?\}|:::|```\{|^\([\w-]+\)=|\]\{[.#]", re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Of {glue:text}`n` proposals, {glue:text}`m` have one.", "Of 64 proposals, … have one."),
        (":::{container} finding\n**Few** are left.\n:::", "**Few** are left.\n"),
        ("::::{container} a\n:::{container} b\nIn.\n:::\n::::\n", "In.\n"),
        ("(a-floor)=\n\n## The floor", "## The floor"),
        (
            "See [18a](#s-18a), [all](meeting.ipynb), [how](x.md).",
            "See 18a, [all](meeting.ipynb), how.",
        ),
        (
            "At [the summary](summary:) or [there](https://example.org/a).",
            "At the summary or [there](https://example.org/a).",
        ),
        ("[{glue:text}`n`]{.big} proposals", "**64** proposals"),
        ("{citation}`BibTeX <a.bib>` and {paper}`the book <report>`", "BibTeX and the book"),
        ("alpha {cite}`krippendorff`", "alpha (Krippendorff 2011)"),
        ("five {cite}`guidellm, gwet`", "five (Feuerriegel 2026, Gwet 2008)"),
        ("```{explorer}\nTo [choose](record.ipynb).\n```", "To choose.\n"),
        ("```{report} A fault\n:form: x.yml\n\nPage:\n```", "```text\nA fault\n\nPage:\n```"),
        ("`data/` and ```python\nx = {1: 2}\n```", "`data/` and ```python\nx = {1: 2}\n```"),
    ],
)
def test_what_only_the_book_understands_becomes_words(text, plain):
    assert alone.plain(text, {"n": "64"}, {"meeting.ipynb"}) == plain


def test_a_notebook_that_is_not_of_the_book_is_left_alone():
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("[a](#b) {x}`y`")])
    assert alone.prepared(other, {})[0].cells[0].source == "[a](#b) {x}`y`"


# --- the copies of the built book -----------------------------------------------------------------


@pytest.fixture
def copy(html, path):
    return nbformat.read(html / "notebooks" / path.name, as_version=4)


def words(notebook):
    """Return what a reader sees of a notebook in words: all but its code."""
    exporter = HTMLExporter(exclude_input=True, template_name="basic")
    page, _ = exporter.from_notebook_node(notebook)
    return re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL)


@pytest.mark.needs_book
@pages
def test_a_copy_has_nothing_that_only_the_book_understands(copy, path):
    assert RAW.findall(words(copy)) == []
    markdown = [cell.source for cell in copy.cells if cell.cell_type == "markdown"]
    assert [found for text in markdown for found in RAW.findall(text)] == []
    kinds = {kind for cell in copy.cells for out in cell.get("outputs", []) for kind in out.data}
    assert kinds <= {"text/html", "text/plain"}


@pytest.mark.needs_book
@pages
def test_every_link_of_a_copy_leads_somewhere(copy, path):
    targets = re.findall(r'href="([^"]+)"', words(copy))
    own = [
        target for target in targets if not target.startswith(("https://", "http://", "mailto:"))
    ]
    headings = {f"#{anchor}" for anchor in re.findall(r'id="([^"]+)"', words(copy))}
    assert set(own) - NAMES - headings == set()


@pytest.mark.needs_book
@pages
def test_a_copy_was_executed_and_says_from_which_data(copy, path):
    assert all(cell.execution_count for cell in copy.cells if cell.cell_type == "code")
    assert dated.told(paths.DATA) in copy.cells[-1].source
    assert str(paths.ROOT) not in nbformat.writes(copy)


@pytest.mark.needs_book
@pages
def test_its_numbers_stand_in_its_sentences(copy, path):
    source = nbformat.read(path, as_version=4)
    asked = sum(
        cell.source.count("{glue:") for cell in source.cells if cell.cell_type == "markdown"
    )
    unknown = sum(
        cell.source.count(alone.UNKNOWN) for cell in copy.cells if cell.cell_type == "markdown"
    )
    assert asked == 0 or unknown == 0


@pytest.mark.needs_book
@pages
def test_a_page_leads_once_to_its_copy_and_the_lock_lies_beside(html, path):
    page = (html / "book" / f"{path.stem}.html").read_text(encoding="utf-8")
    assert page.count(f'href="../notebooks/{path.name}"') == 1
    lock = (html / "notebooks" / "requirements.lock").read_bytes()
    assert lock == (paths.ROOT / "requirements.lock").read_bytes()


@pytest.mark.needs_book
def test_a_page_that_is_no_notebook_leads_to_no_copy(html):
    pages = [*(paths.ROOT / "book").glob("*.md"), paths.ROOT / "search"]
    written = [html / "book" / f"{page.stem}.html" for page in pages]
    found = [page for page in written if page.is_file() and "/notebooks/" in page.read_text()]
    assert found == []
