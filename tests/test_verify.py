"""The record against copies of the document: differences by paragraph and word."""

import pytest
from copies import ORIGINAL, SUMMARY, changed, not_same, renumbered, report, with_cell

from analysis import document, verify
from analysis.document import Document, Paragraph, fingerprint

# --- what is the same -----------------------------------------------------------------------------


def test_the_record_agrees_with_its_document(small):
    found = report(SUMMARY, small)
    assert found.clean and str(found) == "10 paragraphs: 10 same"
    assert found.counts == {"same": 10, "changed": 0, "moved": 0, "missing": 0, "extra": 0}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[River Pact](#)", "River Pact"),
        ("hall¹ and", "hall and"),
        ("¹ The hall is an old boat house.\n\n", ""),
        ("*rivers*", "**rivers**"),
        ("purse for\n\nall towns", "purse for all towns"),
        ("It had built\none ladder", "It had built one   ladder"),
        ("\n", "\r\n"),
    ],
    ids=["link", "footnote mark", "footnote", "emphasis", "page break", "white space", "line ends"],
)
def test_the_same_words_in_other_mark_up_are_the_same(small, before, after):
    assert before in SUMMARY
    assert report(SUMMARY.replace(before, after), small).clean


# --- what differs, as text ------------------------------------------------------------------------

LAST = (
    "10. A common purse should be found for river towns."
    " States should keep engines off rivers in spring."
)
# What is changed in the document, and the report on it.
REPORTS = {
    "one word": (
        [("count the fish", "weigh the fish")],
        """10 paragraphs: 9 same, 1 changed

paragraph 9: changed
  paragraph 9, word 13: "weigh" in place of 1 word of the record \
(They should also [weigh] the fish that)
  still in place: 9a
  recommendation 9b: changed, now at 54 to 96""",
    ),
    "one letter at the very end": (
        [("rivers in spring.", "rivers in springs.")],
        """10 paragraphs: 9 same, 1 changed

paragraph 10: changed
  paragraph 10, word 17: "springs." in place of 1 word of the record (off rivers in [springs.])
  still in place: 10a
  recommendation 10b: changed, now at 48 to 97""",
    ),
    "words more and words gone": (
        [("weirs stop fish on their way. It", "weirs stop big, old fish. It")],
        """10 paragraphs: 9 same, 1 changed

paragraph 5: changed
  paragraph 5, word 12: "big, old fish." in place of 4 words of the record \
(the weirs stop [big, old fish.] It asked for)
  statement 5a: changed, now at 0 to 69
  statement 5b: unchanged, now at 70 to 106
  statement 5c: unchanged, now at 107 to 138
  claim q5b: unchanged, now at 120 to 123
  still in place: q5a""",
    ),
    "a sentence is gone": (
        [("It asked for a ladder at every weir. ", "")],
        """10 paragraphs: 9 same, 1 changed

paragraph 5: changed
  paragraph 5, after word 15: 8 words of the record are gone (on their way. [|] It had built)
  still in place: 5a, q5a
  statement 5b: cannot be found
  statement 5c: unchanged, now at 74 to 105
  claim q5b: unchanged, now at 87 to 90""",
    ),
    "a paragraph is missing": (
        [(f"\n\n{LAST}", "")],
        """10 paragraphs: 9 same, 1 missing

paragraph 10: missing from the file
  recommendation 10a: cannot be found
  recommendation 10b: cannot be found""",
    ),
    "a paragraph is extra": (
        [(LAST, f"{LAST}\n\n11. This is new.")],
        """10 paragraphs: 10 same; 1 extra in the file

paragraph 11: extra, in section IV of the file""",
    ),
    "a heading is gone": (
        [("IV. What the Chair observes\n\n9. S", "9. S")],
        """10 paragraphs: 8 same, 2 moved

paragraph 9: moved, now section III (was IV); its 2 spans fit there

paragraph 10: moved, now section III (was IV); its 2 spans fit there""",
    ),
}


@pytest.mark.parametrize("change", REPORTS)
def test_what_differs_is_reported_paragraph_by_paragraph(small, change):
    changes, expected = REPORTS[change]
    found = report(changed(*changes), small)
    assert sorted(str(found).splitlines()) == sorted(expected.splitlines())
    assert str(found).splitlines()[0] == expected.splitlines()[0]
    assert not found.clean and found.problems == ()


# With a copy that has the recorded words.
AGAINST = {
    "replaced": (
        ("count the fish", "weigh the fish"),
        "word 13: count -> weigh (They should also [weigh] the fish that)",
    ),
    "new": (
        ("also count", "also gently count"),
        'word 13: "gently" is new (They should also [gently] count the fish)',
    ),
    "gone": (
        ("also count", "count"),
        'after word 11: "also" of the record is gone (old. They should [|] count the fish)',
    ),
    "gone at the beginning": (
        ("9. States should", "9. should"),
        'before word 1: "States" of the record is gone ([|] should build fish)',
    ),
}


