"""The command `verify`, and the source document in every form."""

import dataclasses
import json
import random
from pathlib import Path

import pytest
from copies import MINI, SUMMARY, changed, not_same, report

from analysis import document, verify
from analysis.__main__ import main
from analysis.document import Document, Paragraph
from benchmarks import papers

# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path):
    """A copy of the summary with one word changed."""
    (tmp_path / "copy.md").write_text(
        changed(("count the fish", "weigh the fish")), encoding="utf-8"
    )
    return str(tmp_path / "copy.md")


def test_the_command_says_how_much_is_the_same(mini, capsys):
    assert main(["verify", str(MINI / "summary.md"), "--data", str(mini)]) == 0
    assert capsys.readouterr().out == "10 paragraphs: 10 same\n"


def test_the_command_names_the_word_that_differs(mini, other, capsys):
    assert main(["verify", other, "--data", str(mini)]) == 1
    assert (
        'paragraph 9, word 13: "weigh" in place of 1 word of the record' in capsys.readouterr().out
    )


def test_the_command_shows_both_words_against_another_copy(mini, other, capsys):
    assert main(["verify", other, "--against", str(MINI / "summary.md"), "--data", str(mini)]) == 1
    assert "count -> weigh" in capsys.readouterr().out


def test_the_command_gives_json(mini, other, small, capsys):
    assert main(["verify", other, "--format", "json", "--data", str(mini)]) == 1
    expected = report(Path(other).read_text(encoding="utf-8"), small).json()
    assert json.loads(capsys.readouterr().out) == {"file": other, **expected}


UNREADABLE = {
    "no such file": (None, "No file "),
    "not UTF-8": ("I. Anf\xe4nge".encode("latin-1"), "is not UTF-8 text"),
    "no summary": (b"A letter.\n", "no numbered paragraph"),
    "the numbers were lost": (b"I. One\n\nA.\n\nC.\n", "the numbers were lost"),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("role", ["file", "against"])
def test_the_command_cannot_run_on_what_is_no_summary(mini, tmp_path, capsys, name, role):
    content, message = UNREADABLE[name]
    if content is not None:
        (tmp_path / "copy.md").write_bytes(content)
    broken, whole = str(tmp_path / "copy.md"), str(MINI / "summary.md")
    files = [broken] if role == "file" else [whole, "--against", broken]
    assert main(["verify", *files, "--data", str(mini)]) == 2
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


def test_the_command_takes_several_files_and_heads_each_block_with_its_path(mini, several, capsys):
    first, second, third = (str(several / name) for name in ("1.md", "2.md", "3.txt"))
    assert main(["verify", first, second, "--jobs", "1", "--data", str(mini)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{first}: 10 paragraphs: 10 same"
    assert lines[1:4] == [f"{second}: 10 paragraphs: 9 same, 1 changed", "", "paragraph 9: changed"]
    assert lines[-1] == "2 files: 1 same, 1 different"


def test_a_file_that_cannot_be_read_is_reported_after_the_others_are_done(mini, several, capsys):
    assert main(["verify", str(several), "--jobs", "1", "--data", str(mini)]) == 2
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "3 files: 1 same, 1 different, 1 not read"
    assert "1 of 3 files could not be read:" in printed.err.splitlines()
    assert printed.err.splitlines()[-1].startswith(
        f"Invalid file '{several / '3.txt'}': no numbered"
    )


def test_the_command_gives_a_list_in_json_for_several_files(mini, several, small, capsys):
    assert (
        main(["verify", str(several), "--format", "json", "--jobs", "2", "--data", str(mini)]) == 2
    )
    in_two = capsys.readouterr().out
    first, second, third = json.loads(in_two)
    assert first == {"file": str(several / "1.md"), **report(SUMMARY, small).json()}
    assert (second["clean"], second["summary"]["changed"]) == (False, 1)
    assert third.keys() == {"file", "error"}
    main(["verify", str(several), "--format", "json", "--jobs", "1", "--data", str(mini)])
    assert capsys.readouterr().out == in_two


def test_the_same_files_are_0(mini, several, capsys):
    assert (
        main(
            [
                "verify",
                str(several / "1.md"),
                str(several / "1.md"),
                str(MINI / "summary.md"),
                "--data",
                str(mini),
            ]
        )
        == 0
    )
    assert capsys.readouterr().out.splitlines()[-1] == "2 files: 2 same"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["FOLDER"], "No document in folder"), (["FILE", "--jobs", "0"], "of workers 0")],
)
def test_a_call_that_cannot_be_right_is_2_in_one_line(mini, tmp_path, capsys, arguments, message):
    (tmp_path / "empty").mkdir()
    meant = {"FOLDER": str(tmp_path / "empty"), "FILE": str(MINI / "summary.md")}
    assert (
        main(["verify", *(meant.get(word, word) for word in arguments), "--data", str(mini)]) == 2
    )
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


