"""How far two readings agree: Krippendorff's alpha, Gwet's AC1.

Agreement shows whether the coding rules are applied in the same way twice. It does not show that
they are the right ones.

Libraries compute alpha, but none that is kept up computes its bootstrap interval, takes sets as
values and has AC1 beside it. Here a coefficient is a few products of arrays, so that a thousand
samples of units take a fifth of a second; the tests hold it to the packages krippendorff and NLTK.

References: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); R. Passonneau,
Measuring Agreement on Set-valued Items (MASI) (2006); K. L. Gwet, Kappa Statistic is not
Satisfactory (2002).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED = 53
SAMPLES = 1000

Array = NDArray[np.float64]
Distance = Callable[[Any, Any], float] | Literal["ordinal"]
Ratings = Sequence[Sequence[Hashable]]


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


def alpha(ratings: Ratings, distance: Distance = nominal) -> Measure:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequences
        One entry per unit, in it one value per reader; None or NaN if a reader gave none.
    distance : callable or "ordinal"
        `nominal`, `masi`, or the word for ranked values, whose distance depends on how often each
        is used.

    Returns
    -------
    Measure
        1 for perfect agreement, 0 for what chance alone would give. Undefined if no unit has two
        values, or if all values are the same.
    """
    units = _coded_twice(ratings)
    values = sorted({value for unit in units for value in unit}, key=_order)
    if len(values) < 2:
        return UNDEFINED
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=float)
    if isinstance(distance, str):
        return _bootstrap(
            lambda weights: _alpha(weights, counts, _ordinal(weights @ counts)), len(units)
        )
    fixed = np.array([[distance(one, other) for other in values] for one in values])
    return _bootstrap(lambda weights: _alpha(weights, counts, fixed), len(units))


def _coded_twice(ratings: Ratings) -> list[list[Hashable]]:
    """Return the values of every unit that has two or more."""
    units = [[value for value in unit if not pd.isna(value)] for unit in ratings]
    return [unit for unit in units if len(unit) > 1]


def _alpha(weights: Array, counts: Array, distances: Array) -> Array:
    """Return alpha for each sample, a row of weights.

    Distances are the same in every sample, or one matrix for each.
    """
    totals = weights @ counts
    total = totals.sum(axis=1)
    others = counts.sum(axis=1) - 1
    if distances.ndim == 2:
        observed = weights @ (((counts @ distances) * counts).sum(axis=1) / others)
    else:
        pairs = counts[:, :, None] * counts[:, None, :] / others[:, None, None]
        observed = (np.tensordot(weights, pairs, 1) * distances).sum(axis=(1, 2))
    expected = np.squeeze(totals[:, None, :] @ distances @ totals[:, :, None], (1, 2))
    expected /= total * (total - 1)
    return np.where(expected > 0, 1 - observed / total / expected, np.nan)


def _ordinal(totals: Array) -> Array:
    """Return squared distances of ranks: how many values lie between two.

    Of each of the two themselves, half are counted.
    """
    middle = np.cumsum(totals, axis=1) - totals / 2
    squares: Array = (middle[:, :, None] - middle[:, None, :]) ** 2
    return squares


def ac1(ratings: Ratings, categories: Sequence[Hashable] | None = None) -> Measure:
    """Return Gwet's AC1 for two readers, which stays stable if one category is rare.

    Parameters
    ----------
    ratings : sequence of pairs
        One pair of values per unit; units with a None or NaN are left out.
    categories : sequence, optional
        All categories that could be used. Default: those that are.
    """
    pairs = _coded_twice(ratings)
    values = sorted(categories or {value for pair in pairs for value in pair}, key=_order)
    if not pairs or len(values) < 2:
        return UNDEFINED
    same = np.array([float(one == other) for one, other in pairs])
    used = np.array([[pair.count(value) / 2 for value in values] for pair in pairs])

    def coefficient(weights: Array) -> Array:
        shares = weights @ used / len(pairs)
        chance = (shares * (1 - shares)).sum(axis=1) / (len(values) - 1)
        measure: Array = (weights @ same / len(pairs) - chance) / (1 - chance)
        return measure

    return _bootstrap(coefficient, len(pairs))


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
    samples: Array = generator.multinomial(units, np.full(units, 1 / units), SAMPLES).astype(float)
    return samples


def _order(value: Any) -> Any:
    """Return the key by which values are sorted; sets have no sequence."""
    return sorted(value) if isinstance(value, frozenset) else value
