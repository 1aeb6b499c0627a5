"""The extensions of the book, on books of a few pages that are built in a moment."""

import doctest
import importlib
import json
import re
import subprocess
import sys

import pytest
from myst_parser.config.main import MdParserConfig
from pygments import highlight
from pygments.lexers.python import PythonLexer

from analysis import paths

EXTENSIONS = paths.ROOT / "book" / "_ext"
sys.path.insert(0, str(EXTENSIONS))

CONF = f"""
import sys

sys.path.insert(0, {str(EXTENSIONS)!r})
import parallel_pages

parallel_pages.PROCESSORS = {{processors}}
extensions = ["myst_nb", "sphinxcontrib.bibtex", "parallel_pages", "unique_names"]
extensions += ["complete_markdown", "lean_markup"]
bibtex_bibfiles = ["list.bib"]
nb_execution_mode = "off"
nb_execution_timeout = 60
nb_render_markdown_format = "myst"
myst_enable_extensions = ["attrs_block", "colon_fence", "dollarmath"]
numfig = True
"""
ENTRY = "@misc{boats, author = {Ann Boat}, title = {Boats}, year = 2001}"
# Sphinx reads in one process, however many there are, when a book has no more than five pages.
FILLERS = {f"m{number}.md": f"# Page {number}\n" for number in range(6)}


