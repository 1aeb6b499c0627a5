"""Claims as cards: each is on the page once, and is large beside what it can be compared with."""

import re
import sys
from dataclasses import replace

import pandas as pd
import pytest
from sphinx.application import Sphinx

from analysis import paths, tables
from analysis.page import claim_cards

PAGE = "book/claims.html"
LIKE = {"agrees", "differs"}
FOLD = re.compile(r"^:::\{container\} fold\n(.*?)\n:::$", re.MULTILINE | re.DOTALL)
of_both = pytest.mark.parametrize("which", ["plain", "compared", "shipped"])


def comparison(claim, context, verdict, reason="Why."):
    return {"claim": claim, "context": context, "verdict": verdict, "reason": reason}


def with_comparisons(data, *rows):
    """Return the invented record with the figures of two more dialogues, and with comparisons."""
    first = data.context.iloc[[0]]
    figures = [first.assign(id=f"clubs-{year}", period=year) for year in ("2030", "2031", "2032")]
    codes = [
        {"list": "verdict", "value": value, "label": f"Label of {value}"}
        for value in ("agrees", "differs", "related", "none found")
    ]
    return replace(
        data,
        context=pd.concat(figures, ignore_index=True),
        comparisons=pd.DataFrame(rows, columns=data.comparisons.columns).fillna(""),
        codes=pd.concat([data.codes[data.codes.list != "verdict"], pd.DataFrame(codes)]),
    )


@pytest.fixture(scope="module")
def records(small, shipped):
    """The records: the invented one without and with comparisons, and that of the book."""
    compared = with_comparisons(
        small,
        comparison("q5a", "clubs-2030", "related"),
        comparison("q5a", "clubs-2031", "agrees"),
        comparison("q5b", "", "none found"),
    )
    return {"plain": small, "compared": compared, "shipped": shipped}


@pytest.fixture
def data(records, which):
    return records[which]


def sections(data):
    """Return the MyST of the cards of each panel, by its id."""
    return {panel: claim_cards.cards(data, panel).markdown for panel in [*data.panels.id, ""]}


