"""Verifying the record against a copy of the document: what differs is named by paragraph, word and span."""

import dataclasses
import json
import pickle
import random
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import document, paths, verify
from analysis import record as coded
from analysis.__main__ import main
from analysis.document import Document, Paragraph, digest, fingerprint
from benchmarks import papers

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = (MINI / "summary.md").read_text(encoding="utf-8")
ORIGINAL = document.parse(SUMMARY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = shutil.copytree(MINI, tmp_path_factory.mktemp("data") / "mini")
    shutil.copy(paths.DATA / paths.SCHEMA, folder)
    return folder


@pytest.fixture(scope="module")
def record(folder):
    return coded.load(folder)


def report(text, record, against=None):
    return verify.verify(document.parse(text), record, against)


def changed(*changes):
    """Return the summary with words replaced; each must stand there once."""
    text = SUMMARY
    for before, _ in changes:
        assert text.count(before) == 1, before
    before = re.compile("|".join(re.escape(before) for before, _ in changes))
    return before.sub(lambda found: dict(changes)[found[0]], text)


def renumbered(text):
    """Number the paragraphs of a text anew, in order."""
    count = iter(range(1, 100))
    blocks = text.split("\n\n")
    return "\n\n".join(f"{next(count)}. {b.split('. ', 1)[1]}" if b.split(".")[0].isdigit() else b for b in blocks)


def not_same(report):
    return {each.number or f"extra {each.found_number}": each for each in report.paragraphs if each.status != verify.SAME}


# --- what is the same ----------------------------------------------------------------------------------------------


def test_the_record_agrees_with_its_document(record):
    found = report(SUMMARY, record)
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
def test_the_same_words_in_other_mark_up_are_the_same(record, before, after):
    assert before in SUMMARY
    assert report(SUMMARY.replace(before, after), record).clean


# --- what differs, as it is told -----------------------------------------------------------------------------------

LAST = "10. A common purse should be found for river towns. States should keep engines off rivers in spring."
# What is changed in the document, and what is said of it.
TOLD = {
    "one word": (
        [("count the fish", "weigh the fish")],
        """10 paragraphs: 9 same, 1 changed

paragraph 9: changed
  paragraph 9, word 13: "weigh" in place of 1 word of the record (They should also [weigh] the fish that)
  still at their place: 9a
  recommendation 9b: changed, now at 54 to 96""",
    ),
    "one letter at the very end": (
        [("rivers in spring.", "rivers in springs.")],
        """10 paragraphs: 9 same, 1 changed

paragraph 10: changed
  paragraph 10, word 17: "springs." in place of 1 word of the record (off rivers in [springs.])
  still at their place: 10a
  recommendation 10b: changed, now at 48 to 97""",
    ),
    "words more and words gone": (
        [("weirs stop fish on their way. It", "weirs stop big, old fish. It")],
        """10 paragraphs: 9 same, 1 changed

paragraph 5: changed
  paragraph 5, word 12: "big, old fish." in place of 4 words of the record (the weirs stop [big, old fish.] It asked for)
  statement 5a: changed, now at 0 to 69
  statement 5b: unchanged, now at 70 to 106
  statement 5c: unchanged, now at 107 to 138
  claim q5b: unchanged, now at 120 to 123
  still at their place: q5a""",
    ),
    "a sentence is gone": (
        [("It asked for a ladder at every weir. ", "")],
        """10 paragraphs: 9 same, 1 changed

paragraph 5: changed
  paragraph 5, after word 15: 8 words of the record are gone (on their way. [|] It had built)
  still at their place: 5a, q5a
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


@pytest.mark.parametrize("change", TOLD)
def test_what_differs_is_told_paragraph_by_paragraph(record, change):
    changes, told = TOLD[change]
    found = report(changed(*changes), record)
    assert sorted(str(found).splitlines()) == sorted(told.splitlines())
    assert str(found).splitlines()[0] == told.splitlines()[0]
    assert not found.clean and found.problems == ()


# With a copy that has the recorded words.
AGAINST = {
    "replaced": (("count the fish", "weigh the fish"), "word 13: count -> weigh (They should also [weigh] the fish that)"),
    "new": (("also count", "also gently count"), 'word 13: "gently" is new (They should also [gently] count the fish)'),
    "gone": (("also count", "count"), 'after word 11: "also" of the record is gone (old. They should [|] count the fish)'),
    "gone at the beginning": (
        ("9. States should", "9. should"),
        'before word 1: "States" of the record is gone ([|] should build fish)',
    ),
}


@pytest.mark.parametrize("change", AGAINST)
def test_against_another_copy_both_sides_are_shown_in_words(record, change):
    pair, told = AGAINST[change]
    assert f"  paragraph 9, {told}" in str(report(changed(pair), record, ORIGINAL)).splitlines()


def test_a_copy_that_has_not_the_recorded_words_adds_nothing(record):
    text = changed(("count the fish", "weigh the fish"))
    assert report(text, record, document.parse(text)) == report(text, record)


@pytest.mark.parametrize("words", ["The", "the", "of", "a new"])
@pytest.mark.parametrize("number", [1, 3, 5, 8, 10])
def test_one_change_is_one_edit(record, number, words):
    """Whatever stands around it: one word replaced, some added, one taken away."""
    text = ORIGINAL.paragraphs[number].text
    old = text.split()
    for at in range(len(old)):
        for new in ([*old[:at], words, *old[at + 1 :]], [*old[:at], words, *old[at:]], [*old[:at], *old[at + 1 :]]):
            copy = dict(ORIGINAL.paragraphs) | {number: Paragraph(number, ORIGINAL.paragraphs[number].section, " ".join(new))}
            compared = not_same(verify.verify(Document(ORIGINAL.sections, copy), record))
            assert len(compared[number].edits) == 1 if new != old else compared == {}


# --- a word that has the byte of another ---------------------------------------------------------------------------


def twin(word):
    """Return another word with the same byte."""
    return next(other for other in (f"w{i}" for i in range(100_000)) if fingerprint(other) == fingerprint(word))


def test_a_word_with_the_byte_of_another_is_never_called_the_same(record):
    found = report(changed(("count the fish", f"{twin('count')} the fish")), record)
    (paragraph,) = not_same(found).values()
    assert (paragraph.status, paragraph.edits, paragraph.untold) == ("changed", (), True)
    assert "paragraph 9: a word differs that the fingerprint cannot tell" in str(found)
    assert "still at their place: 9a" in str(found) and "recommendation 9b: changed, now at" in str(found)


def test_another_copy_tells_that_word_too(record):
    found = report(changed(("count the fish", f"{twin('count')} the fish")), record, ORIGINAL)
    assert f"word 13: count -> {twin('count')} (" in str(found) and "cannot tell" not in str(found)


# --- paragraphs under other numbers --------------------------------------------------------------------------------


def test_a_paragraph_put_in_moves_those_after_it(record):
    found = report(renumbered(changed(("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4."))), record)
    assert found.summary == "10 paragraphs: 2 same, 8 moved; 1 extra in the file"
    assert {each.number: each.found_number for each in found.paragraphs if each.status == "moved"} == {
        n: n + 1 for n in range(3, 11)
    }
    assert "paragraph 5: moved, now paragraph 6; its 5 spans fit there" in str(found).splitlines()


def test_a_paragraph_taken_out_moves_those_after_it(record):
    text = SUMMARY.replace(next(block for block in SUMMARY.split("\n\n") if block.startswith("4. ")) + "\n\n", "")
    assert report(renumbered(text), record).summary == "10 paragraphs: 3 same, 6 moved, 1 missing"


def test_a_paragraph_that_is_moved_and_changed_is_found_by_its_other_words(record):
    text = changed(("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4."), ("count the", "weigh the"))
    found = report(renumbered(text), record)
    assert found.counts == {"same": 2, "changed": 1, "moved": 7, "missing": 0, "extra": 1}
    assert 'paragraph 9: changed, now paragraph 10\n  paragraph 10, word 13: "weigh"' in str(found)


def test_a_paragraph_with_other_words_throughout_is_another_paragraph(record):
    text = SUMMARY.replace(LAST, "10. Whoever reads on will meet nothing known at all.")
    assert report(text, record).counts == {"same": 9, "changed": 0, "moved": 0, "missing": 1, "extra": 1}


def test_two_paragraphs_that_change_places_have_only_moved(record):
    four, seven = (next(b for b in SUMMARY.split("\n\n") if b.startswith(f"{n}. ")) for n in (4, 7))
    found = report(SUMMARY.replace(four, "X").replace(seven, "7" + four[1:]).replace("X", "4" + seven[1:]), record)
    assert {n: each.found_number for n, each in not_same(found).items()} == {4: 7, 7: 4}


def test_names_of_a_moved_paragraph_are_looked_for_under_its_new_number(folder):
    record = coded.load(folder)
    record.actor_names.loc[3, "name"] = "Mill Society"
    text = renumbered(changed(("II. Opening\n\n3.", "II. Opening\n\n3. Nobody has said this before.\n\n4.")))
    (problem,) = report(text, record).problems
    assert str(problem).startswith("actor_names.csv:5:name name that paragraph 4 (5 in the document) does not hold")


# --- spans ---------------------------------------------------------------------------------------------------------

# What is changed in the document -> what became of spans: where they are now, as words.
SPANS = {
    "a number in it": ([("12 clubs", "13 clubs")], {"q2a": ("changed", "13"), "q2b": ("fits", "Five")}),
    "two numbers swapped": (
        [("(3 schools and 2 shops)", "(2 schools and 3 shops)")],
        {"q2c": ("changed", "2"), "q2d": ("changed", "3"), "q2e": ("fits", "4")},
    ),
    "words before it": (
        [("5. The Mill", "5. Indeed, the Mill"), ("at every weir", "at each weir")],
        {
            "5a": ("changed", "Indeed, the Mill Museum said that two thirds of the weirs stop fish on their way."),
            "5b": ("changed", "It asked for a ladder at each weir."),
            "5c": ("elsewhere", "It had built one ladder itself."),
            "q5a": ("elsewhere", "two thirds"),
            "q5b": ("elsewhere", "one"),
        },
    ),
    "a sentence moved to another paragraph": (
        [(" It had built\none ladder itself.", ""), ("birds away.", "birds away. It had built one ladder itself.")],
        {"5c": ("elsewhere", "It had built one ladder itself."), "q5b": ("elsewhere", "one"), "5b": ("fits", None)},
    ),
    "sentences change places": (
        [
            ("States should build fish ladders where weirs are old. They", "They"),
            ("fish that pass.", "fish that pass. States should build fish ladders where weirs are old."),
        ],
        {"9a": ("elsewhere", "States should build fish ladders where weirs are old."), "9b": ("elsewhere", None)},
    ),
    "it is gone": ([(" States should keep engines off rivers in spring.", "")], {"10b": ("lost", None), "10a": ("fits", None)}),
    "its paragraph is divided": (
        [("on their way. It asked", "on their way.\n\n6. It asked"), *((f"\n\n{n}. ", f"\n\n{n + 1}. ") for n in range(6, 11))],
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
def test_a_span_is_followed_to_where_it_is_now(record, change, against):
    changes, expected = SPANS[change]
    copy = document.parse(changed(*changes))
    fates = {fate.span.id: fate for each in verify.verify(copy, record, against).paragraphs for fate in each.spans}
    for id, (status, words) in expected.items():
        fate = fates[id]
        assert (id, fate.status) == (id, status)
        if words:
            assert copy.paragraphs[fate.place.paragraph].text[fate.place.start : fate.place.end] == words
        if status in ("fits", "elsewhere"):
            place = fate.place
            assert digest(copy.paragraphs[place.paragraph].text[place.start : place.end]) == fate.span.sha256


# --- what is wrong in the record -----------------------------------------------------------------------------------

# Cells of the record that the document contradicts: table, row, column, cell -> what is said.
CELLS = [
    ("statements", 3, "start", 75, "statements.csv:5:sha256 other words in paragraph 5, 75 to 110"),
    ("statements", 3, "sha256", "0" * 64, "statements.csv:5:sha256 other words in paragraph 5, 74 to 110"),
    ("recommendations", 0, "end", 50, "recommendations.csv:2:sha256 other words in paragraph 9, 0 to 50"),
    ("claims", 5, "end", 35, "claims.csv:7:sha256 other words in paragraph 5, 26 to 35"),
    ("actor_names", 3, "name", "Mill Society", "actor_names.csv:5:name name that paragraph 4 does not hold"),
    ("mentions", 0, "name", "River Treaty", "mentions.csv:2:name name that paragraph 1 does not hold"),
    ("paragraphs", 0, "length", 117, "paragraphs.csv:2:length wrong length of paragraph 1: found '117', must be 118 code"),
    ("paragraphs", 0, "fingerprint", "00", "paragraphs.csv:2:fingerprint not the fingerprint of paragraph 1"),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[0]}-{cell[2]}")
def test_a_wrong_cell_of_the_record_is_named(folder, cell):
    table, row, column, value, said = cell
    record = coded.load(folder)
    getattr(record, table).loc[row, column] = value
    found = report(SUMMARY, record)
    (problem,) = found.problems
    assert str(problem).startswith(said)
    assert not found.clean and found.summary == "10 paragraphs: 10 same; 1 problem in the record"
    assert str(found).splitlines()[-1] == str(problem)


def test_a_wrong_hash_of_a_paragraph_makes_it_changed_and_no_word_of_it_can_be_named(folder):
    record = coded.load(folder)
    record.paragraphs.loc[0, "sha256"] = "0" * 64
    assert not_same(report(SUMMARY, record))[1].untold


def test_a_fingerprint_that_is_none_is_named(folder):
    record = coded.load(folder)
    record.paragraphs.loc[0, "fingerprint"] = "abc"
    with pytest.raises(ValueError, match="paragraphs.csv:2:fingerprint Invalid fingerprint of paragraph 1. Must be two"):
        report(SUMMARY, record)


def test_names_are_compared_without_capitals(folder):
    record = coded.load(folder)
    record.actor_names.loc[3, "name"] = "THE MILL MUSEUM"
    assert report(SUMMARY, record).clean


def test_spans_of_a_changed_paragraph_are_no_problems_of_the_record(record):
    """The change of the paragraph explains them."""
    assert report(changed(("It asked for a ladder", "It begged for a ladder")), record).problems == ()


# --- the report as data --------------------------------------------------------------------------------------------


def test_a_report_as_json_has_every_part_that_is_documented(record):
    found = json.loads(json.dumps(report(changed(("count the fish", "weigh the fish")), record, ORIGINAL).json()))
    (paragraph,) = found["paragraphs"]
    assert found["summary"] == {"paragraphs": 10, "same": 9, "changed": 1, "moved": 0, "missing": 0, "extra": 0}
    assert (found["clean"], found["problems"]) == (False, [])
    assert {key: paragraph[key] for key in ("status", "number", "section", "found", "untold")} == {
        "status": "changed",
        "number": 9,
        "section": "IV",
        "found": {"number": 9, "section": "IV"},
        "untold": False,
    }
    assert paragraph["edits"] == [
        {
            "record": [12, 13],
            "file": [12, 13],
            "words": ["weigh"],
            "gone": ["count"],
            "before": ["They", "should", "also"],
            "after": ["the", "fish", "that"],
        }
    ]
    place = {"paragraph": 9, "start": 54, "end": 96}
    assert paragraph["spans"][1] == {
        "table": "recommendations",
        "id": "9b",
        "start": 54,
        "end": 96,
        "status": "changed",
        "found": place,
    }


def test_a_report_can_be_sent_to_another_process(record):
    found = report(changed(("count the fish", "weigh the fish")), record)
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(dataclasses.is_dataclass(each) for each in (found, *found.paragraphs))


def test_the_record_can_be_sent_without_its_tables(record):
    small = verify.reference(record)
    assert verify.verify(ORIGINAL, pickle.loads(pickle.dumps(small))) == verify.verify(ORIGINAL, record)


# --- any edit at all -----------------------------------------------------------------------------------------------

# Words with bytes of their own, so that a byte stands for a word.
VOCABULARY = list({fingerprint(word): word for word in (f"w{i}" for i in range(400))}.values())[:60]


def recorded(words, spans):
    """Return a record of one paragraph, with spans from word to word."""
    text = " ".join(words)
    starts = [len(" ".join(words[:i])) + (i > 0) for i in range(len(words))]
    places = [(starts[a], starts[b] + len(words[b])) for a, b in spans]
    rows = [{"id": f"s{i}", "paragraph": 1, "start": a, "end": b, "sha256": digest(text[a:b])} for i, (a, b) in enumerate(places)]
    paragraph = {"number": 1, "section": "I", "length": len(text), "sha256": digest(text), "fingerprint": fingerprint(text)}
    empty = {name: pd.DataFrame({"paragraph": []}) for name in ("recommendations", "claims", "actor_names", "mentions")}
    statements = pd.DataFrame(rows, columns=["id", "paragraph", "start", "end", "sha256"])
    return SimpleNamespace(paragraphs=pd.DataFrame([paragraph]), statements=statements, **empty)


def one(words):
    return Document((), {1: Paragraph(1, "I", " ".join(words))})


@st.composite
def edited(draw):
    """Draw the words of a paragraph, spans in it, and the words after some were replaced, put in and taken out."""
    words = draw(st.lists(st.sampled_from(VOCABULARY), min_size=8, max_size=40))
    spans = draw(st.lists(st.tuples(*[st.integers(0, len(words) - 1)] * 2).map(sorted).map(tuple), max_size=4))
    after = list(words)
    for _ in range(draw(st.integers(0, 4))):
        at, gone = draw(st.integers(0, len(after))), draw(st.integers(0, 2))
        after[at : at + gone] = draw(st.lists(st.sampled_from(VOCABULARY), max_size=2))
    return words, spans, after or words


@settings(deadline=None)
@given(edited(), st.booleans())
def test_edits_applied_to_the_recorded_words_give_the_words_of_the_file(case, known):
    words, spans, after = case
    found = verify.verify(one(after), recorded(words, spans), one(words) if known else None)
    assert found.clean == (words == after)
    if found.counts["changed"]:
        made = list(words)
        for edit in reversed(found.paragraphs[0].edits):
            assert edit.gone in (None, tuple(words[edit.start : edit.end]))
            assert edit.words == tuple(after[edit.at : edit.to])
            made[edit.start : edit.end] = edit.words
        assert made == after


@settings(deadline=None)
@given(edited(), st.booleans())
def test_a_span_that_is_said_to_be_unchanged_has_its_words_and_any_other_has_not(case, known):
    words, spans, after = case
    found = verify.verify(one(after), recorded(words, spans), one(words) if known else None)
    text = " ".join(after)
    for fate in found.paragraphs[0].spans:
        span, place = fate.span, fate.place
        assert (place is None) == (fate.status == "lost")
        if place:
            assert 0 <= place.start < place.end <= len(text)
            assert (digest(text[place.start : place.end]) == span.sha256) == (fate.status in ("fits", "elsewhere"))
        assert (fate.status == "fits") == (
            place is not None and (place.start, place.end) == (span.start, span.end) and unchanged(fate, text)
        )


def unchanged(fate, text):
    return digest(text[fate.place.start : fate.place.end]) == fate.span.sha256


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path):
    """A copy of the summary with one word changed."""
    (tmp_path / "copy.md").write_text(changed(("count the fish", "weigh the fish")), encoding="utf-8")
    return str(tmp_path / "copy.md")


def test_the_command_says_how_much_is_the_same(folder, capsys):
    assert main(["verify", str(MINI / "summary.md"), "--data", str(folder)]) == 0
    assert capsys.readouterr().out == "10 paragraphs: 10 same\n"


def test_the_command_names_the_word_that_differs(folder, other, capsys):
    assert main(["verify", other, "--data", str(folder)]) == 1
    assert 'paragraph 9, word 13: "weigh" in place of 1 word of the record' in capsys.readouterr().out


def test_the_command_shows_both_words_against_another_copy(folder, other, capsys):
    assert main(["verify", other, "--against", str(MINI / "summary.md"), "--data", str(folder)]) == 1
    assert "count -> weigh" in capsys.readouterr().out


def test_the_command_gives_json(folder, other, record, capsys):
    assert main(["verify", other, "--format", "json", "--data", str(folder)]) == 1
    expected = report(Path(other).read_text(encoding="utf-8"), record).json()
    assert json.loads(capsys.readouterr().out) == {"file": other, **expected}


UNREADABLE = {
    "no such file": (None, "No file "),
    "not UTF-8": ("I. Anf\xe4nge".encode("latin-1"), "is not UTF-8 text"),
    "no summary": (b"A letter.\n", "no numbered paragraph"),
    "the numbers were lost": (b"I. One\n\nA.\n\nC.\n", "the numbers were lost"),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("role", ["file", "against"])
def test_the_command_cannot_run_on_what_is_no_summary(folder, tmp_path, capsys, name, role):
    content, message = UNREADABLE[name]
    if content is not None:
        (tmp_path / "copy.md").write_bytes(content)
    broken, whole = str(tmp_path / "copy.md"), str(MINI / "summary.md")
    files = [broken] if role == "file" else [whole, "--against", broken]
    assert main(["verify", *files, "--data", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


@pytest.fixture
def several(tmp_path):
    """A folder with a copy that is the same, one that is not, and one that is no summary."""
    folder = tmp_path / "several"
    folder.mkdir()
    (folder / "1.md").write_text(SUMMARY, encoding="utf-8")
    (folder / "2.md").write_text(changed(("count the fish", "weigh the fish")), encoding="utf-8")
    (folder / "3.txt").write_text("A letter.\n", encoding="utf-8")
    return folder


def test_the_command_takes_several_files_and_heads_each_block_with_its_path(folder, several, capsys):
    first, second, third = (str(several / name) for name in ("1.md", "2.md", "3.txt"))
    assert main(["verify", first, second, "--jobs", "1", "--data", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{first}: 10 paragraphs: 10 same"
    assert lines[1:4] == [f"{second}: 10 paragraphs: 9 same, 1 changed", "", "paragraph 9: changed"]
    assert lines[-1] == "2 files: 1 same, 1 different"


def test_a_file_that_cannot_be_read_is_told_after_the_others_are_done(folder, several, capsys):
    assert main(["verify", str(several), "--jobs", "1", "--data", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "3 files: 1 same, 1 different, 1 not read"
    assert "1 of 3 files could not be read:" in printed.err.splitlines()
    assert printed.err.splitlines()[-1].startswith(f"Invalid file '{several / '3.txt'}': no numbered")


def test_the_command_gives_a_list_in_json_for_several_files(folder, several, record, capsys):
    assert main(["verify", str(several), "--format", "json", "--jobs", "2", "--data", str(folder)]) == 2
    in_two = capsys.readouterr().out
    first, second, third = json.loads(in_two)
    assert first == {"file": str(several / "1.md"), **report(SUMMARY, record).json()}
    assert (second["clean"], second["summary"]["changed"]) == (False, 1)
    assert third.keys() == {"file", "error"}
    main(["verify", str(several), "--format", "json", "--jobs", "1", "--data", str(folder)])
    assert capsys.readouterr().out == in_two


def test_the_same_files_are_0(folder, several, capsys):
    assert main(["verify", str(several / "1.md"), str(several / "1.md"), str(MINI / "summary.md"), "--data", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 files: 2 same"


@pytest.mark.parametrize(
    ("arguments", "message"), [(["FOLDER"], "No document in folder"), (["FILE", "--jobs", "0"], "of workers 0")]
)
def test_a_call_that_cannot_be_right_is_2_in_one_line(folder, tmp_path, capsys, arguments, message):
    (tmp_path / "empty").mkdir()
    meant = {"FOLDER": str(tmp_path / "empty"), "FILE": str(MINI / "summary.md")}
    assert main(["verify", *(meant.get(word, word) for word in arguments), "--data", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


# --- the real document ---------------------------------------------------------------------------------------------


def test_the_shipped_record_agrees_with_the_source(source, capsys):
    assert main(["verify", str(source)]) == 0
    assert capsys.readouterr().out == "47 paragraphs: 47 same\n"


@pytest.fixture(scope="module")
def shipped():
    return verify.reference(coded.load())


@pytest.mark.parametrize("number", [1, 21, 47])
def test_one_changed_word_of_the_source_is_one_edit(source, shipped, number):
    before, after = f"\n{number}. ", f"\n{number}. Indeed "
    text = source.read_text(encoding="utf-8")
    assert text.count(before) == 1
    found = verify.verify(document.parse(text.replace(before, after)), shipped)
    (paragraph,) = not_same(found).values()
    (edit,) = paragraph.edits
    assert (paragraph.number, edit.at, edit.words, edit.start, edit.end) == (number, 0, ("Indeed",), 0, 0)
    assert {fate.status for fate in paragraph.spans} <= {"elsewhere", "changed"}


def test_fingerprints_alone_find_the_spans_of_the_source_where_its_words_do(source, shipped):
    """Three words of every paragraph replaced: with and without a copy that has the recorded words."""
    original, rng = document.read(source), random.Random(53)
    copy = {}
    for number, paragraph in original.paragraphs.items():
        words = paragraph.text.split()
        for at in rng.sample(range(len(words)), min(3, len(words))):
            words[at] = rng.choice(["wordless", "is", "otherwise,"])
        copy[number] = Paragraph(number, paragraph.section, " ".join(words))
    copy = Document(original.sections, copy)
    blind, seen = (verify.verify(copy, shipped, against) for against in (None, original))
    pairs = [
        (a, b) for x, y in zip(blind.paragraphs, seen.paragraphs, strict=True) for a, b in zip(x.spans, y.spans, strict=True)
    ]
    differing = [(a, b) for a, b in pairs if a.status != b.status]
    assert differing == []
    assert len([1 for a, b in pairs if a != b]) <= len(pairs) // 20


# --- every form of the document ------------------------------------------------------------------------------------

FORMS = {
    "text": ("s.txt", papers.markdown),
    "PDF": ("s.pdf", papers.pdf),
    "Word": ("s.docx", papers.word),
    "HTML": ("s.html", papers.html),
}


def reworded(read, number, before, after):
    """A document with a word of one paragraph replaced."""
    paragraph = read.paragraphs[number]
    assert f" {before} " in paragraph.text
    text = paragraph.text.replace(f" {before} ", f" {after} ", 1)
    return dataclasses.replace(read, paragraphs=read.paragraphs | {number: dataclasses.replace(paragraph, text=text)})


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_source_agrees_with_the_record(form, source, tmp_path, capsys):
    """Made from the source with running headers, page numbers and footnotes."""
    name, make = FORMS[form]
    assert main(["verify", str(make(document.read(source), tmp_path / name))]) == 0
    assert capsys.readouterr().out == "47 paragraphs: 47 same\n"


@pytest.mark.parametrize(
    ("number", "before", "after"), [(4, "participated", "engaged"), (20, "doctors", "nurses"), (45, "religious", "lay")]
)
@pytest.mark.parametrize("form", FORMS)
def test_in_every_form_one_changed_word_is_named(form, number, before, after, source, tmp_path, capsys):
    name, make = FORMS[form]
    copy = make(reworded(document.read(source), number, before, after), tmp_path / name)
    assert main(["verify", str(copy)]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("47 paragraphs: 46 same, 1 changed\n")
    assert printed.count("\nparagraph ") == 1 and f"\nparagraph {number}: changed" in printed
    assert f'"{after}" in place of 1 word of the record' in printed


def test_lost_numbers_are_said(folder, tmp_path, capsys):
    (tmp_path / "copy.md").write_text(SUMMARY.replace("\n7. The", "\nThe"), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.md"), "--data", str(folder)]) == 1
    assert "Number 7 was not found: the words of paragraph 7 may stand in paragraph 6." in capsys.readouterr().out
