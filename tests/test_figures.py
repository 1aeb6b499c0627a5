"""The figures, by what is drawn on their axes: bars, words, numbers. No picture is compared."""

import inspect

import matplotlib.pyplot as plt
import pandas as pd
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
    labels = [text for text in words(ax) if not text.isdigit()]
    assert labels == ["non-governmental organizations", "other stakeholders", "States parties"]


def test_participation_by_year_compares_one_unit_only(mini, ax):
    figures.participation_by_year(table("participation_by_year", mini), ax=ax)
    assert bars(ax) == [[8, 12]]
    assert sorted(words(ax)) == ["12", "2030", "2031", "8"]


BARS = {
    "recommendations_by_theme": [2, 1, 1],
    "recommendations_by_strength": [0, 0, 0, 2, 2],
}


@pytest.mark.parametrize(("name", "lengths"), BARS.items())
def test_bars_are_as_long_as_the_numbers(mini, ax, name, lengths):
    FIGURES[name](table(name, mini), ax=ax)
    assert bars(ax) == [lengths]
    assert [text for text in words(ax) if text.isdigit()] == list(map(str, lengths))


def test_a_theme_without_a_recommendation_has_no_bar(mini, ax):
    figures.recommendations_by_theme(table("recommendations_by_theme", mini), ax=ax)
    assert "Welcome" not in words(ax) and "Fish" in words(ax)


def groups():
    """Return an invented table of two groups, of which the second has a wider range."""
    return pd.DataFrame(
        {
            "group": ["Weirs", "Boats"],
            "low": [0.5, 0.25],
            "with_counterpart": [0.5, 0.75],
            "high": [0.5, 0.75],
            "words": ["1 of 2", "3 of 4 (1 to 3)"],
        }
    )


def test_a_range_goes_from_the_lowest_reader_to_the_highest_and_the_dot_is_settled(ax):
    figures.contrasts(groups(), ax=ax)
    *_, ranges = ax.collections
    assert [list(segment[:, 0]) for segment in ranges.get_segments()] == [[0.5, 0.5], [0.25, 0.75]]
    (dots,) = (line for line in ax.lines if line.get_marker() == "o")
    assert list(dots.get_xdata()) == [0.5, 0.75] and list(dots.get_ydata()) == [0, 1]
    assert {"Weirs", "1 of 2", "Boats", "3 of 4 (1 to 3)", "half"} < set(words(ax))


def test_only_the_settled_record_has_a_full_dot(ax):
    rows = pd.DataFrame({"reading": ["settled", "Reader 1"], "none": [1, 3], "proposals": [4, 4]})
    figures.results_by_reader(rows, ax=ax)
    dots = [(line.get_xdata()[0], line.get_fillstyle()) for line in ax.lines]
    assert dots == [(0.25, "full"), (0.75, "none")]
    assert {"Settled", "1 of 4", "Reader 1", "3 of 4"} < set(words(ax))


def test_of_the_rules_only_the_one_in_use_has_a_full_dot(ax):
    rows = pd.DataFrame({"rule": ["strict", "base"], "taken_up": [1, 2], "proposals": [4, 4]})
    figures.sensitivity(rows, ax=ax)
    assert [line.get_fillstyle() for line in ax.lines] == ["none", "full"]


# --- what is drawn of the shipped data ------------------------------------------------------------


@each_figure
def test_every_label_of_the_table_is_written_in_full(name, shipped, ax):
    drawn = table(name, shipped)
    FIGURES[name](drawn, ax=ax)
    written = {text.lower() for text in words(ax)}
    labels = PICKED.get(name, lambda rows: rows)(drawn)[LABELS.get(name, drawn.columns[0])]
    assert [label for label in labels.astype(str) if label.lower() not in written] == []


LABELS = {
    "agreement": "coded",
    "contrasts": "group",
    "participation_by_year": "year",
    "verdicts": "label",
}
PICKED = {
    "participation": lambda rows: rows[(rows.part_of == "")],
    "participation_by_year": lambda rows: rows[
        rows.group == "non-governmental organizations"
    ].assign(year=rows.date.dt.year),
    "recommendations_by_theme": lambda rows: rows[rows.total > 0],
    "agreement": lambda rows: rows[rows.alpha.notna()],
}


@each_figure
def test_no_two_words_lie_on_one_another(name, shipped):
    """Measured with the typeface of Matplotlib, which is a wide one."""
    drawn = FIGURES[name](table(name, shipped))
    renderer = drawn.figure.canvas.get_renderer()
    drawn.figure.draw(renderer)
    boxes = [text.get_window_extent(renderer) for text in drawn.texts if text.get_text()]
    crossing = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one.overlaps(other)
    ]
    assert crossing == []
