"""What real documents do to a reader: every entry of tests/cases, by its label."""

from pathlib import Path

import pytest
import yaml

from analysis import document
from analysis.document import structure

FOLDER = Path(__file__).parent / "cases"
SIGNS = str.maketrans({"␌": "\f", "␉": "\t", "⍽": "\u00a0", "␤": "\u00ad", "␀": "\u200b"})
CASES = [
    pytest.param(
        case,
        id=f"{path.stem}-{case['label']}",
        marks=[pytest.mark.xfail(reason=case["cure"], strict=True)] if "cure" in case else [],
    )
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
FOUND = {
    "paragraphs": lambda read: {
        number: paragraph.text for number, paragraph in read.paragraphs.items()
    },
    "sections": lambda read: {section.number: section.title for section in read.sections},
    "front": lambda read: list(read.front),
    "blocks": lambda read: list(read.blocks),
    "footnotes": lambda read: {note.mark: note.text for note in read.footnotes},
    "headings": lambda read: {
        number: paragraph.heading
        for number, paragraph in read.paragraphs.items()
        if paragraph.heading
    },
    "pages": lambda read: {number: paragraph.page for number, paragraph in read.paragraphs.items()},
    "annexes": lambda read: {annex.front[0]: FOUND["paragraphs"](annex) for annex in read.annexes},
}


@pytest.mark.parametrize("case", CASES)
def test_case(case, monkeypatch):
    text = case["text"].translate(SIGNS)
    if case.get("flat"):
        monkeypatch.setattr(structure, "FLAT", 100)  # a whole document is longer than a case
        text = " ".join(text.split())
    read = document.parse(text)
    for key in FOUND.keys() & case.keys():
        assert FOUND[key](read) == case[key], f"{key}: {case['why']}"
    for number, labels in case.get("items", {}).items():
        assert [item.label for item in read.paragraphs[number].items] == labels, case["why"]
    if "warnings" in case:
        assert len(read.warnings) == len(case["warnings"]), read.warnings
        assert all(
            words in said for words, said in zip(case["warnings"], read.warnings, strict=True)
        ), read.warnings


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_why(case):
    assert {"label", "why", "text"} <= case.keys()
    assert (
        case.keys() <= {"label", "why", "text", "flat", "items", "warnings", "cure"} | FOUND.keys()
    )
