"""Normalized text and paragraphs: every offset in the data refers to them."""

import hashlib
import itertools
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import characters, document

MINI = Path(__file__).parent / "data" / "mini" / "summary.md"

# label: words as in the file, their normalized form, and why it matters
NORMALIZED = {
    "plain": ("Plain words.", "Plain words.", "plain words are left alone"),
    "line break": ("one\ntwo", "one two", "files are wrapped, paragraphs are not"),
    "tabs and runs": ("one \t two  three", "one two three", "PDF text has runs of blanks"),
    "no-break space": ("10\u00a0July", "10 July", "word processors keep dates on one line"),
    "blanks at the ends": ("  one  ", "one", "a span begins at a word"),
    "italics": ("A *Toolkit* here", "A Toolkit here", "titles are set in italics"),
    "bold": ("**Very** good", "Very good", "emphasis in Markdown"),
    "underscores": ("a _title_ here", "a title here", "the other way to write italics"),
    "snake case": ("a_name_here", "a_name_here", "underscores inside a word are not emphasis"),
    "lone asterisk": ("2 * 3 * 4", "2 * 3 * 4", "an asterisk between blanks is not emphasis"),
    "link": (
        "the [web page](https://example.org/a)",
        "the web page",
        "only the words of a link are read",
    ),
    "empty link": (
        "[resolution 9/1](#), which",
        "resolution 9/1, which",
        "a copy may have lost the target",
    ),
    "link over a line": ("a [web\npage](#)", "a web page", "a link may be wrapped too"),
    "emphasis in a link": ("[*Title*](#)", "Title", "both at once"),
    "brackets": ("a [sic] here", "a [sic] here", "brackets alone are not a link"),
    "footnote mark": ("thereto¹ through", "thereto through", "a mark is not a word"),
    "footnote of two figures": ("so¹² it is", "so it is", "marks may have two figures"),
    "decomposed accent": ("e\u0301tat", "\u00e9tat", "both ways to write é have one length"),
    "quotation marks": ("“speech” and 'so'", "“speech” and 'so'", "quotation marks are kept"),
    "percentage": ("75% of 54", "75% of 54", "figures are words"),
}


@pytest.mark.parametrize("label", NORMALIZED)
def test_normalize(label):
    text, expected, why = NORMALIZED[label]
    assert document.normalize(text) == expected, why


@pytest.mark.parametrize("label", NORMALIZED)
def test_normalized_text_stays_as_it_is(label):
    _, expected, _ = NORMALIZED[label]
    assert document.normalize(expected) == expected


def texts(text):
    return [paragraph.text for paragraph in document.parse(text).paragraphs.values()]


# label: a document, the texts of its paragraphs, and why it matters
PARSED = {
    "two paragraphs": ("I. One\n\n1. A.\n\n2. B.", ["A.", "B."], "the plain case"),
    "title before": (
        "A title\n\nSomebody\n\nI. One\n\n1. A.",
        ["A."],
        "title and authors are not paragraphs",
    ),
    "page break": (
        "I. One\n\n1. A begins\n\nand ends.\n\n2. B.",
        ["A begins and ends.", "B."],
        "the parts are joined",
    ),
    "last sentence alone": (
        "I. One\n\n1. A.\n\nMore of A.",
        ["A. More of A."],
        "a block without a number continues the paragraph",
    ),
    "footnote between": (
        "I. One\n\n1. A begins\n\n¹ A note.\n\nand ends.",
        ["A begins and ends."],
        "a page puts notes there",
    ),
    "heading between": (
        "I. One\n\n1. A.\n\nII. Two\n\n2. B.",
        ["A.", "B."],
        "numbers run through the sections",
    ),
    "blank line with blanks": (
        "I. One\n\n1. A.\n  \t\n2. B.",
        ["A.", "B."],
        "editors leave blanks behind",
    ),
    "wrapped": ("I. One\n\n1. A is\nwrapped.", ["A is wrapped."], "one block, two lines"),
    "Windows line ends": (
        "I. One\r\n\r\n1. A.\r\n\r\n2. B.\r\n",
        ["A.", "B."],
        "files come from other systems",
    ),
    "byte order mark": ("\ufeffI. One\n\n1. A.", ["A."], "files acquire one on their way"),
    "figure in a wrapped line": (
        "I. One\n\n1. In\n2024. B.",
        ["In 2024. B."],
        "a year at the start of a line is not a number",
    ),
}


