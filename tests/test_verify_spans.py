"""Spans of the record are followed to where their words are now."""

import dataclasses

import pandas as pd
import pytest
from copies import ORIGINAL, changed
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import document, verify
from analysis import record as coded
from analysis.document import Document, Paragraph, digest, fingerprint

# --- spans ----------------------------------------------------------------------------------------

# What is changed in the document -> status of spans and the words in their place.
SPANS = {
    "a number in it": (
        [("12 clubs", "13 clubs")],
        {"q2a": ("changed", "13"), "q2b": ("fits", "Five")},
    ),
    "two numbers swapped": (
        [("(3 schools and 2 shops)", "(2 schools and 3 shops)")],
        {"q2c": ("changed", "2"), "q2d": ("changed", "3"), "q2e": ("fits", "4")},
    ),
    "words before it": (
        [("5. The Mill", "5. Indeed, the Mill"), ("at every weir", "at each weir")],
        {
            "5a": (
                "changed",
                "Indeed, the Mill Museum said that two thirds of the weirs stop fish on their way.",
            ),
            "5b": ("changed", "It asked for a ladder at each weir."),
            "5c": ("elsewhere", "It had built one ladder itself."),
            "q5a": ("elsewhere", "two thirds"),
            "q5b": ("elsewhere", "one"),
        },
    ),
    "a sentence moved to another paragraph": (
        [
            (" It had built\none ladder itself.", ""),
            ("birds away.", "birds away. It had built one ladder itself."),
        ],
        {
            "5c": ("elsewhere", "It had built one ladder itself."),
            "q5b": ("elsewhere", "one"),
            "5b": ("fits", None),
        },
    ),
    "sentences change places": (
        [
            ("States should build fish ladders where weirs are old. They", "They"),
            (
                "fish that pass.",
                "fish that pass. States should build fish ladders where weirs are old.",
            ),
        ],
        {
            "9a": ("elsewhere", "States should build fish ladders where weirs are old."),
            "9b": ("elsewhere", None),
        },
    ),
    "it is gone": (
        [(" States should keep engines off rivers in spring.", "")],
        {"10b": ("lost", None), "10a": ("fits", None)},
    ),
    "its paragraph is divided": (
        [
            ("on their way. It asked", "on their way.\n\n6. It asked"),
            *((f"\n\n{n}. ", f"\n\n{n + 1}. ") for n in range(6, 11)),
        ],
        {
            "5a": ("fits", None),
            "5b": ("elsewhere", "It asked for a ladder at every weir."),
            "q5b": ("elsewhere", "one"),
            "6a": ("fits", "Some speakers feared the price of ladders."),
        },
    ),
    "punctuation glued to it": ([("It asked that", '"It asked that')], {"8b": ("elsewhere", None)}),
}


@pytest.mark.parametrize("against", [None, ORIGINAL], ids=["fingerprints", "words"])
@pytest.mark.parametrize("change", SPANS)
def test_a_span_is_followed_to_where_it_is_now(small, change, against):
    changes, expected = SPANS[change]
    copy = document.parse(changed(*changes))
    results = {
        result.span.id: result
        for each in verify.verify(copy, small, against).paragraphs
        for result in each.spans
    }
    for id, (status, words) in expected.items():
        result = results[id]
        assert (id, result.status) == (id, status)
        if words:
            assert (
                copy.paragraphs[result.place.paragraph].text[result.place.start : result.place.end]
                == words
            )
        if status in ("fits", "elsewhere"):
            place = result.place
            assert (
                digest(copy.paragraphs[place.paragraph].text[place.start : place.end])
                == result.span.sha256
            )


# --- any edit at all ------------------------------------------------------------------------------

# Words with bytes of their own, so that a byte stands for a word.
VOCABULARY = list({fingerprint(word): word for word in (f"w{i}" for i in range(400))}.values())[:60]


def recorded(words, spans):
    """Return a record of one paragraph, with spans from word to word."""
    text = " ".join(words)
    starts = [len(" ".join(words[:i])) + (i > 0) for i in range(len(words))]
    places = [(starts[a], starts[b] + len(words[b])) for a, b in spans]
    rows = [
        {"id": f"s{i}", "paragraph": 1, "start": a, "end": b, "sha256": digest(text[a:b])}
        for i, (a, b) in enumerate(places)
    ]
    paragraph = {
        "number": 1,
        "section": "I",
        "length": len(text),
        "sha256": digest(text),
        "fingerprint": fingerprint(text),
    }
    empty = pd.DataFrame(columns=["paragraph", "name"])
    frames = {field.name: empty for field in dataclasses.fields(coded.Record)}
    frames["statements"] = pd.DataFrame(rows, columns=["id", "paragraph", "start", "end", "sha256"])
    return coded.Record(**frames | {"paragraphs": pd.DataFrame([paragraph])})


def one(words):
    return Document((), {1: Paragraph(1, "I", " ".join(words))})


@st.composite
def edited(draw):
    """Draw the words of a paragraph, spans in it, and the words after a few edits."""
    words = draw(st.lists(st.sampled_from(VOCABULARY), min_size=8, max_size=40))
    spans = draw(
        st.lists(
            st.tuples(*[st.integers(0, len(words) - 1)] * 2).map(sorted).map(tuple), max_size=4
        )
    )
    after = list(words)
    for _ in range(draw(st.integers(0, 4))):
        at, gone = draw(st.integers(0, len(after))), draw(st.integers(0, 2))
        after[at : at + gone] = draw(st.lists(st.sampled_from(VOCABULARY), max_size=2))
    return words, spans, after or words


@given(edited(), st.booleans())
def test_edits_applied_to_the_recorded_words_give_the_words_of_the_file(case, known):
    words, spans, after = case
    found = verify.verify(one(after), recorded(words, spans), one(words) if known else None)
    assert found.clean == (words == after)
    if found.counts["changed"]:
        made = list(words)
        for edit in reversed(found.paragraphs[0].edits):
            assert edit.gone in (None, tuple(words[slice(*edit.record)]))
            assert edit.words == tuple(after[slice(*edit.file)])
            made[slice(*edit.record)] = edit.words
        assert made == after


# The last word is gone, and its estimated place ends before that of the span.
CUT = ["w0"] * 11 + ["w136", "w0"], [(0, 11)], ["w0"] * 11


@given(edited(), st.booleans())
@example(CUT, False)
def test_a_span_reported_as_unchanged_has_its_words_and_any_other_has_not(case, known):
    words, spans, after = case
    found = verify.verify(one(after), recorded(words, spans), one(words) if known else None)
    text = " ".join(after)
    for result in found.paragraphs[0].spans:
        span, place = result.span, result.place
        assert (place is None) == (result.status == "lost")
        if place:
            assert 0 <= place.start < place.end <= len(text)
            assert (digest(text[place.start : place.end]) == span.sha256) == (
                result.status in ("fits", "elsewhere")
            )
        assert (result.status == "fits") == (
            place is not None
            and (place.start, place.end) == (span.start, span.end)
            and unchanged(result, text)
        )


def unchanged(result, text):
    return digest(text[result.place.start : result.place.end]) == result.span.sha256
