"""Agreement: the worked examples of the published methods, and when a coefficient is undefined."""

from dataclasses import replace
from string import ascii_lowercase

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import distance as nltk
from nltk.metrics.agreement import AnnotationTask

from analysis import paths, tables
from analysis.record import readings
from analysis.tables import coefficients

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): examples A, B and C.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
LETTERS = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
FOUR = list(
    zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)
SETS = [
    tuple(map(frozenset, pair))
    for pair in (("a", "ab"), ("bc", "bc"), ("d", "a"), ("abc", "bcd"), ("d", "d"))
]
# K. L. Gwet, Kappa Statistic is not Satisfactory (2002): 125 units, nearly all
# of them agreed to be positive.
GWET = [("+", "+")] * 118 + [("+", "-")] * 5 + [("-", "+")] * 2


def interval(one, other):
    """A distance that the book does not use; the published example does."""
    return float((one - other) ** 2)


@pytest.mark.parametrize(
    ("ratings", "distance", "published"),
    [
        pytest.param(BINARY, coefficients.nominal, 0.095, id="two readers, two values"),
        pytest.param(LETTERS, coefficients.nominal, 0.692, id="two readers, five values"),
        pytest.param(FOUR, coefficients.nominal, 0.743, id="four readers, values missing, nominal"),
        pytest.param(FOUR, "ordinal", 0.815, id="four readers, values missing, ordinal"),
        pytest.param(FOUR, interval, 0.849, id="four readers, values missing, interval"),
    ],
)
def test_alpha_gives_krippendorffs_published_values(ratings, distance, published):
    assert coefficients.alpha(ratings, distance).value == pytest.approx(published, abs=0.0006)


def test_ac1_gives_gwets_published_value():
    assert coefficients.ac1(GWET).value == pytest.approx(0.9408, abs=0.0001)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        pytest.param("ab", "ab", 0, id="the same set"),
        pytest.param("a", "ab", 1 - 1 / 2 * 2 / 3, id="a subset"),
        pytest.param("ab", "bc", 1 - 1 / 3 * 1 / 3, id="an overlap"),
        pytest.param("a", "b", 1, id="nothing in common"),
        pytest.param("", "a", 1, id="nothing against something"),
        pytest.param("", "", 0, id="nothing twice"),
    ],
)
def test_masi_weighs_how_sets_overlap(one, other, distance):
    assert coefficients.masi(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert coefficients.masi(frozenset(other), frozenset(one)) == pytest.approx(distance)


@pytest.mark.parametrize(
    ("ratings", "ours", "theirs"),
    [
        pytest.param(BINARY, coefficients.nominal, nltk.binary_distance, id="nominal"),
        pytest.param(BINARY, interval, nltk.interval_distance, id="interval"),
        pytest.param(SETS, coefficients.masi, nltk.masi_distance, id="sets of themes"),
    ],
)
def test_alpha_agrees_with_an_independent_library(ratings, ours, theirs):
    triples = [
        (reader, unit, value)
        for unit, pair in enumerate(ratings)
        for reader, value in enumerate(pair)
    ]
    independent = AnnotationTask(triples, distance=theirs).alpha()
    assert coefficients.alpha(ratings, ours).value == pytest.approx(
        independent, abs=0.001
    )  # its MASI is rounded


# Two to four readers, units of ranked values, each of which may be missing.
RATINGS = st.integers(2, 4).flatmap(
    lambda readers: st.lists(
        st.tuples(*[st.one_of(st.none(), st.integers(1, 5))] * readers), min_size=2, max_size=30
    )
)


@pytest.mark.parametrize(
    ("distance", "level"), [(coefficients.nominal, "nominal"), ("ordinal", "ordinal")]
)
@given(ratings=RATINGS)
def test_alpha_is_that_of_the_package_krippendorff(distance, level, ratings):
    ours = coefficients.alpha(ratings, distance)
    coded_twice = [unit for unit in ratings if sum(value is not None for value in unit) > 1]
    values = {value for unit in coded_twice for value in unit} - {None}
    if len(values) < 2:
        assert ours == coefficients.UNDEFINED
        return
    matrix = np.array(ratings, dtype=float).T  # a row per reader; None becomes NaN
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level)
    assert ours.value == pytest.approx(theirs, abs=1e-9)