# --- the real document ----------------------------------------------------------------------------


def test_the_shipped_record_agrees_with_the_source(source, capsys):
    assert main(["verify", str(source)]) == 0
    assert capsys.readouterr().out == "47 paragraphs: 47 same\n"


@pytest.fixture(scope="module")
def known(shipped):
    return verify.reference(shipped)


@pytest.mark.parametrize("number", [1, 21, 47])
def test_one_changed_word_of_the_source_is_one_edit(source, known, number):
    before, after = f"\n{number}. ", f"\n{number}. Indeed "
    text = source.read_text(encoding="utf-8")
    assert text.count(before) == 1
    found = verify.verify(document.parse(text.replace(before, after)), known)
    (paragraph,) = not_same(found).values()
    (edit,) = paragraph.edits
    assert (paragraph.number, edit.words, edit.record, edit.file) == (
        number,
        ("Indeed",),
        (0, 0),
        (0, 1),
    )
    assert {result.status for result in paragraph.spans} <= {"elsewhere", "changed"}


def test_fingerprints_alone_find_the_spans_of_the_source_where_its_words_do(source, known):
    """Three words of every paragraph are replaced."""
    original, rng = document.read(source), random.Random(53)
    copy = {}
    for number, paragraph in original.paragraphs.items():
        words = paragraph.text.split()
        for at in rng.sample(range(len(words)), min(3, len(words))):
            words[at] = rng.choice(["wordless", "is", "otherwise,"])
        copy[number] = Paragraph(number, paragraph.section, " ".join(words))
    copy = Document(original.sections, copy)
    blind, seen = (verify.verify(copy, known, against) for against in (None, original))
    pairs = [
        (a, b)
        for x, y in zip(blind.paragraphs, seen.paragraphs, strict=True)
        for a, b in zip(x.spans, y.spans, strict=True)
    ]
    differing = [(a, b) for a, b in pairs if a.status != b.status]
    assert differing == []
    assert len([1 for a, b in pairs if a != b]) <= len(pairs) // 20


# --- every form of the document -------------------------------------------------------------------

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
    return dataclasses.replace(
        read, paragraphs=read.paragraphs | {number: dataclasses.replace(paragraph, text=text)}
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_source_agrees_with_the_record(form, source, tmp_path, capsys):
    """Made from the source with running headers, page numbers and footnotes."""
    name, make = FORMS[form]
    assert main(["verify", str(make(document.read(source), tmp_path / name))]) == 0
    assert capsys.readouterr().out == "47 paragraphs: 47 same\n"


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [(4, "participated", "engaged"), (20, "doctors", "nurses"), (45, "religious", "lay")],
)
@pytest.mark.parametrize("form", FORMS)
def test_in_every_form_one_changed_word_is_named(
    form, number, before, after, source, tmp_path, capsys
):
    name, make = FORMS[form]
    copy = make(reworded(document.read(source), number, before, after), tmp_path / name)
    assert main(["verify", str(copy)]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("47 paragraphs: 46 same, 1 changed\n")
    assert printed.count("\nparagraph ") == 1 and f"\nparagraph {number}: changed" in printed
    assert f'"{after}" in place of 1 word of the record' in printed


def test_lost_numbers_are_reported(mini, tmp_path, capsys):
    (tmp_path / "copy.md").write_text(SUMMARY.replace("\n7. The", "\nThe"), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.md"), "--data", str(mini)]) == 1
    assert (
        "Number 7 was not found: the words of paragraph 7 may stand in paragraph 6."
        in capsys.readouterr().out
    )
