"""The tables of the book, on data small enough to count by hand.

The mini data are an invented dialogue on clean rivers: ten paragraphs, nine statements, four
recommendations.
"""

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from analysis import export, tables
from analysis.page import paragraphs
from analysis.record import Record
from analysis.tables import registry
from analysis.tables.counting import ACTS

EVERY = tables.ALL | tables.BY_PANEL
each_table = pytest.mark.parametrize("name", EVERY)
of_both = pytest.mark.parametrize("which", ["small", "shipped"])

# Tables whose rows a hand has counted in the mini data. A new table need not be among them.
ROWS = {
    "participation": 5,
    "participation_by_year": 6,
    "panellists": 2,
    "speakers": 3,
    "outcomes": 3,
    "statements": 9,
    "statements_by_act": 6,
    "statements_by_role": 4,
    "statements_by_speaker": 4,
    "statements_by_theme": 4,
    "floor_quantifiers": 2,
    "common_themes": 0,
    "recommendations": 4,
    "recommendations_by_party": 2,
    "recommendations_by_theme": 4,
    "recommendations_by_strength": 5,
    "claims": 7,
    "codebook": 6,
    "crosswalk": 2,
    "instruments": 2,
    "source_notes": 2,
    "coverage": 4,
    "verbs": 4,
    "themes": 4,
    "open_proposals": 1,
    "open_addressees": 1,
    "open_wording": 0,
}
# What "one count per ..." is in the mini data.
COUNTS = {
    "statements_by_act": ["Weirs", "Boats", "Outside the panels"],
    "statements_by_role": [*ACTS],
    "statements_by_speaker": [*ACTS],
    "statements_by_theme": ["Weirs", "Boats", "Outside the panels"],
    "common_themes": ["Weirs", "Boats"],
    "recommendations_by_theme": ["Weirs", "Boats", "Neither panel alone"],
}


@pytest.fixture
def data(small):
    return small


def rows(table, *columns):
    """Return some columns as a list of rows, to compare with what was counted by hand."""
    return list(table[list(columns)].itertuples(index=False, name=None))


def made(name, data):
    """Return a table; one that is made for one panel at a time, for the first."""
    panel = (data.panels.id[0],) if name in tables.BY_PANEL else ()
    return EVERY[name](data, *panel)


# --- every table ----------------------------------------------------------------------------------


def promised(table):
    """Return what the docstring promises of a row: columns, and "one count per ..." for some."""
    words = re.sub(r" ?\([^)]*\)", "", " ".join(inspect.getdoc(table).split()))
    sentence = re.search(r"One row per [^:]+: (.+?)\.( |$)", words)
    assert sentence, f'{table.__name__} needs "One row per ...: column, column." in its docstring'
    return sentence[1].split(", ")


@of_both
@each_table
def test_a_table_has_the_columns_that_its_docstring_promises(name, which, request):
    table = made(name, request.getfixturevalue(which))
    promise = promised(EVERY[name])
    counts = [item.startswith("one count per ") for item in promise]
    pattern = "".join(
        "([^\n]+\n)+" if count else re.escape(f"{item}\n")
        for item, count in zip(promise, counts, strict=True)
    )
    assert re.fullmatch(pattern, "".join(f"{column}\n" for column in table)), (promise, [*table])
    unnamed = table.drop(columns=[item for item in promise if item in table])
    assert any(counts) or unnamed.empty
    assert all(pd.api.types.is_integer_dtype(kind) for kind in unnamed.dtypes), "counts are whole"


@pytest.mark.parametrize("name", COUNTS)
def test_a_table_of_counts_has_a_column_for_each_thing_counted(data, name):
    table = made(name, data)
    assert [column for column in table if column not in promised(EVERY[name])] == COUNTS[name]


@pytest.mark.parametrize("name", ROWS)
def test_a_table_has_a_row_for_each_thing_counted(data, name):
    assert len(made(name, data)) == ROWS[name]


@of_both
@each_table
def test_the_rows_of_a_table_are_numbered_from_nought(name, which, request):
    table = made(name, request.getfixturevalue(which))
    assert list(table.index) == list(range(len(table)))
    assert table.columns.is_unique


