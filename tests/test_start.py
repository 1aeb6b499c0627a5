"""The beginning of a record: what is filled is right, and everything else is blank.

`python tests/test_start.py` scores what is filled against the answers of tests/start, once: it
writes scores.json and never again over it, and `analysis/start/scores.csv` for the reader.
"""

import csv
import io
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from analysis import __main__ as command
from analysis import check, document, paths, record, start, verify
from analysis.record import beginning
from analysis.start import numbers, sentences

MINI = Path(__file__).parent / "data" / "mini" / "summary.md"
UNSEEN = Path(__file__).parent / "start"
KNOWN = UNSEEN / "known"  # they were unseen once, and rules have been made for them since
SCORES = UNSEEN / "scores.json"
FIRST = KNOWN / "first.json"  # as SCORES, of the known summaries, from when they were unseen
# Columns that are as right as the one that is scored.
FOLLOWING = {"sha256": ("sha256", "length", "fingerprint", "start", "end")}
LEAST = 0.95  # precision of a column; a column that has less is not filled


def begin(path, folder):
    """Begin a record of a document as the command does, and return its exit code."""
    return command.main(["start", str(path), "--out", str(folder)])


@pytest.fixture
def begun(tmp_path):
    assert begin(MINI, tmp_path / "begun") == 0
    return tmp_path / "begun"


# --- the folder -----------------------------------------------------------------------------------


def test_a_beginning_passes_the_check(begun):
    assert check.check(begun) == []


def test_a_beginning_is_confirmed_by_its_document(begun):
    report = verify.verify_file(MINI, record.load(begun, begun=True))
    assert report.clean
    assert report.counts["same"] == (10 if "sha256" in beginning.FILLED["paragraphs"] else 0)


def test_no_cell_is_filled_that_a_reader_must_decide(begun):
    data = record.load(begun, begun=True)
    for table, filled in beginning.FILLED.items():
        frame = getattr(data, table)
        for column in set(frame) - set(filled):
            assert (frame[column].isna() | (frame[column].astype(str) == "")).all(), column


def test_a_beginning_holds_no_sentence_of_its_document(begun):
    written = "\n".join(path.read_text(encoding="utf-8") for path in begun.iterdir())
    for paragraph in document.read(MINI).paragraphs.values():
        for first, last in sentences.spans(paragraph.text):
            assert paragraph.text[first:last] not in written


