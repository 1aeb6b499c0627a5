"""The pages by theme and for the next dialogue: everything is there once, with what came of it."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import tables
from analysis.page import marks, next_dialogue, show, themes
from analysis.record import readings
from analysis.tables.statements import by_theme

of_both = pytest.mark.parametrize("which", ["small", "shipped"])


@pytest.fixture
def data(which, request):
    return request.getfixturevalue(which)


def links(text):
    return re.findall(r"\]\(#([\w-]+)\)", text)


def sections(data):
    """Return the MyST of each theme's section by its anchor, made once for each record."""
    if id(data) not in MADE:
        MADE[id(data)] = (made(data), data)
    return MADE[id(data)][0]


MADE = {}


def made(data):
    tops = data.themes.id[data.themes.parent == ""]
    text = "\n".join(themes.section(data, top).markdown for top in tops)
    parts = re.split(r"^:::\{container\} item \S+\n:name: (\S+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def under(section, name):
    """Return the entries of one list of a section, two lines each."""
    body = section.partition(f"**{name}**\n")[2]
    return re.findall(r"^- .+\n  .+$", re.split(r"^\*\*|^\w", body, flags=re.MULTILINE)[0], re.M)


# --- sections -----------------------------------------------------------------------------------


@of_both
def test_every_theme_that_can_be_applied_has_one_section_in_order(data):
    applied = data.themes.id[data.themes.parent != ""]
    assert list(sections(data)) == [f"t-{id}" for id in applied]


@of_both
def test_the_contents_lead_to_every_section_with_its_counts(data):
    text = themes.contents(data).markdown
    tops = data.themes[data.themes.parent == ""].label
    assert set(re.findall(r"^\*\*(.+)\*\*$", text, re.MULTILINE)) <= set(tops) and "\\*" not in text
    assert links(text) == list(sections(data))
    for row in tables.themes(data).itertuples():
        line = next(line for line in text.splitlines() if f"(#t-{row.id})" in line)
        numbers = [int(part) if part != "no" else 0 for part in re.findall(r"(\d+|no) \w", line)]
        assert numbers == [row.statements, row.proposals, row.recommendations]


@of_both
def test_every_proposal_of_a_theme_is_there_once_with_what_came_of_it(data):
    found = sections(data)
    asked = by_theme(tables.proposals(data), data, "statement")
    anchor = themes.anchors(data)
    nearest = tables.not_taken_up(data).set_index("id").closest
    for theme, rows in asked.groupby("theme"):
        entries = under(found[anchor[theme]], "Asked for")
        assert [links(entry)[0] for entry in entries] == [f"s-{id}" for id in rows.id]
        for entry, row in zip(entries, rows.itertuples(), strict=True):
            close = nearest.get(row.id, row.recommendations)
            assert links(entry)[1:] == [f"r-{id}" for id in filter(None, close.split("; "))]
            assert ("No counterpart" in entry) == (row.level == "none")


@of_both
def test_every_statement_and_recommendation_of_a_theme_is_in_one_list(data):
    found, anchor = sections(data), themes.anchors(data)
    names = marks.ACT_TITLES.values()
    said = by_theme(tables.statements(data), data, "statement")
    for theme, section in ((theme, found[anchor[theme]]) for theme in anchor):
        entries = [entry for name in names for entry in under(section, name)]
        expected = [f"s-{id}" for id in said.id[said.theme == theme]]
        assert sorted(links(entry)[0] for entry in entries) == sorted(expected)
    advised = by_theme(tables.recommendations(data), data, "recommendation")
    for theme, rows in advised.groupby("theme"):
        entries = under(found[anchor[theme]], "Recommended")
        assert [links(entry)[0] for entry in entries] == [f"r-{id}" for id in rows.id]


def test_an_entry_has_its_gist_first_and_then_who_and_what_came_of_it(small):
    assert under(sections(small)["t-money"], "Asked for") == [
        "- A speaker asked for one purse for all towns on a river.\\\n"
        "  [[6b](#s-6b) · The floor (a speaker) · "
        "Counterpart in part: [Find money (10a)](#r-10a)]{.behind}"
    ]


def test_a_proposal_without_a_counterpart_says_what_is_nearest(small):
    near = small.no_uptake.assign(closest="9b")
    entry = under(sections(replace(small, no_uptake=near))["t-birds"], "Asked for")[0]
    assert "No counterpart; nearest: [Count the (9b)](#r-9b)" in entry
    assert "No counterpart]" in under(sections(small)["t-birds"], "Asked for")[0]


def test_an_unknown_theme_on_top_is_refused_with_those_known(small):
    with pytest.raises(ValueError, match="Invalid theme 'fish'. Must be one of: nature, people."):
        themes.section(small, "fish")


def test_jupyterlab_shows_the_words(small):
    shown = themes.section(small, "people").html
    assert "Find money for the towns" in shown and "(#" not in shown


# --- where proposals and recommendations do not meet ------------------------------------------


def without(data, table, column, value):
    rows = getattr(data, table)
    return replace(data, **{table: rows[rows[column] != value]})


def test_a_theme_without_a_recommendation_says_so(small):
    assert "No recommendation has this theme." in sections(small)["t-welcome"]
    assert "No recommendation has this theme." not in sections(small)["t-money"]
    moved = without(small, "recommendation_themes", "theme", "money")
    assert (
        "No recommendation has this theme. What has a counterpart has it under another theme."
        in sections(moved)["t-money"]
    )


def test_a_theme_on_which_nobody_asks_says_so(small):
    assert (
        "Nobody is recorded as asking for anything on this theme." in sections(small)["t-welcome"]
    )
    assert "Nobody is recorded" not in sections(small)["t-money"]


def test_a_theme_without_a_counterpart_but_with_a_recommendation_is_explained(small):
    assert (
        "No proposal on this theme has a counterpart. Yet the observations touch it: "
        "[Keep engines (10b)](#r-10b), nobody is recorded as asking for it"
    ) in sections(small)["t-birds"]
    row = {"statement": "5b", "recommendation": "10b", "level": "full", "reason": "Why."}
    asked = replace(small, uptake=pd.concat([small.uptake, pd.DataFrame([row])]))
    assert "[Keep engines (10b)](#r-10b), asked for in [5b](#s-5b)" in sections(asked)["t-birds"]


@of_both
def test_every_theme_on_which_the_two_do_not_meet_is_explained(data):
    found = sections(data)
    for row in tables.themes(data).itertuples():
        says = [
            "asking for anything" in found[f"t-{row.id}"],
            "No proposal on this theme" in found[f"t-{row.id}"],
            "No recommendation has" in found[f"t-{row.id}"],
            "Yet the observations" in found[f"t-{row.id}"],
        ]
        open_ones = row.proposals and not row.with_counterpart
        apart = row.recommendations and not row.with_counterpart
        expected = [not row.proposals, open_ones, not row.recommendations, apart]
        assert says == list(map(bool, expected))


# --- tables that name a theme -----------------------------------------------------------------


def test_the_theme_of_a_table_leads_to_its_section(small):
    frame = pd.DataFrame({"theme": ["Fish", "Fish; Money", "Nature"]})
    shown = show.table(frame, name="tab-x", caption="X", links={"theme": themes.anchors(small)})
    assert shown.markdown.splitlines()[-4:-1] == [
        "| [Fish](#t-fish) |",
        "| [Fish](#t-fish); [Money](#t-money) |",
        "| Nature |",
    ]


# --- for the next dialogue --------------------------------------------------------------------


@of_both
def test_every_open_proposal_is_listed_once_with_who_holds_it_and_the_nearest_text(data):
    text = next_dialogue.without_counterpart(data).markdown
    entries = re.findall(r"^- .+\n  .+$", text, re.MULTILINE)
    rows = tables.not_taken_up(data).set_index("id")
    assert sorted(links(entry)[0] for entry in entries) == sorted(f"s-{id}" for id in rows.index)
    for entry in entries:
        row = rows.loc[links(entry)[0].removeprefix("s-")]
        assert row.speaker in entry and row.reason in entry
        assert "Nearest: [" in entry if row.closest else "Nearest" not in entry
        assert not row.closest or f"r-{row.closest}" in links(entry)


@of_both
def test_an_open_proposal_has_its_place_under_the_first_of_its_themes(data):
    rows = tables.open_proposals(data)
    themes_of = tables.proposals(data).set_index("id").themes
    for row in rows.itertuples():
        assert themes_of[row.id] == "; ".join(filter(None, [row.theme, row.also]))
    order = list(data.themes.label)
    assert list(rows.theme) == sorted(rows.theme, key=order.index)


def test_two_kinds_are_compared_by_the_share_that_has_a_counterpart(small):
    rows = tables.counterparts_compared(small)
    rows = rows[rows.reading == "settled"].set_index(["among", "first"])
    counts = ["first_with", "first_of", "second_with", "second_of", "more"]
    assert list(rows.loc[("all proposals", "specific action"), counts]) == [1, 2, 1, 1, "second"]
    assert list(rows.loc[("panellists", "specific action"), counts]) == [1, 2, 0, 0, "equal"]
    assert list(rows.loc[("all proposals", "Weirs"), counts]) == [2, 2, 0, 1, "first"]


def test_a_difference_counts_only_if_every_reader_gives_it(shipped):
    compared = tables.counterparts_compared(shipped)
    assert compared.reading.nunique() > 2
    for row in tables.counterparts_held(shipped).itertuples():
        same = (compared.among == row.among) & (compared["first"] == row.first)
        more = set(compared.more[same])
        assert row.more == (
            more.pop() if len(more) == 1 and "equal" not in more else "not the same"
        )


def test_one_reader_who_sees_it_otherwise_is_enough(small, monkeypatch):
    turned = replace(small, uptake=small.uptake.iloc[:0])
    readers = [("settled", small), ("one", turned)]
    monkeypatch.setattr(readings, "every_reading", lambda *_: iter(readers))
    held = tables.counterparts_held(small).set_index(["among", "first"])
    assert held.more["all proposals", "Weirs"] == "not the same"
    assert held.first_with["all proposals", "Weirs"] == "2 of 2 (0 to 0%)"


def test_an_observation_leaves_open_whom_it_addresses(small):
    assert list(tables.open_addressees(small).id) == ["10a"]
    rows = small.recommendations.assign(addressee_stated=["States", "State", "States", "States"])
    assert list(tables.open_addressees(replace(small, recommendations=rows)).id) == ["9b"]


def test_only_notes_on_the_observations_are_on_their_wording(small):
    notes = small.source_notes.assign(kind="missing subject")
    assert tables.open_wording(replace(small, source_notes=notes)).empty
    moved = replace(small, source_notes=notes.assign(paragraph=[9, 2]).astype(notes.dtypes))
    assert list(tables.open_wording(moved).paragraph) == [9]
    other = moved.source_notes.assign(kind="layout")
    assert tables.open_wording(replace(moved, source_notes=other)).empty


# --- the built book: from the landing page in three clicks, by links alone ------------------------


def clicked(page, pattern):
    """Return where the only link of a text leads whose words fit a pattern."""
    found = {
        where
        for where, words in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
        if re.fullmatch(pattern, re.sub(r"<[^>]+>", "", words))
    }
    assert len(found) == 1, (pattern, found)
    return found.pop()


def article(html, name):
    text = (html / "book" / name).read_text(encoding="utf-8")
    return text.partition("<article")[2].partition("</article>")[0]


def box(page, anchor):
    """Return the section of a theme: from its anchor to the next box or heading."""
    return re.split(r'<div class="item|<section', page.partition(f'id="{anchor}"')[2])[0]


def section_of(html, theme):
    """Follow the links from the landing page to the section of a theme: two clicks."""
    contents = clicked(article(html, "index.html"), "Each subject: who said what")
    page, _, anchor = clicked(article(html, contents), theme).partition("#")
    return box(article(html, page), anchor)


def place(section, id):
    """Follow the link of a statement: its place in the record."""
    page, _, anchor = clicked(section, id).partition("#")
    assert page.startswith("record_") and anchor == f"s-{id}"
    return page


@pytest.mark.needs_book
def test_a_reader_finds_what_concerns_doctors_and_who_asked_in_three_clicks(html, shipped):
    section = section_of(html, "Reporting by health professionals")
    asked = by_theme(tables.proposals(shipped), shipped, "statement")
    asked = asked[asked.theme == "Reporting by health professionals"]
    assert len(asked) > 0
    for row in asked.itertuples():
        assert row.speaker in section
        assert f'id="s-{row.id}"' in article(html, place(section, row.id))


@pytest.mark.needs_book
def test_a_reader_finds_what_was_said_on_persons_with_albinism_in_three_clicks(html, shipped):
    said = by_theme(tables.statements(shipped), shipped, "statement")
    said = said[said.gist.str.contains("albinism")]
    assert len(said) > 0
    for row in said.itertuples():
        section = section_of(html, row.theme)
        assert "albinism" in section
        assert f'id="s-{row.id}"' in article(html, place(section, row.id))
