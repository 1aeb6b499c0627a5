"""The pages by theme and for the next dialogue: everything is there once, with what came of it."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import tables
from analysis.page import show, themes
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
    names = ["Asked for", *themes.BESIDES.values()]
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


def test_a_rule_says_what_is_left_out_and_leads_to_the_theme_it_names(small):
    rows = small.themes.assign(exclude=small.themes.exclude.replace("Fines.", "Nets (fish)."))
    section = sections(replace(small, themes=rows))["t-money"]
    assert "What things cost and who pays. Left out: Nets ([Fish](#t-fish)" in section


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
