"""The explorer: what it is given, and what a reader can do with it on a phone and a desk."""

import csv
import io
import re
import sys

import pytest
from browsing import HTML, PAGES, fresh, served
from sphinx.application import Sphinx

from analysis import export, paths, record
from analysis.page import explorer, show, synonyms
from analysis.tables.uptake import proposals

EXTENSIONS = paths.ROOT / "book" / "_ext"
PAGE = "book/explorer.html"


# --- what the page is given ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows(shipped):
    return explorer.rows(shipped)


def test_every_statement_and_recommendation_is_a_row_with_the_values_of_the_data(shipped, rows):
    assert list(rows.id) == [*shipped.statements.id, *shipped.recommendations.id]
    said = rows[rows.kind == "statement"].reset_index(drop=True)
    for column in ("paragraph", "panel", "speaker", "quantifier", "act", "gist"):
        assert list(said[column]) == list(shipped.statements[column]), column


def test_the_level_of_a_proposal_is_that_of_the_tables(shipped, rows):
    levels = {row.id: row.level for row in rows.itertuples() if row.act == "proposal"}
    best = {id: min(given, key=("full", "partial", "none").index) for id, given in levels.items()}
    assert best == dict(zip(*(proposals(shipped)[name] for name in ("id", "level")), strict=True))


def test_the_columns_have_the_names_of_the_data_dictionary():
    tables = record.schema()["resources"]
    names = {field["name"] for table in tables for field in table["schema"]["fields"]}
    assert set(explorer.FIELDS) <= names


def test_no_value_is_taken_for_a_formula_by_a_spreadsheet(rows):
    """So a saved file needs no sign before a value, and has the data as they are."""
    cells = [
        item
        for cell in rows.to_numpy().ravel()
        for item in (cell if isinstance(cell, list) else [cell])
    ]
    assert [cell for cell in cells if str(export.guarded(cell)) != str(cell)] == []


def test_every_value_of_a_row_has_a_label(shipped, rows):
    labels = explorer.facets(shipped)
    assert set(rows.speaker) - {""} <= set(labels["speaker"])
    assert {theme for given in rows.theme for theme in given} <= set(labels["theme"])
    assert (
        set(rows.act) - {""} | {"recommendation"}
        == set(labels["act"])
        == {*explorer.ACT_WORDS, "recommendation"}
    )
    assert set(rows.panel) - {""} | {explorer.NO_PANEL} == set(labels["panel"])


def test_other_data_are_given_in_the_same_way(small):
    given = explorer.given(small)
    counts = {kind: len(rows) for kind, rows in given["rows"].items()}
    assert counts == {
        "statement": len(small.statements),
        "recommendation": len(small.recommendations),
    }
    widths = {len(row) for rows in given["rows"].values() for row in rows}
    assert widths == {len(given["columns"])}


def test_a_form_of_a_word_belongs_to_one_group_and_every_group_has_a_reason():
    forms = [form.lower() for group, _ in synonyms.SYNONYMS for form in group]
    assert len(forms) == len(set(forms))
    assert all(len(group) > 1 and reason.endswith(".") for group, reason in synonyms.SYNONYMS)


# --- links to a view ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["outcome=none&panel=organs", "theme=consent&theme=gender", "words=a+b"]
)
def test_a_view_is_known_by_its_address(shipped, address):
    assert explorer.view(address, explorer.facets(shipped)) == address


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("outcome=some", "outcome must be one of: full"),
        ("colour=red", "must be one of: outcome"),
        ("full", "bad query field"),
    ],
)
def test_a_view_that_cannot_be_is_refused_with_what_can(shipped, address, words):
    with pytest.raises(ValueError, match=words):
        explorer.view(address, explorer.facets(shipped))


@pytest.fixture
def warnings(tmp_path):
    """Return the warnings of a build of one page with a link to a view."""

    def build(role):
        (tmp_path / "index.md").write_text(f"# Page\n\n{role}\n", encoding="utf-8")
        heard, folders = io.StringIO(), (tmp_path, None, tmp_path / "out", tmp_path / "trees")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
            config = {"extensions": ["myst_parser", "explorer_views"]}
            Sphinx(*folders, "html", confoverrides=config, status=None, warning=heard).build()
        return heard.getvalue()

    return build


