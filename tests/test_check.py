"""The data check: the shipped data are clean, and every flaw is found by name and place."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis import check, paths, record
from analysis.__main__ import main
from analysis.record import Record, cells

MINI = Path(__file__).parent / "data" / "mini"
RESOURCES = {resource["path"]: resource for resource in record.schema()["resources"]}
RULES = {rule.__name__: rule for rule in check.RULES}


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped data, to be spoilt."""
    return shutil.copytree(paths.DATA, tmp_path / "shipped")


def spoil(folder, table, key, column, value):
    """Change one cell, in the first row that begins with the key; return the line it stands on."""
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    place = next(place for place, row in enumerate(rows) if row[0] == key)
    assert rows[place][head.index(column)] != value, "nothing is changed"
    rows[place][head.index(column)] = value
    with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    return place + 2


def frame(folder, path):
    """Read one table, whatever may be wrong with its cells."""
    return cells.read(folder, path, RESOURCES[path]["schema"]["fields"])[0].frame()


def frames(folder):
    return {resource["name"]: frame(folder, path) for path, resource in RESOURCES.items()}


def test_the_shipped_data_are_clean():
    assert check.check() == []


def test_the_mini_data_are_clean(mini):
    assert check.check(mini) == []


# --- every rule has a broken twin of the mini data: what is changed, what is said of it, and where