def cards(data):
    """Return the MyST of every card by its anchor, in the order of the page."""
    parts = re.split(
        r"^:{3,}\{container\} item claim\n:name: (\S+)$",
        "\n".join(sections(data).values()),
        flags=re.M,
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def items(data):
    """Return the anchors of the claims in the list of those without a figure."""
    return re.findall(r"^- \[.*?\]\{#(\S+)\}", claim_cards.without_figure(data).markdown, re.M)


def figures(text):
    """Return style and words of each figure that was published."""
    return re.findall(r"^Published\n: \[(.+)\]\{\.(\w+)\}$", text, re.M)


# --- every claim, every figure --------------------------------------------------------------------


@of_both
def test_every_claim_that_was_compared_is_there_once(data):
    found = [*cards(data), *items(data)]
    assert sorted(found) == sorted(f"c-{id}" for id in data.comparisons.claim.unique())


def test_every_claim_of_a_speaker_is_there_once(shipped):
    said = shipped.claims.id[shipped.claims.statement != ""]
    assert sorted([*cards(shipped), *items(shipped)]) == sorted(f"c-{id}" for id in said)


@of_both
def test_a_claim_says_who_made_it_what_was_said_and_where_it_is_in_the_record(data):
    claims = data.claims.set_index("id")
    names = data.actors.set_index("id").name
    for anchor, card in cards(data).items():
        claim = claims.loc[anchor.removeprefix("c-")]
        said = card.partition("\nPublished\n")[0]
        assert f"“{claim.quantity}”]{{.quantity}}" in said
        assert f"[{names[claim.said_by]}](#a-{claim.said_by})" in said
        assert f"(#s-{claim.statement})" in said and f"(#{claim.name})" in said
        assert not claim.note or claim.note in said


@of_both
def test_every_figure_is_there_with_its_class_in_the_words_of_the_codebook_and_the_reason(data):
    labels = data.codes[data.codes.list == "verdict"].set_index("value").label
    addresses, found = data.context.set_index("id").address, cards(data)
    for claim, rows in data.comparisons[data.comparisons.context != ""].groupby("claim"):
        card = found[f"c-{claim}"]
        assert sorted(re.findall(r"\*\*(?:Yes|No)\\?\. (.+)\.\*\*", card)) == sorted(
            labels[verdict] for verdict in rows.verdict
        )
        linked = [each.replace("&amp;", "&") for each in re.findall(r"\(<(http\S+)>\)", card)]
        assert sorted(linked) == sorted(addresses[id] for id in rows.context)
        assert len(figures(card)) == len(rows)


@of_both
def test_only_what_can_be_compared_is_large_and_it_is_never_folded(data):
    for anchor, card in cards(data).items():
        rows = data.comparisons[data.comparisons.claim == anchor.removeprefix("c-")]
        styles = [style for _, style in figures(card)]
        assert sorted(styles) == sorted("quantity" if v in LIKE else "apart" for v in rows.verdict)
        assert {answer for answer in re.findall(r"\*\*(Yes|No)\\?\. ", card)} == {
            "Yes" if style == "quantity" else "No" for style in styles
        }
        folded = [style for fold in FOLD.findall(card) for _, style in figures(fold)]
        assert set(folded) <= {"apart"}


@of_both
def test_one_figure_stands_open_or_all_that_can_be_compared_and_the_others_are_counted(data):
    for anchor, card in cards(data).items():
        rows = data.comparisons[data.comparisons.claim == anchor.removeprefix("c-")]
        like = rows.verdict.isin(LIKE).sum()
        folds, open_ = FOLD.findall(card), figures(FOLD.sub("", card))
        assert len(open_) == max(like, 1)
        assert len(folds) == (len(rows) > len(open_))
        for fold in folds:
            summary = fold.partition("\n\n")[0]
            assert summary.startswith(f"Also published: {len(rows) - len(open_)} figure")
            assert summary.endswith("that cannot be compared")


def test_claims_stand_under_their_panel_those_that_can_be_compared_first(shipped):
    home = shipped.claims.set_index("id").statement.map(shipped.statements.set_index("id").panel)
    order = list(shipped.claims.id)
    for panel, text in sections(shipped).items():
        anchors = re.findall(r"^:name: c-(\S+)$", text, re.M)
        assert anchors and set(home[anchors]) == {panel}
        like = set(shipped.comparisons.claim[shipped.comparisons.verdict.isin(LIKE)])
        assert anchors == sorted(anchors, key=lambda id: (id not in like, order.index(id)))


def test_a_claim_without_a_figure_has_its_reason_once_for_all_that_share_it(shipped):
    text = claim_cards.without_figure(shipped).markdown
    rows = shipped.comparisons[shipped.comparisons.verdict == "none found"]
    for reason, part in rows.groupby("reason"):
        assert text.count(reason) == 1
        for claim in part.claim:
            above, _, entry = text.partition(f"{{#c-{claim}}}")
            said = [line for line in above.splitlines() if line and line[0] not in "- "]
            own = reason in entry.partition("\n- ")[0].partition("\n\n")[0]
            assert own if len(part) == 1 else said[-1] == reason


# --- the invented record --------------------------------------------------------------------------


def test_a_record_without_comparisons_says_so(small):
    for panel in [*small.panels.id, ""]:
        assert claim_cards.cards(small, panel).markdown.strip() == claim_cards.NO_CARD
    assert claim_cards.without_figure(small).markdown.strip() == claim_cards.NO_ENTRY


def test_a_card_reads_from_what_was_said_to_whether_the_two_can_be_compared(records):
    card = cards(records["compared"])["c-q5a"]
    assert card.splitlines()[2:24] == [
        "### The museum counted the weirs that stop fish. [q5a]{.behind}",
        "",
        "Said",
        ": [“two thirds”]{.quantity}",
        "",
        "  Weirs that stop fish.",
        "",
        "  [Mill Museum](#a-museum), [5a](#s-5a), [q5a](#q5a). Said by the museum.",
        "",
        "Published",
        ": [8 organizations]{.quantity}",
        "",
        "  Clubs at the first dialogue on clean rivers (2031).",
        "",
        "  [The Ferryton Post, A short report](<https://example.org/ferryton>) (second-hand). "
        "Not checked.",
        "",
        "Can the two be compared?",
        ": **Yes. Label of agrees.**",
        "",
        "  Why.",
        "",
        ":::{container} fold",
    ]


def test_a_claim_from_the_floor_keeps_the_words_for_its_speakers(small):
    said = small.claims.assign(statement="6a", said_by="floor")
    rows = [comparison("q5a", "clubs-2030", "related"), comparison("q5b", "", "none found")]
    data = with_comparisons(replace(small, claims=said), *rows)
    for text in (cards(data)["c-q5a"], claim_cards.without_figure(data).markdown):
        assert "[The floor](#a-floor) (some speakers), [6a](#s-6a)" in text


def test_of_several_figures_that_cannot_be_compared_the_first_stands_open(small):
    rows = [comparison("q5a", f"clubs-{year}", "related") for year in (2030, 2031, 2032)]
    card = cards(with_comparisons(small, *rows))["c-q5a"]
    assert "(2030)" in FOLD.sub("", card) and "(2031)" not in FOLD.sub("", card)
    assert FOLD.search(card)[1].startswith("Also published: 2 figures that cannot be compared\n\n")


def test_a_figure_that_differs_stands_open_beside_one_that_agrees_and_decides_the_count(small):
    rows = [comparison("q5a", "clubs-2030", "agrees"), comparison("q5a", "clubs-2031", "differs")]
    data = with_comparisons(small, *rows, comparison("q5b", "", "none found"))
    card = cards(data)["c-q5a"]
    assert not FOLD.search(card)
    assert "**Yes. Label of agrees.**" in card and "**Yes. Label of differs.**" in card
    counts = tables.verdicts(data).set_index("verdict").claims
    assert counts.to_dict() == {"agrees": 0, "differs": 1, "related": 0, "none found": 1}


@of_both
def test_every_claim_that_was_compared_is_counted_once(data):
    assert tables.verdicts(data).claims.sum() == data.comparisons.claim.nunique()


def test_an_unknown_panel_is_refused_with_those_known(small):
    with pytest.raises(ValueError, match="Invalid panel 'fish'. Must be one of: weirs, boats, ."):
        claim_cards.cards(small, "fish")


def test_jupyterlab_shows_the_words(records):
    shown = claim_cards.cards(records["compared"], "weirs").html
    assert "Published: 8 organizations" in shown and "{." not in shown and "(#" not in shown


# --- folds ----------------------------------------------------------------------------------------


@pytest.fixture
def fold(tmp_path, monkeypatch):
    """Build a page from a text in MyST and return what stands in it."""
    monkeypatch.setattr(sys, "path", [str(paths.ROOT / "book" / "_ext"), *sys.path])

    def built(text):
        (tmp_path / "index.md").write_text(f"# Title\n\n{text}\n", encoding="utf-8")
        config = {"extensions": ["myst_parser", "quiet_code"]}
        config["myst_enable_extensions"] = ["colon_fence", "attrs_block"]
        folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
        Sphinx(*folders, "html", confoverrides=config, status=None, warning=None).build()
        return (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    return built


def test_the_first_paragraph_of_a_fold_is_what_stands_there_while_it_is_closed(fold):
    page = fold(":::{container} fold\nTwo *more*\n\nOne.\n\n- Two.\n:::\n\nAfter.")
    summary = '<details class="fold"><summary>Two <em>more</em></summary>'
    body = page.partition(summary)[2].partition("</details>")[0]
    assert "One." in body and "<li>" in body and "Two <em>" not in body
    assert "After." in page.partition("</details>")[2]


def test_a_fold_may_hold_a_fold_and_keeps_its_anchor(fold):
    page = fold("::::{container} fold\n:name: outer\nA\n\n:::{container} fold\nB\n\nC\n:::\n::::")
    assert '<details class="fold" id="outer"><summary>A</summary>' in page
    assert '<details class="fold"><summary>B</summary>' in page.partition("<summary>A")[2]
    assert page.count("</details>") == 2


# --- the built book -------------------------------------------------------------------------------


@pytest.mark.needs_book
def test_the_page_has_every_claim_of_a_speaker_once(html, shipped):
    text = (html / PAGE).read_text(encoding="utf-8")
    said = shipped.claims.id[shipped.claims.statement != ""]
    found = re.findall(r' id="c-(q\w+)"', text)
    assert sorted(found) == sorted(said)
    more = (shipped.comparisons.groupby("claim").size() > 1).sum()
    cards = text.partition("</figure>")[2]
    assert 0 < cards.count('<details class="fold">') <= more


@pytest.mark.needs_book
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_on_the_page_is_wider_than_its_column(chromium, html, width):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = running.new_page(viewport={"width": width, "height": 800})
        page.goto((html / PAGE).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        wider = """parts => parts.filter(part => {
            const [right, edge] = [part, part.closest('.item')].map(
                (each) => each.getBoundingClientRect().right);
            return right > edge + 1;
        }).map(part => part.innerText)"""
        assert page.eval_on_selector_all(".item.claim *", wider) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = "parts => parts.map(part => parseFloat(getComputedStyle(part).fontSize))"
        large = page.eval_on_selector_all(".claim .quantity", sizes)
        small = page.eval_on_selector_all(".claim .apart", sizes)
        assert min(large) > 1.3 * max(small)
        running.close()