@given(
    pairs=st.lists(st.tuples(*[st.sampled_from(ascii_lowercase[:4])] * 2), min_size=2, max_size=30)
)
def test_nominal_alpha_is_that_of_nltk(pairs):
    ours = coefficients.alpha(pairs)
    if ours.value is None:
        assert len({value for pair in pairs for value in pair}) == 1
        return
    triples = [(place, unit, pair[place]) for unit, pair in enumerate(pairs) for place in (0, 1)]
    assert ours.value == pytest.approx(AnnotationTask(triples).alpha(), abs=1e-9)


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT], ids=repr)
@pytest.mark.parametrize("coefficient", [coefficients.alpha, coefficients.ac1])
def test_whatever_marks_a_missing_value_counts_as_missing(coefficient, missing):
    pairs = [("a", "b"), ("a", "a"), ("b", "b"), ("b", "b")]
    assert coefficient([*pairs, (missing, "a"), (missing, missing)]) == coefficient(pairs)


def test_perfect_agreement_is_one():
    ratings = [("a", "a"), ("b", "b"), ("c", "c")]
    assert coefficients.alpha(ratings).value == coefficients.ac1(ratings).value == 1


@pytest.mark.parametrize("coefficient", [coefficients.alpha, coefficients.ac1])
def test_one_category_leaves_a_coefficient_undefined(coefficient):
    assert coefficient([("a", "a")] * 5) == coefficients.UNDEFINED


def test_a_category_that_could_be_used_counts_in_ac1():
    """With one more category, less of the agreement is due to chance."""
    one, other = coefficients.ac1(GWET), coefficients.ac1(GWET, ["+", "-", "?"])
    assert one.value < other.value < 1
    assert coefficients.ac1([("a", "a")] * 5, ["a", "b"]).value == 1


@pytest.mark.parametrize("coefficient", [coefficients.alpha, coefficients.ac1])
@pytest.mark.parametrize("ratings", [[], [("a", None), (None, "b")]], ids=["no unit", "no overlap"])
def test_without_a_unit_coded_twice_a_coefficient_is_undefined(coefficient, ratings):
    assert coefficient(ratings) == coefficients.UNDEFINED


def test_an_interval_holds_the_value_and_is_the_same_on_every_run():
    one, other = coefficients.alpha(LETTERS), coefficients.alpha(LETTERS)
    assert one == other and one.low < one.value < one.high


# --- units that depend on each other, and more readers than two -----------------------------------


def test_clusters_leave_alpha_as_it_is_and_widen_its_interval():
    """Four copies of each pair hold no more than the pair: the interval is as wide as of one."""
    copies, clusters = LETTERS * 4, [*range(len(LETTERS))] * 4
    alone, whole = coefficients.alpha(copies), coefficients.alpha(copies, clusters=clusters)
    assert alone.value == whole.value
    assert whole.low < alone.low and alone.high < whole.high
    once = coefficients.alpha(LETTERS)
    assert whole.high - whole.low == pytest.approx(once.high - once.low, abs=0.05)


def test_clusters_of_one_unit_are_no_clusters():
    clusters = [*range(len(FOUR))]
    for distance in (coefficients.nominal, "ordinal", interval):
        assert coefficients.alpha(FOUR, distance, clusters) == coefficients.alpha(FOUR, distance)


def test_ac1_of_three_readers_is_what_a_hand_computes():
    """Of the pairs of readers 1, 1/3, 1 and 1/3 agree. One half of the values is a."""
    ratings = ["aaa", "aab", "bbb", "abb"]
    agreed, chance = (1 + 1 / 3 + 1 + 1 / 3) / 4, 2 * 1 / 2 * 1 / 2
    assert coefficients.ac1(ratings).value == pytest.approx((agreed - chance) / (1 - chance))


def test_ac1_takes_units_that_not_every_reader_coded():
    """Of four units one is coded by two readers, who agree, and one by a single reader."""
    ratings = [("a", "a", "a"), ("a", "b", "b"), ("b", None, "b"), (None, "a", None)]
    agreed = (1 + 1 / 3 + 1) / 3
    of_a = (1 + 1 / 3 + 0) / 3
    chance = 2 * of_a * (1 - of_a)
    assert coefficients.ac1(ratings).value == pytest.approx((agreed - chance) / (1 - chance))


# --- dividing a text ------------------------------------------------------------------------------


def placed(*units, begin=150):
    """Return units as start and end in their text, given where they begin and how long they are."""
    return [[(start - begin, start - begin + length) for start, length in units]]