@each_table
def test_a_table_leaves_the_data_as_they_were(data, name):
    before = {table: frame.copy() for table, frame in vars(data).items()}
    made(name, data)
    for table, frame in vars(data).items():
        pd.testing.assert_frame_equal(frame, before[table])


@pytest.fixture(scope="session")
def wide(small):
    """The small data with columns that no schema has yet, those of other tables among them."""
    names = {column for frame in vars(small).values() for column in frame}
    names |= {str(column) for table in export.tables_of(small).values() for column in table()}
    return Record(
        **{
            table: frame.assign(**dict.fromkeys(sorted(names - set(frame)), "x"))
            for table, frame in vars(small).items()
        }
    )


@each_table
def test_a_new_column_of_the_data_changes_no_table(name, small, wide):
    pd.testing.assert_frame_equal(made(name, wide), made(name, small))


def test_a_new_column_of_the_data_changes_no_page(small, wide):
    for number in small.sections.number:
        assert paragraphs.section(wide, number) == paragraphs.section(small, number)


@each_table
def test_a_table_can_be_made_of_a_record_without_rows(name, small):
    """All that a table needs of the record are its columns, and the panel that it is made for."""
    empty = {field.name: getattr(small, field.name).head(0) for field in fields(Record)}
    nothing = Record(**empty | {"panels": small.panels})
    assert set(promised(EVERY[name])) & set(made(name, nothing))


# --- the list of tables ---------------------------------------------------------------------------


@each_table
def test_a_table_is_known_by_its_own_name(name):
    assert getattr(tables, name) is EVERY[name] and EVERY[name].__name__ == name


def test_every_function_that_is_entered_is_in_the_list():
    """No module of the folder is overlooked, and no name is taken by another function."""
    entered = set()
    for path in Path(tables.__file__).parent.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            marks = {ast.unparse(mark) for mark in getattr(node, "decorator_list", [])}
            if marks & {"table", "by_panel"}:
                entered.add((f"{tables.__name__}.{path.stem}", node.name))
    assert entered == {(function.__module__, name) for name, function in EVERY.items()}


def test_two_tables_cannot_have_one_name(monkeypatch):
    monkeypatch.setattr(registry, "ALL", {})
    monkeypatch.setattr(registry, "BY_PANEL", {})

    def rivers(data):
        return pd.DataFrame()

    assert registry.table(rivers) is rivers and registry.ALL == {"rivers": rivers}
    with pytest.raises(ValueError, match="Invalid table 'rivers'. Must have a name of its own."):
        registry.by_panel(rivers)


# --- who took part --------------------------------------------------------------------------------


def test_participation_is_that_of_the_coded_meeting(data):
    assert rows(tables.participation(data), "group", "part_of", "count", "unit") == [
        ("non-governmental organizations", "", 12, "organizations"),
        ("other stakeholders", "", 5, "stakeholders"),
        ("schools", "other stakeholders", 3, "stakeholders"),
        ("shops", "other stakeholders", 2, "stakeholders"),
        ("States parties", "", 4, "States"),
    ]


@pytest.mark.parametrize("table", [tables.participation, tables.participation_by_year])
def test_units_are_never_added(data, table):
    """12 organizations, 5 stakeholders and 4 States are not 21 of anything."""
    table = table(data)
    assert not {"total", "sum", "all"} & {*table.columns, *table.group.str.lower()}
    assert not set(table["count"]) & {12 + 5, 12 + 4, 5 + 4, 12 + 5 + 4}
    assert (table.unit != "").all()


def test_parts_have_the_unit_of_their_whole_and_add_up_to_it(data):
    table = tables.participation(data)
    units, counts = table.set_index("group").unit, table.set_index("group")["count"]
    parts = table[table.part_of != ""]
    assert (parts.unit == parts.part_of.map(units)).all()
    assert (parts.groupby("part_of")["count"].sum() == counts[["other stakeholders"]]).all()


def test_a_count_of_another_year_comes_with_its_source_and_caution(data):
    table = tables.participation_by_year(data)
    assert rows(table.head(2), "count", "source", "caution") == [
        (8, "The Ferryton Post (second-hand)", "Not checked."),
        (12, "the summary", ""),
    ]
    assert list(table.date.dt.year) == [2030] + [2031] * 5


