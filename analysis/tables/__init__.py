"""The tables of the book. Each function takes the loaded data and returns one finished frame.

To add a table, write a function in the module that it belongs to and put it in `ALL`; the command line, the downloads and
the tests then know it. A figure with the same name in `analysis.figures` draws it.
"""

from analysis.tables.advised import (
    recommendations,
    recommendations_by_addressee,
    recommendations_by_addressee_and_strength,
    recommendations_by_party,
    recommendations_by_strength,
    recommendations_by_theme,
)
from analysis.tables.attendance import (
    participation,
    participation_by_year,
)
from analysis.tables.counting import ACTS, CATEGORIES, NEITHER, NOBODY, OUTSIDE  # noqa: F401
from analysis.tables.said import (
    applied_themes,
    common_themes,
    floor_quantifiers,
    panel_labels,
    panellists,
    said_on,
    statements,
    statements_by_act,
    statements_by_role,
    statements_by_speaker,
    statements_by_theme,
    theme_labels,
    themes_by_act,
    themes_by_speaker,
)
from analysis.tables.source import (
    claims,
    codebook,
    coverage,
    crosswalk,
    instruments,
    source_notes,
    verbs,
)

BY_PANEL = (themes_by_speaker, themes_by_act)  # made for one panel at a time

ALL = {
    table.__name__: table
    for table in (
        participation,
        participation_by_year,
        panellists,
        statements,
        statements_by_act,
        statements_by_role,
        statements_by_speaker,
        statements_by_theme,
        floor_quantifiers,
        recommendations,
        common_themes,
        recommendations_by_addressee,
        recommendations_by_addressee_and_strength,
        recommendations_by_party,
        recommendations_by_theme,
        recommendations_by_strength,
        claims,
        codebook,
        crosswalk,
        instruments,
        source_notes,
        coverage,
        verbs,
    )
}
