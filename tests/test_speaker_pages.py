"""Who said what: each speaker has a section, and each proposal its outcome."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import paths, tables
from analysis.page import paragraphs, show, speakers

PAGE = "book/speakers.html"
CARD = re.compile(r"^:::\{container\} asked\n(.*?)\n:::$", re.MULTILINE | re.DOTALL)
of_both = pytest.mark.parametrize("which", ["small", "shipped"])


@pytest.fixture
def data(request, which):
    return request.getfixturevalue(which)


@pytest.fixture(scope="module")
def made(small, shipped):
    """The sections of both records by the ids of the speakers, made once."""
    records = {"small": small, "shipped": shipped}
    return {
        which: {id: section(data, id) for id in tables.speakers(data).id}
        for which, data in records.items()
    }


@pytest.fixture
def sections(made, which):
    return made[which]


def section(data, id):
    return speakers.section(data, id).markdown


def cards(text):
    """Return each proposal's id and box, in the order of the page."""
    return [(re.search(r"\(#s-(\w+)\)", box)[1], box) for box in CARD.findall(text)]


def without_proposals(data, speaker):
    """Return the data without what a speaker asked for."""
    said = data.statements
    gone = said.id[(said.speaker == speaker) & (said.act == "proposal")]
    kept = {
        name: getattr(data, name)[~getattr(data, name)[column].isin(gone)]
        for name, column in (
            ("statements", "id"),
            ("statement_themes", "statement"),
            ("uptake", "statement"),
            ("no_uptake", "statement"),
        )
    }
    return replace(data, **kept)


# --- all sections -----------------------------------------------------------------------------


@of_both
def test_the_list_leads_to_every_organization_and_then_to_the_floor(data):
    organizations = data.actors.id[data.actors.role == "panellist"]
    listed = re.findall(r"\]\(#a-([\w-]+)\)", speakers.contents(data).markdown)
    assert listed == [*organizations, "floor"]


@of_both
def test_each_proposal_of_each_speaker_is_there_once_with_its_outcome(data, sections):
    rows = tables.proposals(data)
    for speaker in tables.speakers(data).itertuples():
        asked = rows[rows.speaker == speaker.speaker].set_index("id")
        found = cards(sections[speaker.id])
        assert sorted(id for id, _ in found) == sorted(asked.index)
        assert all(f".uptake-{asked.level[id]}}}" in box for id, box in found)


@of_both
def test_an_outcome_has_its_reason_and_the_recommendation_in_words(data, sections):
    gists = data.recommendations.set_index("id").gist
    found = {
        id: box for row in tables.speakers(data).itertuples() for id, box in cards(sections[row.id])
    }
    for row in tables.outcomes(data).itertuples():
        box = found[row.statement]
        assert show.escape(row.reason) in box
        assert ("Nearest:" in box) == (row.level == "none" and row.recommendation != "")
        if row.recommendation:
            words = f"{gists[row.recommendation].rstrip('.')} ({row.recommendation})"
            assert show.link(words, f"r-{row.recommendation}").source in box


@of_both
def test_everything_that_a_speaker_said_is_in_the_section_once(data, sections):
    said = tables.statements(data)
    for row in tables.speakers(data).itertuples():
        text = sections[row.id]
        for statement in said[said.speaker == row.speaker].itertuples():
            assert text.count(f"{show.escape(statement.gist)} [{statement.id}](#s-") == 1


@of_both
def test_every_link_leads_to_a_section_or_an_item_of_the_record(data, sections):
    known = {*paragraphs.anchors(data), *speakers.anchors(data).values()}
    for row in tables.speakers(data).itertuples():
        assert set(re.findall(r"\]\(#([\w-]+)\)", sections[row.id])) <= known


@of_both
def test_no_section_has_a_share_or_a_rank(data, sections):
    gists = [*data.statements.gist, *data.uptake.reason, *data.no_uptake.reason]
    for row in tables.speakers(data).itertuples():
        text = sections[row.id]
        for gist in gists:
            text = text.replace(show.escape(gist), "")
        assert re.findall(r"per cent|%|\b(most|fewest|first|last) of\b", text) == []


@pytest.mark.parametrize("id", ["chair", "nobody"])
def test_who_has_no_section_is_refused_with_those_known(small, id):
    known = "museum, rowers, floor"
    with pytest.raises(ValueError, match=f"Invalid speaker '{id}'. Must be one of: {known}."):
        speakers.section(small, id)


# --- one section ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "said", "outcome"),
    [
        ("museum", "three", "with a counterpart in full"),
        ("rowers", "two", "with no counterpart"),
        ("floor", "two", "with a counterpart in part"),
    ],
)
def test_a_sentence_says_how_much_and_what_became_of_it(made, id, said, outcome):
    lead = f"The summary records {said} statements. One of them is a proposal"
    assert f"{lead}, {outcome}." in made["small"][id]


def test_several_proposals_are_counted_by_what_became_of_them():
    row = pd.Series({"statements": 15, "proposals": 6, "full": 0, "partial": 1, "none": 5})
    assert speakers.summary(row) == (
        "The summary records 15 statements. Of these, six are proposals: none with a counterpart "
        "in full, one with a counterpart in part and five with no counterpart."
    )


