"""The record, paragraph by paragraph: every item has its box, its anchor and its links."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.page import paragraphs

PREFIXES = {"statement": "s-", "recommendation": "r-", "claim": ""}


@pytest.fixture
def mini(small):
    return small


def source(data):
    return "\n".join(paragraphs.section(data, number).markdown for number in data.sections.number)


def anchors(text):
    return re.findall(r"^:name: (\S+)$", text, re.MULTILINE) + re.findall(r"\{#(\S+?)\}", text)


def links(text):
    return re.findall(r"\]\(#([\w-]+)\)", text)


def box(text, name):
    """Return one box: from its fence to the next fence of the same length."""
    fence = re.search(rf"^(:+)\{{container\}} item \w+\n:name: {name}\n", text, re.MULTILINE)
    return re.split(rf"^{fence[1]}$", text[fence.start() :], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", ["mini", "shipped"])
def test_everything_coded_has_one_anchor(name, request):
    data = request.getfixturevalue(name)
    expected = [f"p-{number}" for number in data.paragraphs.number]
    expected += (
        [f"s-{id}" for id in data.statements.id]
        + [f"r-{id}" for id in data.recommendations.id]
        + list(data.claims.id)
        + [PREFIXES[row.kind] + row.id for row in data.retired.itertuples()]
    )
    assert sorted(anchors(source(data))) == sorted(expected)


@pytest.mark.parametrize("name", ["mini", "shipped"])
def test_every_link_leads_to_an_anchor(name, request):
    text = source(request.getfixturevalue(name))
    assert set(links(text)) - set(anchors(text)) == set()


def test_a_section_has_its_own_paragraphs_only(mini):
    assert anchors(paragraphs.section(mini, "IV").markdown) == [
        "p-9",
        "r-9a",
        "r-9b",
        "p-10",
        "r-10a",
        "r-10b",
    ]


def test_items_stand_in_the_box_of_their_paragraph(mini):
    text = paragraphs.section(mini, "III").markdown
    assert [name for name in anchors(box(text, "p-6"))] == ["p-6", "s-6a", "s-6b"]


def test_a_paragraph_has_its_gist(mini):
    assert "The museum on fish, weirs and ladders." in box(
        paragraphs.section(mini, "III").markdown, "p-5"
    )


def test_a_statement_says_who_how_and_on_what(mini):
    text = box(paragraphs.section(mini, "III").markdown, "s-6a")
    assert "Some speakers feared what ladders cost." in text
    assert "The floor (some speakers)" in text
    assert re.findall(r"\[([^\]]+)\]\{\.(\w+)", text) == [("concern", "act")]
    assert "Fish · Money" in text


def test_links_go_both_ways(mini):
    assert links(box(paragraphs.section(mini, "III").markdown, "s-5b")) == ["r-9a"]
    assert links(box(paragraphs.section(mini, "IV").markdown, "r-9a")) == ["s-5b"]
    assert "in part" in box(paragraphs.section(mini, "IV").markdown, "r-10a")


def test_a_proposal_that_was_not_taken_up_says_so(mini):
    text = paragraphs.section(mini, "III").markdown
    assert "Not taken up." in box(text, "s-8b")
    assert "Not taken up." not in box(text, "s-8a"), "a concern asks for nothing"


def test_a_recommendation_says_to_whom_and_how_specific(mini):
    text = paragraphs.section(mini, "IV").markdown
    assert "Addressed to States · specific action" in box(text, "r-9a")
    assert "Addressed to nobody · read as States · general action" in box(text, "r-10a")
    assert "Nobody is recorded as asking for this." in box(text, "r-9b")


def test_quantities_names_and_notes_are_listed(mini):
    text = paragraphs.section(mini, "I").markdown
    assert "[“12” (clubs that took part)]{#q2a}" in text
    assert "Named: River Pact" in box(text, "p-1")
    assert "Note on the source: One number is in words and four are in figures." in box(text, "p-2")


def test_a_retired_id_keeps_its_anchor_with_a_note(mini):
    text = box(paragraphs.section(mini, "III").markdown, "p-8")
    assert (
        "Retired [statement 8c]{#s-8c}: withdrawn since version 0.2.0, "
        "replaced by [8a](#s-8a), [8b](#s-8b). It said both things at once." in text
    )


def test_a_retired_id_may_be_of_any_kind_and_have_nothing_in_its_place(mini):
    other = mini.retired.assign(paragraph=9, replaced_by="")
    rows = other.assign(id="9c", kind="recommendation"), other.assign(id="q9a", kind="claim")
    retired = pd.concat(rows, ignore_index=True)
    text = paragraphs.section(replace(mini, retired=retired), "IV").markdown
    assert {"r-9c", "q9a"} < set(anchors(box(text, "p-9"))) and "replaced" not in text


def test_a_paragraph_without_codes_has_its_gist_only(mini):
    assert anchors(box(paragraphs.section(mini, "III").markdown, "p-4")) == ["p-4"]


def test_jupyterlab_shows_the_words(mini):
    shown = paragraphs.section(mini, "II").html
    assert "The Chair welcomed the guests." in shown and ":::" not in shown


def test_an_unknown_section_is_refused_with_those_known(mini):
    with pytest.raises(ValueError, match="Invalid section 'V'. Must be one of: I, II, III, IV."):
        paragraphs.section(mini, "V")
