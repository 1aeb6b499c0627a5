"""Lists of all tables; a function enters itself with a decorator."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from analysis.record import Record

Function = TypeVar("Function", bound=Callable[..., pd.DataFrame])

ALL: dict[str, Callable[[Record], pd.DataFrame]] = {}
BY_PANEL: dict[str, Callable[[Record, str], pd.DataFrame]] = {}


def table(function: Function) -> Function:
    """Enter a function that takes the record and returns one finished frame.

    The docstring of the function holds a sentence of the form "One row per theme: id, label, one
    count per panel, total." Tests compare it with the frame: "one count per" stands for one or more
    columns of whole numbers, and every other item is the name of a column. What is said before the
    colon, in parentheses or in later sentences is free.
    """
    return _enter(ALL, function)


def by_panel(function: Function) -> Function:
    """Enter a function that also takes the id of a panel and makes its table."""
    return _enter(BY_PANEL, function)


def _enter(tables: dict[str, Callable[..., pd.DataFrame]], function: Function) -> Function:
    name = function.__name__
    if name in ALL or name in BY_PANEL:
        raise ValueError(f"Invalid table '{name}'. Must have a name of its own.")
    tables[name] = function
    return function
