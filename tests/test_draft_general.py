"""The rules hold for wordings that no document had when they were written: each sentence here was invented to try them."""

import pytest

from analysis import document
from analysis.draft import acts, attendance, panels, quantities, speakers, statements, structure, subjects


def part(text, kind="discussion"):
    return structure.Part(1, "I", text, kind, "")


# --- with whom a paragraph begins -----------------------------------------------------------------------------------

NAMED = {
    # what is shown: (paragraph, who is its subject)
    "a noun and from": ("The presenter from Boats for All said that piers rot.", "Boats for All"),
    "an office and of": ("The director of the Ferry Museum argued that piers rot.", "Ferry Museum"),
    "a person and a body in brackets": ("Ms. Ada Reed (Ferry Museum) held that piers rot.", "Ferry Museum"),
    "a person without a title": ("Ada Reed, of the Ferry Museum, held that piers rot.", "Ferry Museum"),
    "a person, an office and a body": (
        "Dr. Ada Reed, head of research at the Ferry Museum, noted that piers rot.",
        "Ferry Museum",
    ),
    "on behalf of, first": ("On behalf of the Ferry Museum, Ms. Ada Reed noted that piers rot.", "Ferry Museum"),
    "speaking for, first": ("Speaking for the Ferry Museum, its director regretted that piers rot.", "Ferry Museum"),
    "representing, first": ("Representing the Ferry Museum, Mr. Ole Reed described old piers.", "Ferry Museum"),
    "a talk was given": ("A presentation was given by the Ferry Museum, which keeps old piers.", "Ferry Museum"),
    "the next talk, by a person": ("The second intervention was made by Mr. Ole Reed of the Ferry Museum.", "Ferry Museum"),
    "a talk is the subject": ("The statement by the Ferry Museum dealt with piers.", "Ferry Museum"),
    "the body itself": ("The Ferry Museum reported that piers rot.", "Ferry Museum"),
    "the body with an apposition": ("The Ferry Museum, a charity of boatmen, warned that piers rot.", "Ferry Museum"),
    "the floor was given": ("The floor was then given to the Ferry Museum, which spoke of piers.", "Ferry Museum"),
    "behind a phrase": ("In his contribution, the expert from the Ferry Museum noted that piers rot.", "Ferry Museum"),
    "behind two phrases": ("Finally, in closing, the representative of the Ferry Museum noted that piers rot.", "Ferry Museum"),
    "a person alone": ("Ms. Ada Reed warned that piers rot.", "Ada Reed"),
    "a person in a capacity": ("Mr. Ole Reed, speaking on behalf of the Ferry Museum, asked for piers.", "Ferry Museum"),
    "a spokesperson": ("The spokesperson for the Ferry Museum asked for piers.", "Ferry Museum"),
}
UNNAMED = {
    "counted speakers": ("Several speakers from the Ferry Museum praised the piers.", "floor"),
    "one of them": ("One delegate doubted the use of piers.", "floor"),
    "in a debate": ("In the debate that followed, many participants praised the Ferry Museum.", "floor"),
    "the chair": ("Thanking the Ferry Museum, the Chair opened the floor.", "chair"),
    "the office": ("The Secretariat explained the work of the Ferry Museum.", "office"),
    "a thing": ("The upkeep of piers was mentioned.", "other"),
}


@pytest.mark.parametrize(("text", "name"), NAMED.values(), ids=NAMED)
def test_a_body_or_a_person_is_the_subject_whatever_words_introduce_it(text, name):
    assert (subjects.opening(text).kind, subjects.opening(text).name) == ("named", name)


@pytest.mark.parametrize(("text", "kind"), UNNAMED.values(), ids=UNNAMED)
def test_who_is_counted_leads_or_serves_is_not_named(text, kind):
    assert subjects.opening(text).kind == kind


# --- how a panel is introduced --------------------------------------------------------------------------------------

