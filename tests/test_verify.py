"""Verifying the record against a copy of the document: what differs is named by its paragraph."""

import shutil
from pathlib import Path

import pytest

from analysis import document, load, paths, verify
from analysis.__main__ import main

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = (MINI / "summary.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = shutil.copytree(MINI, tmp_path_factory.mktemp("data") / "mini")
    shutil.copy(paths.DATA / paths.SCHEMA, folder)
    return folder


@pytest.fixture(scope="module")
def record(folder):
    return load.dataset(folder)


def compare(text, record):
    return list(map(str, verify.verify(document.parse(text), record)))


def test_the_record_agrees_with_its_document(record):
    assert compare(SUMMARY, record) == []


RECORDED = "code points with the recorded hash"
# What is changed in the document, and what is said of it.
CHANGES = {
    "one word": (
        ("should also count the fish", "should also weigh the fish"),
        [f"paragraphs.csv:10:sha256 paragraph 9 has other words: found '96 code points', must be 96 {RECORDED}"],
    ),
    "one letter": (
        ("The Chair welcomed", "The Chair welcomes"),
        [f"paragraphs.csv:4:sha256 paragraph 3 has other words: found '95 code points', must be 95 {RECORDED}"],
    ),
    "the last paragraph is missing": (
        ("10. A common purse should be found for river towns. States should keep engines off rivers in spring.", ""),
        ["paragraphs.csv:11:number paragraph 10 is missing from the document"],
    ),
    "a paragraph is extra": (
        ("rivers in spring.\n", "rivers in spring.\n\n11. This is new.\n"),
        ["paragraphs.csv:1:number paragraph 11 of the document is not in the record"],
    ),
    "a heading stands elsewhere": (
        ("IV. What the Chair observes\n\n9. S", "9. S"),
        [
            "paragraphs.csv:10:section paragraph 9 stands elsewhere: found 'section III, 96 code points'",
            "paragraphs.csv:11:section paragraph 10 stands elsewhere: found 'section III, 96 code points'",
        ],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_document_is_named_by_its_paragraph(record, change):
    (before, after), said = CHANGES[change]
    assert SUMMARY.count(before) == 1
    assert compare(SUMMARY.replace(before, after), record) == said


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
    assert compare(SUMMARY.replace(before, after), record) == []


# Cells of the record that the document contradicts: table, row, column, cell -> what is said.
CELLS = [
    ("statements", 3, "start", 75, "statements.csv:5:sha256 other words in paragraph 5, 75 to 110"),
    ("statements", 3, "sha256", "0" * 64, "statements.csv:5:sha256 other words in paragraph 5, 74 to 110"),
    ("recommendations", 0, "end", 50, "recommendations.csv:2:sha256 other words in paragraph 9, 0 to 50"),
    ("claims", 5, "end", 35, "claims.csv:7:sha256 other words in paragraph 5, 26 to 35"),
    ("actor_names", 3, "name", "Mill Society", "actor_names.csv:5:name name that paragraph 4 does not hold"),
    ("mentions", 0, "name", "River Treaty", "mentions.csv:2:name name that paragraph 1 does not hold"),
    ("paragraphs", 0, "sha256", "0" * 64, "paragraphs.csv:2:sha256 paragraph 1 has other words"),
    ("paragraphs", 0, "length", 117, "paragraphs.csv:2:section paragraph 1 stands elsewhere"),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[0]}-{cell[2]}")
def test_a_wrong_cell_of_the_record_is_named(folder, cell):
    table, row, column, value, said = cell
    record = load.dataset(folder)
    getattr(record, table).loc[row, column] = value
    (problem,) = compare(SUMMARY, record)
    assert problem.startswith(said)


def test_names_are_compared_without_capitals(folder):
    record = load.dataset(folder)
    record.actor_names.loc[3, "name"] = "THE MILL MUSEUM"
    assert compare(SUMMARY, record) == []


def test_spans_of_a_changed_paragraph_are_not_listed_too(record):
    """The change of the paragraph explains them."""
    problems = compare(SUMMARY.replace("It asked for a ladder", "It begged for a ladder"), record)
    assert [problem.split()[0] for problem in problems] == ["paragraphs.csv:6:sha256"]


# --- the command ---------------------------------------------------------------------------------------------------


def test_the_command_says_how_much_agrees(folder, capsys):
    assert main(["verify", str(MINI / "summary.md"), "--data", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("10 paragraphs and 20 spans agree with ")


def test_the_command_names_the_paragraph_that_differs(folder, tmp_path, capsys):
    (tmp_path / "copy.md").write_text(SUMMARY.replace("count the fish", "weigh the fish"), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.md"), "--data", str(folder)]) == 1
    printed = capsys.readouterr()
    assert "paragraph 9 has other words" in printed.out
    assert printed.err == "1 problem found.\n"


UNREADABLE = {
    "no such file": (None, "No file "),
    "not UTF-8": ("I. Anf\xe4nge".encode("latin-1"), "is not UTF-8 text"),
    "no summary": (b"A letter.\n", "no numbered paragraph"),
    "a number left out": (b"I. One\n\n1. A.\n\n3. C.\n", "Invalid paragraph number 3. Must be 2."),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_the_command_cannot_run_on_what_is_no_summary(folder, tmp_path, capsys, name):
    content, message = UNREADABLE[name]
    if content is not None:
        (tmp_path / "copy.md").write_bytes(content)
    assert main(["verify", str(tmp_path / "copy.md"), "--data", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


# --- the real document ---------------------------------------------------------------------------------------------


def test_the_shipped_record_agrees_with_the_source(source, capsys):
    assert main(["verify", str(source)]) == 0
    assert capsys.readouterr().out.startswith("47 paragraphs and ")


@pytest.mark.parametrize("number", [1, 21, 47])
def test_one_changed_word_of_the_source_names_its_paragraph(source, tmp_path, capsys, number):
    before, after = f"\n{number}. ", f"\n{number}. Indeed "
    text = source.read_text(encoding="utf-8")
    assert text.count(before) == 1
    (tmp_path / "copy.md").write_text(text.replace(before, after), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.md")]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"paragraphs.csv:{number + 1}:sha256 paragraph {number} has other words")
