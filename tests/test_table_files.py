"""Each table and each figure has its files: what it shows, where it is from, how to cite it."""

import csv
import io
import json
import re
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree
from sphinx.application import Sphinx

from analysis import cite, export, items, paths, tables
from analysis.page import show

EXTENSIONS = paths.ROOT / "book" / "_ext"
FRAME = pd.DataFrame(
    {
        "who": [show.link("Us", "here"), "them, too", "A  *b*"],
        "count": [12345, None, -3],
        "share": [0.5, 1.0, 0.25],
        "what": ["=1+1", "", "12"],
    }
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a page with a table and a figure, once, and return the folder."""
    folder = tmp_path_factory.mktemp("files")
    table = show.table(
        FRAME, name="tab-a", caption="Who *counts*", note="A note.", formats={"share": "{:.0%}"}
    )
    inner = show.table(FRAME[["who", "count"]], name="tab-b", caption="Inside", numbered=False)
    (folder / "pages").mkdir()
    (folder / "pages" / "drawing.svg").write_text(
        '<svg class="drawing" xmlns="http://www.w3.org/2000/svg"><text>7</text></svg>', "utf-8"
    )
    drawing = show.myst("![seven](/pages/drawing.svg)")
    figure = show.figure(drawing, name="fig-a", message="We are more", numbers=inner)
    text = f"# Page\n\n(here)=\n## Here\n\n{table.markdown}\n\n{figure.markdown}"
    (folder / "index.md").write_text("# Index\n\n:::{toctree}\npages/page\n:::\n", "utf-8")
    (folder / "pages" / "page.md").write_text(text, encoding="utf-8")
    own = "accessible_tables message_figures inline_figures quiet_code table_files".split()
    config = {"extensions": ["myst_parser", *own], "numfig": True, "html_theme": "furo"}
    config["myst_enable_extensions"] = ["colon_fence"]
    folders = (folder, None, folder / "out", folder / "trees")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
        Sphinx(*folders, "html", confoverrides=config, status=None).build(force_all=True)
    return folder / "out"


def content(path):
    """Return the facts of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def lines(path):
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_table_is_given_as_it_is_shown_with_numbers_as_numbers(built):
    assert content(built / "tables" / "tab-a.json")["rows"] == [
        {"Who": "Us", "Count": 12345, "Share": "50%", "What": "=1+1"},
        {"Who": "them, too", "Count": None, "Share": "100%", "What": None},
        {"Who": "A *b*", "Count": -3, "Share": "25%", "What": "12"},
    ]
    first, second, _ = lines(built / "tables" / "tab-a.csv")
    assert first == {"Who": "Us", "Count": "12345", "Share": "50%", "What": "'=1+1"}
    assert second["Count"] == ""


def test_a_file_says_what_it_is_where_it_is_from_and_how_to_cite_it(built):
    facts = content(built / "tables" / "tab-a.json")
    assert facts["caption"] == "Who *counts*"
    assert facts["number"] == "Table 1"
    assert facts["page"] == "pages/page.html#tab-a"
    assert facts["edition"] == str(cite.read()["edition"])
    title = "Table 1. Who *counts*"
    part = cite.part(cite.read(), title, "tab-a", facts["page"], facts["proof"])
    assert facts["citation"] == items.forms(part)
    assert (
        facts["hash"] == f"sha256:{items.digest({key: facts[key] for key in ('caption', 'rows')})}"
    )
    assert facts["licence"].startswith("https://creativecommons.org/")


def test_a_figure_has_the_numbers_folded_in_it_and_its_drawing(built):
    facts = content(built / "figures" / "fig-a.json")
    assert (facts["number"], facts["caption"]) == ("Figure 1", "We are more")
    assert [row["Count"] for row in facts["rows"]] == [12345, None, -3]
    assert len(lines(built / "figures" / "fig-a.csv")) == 3
    assert etree.parse(built / "figures" / "fig-a.svg").getroot().tag.endswith("}svg")
    assert not (built / "tables" / "tab-b.csv").exists()


def test_one_line_below_it_leads_to_its_files(built):
    page = (built / "pages" / "page.html").read_text(encoding="utf-8")
    found = [re.findall(r'href="([^"]+)"', line) for line in re.findall(r"Data: .*", page)]
    assert found == [
        ["../tables/tab-a.csv", "../tables/tab-a.json", "../tables/tab-a.json"],
        [*(f"../figures/fig-a.{kind}" for kind in ("csv", "json", "svg", "json"))],
    ]
    assert re.findall(r'class="cite"[^>]*aria-label="([^"]+)"', page) == [
        "Cite Table 1",
        "Cite Figure 1",
    ]
    assert page.index("Data: ") < page.index("A note.")
    assert all((built / "pages" / path).is_file() for each in found for path in each)


def test_columns_without_a_name_or_with_the_same_have_names_of_their_own(monkeypatch):
    monkeypatch.syspath_prepend(str(EXTENSIONS))
    files, nodes = import_module("table_files"), import_module("docutils.nodes")
    heads = [nodes.entry("", nodes.paragraph("", word)) for word in ("A", "", "A")]
    assert files.names(nodes.row("", *heads)) == ["A", "Column 2", "A (3)"]


# --- the built book -----------------------------------------------------------------------------


@pytest.mark.needs_book
def test_every_table_and_figure_of_the_book_has_its_files(html):
    for page in html.glob("book/*.html"):
        text = page.read_text(encoding="utf-8")
        figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
        rest = re.sub(r"<figure.*?</figure>", "", text, flags=re.DOTALL)
        anchors = [re.search(r' id="(fig-[^"]+)"', figure)[1] for figure in figures]
        drawn = [
            anchor for anchor, figure in zip(anchors, figures, strict=True) if "drawing" in figure
        ]
        found = re.findall(r'<table[^>]* id="([^"]+)"', rest)
        names = [f"figures/{anchor}.{kind}" for anchor in anchors for kind in ("csv", "json")]
        names += [f"figures/{anchor}.svg" for anchor in drawn]
        names += [f"tables/{anchor}.{kind}" for anchor in found for kind in ("csv", "json")]
        assert sorted(set(re.findall(r'href="\.\./((?:figures|tables)/[^"]+)"', text))) == sorted(
            names
        )
        assert [name for name in names if not (html / name).is_file()] == []


@pytest.mark.needs_book
def test_a_file_of_the_book_has_the_numbers_of_the_record(html, shipped):
    facts = content(html / "figures" / "fig-acts.json")
    acts = tables.statements_by_act(shipped)
    assert {row["Speech act"]: row["Total"] for row in facts["rows"]} == dict(
        zip(acts.act, acts.total, strict=True)
    )
    assert "analysis.tables.statements_by_act" in facts["functions"]
    assert facts["notebook"] == "book/panels.ipynb"
    assert "show.figure(" in facts["code"]


@pytest.mark.needs_book
def test_rows_are_the_same_in_both_files(html):
    files = sorted(Path(html).glob("tables/*.json")) + sorted(Path(html).glob("figures/*.json"))
    assert len(files) > 90
    for path in files:
        rows = [
            {name: "" if cell is None else str(export.guarded(cell)) for name, cell in row.items()}
            for row in content(path)["rows"]
        ]
        assert rows == lines(path.with_suffix(".csv"))
