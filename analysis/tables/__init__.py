"""The tables of the book: functions from the record to a finished frame.

To add a table, write a function with the decorator `table` in a module of this folder: the command
line, the downloads and the tests then know it, and here it has a name. A figure of the same name in
`analysis.page.figures` draws it.
"""

from analysis.tables import (
    agreement,
    claims,
    codebook,
    coefficients,
    context,
    contrasts,
    open_points,
    outcomes,
    pairs,
    panels,
    participation,
    recommendations,
    similarity,
    statements,
    summary,
    theme_counts,
    uptake,
)
from analysis.tables.agreement import agreed as agreed
from analysis.tables.agreement import divided_alike as divided_alike
from analysis.tables.agreement import spread as spread
from analysis.tables.claims import sources_recorded as sources_recorded
from analysis.tables.counting import NEITHER as NEITHER
from analysis.tables.panels import said_on as said_on
from analysis.tables.recommendations import specific as specific
from analysis.tables.registry import ALL as ALL
from analysis.tables.registry import BY_PANEL as BY_PANEL
from analysis.tables.samples import agreement_of as agreement_of
from analysis.tables.samples import samples as samples

# Every table under its own name, also where a module has the same one: notebooks call tables, and
# modules import one another by their full names.
globals().update(ALL | BY_PANEL)
