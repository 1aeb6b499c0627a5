"""The rules of the draft, one small sentence at a time: what is divided where, who speaks, what is asked, what is counted."""

import dataclasses
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import document, draft, load
from analysis.draft import acts, attendance, instruments, observations, panels, quantities, speakers, statements, structure, words


def part(text, kind="discussion", number=1):
    return structure.Part(number, "I", text, kind, "")


def cut(text, kind):
    return [text[left:right] for left, right, *_ in statements.pieces(text, 0, len(text), kind)]


# --- statements: where a sentence is divided ------------------------------------------------------------------------

PIECES = {
    # what is shown: (kind of paragraph, sentence, its pieces)
    "one thing is one piece": (
        "discussion",
        "Some speakers feared the price of ladders.",
        ["Some speakers feared the price of ladders"],
    ),
    "who said that is taken off a panellist's words": (
        "panellist",
        "She explained that eels climb at night.",
        ["eels climb at night"],
    ),
    "and stays with the floor, which is counted by it": (
        "discussion",
        "A speaker noted that eels climb at night.",
        ["A speaker noted that eels climb at night"],
    ),
    "a second reporting verb": (
        "panellist",
        "He noted that weirs are old, and stressed that nobody mends them.",
        ["weirs are old", "nobody mends them"],
    ),
    "a participle that reports": (
        "discussion",
        "Some speakers welcomed the new locks, adding that boats wait less.",
        ["Some speakers welcomed the new locks", "boats wait less"],
    ),
    "a second that": (
        "panellist",
        "She said that mills have closed and that their ponds silt up.",
        ["mills have closed", "their ponds silt up"],
    ),
    "another speaker in the same sentence": (
        "discussion",
        "Many speakers praised the locks, while some speakers doubted their use.",
        ["Many speakers praised the locks", "some speakers doubted their use"],
    ),
    "items of a list": (
        "panellist",
        "He proposed mending the oldest weirs first; counting fish each spring; and asking anglers for help.",
        ["mending the oldest weirs first", "counting fish each spring", "asking anglers for help"],
    ),
    "what is said behind its words": (
        "panellist",
        "Most anglers would gladly help, she added.",
        ["Most anglers would gladly help"],
    ),
    "an aside is no division where the clause goes on": (
        "panellist",
        "A pond without an outlet, she warned, would soon be a swamp.",
        ["A pond without an outlet, she warned, would soon be a swamp"],
    ),
    "a joint is taken off": (
        "discussion",
        "In addition, several speakers mentioned the noise of engines.",
        ["several speakers mentioned the noise of engines"],
    ),
    "two clauses, the first conceded": (
        "panellist",
        "While she acknowledged the cost of ladders, she held that fish are worth it.",
        ["she acknowledged the cost of ladders", "fish are worth it"],
    ),
    "as well as, before a thing of its own": (
        "discussion",
        "Speakers called for wider ladders at every weir, as well as a yearly count of the salmon.",
        ["Speakers called for wider ladders at every weir", "a yearly count of the salmon"],
    ),
}


@pytest.mark.parametrize(("kind", "sentence", "pieces"), PIECES.values(), ids=PIECES)
def test_a_sentence_is_divided_where_the_thing_said_changes(kind, sentence, pieces):
    assert cut(sentence, kind) == pieces


VOICES = {
    # what is shown: (paragraph of the floor, quantifiers of its statements)
    "as printed": ("Several speakers noted that rivers are low.", ["several speakers"]),
    "other speakers are speakers": ("Several other speakers noted that rivers are low.", ["several speakers"]),
    "one is a speaker": ("One speaker noted that rivers are low.", ["a speaker"]),
    "a pronoun is whoever spoke before": ("A speaker spoke of eels. She noted that rivers are low.", ["a speaker"] * 2),
    "behind the words": ("Rivers are low in every valley, a speaker noted.", ["a speaker"]),
    "nobody is named": ("It was noted that rivers are low.", ["not stated"]),
    "delegates are not speakers": ("Delegates noted that rivers are low.", ["not stated"]),
}


@pytest.mark.parametrize(("text", "counted"), VOICES.values(), ids=VOICES)
def test_the_floor_is_counted_in_the_words_of_the_summary(text, counted):
    here = part(text)
    found = statements.statements([here], speakers.actors([here], []))
    assert [each.quantifier for each in found] == counted


# --- speech acts ----------------------------------------------------------------------------------------------------

