"""The tables of the book. Each function takes the record and returns one finished frame.

To add a table, write a function with the decorator `table` in the module that it belongs to: the
command line, the downloads and the tests then know it, and here it has a name. A figure of the same
name in `analysis.page.figures` draws it.
"""

from analysis.tables import (
    agreement,
    claims,
    codebook,
    coefficients,
    context,
    panels,
    participation,
    recommendations,
    similarity,
    statements,
    summary,
    uptake,
)
from analysis.tables.counting import ACTS, CATEGORIES, NEITHER, NOBODY, OUTSIDE
from analysis.tables.registry import ALL, BY_PANEL

globals().update(ALL | BY_PANEL)  # every table under its own name