# fmt: off
TWINS = [
    # rule, table, key, column, cell -> what is said [, the place where it is said if another]
    ("cells_are_clean", "themes", "fish", "definition", "Fish  and weirs.",
     "stray white space or not NFC"),
    ("cells_are_clean", "source_notes", "no-list", "treatment", "None is made u\u0308p.",
     "stray white space or not NFC"),
    ("gists_are_sentences", "statements", "5a", "gist", "no capital, no stop",
     "gist is not one sentence"),
    ("gists_are_sentences", "recommendations", "9a", "gist", "So " * 40 + "long.",
     "gist is not one sentence"),
    ("paragraphs_run_on", "paragraphs", "3", "number", "30", "number out of order"),
    ("paragraphs_run_on", "paragraphs", "7", "section", "I", "section before the one above it"),
    ("kinds_fit_what_is_coded", "paragraphs", "3", "kind", "background",
     "kind and what is coded do not fit"),
    ("kinds_fit_what_is_coded", "paragraphs", "4", "kind", "panellist",
     "kind and what is coded do not fit"),
    ("kinds_fit_what_is_coded", "paragraphs", "10", "kind", "lead-in",
     "kind after the observations"),
    ("panels_hold_their_paragraphs", "paragraphs", "6", "panel", "boats",
     "panel of another paragraph"),
    ("panels_hold_their_paragraphs", "statements", "8a", "panel", "weirs",
     "panel of another paragraph"),
    ("panels_hold_their_paragraphs", "panels", "weirs", "first", "5",
     "not the panel's first paragraph"),
    ("panels_hold_their_paragraphs", "panels", "boats", "last", "9",
     "not the panel's last paragraph"),
    ("actors_fit", "actors", "museum", "panel", "", "panel and role do not fit"),
    ("actors_fit", "actors", "rowers", "place_basis", "not stated", "place and basis do not fit"),
    ("actors_fit", "statements", "5b", "speaker", "rowers", "panellist of another panel"),
    ("observations_have_the_panel_of_their_parts", "paragraphs", "9", "panel", "boats",
     "panel of other recommendations"),
    ("observations_have_the_panel_of_their_parts", "paragraphs", "10", "panel", "weirs",
     "panel of other recommendations"),
    ("observations_have_the_panel_of_their_parts", "recommendations", "9b", "panel", "boats",
     "panel of another observation"),
    ("spans_are_inside", "statements", "8b", "end", "91", "span outside its paragraph"),
    ("spans_are_inside", "recommendations", "9a", "end", "0", "empty span", ("start",)),
    ("spans_are_inside", "statements", "5b", "start", "72", "begins in the one before"),
    ("ids_are_given_once", "statements", "5c", "id", "5d",
     "id that is taken, or leaves out a letter"),
    ("ids_are_given_once", "statements", "8b", "id", "8c",
     "id that is taken, or leaves out a letter"),
    ("ids_are_given_once", "claims", "q2a", "id", "q3a",
     "id that is taken, or leaves out a letter"),
    ("ids_are_given_once", "retired", "8c", "id", "8d",
     "id that is taken, or leaves out a letter"),
    ("replacements_exist", "retired", "8c", "replaced_by", "8a 9a", "unknown replacement"),
    ("replacements_exist", "retired", "8c", "replaced_by", "8c", "unknown replacement"),
    ("rows_are_sorted", "statements", "8a", "paragraph", "4", "row out of order"),
    ("rows_are_sorted", "claims", "q2c", "start", "19", "row out of order"),
    ("rows_are_sorted", "statement_themes", "8a", "statement", "5a", "row out of order"),
    ("rows_are_sorted", "recommendation_parties", "10a", "recommendation", "9a",
     "row out of order"),
    ("speakers_fit", "statements", "3a", "speaker", "floor", "speaker in a opening paragraph"),
    ("speakers_fit", "statements", "6a", "speaker", "museum", "speaker in a discussion paragraph"),
    ("speakers_fit", "statements", "5b", "speaker", "rowers", "second panellist in one paragraph"),
    ("quantifiers_are_printed", "statements", "6a", "quantifier", "",
     "quantifier and speaker do not fit"),
    ("quantifiers_are_printed", "statements", "6a", "quantifier", "many speakers",
     "quantifier that its paragraph does not print"),
    ("panellists_are_named", "actor_names", "museum", "paragraph", "3",
     "panellist not named there, or without one paragraph", ("actors", "museum", "id")),
    ("proposals_have_a_category", "statements", "5b", "action_category", "",
     "category and speech act do not fit"),
    ("proposals_have_a_category", "statements", "6a", "action_category", "3",
     "category and speech act do not fit"),
    ("themes_are_applied", "themes", "birds", "parent", "fish", "parent is not on top"),
    ("themes_are_applied", "recommendation_themes", "9b", "theme", "nature",
     "theme on top, or unknown"),
    ("themes_are_applied", "statement_themes", "3a", "statement", "3b", "row without a theme",
     ("statements", "3a", "id")),
    ("participation_adds_up", "participation", "guests", "count", "6", "total does not add up"),
    ("participation_adds_up", "participation", "shops", "unit", "persons", "unit of another group"),
    ("participation_adds_up", "participation", "shops", "group", "schools",
     "group that its meeting has twice"),
    ("participation_has_its_source", "participation", "states", "paragraph", "", "not one source"),
    ("participation_has_its_source", "participation", "states", "count", "5",
     "count and unit that no claim states"),
    ("participation_has_its_source", "participation", "states", "unit", "persons",
     "count and unit that no claim states", ("count",)),
    ("participation_has_its_source", "participation", "clubs-2030", "count", "9",
     "count is not that of its source"),
    ("participation_has_its_source", "participation", "clubs-2030", "meeting", "rivers-2031",
     "meeting of another date"),
    ("claims_hold_together", "claims", "q5b", "quantity", "two",
     "hash of other words", ("sha256",)),
    ("claims_hold_together", "claims", "q5b", "end", "128", "span of another length"),
    ("claims_hold_together", "claims", "q5a", "low", "67", "lower bound above the upper"),
    ("claims_hold_together", "claims", "q5b", "unit", "", "unit and bounds do not fit"),
    ("claims_hold_together", "claims", "q2a", "low", "11", "not the figure printed"),
    ("claims_are_inside_their_statement", "claims", "q5a", "statement", "5b",
     "quantity outside its statement"),
    ("claims_are_inside_their_statement", "claims", "q5a", "said_by", "rowers",
     "speaker of another statement"),
    ("verbs_add_up", "verbs", "build", "n", "5", "total does not add up"),
    ("verbs_add_up", "verbs", "build", "modal_category", "4", "not the commonest category"),
    ("verbs_add_up", "verbs", "build", "share", "0.5", "share does not follow"),
    ("variables_are_named", "coding_rules", "act", "variable", "speaker",
     "variable without a name"),
    ("instruments_are_used", "recommendations", "10a", "legal_basis", "", "instrument not used",
     ("instruments", "ladder-guide", "id")),
    ("instruments_are_used", "recommendations", "9b", "legal_article", "3",
     "article without an instrument"),
    ("texts_are_their_own", "themes", "birds", "label", "Fish", "same as in another row"),
    ("concepts_are_of_their_vocabulary", "crosswalk", "fish", "vocabulary", "ICCS",
     "identifier of another vocabulary", ("identifier",)),
    ("meetings_run_on", "meetings", "rivers-2030", "date", "2032-04-02",
     "ordinal and date do not fit", ("ordinal",)),
    ("meetings_run_on", "meetings", "rivers-2030", "date", "2031-03-05",
     "date of another meeting on the topic"),
    ("one_meeting_is_coded", "participation", "clubs", "meeting", "rivers-2030",
     "not the meeting of the summary"),
    ("values_are_settled", "settled", "5c", "settled", "evidence",
     "the record holds another value"),
    ("values_are_settled", "settled", "8b>10b", "settled", "full",
     "the record holds another value"),
    ("values_are_settled", "settled", "6a", "variable", "act",
     "value that not every reader gave (Reader 1: fish money; Reader 2: money)",
     ("statements", "6a", "id")),
    ("values_are_settled", "statements", "3b", "act", "concern",
     "value that not every reader gave (Reader 1: position; Reader 2: position)"),
    ("values_are_settled", "uptake", "5b", "level", "partial",
     "value that not every reader gave (Reader 1: full; Reader 2: full)",
     ("statements", "5b", "id")),
    ("values_are_settled", "uptake", "5b", "recommendation", "9b",
     "value that not every reader gave (Reader 1: none; Reader 2: none)",
     ("statements", "5b", "id")),
    ("settling_is_honest", "settled", "5c", "settled", "proposal",
     "whether any reader gave this value", ("corrected",)),
    ("settling_is_honest", "settled", "5c", "corrected", "true",
     "whether any reader gave this value"),
    ("settling_is_honest", "settled", "8b>10b", "unit", "5b>9b",
     "settled where every reader agrees"),
    ("readings_are_of_the_text", "readings/readings", "ann", "unit", "11",
     "unit outside its paragraph"),
    ("readings_are_of_the_text", "readings/readings", "ann", "value", "0-73 74-143",
     "no parts of its paragraph"),
    ("readings_are_of_the_text", "readings/readings", "ann", "value", "74-110 0-73",
     "no parts of its paragraph"),
    ("readings_are_of_the_text", "readings/readings", "ann", "value", "0-73, 74-110",
     "no parts of its paragraph"),
    ("readings_are_of_the_text", "readings/readings", "cid", "unit", "3:0-96",
     "unit outside its paragraph"),
    ("readings_are_of_the_text", "readings/readings", "cid", "unit", "3:30-30",
     "unit outside its paragraph"),
]