def test_the_checklist_names_each_table_and_what_the_reader_of_the_file_noticed(tmp_path):
    (tmp_path / "s.txt").write_text("1. A boat came.\n\n3. It left.\n\n4. So.", encoding="utf-8")
    begin(tmp_path / "s.txt", tmp_path / "begun")
    words = (tmp_path / "begun" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert all(f"`{table}.csv`" in words for table in (*beginning.TABLES, "footnotes"))
    assert "- [ ] Number 2 was not found" in words
    assert check.check(tmp_path / "begun") == [], "a hole is the document's and no flaw of the data"


def test_a_beginning_is_no_record(begun):
    """No table of the book can be made of cells that are blank."""
    with pytest.raises(ValueError, match="which is a beginning"):
        record.load(begun)


def test_the_record_cannot_pass_as_a_beginning(mini):
    """A word in its descriptor does not free it from the rules: its tables would be unknown."""
    descriptor = record.schema(mini) | {"stage": beginning.STAGE}
    (mini / paths.SCHEMA).write_text(json.dumps(descriptor), encoding="utf-8")
    assert any("unknown table" in str(problem) for problem in check.check(mini))
    with pytest.raises(ValueError, match="which is a beginning"):
        record.load(mini)


SPANS = [table for table, columns in beginning.FILLED.items() if {"start", "end"} <= {*columns}]


@pytest.mark.parametrize("table", SPANS)
def test_a_wrong_span_of_a_beginning_is_a_problem(table, tmp_path):
    text = "I. Conclusions\n\n1. A came.\n\n2. States should count 12 boats."
    (tmp_path / "s.txt").write_text(text, encoding="utf-8")
    assert begin(tmp_path / "s.txt", tmp_path / "begun") == 0
    path = tmp_path / "begun" / f"{table}.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    rows[-1][head.index("start")] = "9999"
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([head, *rows])
    path.write_text(written.getvalue(), encoding="utf-8")
    assert any("span" in problem.rule for problem in check.check(tmp_path / "begun"))


TAKEN_OUT = {
    "words of paragraphs": {"paragraphs": ("number", "section")},
    "spans": {
        "statements": ("id", "paragraph"),
        "recommendations": ("id", "paragraph"),
        "claims": ("id", "paragraph", "quantity"),
    },
    "bounds": {"claims": ("id", "paragraph", "start", "end", "sha256", "quantity")},
    "tables": dict.fromkeys(set(beginning.TABLES) - {"paragraphs"}, ()),
}


@pytest.mark.parametrize("taken", TAKEN_OUT)
def test_what_is_taken_out_is_blank_and_the_rest_holds(taken, tmp_path, monkeypatch):
    """To take a column out is one edit, in FILLED."""
    monkeypatch.setattr(beginning, "FILLED", beginning.FILLED | TAKEN_OUT[taken])
    assert begin(MINI, tmp_path / "begun") == 0
    assert check.check(tmp_path / "begun") == []
    data = record.load(tmp_path / "begun", begun=True)
    assert verify.verify_file(MINI, data).clean
    for table, columns in TAKEN_OUT[taken].items():
        frame = getattr(data, table)
        assert len(frame) == 0 or columns, table
        for column in set(frame) - set(columns):
            assert (frame[column].isna() | (frame[column].astype(str) == "")).all(), column


DOUBTFUL = {
    "It came to be pre-\nceded by nets.": '"pre-ceded" may be one word',
    "It was so in 2031.3 It is not.": '"2031.3" may end in the mark of a footnote',
    "The method3 was new.": '"method3" may end in the mark of a footnote',
    "It ended.\n\nOf boats and of nets\n\nNets came.": '"Of boats and of nets" may be a title',
}


@pytest.mark.parametrize("words", DOUBTFUL)
def test_a_paragraph_in_doubt_is_blank_and_the_checklist_says_why(words, tmp_path):
    (tmp_path / "s.txt").write_text(f"1. {words}\n\n2. It is so.\n", encoding="utf-8")
    assert begin(tmp_path / "s.txt", tmp_path / "begun") == 0
    checklist = (tmp_path / "begun" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert f"- [ ] Paragraph 1 is left blank: {DOUBTFUL[words]}." in checklist
    data = record.load(tmp_path / "begun", begun=True)
    sure = "sha256" in beginning.FILLED["paragraphs"]
    assert list(data.paragraphs.sha256 != "") == [False, sure]
    assert set(data.statements.paragraph) <= {2}
    assert check.check(tmp_path / "begun") == []
    assert verify.verify_file(tmp_path / "s.txt", data).clean


def test_a_folder_with_files_is_left_alone(begun, capsys):
    assert begin(MINI, begun) == 2
    assert "Must be a new or empty folder" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["Dear Chair,\n\nBoats came.", "1001. Boats.\n\n1002. Nets."])
def test_what_has_no_paragraphs_that_can_be_coded_begins_nothing(text, tmp_path, capsys):
    (tmp_path / "s.txt").write_text(text, encoding="utf-8")
    assert begin(tmp_path / "s.txt", tmp_path / "begun") == 2
    assert capsys.readouterr().err.startswith("Invalid ")
    assert not (tmp_path / "begun").exists()


def test_what_is_filled_of_the_source_is_what_readers_recorded(source, shipped):
    tables = start.tables(document.read(source))
    claims = {(r.paragraph, r.start, r.end, r.low, r.high) for r in shipped.claims.itertuples()}
    assert {
        (r["paragraph"], r["start"], r["end"], r["low"], r["high"]) for r in tables["claims"]
    } <= claims
    asked = set(
        shipped.recommendations[["paragraph", "sentence"]].itertuples(index=False, name=None)
    )
    found = {(row["paragraph"], row["sentence"]) for row in tables["recommendations"]}
    assert found <= asked and len(found) >= len(asked) - 1
    same = ["number", "section", "length", "sha256", "fingerprint"]
    assert [tuple(row[column] for column in same) for row in tables["paragraphs"]] == list(
        shipped.paragraphs[same].itertuples(index=False, name=None)
    )


# --- the rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", numbers.NO_QUANTITIES.values())
def test_what_is_no_quantity(words):
    assert numbers.quantities(f"{words} it is") == []
    if not words[:1].isdigit() and not words.startswith("EUR"):
        assert numbers.quantities(f"It is so, and {words} too") == []


@pytest.mark.parametrize("example", [example for _, _, example in numbers.FIGURES])
def test_a_figure_is_found_whole(example):
    text = f"There were {example} boats."
    assert [text[q.start : q.end] for q in numbers.quantities(text)] == [example]


# words in a sentence: the quantity as printed, its bounds
QUANTITIES = {
    "10 000 people": ("10 000", 10_000, 10_000),
    "1 200 boats": ("1 200", 1_200, 1_200),
    "3,5 per cent": ("3,5 per cent", 3.5, 3.5),
    "15–20 per cent": ("15–20 per cent", 15, 20),
    "15 to 20 boats": ("15 to 20", 15, 20),
    "-11 per cent": ("-11 per cent", -11, -11),
    "2.5 million people": ("2.5 million", 2_500_000, 2_500_000),
    "2 to 3 million people": ("2 to 3 million", 2_000_000, 3_000_000),
    "more than 500 boats": ("more than 500", 500, None),
    "over 130 boats": ("over 130", 130, None),
    "no more than 3 boats": ("no more than 3", None, 3),
    "no fewer than 3 boats": ("no fewer than 3", 3, None),
    "500 or more boats": ("500 or more", 500, None),
    "children under 18": ("under 18", None, 18),
    "US$ 5 million": ("US$ 5 million", 5_000_000, 5_000_000),
    "12,50,000 rupees": ("12,50,000", 1_250_000, 1_250_000),
    "1.200 boats": ("1.200", None, None),
    "Rs. 4,50,00,000 a year": ("Rs. 4,50,00,000", 45_000_000, 45_000_000),
    "R$ 1.800 a year": ("R$ 1.800", None, None),
    "CFAF 2 000 a year": ("CFAF 2 000", 2_000, 2_000),
    "EUR 3 000 a year": ("EUR 3 000", 3_000, 3_000),
    "\u20a984 billion a year": ("\u20a984 billion", 84e9, 84e9),
    "2 years or less": ("2 years or less", None, 2),
    "some 12 boats": ("12", 12, 12),
}


@pytest.mark.parametrize("words", QUANTITIES)
def test_a_quantity_is_as_printed_with_its_bounds(words):
    text = f"It said that {words} came."
    found = [(text[q.start : q.end], q.low, q.high) for q in numbers.quantities(text)]
    assert found == [QUANTITIES[words]]


# text with | where a sentence ends, and why
SENTENCES = {
    "Ms. Okello spoke.|Nobody left.": "a title",
    "J. K. Ötvös spoke.|Élan left.": "initials, and a capital that is not A to Z",
    "See arts. 5 and 6, e.g. No. 7.|It is so.": "abbreviations",
    "See CTOC/COP/WG. 4/2031/7 too.|So.": "a blank within a symbol",
    "He asked: “Why?”|Nobody knew.": "a quotation",
    "(a) It is so.|(b) It is not.": "the label of an item belongs to it",
    "12.3. States came.|12.4. They left.": "and so does a number",
    "As follows: (a) nets; (b) boats.": "a list is one sentence",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_text_is_divided_into_sentences(text):
    words = text.replace("|", " ")
    assert [words[a:b] for a, b in sentences.spans(words)] == text.split("|"), SENTENCES[text]


@pytest.mark.parametrize("sentence", sentences.NO_RECOMMENDATION.values())
def test_what_recommends_nothing(sentence):
    assert not sentences.recommends(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "States should count boats.",
        "Towns are invited to rest.",
        "The Chair recommends that it end.",
    ],
)
def test_what_recommends_something(sentence):
    assert sentences.recommends(sentence)


@pytest.mark.parametrize(("word", "title"), sentences.CLOSING.items())
def test_a_section_closes_a_document_by_its_title(word, title):
    text = "I. {0}\n\n1. A came.\n\nII. {1}\n\n2. B should come.\n\nIII. Closure\n\n3. All left."
    assert sentences.closing(document.parse(text.format("Opening", title))) == {2}
    assert sentences.closing(document.parse(text.format(title, "Panels"))) == set()


# --- how often what is filled is right, on summaries that no rule was made for --------------------


def filled(path):
    """Return table.column -> what is filled, as values that an answer can have."""
    summary = document.read(path)
    tables, texts = start.tables(summary), {n: p.text for n, p in summary.paragraphs.items()}

    def words(row):
        return texts[row["paragraph"]][row["start"] : row["end"]]

    notes = tables["footnotes"]
    return {
        "sections.number": [row["number"] for row in tables["sections"]],
        "sections.title": [(row["number"], row["title"]) for row in tables["sections"]],
        "paragraphs.number": list(texts),
        "paragraphs.section": [(row["number"], row["section"]) for row in tables["paragraphs"]],
        "paragraphs.sha256": [
            (row["number"], texts[row["number"]]) for row in tables["paragraphs"] if "sha256" in row
        ],
        "statements.sha256": [(row["paragraph"], words(row)) for row in tables["statements"]],
        "recommendations.sha256": [
            (row["paragraph"], words(row)) for row in tables["recommendations"]
        ],
        "claims.quantity": [(r["paragraph"], r["quantity"].lower()) for r in tables["claims"]],
        "claims.low, claims.high": [
            (row["paragraph"], row["quantity"].lower(), row["low"], row["high"])
            for row in tables["claims"]
            if row["low"] is not None or row["high"] is not None
        ],
        "mentions.name": [(r["paragraph"], "".join(r["name"].split())) for r in tables["mentions"]],
        "footnotes.mark, footnotes.paragraph": [
            (note["mark"], note["paragraph"]) for note in notes if note["paragraph"]
        ],
        "footnotes.at": [
            (note["mark"], texts[note["paragraph"]][: note["at"]].split()[-1])
            for note in notes
            if note["at"]
        ],
        "footnotes.sha256": [summary.footnotes[note["number"] - 1].text for note in notes],
    }


def right(answers):
    """Return table.column -> the right values, from the answers of a reader."""

    def clean(words):
        return document.normalize(words)

    paragraphs, quantities = answers["paragraphs"], answers["numbers"]
    spoken = [(p["number"], clean(words)) for p in paragraphs for words in p["sentences"]]
    notes = answers["footnotes"]
    return {
        "sections.number": [each["number"] for each in answers["sections"]],
        "sections.title": [(each["number"], clean(each["title"])) for each in answers["sections"]],
        "paragraphs.number": [each["number"] for each in paragraphs],
        "paragraphs.section": [(each["number"], each["section"]) for each in paragraphs],
        "paragraphs.sha256": [(p["number"], clean(" ".join(p["sentences"]))) for p in paragraphs],
        "statements.sha256": spoken,
        "recommendations.sha256": [
            (each["paragraph"], clean(each["sentence"])) for each in answers["recommendations"]
        ],
        "claims.quantity": [(q["paragraph"], clean(q["printed"]).lower()) for q in quantities],
        "claims.low, claims.high": [
            (q["paragraph"], clean(q["printed"]).lower(), q["low"], q["high"]) for q in quantities
        ],
        "mentions.name": [
            (each["paragraph"], "".join(each["symbol"].split())) for each in answers["symbols"]
        ],
        "footnotes.mark, footnotes.paragraph": [(n["mark"], n["paragraph"]) for n in notes],
        "footnotes.at": [(n["mark"], clean(n["after"]).split()[-1]) for n in notes],
        "footnotes.sha256": [clean(n["text"]) for n in notes],
    }


def score(folder=UNSEEN):
    """Return column -> how many are filled, right of them, and right in all summaries."""
    counts = {}
    for path in sorted(folder.glob("*.txt")):
        answers = right(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        for column, values in filled(path).items():
            known, found = Counter(answers[column]), Counter(values)
            added = (found.total(), (found & known).total(), known.total())
            counts[column] = [
                sum(pair) for pair in zip(counts.get(column, (0, 0, 0)), added, strict=True)
            ]
    return {
        column: dict(zip(("filled", "right", "in all"), each, strict=True))
        for column, each in counts.items()
    }


def table_of(scores, summaries):
    """Return scores as the rows of `analysis/start/scores.csv`."""
    rows = [("Columns", "Right", "Filled", "Precision", "Summaries")]
    for column, each in scores.items():
        share = f"{each['right'] / each['filled']:.3f}" if each["filled"] else "-"
        rows.append((column, str(each["right"]), str(each["filled"]), share, str(summaries)))
    return rows


def kept(path):
    return json.loads(path.read_text(encoding="utf-8"))


unscored = pytest.mark.skipif(not SCORES.is_file(), reason="no summaries are unseen")


@unscored
def test_the_scores_are_those_of_the_first_time():
    assert score() == kept(SCORES)


@unscored
def test_a_column_that_was_not_right_often_enough_is_left_blank():
    poor = [name for name, each in kept(SCORES).items() if each["right"] < LEAST * each["filled"]]
    columns = [name.split(".") for each in poor for name in each.split(", ")]
    filled = start.writing.filled()
    still = [
        (table, name)
        for table, column in columns
        for name in FOLLOWING.get(column, (column,))
        if name in filled[table]
    ]
    assert still == []


# Column -> how many are wrong in the known summaries at most, and right at least.
LEAST_KNOWN = {
    "sections.number": (0, 12),
    "sections.title": (0, 12),
    "paragraphs.number": (0, 97),
    "paragraphs.section": (0, 97),
    "paragraphs.sha256": (0, 95),
    "statements.sha256": (2, 285),
    "recommendations.sha256": (0, 26),
    "claims.quantity": (0, 232),
    "claims.low, claims.high": (0, 231),
    "mentions.name": (0, 33),
    "footnotes.mark, footnotes.paragraph": (0, 16),
    "footnotes.at": (0, 14),
    "footnotes.sha256": (0, 16),
}


def test_the_known_summaries_are_read_no_worse_than_before():
    now = score(KNOWN)
    assert set(now) == set(LEAST_KNOWN)
    for column, (wrong, right_ones) in LEAST_KNOWN.items():
        assert now[column]["filled"] - now[column]["right"] <= wrong, column
        assert now[column]["right"] >= right_ones, column


def test_what_a_reader_is_told_was_measured_is_what_was_measured():
    """Of the newest scores: those of the summaries that are unseen, or were the last to be."""
    scores = SCORES if SCORES.is_file() else FIRST
    with start.writing.SCORES.open(encoding="utf-8", newline="") as file:
        told = [tuple(row) for row in csv.reader(file)]
    assert told == table_of(kept(scores), len([*scores.parent.glob("*.txt")]))


def test_the_checklist_says_how_often_what_is_filled_was_right(begun):
    words = (begun / "CHECKLIST.md").read_text(encoding="utf-8")
    scores = start.writing.measured()
    assert scores and all(f"`{row['Columns']}`: {row['Right']} of" in words for row in scores)


if __name__ == "__main__":
    if SCORES.exists():
        sys.exit(f"{SCORES} is there: the summaries were scored once, and need no second time.")
    summaries = len([*UNSEEN.glob("*.txt")])
    if not summaries:
        sys.exit(f"{UNSEEN} holds no summaries.")
    scores = score()
    for row in table_of(scores, summaries):
        print("{:40}{:>8}{:>8}{:>11}{:>11}".format(*row))
    SCORES.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    with start.writing.SCORES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table_of(scores, summaries))
