"""Tables, figures, numbers and text as a notebook shows them."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import matplotlib.pyplot as plt
import myst_nb
import pandas as pd
import pytest
from markdown_it import MarkdownIt

from analysis import paths, uses
from analysis.page import colours, show, svg


@pytest.fixture(autouse=True)
def build(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    return tmp_path


@pytest.fixture
def acts():
    return pd.DataFrame(
        {
            "speech_act": ["proposal", "concern"],
            "count": [12345, None],
            "paragraphs": [[12, 13], []],
        }
    )


def bars(values=(3, 1)):
    with plt.rc_context(svg.STYLE):
        _, ax = plt.subplots()
        ax.bar_label(ax.barh(["a & b", "c"], values))
    return ax


def both(shown):
    bundle = shown._repr_mimebundle_()
    return bundle["text/markdown"], bundle["text/html"]


@pytest.mark.parametrize(
    "text",
    [
        "a | b",  # would end a cell
        "*star* and _underscore_",
        "back\\slash and \\| both",
        "[words](#target) {role}`x` {{x}}",
        "$5 and $6",  # would be mathematics
        "<b> & &amp;",
        "39. Not a list",
        "- not a list either",
        "# not a heading",
        "~~not struck out~~ ^[not a footnote]",
        "`code`",
    ],
)
def test_text_is_shown_as_it_stands(text):
    cell = show.table(pd.DataFrame({"a": [text]}), name="tab-x", caption="c").markdown.split("\n")[
        4:7
    ]
    html = MarkdownIt().enable("table").render("\n".join(cell))
    shown = re.search(r"<tbody>\s*<tr>\s*<td>(.*?)</td>", html, re.DOTALL)[1]
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_text_of_several_lines_stays_in_its_cell():
    assert show.escape("two\n  lines") == "two lines"


def test_a_table_has_caption_anchor_titles_and_row_headers(acts):
    markdown, _ = both(
        show.table(acts, name="tab-acts", caption="A | caption", rows=2, titles={"count": "Number"})
    )
    lines = markdown.splitlines()
    assert lines[:3] == [r":::{table} A \| caption", ":name: tab-acts", ":class: rows-2"]
    assert lines[4] == "| Speech act | Number | Paragraphs |"


def test_the_heads_of_all_columns_are_in_sentence_case(acts):
    titles = {"speech_act": "as printed", "count": show.link("eBay", "p-1")}
    lines = show.table(acts, name="tab-acts", caption="c", titles=titles).markdown.splitlines()
    assert lines[4] == "| As printed | [eBay](#p-1) | Paragraphs |"


def test_numbers_stand_to_the_right_and_what_is_missing_is_a_dash(acts):
    lines = show.table(acts, name="tab-acts", caption="c").markdown.splitlines()
    assert lines[5] == "| --- | --: | --- |"
    assert lines[6:8] == ["| proposal | 12,345 | 12, 13 |", "| concern | — | — |"]


def test_links_badges_and_formats_are_given_by_column(acts):
    shown = show.table(
        acts,
        name="tab-acts",
        caption="c",
        links={"paragraphs": "p-{}"},
        badges={"speech_act": "act"},
        formats={"count": "{:.0f}"},
    )
    row = "| [proposal]{.act} | 12345 | [12](#p-12), [13](#p-13) |"
    assert shown.markdown.splitlines()[6] == row


@pytest.fixture
def reports():
    return pd.DataFrame(
        {
            "title": ["Trade; in | short", "A letter", ""],
            "where": ["https://example.org/a_(b)?c=1&lt;=2", "", "https://example.org"],
        }
    )


def test_what_was_published_elsewhere_is_linked_where_it_was_seen(reports):
    shown = show.table(reports, name="tab-x", caption="c", addresses={"title": "where"})
    cells = shown.markdown.splitlines()[4:-1]
    assert cells[0] == "| Title |", "the address itself is not shown"
    page = MarkdownIt().enable("table").render("\n".join(cells))
    assert re.findall(r"<td>(.*)</td>", page) == [
        '<a href="https://example.org/a_(b)?c=1&amp;lt;=2">Trade; in | short</a>',
        "A letter",
        "—",
    ]
    assert "<td>Trade; in | short</td>" in shown.html and "example" not in shown.html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "example.org", "//a", "https://a b", "https://a><b", "https://a|b"],
)
def test_what_is_no_address_of_the_web_is_refused(address):
    with pytest.raises(ValueError, match="Invalid address '.*'. Must begin with http"):
        show.outside("words", address)


def test_every_address_in_the_data_can_be_linked(shipped):
    for table in (shipped.context, shipped.instruments, shipped.accounts):
        linked = [show.outside("x", where) for where in table.address if where]
        assert len(linked) == sum(table.address != "") > 0


def test_a_column_of_addresses_that_is_not_there_is_named(reports):
    with pytest.raises(ValueError, match="Invalid column 'url'. Must be one of: title, where"):
        show.table(reports, name="tab-x", caption="c", addresses={"title": "url"})


def test_jupyterlab_sees_words_where_the_book_sees_links(acts):
    cells = acts.assign(speech_act=[show.link("<i>", "p-1"), show.badge("concern", "act")])
    _, html = both(show.table(cells, name="tab-acts", caption="<c>", note="A note."))
    assert "<td>&lt;i&gt;</td>" in html and "<td>concern</td>" in html
    assert "<caption>&lt;c&gt;</caption>" in html and "<p>A note.</p>" in html
    assert "](#" not in html


def test_a_named_index_is_shown_and_an_unnamed_one_is_not():
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["x"], name="group"))
    assert "| Group | N |" in show.table(frame, name="tab-x", caption="c").markdown
    assert "| N |" in show.table(frame.reset_index(drop=True), name="tab-x", caption="c").markdown


def test_a_column_that_is_not_there_is_named(acts):
    with pytest.raises(
        ValueError, match="Invalid column 'panel'. Must be one of: speech_act, count"
    ):
        show.table(acts, name="tab-acts", caption="c", links={"panel": "p-{}"})


def test_a_frame_is_left_as_it_was(acts):
    before = acts.copy()
    show.table(
        acts,
        name="tab-acts",
        caption="c",
        links={"paragraphs": "p-{}"},
        badges={"speech_act": "act"},
    )
    pd.testing.assert_frame_equal(acts, before)


def test_a_figure_is_saved_named_and_described(build):
    shown = show.figure(bars(), name="fig-x", message="3 of 4", alt='Bars "a": 3')
    lines = shown.markdown.splitlines()
    assert lines[:2] == [":::{drawn} 3 of 4", ":name: fig-x"]
    assert '![Bars "a": 3](/_build/figures/fig-x.svg)' in lines
    root = ElementTree.parse(build / "figures" / "fig-x.svg").getroot()
    assert root.attrib["role"] == "img" and root.attrib["aria-label"] == 'Bars "a": 3'
    assert "a & b" in "".join(root.itertext())


def test_a_plot_without_words_for_those_who_do_not_see_it_is_refused():
    with pytest.raises(ValueError, match="Invalid figure 'fig-x'. Must have words for those"):
        show.figure(bars(), name="fig-x", message="m")


def test_a_figure_says_what_a_mark_is_before_it_is_drawn_and_folds_its_numbers(acts):
    numbers = show.table(acts, name="tab-x", caption="All of them", numbered=False)
    drawing = show.myst("DRAWN", "drawn")
    markdown, html = both(
        show.figure(drawing, name="fig-x", message="M", unit="U.", note="N.", numbers=numbers)
    )
    places = [markdown.index(text) for text in ("M", "U.", "DRAWN", "N.", "The numbers", "tab-x")]
    assert places == sorted(places)
    assert "{container} fold" in markdown and ":class: rows-1 unnumbered" in markdown
    assert "<summary>The numbers</summary>" in html and "<table" in html


def test_a_figure_is_closed_once_shown():
    ax = bars()
    show.figure(ax, name="fig-x", message="m", alt="a")
    assert not plt.fignum_exists(ax.figure.number)


def test_a_figure_is_the_same_on_every_run(build):
    show.figure(bars(), name="fig-x", message="m", alt="a")
    first = (build / "figures" / "fig-x.svg").read_bytes()
    show.figure(bars(), name="fig-x", message="m", alt="a")
    assert (build / "figures" / "fig-x.svg").read_bytes() == first


def test_a_picture_takes_ink_and_typeface_from_the_page():
    picture = svg.svg(bars().figure, name="fig-x", alt="a")
    assert colours.light("ink") not in picture and "currentColor" in picture
    assert (
        "font-family" not in picture
        and "<style" not in picture
        and "http://www.w3.org/1999" not in picture
    )


def test_ids_in_a_picture_are_its_own():
    ids = re.findall(r' id="([^"]*)"', svg.svg(bars().figure, name="fig-x", alt="a"))
    assert ids and all(name.startswith("fig-x-") for name in ids) and len(ids) == len(set(ids))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXTS = ["ink", "quiet", "link", "visited", "code-keyword", "code-string", "code-number"]
MARKS = ["full", "earth", "edge"]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"), [*((name, 4.5) for name in TEXTS), *((name, 3) for name in MARKS)]
)
def test_colours_are_seen_on_the_light_and_on_the_dark_page(name, least, theme):
    grounds = ["paper", "side", "tint"] if name in TEXTS else ["paper", "earth-tint"]
    for ground in [each for each in grounds if each != "tint" or name != "visited"]:
        pair = (colours.COLOURS[name][theme], colours.COLOURS[ground][theme])
        assert contrast(*pair) >= least, ground


def test_no_colour_stands_in_the_style_sheet_or_in_the_code_of_pages():
    """All are in one table, which both use."""
    files = [paths.ROOT / "book/_static/style.css"]
    files += [
        *(paths.ROOT / "analysis/page").glob("*.py"),
        *(paths.ROOT / "book/_ext").glob("*.py"),
    ]
    found = {
        (file.name, colour)
        for file in files
        if file.name != "colours.py"
        for colour in re.findall(
            r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b(?![-\w])", file.read_text("utf-8")
        )
    }
    assert found == set()


def test_every_colour_is_used():
    sheet = (paths.ROOT / "book/_static/style.css").read_text(encoding="utf-8")
    drawn = "".join(
        path.read_text(encoding="utf-8") for path in (paths.ROOT / "analysis/page").glob("*.py")
    )
    unused = [
        name
        for name in colours.COLOURS
        if f"var(--{name})" not in sheet and f'light("{name}")' not in drawn
    ]
    assert unused == []


def test_numbers_are_listed_for_whoever_runs_a_notebook_outside_the_book(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **options: shown.append(data))
    show.numbers(full=8, name="<b>It's</b>")
    assert ["text/html" in data for data in shown] == [False, True]
    listed, _, script = shown[-1]["text/html"].partition("<script>")
    assert listed == "full: <b>8</b> · name: <b>&lt;b&gt;It&#x27;s&lt;/b&gt;</b>"
    assert "</b>" not in script, "a value does not end the script"


def test_numbers_are_glued_as_words(monkeypatch):
    """What is glued is what MyST-NB's own function glues; it is too slow for every notebook."""
    ours, theirs = [], []
    given = {"year": 2024, "many": 12345, "share": "44%", "half": 0.5, "name": "It's"}
    monkeypatch.setattr(
        "IPython.display.display", lambda data, **options: ours.append((data, options))
    )
    monkeypatch.setattr(uses, "watched", [True])  # as in the build of the book
    show.numbers(**given)
    monkeypatch.setattr(
        "myst_nb.ext.glue.ipy_display", lambda data, **options: theirs.append((data, options))
    )
    for name, words in zip(given, ("2024", "12,345", "44%", "0.5", "It's"), strict=True):
        myst_nb.glue(name, words, display=False)
    assert ours == theirs


