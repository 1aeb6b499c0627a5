"""Marks: each stands for one thing, leads to it, and says what came of it."""

import re
from collections import Counter

import pytest

from analysis import tables
from analysis.page import matches, squares, themes
from analysis.tables.statements import by_theme, statements

OF_OUTCOME = {"full": 1, "partial": 2, "none": 3}  # the column of the field, after the panel


@pytest.fixture(params=["small", "shipped"])
def data(request):
    return request.getfixturevalue(request.param)


def cells(markup):
    """Return the cells of every row below the head of a table, by the first cell's words."""
    _, _, *lines = [line for line in markup.source.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {re.sub(r"\{.*?\}|\[|\]", "", row[0]).split("(")[0]: row for row in rows}


def squared(cell):
    """Return form and anchor of each square in a cell."""
    return re.findall(r"\{square\}`+(\w+) (\S+) ", cell)


def marked(cell):
    """Return the forms of all marks in a cell that are no links."""
    return " ".join(re.findall(r"\{marks\}`([^`]*)`", cell)).split()


def test_each_proposal_is_one_square_in_its_panel_and_outcome_and_leads_to_it(data):
    rows = list(cells(squares.field(data)).values())
    shown = {
        (anchor, form, row[0].partition(" [")[0], column)
        for row in rows
        for column, cell in enumerate(row)
        for form, anchor in squared(cell)
    }
    proposals = tables.proposals(data)
    assert shown == {
        (f"s-{row.id}", row.level, str(row.panel), OF_OUTCOME[row.level])
        for row in proposals.itertuples()
    }
    assert sum(len(squared(cell)) for row in rows for cell in row) == len(proposals)


def test_the_heads_of_the_field_count_its_squares(data):
    head = squares.field(data).source.splitlines()[3]
    counts = tables.proposals(data).level.value_counts()
    given = list(map(int, re.findall(r"\[(\d+)\]\{\.big\}", head)))
    assert given == [counts.get(level, 0) for level in ("full", "partial", "none")]


def test_a_square_tells_who_asked_for_what(shipped):
    row = next(tables.proposals(shipped).query("id == '27l'").itertuples())
    square = squares.square(row, {"Equality Now": "EN"})
    assert square.words == f"27l, EN: {row.gist}" and square.words in square.source


def test_a_strip_has_a_mark_for_each_statement_and_says_how_many(data):
    rows = by_theme(squares.with_levels(statements(data), data), data, "statement")
    shown = cells(squares.strip(rows, "theme", themes.links(data)))
    for theme, part in rows.groupby("theme"):
        row = shown[theme]
        assert sum(len(marked(cell)) for cell in row) == len(part) == int(row[-1])
        forms = Counter(form for cell in row for form in marked(cell))
        assert forms["concern"] == (part.act == "concern").sum()
        levels = part[part.act == "proposal"].level.value_counts()
        assert {level: forms[level] for level in OF_OUTCOME} == {
            level: levels.get(level, 0) for level in OF_OUTCOME
        }


def test_the_largest_row_of_a_strip_is_first_only_if_that_is_asked_for(data):
    rows = squares.by_themes(data)
    names = themes.links(data)
    first = list(cells(squares.strip(rows, "theme", names, largest_first=True)).values())
    totals = [int(row[-1]) for row in first]
    assert totals == sorted(totals, reverse=True)
    given = list(cells(squares.strip(rows, "theme", names)))
    assert given == [name for name in names if name in given]


def test_a_strip_has_a_column_for_what_was_asked_for_for_problems_and_for_all_else(data):
    rows = squares.with_levels(statements(data), data)
    strip = squares.strip(rows, "panel", {name: name for name in rows.panel.unique()})
    for panel, (_, problems, asked, rest, _) in cells(strip).items():
        acts = rows[rows.panel == panel].act.value_counts()
        counts = [acts.get(act, 0) for act in ("concern", "proposal")]
        assert [len(marked(cell)) for cell in (problems, asked)] == counts
        assert len(marked(rest)) == acts.sum() - sum(counts)


def test_squares_by_theme_are_all_proposals_once_for_each_theme(data):
    shown = cells(squares.outcomes_by_theme(data, themes.links(data)))
    counts = tables.uptake_by_theme(data).set_index("theme")
    assert {theme: [len(marked(cell)) for cell in row[1:]] for theme, row in shown.items()} == {
        theme: [row.full, row.partial, row.none] for theme, row in counts.iterrows()
    }


# --- who asked for each recommendation ------------------------------------------------------------


def boxes(data):
    """Return the box of each recommendation by its id."""
    parts = matches.picture(data).markdown.split("{container} match")[2:]  # after the heads
    return {re.search(r"\(#r-(\w+)\)", part)[1]: part for part in parts}


def test_each_match_is_one_dot_full_or_half(data):
    shown = boxes(data)
    assert list(shown) == list(data.recommendations.id)
    for id, box in shown.items():
        links = data.uptake[data.uptake.recommendation == id]
        dots = Counter(form for form in marked(box) if form.startswith("match-"))
        assert dots == Counter("match-" + links.level)
        for said in links.statement:
            assert f"[{said}](#s-{said})" in box.partition("fold")[0]


def test_every_reason_is_folded_in_the_box_of_its_recommendation(data):
    shown = boxes(data)
    for row in data.uptake.itertuples():
        folded = shown[row.recommendation].partition("{container} fold")[2]
        assert row.statement in folded and row.reason.split(".")[0][:20] in folded.replace("\\", "")


def test_a_recommendation_that_nobody_asked_for_says_so_and_shows_the_concerns(shipped):
    shown = boxes(shipped)
    box = shown["43a"]
    assert matches.NOBODY in box and "fold" not in box
    behind = shipped.relations.query("kind == 'concern behind' and other == '43a'")
    assert marked(box) == ["concern"] * len(behind)
    assert [name for name in shown if matches.NOBODY in shown[name]] == ["43a"]


def test_a_position_is_told_from_a_proposal(shipped):
    positions = shipped.statements.id[shipped.statements.act == "position"]
    linked = shipped.uptake[shipped.uptake.statement.isin(positions)]
    assert len(linked) > 0
    shown = boxes(shipped)
    for row in linked.itertuples():
        at = shown[row.recommendation].partition("fold")[0]
        assert f"(#s-{row.statement}) (position, not asked)" in at


# --- what is compared -----------------------------------------------------------------------------


def test_a_group_has_its_share_and_the_range_of_all_readers(shipped):
    compared, groups = tables.counterparts_compared(shipped), tables.contrasts(shipped)
    for row in groups.itertuples():
        assert 0 <= row.low <= row.with_counterpart <= row.high <= 1
    floor = compared[compared.among == "the floor"]
    row = groups.set_index("group").loc["The floor, specific action"]
    shares = floor.first_with / floor.first_of
    assert (row.low, row.high) == (shares.min(), shares.max())
    settled = floor[floor.reading == "settled"].iloc[0]
    assert row["words"].startswith(f"{settled.first_with} of {settled.first_of}")
