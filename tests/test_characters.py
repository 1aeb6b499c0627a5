"""Characters that no reader can see: Unicode properties decide, so that no list has gaps."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import characters

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
# character -> what it did, in a cell of the data or in a copy of the summary
FAULTS = {
    "\x00": "a spreadsheet cannot hold it",
    "\x07": "a spreadsheet cannot hold it",
    "\x0e": "a spreadsheet cannot hold it",
    "\x1b": "it begins a command to a terminal",
    "\u00ad": "a word with it is not found by a search",
    "\u034f": "a combining character without a shape",
    "\u061c": "Arabic letter mark",
    "\u115f": "a Hangul letter without a shape",
    "\u180e": "Mongolian vowel separator",
    "\u200b": "zero-width space",
    "\u2028": "line separator",
    "\u202e": "it turns round the words that follow",
    "\u2060": "word joiner",
    "\u2066": "editors of Arabic and Hebrew write it",
    "\u2069": "editors of Arabic and Hebrew write it",
    "\u206a": "inhibit symmetric swapping",
    "\u3164": "a Hangul letter without a shape",
    "\ue000": "only one font knows what it is",
    "\ufe0f": "it chooses the form of the character before it",
    "\ufeff": "byte order mark",
    "\ufff9": "interlinear annotation anchor",
    "\ufffc": "it takes the place of a picture",
    "\ufffd": "it takes the place of a character that could not be decoded",
    "\uffff": "no character at all",
    "\U000e0041": "tag character",
    chr(0xD800): "half of a pair",
}


@pytest.mark.parametrize("character", FAULTS, ids=lambda c: f"U+{ord(c):04X}")
def test_a_character_that_was_once_missed_is_found(character):
    assert characters.unseen(f"a{character}b") == [character], FAULTS[character]


def test_every_character_of_an_unseen_category_is_found():
    known = {c for c in EVERY if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")}
    assert known - set(characters.unseen(EVERY)) == set()


def test_no_letter_figure_sign_or_blank_is_found_that_has_a_shape():
    seen = [c for c in characters.unseen(EVERY) if unicodedata.category(c)[0] in "LNPS"]
    assert seen == list("\u115f\u1160\u3164\uffa0\ufffc\ufffd")
    assert characters.unseen("“Trafficking” – \u00e9tat, 75 % of\u00a01 000 €, 漢字 ✓ é") == []


def test_characters_that_a_caller_allows_are_not_found():
    assert characters.unseen("a\tb\nc\r", allowed="\t\n") == ["\r"]


def test_each_character_is_found_once_and_in_order():
    assert characters.unseen("\u202ea\u200bb\u202e") == ["\u202e", "\u200b"]


def test_every_unseen_character_has_a_name_on_one_line():
    names = [characters.name(character) for character in characters.unseen(EVERY)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.isprintable() or not name.startswith("U+")] == []


def test_what_takes_the_place_of_another_character_is_lost_and_what_has_no_shape_is_not():
    lost = characters.LOST_CHARACTERS.findall
    assert lost("\x93so\x94 \ue000 \ufffd \ud800 \uffff") == list(
        "\x93\x94\ue000\ufffd\ud800\uffff"
    )
    assert lost("\x00\x0e\x85\u00ad\u200b\u2066\u2028\ufe0f\ufffc\U000e0041\u2065") == []


@given(st.text())
def test_a_character_that_is_lost_is_unseen_too(text):
    assert set(characters.LOST_CHARACTERS.findall(text)) <= set(characters.unseen(text))