# K. Krippendorff, Content Analysis (2004), p. 254: a continuum of length 300 that begins at 150,
# and the units of category c.
OBSERVERS = placed((225, 70), (370, 30)), placed((220, 80), (355, 20), (400, 20))


def test_unitizing_alpha_gives_krippendorffs_published_value():
    found = coefficients.unitizing_alpha(OBSERVERS, [300])
    assert found.value == pytest.approx(0.7286, abs=0.0001)
    assert coefficients.unitizing_alpha(OBSERVERS[::-1], [300]) == found


def test_readers_who_divide_alike_agree_perfectly():
    one = [[(0, 40), (41, 90)], [], [(10, 20)]]
    for readers in (2, 3):
        found = coefficients.unitizing_alpha([one] * readers, [90, 60, 30])
        assert found == coefficients.Measure(1, 1, 1)


def test_where_nobody_marks_anything_unitizing_alpha_is_undefined():
    assert coefficients.unitizing_alpha([[[]], [[]]], [300]) == coefficients.UNDEFINED
    assert coefficients.unitizing_alpha([[], []], []) == coefficients.UNDEFINED


def test_an_interval_of_unitizing_alpha_holds_the_value():
    """Texts are drawn whole: with one text alone, there is nothing to draw."""
    texts = [[one[0]] * 3 + [[(0, 50)]] * 3 for one in OBSERVERS]
    found = coefficients.unitizing_alpha(texts, [300] * 6)
    assert found.low < found.value < found.high
    assert coefficients.unitizing_alpha(texts, [300] * 6) == found


def test_the_farther_bounds_are_apart_the_lower_is_unitizing_alpha():
    ends = [60, 50, 40, 20]
    found = [coefficients.unitizing_alpha([[[(0, 60)]], [[(0, end)]]], [200]).value for end in ends]
    assert found[0] == 1 and found == sorted(found, reverse=True) and len(set(found)) == 4


# --- agreement of the invented readers, counted by hand -------------------------------------------


@pytest.fixture
def invented(small):
    return tables.agreement(small).set_index("coded")


def test_agreement_on_the_speech_act_is_what_a_hand_computes(invented):
    """Two readers differ on one of nine statements."""
    row = invented.loc["Speech act"]
    assert (row.codebook, row.readers, row.units, row.same) == ("2", 2, 9, 8)
    used = [2, 2, 3, 6, 1, 4]  # procedure, position, evidence, proposal, practice, concern
    expected = 1 - sum(n * (n - 1) for n in used) / (18 * 17)
    assert row.alpha == pytest.approx(1 - (1 / 9) / expected)
    chance = sum(n / 18 * (1 - n / 18) for n in used) / 5
    assert row.ac1 == pytest.approx((8 / 9 - chance) / (1 - chance))


def test_a_reader_of_a_sample_is_measured_apart(small, invented):
    """A third reader takes for a position what all others take for a procedure."""
    without = small.readings[small.readings.reader != "cid"]
    table = tables.agreement(replace(small, readings=without))
    pd.testing.assert_frame_equal(table.set_index("coded"), invented)
    (row,) = tables.samples(small).itertuples()
    assert (row.reader, row.coded, row.units, row.same) == ("Reader 3", "Speech act", 1, 0)


def test_statements_and_recommendations_are_measured_apart(invented):
    columns = ["units", "same", "percent", "distance"]
    assert list(invented.loc["Themes, statements", columns]) == [2, 1, 50, "masi"]
    assert list(invented.loc["Themes, recommendations", columns]) == [4, 4, 100, "masi"]
    assert invented.alpha["Themes, recommendations"] == 1


def test_every_pair_that_could_be_linked_counts(invented):
    """Four statements are proposals or positions, and there are four recommendations."""
    row = invented.loc["Uptake"]
    assert (row.units, row.same, row.distance) == (16, 14, "ordinal")


def test_a_reader_of_a_sample_of_pairs_says_nothing_of_the_others(small):
    """A third reader judges one pair; of the other pairs nothing is known of that reader."""
    row = {"reader": "cid", "codebook": "2", "unit": "5:74-110>9:0-53", "variable": "uptake"}
    rows = pd.concat([small.readings, pd.DataFrame([row | {"value": "none"}])], ignore_index=True)
    found = tables.agreement_of(replace(small, readings=rows), "cid")
    linked = found[found.coded == "Uptake"]
    assert list(linked["with"]) == ["the record", "Reader 1", "Reader 2"]
    assert set(linked.units) == {1} and set(linked.same) == {0}