PANELS = {
    # what is shown: (announcement, title, paragraphs that follow, number of those that are panellists)
    "speakers are listed": (
        "The opening panel, dedicated to piers, assembled the Ferry Museum and Boats for All.",
        "Piers",
        ["The expert from the Ferry Museum noted that piers rot.", "Boats for All, a charity, asked for paint."],
    ),
    "nobody is listed": (
        "A panel discussion on old piers was then held.",
        "Old piers",
        ["Ms. Ada Reed (Ferry Museum) noted that piers rot.", "Mr. Ole Beck (Boats for All) asked for paint."],
    ),
    "statements, and no panel is named": (
        "Statements were heard from the Ferry Museum and Boats for All.",
        "Exchange",
        ["The Ferry Museum noted that piers rot.", "Boats for All asked for paint."],
    ),
    "a round table with persons": (
        "Speakers at the first round table, on piers, were Ms. Ada Reed (Ferry Museum) and Mr. Ole Beck (Boats for All).",
        "Piers",
        ["Ms. Reed of the Ferry Museum noted that piers rot.", "Mr. Beck of Boats for All asked for paint."],
    ),
    "a numbered segment": (
        "Segment 1 considered the upkeep of piers, with contributions from the Ferry Museum and Boats for All.",
        "The upkeep of piers",
        ["A presentation was given by the Ferry Museum on piers.", "The coordinator of Boats for All asked for paint."],
    ),
    "the chair introduces it": (
        "The Chair opened the first panel, entitled \u201cPiers\u201d, and welcomed the Ferry Museum and Boats for All.",
        "Piers",
        ["On behalf of the Ferry Museum, Ms. Ada Reed noted that piers rot.", "The delegate of Boats for All asked for paint."],
    ),
}


@pytest.mark.parametrize(("first", "title", "after"), PANELS.values(), ids=PANELS)
def test_a_panel_is_introduced_in_many_ways(first, title, after):
    texts = [
        "Boats are old.",
        "The Chair welcomed all.",
        first,
        *after,
        "Several speakers praised the paint.",
        "States should paint.",
    ]
    titles = {"I": "Background", "II": "Exchange", "III": "Recommendations"}
    homes = ["I", *["II"] * (len(texts) - 2), "III"]
    paragraphs = {n: document.Paragraph(n, homes[n - 1], text) for n, text in enumerate(texts, 1)}
    read = document.Document(tuple(document.Section(*each) for each in titles.items()), paragraphs)
    kinds, found = structure.parts(read)
    assert [(each.title, each.first, each.last) for each in found] == [(title, 3, 6)]
    assert list(found[0].speakers.values()) == ["Ferry Museum", "Boats for All"]
    assert [each.kind for each in kinds[2:]] == ["procedure", "panellist", "panellist", "discussion", "observation"]


def test_a_panellist_may_have_two_paragraphs():
    assert subjects.goes_on("He further explained that paint peels.") and not subjects.goes_on("Paint peels.")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "Presentations were made by the Ferry Museum, Boats for All and Pier Aid.",
            ["Ferry Museum", "Boats for All", "Pier Aid"],
        ),
        ("The panel was composed of Ms. Ada Reed (Ferry Museum) and Mr. Ole Beck (Pier Aid).", ["Ferry Museum", "Pier Aid"]),
        (
            "Taking part were the Ferry Museum; Boats for All; and the Guild of Oars.",
            ["Ferry Museum", "Boats for All", "Guild of Oars"],
        ),
    ],
    ids=["made by", "persons", "semicolons"],
)
def test_a_list_of_speakers_is_read_from_its_names(text, listed):
    found = panels.names(text)
    assert [name for name in listed if name not in found] == []


# --- who took part --------------------------------------------------------------------------------------------------

COUNTED = {
    "present": ("Present were 41 States and 12 charities.", [("States", 41), ("organizations", 12)]),
    "a sum with its parts behind a dash": (
        "Thirty organizations \u2013 comprising 20 associations and 10 unions \u2013 attended.",
        [("organizations", 30), ("organizations", 20), ("organizations", 10)],
    ),
    "made up of": (
        "In total, 75 persons took part, made up of 40 women and 35 men.",
        [("persons", 75), ("persons", 40), ("persons", 35)],
    ),
    "delegations came": (
        "Representatives of 18 Governments and nine federations joined.",
        [("States", 18), ("organizations", 9)],
    ),
    "divided into": (
        "Some 50 stakeholders registered, divided into 30 from crafts and 20 from trade.",
        [("stakeholders", 50), ("stakeholders", 30), ("stakeholders", 20)],
    ),
}


@pytest.mark.parametrize(("text", "counted"), COUNTED.values(), ids=COUNTED)
def test_who_took_part_is_a_number_and_whom_it_counts(text, counted):
    assert [(each.unit, each.count) for each in attendance.counts([part(text, "participation")])] == counted


# --- statements and what they do ------------------------------------------------------------------------------------

DIVIDED = {
    "two clauses, each with a verb": (
        "Piers rot in winter, and boatmen cannot pay for paint.",
        ["Piers rot in winter", "boatmen cannot pay for paint"],
    ),
    "for this and for that": (
        "Some speakers called for new piers in every port and for fresh paint each spring.",
        ["Some speakers called for new piers in every port", "for fresh paint each spring"],
    ),
    "as was": (
        "The state of piers was raised, as was the price of good paint.",
        ["The state of piers was raised", "the price of good paint"],
    ),
    "whereas others": (
        "One delegation trusted in paint, whereas other delegations preferred stone piers.",
        ["One delegation trusted in paint", "other delegations preferred stone piers"],
    ),
}


