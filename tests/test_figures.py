"""The figures, by what is drawn on their axes: bars, words, numbers. No picture is compared."""

import inspect

import matplotlib.pyplot as plt
import pytest
from matplotlib.container import BarContainer

from analysis import tables
from analysis.page import figures

FIGURES = {
    name: figure
    for name, figure in vars(figures).items()
    if inspect.isfunction(figure)
    and figure.__module__ == figures.__name__
    and not name.startswith("_")
}


@pytest.fixture
def mini(small):
    return small


@pytest.fixture
def ax():
    figure, ax = plt.subplots(layout="constrained")
    yield ax
    plt.close(figure)


@pytest.fixture(autouse=True)
def no_figure_is_left_open():
    yield
    plt.close("all")


MADE = {}


def table(name, data):
    """Return a copy of the table of a figure, which is made once, since some take long."""
    if (name, id(data)) not in MADE:
        panel = (data.panels.id[0],) if name in tables.BY_PANEL else ()
        MADE[name, id(data)] = getattr(tables, name)(data, *panel)
    return MADE[name, id(data)].copy()


def bars(ax):
    """Return the widths of the bars, one list per series."""
    return [
        [bar.get_width() for bar in series]
        for series in ax.containers
        if isinstance(series, BarContainer)
    ]


def words(ax):
    """Return every word that is written on the axes."""
    return [text.get_text() for text in ax.texts if text.get_text()]


each_figure = pytest.mark.parametrize("name", FIGURES)


@each_figure
def test_a_figure_draws_the_table_of_its_name(name):
    assert name in tables.ALL or name in tables.BY_PANEL


@each_figure
def test_axes_that_are_given_are_used(name, shipped, ax):
    before = plt.get_fignums()
    assert FIGURES[name](table(name, shipped), ax=ax) is ax
    assert plt.get_fignums() == before, "a figure of its own was made besides"
    assert ax.has_data()


@each_figure
def test_without_axes_a_figure_makes_its_own(name, shipped, ax):
    drawn = FIGURES[name](table(name, shipped))
    assert drawn is not ax and drawn.figure is not ax.figure
    assert drawn.has_data() and not ax.has_data()


@each_figure
def test_a_figure_leaves_its_table_as_it_was(name, shipped, ax):
    before = table(name, shipped)
    after = before.copy()
    FIGURES[name](after, ax=ax)
    assert after.equals(before)


@each_figure
def test_a_figure_computes_nothing_and_saves_nothing(name):
    source = inspect.getsource(FIGURES[name])
    assert [
        word for word in ("groupby", "savefig", "plt.show", "plt.close", "load.") if word in source
    ] == []


# --- what is drawn of the mini data ---------------------------------------------------------------


def test_participation_has_a_bar_per_whole_group_with_its_unit(mini, ax):
    figures.participation(table("participation", mini), ax=ax)
    assert bars(ax) == [[12, 5, 4]]
    assert {"12", "5", "4"} < set(words(ax))
    assert "organizations" in words(ax) and "schools" not in words(ax)


def test_each_unit_has_a_colour_of_its_own(mini, ax):
    figures.participation(table("participation", mini), ax=ax)
    colours = [bar.get_facecolor() for bar in ax.containers[0]]
    assert len(set(colours)) == len(colours)


def test_participation_by_year_compares_one_unit_only(mini, ax):
    figures.participation_by_year(table("participation_by_year", mini), ax=ax)
    assert bars(ax) == [[8, 12]]
    assert sorted(words(ax)) == ["12", "2030", "2031", "8"]


STACKS = {
    "statements_by_act": [[2, 1, 0, 1, 1, 0], [1, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 1]],
    "statements_by_speaker": [
        [0, 1, 1, 1],
        [0, 1, 0, 1],
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
    ],
    "recommendations_by_theme": [[2, 0, 0], [0, 1, 0], [0, 0, 1]],
    "recommendations_by_strength": [[0, 0, 1, 1, 2], [0, 0, 0, 2, 2]],
}


@pytest.mark.parametrize("name", STACKS)
def test_bars_are_as_long_as_the_numbers(mini, ax, name):
    FIGURES[name](table(name, mini), ax=ax)
    assert bars(ax) == STACKS[name]


@pytest.mark.parametrize("name", [name for name in STACKS if name != "recommendations_by_strength"])
def test_a_stack_begins_where_the_one_before_ends_and_has_its_total(mini, ax, name):
    FIGURES[name](table(name, mini), ax=ax)
    series = [list(container) for container in ax.containers]
    for before, after in zip(series, series[1:], strict=False):
        assert [bar.get_x() for bar in after] == [bar.get_x() + bar.get_width() for bar in before]
    ends = [bar.get_x() + bar.get_width() for bar in series[-1]]
    totals = [text for text in ax.texts if text.get_text().isdigit() and text.get_ha() == "left"]
    assert [text.get_text() for text in totals] == [f"{end:.0f}" for end in ends]


@pytest.mark.parametrize(
    ("name", "key"), [("statements_by_act", ["Weirs", "Boats", "Outside the panels"])]
)
def test_the_key_names_the_series(mini, ax, name, key):
    FIGURES[name](table(name, mini), ax=ax)
    (legend,) = ax.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == key


def test_a_theme_without_a_recommendation_has_no_bar(mini, ax):
    figures.recommendations_by_theme(table("recommendations_by_theme", mini), ax=ax)
    assert "Welcome" not in words(ax) and "Fish" in words(ax)


def test_a_grid_has_its_number_in_every_cell(mini, ax):
    figures.statements_by_theme(table("statements_by_theme", mini), ax=ax)
    grid = {
        (text.get_position()[0] - 0.5, text.get_position()[1] - 0.5): text.get_text()
        for text in ax.texts[:12]
    }
    assert [[grid[column, row] for column in range(3)] for row in range(4)] == [
        ["4", "·", "·"],
        ["·", "2", "·"],
        ["2", "·", "·"],
        ["·", "·", "2"],
    ]
    assert [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()] == [
        "Weirs",
        "Boats",
        "Outside the panels",
    ]


def test_a_link_is_drawn_from_a_speaker_to_a_recommendation(mini, ax):
    figures.uptake_links(table("uptake_links", mini), ax=ax)
    full, partial = sorted(ax.lines, key=lambda line: line.get_linestyle() != "-")
    assert (full.get_linestyle(), partial.get_linestyle()) == ("-", "--")
    assert {"9a", "10a"} < set(words(ax))


# --- what is drawn of the shipped data ------------------------------------------------------------


@each_figure
def test_every_label_of_the_table_is_written_in_full(name, shipped, ax):
    drawn = table(name, shipped)
    FIGURES[name](drawn, ax=ax)
    written = " ".join(words(ax)).replace("\n", " ")
    if name not in {
        "participation",
        "participation_by_year",
        "recommendations_by_theme",
        "uptake_links",
        "agreement",
    }:
        labels = drawn[drawn.columns[0]].astype(str)
        assert [label for label in labels if label not in written] == []
    assert "…" not in written


@pytest.mark.parametrize(
    "name", ["statements_by_act", "statements_by_speaker", "uptake_by_panel", "uptake_by_theme"]
)
def test_all_bars_together_are_the_total_of_the_table(name, shipped, ax):
    drawn = table(name, shipped)
    FIGURES[name](drawn, ax=ax)
    assert sum(map(sum, bars(ax))) == drawn.total.sum()
