"""Speakers: the forms of their names, and the pronouns, as the summary prints them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import tables


@pytest.fixture
def data(small):
    names = pd.DataFrame(
        [("museum", name, 5) for name in ("Mill Museum", "the Mill Museum", "Museum of Mills")],
        columns=["actor", "name", "paragraph"],
    )
    actors = small.actors.set_index("id", drop=False)
    actors.loc["museum", ["own_name", "pronoun"]] = ["Museum of the Mill", "she"]
    return replace(small, actor_names=names, actors=actors.reset_index(drop=True))


def test_other_printed_forms_and_the_own_name_are_beside_the_name(data):
    rows = tables.panellists(data).set_index("organization")
    assert rows.other_forms["Mill Museum"] == "the Mill Museum; Museum of Mills"
    assert rows.own_name["Mill Museum"] == "Museum of the Mill"
    assert rows.pronoun.tolist() == ["she", ""]
    assert rows.other_forms["Rowing Union"] == rows.own_name["Rowing Union"] == ""


def test_every_form_that_the_summary_prints_of_a_panellist_is_shown(shipped):
    rows = tables.panellists(shipped)
    shown = {*rows.organization, *(form for cell in rows.other_forms for form in cell.split("; "))}
    panellists = shipped.actors.id[shipped.actors.role == "panellist"]
    printed = shipped.actor_names[shipped.actor_names.actor.isin(panellists)]
    assert set(printed.name) <= shown
