"""Agreement: the worked examples of the published methods, and when a coefficient is undefined."""

from string import ascii_lowercase

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import distance as nltk
from nltk.metrics.agreement import AnnotationTask

from analysis import tables
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
@settings(deadline=None)
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


@settings(deadline=None)
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


def test_every_variable_of_the_two_readings_is_measured(shipped):
    table = tables.agreement(shipped)
    assert len(table) == 6 and table.notna().all(axis=None)
    assert (table.alpha_low <= table.alpha).all() and (table.alpha <= table.alpha_high).all()
    assert (table.percent == 100 * table.same / table.units).all()


def test_splitting_compares_both_readers_spans(shipped):
    table = tables.splitting(shipped)
    assert ((table.f1 > 0) & (table.f1 <= 1)).all()
    assert (table.matched <= table[["first", "second"]].min(axis=1)).all()


def test_settled_lists_every_disagreement_and_nothing_else(shipped):
    codes = shipped.second_codes
    assert len(tables.settled(shipped)) == (codes["first"] != codes["second"]).sum()
