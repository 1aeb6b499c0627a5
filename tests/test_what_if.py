"""The numbers of the book with other codes: what changes is named, and no file is touched."""

import hashlib
import itertools
import json

import pytest

from analysis import __main__, paths, tables, what_if
from analysis.record import readings
from analysis.tables import uptake


def level(data, pair):
    statement, recommendation = pair.split(">")
    links = data.uptake[data.uptake.statement == statement]
    return list(links.level[links.recommendation == recommendation])


@pytest.mark.parametrize(
    ("value", "levels"), [("full", ["full"]), ("partial", ["partial"]), ("none", [])]
)
def test_a_link_is_changed_or_taken_out(shipped, value, levels):
    other = what_if.overlay(shipped, values=[f"uptake:13a>44a={value}"])
    assert level(other, "13a>44a") == levels and level(shipped, "13a>44a") == ["partial"]


def test_a_link_is_made(shipped):
    other = what_if.overlay(shipped, values=["uptake:10f>43a=full"])
    assert uptake.unasked(other) == [] and uptake.unasked(shipped) == ["43a"]


def test_a_proposal_that_loses_its_links_is_open(shipped):
    other = what_if.overlay(shipped, values=["uptake:13a>44a=none"])
    assert len(tables.open_proposals(other)) == len(tables.open_proposals(shipped)) + 1


def test_a_code_of_a_statement_or_of_a_recommendation_is_changed(shipped):
    values = ["act:8d=evidence", "action_category:39a=1", "themes:8d=training consent"]
    other = what_if.overlay(shipped, values=values)
    assert list(other.statements.act[other.statements.id == "8d"]) == ["evidence"]
    advised = other.recommendations
    assert list(advised.action_category[advised.id == "39a"]) == [1]
    themes = other.statement_themes
    assert set(themes.theme[themes.statement == "8d"]) == {"training", "consent"}
    assert themes.statement.nunique() == shipped.statement_themes.statement.nunique()


def test_nothing_is_left_of_a_speaker_who_is_left_out(shipped):
    other = what_if.overlay(shipped, without=["equality-now"])
    gone = set(shipped.statements.id[shipped.statements.speaker == "equality-now"])
    assert gone and not gone & set(other.statements.id)
    for name in ("statement_themes", "uptake", "relations", "no_uptake", "rejected", "claims"):
        assert not gone & set(getattr(other, name).statement)
    assert not gone & set(other.relations.other)