# --- what was said --------------------------------------------------------------------------------


def test_panellists_speak_in_the_order_of_the_summary(data):
    columns = "panel organization place paragraph statements proposals".split()
    assert rows(tables.panellists(data), *columns) == [
        ("Weirs", "Mill Museum", "", 5, 3, 1),
        ("Boats", "Rowing Union", "Ferryton", 8, 2, 1),
    ]


def test_a_statement_has_its_themes_in_the_order_of_the_codebook(data):
    table = tables.statements(data).set_index("id")
    assert table.themes["6a"] == "Fish; Money"
    assert (table.panel["3a"], table.section["3a"], table.role["3a"]) == (
        "Outside the panels",
        "II",
        "chair",
    )


COUNTED = {
    "statements_by_act": {
        "proposal": (2, 1, 0),
        "concern": (1, 1, 0),
        "position": (0, 0, 1),
        "evidence": (1, 0, 0),
        "practice": (1, 0, 0),
        "procedure": (0, 0, 1),
    },
    "statements_by_role": {
        "panellist": (2, 1, 0, 1, 1, 0),
        "floor": (1, 1, 0, 0, 0, 0),
        "secretariat": (0, 0, 0, 0, 0, 0),
        "chair": (0, 0, 1, 0, 0, 1),
    },
    "statements_by_speaker": {
        "The Chair": (0, 0, 1, 0, 0, 1),
        "The floor": (1, 1, 0, 0, 0, 0),
        "Mill Museum": (1, 0, 0, 1, 1, 0),
        "Rowing Union": (1, 1, 0, 0, 0, 0),
    },
    "statements_by_theme": {
        "Fish": (4, 0, 0),
        "Birds": (0, 2, 0),
        "Money": (2, 0, 0),
        "Welcome": (0, 0, 2),
    },
    "recommendations_by_theme": {
        "Fish": (2, 0, 0),
        "Birds": (0, 1, 0),
        "Money": (0, 0, 1),
        "Welcome": (0, 0, 0),
    },
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_table_of_counts_is_what_a_hand_counts(data, name):
    table = tables.ALL[name](data).drop(columns=["top", "statements"], errors="ignore")
    counted = {row[0]: row[1:] for row in table.itertuples(index=False, name=None)}
    assert counted == {key: (*counts, sum(counts)) for key, counts in COUNTED[name].items()}


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("statements_by_act", 9),
        ("statements_by_role", 9),
        ("statements_by_speaker", 9),
        ("statements_by_theme", 10),  # statement 6a has two themes
        ("recommendations_by_theme", 4),
    ],
)
def test_totals_are_those_of_the_raw_data(data, name, total):
    assert tables.ALL[name](data).total.sum() == total


def test_the_floor_is_counted_in_the_words_of_the_summary(data):
    assert rows(tables.floor_quantifiers(data), "quantifier", "statements") == [
        ("a speaker", 1),
        ("some speakers", 1),
    ]


def test_common_themes_are_those_of_both_panels(shipped):
    table = tables.common_themes(shipped)
    counts = (
        tables.statements_by_theme(shipped)
        .set_index("theme")
        .loc[table.theme, list(shipped.panels.label)]
    )
    assert (counts > 0).all(axis=None)
    assert [len(ids.split("; ")) for ids in table.statements] == counts.sum(axis=1).tolist()


@pytest.mark.parametrize("name", ["themes_by_speaker", "themes_by_act", "said_on"])
def test_a_table_of_one_panel_knows_its_panels(data, name):
    assert len(getattr(tables, name)(data, "boats")) > 0
    with pytest.raises(ValueError, match="Invalid panel 'bridges'. Must be one of: weirs, boats."):
        getattr(tables, name)(data, "bridges")


