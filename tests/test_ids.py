"""Ids never move: what is added takes the next free letter, what is withdrawn keeps its own."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import check, tables
from analysis.check import ids, places, settling
from analysis.page import matches, paragraphs
from analysis.record import readings


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
    drawn = matches.picture(data).markdown
    assert drawn.index("(#r-9b)") < drawn.index("(#r-9a)")


# --- what readers gave ----------------------------------------------------------------------------


def flaws_of(data):
    """Return what the rules on readings say of a record."""
    rules = (settling.values_are_settled, settling.settling_is_honest)
    return [str(flaw) for rule in rules for flaw in rule(data)]


def withdraw(data, id):
    """Return a record in which a statement is retired, with its themes and links."""
    row = data.statements[data.statements.id == id].assign(
        kind="statement", since="9.9.9", replaced_by="", reason="A test."
    )
    themes = data.statement_themes[data.statement_themes.statement != id]
    links = data.uptake[data.uptake.statement != id]
    return replace(
        data,
        statements=without(data.statements, id),
        statement_themes=themes.reset_index(drop=True),
        uptake=links.reset_index(drop=True),
        retired=pd.concat([data.retired, row[[*data.retired]]], ignore_index=True),
    )


@pytest.mark.parametrize(("which", "id"), [("shipped", "7b"), ("small", "5c"), ("small", "6b")])
def test_what_the_readers_coded_of_a_retired_statement_stays(which, id, request):
    """7b, 5c and the link of 6b are in settled.csv."""
    data = request.getfixturevalue(which)
    withdrawn = withdraw(data, id)
    assert data.settled.unit.str.startswith(id).any()
    assert flaws_of(data) == flaws_of(withdrawn) == []
    measured = [tables.agreement(record) for record in (data, withdrawn)]
    assert measured[0].coded.equals(measured[1].coded)
    kept = measured[0].variable != "uptake"  # pairs that could be linked are those of the record
    pd.testing.assert_frame_equal(measured[1][kept], measured[0][kept])
    assert len(tables.settled(withdrawn)) == len(tables.settled(data))


def test_a_statement_that_is_taken_out_but_not_retired_is_missed(small):
    withdrawn = replace(withdraw(small, "5c"), retired=small.retired)
    assert [flaw.split(": ")[0] for flaw in flaws_of(withdrawn)] == [
        "settled.csv:2:settled the record holds another value",
        "settled.csv:2:corrected whether any reader gave this value",
    ]


# --- a statement that no reader has seen ----------------------------------------------------------


@pytest.fixture
def read_once(added):
    """The small record with a new proposal, 8d, its theme and a link of its own."""
    themes = pd.DataFrame({"statement": ["8d"], "theme": ["birds"]})
    link = pd.DataFrame({"statement": ["8d"], "recommendation": ["10b"]})
    rows = added.statements.copy()
    rows.loc[rows.id == "8d", "act"] = "proposal"
    return replace(
        added,
        statements=rows,
        statement_themes=pd.concat([added.statement_themes, themes], ignore_index=True),
        uptake=pd.concat([added.uptake, link.assign(level="full", reason="A test.")]),
    )


def test_a_statement_that_no_reader_has_seen_is_accepted(read_once):
    assert flaws_of(read_once) == []


def test_what_no_reader_has_seen_stays_as_settled_under_every_reader(read_once):
    for reader in ("ann", "ben"):
        given = readings.as_read(read_once, reader, "2")
        assert given.statements.act[given.statements.id == "8d"].item() == "proposal"
        assert list(given.statement_themes.theme[given.statement_themes.statement == "8d"]) == [
            "birds"
        ]
        assert "8d" in set(given.uptake.statement)


def test_a_link_between_what_readers_have_seen_must_be_theirs(read_once):
    """Both readers had 8a and 10b before them, and neither linked them."""
    wrong = read_once.uptake.replace({"statement": {"8d": "8a"}})
    assert flaws_of(replace(read_once, uptake=wrong)) == [
        "statements.csv:10:id value that not every reader gave (Reader 1: none; Reader 2: none):"
        " found '8a>10b uptake: full', must be what they gave, or a row in settled.csv with the"
        " reason"
    ]