# What the mini data have too little of is spoilt in the shipped data.
SHIPPED = [
    ("rows_are_sorted", "uptake", "13a", "statement", "36a", "row out of order",
     ("uptake", "13b", "statement")),
    ("links_are_of_proposals", "uptake", "13a", "statement", "16a",
     "link of a statement that asks for nothing"),
    ("links_are_of_proposals", "rejected", "33a", "statement", "16a",
     "link of a statement that asks for nothing"),
    ("proposals_are_judged", "no_uptake", "10f", "statement", "10e",
     "not a proposal without uptake"),
    ("proposals_are_judged", "no_uptake", "10f", "statement", "10e",
     "proposal whose uptake nobody judged",
     ("statements", "10f", "id")),
    ("values_are_settled", "claims", "q4a", "low", "157",
     "value that not every reader gave (Reader 4: 158..158; Reader 5: 158..158;"
     " Reader 10: 158..158)", ("id",)),
    ("values_are_settled", "recommendation_parties", "43a", "party", "workers",
     "value that not every reader gave (Reader 4: person concerned: migrants; Reader 5: person"
     " concerned: migrants; Reader 10: person concerned: migrants)",
     ("recommendations", "43a", "id")),
    ("values_are_settled", "relations", "18g", "kind", "supports",
     "the record holds another value", ("settled", "18g>42a", "settled")),
    ("claims_are_compared", "comparisons", "q10a", "verdict", "none found",
     "verdict and figure do not fit"),
]
# fmt: on


def line_of(folder, table, key):
    rows = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return next(line for line, row in enumerate(rows, 1) if row.split(",")[0] == key)


def assert_found(folder, whole, twin):
    """Spoil a cell, read that one table again, and let the rule find it."""
    rule, table, key, column, cell, said, *elsewhere = twin
    line = spoil(folder, table, key, column, cell)
    path = f"{table}.csv"
    data = replace(whole, **{RESOURCES[path]["name"]: frame(folder, path)})
    match elsewhere:
        case [(column,)]:
            pass
        case [(table, key, column)]:
            line = line_of(folder, table, key)
    found = {(p.file, p.line, p.column, p.rule) for p in RULES[rule](data)}
    assert (f"{table}.csv", line, column, said) in found


