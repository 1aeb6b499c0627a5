"""Statements and recommendations as rows for the explorer, and its facets.

The script of the page counts and shows them: it knows no label of its own. A view is what an
address asks for after ``#?``, such as ``outcome=none&panel=organs``: values of one facet widen a
view, a second facet narrows it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from analysis.page.marks import ACT_TITLES, ANCHORS, NOBODY, OUTCOMES
from analysis.page.speakers import ANCHOR
from analysis.page.squares import NO_PANEL
from analysis.page.synonyms import SYNONYMS
from analysis.record import Record
from analysis.tables.counting import ACTIONS, OUTSIDE
from analysis.tables.outcomes import VOICES, outcomes
from analysis.tables.uptake import uptake_links

# The columns of a row, in the order of the file that a reader saves, with the names of the data
# dictionary. What a statement has several of is a list.
FIELDS = (
    "kind id paragraph panel speaker quantifier act action_category addressee_stated theme level "
    "recommendation reason gist"
).split()
ADVISED = "recommendation"  # beside the acts of statements
WORDS = "words"  # of a view: what a reader has typed
TITLES = {
    "outcome": "Outcome",
    "act": "Kind",
    "panel": "Panel",
    "speaker": "Speaker",
    "theme": "Theme",
}
# What a statement of an act is called on its card.
ACT_WORDS = {
    "proposal": "asked for",
    "concern": "problem stated",
    "evidence": "evidence",
    "practice": "practice",
    "position": "position",
    "procedure": "procedure",
}


def rows(data: Record) -> pd.DataFrame:
    """Return every statement and recommendation with its codes as in the data.

    Returns
    -------
    DataFrame
        One row per item in the order of the text: `FIELDS`. Themes are a list of ids; level,
        recommendation and reason are lists with an entry for each link, or with the one entry of a
        proposal without a counterpart: its level is none, its recommendation the nearest.
    """
    said = data.statements.assign(kind="statement", addressee_stated="")
    advised = data.recommendations.assign(kind=ADVISED, speaker="", quantifier="", act="")
    links = _links(data)
    found = []
    for rows, unit in ((said, "statement"), (advised, ADVISED)):
        codes = getattr(data, f"{unit}_themes").groupby(unit).theme.agg(list)
        rows = rows.assign(theme=[codes.get(id, []) for id in rows.id])
        for column in links:
            given = links[column] if unit == "statement" else {}
            rows[column] = [given.get(id, []) for id in rows.id]
        found.append(rows[FIELDS].astype(object))
    return pd.concat(found, ignore_index=True)


def _links(data: Record) -> pd.DataFrame:
    """Return level, recommendation and reason of each statement, as lists, by its id."""
    columns = ["statement", "level", "recommendation", "reason"]
    positions = uptake_links(data)[columns]
    asked = outcomes(data)[columns]
    every = pd.concat([asked, positions[~positions.statement.isin(asked.statement)]])
    return every.groupby("statement").agg(list)


def facets(data: Record) -> dict[str, dict[str, str]]:
    """Return the values of each facet with their labels, in the order shown.

    A recommendation is among the acts. Speakers stand in the order of speaking, the floor first;
    themes by how many items they have.
    """
    said = data.statements
    actors = data.actors[data.actors.id.isin(said.speaker) | data.actors.role.isin(VOICES)]
    order = actors.role.map({"floor": 0, **dict.fromkeys(VOICES[:1], 1)}).fillna(2)
    actors = actors.iloc[order.argsort(kind="stable")]
    items = pd.concat([data.statement_themes.theme, data.recommendation_themes.theme])
    themes = data.themes[data.themes.parent != ""].set_index("id").label
    counts = items.value_counts().reindex(themes.index, fill_value=0)
    themes = themes[counts.sort_values(ascending=False, kind="stable").index]
    panels = dict(zip(data.panels.id, data.panels.label, strict=True))
    return {
        "outcome": {level: f"{words[0].upper()}{words[1:]}" for level, words in OUTCOMES.items()},
        "act": ACT_TITLES | {ADVISED: "Recommendations"},
        "panel": panels | {NO_PANEL: OUTSIDE},
        "speaker": dict(zip(actors.id, actors.name, strict=True)),
        "theme": dict(themes),
    }


def view(address: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """Return what an address asks for, as the page itself would write it.

    Parameters
    ----------
    address : str
        As in ``outcome=none&panel=organs``.
    values : mapping
        What `facets` returns.

    Raises
    ------
    ValueError
        If a facet, or a value of it, does not exist.

    >>> view("panel=organs", {"panel": {"organs": "Organ removal"}})
    'panel=organs'
    """
    pairs = parse_qsl(address, keep_blank_values=True, strict_parsing=True)
    for facet, value in pairs:
        if facet not in {*values, WORDS}:
            known = ", ".join([*values, WORDS])
            raise ValueError(f"Invalid view '{address}'. A facet must be one of: {known}.")
        if facet != WORDS and value not in values[facet]:
            known = ", ".join(values[facet])
            raise ValueError(f"Invalid view '{address}'. {facet} must be one of: {known}.")
    return urlencode(pairs)


def given(data: Record) -> dict[str, Any]:
    """Return all that the script of the explorer needs to know.

    Returns
    -------
    dict
        columns, and rows by kind (lists of values in their order); facets (of each its name, its
        title, and pairs of value and label), outside (the value for no panel); anchors (kind to
        form) and sections (speaker or theme to anchor); what is shown of an act (kinds), of an
        action category, of a recommendation (short), of an outcome (levels), and of a
        recommendation that nobody asked for (nobody); synonyms.
    """
    frame, choices = rows(data), facets(data)
    frame = frame.where(frame.notna(), "")
    voices = data.actors.id[data.actors.role.isin(VOICES)]
    return {
        "columns": FIELDS[1:],
        "rows": {
            kind: part[FIELDS[1:]].to_numpy().tolist()
            for kind, part in frame.groupby("kind", sort=False)
        },
        "facets": [[name, TITLES[name], list(choices[name].items())] for name in TITLES],
        "outside": NO_PANEL,
        "anchors": ANCHORS,
        "sections": {id: ANCHOR.format(id) for id in voices if id in choices["speaker"]}
        | {id: f"t-{id}" for id in choices["theme"]},
        "kinds": ACT_WORDS,
        "categories": dict(enumerate(ACTIONS, 1)),
        "short": dict(zip(data.recommendations.id, data.recommendations.short, strict=True)),
        "levels": OUTCOMES,
        "nobody": NOBODY,
        "synonyms": [forms for forms, _ in SYNONYMS],
    }
