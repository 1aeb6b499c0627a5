"""How far readings agree: Krippendorff's alpha and Gwet's AC1.

Agreement shows whether the coding rules are applied in the same way twice. It does not show that
they are the right ones.

Libraries compute alpha, but none that is kept up computes its bootstrap interval, takes sets as
values and has AC1 beside it. Here a coefficient is a few products of arrays, so that a thousand
samples of units take a fifth of a second; the tests hold it to the packages krippendorff and NLTK.

References: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); R. Passonneau,
Measuring Agreement on Set-valued Items (MASI) (2006); K. L. Gwet, Kappa Statistic is not
Satisfactory (2002); for dividing a text K. Krippendorff, Content Analysis (2004), chapter 11.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED = 53
SAMPLES = 1000

Array = NDArray[np.float64]
Distance = Callable[[Any, Any], float] | Literal["ordinal"]
Ratings = Sequence[Sequence[Any]]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Measure:
    """A coefficient with its bootstrap interval."""

    value: float | None
    low: float | None
    high: float | None


# Of no unit that was coded twice, or of units that all have the same value.
UNDEFINED = Measure(None, None, None)


def nominal(one: Hashable, other: Hashable) -> float:
    """Return 0 for the same value and 1 for another."""
    return float(one != other)


def masi(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    """Return the MASI distance of two sets: 1 less a weighted Jaccard index.

    >>> round(masi(frozenset("a"), frozenset("ab")), 3), masi(frozenset(), frozenset())
    (0.667, 0.0)
    """
    if one == other:
        return 0.0
    common = len(one & other)
    weight = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - common / len(one | other) * (weight if common else 0)


def alpha(
    ratings: Ratings, distance: Distance = nominal, clusters: Sequence[Hashable] | None = None
) -> Measure:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequences
        One entry per unit, in it one value per reader; None or NaN if a reader gave none.
    distance : callable or "ordinal"
        `nominal`, `masi`, or the word for ranked values, whose distance depends on how often each
        is used.
    clusters : sequence, optional
        What each unit is a part of. Units of one cluster depend on each other, so that samples draw
        clusters whole. Default: each unit by itself.

    Returns
    -------
    Measure
        1 for perfect agreement, 0 for what chance alone would give. Undefined if no unit has two
        values, or if all values are the same.
    """
    values, counts, kept = _counted(ratings)
    if len(values) < 2:
        return UNDEFINED
    pairs = _disagreeing(counts)
    if clusters is not None:
        places, _ = pd.factorize(pd.Series(clusters)[kept])
        counts, pairs = _summed(counts, places), _summed(pairs, places)
    if isinstance(distance, str):
        return _bootstrap(
            lambda weights: _alpha(weights, counts, pairs, _ordinal(weights @ counts)), len(counts)
        )
    fixed = np.array([[distance(one, other) for other in values] for one in values])
    return _bootstrap(lambda weights: _alpha(weights, counts, pairs, fixed), len(counts))


def _counted(ratings: Ratings) -> tuple[list[Any], Array, list[int]]:
    """Return the values, how often each unit has each, and the places of the units.

    Units that do not have two values or more are left out. Values are sorted; sets have no
    sequence, so their members are compared.
    """
    units = [[value for value in unit if not pd.isna(value)] for unit in ratings]
    kept = [place for place, unit in enumerate(units) if len(unit) > 1]
    values = sorted(
        {value for place in kept for value in units[place]},
        key=lambda value: sorted(value) if isinstance(value, frozenset) else value,
    )
    rows = [[units[place].count(value) for value in values] for place in kept]
    return values, np.array(rows, float), kept


def _disagreeing(counts: Array) -> Array:
    """Return how often each unit pairs each value with each.

    Each pair counts for one over the readers of its unit less one.
    """
    others: Array = counts.sum(axis=1) - 1
    pairs: Array = counts[:, :, None] * counts[:, None, :] / others[:, None, None]
    return pairs


def _summed(rows: Array, places: NDArray[np.intp]) -> Array:
    """Return the sum of the rows of each place."""
    sums: Array = np.zeros((places.max() + 1, *rows.shape[1:]))
    np.add.at(sums, places, rows)
    return sums


def _alpha(weights: Array, counts: Array, pairs: Array, distances: Array) -> Array:
    """Return alpha for each sample, a row of weights.

    Distances are the same in every sample, or one matrix for each.
    """
    totals = weights @ counts
    total = totals.sum(axis=1)
    if distances.ndim == 2:
        observed = weights @ (pairs * distances).sum(axis=(1, 2))
    else:
        observed = (np.tensordot(weights, pairs, 1) * distances).sum(axis=(1, 2))
    expected = np.squeeze(totals[:, None, :] @ distances @ totals[:, :, None], (1, 2))
    expected /= total * (total - 1)
    return np.where(expected > 0, 1 - observed / total / expected, np.nan)


def _ordinal(totals: Array) -> Array:
    """Return squared distances of ranks: how many values lie between two.

    Of each of the two themselves, half are counted.
    """
    middle = np.cumsum(totals, axis=1) - totals / 2
    return np.square(middle[:, :, None] - middle[:, None, :])