def test_a_speaker_without_a_proposal_says_so(small):
    text = section(without_proposals(small, "museum"), "museum")
    assert "None of them is a proposal: nothing is recorded as asked for here." in text
    assert "No proposal is recorded here." in text and cards(text) == []


def test_a_section_has_the_names_and_the_pronoun_as_printed(shipped, made):
    text = made["shipped"]["citizens-council"]
    row = (
        tables.panellists(shipped)
        .set_index("organization")
        .loc["Citizens Council for Security and Justice of Mexico City"]
    )
    for label, words in (
        ("Pronoun printed", row.pronoun),
        ("Also printed as", row.other_forms),
        ("Calls itself", row.own_name),
    ):
        assert words and f"{label}: {show.escape(words)}" in text


def test_what_the_floor_said_is_grouped_by_the_words_for_it(shipped, made):
    said = shipped.statements[shipped.statements.speaker == "floor"]
    groups = re.split(r"^### ", made["shipped"]["floor"], flags=re.MULTILINE)[1:]
    found = {re.match(r"“?([^”\n]*)", group)[1].lower(): group for group in groups}
    found["not stated"] = found.pop("speaker not stated")
    assert set(found) == set(said.quantifier)
    for row in said.itertuples():
        assert f"[{row.id}](#s-{row.id})" in found[row.quantifier]


def test_links_beyond_uptake_are_in_the_section(shipped, made):
    said = shipped.statements.set_index("id").speaker
    for row in shipped.relations.itertuples():
        text = made["shipped"][said[row.statement]]
        line = next(line for line in text.splitlines() if f" [{row.statement}](#s-" in line)
        assert f"[{row.other}](#" in line or f"[{row.other}](#" in CARD.sub(r"\1", text)


# --- links to the sections ----------------------------------------------------------------------


def test_the_name_of_a_speaker_becomes_a_link_where_there_is_a_section(small):
    rows = speakers.linked(tables.statements(small), small)
    found = {show.words(name): show.source(name) for name in rows.speaker}
    assert found["Mill Museum"] == "[Mill Museum](#a-museum)"
    assert found["The floor"] == "[The floor](#a-floor)" and found["The Chair"] == "The Chair"


def test_a_column_named_for_a_speaker_has_a_link_as_its_title(small):
    grid = tables.themes_by_speaker(small, "weirs")
    shown = show.table(grid, name="tab-x", caption="c", titles=speakers.heads(small, grid))
    assert "| Theme | [Mill Museum](#a-museum) | [The floor](#a-floor) | Total |" in shown.markdown


# --- the page -----------------------------------------------------------------------------------


def cells():
    """The cells of the page of the organizations and of that of the floor."""
    files = [paths.ROOT / "book" / f"{name}.ipynb" for name in ("speakers", "speakers_floor")]
    found = [cell for file in files for cell in json.loads(file.read_text("utf-8"))["cells"]]
    return ["".join(cell["source"]) for cell in found]


def test_the_page_has_the_anchor_and_the_section_of_every_speaker_in_order(shipped):
    text = "\n\n".join(cells())
    heads = re.findall(r"^\(a-([\w-]+)\)=\n\n## (.+)$", text, re.MULTILINE)
    rows = tables.speakers(shipped)
    assert heads == list(zip(rows.id, rows.speaker, strict=True))
    assert re.findall(r'speakers\.section\(data, "([\w-]+)"\)', text) == list(rows.id)


def test_the_page_says_that_nobody_named_has_read_it_and_where_to_contest():
    text = "\n\n".join(cells())
    assert "No organization named here is known to have read this book." in text
    assert "[contest it](#contest)" in text


def links(html, page):
    """Return where the links of a built page lead: pages with their anchors."""
    text = (html / page.partition("#")[0]).read_text(encoding="utf-8")
    targets = re.findall(r'<a\b[^>]*\bhref="([^":]+)"', text)
    here = html / page.partition("#")[0]
    found = set()
    for target in targets:
        path, _, anchor = target.partition("#")
        file = (here.parent / path).resolve() if path else here.resolve()
        if file.suffix == ".html" and file.is_file():
            name = file.relative_to(html.resolve()).as_posix()
            found.add(f"{name}#{anchor}" if anchor else name)
    return found


@pytest.mark.needs_book
def test_what_an_organization_asked_for_is_at_most_three_clicks_away(html):
    goal, reached, clicks = f"{PAGE}#a-equality-now", {"book/index.html"}, 0
    while goal not in reached and clicks < 3:
        reached |= {target for page in reached for target in links(html, page)}
        clicks += 1
    assert goal in reached


@pytest.mark.needs_book
def test_the_built_section_has_each_proposal_with_what_became_of_it(html, shipped):
    text = (html / PAGE).read_text(encoding="utf-8")
    begin = text.index('id="a-equality-now"')
    part = text[begin : text.index('id="a-', begin + 5)]
    asked = tables.proposals(shipped)
    asked = asked[asked.speaker == "Equality Now"]
    boxes = part.split('<div class="asked">')[1:]
    assert len(boxes) == len(asked)
    for row, box in zip(asked.itertuples(), boxes, strict=True):
        assert f".html#s-{row.id}" in box and f"uptake-{row.level}" in box
