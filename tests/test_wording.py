"""Words that say more than the record does, in pages, data and texts of the project.

A reader is told what was written down: no influence, no person where a program was at work, no
blame that the summary does not lay, no harm to those who were trafficked, no note that one coder
left for another. To refuse another word, add it here with a sentence that it would spoil.
"""

import csv
import json
import re

import pytest

from analysis import paths

# What is refused, and a sentence in which it is.
REFUSED = {
    "influence": {
        r"\b(it|this|which|that) became\b": "They asked for it, and it became a recommendation.",
        r"\bdropped\b": "Some subjects were asked for and dropped.",
        r"\bleft no trace\b": "Half of the proposals left no trace.",
        r"\bloses? (its|their) only source\b": "Two lose their only source.",
        r"\b(ignored|turned down by|won over|persuaded the Co-Chairs)\b": "The rest was ignored.",
        r"\bthanks to\b": "It is there thanks to the panel.",
        r"\b(influenced|shaped|inspired) the (observ|recomm)": "It shaped the observations.",
    },
    "a person where a program was at work": {
        r"\bby hand\b": "The text was divided by hand.",
        r"\bhuman(ly)? (links?|cod(e|ers|ing)|readers?|judge)": "Where the human links stand.",
        r"\b(expert|manual)(ly)? (coders?|coding|coded|readers?)\b": "A manual coding.",
        r"\bcoded everything\b|\b[Ee]verything was coded\b": "Two readers coded everything.",
    },
    "blame or certainty that the summary does not have": {
        r"\bkept out\b": "They objected that stakeholders are kept out.",
        r"\bvictimisation leads\b": "It shows what early victimisation leads to.",
        r"\boften miss\b": "Professionals often miss the signs.",
        r"\b(name|names|named) no source\b": "The speakers name no source.",
        r"\bcannot be tested\b": "Most claims cannot be tested.",
        r"\bNobody can see\b|\bnobody can see\b": "Nobody can see who asked for what.",
    },
    "harm": {
        r"\balbinos?\b": "The organs of albinos.",
        r"\b(prostitutes?|illegals|illegal migrants|sex workers? who)\b": "Child prostitutes.",
        r"\b[Oo]rgan sellers?\b": "Organ sellers are charged.",
        r"\bvictims? admitted\b": "The victim admitted it.",
    },
    "a note from one coder to another": {
        r"\bdo not pick\b": "Several candidates: do not pick one.",
        r"\bsay probable\b": "Probably another case; say probable.",
        r"\bmap nothing\b": "No article on it: map nothing to one.",
        r"\bgive the number only\b|\bgive shares\b": "Title not seen: give the number only.",
        r"\bto ?do\b:|\bTODO\b|\bFIXME\b": "TODO: find the title.",
    },
}
EACH = [(kind, word, example) for kind, words in REFUSED.items() for word, example in words.items()]
each_word = pytest.mark.parametrize(("kind", "word", "example"), EACH, ids=lambda value: None)
# What a word stands for here, and not what is refused.
ALLOWED = re.compile(r"https?://\S+|dropped_in|\bdrop(ped)? (columns?|duplicates)\b")
# Texts on the rules themselves.
EXEMPT = {"CHANGELOG.md"}


def texts():
    """Yield the place and the words of all that a reader of the book, data or texts can meet."""
    for path in sorted(paths.ROOT.glob("book/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield f"{path.name}, {cell['id']}", "".join(cell["source"])
    for pattern in ("*.md", "book/*.md", "data/README.md", "CITATION.cff", ".github/**/*.md"):
        for path in sorted(paths.ROOT.glob(pattern)):
            if path.name not in EXEMPT:
                yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(paths.DATA.rglob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file), 1):
                yield f"{path.name}, line {number}", "\n".join(row)
    for path in sorted(paths.DATA.rglob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")
    yield paths.SCHEMA, (paths.DATA / paths.SCHEMA).read_text(encoding="utf-8")


TEXTS = [(place, ALLOWED.sub("", words)) for place, words in texts()]


@each_word
def test_no_text_says_more_than_the_record(kind, word, example):
    found = {place: match[0] for place, words in TEXTS if (match := re.search(word, words))}
    assert found == {}, f"{kind}: say it in another way"


@each_word
def test_a_refused_word_is_found_in_its_example(kind, word, example):
    assert re.search(word, example)