ACTS = {
    # why: (words, words that lead to them, act)
    "something should be done": ("weirs should have ladders", "", "proposal"),
    "it was called for": ("a ladder at every weir", "She called for", "proposal"),
    "it is important to do it": ("the importance of counting the fish", "She stressed", "proposal"),
    "its worth, and no action": ("the important role of anglers", "She stressed", "position"),
    "somebody is thanked": ("many speakers paid tribute to the anglers", "", "position"),
    "a problem": ("the lack of ladders is a challenge for salmon", "He said that", "concern"),
    "no word says otherwise": ("ponds silt up", "He said that", "concern"),
    "a figure": ("40 per cent of the weirs stop fish", "He said that", "evidence"),
    "what the law says": ("national law has required ladders for long", "", "evidence"),
    "what was studied": ("her team had examined old weirs", "", "evidence"),
    "what an organization does": ("her association runs a hotline for anglers", "", "practice"),
    "whether something should be is no proposal": ("whether the mechanism should go on would be examined", "", "procedure"),
}


@pytest.mark.parametrize(("said", "lead", "act"), ACTS.values(), ids=ACTS)
def test_the_act_of_a_statement_follows_from_its_words(said, lead, act):
    assert acts.act(said, lead, "panellist")[0] == act


def test_the_secretariat_reports_and_the_chair_leads():
    assert acts.act("the state of the review", "", "secretariat")[0] == "procedure"
    assert acts.act("she thanked the ferrymen", "", "chair")[0] == "procedure"
    assert acts.act("her confidence in the anglers", "", "chair", "opening")[0] == "position"


def test_the_reason_says_the_rule_and_its_words():
    assert acts.act("weirs must have ladders", "", "floor")[1] == "proposal: must"


# --- recommendations ------------------------------------------------------------------------------------------------

ADVISED = {
    # what is shown: (observation, [(words, addressee as printed, first verb)])
    "one": ("States should build fish ladders.", [("States should build fish ladders", "States", "build")]),
    "two verbs with an object each": (
        "States should mend old weirs, and train lock keepers.",
        [("States should mend old weirs", "States", "mend"), ("train lock keepers", "States", "train")],
    ),
    "two verbs with one object": (
        "States should protect and support the anglers.",
        [("States should protect and support the anglers", "States", "protect")],
    ),
    "a purpose is not another": (
        "States should train keepers to recognise eels and protect their young.",
        [("States should train keepers to recognise eels and protect their young", "States", "train")],
    ),
    "not this but that": (
        "States should not punish anglers who tell of losses, but rather treat them as witnesses.",
        [
            ("States should not punish anglers who tell of losses", "States", "punish"),
            ("but rather treat them as witnesses", "States", "treat"),
        ],
    ),
    "in the passive nobody is addressed": (
        "A guide to ladders should be published.",
        [("A guide to ladders should be published", "", "publish")],
    ),
    "a subject is missing": ("Should plant more willows.", [("Should plant more willows", "", "plant")]),
    "they are whoever was named": (
        "Governments should mend weirs. They should also count the fish.",
        [("Governments should mend weirs", "Governments", "mend"), ("They should also count the fish", "Governments", "count")],
    ),
    "a list": (
        "States should adopt a plan for eels; provide money for it; and report on its use.",
        [
            ("States should adopt a plan for eels", "States", "adopt"),
            ("provide money for it", "States", "provide"),
            ("report on its use", "States", "report"),
        ],
    ),
    "encouraged to": (
        "The Secretariat is encouraged to collect drawings of ladders and to publish them yearly.",
        [
            ("The Secretariat is encouraged to collect drawings of ladders", "Secretariat", "collect"),
            ("to publish them yearly", "Secretariat", "publish"),
        ],
    ),
    "without a modal it is one, to be read": (
        "More ladders everywhere.",
        [("More ladders everywhere", "", "consider")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), ADVISED.values(), ids=ADVISED)
def test_an_observation_is_divided_into_what_it_asks(text, expected):
    found = observations.recommendations([part(text, "observation")])
    assert [(text[each.start : each.end].removeprefix("but "), each.stated, each.verb) for each in found] == [
        (said.removeprefix("but "), stated, verb) for said, stated, verb in expected
    ]


# --- quantities -----------------------------------------------------------------------------------------------------

QUANTITIES = {
    "75% of the weirs": [("75%", "share", 75, 75)],
    "more than a third of the weirs": [("more than a third", "share", 33.3, None)],
    "eleven panels": [("eleven panels", "count", 11, 11)],
    "1,400 notices": [("1,400 notices", "count", 1400, 1400)],
    "a two-year plan": [("two-year", "duration", 2, 2)],
    "eels of ten years of age": [("ten years of age", "age", 10, 10)],
    "a sharp decline in eels": [("sharp decline in eels", "trend", None, None)],
    "ladders are rarely mended": [("rarely", "magnitude", None, None)],
    "article 7, paragraph 2, and resolution 9/1": [],
    "on 10 July 2024": [],
    "several speakers": [],
    "one speaker": [],
}


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items(), ids=QUANTITIES)
def test_a_quantity_is_found_with_its_kind_and_bounds(text, expected):
    found = quantities.claims([part(text)], {}, [], "chair")
    assert [(each.quantity, each.kind, each.low, each.high) for each in found] == expected