def test_a_link_to_a_view_leads_there_and_one_to_no_view_is_a_problem(warnings, tmp_path):
    assert "Invalid view" not in warnings(show.view("none", outcome="none").source)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert 'href="book/explorer.html#?outcome=none"' in page
    assert "outcome must be one of: full, partial, none" in warnings("{view}`some <outcome=some>`")


@pytest.mark.needs_book
def test_pages_lead_to_views_of_themes_speakers_panels_and_outcomes(shipped):
    texts = (HTML / name for name in PAGES)
    links = {
        link.replace("&amp;", "&")
        for text in texts
        for link in re.findall(r'explorer\.html#\?([^"]+)"', text.read_text(encoding="utf-8"))
    }
    values = explorer.facets(shipped)
    assert [link for link in links if explorer.view(link, values) != link] == []
    wanted = {f"theme={id}" for id in values["theme"]} | {f"panel={id}" for id in values["panel"]}
    wanted |= {f"outcome={level}" for level in values["outcome"]} | {
        "speaker=floor",
        "speaker=equality-now",
    }
    assert wanted - links == set()


# --- the page -----------------------------------------------------------------------------------

WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def homes():
    with served() as address:
        yield {"http": address, "disk": HTML.as_uri()}


@pytest.fixture(
    scope="module", params=[(way, width) for way in ("http", "disk") for width in WIDTHS]
)
def page(browser, homes, html, request):
    """The explorer as a reader has it who comes anew, once for each way and width."""
    way, width = request.param
    page = fresh(browser, PAGE, WIDTHS[width], "light")
    page.home = f"{homes[way]}/{PAGE}"
    yield page
    assert page.complaints == []
    page.context.close()


@pytest.fixture
def opened(page):
    """Open a view, with the filter in sight."""

    def view(address=""):
        page.goto("about:blank")
        page.goto(f"{page.home}{address and f'#?{address}'}")
        if not page.locator(".filter form").is_visible():
            page.locator(".filter > summary").click()
        return page

    return view


def ids(page):
    """Return the ids of the cards, all of them."""
    while page.locator(".results > .more").is_visible():
        page.locator(".results > .more").click()
    return page.locator(".found .id").all_inner_texts()


def count(page, label):
    return int(page.locator("fieldset label", has_text=label).first.locator(".count").inner_text())


def number(page):
    return int(page.locator("output b").inner_text())


@pytest.mark.needs_book
def test_facets_follow_one_another_and_the_address_keeps_the_choice(opened, shipped, rows):
    page = opened()
    assert number(page) == len(rows)
    page.get_by_label("No counterpart").check()
    page.get_by_label("Organ removal").check()
    asked = proposals(shipped)
    none = asked[asked.level == "none"]
    organs = none[none.panel == "Organ removal"]
    assert ids(page) == list(organs.id) and number(page) == len(organs)
    assert count(page, "No counterpart") == len(organs), (
        "its own facet is counted as if it were not on"
    )
    assert count(page, "Child trafficking") == (none.panel == "Child trafficking").sum()
    assert (
        count(page, "In full") == ((asked.level == "full") & (asked.panel == "Organ removal")).sum()
    )
    assert page.url.endswith("#?outcome=none&panel=organs")
    assert page.locator(".filter > summary").text_content() == "Filter (2 in use)"
    page.get_by_role("button", name="Take off Organ removal").click()
    assert page.url.endswith("#?outcome=none") and number(page) == len(none)
    page.go_back()
    assert number(page) == len(organs), "the browser leads back to what was chosen before"


@pytest.mark.needs_book
def test_an_address_shows_its_view_to_whoever_opens_it(opened, rows):
    page = opened("act=proposal&act=concern&speaker=equality-now")
    wanted = rows[(rows.speaker == "equality-now") & rows.act.isin(["proposal", "concern"])]
    assert ids(page) == list(wanted.id)
    assert (
        page.get_by_role("checkbox", name="Asked for").is_checked()
        and page.get_by_role("checkbox", name="Equality Now").is_checked()
    )
    assert ids(opened("act=recommendation")) == list(rows.id[rows.kind == "recommendation"])
    assert number(opened("outcome=nonsense")) == len(rows), "what does not exist is passed over"