@pytest.mark.parametrize("reader", ["second", "seventh"])
def test_a_reader_s_links_are_put_in_place(shipped, reader):
    codebook = shipped.readings.codebook[shipped.readings.reader == reader].max()
    read = readings.as_read(shipped, reader, codebook)
    other = what_if.overlay(shipped, reader=reader)
    assert other.uptake.equals(read.uptake)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"values": ["13a"]}, "Must be as in uptake:13a>44a=full"),
        ({"values": ["deeds:8d=x"]}, "Invalid table 'deeds'. Must be one of: uptake, themes, act"),
        ({"values": ["act:99z=evidence"]}, "Invalid unit '99z'"),
        ({"values": ["act:8d=evident"]}, "Invalid value 'evident'. Must be one of: concern, ev"),
        ({"values": ["act:39a=proposal"]}, "No act is coded of recommendations"),
        ({"values": ["themes:8d=trainin"]}, "Invalid theme 'trainin'"),
        ({"values": ["uptake:13z>44a=full"]}, "Invalid statement '13z'"),
        ({"values": ["uptake:13a>44z=full"]}, "Invalid recommendation '44z'"),
        ({"values": ["uptake:13a>44a=half"]}, "Invalid value 'half'. Must be one of: full"),
        ({"without": ["equality"]}, "Invalid speaker 'equality'.*equality-now"),
        ({"reader": "eighth"}, "Invalid reader 'eighth'. Must be one of: fifth, first"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(shipped, arguments, words):
    with pytest.raises(ValueError, match=words):
        what_if.overlay(shipped, **arguments)


def test_what_changes_is_told_as_published_and_as_it_would_be():
    before = ({"p.a": "1", "p.b": "2", "p.c": "3"}, ["p: known"])
    after = ({"p.a": "1", "p.b": "4"}, ["p: known", "p: more often"])
    assert what_if.compared(before, after).splitlines() == [
        "p.b: 2 -> 4",
        "p.c: 3 -> not computed",
        "Fails on the page p: more often",
        "2 of 3 numbers change.",
    ]


def test_the_numbers_of_a_page_are_computed_on_the_record_that_is_given(shipped):
    path = paths.ROOT / "book" / "uptake.ipynb"
    other = what_if.overlay(shipped, without=["equality-now"])
    numbers, failed = what_if.of_page(path, other)
    assert numbers["uptake.proposals"].startswith(f"{uptake.number_of_proposals(other)} (")
    assert numbers["uptake.full"] == str(uptake.taken_up(other, "strict")) and failed == []
    assert "fig-matches" in numbers


def test_a_claim_that_fails_is_told_and_the_rest_of_the_page_is_computed(shipped):
    path = paths.ROOT / "book" / "uptake.ipynb"
    other = what_if.overlay(shipped, values=["uptake:10f>43a=full"])
    numbers, failed = what_if.of_page(path, other)
    assert len(failed) == 1 and "matches no proposal or position" in failed[0]
    assert "uptake.concerns" in numbers


@pytest.mark.needs_book
def test_without_another_code_the_numbers_are_those_that_the_book_has(shipped, html):
    glued = json.loads(
        (html.parent / "jupyter_execute/book/uptake.glue.json").read_text(encoding="utf-8")
    )
    numbers, failed = what_if.of_page(paths.ROOT / "book" / "uptake.ipynb", shipped)
    assert failed == []
    for name, output in glued.items():
        assert repr(numbers[f"uptake.{name}"]) in output["data"].values()


def test_the_command_prints_what_changes_and_touches_no_file(capsys, monkeypatch):
    """Two pages stand for all of them."""
    monkeypatch.setattr(what_if, "pages", only("uptake", "next"))
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in paths.DATA.rglob("*.*")}
    options = ["--set", "uptake:13a>44a=none", "--without", "equality-now", "--reader", "sixth"]
    assert __main__.main(["what-if", *options]) == 0
    told = capsys.readouterr().out
    assert "uptake.proposals: 64 (63 to 66, by reader) -> 58 (" in told
    assert told.splitlines()[-1].endswith(" numbers change.")
    assert before == {
        path: hashlib.sha256(path.read_bytes()).digest() for path in paths.DATA.rglob("*.*")
    }


def only(*names):
    return lambda: [paths.ROOT / "book" / f"{name}.ipynb" for name in names]


# --- every combination of reader, rule and speaker left out --------------------------------------


def combinations(data):
    """Yield each row of the table with the record that it is of."""
    speakers = dict(zip(data.actors.name, data.actors.id, strict=True))
    ids = dict(zip(data.readers.label, data.readers.id, strict=True))
    for row in tables.combinations(data).to_dict("records"):
        read = data
        if row["reader"] != uptake.SETTLED:
            reader = ids[row["reader"]]
            read = readings.as_read(data, reader, row["codebook"], ["uptake"])
        yield row, readings.without(read, speakers.get(row["left_out"], ""))


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_every_reader_rule_and_speaker_is_combined_with_every_other(which, request):
    data = request.getfixturevalue(which)
    table = tables.combinations(data)
    readers = table[["reader", "codebook"]].drop_duplicates()
    speakers = {uptake.NOBODY, *tables.uptake_by_speaker(data).speaker}
    assert set(table.left_out) == speakers and len(table) == len(readers) * len(speakers)
    base = table[table.left_out == uptake.NOBODY].set_index("reader").base
    by_rule = tables.sensitivity(data).set_index("rule").taken_up
    assert base[uptake.SETTLED] == by_rule["base"]
    assert all(base[reader] == by_rule[reader] for reader in set(readers.reader) - {uptake.SETTLED})


@pytest.mark.needs_book
def test_each_cell_of_the_page_is_what_the_function_gives(shipped, html):
    shown = json.loads((html / "tables" / "tab-combinations.json").read_text(encoding="utf-8"))
    for cells, (row, data) in itertools.zip_longest(shown["rows"], combinations(shipped)):
        assert (cells["Reader"], cells["Left out"]) == (row["reader"], row["left_out"])
        assert cells["Proposals left"] == uptake.number_of_proposals(data)
        for rule in uptake.LINK_RULES:
            assert cells[rule.capitalize()] == uptake.taken_up(data, rule)
