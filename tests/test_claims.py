"""What a sentence of the book asserts in words is held, so that no word can become stale.

A number is glued. Words that count, compare, date or name somebody are held by an `assert` of a
notebook whose message has the same words: when it fails, the build ends with the sentence. What no
data can hold is listed with its reason in `held_elsewhere.toml`.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import nbformat
import pytest

from analysis import paths

BOOK = paths.ROOT / "book"
PAGES = sorted([*BOOK.glob("*.ipynb"), *(set(BOOK.glob("*.md")) - {BOOK / "README.md"})])
NOTEBOOKS = [path for path in PAGES if path.suffix == ".ipynb"]
ELSEWHERE = tomllib.loads(
    Path(__file__).with_name("held_elsewhere.toml").read_text(encoding="utf-8")
)
LISTED = ELSEWHERE["words"]
ASSERTING = [path for path in PAGES if path.stem not in ELSEWHERE["pages"]]

NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|(twen|thir|for|fif|six|"
    "seven|eigh|nine)ty(-[a-z]+)?|hundred|thousand|dozen|half|thirds?|quarters?|tenth|both|twice|"
    "single|first|second|fourth|fifth|sixth|last"
)
COMPARED = (
    "more|less|fewer|most|least|fewest|mostly|mainly|majority|often|lower|higher|larger|smaller|"
    "longer|shorter|greater|earlier|later|[a-z]{3,}est(?<!rest)(?<!quest)(?<!test)|rise|rose|"
    "rising|fell|falling"
)
QUANTIFIED = (
    "all|every|each|everybody|everything|none|nobody|nothing|neither|no|only|alone|never|always|"
    "several|few|nearly|almost|about half|numerous"
)
MONTHS = (
    "January|February|March|April|(?<=in )May|June|July|August|September|October|November|December"
)
# Words that count nothing: how many of whom is left open, or it is a turn of speech.
ASKS = r"[^.?!:]*\?"  # a question asserts nothing
COUNTS_NOTHING = r"how (many|often|far)|at all|all the same|more room|each other"
SHOWN = {"message", "note", "unit", "caption"}  # what a call of `show` puts into words
GAP = "◊"  # a glued value, … in words that are held
LABELS = re.compile(rf"{GAP}( [\w-]+){{0,2}} $")  # before words that say what a value counts


# --- what a page says, and what holds it --------------------------------------------------------


def plain(text):
    """Return MyST as words: links and marks reduced to theirs, a gap for each value."""
    text = re.sub(r"^(```|:{3,}|:\w+:).*$|^\([\w-]+\)=$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\{(glue:?\w*|cite)\}`[^`]*`", GAP, text)
    text = re.sub(r"\{\w+\}`([^`<]*)(<[^`]*)?`", r"\1", text)
    text = re.sub(r"`[^`]*`", GAP, text)
    text = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[*#|\\]+", " ", text)).strip()


def constants(node):
    """Return the words of an expression, with a gap for each value."""
    if isinstance(node, ast.JoinedStr):
        return [
            "".join(part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
        ]
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [words for child in ast.iter_child_nodes(node) for words in constants(child)]


@cache
def cells(path):
    """Return the cells of a page: kind and source."""
    if path.suffix != ".ipynb":
        return [("markdown", path.read_text(encoding="utf-8"))]
    return [(cell.cell_type, cell.source) for cell in nbformat.read(path, as_version=4).cells]


@cache
def code(path):
    """Return the parsed code of a notebook."""
    return ast.parse("\n".join(source for kind, source in cells(path) if kind == "code"))


@cache
def prose(path):
    """Return the texts of a page in words: its Markdown, and what its code puts into words."""
    texts = [source for kind, source in cells(path) if kind == "markdown"]
    if path.suffix == ".ipynb":
        for node in ast.walk(code(path)):
            if isinstance(node, ast.keyword) and node.arg in SHOWN:
                texts += constants(node.value)
    return [plain(text) for text in texts]


def phrases(message):
    """Return the words that the message of an assertion holds: what it adds is in brackets.

    >>> phrases("two panels; about half have none (◊)")
    ['two panels', 'about half have none']
    """
    return [words.strip() for words in message.partition(" (")[0].split(";")]


@cache
def held(path):
    """Return the words that a notebook asserts."""
    asserted = [node for node in ast.walk(code(path)) if isinstance(node, ast.Assert)]
    return [
        words for node in asserted for message in constants(node.msg) for words in phrases(message)
    ]


@cache
def compared(path):
    """Return the words with which an assertion of a notebook compares."""
    asserted = [node for node in ast.walk(code(path)) if isinstance(node, ast.Assert)]
    return {words for node in asserted for words in constants(node.test)}


def names(data):
    """Return the names of persons, organizations and places in the record, longest first."""
    actors = data.actors[~data.actors.type.isin(["role", "secretariat"])]
    found = {*actors.name, *actors.short, *actors.place, *data.meetings.place} - {""}
    return sorted(found, key=lambda name: (-len(name), name))


def places(words, text):
    """Return the beginning and the end of each occurrence of words in a text, whatever its case."""
    pattern = rf"(?<!\w){re.escape(plain(words).replace('…', GAP))}(?!\w)"
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def flagged(text, named):
    """Return the place of each word that counts, compares, dates or names, but for labels."""
    asserts_nothing = rf"{ASKS}|{COUNTS_NOTHING}"
    nothing = [found.span() for found in re.finditer(asserts_nothing, text, re.IGNORECASE)]
    some = re.finditer(rf"\b({NUMBERS}|{COMPARED}|{QUANTIFIED})\b", text, re.IGNORECASE)
    months = re.finditer(rf"\b({MONTHS})\b", text)
    found = [word.span() for word in (*some, *months) if not LABELS.search(text[: word.start()])]
    for name in named:
        found += [place for place in places(name, text) if not covered(place, found)]
    return [place for place in found if not covered(place, nothing)]


def covered(place, by):
    return any(start <= place[0] and place[1] <= end for start, end in by)


def unheld(texts, holding, named, known=frozenset()):
    """Return the words of texts that nothing holds, each with what stands around it."""
    for text in texts:
        by = [place for words in holding for place in places(words, text)]
        for start, end in flagged(text, named):
            if not covered((start, end), by) and text[start:end] not in known:
                yield f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}"


# --- the rule -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ASSERTING, ids=lambda path: path.stem)
def test_what_a_page_asserts_in_words_is_held(path, shipped):
    """A page of Markdown runs nothing: any notebook may hold its words."""
    own = [path] if path.suffix == ".ipynb" else NOTEBOOKS
    holding = [words for notebook in own for words in held(notebook)]
    holding += [words for listed in LISTED.values() for words in listed]
    known = compared(path) & set(names(shipped)) if path.suffix == ".ipynb" else set()
    found = list(unheld(prose(path), holding, names(shipped), known))
    assert found == [], "assert it in its notebook; if no data can hold it: held_elsewhere.toml"


def test_every_assertion_of_a_notebook_has_a_message():
    bare = [
        f"{path.stem}: {ast.unparse(node)[:60]}"
        for path in NOTEBOOKS
        for node in ast.walk(code(path))
        if isinstance(node, ast.Assert) and node.msg is None
    ]
    assert bare == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_held_is_still_said(path):
    """On its page, or on a page that runs nothing."""
    texts = [
        *prose(path),
        *(text for page in PAGES if page.suffix == ".md" for text in prose(page)),
    ]
    gone = [words for words in held(path) if not any(places(words, text) for text in texts)]
    assert gone == [], "asserted, and no longer said in these words"


@pytest.mark.parametrize("reason", LISTED)
def test_what_is_listed_as_held_elsewhere_is_still_said(reason):
    texts = [text for path in PAGES for text in prose(path)]
    listed = LISTED[reason]
    assert [words for words in listed if not any(places(words, text) for text in texts)] == []
    assert listed == sorted(set(listed), key=str.lower)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Five organizations spoke on each panel.", ["Five", "each"]),
        ("Specific proposals were taken up more often.", ["more", "often"]),
        ("In July {glue:text}`year` they met in [Vienna](#p-1).", ["July", "Vienna"]),
        ("Nobody is recorded as speaking for it.", ["Nobody"]),
        ("**The first panellist** works in Liverpool.", ["first", "Liverpool"]),
        ("It may request the rest, at all events.", []),
        ("There are {glue:text}`two` of them, `all`.", []),
    ],
)
def test_the_rule_finds_words_that_nothing_holds(text, found):
    [words] = [plain(text)]
    spans = sorted(flagged(words, ["Liverpool", "Vienna"]))
    assert [words[start:end] for start, end in spans] == found


def test_held_words_hold_their_place_and_no_other():
    texts = [plain("Two panels met. Two Co-Chairs led them.")]
    assert list(unheld(texts, ["two panels"], [])) == ["Two panels met. [Two] Co-Chairs led them."]
