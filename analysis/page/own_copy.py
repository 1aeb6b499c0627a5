"""What a page needs to show your own copy beside the record, in the browser.

`book/_static/own_copy.js` reads text that is pasted or opened, and confirms each span by its hash.
It has no rules of its own for words: those of the Python reader are handed over here, so that both
normalize alike. Nothing that is handed over holds a word of the document.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from analysis import verify
from analysis.document import forms, steps, text, wording
from analysis.page.marks import anchor
from analysis.record import Record

Pattern = Any  # of re, of regex, or its text
# What a class of characters is in Python, for use within brackets: JavaScript knows those of ASCII.
OF_WORDS = r"\p{L}\p{N}_"
SPACES = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
CLASSES = {"w": f"[{OF_WORDS}]", "W": f"[^{OF_WORDS}]", "s": f"[{SPACES}]", "S": f"[^{SPACES}]"}
CLASSES["b"] = f"(?:(?<=[{OF_WORDS}])(?![{OF_WORDS}])|(?<![{OF_WORDS}])(?=[{OF_WORDS}]))"
WITHIN = {"w": OF_WORDS, "s": SPACES}
LETTERS = {r"[^\W\d_]": r"[\p{L}\p{Nl}\p{No}]"}
TOKEN = re.compile(r"\[\^\\W\\d_\]|\\.|\[\^?\]?|\]|\(\?P<|.", re.DOTALL)
ESCAPABLE = set("\\^$.*+?()[]{}|/-dpPuxtrnfv0123456789")  # what an escape may stand before
FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
BARE_MARK = rf"{forms.GLUED_TO}\d{{1,2}}(?![\w])"  # what a footnote mark is when words are pasted


def pattern(given: Pattern) -> list[str]:
    r"""Return the source and the flags of a pattern as JavaScript has it.

    >>> pattern(re.compile(r"(?P<kept>[^\W\d_])-", re.DOTALL))
    ['(?<kept>[\\p{L}\\p{Nl}\\p{No}])-', 'gus']
    """
    source, inside = [], False
    for token in TOKEN.findall(given if isinstance(given, str) else given.pattern):
        if token in LETTERS:
            token = LETTERS[token]
        elif token.startswith("\\"):
            sign = token[1]
            token = (WITHIN if inside else CLASSES).get(sign, token if sign in ESCAPABLE else sign)
        elif token == "(?P<":
            token = "(?<"
        elif token[0] in "[]":
            inside = token[0] == "["
        source.append(token)
    flags = getattr(given, "flags", 0)
    return ["".join(source), "gu" + "".join(sign for flag, sign in FLAGS.items() if flags & flag)]


def script(data: Record) -> str:
    """Return a script: rules of normalizing, places and hashes of the record."""
    known = verify.reference(data)
    given = {
        "raised": [[*pattern(mark), ["raised"]] for mark in (text.RAISED, text.NOTE_CALL)],
        "unseen": rules(steps.UNSEEN_RULES),
        "html": rules(steps.HTML),
        "signs": steps.HTML_SIGNS,
        "words": rules((*steps.MARKDOWN, *steps.CLEANING)),
        "rounds": steps.ROUNDS,
        "tied": pattern(wording.TIED),
        "hyphen": pattern(wording.HYPHEN),
        "suspended": pattern(wording.SUSPENDED),
        "word": pattern(wording.WORD),
        "ending": pattern(wording.NO_WORD),
        "compound": sorted(wording.COMPOUND),
        "bare": pattern(BARE_MARK),
        "paragraphs": [[row.number, row.length, row.sha256] for row in known.paragraphs],
        "spans": [[anchor(row.table.removesuffix("s"), row.id), *row[3:]] for row in known.spans],
    }
    return f"ownCopy({json.dumps(given, ensure_ascii=True, separators=(',', ':'))});\n"


def rules(given: Iterable[steps.Rule]) -> list[list[Any]]:
    """Return rules as JavaScript has them: source, flags, and what takes the place.

    A function is named in a list of one.
    """
    return [
        [*pattern(rule.pattern), [rule.by.__name__] if callable(rule.by) else replacement(rule.by)]
        for rule in given
    ]


def replacement(by: str) -> str:
    r"""Return what takes the place of a match, as JavaScript has it.

    >>> replacement(r"\g<words>")
    '$<words>'
    """
    return re.sub(r"\\g(<\w+>)", r"$\1", by)
