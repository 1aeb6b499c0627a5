"""Ids never move: what is added takes the next free letter, what is withdrawn keeps its own."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import check, tables
from analysis.check import ids, places, readings
from analysis.page import figures, paragraphs


def without(frame, id):
    return frame[frame.id != id].reset_index(drop=True)


def named(data, rule=ids.ids_are_given_once):
    return [(flaw.file, flaw.line, flaw.found, flaw.expected.split(",")[0]) for flaw in rule(data)]


def with_statement(data, id, start, end):
    """Return a record with one more statement in paragraph 8, in the order of the text."""
    new = data.statements[data.statements.id == "8a"].assign(id=id, start=start, end=end)
    rows = pd.concat([data.statements, new])
    rows = rows.sort_values(["paragraph", "start"], ignore_index=True)
    return replace(data, statements=rows)


@pytest.fixture
def added(small):
    """The small record with a statement before the others of its paragraph, 8a and 8b."""
    return with_statement(small, "8d", 0, 20)


def test_a_new_item_has_the_next_free_letter_wherever_it_is_in_the_text(added):
    assert named(added) == []
    assert [*places.rows_are_sorted(added), *places.spans_are_inside(added)] == []


@pytest.mark.parametrize("id", ["8c", "8e", "9a", "7a"])
def test_another_id_is_refused_with_the_next_free_one(small, id):
    """8c is retired, 8e leaves out a letter, and the others are of another paragraph."""
    data = with_statement(small, id, 0, 20)
    line = list(data.statements.id).index(id) + 2
    assert named(data) == [("statements.csv", line, id, "8d")]


def test_what_is_withdrawn_must_be_retired_and_moves_no_other_id(small):
    taken_out = replace(small, statements=without(small.statements, "5b"))
    assert named(taken_out) == [("statements.csv", 5, "5c", "5b")]
    row = small.retired.assign(id="5b", paragraph=5, replaced_by="")
    retired = pd.concat([row, small.retired], ignore_index=True)
    assert named(replace(taken_out, retired=retired)) == []
    still_there = replace(small, retired=retired)
    assert named(still_there) == [("statements.csv", 5, "5b", "5d")]


def test_after_z_come_two_letters(small):
    retired = pd.concat([small.retired] * 24, ignore_index=True)
    retired["id"] = [f"8{ids.letters(place)}" for place in range(2, 26)]
    data = replace(small, retired=retired)
    assert named(with_statement(data, "8aa", 0, 20)) == []
    assert named(with_statement(data, "8ab", 0, 20))[0][-1] == "8aa"


def test_what_replaces_a_retired_id_may_be_retired_too(small):
    rows = pd.concat([small.retired.assign(replaced_by="8d"), small.retired.assign(id="8d")])
    assert named(replace(small, retired=rows), ids.replacements_exist) == []


def test_a_record_may_have_no_retired_id(small):
    empty = replace(small, retired=small.retired.head(0))
    assert [flaw for rule in check.RULES for flaw in rule(empty)] == []
    assert "Retired" not in paragraphs.section(empty, "III").markdown


# --- the order of the text is that of everything --------------------------------------------------


def test_tables_and_pages_have_the_order_of_the_text(added):
    themes = pd.DataFrame({"statement": ["8d"], "theme": ["birds"]})
    data = replace(added, statement_themes=pd.concat([added.statement_themes, themes]))
    order = ["8d", "8a", "8b"]
    listed = tables.statements(data)
    assert list(listed.id[listed.paragraph == 8]) == order
    text = paragraphs.section(data, "III").markdown
    assert sorted(order, key=lambda id: text.index(f":name: s-{id}\n")) == order


def test_links_have_the_order_of_the_text(small):
    """Recommendation 9b is before 9a in the text, and statement 5b asks for both."""
    advised = small.recommendations.iloc[[1, 0, 2, 3]].reset_index(drop=True)
    link = small.uptake[small.uptake.statement == "5b"].assign(recommendation="9b")
    data = replace(small, recommendations=advised, uptake=pd.concat([small.uptake, link]))
    asked = tables.asked(data).set_index("id")
    assert asked.recommendations["5b"] == "9b; 9a"
    links = tables.uptake_links(data)
    drawn = [text.get_text() for text in figures.uptake_links(links).texts]
    assert drawn.index("9b") < drawn.index("9a")


# --- the two readings -----------------------------------------------------------------------------


@pytest.fixture
def withdrawn(shipped):
    """The record of the book without a statement that both readers coded."""
    id, number = "7b", 7
    rows = [(id, "statement", number, "9.9.9", "", "A test.")]
    retired = pd.DataFrame(
        rows, columns=["id", "kind", "paragraph", "since", "replaced_by", "reason"]
    )
    return replace(
        shipped,
        statements=without(shipped.statements, id),
        retired=pd.concat([shipped.retired, retired], ignore_index=True),
    )


def test_what_the_readers_coded_of_a_retired_statement_stays(withdrawn, shipped):
    assert list(readings.disagreements_are_settled(withdrawn)) == []
    pd.testing.assert_frame_equal(tables.agreement(withdrawn), tables.agreement(shipped))
