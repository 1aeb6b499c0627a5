"""The record, paragraph by paragraph: every item has its box, its anchor and its links."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.page import marks, paragraphs, speakers, themes

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
    """Speakers and themes have their sections on other pages."""
    data = request.getfixturevalue(name)
    text = source(data)
    elsewhere = {*speakers.anchors(data).values(), *themes.anchors(data).values()}
    assert set(links(text)) - set(anchors(text)) - elsewhere == set()
    assert set(links(text)) & elsewhere != set()


def test_a_section_has_its_own_paragraphs_only(mini):
    assert anchors(paragraphs.section(mini, "IV").markdown) == [
        "p-9",
        "r-9a",
        "r-9b",
        "p-10",
        "r-10a",
        "r-10b",
    ]


def test_a_panel_of_a_section_has_its_own_paragraphs_only(mini):
    assert anchors(paragraphs.section(mini, "III", "boats").markdown)[0] == "p-7"
    assert anchors(paragraphs.section(mini, "IV", "").markdown) == ["p-10", "r-10a", "r-10b"]
    with pytest.raises(ValueError, match="Invalid panel 'birds'. Must be one of: weirs, boats."):
        paragraphs.section(mini, "III", "birds")


@pytest.mark.parametrize("name", ["mini", "shipped"])
def test_the_contents_lead_to_everything_with_an_anchor_once(name, request):
    data = request.getfixturevalue(name)
    numbers = data.sections.number
    text = "\n".join(paragraphs.contents(data, number).markdown for number in numbers)
    assert sorted(links(text)) == sorted(paragraphs.anchors(data))


def test_a_line_of_the_contents_says_what_the_paragraph_is_about(mini):
    lines = paragraphs.contents(mini, "III").markdown.split("\n- ")
    fifth, eighth = (next(line for line in lines if f"(#p-{n})" in line) for n in (5, 8))
    assert "The museum on fish, weirs and ladders." in fifth
    assert links(fifth) == ["p-5", "s-5a", "s-5b", "s-5c", "q5a", "q5b"]
    assert "withdrawn: [8c](#s-8c)" in eighth
    assert "quantities: [q2a](#q2a), [q2b](#q2b)" in paragraphs.contents(mini, "I").markdown


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
    assert "[The floor](#a-floor) (some speakers)" in text
    assert re.findall(r"\[([^\]]+)\]\{\.(\w+)", text) == [("concern", "act")]
    assert "[Fish](#t-fish) · [Money](#t-money)" in text


def test_links_go_both_ways(mini):
    assert links(box(paragraphs.section(mini, "III").markdown, "s-5b"))[-1] == "r-9a"
    assert links(box(paragraphs.section(mini, "IV").markdown, "r-9a"))[-1] == "s-5b"
    assert "in part" in box(paragraphs.section(mini, "IV").markdown, "r-10a")


def test_a_proposal_without_a_counterpart_says_so(mini):
    text = paragraphs.section(mini, "III").markdown
    assert "No counterpart." in box(text, "s-8b")
    assert "No counterpart." not in box(text, "s-8a"), "a concern asks for nothing"


def test_a_recommendation_says_to_whom_and_how_specific(mini):
    text = paragraphs.section(mini, "IV").markdown
    assert "Addressed to States · specific action" in box(text, "r-9a")
    assert "No addressee named · read as States · general action" in box(text, "r-10a")
    assert "Nobody is recorded as asking for this." in box(text, "r-9b")


def test_quantities_names_and_notes_are_listed(mini):
    text = paragraphs.section(mini, "I").markdown
    assert "[“12” (clubs that took part; read once)]{#q2a}" in text
    assert "Named: River Pact" in box(text, "p-1")
    assert "Note on the source: One number is in words and four are in figures." in box(text, "p-2")


# --- besides the codes --------------------------------------------------------------------------


def with_rows(data, **tables):
    """Return the data with rows put into tables; a cell that is not given is blank."""
    filled = {}
    for name, rows in tables.items():
        table = getattr(data, name)
        blank = dict.fromkeys(table.columns, "")
        frame = pd.DataFrame([blank | row for row in rows])
        filled[name] = pd.concat([table, frame.astype(table.dtypes.to_dict())], ignore_index=True)
    return replace(data, **filled)


def related(data, *pairs):
    columns = ("statement", "kind", "other")
    rows = [dict(zip(columns, pair, strict=True)) | {"reason": "Why."} for pair in pairs]
    return with_rows(data, relations=rows)


def test_a_concern_stands_behind_a_recommendation_that_nobody_asks_for(mini):
    data = related(mini, ("6a", "concern behind", "9b"), ("8a", "concern behind", "9b"))
    text = source(data)
    assert "Concern behind: [9b](#r-9b)" in box(text, "s-6a")
    assert box(text, "r-9b").splitlines()[-3:] == [
        "Nobody is recorded as asking for this.",
        "",
        "Concerns behind it: [6a](#s-6a), [8a](#s-8a)",
    ]


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("takes up", "Takes up: [5b](#s-5b)", "Said again in: [8b](#s-8b)"),
        ("supports", "Supports: [5b](#s-5b)", "Supported in: [8b](#s-8b)"),
        ("opposes", "Opposes: [5b](#s-5b)", "Opposed in: [8b](#s-8b)"),
    ],
)
def test_a_link_between_statements_stands_at_both(mini, kind, here, there):
    text = source(related(mini, ("8b", kind, "5b")))
    assert here in box(text, "s-8b") and there in box(text, "s-5b")


def test_every_kind_of_link_has_its_words(shipped):
    codes = shipped.codes
    assert set(codes.value[codes.list == "relation_kind"]) == set(marks.BEYOND)


def test_every_link_of_the_data_stands_at_both_its_ends(shipped):
    text = source(shipped)
    for row in shipped.relations.itertuples():
        other = f"{'r' if row.other in set(shipped.recommendations.id) else 's'}-{row.other}"
        assert other in links(box(text, f"s-{row.statement}"))
        assert f"s-{row.statement}" in links(box(text, other))


SETTLED = {"variable": "act", "codebook": "1", "reason": "Why."}


def test_a_code_that_no_reader_gave_is_marked(mini):
    rows = [
        SETTLED | {"unit": "5b", "corrected": True},
        SETTLED | {"unit": "8b", "corrected": False},
    ]
    text = source(with_rows(mini, settled=rows))
    assert "· corrected: speech act" in box(text, "s-5b") and "corrected" not in box(text, "s-8b")


def test_a_link_that_no_reader_gave_is_marked_at_both_its_ends(mini):
    row = SETTLED | {"unit": "6b>10a", "variable": "uptake", "corrected": True}
    text = source(with_rows(mini, settled=[row]))
    assert "[10a in part](#r-10a) (corrected)" in box(text, "s-6b")
    assert "[6b in part](#s-6b) (corrected)" in box(text, "r-10a")
    assert text.count("corrected") == 2


def test_an_item_that_no_blind_reader_has_coded_was_read_once(mini):
    [reader, *_] = mini.readers.id
    reading = {"reader": reader, "codebook": "2", "variable": "act", "value": "proposal"}
    data = replace(mini, readings=mini.readings.iloc[:0])
    rows = [reading | {"unit": "5:74-110"}, reading | {"unit": "5:111-142", "codebook": "1"}]
    text = source(with_rows(data, readings=rows))
    once = [name for name in ("s-5a", "s-5b", "s-5c") if "read once" in box(text, name)]
    assert once == ["s-5a", "s-5c"]


def test_a_reading_of_a_statement_is_none_of_a_quantity_with_the_same_words(mini):
    claim = mini.claims.iloc[0]
    row = {"reader": "one", "codebook": "2", "variable": "act", "value": "proposal"}
    row["unit"] = f"{claim.paragraph}:{claim.start}-{claim.end}"
    assert claim.id in marks.read_once(with_rows(mini, readings=[row]))


OBJECTION = {"id": "1", "date": pd.Timestamp("2030-06-01"), "objection": "It is no cost."}
ANSWER = {"reason": "A toll is one.", "version": "0.3.0"}


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"state": "open"}, "Objection 1, open: It is no cost."),
        (
            {"state": "declined"} | ANSWER,
            r"Objection 1, declined in version 0.3.0: It is no cost. Answer: A toll is one.",
        ),
    ],
)
@pytest.mark.parametrize(
    ("item", "places"),
    [("6a", ["s-6a"]), ("9b", ["r-9b"]), ("q2a", ["p-2"]), ("6b>10a", ["s-6b", "r-10a"])],
)
def test_an_objection_stands_at_its_item_with_state_and_reason(mini, row, line, item, places):
    text = source(with_rows(mini, objections=[OBJECTION | row | {"item": item}]))
    assert text.count(line) == len(places) and all(line in box(text, name) for name in places)


# --- what was settled ---------------------------------------------------------------------------


def folded(text, name):
    """Return the lines of what was settled, in the box of an item."""
    inside = box(text, name)
    _, found, rest = inside.partition("What was settled")
    return re.findall(r"^- (.*)$", rest, re.MULTILINE) if found else []


def test_a_settled_value_stands_folded_at_its_item_with_codebook_and_reason(mini):
    text = source(mini)
    [line] = folded(text, "s-5c")
    assert line == "Speech act: practice (codebook 2). A ladder that stands is practice."
    assert folded(text, "s-5a") == []


def test_a_settled_link_stands_at_both_its_ends_and_names_the_other(mini):
    text = source(mini)
    [here], [there] = folded(text, "s-8b"), folded(text, "r-10b")
    assert here.startswith("Uptake, 10b: none (codebook 2)") and "Nobody asked for a ban." in here
    assert there == here.replace("10b", "8b")


def test_what_was_settled_of_a_quantity_stands_in_its_paragraph(mini):
    row = SETTLED | {"unit": "q2a", "variable": "claim_value", "settled": "12", "corrected": False}
    text = source(with_rows(mini, settled=[row]))
    inside = box(text, "p-2")
    assert "What was settled of q2a" in inside and ": 12 (codebook 1). Why." in inside


def test_every_settled_value_of_an_item_is_shown(shipped):
    parts = [paragraphs.section(shipped, number).markdown for number in shipped.sections.number]
    text = "\n".join(parts).replace("\\", "")
    kinds = ("statements", "recommendations", "claims")
    ids = {id for kind in kinds for id in getattr(shipped, kind).id}
    shown = [row for row in shipped.settled.itertuples() if set(row.unit.split(">")) <= ids]
    assert len(shown) > 100
    assert [row.unit for row in shown if row.reason not in text] == []


# --- retired ids --------------------------------------------------------------------------------


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