@pytest.mark.parametrize(("text", "pieces"), DIVIDED.values(), ids=DIVIDED)
def test_a_sentence_is_divided_where_another_thing_is_said(text, pieces):
    assert [text[left:right] for left, right, *_ in statements.pieces(text, 0, len(text), "discussion")] == pieces


ACTS = {
    "that this be done": ("piers be painted every spring", "proposal"),
    "would help": ("it would help if boatmen had paint", "proposal"),
    "well advised": ("ports would be well advised to buy paint", "proposal"),
    "a need": ("every port needs a stock of paint", "proposal"),
    "whether it is so": ("many speakers wondered whether paint lasts", "concern"),
    "a share": ("one port in four had no pier", "evidence"),
    "it became twice as many": ("the number of piers had doubled", "evidence"),
    "a sum": ("the pier had cost 300 crowns", "evidence"),
    "a span of time is no figure": ("permits lapse after five weeks, a problem for boatmen", "concern"),
    "the speaker's own work": ("her association runs a paint shop", "practice"),
    "the body's own work": ("the Society has trained 40 painters", "practice"),
    "rejected": ("other speakers rejected that view", "position"),
    "in favour": ("some speakers favoured stone piers", "position"),
    "sceptical": ("he was sceptical about paint", "position"),
}


@pytest.mark.parametrize(("said", "act"), ACTS.values(), ids=ACTS)
def test_an_act_follows_from_its_class_of_words(said, act):
    assert acts.act(said, "", "floor")[0] == act


LED = {
    "urged": ("paint on every pier", "She pleaded for", "proposal"),
    "warned": ("40 piers would be lost", "She warned that", "concern"),
    "welcomed": ("the paint bought in 2030", "He welcomed", "position"),
    "remedies": ("fresh paint", "Among the remedies named were", "proposal"),
}


@pytest.mark.parametrize(("said", "lead", "act"), LED.values(), ids=LED)
def test_the_verb_that_reports_decides_before_the_figures_do(said, lead, act):
    assert acts.act(said, lead, "panellist")[0] == act


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("piers fall years before they should", "duration"),
        ("piers are painted twice a year", "duration"),
        ("paint is increasingly dear", "trend"),
        ("more boats than piers", "magnitude"),
        ("a handful of piers", "magnitude"),
    ],
)
def test_a_quantity_may_have_no_figure(text, kind):
    assert kind in [each.kind for each in quantities.claims([part(text)], {}, [], "chair")]


# --- sections and observations --------------------------------------------------------------------------------------

HEADED = [
    "Conclusions",
    "Recommendations",
    "Way forward",
    "Key takeaways",
    "Observations of the Co-Chairs",
    "Concluding observations",
]


@pytest.mark.parametrize("title", HEADED)
def test_observations_stand_under_many_headings(title):
    texts = [
        "Boats are old.",
        "Several speakers liked paint.",
        "The following points emerged:",
        "Ports should paint.",
        "Paint must last.",
    ]
    homes = dict(enumerate(["I", "II", "III", "III", "III"], 1))
    sections = tuple(document.Section(*each) for each in (("I", "Mandate"), ("II", "Discussion"), ("III", title)))
    paragraphs = {n: document.Paragraph(n, homes[n], text) for n, text in enumerate(texts, 1)}
    kinds, _ = structure.parts(document.Document(sections, paragraphs))
    assert [each.kind for each in kinds] == ["background", "discussion", "lead-in", "observation", "observation"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Chair invited all to speak. Several speakers offered paint.", "discussion"),
        ("Various delegations rejected stone piers.", "discussion"),
        ("Closing the meeting, the Chair conveyed her thanks.", "procedure"),
        ("It was argued that paint lasts.", "discussion"),
        ("The Secretariat summarized the replies.", "briefing"),
    ],
    ids=["the chair, then the floor", "delegations", "the chair closes", "nobody is named", "the office"],
)
def test_a_paragraph_is_whose_words_it_reports(text, kind):
    paragraphs = {1: document.Paragraph(1, "I", "Boats are old."), 2: document.Paragraph(2, "II", text)}
    sections = (document.Section("I", "Mandate"), document.Section("II", "Exchange of views"))
    assert structure.parts(document.Document(sections, paragraphs))[0][1].kind == kind


def test_the_floor_is_heard_after_the_chair():
    here = part("The Chair invited all to speak. Several speakers offered paint.")
    found = statements.statements([here], speakers.actors([here], []))
    assert [each.quantifier for each in found] == ["several speakers"]