@pytest.mark.parametrize("label", PARSED)
def test_parse(label):
    text, expected, why = PARSED[label]
    assert texts(text) == expected, why


# label: a document, and words of its warning; the document is read all the same
WARNED = {
    "heading only": ("I. One", "the numbers were lost"),
    "number left out": (
        "I. One\n\n1. A.\n\n3. C.",
        "Number 2 was not found: the words of paragraph 2 may stand in paragraph 1.",
    ),
    "number twice": ("I. One\n\n1. A.\n\n1. B.\n\n2. C.", "begin again at 1"),
    "begins late": (
        "I. One\n\n2. B.\n\n3. C.",
        "Number 1 was not found: the words of paragraph 1 may stand before the first",
    ),
}


@pytest.mark.parametrize("label", WARNED)
def test_what_a_reader_must_know_is_a_warning(label):
    text, message = WARNED[label]
    assert any(message in warning for warning in document.parse(text).warnings)


@pytest.mark.parametrize("text", ["", " \n\f\n", "\ufeff"])
def test_a_document_without_words_is_refused(text):
    with pytest.raises(ValueError, match="it holds no words"):
        document.parse(text)


def test_sections_have_a_number_and_a_title():
    sections = document.parse("I. Opening\n\n1. A.\n\nII. The *end*\n\n2. B.").sections
    assert sections == (document.Section("I", "Opening"), document.Section("II", "The end"))


def test_a_paragraph_knows_its_section_and_its_hash():
    paragraph = document.parse("I. One\n\n1. A.\n\nII. Two\n\n2. B.").paragraphs[2]
    assert (paragraph.number, paragraph.section) == (2, "II")
    assert paragraph.sha256 == hashlib.sha256(b"B.").hexdigest()


def test_the_invented_summary():
    summary = document.read(MINI)
    assert [section.number for section in summary.sections] == ["I", "II", "III", "IV"]
    assert list(summary.paragraphs) == list(range(1, 11))
    assert summary.paragraphs[6].text.endswith(
        "a common purse for all towns on a river, and nobody objected."
    )
    assert "boat house" not in summary.paragraphs[1].text


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="Give the path of a copy of the summary"):
        document.read(tmp_path / "nothing.md")


def test_a_file_that_is_not_utf_8(tmp_path):
    (tmp_path / "old.md").write_bytes("I. Fran\xe7ais".encode("latin-1"))
    with pytest.raises(ValueError, match="byte 7 is not UTF-8 text"):
        document.read(tmp_path / "old.md")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        document.read(tmp_path)


def test_the_source_has_47_paragraphs_in_six_sections(source):
    summary = document.read(source)
    assert list(summary.paragraphs) == list(range(1, 48))
    assert [section.number for section in summary.sections] == ["I", "II", "III", "IV", "V", "VI"]
    assert [n for n, p in summary.paragraphs.items() if document.normalize(p.text) != p.text] == []


# --- unseen characters ---------------------------------------------------------------------------

EVERY = characters.unseen("".join(map(chr, range(sys.maxunicode + 1))))
REMOVED = sorted(
    {c for c in EVERY if not c.isspace()} - set(characters.LOST_CHARACTERS.findall("".join(EVERY)))
)
WORDS = MINI.read_text(encoding="utf-8")
INSIDE = [match.start() for match in re.finditer(r"(?<=\w)(?=\w)", WORDS)]


def test_the_characters_that_are_removed_are_many():
    assert set(
        "\x00\x0e\x7f\u00ad\u034f\u061c\u180e\u200b\u2066\u206a\ufe0f\ufffc\U000e0041"
    ) < set(REMOVED)