def test_themes_of_one_panel_by_speaker_and_by_act(data):
    table = tables.themes_by_speaker(data, "weirs")
    assert rows(table, "theme", "Mill Museum", "The floor", "total") == [
        ("Fish", 3, 1, 4),
        ("Money", 0, 2, 2),
    ]
    table = tables.themes_by_act(data, "weirs")
    assert rows(table, "theme", *ACTS[:5], "total") == [
        ("Fish", 1, 1, 0, 1, 1, 4),
        ("Money", 1, 1, 0, 0, 0, 2),
    ]


# --- what was recommended -------------------------------------------------------------------------


def test_a_recommendation_has_its_parties_verb_and_basis(data):
    columns = "id panel acts_below persons verb_category action_category legal_basis themes".split()
    assert rows(tables.recommendations(data), *columns) == [
        ("9a", "Weirs", "lock keepers", "", 5, 5, "River Pact", "Fish"),
        ("9b", "Weirs", "lock keepers", "", 4, 4, "", "Fish"),
        ("10a", "Neither panel alone", "", "towns", 3, 4, "A guide to ladders", "Money"),
        ("10b", "Boats", "", "", 5, 5, "River Pact", "Birds"),
    ]


def test_parties_come_with_the_recommendations_that_name_them(data):
    table = tables.recommendations_by_party(data)
    assert rows(table, *table.columns) == [
        ("acts below the State", "lock keepers", 2, "9a; 9b"),
        ("person concerned", "towns", 1, "10a"),
    ]


def test_strength_by_first_verb_and_as_read(data):
    table = tables.recommendations_by_strength(data)
    assert list(table.by_first_verb) == [0, 0, 1, 1, 2]
    assert list(table.as_read) == [0, 0, 0, 2, 2]


def test_themes_without_a_recommendation_keep_their_row_and_their_statements(data):
    table = tables.recommendations_by_theme(data)
    assert rows(table, "theme", "total", "statements") == [
        ("Fish", 2, 4),
        ("Birds", 1, 2),
        ("Money", 1, 2),
        ("Welcome", 0, 2),
    ]


# --- the record -----------------------------------------------------------------------------------


def test_the_codebook_counts_what_each_theme_is_applied_to(data):
    assert rows(tables.codebook(data), "theme", "top", "statements", "recommendations") == [
        ("Nature", "", 0, 0),
        ("People", "", 0, 0),
        ("Fish", "Nature", 4, 2),
        ("Birds", "Nature", 2, 1),
        ("Money", "People", 2, 1),
        ("Welcome", "People", 2, 0),
    ]


def test_claims_name_their_speaker(data):
    table = tables.claims(data)
    assert rows(table.tail(2), "id", "said_by", "quantity", "low", "unit") == [
        ("q5a", "Mill Museum", "two thirds", 66.7, "per cent"),
        ("q5b", "Mill Museum", "one", 1.0, "ladders"),
    ]


def test_instruments_say_where_they_are_named(data):
    assert rows(tables.instruments(data), "title", "paragraphs") == [
        ("River Pact", "1"),
        ("A guide to ladders", ""),
    ]


def test_coverage_is_the_share_of_the_text_that_is_coded(data):
    """Section III has 487 code points, 301 of them in its seven statements."""
    table = tables.coverage(data)
    assert rows(
        table, "section", "paragraphs", "statements", "recommendations", "claims", "coded"
    ) == [
        ("I", 2, 0, 0, 5, 0.0),
        ("II", 1, 2, 0, 0, 98.9),
        ("III", 5, 7, 0, 2, 61.8),
        ("IV", 2, 0, 4, 0, 99.0),
    ]


def test_the_crosswalk_names_themes_by_their_label(data):
    assert list(tables.crosswalk(data).theme) == ["Fish", "Money"]


# --- the shipped data -----------------------------------------------------------------------------


@each_table
def test_a_table_of_the_shipped_data_has_rows_and_no_hole_among_its_counts(shipped, name):
    """A number may be missing where the docstring says so: `low (missing if ...)`."""
    table = made(name, shipped)
    assert len(table) > 0
    may_be_missing = re.findall(r"(\w+)\s+\([^)]*\bmissing\b[^)]*\)", inspect.getdoc(EVERY[name]))
    numbers = table.select_dtypes("number").drop(columns=may_be_missing)
    assert [column for column in numbers if numbers[column].isna().any()] == []
