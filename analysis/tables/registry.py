"""The list of all tables: a function enters itself with a decorator."""

from collections.abc import Callable

import pandas as pd

from analysis.record import Record

ALL: dict[str, Callable[[Record], pd.DataFrame]] = {}
BY_PANEL: dict[str, Callable[..., pd.DataFrame]] = {}


def table(function: Callable[[Record], pd.DataFrame]) -> Callable[[Record], pd.DataFrame]:
    """Enter a function that takes the record and returns one finished frame."""
    return _enter(ALL, function)


def by_panel(function: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Enter a function that makes a table for one panel at a time; it takes `panel` as well."""
    return _enter(BY_PANEL, function)


def _enter(tables: dict, function: Callable) -> Callable:
    name = function.__name__
    if name in ALL or name in BY_PANEL:
        raise ValueError(f"Invalid table '{name}'. Must have a name of its own.")
    tables[name] = function
    return function
