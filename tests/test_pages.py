"""How the words of the built pages read, whoever wrote them."""

import re

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.needs_book

# A number and a word in small letters, at the beginning of a sentence.
NUMERAL = re.compile(r"(?:^|[.?!][”)]?\s)\d[\d,.]*\s[a-z]")


@pytest.fixture(scope="module")
def articles(html):
    """The articles of the built pages, parsed, by name."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in html.rglob("book/*.html")}
    return {name: BeautifulSoup(text, "html.parser").article for name, text in texts.items()}


def words(element):
    return " ".join(element.get_text().split())


def test_the_head_of_every_column_is_in_sentence_case(articles):
    heads = {
        (name, words(head)) for name, page in articles.items() for head in page.select("thead th")
    }
    assert sorted(head for head in heads if head[1][:1].islower()) == []
    assert len(heads) > 100


def test_no_sentence_opens_with_a_numeral(articles):
    """Titles of figures, cells and lines without a full stop are no sentences."""
    opening = {
        (name, words(part))
        for name, page in articles.items()
        for part in page.select("p, li")
        if not part.find_parent(["figcaption", "table"]) and words(part).endswith((".", "?", "!"))
        if NUMERAL.search(words(part))
    }
    assert sorted(opening) == []


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("3 name nobody.", True),
        ("Most do. 12,000 people came.", True),
        ("Of these, 3 name nobody.", False),
        ("See paragraph 4. It holds 3 counts.", False),
    ],
)
def test_the_rule_on_numerals_finds_them(text, opens):
    assert bool(NUMERAL.search(text)) is opens


def test_no_name_of_a_variable_is_shown_but_where_data_are_described(articles):
    """In the lists each value of the data stands beside its meaning."""
    raw = set()
    for name in articles.keys() - {"api", "computed", "dictionary", "values"}:
        page = BeautifulSoup(str(articles[name]), "html.parser")
        for code in page.select("code, pre"):
            code.extract()
        names = re.findall(r"(?<![\w/])[a-z]+(?:_[a-z]+)+(?![\w./])", page.get_text())
        raw |= {(name, variable) for variable in names}
    assert sorted(raw) == []
