"""How far two readings agree: percent agreement, Krippendorff's alpha and Gwet's AC1, with bootstrap intervals.

Agreement shows whether the coding rules are applied in the same way twice. It does not show that they are the right ones.

References: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); R. Passonneau, Measuring Agreement on
Set-valued Items (MASI) (2006); K. L. Gwet, Kappa Statistic is not Satisfactory (2002).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

SEED = 53
SAMPLES = 1000

Ratings = Sequence[Sequence[Hashable | None]]


@dataclass(frozen=True)
class Measure:
    """A coefficient with its bootstrap interval, or the reason why it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def nominal(one: Hashable, other: Hashable) -> float:
    """Return 0 for the same value and 1 for another."""
    return float(one != other)


def masi(one: frozenset, other: frozenset) -> float:
    """Return the MASI distance of two sets: 1 less Jaccard's index times a weight for how they overlap.

    >>> round(masi(frozenset("a"), frozenset("ab")), 3), masi(frozenset(), frozenset())
    (0.667, 0.0)
    """
    if one == other:
        return 0.0
    common = len(one & other)
    weight = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - common / len(one | other) * (weight if common else 0)


def percent(ratings: Ratings) -> Measure:
    """Return the share, in per cent, of units with two or more values on which all values are the same."""
    units = [[value for value in unit if value is not None] for unit in ratings]
    same = np.array([float(len(set(unit)) == 1) for unit in units if len(unit) > 1])
    if not len(same):
        return Measure(None, reason="no unit was coded twice")
    return _bootstrap(lambda weights: 100 * weights @ same / len(same), len(same))


def alpha(ratings: Ratings, distance: Callable | str = nominal) -> Measure:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequences
        One entry per unit, in it one value per reader; None where a reader gave none.
    distance : callable or "ordinal"
        `nominal`, `interval`, `masi`, or the word for ranked values, whose distance depends on how often each is used.

    Returns
    -------
    Measure
        1 for perfect agreement, 0 for what chance alone would give. Undefined where no unit has two values, or where all
        values are the same.
    """
    units = [[value for value in unit if value is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        return Measure(None, reason="no unit was coded twice")
    values = sorted({value for unit in units for value in unit}, key=_order)
    if len(values) == 1:
        return Measure(None, reason="every value is the same")
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=float)
    if distance == "ordinal":
        return _bootstrap(
            lambda weights: _alpha(weights, counts, _ordinal(weights @ counts)), len(units)
        )
    fixed = np.array([[distance(a, b) for b in values] for a in values])
    return _bootstrap(lambda weights: _alpha(weights, counts, fixed), len(units))


def _alpha(weights: np.ndarray, counts: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Return alpha for each sample, a row of weights; distances are the same in every sample, or one matrix for each."""
    totals = weights @ counts
    total = totals.sum(axis=1)
    if distances.ndim == 2:
        observed = weights @ (
            ((counts @ distances) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
        )
    else:
        pairs = counts[:, :, None] * counts[:, None, :] / (counts.sum(axis=1) - 1)[:, None, None]
        observed = (np.tensordot(weights, pairs, 1) * distances).sum(axis=(1, 2))
    expected = np.squeeze(totals[:, None, :] @ distances @ totals[:, :, None], (1, 2)) / (
        total * (total - 1)
    )
    return np.where(expected > 0, 1 - observed / total / expected, np.nan)


def _ordinal(totals: np.ndarray) -> np.ndarray:
    """Return squared distances of ranks: how many values lie between two, half of each of the two counted."""
    middle = np.cumsum(totals, axis=1) - totals / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def ac1(ratings: Ratings, categories: Sequence[Hashable] | None = None) -> Measure:
    """Return Gwet's AC1 for two readers, which stays stable where one category is rare.

    Parameters
    ----------
    ratings : sequence of pairs
        One pair of values per unit; units with a None are left out.
    categories : sequence, optional
        All categories that could be used. Default: those that are.
    """
    pairs = [tuple(unit) for unit in ratings if None not in unit]
    if not pairs:
        return Measure(None, reason="no unit was coded twice")
    values = sorted(categories or {value for pair in pairs for value in pair}, key=_order)
    if len(values) == 1:
        return Measure(None, reason="every value is the same")
    same = np.array([float(one == other) for one, other in pairs])
    used = np.array([[pair.count(value) / 2 for value in values] for pair in pairs])

    def coefficient(weights):
        shares = weights @ used / len(pairs)
        chance = (shares * (1 - shares)).sum(axis=1) / (len(values) - 1)
        return (weights @ same / len(pairs) - chance) / (1 - chance)

    return _bootstrap(coefficient, len(pairs))


def _bootstrap(coefficient: Callable, units: int) -> Measure:
    """Return a coefficient with the middle 95 per cent of its values over samples of units.

    The coefficient takes one row of weights per sample, and gives one value per sample.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        values = coefficient(_samples(units))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Measure(float(coefficient(np.ones((1, units)))[0]), float(low), float(high))


@lru_cache(maxsize=1)  # the three measures of one variable follow one another
def _samples(units: int) -> np.ndarray:
    """Return how often each unit is drawn, one row per sample; the seed being fixed, they are the same in every run."""
    return (
        np.random.default_rng(SEED)
        .multinomial(units, np.full(units, 1 / units), SAMPLES)
        .astype(float)
    )


def _order(value: Hashable):
    return sorted(value) if isinstance(value, frozenset) else value