def test_a_missing_number_is_refused():
    with pytest.raises(ValueError, match="Invalid number 'share'. Must not be missing."):
        show.numbers(share=float("nan"))


def test_an_item_has_an_anchor_and_a_heading_and_holds_others():
    inner = show.item("statement", "A *gist*.", name="s-16a", title="16a")
    outer = show.item(
        "paragraph", ["Gist.", inner], name="p-16", title="Paragraph 16", level=3
    ).source
    lines = outer.splitlines()
    assert lines[0] == "::::{container} item paragraph" and lines[1] == ":name: p-16"
    assert "### Paragraph 16" in lines and "#### 16a" in lines
    assert ":::{container} item statement" in lines and r"A \*gist\*." in lines


def test_blocks_may_be_text_items_and_tables(acts):
    blocks = [
        "(here)=",
        show.item("statement", "Gist.", name="s-1", title="1"),
        show.table(acts, name="t", caption="c"),
    ]
    markdown, html = both(show.markdown(blocks))
    assert [markdown.count(piece) for piece in ("(here)=", ":name: s-1", ":name: t")] == [1, 1, 1]
    assert "Gist." in html and "<table" in html


def test_a_number_that_is_read_in_a_drawing_keeps_its_decimals():
    _, ax = plt.subplots()
    ax.text(0.123456, 0.5, "0.123456")
    assert ">0.123456</text>" in svg.svg(ax.figure, name="fig-decimals", alt="A number.")


def test_several_things_in_a_cell_become_several_links():
    shown = show.table(
        pd.DataFrame({"which": ["39a; 39b"]}), name="tab-x", caption="X", links={"which": "r-{}"}
    )
    assert "[39a](#r-39a); [39b](#r-39b)" in shown.markdown


def test_a_day_is_shown_without_an_hour():
    assert show.words(pd.Timestamp("2024-07-10")) == "10 July 2024"


def test_a_page_without_a_picture_starts_without_slow_libraries():
    """Each takes a kernel a second or more to import."""
    slow = ["matplotlib", "IPython", "sklearn", "frictionless", "xlsxwriter"]
    code = "from analysis import record, tables; from analysis.page import paragraphs, show\n"
    code += f"import sys; print({{*{slow}}} & {{*sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