@pytest.fixture(scope="module")
def whole(small):
    """The shipped data, and the mini data, unspoilt."""
    return SimpleNamespace(shipped=record.load(), mini=small)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: f"{twin[0]}-{twin[1]}-{twin[3]}")
def test_a_broken_twin_is_found_by_its_rule(mini, whole, twin):
    assert_found(mini, whole.mini, twin)


@pytest.mark.parametrize("twin", SHIPPED, ids=lambda twin: f"{twin[0]}-{twin[1]}-{twin[3]}")
def test_a_broken_twin_of_the_shipped_data_is_found_by_its_rule(shipped, whole, twin):
    assert_found(shipped, whole.shipped, twin)


def test_two_coded_meetings_are_too_many(mini):
    spoil(mini, "meetings", "rivers-2030", "coded", "true")
    assert "meetings.csv:1:coded number of coded meetings: found '2', must be 1" in map(
        str, check.check(mini)
    )


def test_one_concept_has_one_label(mini):
    with open(mini / "crosswalk.csv", "a", encoding="utf-8") as file:
        further = "," * (len(RESOURCES["crosswalk.csv"]["schema"]["fields"]) - 5)
        file.write(f"birds,SDG,http://metadata.un.org/sdg/14.4,Other words,related{further}\n")
    assert "crosswalk.csv:4:label concept with two labels: found 'Other words'" in map(
        str, check.check(mini)
    )


def test_every_rule_has_a_broken_twin():
    assert {twin[0] for twin in TWINS + SHIPPED} == set(RULES)


@pytest.mark.parametrize(
    "place", range(max(len(r["schema"]["fields"]) for r in RESOURCES.values()))
)
def test_blank_columns_stop_no_rule(mini, place):
    """Rules run on data that break the schema too, so that all problems are shown at once."""
    for path in RESOURCES:
        head, *rows = csv.reader((mini / path).read_text(encoding="utf-8").splitlines())
        blanked = [
            [*row[:place], "", *row[place + 1 :]] if place < len(row) else row for row in rows
        ]
        with open(mini / path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *blanked])
    data = Record(**frames(mini))
    flaws = [flaw for rule in check.RULES for flaw in rule(data)]
    assert all(str(flaw).count(":") >= 2 for flaw in flaws)


@pytest.mark.parametrize("name", Record.__dataclass_fields__)
def test_a_table_without_rows_stops_no_rule(small, name):
    data = replace(small, **{name: getattr(small, name).head(0)})
    flaws = [flaw for rule in check.RULES for flaw in rule(data)]
    assert all(str(flaw).count(":") >= 2 for flaw in flaws)


# --- single cells of the shipped data, each with exit code 1 and file:line:column printed

# fmt: off
CELLS = [
    # why, table, key, column, cell [, column where it is reported]
    ("wrong type: words for a number", "paragraphs", "12", "length", "long"),
    ("wrong type: no such day", "meetings", "tip-2024", "date", "2024-07-32"),
    ("below the minimum", "participation", "tip-2024-igo", "count", "-2"),
    ("above the maximum", "recommendations", "39a", "action_category", "6"),
    ("value not allowed: speech act", "statements", "16a", "act", "opinion"),
    ("hash cut short", "paragraphs", "5", "sha256", "abc123"),
    ("id against its pattern", "themes", "gender", "id", "Gender roles"),
    ("blank where a cell is required", "statements", "21a", "speaker", ""),
    ("duplicate key", "statements", "18d", "id", "18c"),
    ("duplicate key of a meeting", "meetings", "tip-2024", "id", "tip-2023"),
    ("unknown speaker", "statements", "16a", "speaker", "nobody"),
    ("unknown theme", "statement_themes", "6a", "theme", "civil-societies"),
    ("unknown panel", "actors", "liverpool", "panel", "organ"),
    ("unknown paragraph", "mentions", "untoc", "paragraph", "48"),
    ("unknown verb", "recommendations", "40a", "first_verb", "shall"),
    ("number out of order", "paragraphs", "20", "number", "21"),
    ("span outside its paragraph", "statements", "14a", "end", "99999"),
    ("span that ends before it begins", "recommendations", "45a", "start", "200"),
    ("statement in another paragraph", "statements", "10a", "paragraph", "11", "id"),
    ("panel of another paragraph", "statements", "26a", "panel", "organs"),
    ("panellist of the other panel", "statements", "16b", "speaker", "equality-now"),
    ("quantifier that is not printed there", "statements", "10a", "quantifier",
     "numerous speakers"),
    ("proposal without a category", "statements", "10f", "action_category", ""),
    ("total that does not add up", "participation", "tip-2024-other", "count", "25"),
    ("count that the summary does not state", "participation", "tip-2024-ngo", "count", "159"),
    ("count that its source does not state", "participation", "tip-2023-ngo", "count", "93"),
    ("quantity with another hash", "claims", "q30d", "sha256", "0" * 64),
    ("figure that is not printed", "claims", "q30c", "high", "57"),
    ("verb whose categories do not add up", "verbs", "train", "n", "15"),
    ("share that does not follow", "verbs", "ensure", "share", "0.592"),
    ("place without a basis", "actors", "equality-now", "place", "London", "place_basis"),
    ("two blanks in a row", "source_notes", "no-symbol", "finding", "Two  blanks."),
]
# fmt: on