def ac1(ratings: Ratings, categories: Sequence[Hashable] | None = None) -> Measure:
    """Return Gwet's AC1, which stays stable if one category is rare.

    Parameters
    ----------
    ratings : sequence of sequences
        One entry per unit, in it one value per reader; units that do not have two are left out.
    categories : sequence, optional
        All categories that could be used. Default: those that are.
    """
    values, counts, _ = _counted(ratings)
    used = len(categories or values)
    if not values or used < 2:
        return UNDEFINED
    readers = counts.sum(axis=1)
    same = (counts * (counts - 1)).sum(axis=1) / (readers * (readers - 1))
    shares = counts / readers[:, None]

    def coefficient(weights: Array) -> Array:
        used_by = weights @ shares / len(same)
        chance = (used_by * (1 - used_by)).sum(axis=1) / (used - 1)
        measure: Array = (weights @ same / len(same) - chance) / (1 - chance)
        return measure

    return _bootstrap(coefficient, len(same))


def unitizing_alpha(readers: Sequence[Sequence[Spans]], lengths: Sequence[int]) -> Measure:
    """Return Krippendorff's alpha for dividing texts into units of one kind.

    Parameters
    ----------
    readers : sequence of sequences
        For each reader the spans, start and end, in each text; the spans of one do not overlap.
    lengths : sequence of int
        Length of each text. A unit, and a gap between units, is never longer than its text. Samples
        draw texts whole.

    Returns
    -------
    Measure
        1 if all units have the same bounds, 0 for what chance alone would give. Undefined if nobody
        marked anything.
    """
    gaps = [[_gaps(spans, n) for spans, n in zip(one, lengths, strict=True)] for one in readers]
    observed = np.zeros(len(lengths))
    for one, other in permutations(range(len(readers)), 2):
        for text, spans in enumerate(readers[one]):
            observed[text] += _moved(spans, readers[other][text]) / 2  # both ways are counted
            observed[text] += _inside(spans, gaps[other][text])
    units = [_lengths(spans) for spans in zip(*readers, strict=True)]
    empty = [_lengths(spans) for spans in zip(*gaps, strict=True)]
    return _unitizing(observed, units, empty, np.array(lengths, float), len(readers))


def _unitizing(
    observed: Array, units: list[Array], gaps: list[Array], sizes: Array, readers: int
) -> Measure:
    """Return alpha, given each text's disagreement, its units, gaps and length."""
    count = np.array([len(lengths) for lengths in units], float)
    if not count.sum():
        return UNDEFINED
    cubic = np.array([(2 * n**3 - 3 * n**2 + n).sum() / 3 for n in units])
    square = np.array([(n * (n - 1)).sum() for n in units])
    placed = np.array([[_placed(lengths, between) for between in gaps] for lengths in units])

    def coefficient(weights: Array) -> Array:
        length = weights @ sizes
        disagreed = 2 * (weights @ observed) / (readers * (readers - 1) * length**2)
        anywhere = ((weights @ placed) * weights).sum(axis=1)
        chance = 2 / length * ((weights @ count - 1) * (weights @ cubic) + anywhere)
        chance /= readers * length * (readers * length - 1) - weights @ square
        return np.where(chance > 0, 1 - disagreed / chance, np.nan)

    return _bootstrap(coefficient, len(sizes))


def _lengths(readers: Sequence[Spans]) -> Array:
    return np.array([end - start for spans in readers for start, end in spans], float)


def _gaps(spans: Spans, length: int) -> Spans:
    """Return what lies before, between and after the spans of one text."""
    bounds = [0, *(bound for span in sorted(spans) for bound in span), length]
    return [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]


def _moved(spans: Spans, others: Spans) -> int:
    """Return the squared distances of the bounds of spans that overlap."""
    return sum((a - c) ** 2 + (b - d) ** 2 for a, b in spans for c, d in others if a < d and c < b)


def _inside(spans: Spans, gaps: Spans) -> int:
    """Return the squared lengths of the spans that lie in a gap of another reader."""
    return sum((b - a) ** 2 for a, b in spans if any(c <= a and b <= d for c, d in gaps))


def _placed(units: Array, gaps: Array) -> float:
    """Return the squared length of each unit times the ways to place it in each gap."""
    ways = np.maximum(gaps[None, :] - units[:, None] + 1, 0)
    return float((np.square(units)[:, None] * ways).sum())


def _bootstrap(coefficient: Callable[[Array], Array], units: int) -> Measure:
    """Return a coefficient with the middle 95 per cent of its sampled values.

    The coefficient takes one row of weights per sample, and returns one value per sample.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        values = coefficient(_samples(units))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Measure(float(coefficient(np.ones((1, units)))[0]), float(low), float(high))


@lru_cache(maxsize=1)  # the three measures of one variable follow one another
def _samples(units: int) -> Array:
    """Return how often each unit is drawn, one row per sample: the same in every run."""
    generator = np.random.default_rng(SEED)
    return np.asarray(generator.multinomial(units, np.full(units, 1 / units), SAMPLES), float)