@pytest.mark.parametrize("change", AGAINST)
def test_against_another_copy_both_sides_are_shown_in_words(small, change):
    pair, expected = AGAINST[change]
    assert f"  paragraph 9, {expected}" in str(report(changed(pair), small, ORIGINAL)).splitlines()


def test_a_copy_without_the_recorded_words_adds_nothing(small):
    text = changed(("count the fish", "weigh the fish"))
    assert report(text, small, document.parse(text)) == report(text, small)


@pytest.mark.parametrize("words", ["The", "the", "of", "a new"])
@pytest.mark.parametrize("number", [1, 3, 5, 8, 10])
def test_one_change_is_one_edit(small, number, words):
    """Whatever stands around it: one word replaced, some added, one taken away."""
    text = ORIGINAL.paragraphs[number].text
    old = text.split()
    for at in range(len(old)):
        for new in (
            [*old[:at], words, *old[at + 1 :]],
            [*old[:at], words, *old[at:]],
            [*old[:at], *old[at + 1 :]],
        ):
            copy = dict(ORIGINAL.paragraphs) | {
                number: Paragraph(number, ORIGINAL.paragraphs[number].section, " ".join(new))
            }
            compared = not_same(verify.verify(Document(ORIGINAL.sections, copy), small))
            assert len(compared[number].edits) == 1 if new != old else compared == {}


# --- a word that has the byte of another ----------------------------------------------------------


def twin(word):
    """Return another word with the same byte."""
    return next(
        other
        for other in (f"w{i}" for i in range(100_000))
        if fingerprint(other) == fingerprint(word)
    )


def test_a_word_with_the_byte_of_another_is_never_called_the_same(small):
    found = report(changed(("count the fish", f"{twin('count')} the fish")), small)
    (paragraph,) = not_same(found).values()
    assert (paragraph.status, paragraph.edits, paragraph.unidentified) == ("changed", (), True)
    assert "paragraph 9: a word differs that the fingerprint cannot identify" in str(found)
    assert "still in place: 9a" in str(found) and "recommendation 9b: changed, now at" in str(found)


def test_another_copy_identifies_that_word_too(small):
    found = report(changed(("count the fish", f"{twin('count')} the fish")), small, ORIGINAL)
    assert f"word 13: count -> {twin('count')} (" in str(found) and "cannot identify" not in str(
        found
    )


# --- paragraphs under other numbers ---------------------------------------------------------------


def test_a_paragraph_put_in_moves_those_after_it(small):
    found = report(
        renumbered(
            changed(("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4."))
        ),
        small,
    )
    assert found.summary == "10 paragraphs: 2 same, 8 moved; 1 extra in the file"
    assert {
        each.number: each.found.number for each in found.paragraphs if each.status == "moved"
    } == {n: n + 1 for n in range(3, 11)}
    assert "paragraph 5: moved, now paragraph 6; its 5 spans fit there" in str(found).splitlines()


def test_a_paragraph_taken_out_moves_those_after_it(small):
    text = SUMMARY.replace(
        next(block for block in SUMMARY.split("\n\n") if block.startswith("4. ")) + "\n\n", ""
    )
    assert report(renumbered(text), small).summary == "10 paragraphs: 3 same, 6 moved, 1 missing"


def test_a_paragraph_that_is_moved_and_changed_is_found_by_its_other_words(small):
    text = changed(
        ("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4."),
        ("count the", "weigh the"),
    )
    found = report(renumbered(text), small)
    assert found.counts == {"same": 2, "changed": 1, "moved": 7, "missing": 0, "extra": 1}
    assert 'paragraph 9: changed, now paragraph 10\n  paragraph 10, word 13: "weigh"' in str(found)


def test_a_paragraph_with_other_words_throughout_is_another_paragraph(small):
    text = SUMMARY.replace(LAST, "10. Whoever reads on will meet nothing known at all.")
    assert report(text, small).counts == {
        "same": 9,
        "changed": 0,
        "moved": 0,
        "missing": 1,
        "extra": 1,
    }


def test_two_paragraphs_that_change_places_have_only_moved(small):
    four, seven = (next(b for b in SUMMARY.split("\n\n") if b.startswith(f"{n}. ")) for n in (4, 7))
    found = report(
        SUMMARY.replace(four, "X").replace(seven, "7" + four[1:]).replace("X", "4" + seven[1:]),
        small,
    )
    assert {n: each.found.number for n, each in not_same(found).items()} == {4: 7, 7: 4}


def test_names_of_a_moved_paragraph_are_looked_for_under_its_new_number(small):
    small = with_cell(small, "actor_names", 3, "name", "Mill Society")
    text = renumbered(
        changed(("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4."))
    )
    (problem,) = report(text, small).problems
    assert str(problem).startswith(
        "actor_names.csv:5:name name that paragraph 4 (5 in the document) does not contain"
    )