def groups(cells):
    """Return the cells in groups, in each of which no table is spoilt twice."""
    together: list[list[tuple]] = []
    for cell in cells:
        group = next((g for g in together if cell[1] not in {other[1] for other in g}), None)
        if group is None:
            together.append(group := [])
        group.append(cell)
    return together


@pytest.mark.parametrize("group", groups(CELLS), ids=lambda group: f"{group[0][0]} and others")
def test_a_spoilt_cell_is_named_by_file_line_and_column(shipped, capsys, group):
    places = {}
    for why, table, key, column, value, *elsewhere in group:
        line = spoil(shipped, table, key, column, value)
        places[why] = f"\n{table}.csv:{line}:{(elsewhere or [column])[0]} "
    assert main(["check", "--data", str(shipped)]) == 1
    printed = f"\n{capsys.readouterr().out}"
    assert [why for why, place in places.items() if place not in printed] == []


def test_a_fraction_where_an_integer_must_be_is_named(shipped, capsys):
    line = spoil(shipped, "panels", "organs", "first", "15.5")
    assert main(["check", "--data", str(shipped)]) == 1
    assert f"panels.csv:{line}:first wrong type: found '15.5'" in capsys.readouterr().out


def test_all_problems_are_shown_at_once(shipped, capsys):
    spoilt = [
        ("panels", spoil(shipped, "panels", "organs", "last", "many"), "last"),
        ("actors", spoil(shipped, "actors", "kaeot", "role", "guest"), "role"),
        ("statements", spoil(shipped, "statements", "19a", "speaker", "nobody"), "speaker"),
        (
            "participation",
            spoil(shipped, "participation", "tip-2024-other", "count", "30"),
            "count",
        ),
        ("verbs", spoil(shipped, "verbs", "make", "n", "1"), "n"),
    ]
    assert main(["check", "--data", str(shipped)]) == 1
    printed = capsys.readouterr()
    assert [place for place in spoilt if "{}.csv:{}:{} ".format(*place) not in printed.out] == []
    assert f"{len(printed.out.splitlines())} problems found." in printed.err


# --- whole files


def edit(path, change):
    path.write_bytes(change(path.read_bytes()))


def lines(change):
    """Return an edit that changes every line, given its place and its words."""
    return lambda content: b"".join(
        change(n, line) + b"\n" for n, line in enumerate(content.splitlines(), 1)
    )