@given(st.lists(st.tuples(st.sampled_from(INSIDE), st.sampled_from(REMOVED)), max_size=30))
@example([(WORDS.index("10. A common") + 1, "\u00ad"), (WORDS.index("II. Opening") + 1, "\x0e")])
def test_an_unseen_character_inside_a_word_changes_nothing(inserted):
    text = WORDS
    for place, character in sorted(inserted, reverse=True):
        text = text[:place] + character + text[place:]
    assert document.parse(text) == document.parse(WORDS)


def spread(text, rotation=0):
    """Put an unseen character after each word, in turn.

    A soft hyphen is left out: after it, the word continues beyond the blank.
    """
    turn = itertools.cycle(c for c in [*REMOVED[rotation:], *REMOVED[:rotation]] if c != "\u00ad")
    return re.sub(r"(?<=\w)(?=\s)", lambda _: next(turn), text)


@pytest.mark.parametrize("rotation", range(0, len(REMOVED), 150))
def test_no_unseen_character_at_the_end_of_a_word_changes_a_paragraph(rotation):
    assert len(re.findall(r"\w\s", WORDS)) > 150, "each character is put somewhere"
    assert document.parse(spread(WORDS, rotation)) == document.parse(WORDS)


def test_no_unseen_character_at_the_end_of_a_word_changes_the_source(source):
    text = source.read_text(encoding="utf-8")
    assert document.parse(spread(text)) == document.parse(text)


@pytest.mark.parametrize("character", "\ufffd\ue000\x93\ud800\uffff\u0378", ids=characters.name)
def test_a_character_in_place_of_a_lost_one_is_kept(character):
    """It shows that the text is incomplete; without it, what is left would pass for a word."""
    assert texts(f"I. One\n\n1. The o{character}ce.") == [f"The o{character}ce."]


def test_the_removal_of_an_unseen_character_is_explained():
    paragraph = document.parse("I. One\n\n1. The ri\u2066vers.").paragraphs[1]
    assert (
        document.explain(paragraph)[0] == "unseen character removed: 'ri\\u2066vers.' -> 'rivers.'"
    )


# --- any text ------------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "1. A word.",
                "2. Another",
                "I. One",
                "II.",
                "",
                "\f",
                "5/8",
                "¹ A note.",
                "(a) one;",
                "Annex",
                "3.",
                "the end.",
            ]
        ),
    ),
    max_size=30,
)


@given(st.text())
def test_normalized_text_is_one_clean_line(text):
    normalized = document.normalize(text)
    assert normalized == " ".join(normalized.split())
    assert normalized == unicodedata.normalize("NFC", normalized)


@given(st.text(alphabet="ab *_[]()¹\\\n"))
def test_normalizing_twice_changes_nothing(text):
    normalized = document.normalize(text)
    assert document.normalize(normalized) == normalized


@given(LINES)
def test_any_text_is_read_or_refused(lines):
    text = "\n".join(lines)
    try:
        summary = document.parse(text)
    except ValueError as error:
        assert not text.translate(dict.fromkeys(map(ord, "\ufeff\f"))).strip() or "no words" in str(
            error
        )
        return
    assert list(summary.paragraphs) == sorted(summary.paragraphs)
    for number, paragraph in summary.paragraphs.items():
        assert paragraph.number == number
        assert paragraph.text == " ".join(paragraph.text.split())
        assert all(0 <= item.start < item.end <= len(paragraph.text) for item in paragraph.items)
    for note in summary.footnotes:
        assert note.paragraph is None or note.at <= len(summary.paragraphs[note.paragraph].text)


@given(
    st.lists(
        st.sampled_from(
            [
                "The Chair spoke.",
                "A speaker of 12 towns agreed; nobody left.",
                "It was so (see above).",
            ]
        ),
        min_size=1,
    )
)
def test_what_is_written_is_read(texts):
    """Every sentence becomes a paragraph of its own, however many there are."""
    written = "I. One\n\n" + "\n\n".join(
        f"{number}. {text}" for number, text in enumerate(texts, 1)
    )
    assert [paragraph.text for paragraph in document.parse(written).paragraphs.values()] == texts
