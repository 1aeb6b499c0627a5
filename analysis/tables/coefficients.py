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
Ratings = Sequence[Sequence[Any]]


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
    values, counts = _counted(ratings)
    if len(values) < 2:
        return UNDEFINED
    if isinstance(distance, str):
        return _bootstrap(
            lambda weights: _alpha(weights, counts, _ordinal(weights @ counts)), len(counts)
        )
    fixed = np.array([[distance(one, other) for other in values] for one in values])
    return _bootstrap(lambda weights: _alpha(weights, counts, fixed), len(counts))


def _counted(ratings: Ratings) -> tuple[list[Any], Array]:
    """Return the values, and how often each unit has each.

    Units that do not have two values or more are left out. Values are sorted; sets have no
    sequence, so their members are compared.
    """
    units = [[value for value in unit if not pd.isna(value)] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted(
        {value for unit in units for value in unit},
        key=lambda value: sorted(value) if isinstance(value, frozenset) else value,
    )
    return values, np.array([[unit.count(value) for value in values] for unit in units], float)


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
    return np.square(middle[:, :, None] - middle[:, None, :])


def ac1(ratings: Ratings, categories: Sequence[Hashable] | None = None) -> Measure:
    """Return Gwet's AC1 for two readers, which stays stable if one category is rare.

    Parameters
    ----------
    ratings : sequence of pairs
        One pair of values per unit; units with a None or NaN are left out.
    categories : sequence, optional
        All categories that could be used. Default: those that are.
    """
    values, counts = _counted(ratings)
    used = len(categories or values)
    if not values or used < 2:
        return UNDEFINED
    same = (counts > 1).any(axis=1).astype(float)

    def coefficient(weights: Array) -> Array:
        shares = weights @ counts / counts.sum()
        chance = (shares * (1 - shares)).sum(axis=1) / (used - 1)
        measure: Array = (weights @ same / len(same) - chance) / (1 - chance)
        return measure

    return _bootstrap(coefficient, len(same))


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
