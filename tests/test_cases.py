"""Difficulties of real documents: every entry of tests/cases, by its label."""

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
CONTENT = {
    "paragraphs": lambda document: {
        number: paragraph.text for number, paragraph in document.paragraphs.items()
    },
    "sections": lambda document: {section.number: section.title for section in document.sections},
    "front": lambda document: list(document.front),
    "blocks": lambda document: list(document.blocks),
    "footnotes": lambda document: {note.mark: note.text for note in document.footnotes},
    "headings": lambda document: {
        number: paragraph.heading
        for number, paragraph in document.paragraphs.items()
        if paragraph.heading
    },
    "pages": lambda document: {
        number: paragraph.page for number, paragraph in document.paragraphs.items()
    },
    "annexes": lambda document: {
        annex.front[0]: CONTENT["paragraphs"](annex) for annex in document.annexes
    },
}


@pytest.mark.parametrize("case", CASES)
def test_case(case, monkeypatch):
    text = case["text"].translate(SIGNS)
    if case.get("flat"):
        monkeypatch.setattr(structure, "FLAT", 100)  # a whole document is longer than a case
        text = " ".join(text.split())
    summary = document.parse(text)
    for key in CONTENT.keys() & case.keys():
        assert CONTENT[key](summary) == case[key], f"{key}: {case['why']}"
    for number, labels in case.get("items", {}).items():
        assert [item.label for item in summary.paragraphs[number].items] == labels, case["why"]
    if "warnings" in case:
        assert len(summary.warnings) == len(case["warnings"]), summary.warnings
        pairs = zip(case["warnings"], summary.warnings, strict=True)
        assert all(words in warning for words, warning in pairs), summary.warnings


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_why(case):
    required, other = {"label", "why", "text"}, {"flat", "items", "warnings", "cure"}
    assert required <= case.keys() <= required | other | CONTENT.keys()
