"""Your own copy beside the record, in the browser alone: what it reads as Python does, and shows.

The normalizer of the page has no rules of its own, and is held to that of the package by the same
cases, and by texts put together at random from what the rules are about.
"""

import random
import re
from pathlib import Path

import pytest
from browsing import HTML, PHONE, WIDE, fresh, served
from test_document import NORMALIZED

from analysis import document
from analysis.document.wording import Wording
from analysis.page import own_copy

pytestmark = pytest.mark.needs_book

SUMMARY = (Path(__file__).parent / "data" / "mini" / "summary.md").read_text(encoding="utf-8")
PAGE, OTHER_PAGE = "book/record_opening.html", "book/record_organs.html"
LOADED = "own-copy.js"
OPEN = "Read this beside your own copy of the document"
# What the rules are about, put together at random.
PIECES = [case[0] for case in NORMALIZED.values()] + [
    *"<b>|</b>|<br/>|<!-- a -->|<del>gone</del>|~~gone~~|<s|<sub>2</sub>|&amp;|&eacute;".split("|"),
    *"&#65;|&#x41;|&#128;|&nosuch;|&#0;|km²|5 m²|10⁻³|x 10⁶|¹,²|word¹|\\*|\\.|\\_".split("|"),
    *"** __ * _ *** [ ] ( ) ](#) ](a".split(),
    *"- \u2013 \u2010 \u2011 e\u0301 \ufb01 \ufb03 é ß ٣ 年 א".split(),
    *(
        '](a "b")',
        "](<a b>)",
        " ",
        "\n",
        "\t",
        "\u00a0",
        "\u2009",
        "\x85",
        "\x1c",
        "\x07",
        "\ufeff",
    ),
    *(
        "\u200b",
        "\u2066",
        "\u00ad",
        "\u00ad ",
        "a\u00adb",
        "\ufffd",
        "\ue000",
        "\U0001f600",
        "23",
        "ab",
    ),
]
ENDS = [
    *"trans- national non- state pre- and post- atten- tion 2022\u2013 2024".split(),
    *"self- help boat- boats boat transnational awareness- raising aware- ness".split(),
    *"and/ or soft\u00ad B- 52 (a)".split(),
]


@pytest.fixture(scope="module")
def site():
    with served() as address:
        yield address


@pytest.fixture
def opened(browser, site, small):
    """Open a page of the record whose hashes are those of the invented dialogue."""
    contexts = []

    def open_page(name=PAGE, viewport=WIDE, script=None):
        script = own_copy.script(small) if script is None else script
        page = browser.new_context(viewport=viewport).new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append((request.method, request.url)))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        given = {"body": script, "content_type": "text/javascript"}
        page.context.route(
            f"**/{LOADED}", lambda route: route.fulfill(**given) if script else route.abort()
        )
        page.goto(f"{site}/{name}")
        contexts.append(page.context)
        return page

    yield open_page
    for context in contexts:
        context.close()


def compare(page, text):
    """Paste a text and compare it; return what is said of it."""
    if page.locator(".own:not([open])").count():
        page.get_by_text(OPEN, exact=True).click()
    page.get_by_label("Or its text, all of it").fill(text)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_function("!document.querySelector('.own button').disabled")
    return said(page)


def said(page):
    return page.locator(".own output").inner_text()


def differing(page):
    """Return what is listed as different."""
    return page.locator(".own p").last.locator("a").all_inner_texts()


# --- it reads as Python does ----------------------------------------------------------------------


def load_rules(page):
    page.get_by_text(OPEN, exact=True).click()
    page.wait_for_function("window.ownWords")
    page.evaluate("ownWords.load()")


def made_of(pieces, seed, most=9):
    chosen = random.Random(seed)
    return ["".join(chosen.choices(pieces, k=chosen.randint(1, most))) for _ in range(1500)]


def test_words_are_normalized_as_in_python(opened):
    texts = [*PIECES, *made_of(PIECES, 53)]
    page = opened()
    load_rules(page)
    found = page.evaluate("texts => texts.map(ownWords.normalize)", texts)
    assert {
        text: words for text, words in zip(texts, found, strict=True) if words != expected(text)
    } == {}