UNCHECKED = "datapackage.json:1: no rule could be checked: cure the problems above first"
FILES = {
    "a file is missing": (
        lambda f: (f / "sections.csv").unlink(),
        "sections.csv:1: file is missing",
    ),
    "not UTF-8": (
        lambda f: edit(
            f / "sections.csv", lambda content: content.replace(b"Opening", b"Er\xf6ffnung")
        ),
        r"""sections.csv:3: not UTF-8: found "b'\\xf6'", must be UTF-8 text""",
    ),
    "a column is missing": (
        lambda f: edit(f / "sections.csv", lines(lambda _, line: line.split(b",")[0])),
        "sections.csv:1:label column is missing",
    ),
    "a column is extra": (
        lambda f: edit(
            f / "sections.csv", lines(lambda n, line: line + (b",x" if n > 1 else b",extra"))
        ),
        "sections.csv:1:extra unknown column: found 'extra'",
    ),
    "a column has another name": (
        lambda f: edit(f / "sections.csv", lambda content: content.replace(b"label", b"name", 1)),
        "sections.csv:1:label another column: found 'name', must be 'label'",
    ),
    "a file is extra": (
        lambda f: (f / "notes.csv").write_text("a\n1\n"),
        "notes.csv:1: file that datapackage.json does not describe",
    ),
    "a byte order mark": (
        lambda f: edit(f / "sections.csv", lambda content: b"\xef\xbb\xbf" + content),
        "sections.csv:1: byte order mark or carriage return: must be UTF-8 with LF",
    ),
    "Windows line ends": (
        lambda f: edit(f / "sections.csv", lambda content: content.replace(b"\n", b"\r\n")),
        "sections.csv:1: byte order mark or carriage return: must be UTF-8 with LF",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_flaw_of_a_whole_file_is_one_message(mini, capsys, name):
    change, message = FILES[name]
    change(mini)
    assert main(["check", "--data", str(mini)]) == 1
    printed = capsys.readouterr()
    read = name == "a file is extra"
    said = message if read else f"{message}\n{UNCHECKED}"
    assert (printed.out, printed.err) == (
        f"{said}\n",
        "1 problem found.\n" if read else "2 problems found.\n",
    )


def test_a_cell_too_many_is_found(mini, capsys):
    edit(mini / "sections.csv", lines(lambda n, line: line + b",x" if n == 2 else line))
    assert main(["check", "--data", str(mini)]) == 1
    place = len(RESOURCES["sections.csv"]["schema"]["fields"]) + 1
    assert (
        capsys.readouterr().out
        == f"sections.csv:2:{place} cell beyond the last column: found 'x'\n{UNCHECKED}\n"
    )


def test_a_cell_too_few_is_found(mini, capsys):
    edit(mini / "sections.csv", lines(lambda n, line: line.split(b",")[0] if n == 2 else line))
    assert main(["check", "--data", str(mini)]) == 1
    assert "sections.csv:2:label cell is missing\n" in capsys.readouterr().out


def test_an_empty_file_is_found(mini, capsys):
    (mini / "context.csv").write_text("")
    assert main(["check", "--data", str(mini)]) == 1
    assert "context.csv:1: file is empty: must be a table with " in capsys.readouterr().out


def test_a_blank_line_is_found(mini, capsys):
    edit(mini / "sections.csv", lambda content: content + b"\n")
    assert main(["check", "--data", str(mini)]) == 1
    assert "sections.csv:6: blank row\n" in capsys.readouterr().out


SCHEMAS = {
    "no descriptor": (None, "No data package at "),
    "no JSON": ("{", "Must be JSON in UTF-8"),
    "no UTF-8": (b'{"title": "\xf6"}', "Must be JSON in UTF-8"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_without_a_descriptor_the_check_cannot_run(mini, capsys, name):
    content, message = SCHEMAS[name]
    (mini / paths.SCHEMA).unlink()
    if content is not None:
        (mini / paths.SCHEMA).write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    assert main(["check", "--data", str(mini)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == 2
    assert "No data package at" in capsys.readouterr().err


UNSEEN = (
    *("\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066", "\u3164", "\ue000", "\U000e0041", "\ufff9"),
    *("\uffff", "\ufffd", "\x07", "\x1b", "\x00", "\x0e", "\u061c", "\u180e", "\u034f", "\ufe0f"),
)


@pytest.mark.parametrize("character", UNSEEN, ids=lambda character: f"{ord(character):04x}")
def test_a_character_that_no_reader_sees_is_named(mini, capsys, character):
    line = spoil(mini, "statements", "5a", "gist", f"A bo{character}at came.")
    assert main(["check", "--data", str(mini)]) == 1
    printed = capsys.readouterr().out
    assert f"statements.csv:{line}:gist unseen character: found " in printed
    assert f"must be without U+{ord(character):04X} " in printed and character not in printed


@pytest.mark.parametrize("capital", ["É", "Đ", "Ḥ", "Ø", "Ж", "1"])
def test_a_gist_may_begin_with_a_capital_of_any_alphabet(mini, capital):
    spoil(mini, "statements", "5a", "gist", f"{capital}vora spoke of fish.")
    assert [problem for problem in check.check(mini) if problem.column == "gist"] == []