@pytest.mark.needs_book
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("albino", ["23a"]),
        ("43a", ["43a"]),
        ("child soldiers", ["35a", "35b", "47a"]),
        ("FIU", ["22a", "41a"]),
    ],
)
def test_words_find_what_has_them_in_any_of_their_forms(opened, words, wanted):
    page = opened()
    page.get_by_label("Words").fill(words)
    found = ids(page)
    assert set(wanted) <= set(found) and len(found) < 20
    assert page.url.endswith(f"#?words={words.replace(' ', '+')}")


@pytest.mark.needs_book
def test_the_view_is_saved_as_a_file_with_the_names_and_values_of_the_data(opened, rows):
    page = opened("panel=organs&outcome=full&outcome=partial")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save CSV").click()
    assert saved.value.suggested_filename.endswith(".csv")
    with open(saved.value.path(), encoding="utf-8", newline="") as stream:
        header, *lines = csv.reader(stream)
    assert header == explorer.FIELDS
    wanted = rows[rows.id.isin(ids(page))].fillna("")
    assert lines == [
        ["; ".join(cell) if isinstance(cell, list) else str(cell) for cell in row]
        for row in wanted.to_numpy()
    ]
    assert any("," in row[-1] for row in lines), "something had to be quoted"


@pytest.mark.needs_book
def test_no_program_takes_a_cell_of_the_file_for_a_formula(browser, homes, rows):
    gist = rows.gist[0]
    page = fresh(browser, PAGE, WIDTHS["desk"], "light")
    text = (HTML / PAGE).read_text(encoding="utf-8").replace(gist, f"=1+1 {gist}")
    page.route(
        "**/explorer.html*", lambda route: route.fulfill(body=text, content_type="text/html")
    )
    page.goto(f"{homes['http']}/{PAGE}#?words={rows.id[0]}")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save CSV").click()
    with open(saved.value.path(), encoding="utf-8", newline="") as stream:
        assert f"'=1+1 {gist}" in {cell for line in csv.reader(stream) for cell in line}
    page.context.close()


@pytest.mark.needs_book
def test_the_address_of_the_view_is_copied(opened):
    page = opened("panel=organs")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_label("In part").check()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("copied") == f"{page.home}#?outcome=partial&panel=organs"


@pytest.mark.needs_book
def test_a_card_says_what_came_of_it_and_leads_to_the_record(opened):
    page = opened("words=33b")
    card = page.locator(".found > li")
    assert "In part." in card.inner_text() and card.locator(".sq.part").count() == 1
    unasked = opened("words=43a").locator(".found > li")
    assert "Nobody is recorded as asking for this." in unasked.inner_text()
    unasked.locator(".id").click()
    page.wait_for_url("**/record_observations.html#r-43a")


@pytest.mark.needs_book
def test_cards_come_in_portions_and_the_next_has_the_focus(opened):
    page = opened()
    assert page.locator(".found > li").count() == 30
    page.locator(".results > .more").press("Enter")
    assert page.locator(".found > li").count() == 60
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('.found > li')[30]"
    )


@pytest.mark.needs_book
def test_it_fits_and_nothing_is_too_small(opened):
    page = opened("theme=consent")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = """all => all.filter(it => it.checkVisibility() && it.innerText?.trim())
        .map(it => parseFloat(getComputedStyle(it).fontSize))"""
    assert min(page.eval_on_selector_all(".explorer *", sizes)) >= 12


@pytest.mark.needs_book
def test_paper_has_what_is_shown_and_forced_colours_keep_the_marks(opened):
    page = opened("outcome=none&panel=organs")
    page.emulate_media(media="print")
    seen = {
        part: page.locator(part).first.is_visible()
        for part in (".filter", ".bar button", ".found", "output")
    }
    assert seen == {".filter": False, ".bar button": False, ".found": True, "output": True}
    assert page.locator(".chips button").first.is_visible(), "what was chosen is told on paper"
    page.emulate_media(media="screen", forced_colors="active")
    style = page.locator(".found .sq").first.evaluate("it => getComputedStyle(it).borderTopWidth")
    assert style != "0px"
    page.emulate_media(forced_colors="none")


@pytest.mark.needs_book
def test_without_a_script_the_page_leads_to_the_record(browser, html):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((html / PAGE).as_uri())
    links = page.locator(
        "article a", has_text=re.compile("panel on|opening|exchange|theme|organization")
    )
    assert "needs JavaScript" in page.inner_text("article") and links.count() >= 6
    assert all(link.is_visible() for link in links.all())
    page.context.close()