def test_links_are_compared_where_one_reader_linked(small):
    """Reader 1 links two pairs and Reader 2 two, one of which is the same."""
    (row,) = tables.link_agreement(small).itertuples()
    assert (row.readers, row.linked, row.by_all, row.same) == (2, 3, 1, 1)
    assert row.percent == pytest.approx(100 / 3)


def test_a_division_is_compared_with_that_of_the_record(small):
    table = tables.divisions(small)
    columns = ["reader", "paragraphs", "same", "statements", "recorded"]
    assert list(table[columns].itertuples(index=False, name=None)) == [
        ("Reader 1", 2, 2, 5, 5),
        ("Reader 2", 2, 1, 4, 5),
    ]
    assert table.alpha[0] == 1 > table.alpha[1]


def test_agreement_is_in_the_order_of_the_codebook(invented):
    assert list(invented.variable) == ["division", "act", "themes", "themes", "uptake"]


# --- agreement of the readers of the book ---------------------------------------------------------

# What is coded, and how far readers must agree on it at least.
AIMS = {
    "act": 0.85,
    "themes": 0.85,
    "uptake": 0.85,
    "claim_kind": 0.8,
    "claim_value": 0.8,
    "claim_unit": 0.8,
    "parties": 0.8,
}
# What readers of the codebook in use do not agree on well: the chapter on method must name it.
BELOW = {"source_named"}
# All have the same value, so that alpha is undefined.
ONE_VALUE = {"addressee_inferred"}


@pytest.fixture(scope="module")
def in_use(shipped):
    table = tables.agreement(shipped)
    return table[table.codebook == readings.current(shipped)]


def test_every_coded_variable_is_measured_with_its_interval_and_units(shipped, in_use):
    variables = set(shipped.codes.value[shipped.codes.list == "variable"])
    assert set(in_use.variable) == variables
    assert (in_use.units > 0).all() and (in_use.readers > 1).all()
    defined = in_use[~in_use.variable.isin(ONE_VALUE)]
    assert (defined.alpha_low <= defined.alpha).all() and (
        defined.alpha <= defined.alpha_high
    ).all()
    assert defined[["alpha_low", "alpha", "alpha_high"]].notna().all(axis=None)
    spans = defined.variable.isin(readings.DIVIDED)
    assert (defined.ac1.isna() == spans).all() and (defined.ac1_low.isna() == spans).all()


def test_where_all_have_one_value_the_coefficients_are_undefined_and_it_is_said(shipped, in_use):
    rows = in_use[in_use.variable.isin(ONE_VALUE)]
    assert set(rows.variable) == ONE_VALUE and (rows.same == rows.units).all()
    assert rows.filter(regex="alpha|ac1").isna().all(axis=None)
    assert tables.agreed(shipped, "addressee_inferred") == (
        "Addressee, inferred: 3 readers gave all 17 the same value; alpha is undefined."
    )


def test_agreement_on_what_the_book_rests_on_is_high(in_use):
    reached = in_use.groupby("variable").alpha.min()
    assert {name: aim for name, aim in AIMS.items() if reached[name] < aim} == {}


def test_what_readers_do_not_agree_on_is_known_and_named(in_use):
    reached = in_use.groupby("variable").alpha.min().dropna()
    assert set(reached.index[reached < 0.8]) == BELOW
    chapter = (paths.ROOT / "book" / "agreement.ipynb").read_text(encoding="utf-8")
    assert [name for name in BELOW if f'\\"{name}\\"' not in chapter] == []


def test_agreement_is_said_with_its_interval(shipped, in_use):
    row = in_use[in_use.coded == "Themes, recommendations"].squeeze()
    alpha = f"alpha {row.alpha:.2f} ({row.alpha_low:.2f} to {row.alpha_high:.2f})"
    said = tables.agreed(shipped, "themes", "recommendations")
    who = f"Themes, recommendations, by {row.readers} readers"
    assert said == f"{who}: {alpha}, where 1 is full agreement."
    nobody = replace(shipped, readings=shipped.readings.head(0))
    assert tables.agreed(nobody, "themes") == "No two readers have coded this."


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_shares_are_of_the_units_that_two_readers_coded(which, request):
    table = tables.agreement(request.getfixturevalue(which))
    assert (table.percent == 100 * table.same / table.units).all()
    assert (table.same <= table.units).all()