def expected(text):
    return document.normalize(text)


def test_lines_are_joined_as_in_python(opened):
    chosen = random.Random(53)
    texts = [chosen.choices(ENDS, k=chosen.randint(1, 12)) for _ in range(800)]
    page = opened()
    load_rules(page)
    found = page.evaluate("texts => texts.map((lines) => ownWords.join(lines))", texts)
    for lines, words in zip(texts, found, strict=True):
        assert words == Wording(lines, markdown=True, mend=False).join(lines)[0], lines


# --- what it shows --------------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_true_copy_is_confirmed_beside_each_item_and_nothing_is_sent(opened, small, viewport):
    page = opened(viewport=viewport)
    page.get_by_text(OPEN, exact=True).click()
    page.wait_for_load_state("networkidle")
    before = len(page.requests)
    spans = len(small.statements) + len(small.recommendations) + len(small.claims)
    assert compare(page, SUMMARY) == (
        f"Confirmed: 10 of 10 paragraphs, {spans} of {spans} coded passages."
    )
    assert page.requests[before:] == [("GET", page.url.replace(PAGE, LOADED))]
    words = document.parse(SUMMARY).paragraphs[5].text
    assert page.locator("#p-5 > .own-words q").first.inner_text() == words
    assert page.locator(".own-words.confirmed").count() > 10
    assert page.locator(".own-words.differs").count() == 0 and differing(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_one_word_that_is_changed_marks_its_paragraph_and_its_span(opened, small):
    page = opened()
    assert "9 of 10 paragraphs" in compare(
        page, SUMMARY.replace("built\none ladder itself", "built\none fence itself")
    )
    paragraph, *spans = differing(page)
    assert paragraph == "paragraph 5"
    coded = small.statements[small.statements.paragraph == 5]
    assert set(spans) < {*coded.id, *small.claims.id} and len(spans) == 1
    assert "Your copy: differs." in page.locator("#p-5 > .own-words").first.inner_text()


# What a copy may look like when it is pasted from a viewer, all the same document.
FORMS = {
    "without empty lines": lambda text: re.sub(r"\n+", "\n", text),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "marks no longer raised": lambda text: text.translate(str.maketrans("¹²³", "123")),
    "pages with a header and a number": lambda text: "".join(
        f"{line}\nA/RIV/2031/7\n{number}/99\n" if number % 3 == 0 and line else f"{line}\n"
        for number, line in enumerate(text.split("\n"))
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_in_another_form_is_confirmed(opened, form):
    page = opened()
    assert compare(page, FORMS[form](SUMMARY)).startswith("Confirmed: 10 of 10 paragraphs")
    assert differing(page) == []


# What is no copy of the paragraphs, and the paragraphs that are then different.
FAULTS = {
    "more words at the end of a paragraph": (
        lambda text: re.sub(r"(?m)^(5\..*(?:\n.+)*)", r"\1 And so on and on.", text),
        ["paragraph 5"],
    ),
    "a paragraph that is not there": (
        lambda text: re.sub(r"(?m)^5\..*(?:\n.+)*\n\n", "", text),
        ["paragraph 5"],
    ),
    "a new paragraph between two": (
        lambda text: re.sub(r"(?m)^6\. ", f"{'Here is more. ' * 3}\n\n6. ", text),
        ["paragraph 5"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_words_that_are_too_many_or_too_few_are_said(opened, fault):
    change, paragraphs = FAULTS[fault]
    page = opened()
    assert change(SUMMARY) != SUMMARY
    assert compare(page, change(SUMMARY)).startswith("Confirmed: 9 of 10 paragraphs")
    assert [name for name in differing(page) if name.startswith("para")] == paragraphs


# --- where it stays -------------------------------------------------------------------------------


def test_the_copy_is_there_on_another_page_of_the_tab_until_it_is_removed(opened):
    page = opened()
    compare(page, SUMMARY)
    page.goto(page.url.replace(PAGE, OTHER_PAGE))
    page.locator(".own output", has_text="Confirmed: ").wait_for()
    page.get_by_role("button", name="Remove my copy").click()
    assert said(page) == "It is removed." and page.locator(".own-words").count() == 0
    page.reload()
    assert not page.get_by_label("Or its text, all of it").is_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_it_is_kept_for_no_other_tab(opened):
    page = opened()
    compare(page, SUMMARY)
    other = page.context.new_page()
    other.goto(page.url)
    assert other.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


def test_where_nothing_is_kept_the_page_works_and_says_so(opened):
    page = opened()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException() } }")
    assert compare(page, SUMMARY).endswith(
        "does not keep the text for the other pages of the record."
    )
    assert page.locator(".own-words.confirmed").count() > 10


def test_before_it_is_asked_for_nothing_is_loaded(opened):
    assert not [url for _, url in opened().requests if url.endswith((LOADED, "own_copy.js"))]


@pytest.mark.needs_source
def test_the_summary_itself_is_confirmed_whole_from_disk(browser, source):
    page = fresh(browser, PAGE, WIDE, "light")
    page.get_by_text(OPEN, exact=True).click()
    page.get_by_label("A text file").set_input_files(source)
    page.locator(".own output", has_text=re.compile(".")).wait_for()
    page.wait_for_function("!document.querySelector('.own button').disabled")
    assert said(page).startswith("Confirmed: 47 of 47 paragraphs, ")
    assert page.locator(".own-words.differs").count() == 0 and differing(page) == []
    page.context.close()


# --- what cannot be compared ----------------------------------------------------------------------

NO_COPIES = {
    "nothing": (" \n", "There is no text yet. Open a file or paste the text."),
    "another document": ("1. Words.\n\n2. Words.\n", "No paragraph of this text is one of the "),
    "no numbers": ("Words and words.", "No paragraph of this text is one of the summary."),
    "a long text": ("1. Words. " * 200_001, "This is far longer than the summary."),
}


@pytest.mark.parametrize("label", NO_COPIES)
def test_what_is_no_copy_is_said_in_a_sentence(opened, label):
    text, sentence = NO_COPIES[label]
    page = opened()
    assert compare(page, text).startswith(sentence)
    assert page.locator(".own-words").count() == 0 and page.complaints == []


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\xff\xfe", b"PK\x03\x04\x00", b"\x00\x01"])
def test_a_file_that_is_no_text_is_refused(opened, data, tmp_path):
    (tmp_path / "s.pdf").write_bytes(data)
    page = opened()
    page.get_by_text(OPEN, exact=True).click()
    page.get_by_label("A text file").set_input_files(tmp_path / "s.pdf")
    page.locator(".own output", has_text="This is not").wait_for()
    assert page.get_by_label("Or its text, all of it").input_value() == ""


def test_a_file_in_utf_16_is_read(opened, tmp_path):
    (tmp_path / "s.txt").write_text(SUMMARY, encoding="utf-16")
    page = opened()
    page.get_by_text(OPEN, exact=True).click()
    page.get_by_label("A text file").set_input_files(tmp_path / "s.txt")
    page.locator(".own output", has_text="Confirmed: ").wait_for()


def test_a_browser_that_cannot_hash_here_says_so(opened):
    page = opened()
    page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert compare(page, SUMMARY).startswith("This browser compares hashes only on a page")


def test_a_browser_that_lacks_what_is_needed_says_so(opened):
    page = opened()
    page.evaluate("() => { String.prototype.matchAll = undefined }")
    assert compare(page, SUMMARY).startswith("This browser cannot compare texts in this way.")


def test_hashes_that_cannot_be_loaded_are_said(opened):
    page = opened(script="")
    assert compare(page, SUMMARY).startswith("The hashes of the record cannot be loaded.")


def test_paper_has_no_such_form_and_only_pages_with_paragraphs_have_it(opened):
    page = opened()
    page.emulate_media(media="print")
    assert not page.locator(".own").is_visible()
    named = {
        path.name for path in (HTML / "book").glob("*.html") if "own_fold.js" in path.read_text()
    }
    assert named == {
        f"record_{part}.html" for part in ("opening", "organs", "children", "observations")
    }