def build(folder, pages, processors=1):
    """Build a book strictly, and return the exit code and what was printed."""
    pages = {**FILLERS, **pages}
    names = "\n".join(sorted(name.rpartition(".")[0] for name in pages))
    files = {
        **pages,
        "conf.py": CONF.format(processors=processors),
        "list.bib": ENTRY,
        "index.md": f"# Index\n\n```{{toctree}}\n{names}\n```\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    arguments = ["-b", "html", "-W", "--keep-going", "-q", "-j", str(processors)]
    command = [sys.executable, "-m", "sphinx", *arguments, str(folder), str(folder / "built")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


def notebook(*cells):
    """Return the text of a notebook of cells given as (kind, source)."""
    kinds = {"code": {"outputs": [], "execution_count": None}}
    made = [
        {
            "cell_type": kind,
            "id": f"cell-{number}",
            "metadata": {},
            "source": source,
            **kinds.get(kind, {}),
        }
        for number, (kind, source) in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize("path", sorted(EXTENSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_examples_in_docstrings_hold(path):
    assert doctest.testmod(importlib.import_module(path.stem)).failed == 0


# --- as strict with several processes as with one -------------------------------------------------

TWINS = {
    "label": "(twin)=\n## Heading\n",
    "anchor": "{#twin}\nText.\n",
    "target": "(twin)=\nText.\n",
    "picture": "(twin)=\n![Picture](https://example.org/x.png)\n",
    "table": "```{table} Caption\n:name: twin\n\n| a |\n|---|\n| 1 |\n```\n",
    "directive": "```{note}\n:name: twin\n\nText.\n```\n",
    "term": "```{glossary}\ntwin\n    Text.\n```\n",
    "equation": "```{math}\n:label: twin\nx = 1\n```\n",
    "variable": "```{envvar} TWIN\n```\n",
    "function": "```{py:function} twin()\n```\n",
    "citation": "```{eval-rst}\n.. [twin] Text.\n\n[twin]_\n```\n",
}


# A name on the first page, and on the last page for something else.
MIXED = {
    "labelfirst": ("label", "target"),
    "labellast": ("target", "label"),
    "mixed": ("table", "anchor"),
}


def named(kind, name):
    """Return the text that gives a name to a thing of the kind."""
    return TWINS[kind].replace("twin", name).replace("TWIN", name.upper())


@pytest.fixture(scope="module", params=[1, 2])
def twins(tmp_path_factory, request):
    """Build a book whose first and last page claim the same names, and return what was printed."""
    first, last = ["# A\n"], ["# Z\n"]
    for kind in TWINS:
        first.append(named(kind, f"twin{kind}"))
        last.append(named(kind, f"twin{kind}"))
    for name, (one, other) in MIXED.items():
        first.append(named(one, f"twin{name}"))
        last.append(named(other, f"twin{name}"))
    pages = {"a.md": "\n".join(first), "z.md": "\n".join(last)}
    code, printed = build(tmp_path_factory.mktemp("twins"), pages, request.param)
    assert code != 0
    return printed


@pytest.mark.parametrize("kind", [*TWINS, *MIXED])
def test_what_two_pages_claim_is_found_whichever_process_reads_them(twins, kind):
    lines = [
        line for line in twins.splitlines() if re.search(rf"\btwin{kind}\b", line, re.IGNORECASE)
    ]
    (line,) = [line for line in lines if "duplicate" in line]
    assert re.search(r"/z\.md:.* other instance in (\S*/)?a\b", line), line


def test_footnotes_and_addresses_of_two_pages_may_have_a_name_in_common(tmp_path):
    page = "\n\nText[^one] with [a link][link].\n\n[^one]: Note.\n\n[link]: https://example.org\n"
    assert build(tmp_path, {"a.md": f"# A{page}", "z.md": f"# Z{page}"}) == (0, "")


@pytest.mark.parametrize("processors", [1, 2])
def test_two_bibliographies_fail_the_build(tmp_path, processors):
    page = "\n\n{cite}`boats`\n\n```{bibliography}\n```\n"
    code, printed = build(tmp_path, {"a.md": f"# A{page}", "z.md": f"# Z{page}"}, processors)
    assert code != 0 and 'duplicate citation for key "boats"' in printed, printed


@pytest.mark.parametrize("processors", [1, 2])
def test_a_book_without_twins_is_built_alike(tmp_path, processors):
    pages = {f"{name}.md": f"# {name}\n\n({name})=\n## Heading\n" for name in "az"}
    assert build(tmp_path, pages, processors) == (0, "")


# --- notebooks ------------------------------------------------------------------------------------


def test_notebooks_are_executed_and_a_failing_one_stops_the_build(tmp_path):
    good = notebook(("markdown", "# Good"), ("code", "print(6 * 7)"))
    assert build(tmp_path, {"a.ipynb": good}, 2) == (0, "")
    page = (tmp_path / "built" / "a.html").read_text(encoding="utf-8")
    assert ">42\n</pre>" in page
    bad = notebook(("markdown", "# Bad"), ("code", "unheard_of = 1 / 0"))
    code, printed = build(tmp_path, {"a.ipynb": good, "b.ipynb": bad}, 2)
    assert code != 0
    for part in ("b.ipynb", "unheard_of", "ZeroDivisionError"):
        assert part in printed


# --- Markdown -------------------------------------------------------------------------------------

LONG = "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"
LOSSES = {
    "long row": (LONG, 2, "Invalid number of cells '3'. Must be 2"),
    "short row": ("| a | b |\n|---|---|\n| 1 |\n", 2, "Invalid number of cells '1'. Must be 2"),
    "row without bars": ("a | b\n--|--\n1 | 2 | 3\n", 2, "Invalid number of cells '3'. Must be 2"),
    "row with a blank cell too many": ("| a |\n|---|\n| 1 | |\n", 2, "Invalid number of cells '2'"),
    "second row": ("| a |\n|---|\n| 1 |\n| 1 | 2 |\n", 3, "Invalid number of cells '2'"),
    "table in a quotation": ("> | a |\n> |---|\n> | 1 | 2 |\n", 2, "Invalid number of cells '2'"),
    "table in a list": ("- x\n\n  | a |\n  |---|\n  | 1 | 2 |\n", 4, "Invalid number of cells '2'"),
    "table in a directive": (
        f"```{{table}} Caption\n:name: t\n\n{LONG}```\n",
        5,
        "Invalid number of cells '3'",
    ),
    "table in two directives": (
        f"::::{{note}}\n:::{{table}} Caption\n{LONG}:::\n::::\n",
        4,
        "Invalid number",
    ),
    "comment": ("Up to half, or fifty\n% of them.\n", 1, "begins with '%'"),
    "block break": ("Text.\n\n+++ More text.\n", 2, "'More text.' after '+++'"),
    "element": ("It costs <amount> dollars.\n", 0, "'<amount>'"),
    "block of an element": ("<amount>\n\nText.\n", 0, "'<amount>'"),
    "list": ("3. three\n4. four\n9. nine\n", 2, "Invalid number '9.' of a list item. Must be 5"),
    "list in a list": ("1. one\n\n   4. four\n   6. six\n\n2. two\n", 3, "Invalid number '6.'"),
}
WHOLE = {
    "table": "| a | b |\n|---|---|\n| 1 | 2 |\n| a \\| b | |\n",
    "table without bars": "a | b\n--|--\n1 | 2\n",
    "table shown as code": f"```text\n{LONG}```\n",
    "table shown as a directive of code": f"```{{code-block}} text\n{LONG}```\n",
    "list": "3. three\n4. four\n5. five\n",
    "list that is numbered by itself": "1. one\n1. two\n1. three\n",
    "lists": "1. one\n2. two\n\nText.\n\n7. seven\n",
    "markup": "Text <!-- <amount> --> with <b>bold</b> <span>words</span>, 3 < 4 and <https://example.org>.\n",
    "block break": "Text.\n\n+++\n\nText.\n",
    "per cent": "Text 5 % of them.\n",
}


def losses(text):
    import complete_markdown

    config = MdParserConfig(
        enable_extensions={"attrs_block", "attrs_inline", "colon_fence", "deflist"}
    )
    return list(complete_markdown.losses(complete_markdown.parser(config), text))


@pytest.mark.parametrize("kind", LOSSES)
def test_what_would_be_lost_is_found_with_its_line(kind):
    text, line, message = LOSSES[kind]
    (problem,) = losses(text)
    assert problem[0] == line and message in problem[1]


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_shown_whole_is_left_alone(kind):
    assert losses(WHOLE[kind]) == []


def test_a_loss_in_a_page_or_a_notebook_fails_the_build_and_is_named(tmp_path):
    cells = [
        ("markdown", "# B"),
        ("markdown", f"Text.\n\n{LONG}"),
        ("raw", "Text."),
        ("markdown", "[^c]: Text."),
    ]
    pages = {"a.md": f"# A\n\n{LONG}\n[^b]: Text.\n", "b.ipynb": notebook(*cells)}
    code, printed = build(tmp_path, pages)
    assert code != 0
    assert "a.md:5: WARNING: Invalid number of cells '3'. Must be 2" in printed
    assert "a.md:7: WARNING: Invalid footnote 'b'" in printed
    assert "b.ipynb:cell 2, line 5: WARNING: Invalid number of cells '3'. Must be 2" in printed
    assert "b.ipynb:cell 3: WARNING: Invalid raw cell" in printed
    assert "b.ipynb:cell 4, line 1: WARNING: Invalid footnote 'c'" in printed


def test_a_table_that_a_cell_makes_is_looked_at_too(tmp_path):
    source = f"from IPython.display import Markdown\nMarkdown({LONG!r})"
    code, printed = build(tmp_path, {"a.ipynb": notebook(("markdown", "# A"), ("code", source))})
    assert (
        code != 0
        and "a.ipynb:output of cell 2, line 3: WARNING: Invalid number of cells '3'" in printed
    )


def test_a_footnote_that_is_referred_to_is_left_alone(tmp_path):
    assert build(tmp_path, {"a.md": "# A\n\nText.[^b]\n\n[^b]: Note.\n"}) == (0, "")


# --- lean pages -----------------------------------------------------------------------------------


def test_only_what_is_coloured_is_marked_in_code():
    from lean_markup import LeanFormatter

    marked = highlight("if x[0] == f'a{b}':  # c\n    y(None)\n", PythonLexer(), LeanFormatter())
    kinds = {part.partition('"')[0] for part in marked.split('<span class="')[1:]}
    assert kinds == {"k", "mi", "s1", "c1", "kc"}


def test_pages_have_no_class_that_is_not_used(tmp_path):
    table = (
        "```{table} Caption\n:name: t\n\n| a |\n|--:|\n| 1 |\n```\n\nSee [](#t).\n\n---\n\nText.\n"
    )
    code, printed = build(tmp_path, {"a.md": f"# A\n\n{table}"})
    assert (code, printed) == (0, "")
    body = (tmp_path / "built" / "a.html").read_text(encoding="utf-8").partition('role="main"')[2]
    article = body.partition("sphinxsidebar")[0]
    assert '<a href="#t">' in article and '<hr class="docutils" />' in article
    assert '<table class="docutils align-default" id="t">' in article
    assert not any(name in article for name in (' internal"', "std-ref", "row-odd", 'class="head"'))


@pytest.mark.parametrize("css", ["p", "} p { }", "p { color }"])
def test_a_style_sheet_that_cannot_be_read_is_refused(css):
    import lean_styles
    from sphinx.errors import ExtensionError

    with pytest.raises(ExtensionError, match="Invalid style sheet, line 1"):
        lean_styles.without_variables(css, set())


def test_a_style_sheet_keeps_what_may_apply():
    import lean_styles

    css = """
    @import "x.css";
    /* a comment */
    :root, body, .gone { --read: 1; --unread: 2; color: var(--read) }
    p:not(.gone)::before, #gone { content: "a  b"; background: url("x;y}.svg") }
    @media print { .gone { x: y } }
    @supports (x: y) { p { x: y } .gone { x: y } }
    @keyframes spin { from { left: 0 } to { left: 1px } }
    """
    short = lean_styles.without_variables(lean_styles.without_rules(css, {"body", "p"}), {"--read"})
    assert (
        "gone {" not in short
        and "unread" not in short
        and "comment" not in short
        and "@media" not in short
    )
    for kept in (
        '@import "x.css";',
        ":root, body",
        "--read: 1",
        'content: "a  b"',
        'url("x;y}.svg")',
        "from { left: 0 }",
    ):
        assert kept in short, (kept, short)