ATTENDANCE = {
    "a unit of its own each": (
        "12 organizations and three States attended.",
        [("organizations", "organizations", 12, None), ("States", "States", 3, None)],
    ),
    "parts have the unit of their whole": (
        "Twenty other stakeholders (eight from the crafts and 12 from the ferries) participated.",
        [("other stakeholders", "stakeholders", 20, None), ("crafts", "stakeholders", 8, 0), ("ferries", "stakeholders", 12, 0)],
    ),
    "of which": (
        "Nine States took part, of which seven were parties.",
        [("States", "States", 9, None), ("parties", "States", 7, 0)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), ATTENDANCE.values(), ids=ATTENDANCE)
def test_who_took_part_is_counted_group_by_group(text, expected):
    found = attendance.counts([part(text, "participation")])
    assert [(each.group, each.unit, each.count, each.parent) for each in found] == expected


def test_who_only_registered_is_said_to_have_registered():
    assert attendance.counts([part("90 persons registered.", "participation")])[0].basis == "registered"


# --- instruments ----------------------------------------------------------------------------------------------------

NAMED = {
    "the River Protocol applies": [("treaty", "River Protocol")],
    "the Convention on Weirs and the Eel Protocol": [("treaty", "Convention on Weirs"), ("treaty", "Eel Protocol")],
    "resolutions 12 (2011) and 14 (2013) were cited": [("resolution", "12 (2011)"), ("resolution", "14 (2013)")],
    "as decided in resolution 9/1": [("resolution", "resolution 9/1")],
    "see RIV/COP/WG.2/2031/3": [("document", "RIV/COP/WG.2/2031/3")],
    "the Handbook on Ladders was shown": [("guidance", "Handbook on Ladders")],
    "a case before the Water Tribunal was cited": [("case", "a case before the Water Tribunal")],
    "either/or and and/or": [],
    "a dialogue on rivers": [],
}


@pytest.mark.parametrize(("text", "expected"), NAMED.items(), ids=NAMED)
def test_an_instrument_is_known_by_its_symbol_or_its_title(text, expected):
    found = instruments.instruments([part(text)], [])
    assert [(each.kind, name) for each in found for _, name in each.mentions] == expected


def test_a_short_form_is_the_same_instrument():
    texts = ["the Convention against Silted Rivers", "the Silted Rivers Convention", "article 3 of the Convention"]
    found = instruments.instruments([part(text, number=n) for n, text in enumerate(texts, 1)], [])
    assert [n for each in found for n, _ in each.mentions] == [1, 2, 3] and len(found) == 1


def test_what_stands_in_the_name_of_an_organization_is_no_instrument():
    assert instruments.instruments([part("the Ferryton Declaration Group spoke")], ["Ferryton Declaration Group"]) == []


# --- structure ------------------------------------------------------------------------------------------------------

SUMMARY = """Summary by the Chair

I. Introduction

1. Rivers have been looked after under the River Pact.

2. The fourth dialogue on clean rivers was held in Ferryton, in French, on 3 May 2031, in the hall and online.

3. Twelve organizations and 4 States attended.

II. Opening

4. The Chair welcomed the ferrymen.

III. Two panels

5. The first panel, on "Weirs and fish", heard the Mill Museum, Ferry Aid and the Guild of Oars and Sails.

6. The panellist from the Mill Museum noted that weirs are old.

7. Ms. Ada Reed, of Ferry Aid, called for ladders.

8. Some speakers feared their price.

9. The second panel, on "Boats", included a presentation from the Rowing Union.

10. The representative of the Rowing Union said that engines are loud.

11. The floor was then opened.

IV. Observations by the Chair

12. The Chair offers the following observations:

13. States should build ladders.
"""
KINDS = (
    "background procedure participation opening procedure panellist panellist discussion procedure panellist procedure "
    "lead-in observation"
)


@pytest.fixture(scope="module")
def read():
    return structure.parts(document.parse(SUMMARY))


def test_a_paragraph_is_what_its_first_words_do(read):
    assert [each.kind for each in read[0]] == KINDS.split()


def test_a_panel_begins_where_it_is_announced(read):
    assert [(each.title, each.first, each.last) for each in read[1]] == [("Weirs and fish", 5, 8), ("Boats", 9, 11)]


def test_panellists_are_called_as_the_announcement_lists_them(read):
    named = [(each.name, each.panel, each.paragraphs) for each in speakers.actors(*read) if each.role == "panellist"]
    assert named == [
        ("Mill Museum", "weirs-and-fish", [6]),
        ("Ferry Aid", "weirs-and-fish", [7]),
        ("Rowing Union", "boats", [10]),
    ]


def test_an_announcement_lists_names_that_hold_small_words():
    assert panels.names("It heard the Guild of Oars and Sails and the House for Eels.") == [
        "Guild of Oars and Sails",
        "House for Eels",
    ]


def test_the_meeting_is_what_the_introduction_says(read):
    row = attendance.meeting(document.parse(SUMMARY), read[0], speakers.actors(*read))
    told = {name: row[name] for name in ("title", "topic", "ordinal", "date", "format", "language", "chairs")}
    assert told == {
        "title": "Fourth dialogue on clean rivers",
        "topic": "clean rivers",
        "ordinal": 4,
        "date": "2031-05-03",
        "format": "hybrid",
        "language": "French",
        "chairs": "chair",
    }


# --- any document ---------------------------------------------------------------------------------------------------

CODEBOOK = load.dataset()
SPICE = [
    " and ",
    "; ",
    ", ",
    ". ",
    " should ",
    " States ",
    " noted that ",
    "Some speakers ",
    " 12 ",
    " the Convention ",
    "(",
    "\u201c",
]
TEXT = st.lists(st.one_of(st.sampled_from(SPICE), st.text(max_size=12)), max_size=30).map("".join)


def made(texts):
    """A document with one paragraph per text, in four sections."""
    names = {"I": "Introduction", "II": "Opening", "III": "Panel 1: weirs", "IV": "Recommendations"}
    sections = tuple(document.Section(number, title) for number, title in names.items())
    place = {n: list(names)[min(3, 4 * n // (len(texts) + 1))] for n in range(1, len(texts) + 1)}
    cleaned = (document.normalise(text) or "No words" for text in texts)
    paragraphs = {n: document.Paragraph(n, place[n], text) for n, text in enumerate(cleaned, 1)}
    return document.Document(sections, paragraphs)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_any_text_is_drafted_and_every_span_holds_its_words(texts):
    read = made(texts)
    tables = draft.draft(read, CODEBOOK)
    for name in ("statements", "recommendations", "claims"):
        for row in tables[name].itertuples():
            words_ = read.paragraphs[int(row.paragraph)].text[int(row.start) : int(row.end)]
            assert words_ and document.digest(words_) == row.sha256
    gists = [gist for name in ("paragraphs", "statements", "recommendations") for gist in tables[name].gist]
    assert [gist for gist in gists if len(gist.split()) > 40] == []


@pytest.mark.parametrize(
    "unit",
    ["and ", "River ", "States should develop, ", "A speaker noted that, ", "12 weirs; ", "the Pact of "],
    ids=lambda unit: unit.strip(),
)
def test_a_paragraph_twice_as_long_takes_about_twice_as_long(unit):
    """Counted on the processor, the best of three: what grows with the square takes sixteen times as long."""

    def spent(times):
        read = made(["The meeting met.", "Some speakers noted " + unit * times, "States should build " + unit * times])
        seconds = []
        for _ in range(3):
            start = time.process_time()
            draft.draft(read, CODEBOOK)
            seconds.append(time.process_time() - start)
        return min(seconds)

    assert spent(1600) < 10 * max(spent(400), 0.05)


def test_a_draft_has_every_table_of_the_schema_in_text():
    tables = draft.draft(document.parse(SUMMARY), CODEBOOK)
    assert list(tables) == [resource["name"] for resource in load.schema()["resources"]]
    assert {str(frame[column].dtype) for frame in tables.values() for column in frame} <= {"str", "object"}


def test_themes_come_from_the_words_of_the_codebook_alone():
    """Another codebook, other themes: no theme is known by name."""
    themes = CODEBOOK.themes.iloc[:0].copy()
    themes.loc[0] = ["top", "Top", "", "Everything.", "All.", "Nothing.", 1]
    themes.loc[1] = ["ladders", "Fish ladders", "top", "Ladders by which fish climb.", "Ladders, weirs.", "Boats.", 1]
    codebook = SimpleNamespace(**{**vars(CODEBOOK), "themes": themes, "crosswalk": CODEBOOK.crosswalk.iloc[:0]})
    tables = draft.draft(document.parse(SUMMARY), codebook)
    assert set(tables["recommendation_themes"].theme) == {"ladders"}


def test_words_are_divided_into_sentences_but_not_after_a_title():
    text = "Mr. Weir spoke (see No. 4). Nobody else did."
    assert [text[start:end] for start, end in words.sentences(text)] == ["Mr. Weir spoke (see No. 4).", "Nobody else did."]


def test_what_is_drafted_cannot_be_changed_by_mistake():
    with pytest.raises(dataclasses.FrozenInstanceError):
        part("text").kind = "other"
