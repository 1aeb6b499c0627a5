"""The record beside the words of a copy: spans are confirmed, or marked where they differ."""

import re
from pathlib import Path

import pytest

from analysis import __main__ as command
from analysis import beside, document
from benchmarks import papers

SUMMARY = Path(__file__).parent / "data" / "mini" / "summary.md"
FORMS = {"text": ("s.txt", papers.markdown), "PDF": ("s.pdf", papers.pdf)}
FORMS["Word"] = ("s.docx", papers.word)


def written(small, copy, folder):
    counts = beside.write(small, copy, folder)
    return counts, (folder / beside.BESIDE_PAGE).read_text(encoding="utf-8")


def differing(page):
    """Return the ids of the items that are marked as different."""
    return re.findall(r"<h3>(\w+): differs</h3>", page)


@pytest.mark.parametrize("form", FORMS)
def test_every_span_of_a_true_copy_is_confirmed(form, small, tmp_path):
    name, make = FORMS[form]
    copy = document.read(make(document.read(SUMMARY), tmp_path / name))
    counts, page = written(small, copy, tmp_path / "out")
    coded = len(small.statements) + len(small.recommendations) + len(small.claims)
    assert counts == {"confirmed": coded, "differs": 0}
    assert differing(page) == []


def test_one_word_that_is_changed_marks_its_span(small, tmp_path):
    text = SUMMARY.read_text(encoding="utf-8").replace(
        "built\none ladder itself", "built\none fence itself"
    )
    counts, page = written(small, document.parse(text), tmp_path / "out")
    assert counts["differs"] == 1
    (changed,) = differing(page)
    assert changed.startswith("5") and "one fence itself" in page


def test_the_words_and_what_is_coded_are_side_by_side(small, tmp_path):
    _, page = written(small, document.read(SUMMARY), tmp_path / "out")
    for paragraph in document.read(SUMMARY).paragraphs.values():
        assert paragraph.text in page
    for table in (small.statements, small.recommendations):
        assert all(f'<article id="{id}">' in page for id in table.id)
        assert all(gist in page for gist in table.gist)


def test_the_page_says_that_it_must_not_be_published_and_fetches_nothing(small, tmp_path):
    _, page = written(small, document.read(SUMMARY), tmp_path / "out")
    assert beside.WARNING in page and 'content="noindex"' in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_words_that_are_markup_are_shown_as_they_are(small, tmp_path):
    copy = document.parse("I. One\n\n1. Boats & <b> <script>alert(1)</script> came.")
    _, page = written(small, copy, tmp_path / "out")
    assert "<script" not in page and "&lt;script" in page


def test_the_command_ends_as_verify_does(small_folder, tmp_path, capsys):
    arguments = ["beside", str(SUMMARY), "--data", str(small_folder), "--out"]
    assert command.main([*arguments, str(tmp_path / "out")]) == 0
    assert "must not be published" in capsys.readouterr().out
    assert command.main([*arguments, str(tmp_path / "out")]) == 2
    assert "Must be a new or empty folder" in capsys.readouterr().err


def test_every_span_of_the_source_is_confirmed(shipped, source, tmp_path):
    counts, _ = written(shipped, document.read(source), tmp_path / "out")
    assert counts["differs"] == 0 and counts["confirmed"] > 200
