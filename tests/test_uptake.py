"""Uptake: every proposal is counted once, in both directions, under every rule."""

import pytest

from analysis import tables
from analysis.record import readings
from analysis.tables.similarity import similarity
from analysis.tables.uptake import LINK_RULES, linked


@pytest.fixture
def data(shipped):
    return shipped


def test_every_proposal_is_there_once_with_its_best_link(data):
    table = tables.proposals(data)
    assert sorted(table.id) == sorted(data.statements.id[data.statements.act == "proposal"])
    best = data.uptake.groupby("statement")["level"].agg(
        lambda levels: "full" if "full" in set(levels) else "partial"
    )
    assert (table.level == table.id.map(best).fillna("none")).all()


@pytest.mark.parametrize(
    "name", ["uptake_by_panel", "uptake_by_role", "uptake_by_speaker", "uptake_by_category"]
)
def test_a_division_of_the_proposals_adds_up_to_all_of_them(data, name):
    table = tables.ALL[name](data)
    assert (table[["full", "partial", "none"]].sum(axis=1) == table.total).all()
    assert table.total.sum() == len(tables.proposals(data))


def test_a_proposal_is_either_taken_up_or_listed_with_a_reason(data):
    table, missing = tables.proposals(data), tables.not_taken_up(data)
    assert set(missing.id) == set(table.id[table.level == "none"])
    assert missing.reason.str.endswith(".").all()


def test_every_recommendation_has_a_source_or_is_said_to_have_none(data):
    table = tables.recommendations_by_source(data)
    assert list(table.id) == list(data.recommendations.id)
    unsourced = table[table.source == "none recorded"]
    assert (unsourced.full + unsourced.partial == "").all()
    assert set(unsourced.id) == set(data.recommendations.id) - set(data.uptake.recommendation)
    assert "43a" in set(unsourced.id)


def test_a_looser_rule_never_links_less(data):
    pairs = [set(map(tuple, linked(data, rule).to_numpy())) for rule in LINK_RULES]
    assert pairs[0] <= pairs[1] <= pairs[2]
    table = tables.sensitivity(data)
    by_rule = table[table.rule.isin(LINK_RULES)]
    assert list(by_rule.rule) == list(LINK_RULES) and by_rule.taken_up.is_monotonic_increasing
    assert set(by_rule.codebook) == {readings.current(data)}


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_every_reader_of_links_has_a_row_beside_the_rules(which, request):
    data = request.getfixturevalue(which)
    labels = data.readers.set_index("id").label
    rows = data.readings[data.readings.variable == "uptake"]
    coded = set(zip(rows.reader.map(labels), rows.codebook, strict=True))
    table = tables.sensitivity(data)
    beside = table[~table.rule.isin(LINK_RULES)]
    assert sorted(zip(beside.rule, beside.codebook, strict=True)) == sorted(coded)
    assert (table.proposals == table.proposals[0]).all()


def test_the_results_of_a_reader_are_those_of_the_readers_own_links(small):
    """Of three proposals Reader 2 links 5b in full and 8b in part, to 9a and to 10b."""
    columns = ["rule", "taken_up", "proposals", "recommendation", "of_recommendation"]
    row = tables.sensitivity(small).set_index("rule", drop=False).loc["Reader 2", columns]
    assert list(row) == ["Reader 2", 2, 3, 2, 4]
    results = tables.results_by_reader(small).set_index("reading")
    assert list(results.loc["Reader 2", ["full", "partial", "none"]]) == [1, 1, 1]
    assert list(results.index) == ["settled", "Reader 1", "Reader 2"] and results.current.all()


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match="Invalid rule 'loose'. Must be one of: strict, base, lenient"
    ):
        linked(None, "loose")


def test_leaving_a_panellist_out_takes_their_proposals_away(data):
    table = tables.leave_one_out(data).set_index("left_out")
    made = tables.uptake_by_speaker(data).set_index("speaker").total
    everything = len(tables.proposals(data))
    assert all(row.proposals == everything - made.get(name, 0) for name, row in table.iterrows())


def test_no_threshold_tells_true_links_from_those_of_a_recommendation_without_source(data):
    opinion = tables.second_opinion(data)
    false_best = opinion.loc[opinion.links == 0, "best_other"].max()
    assert (opinion[opinion.links > 0].best_link < false_best).any()


def test_every_pair_that_the_machine_ranks_high_is_a_link_or_is_rejected_with_a_reason(data):
    table = similarity(data)
    high = table[(table["rank"] <= 2) & (table.score > 0) & (table.level == "none")]
    judged = set(zip(data.rejected.statement, data.rejected.recommendation, strict=True))
    assert set(zip(high.statement, high.recommendation, strict=True)) == judged
    assert data.rejected.reason.str.split().str.len().between(3, 12).all()


def test_links_name_statements_and_recommendations_of_the_tables(data):
    links = tables.uptake_links(data)
    assert set(links.statement) <= set(tables.statements(data).id)
    assert len(links) == len(data.uptake)
