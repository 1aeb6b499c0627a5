"""What is cited by itself: its file, its citation, and whether a citation is still true."""

import json
import re
import subprocess
from dataclasses import replace

import pandas as pd
import pytest
import rispy
from pybtex.database import parse_string
from test_citation_formats import FIELDS, RELEASED, URL, item_in_style

from analysis import cite, items, paths
from analysis.__main__ import main
from analysis.record import readings

CODED = {"statements": "s", "recommendations": "r", "claims": "claims"}
EXAMPLES = {
    "p-5": "Paragraph 5",
    "s-5b": "Statement 5b",
    "r-9a": "Recommendation 9a",
    "q2a": "Claim q2a",
    "t-fish": "Theme: Fish",
    "a-museum": "Who said what: Mill Museum",
}


@pytest.fixture(scope="module")
def every(small):
    return items.every(small)


@pytest.fixture(scope="module")
def files(shipped):
    written = items.written(shipped, cite.read())
    return {path: json.loads(text) for path, text in written.items()}


def but(data, table, row, **cells):
    """Return the record with other cells in one row of a table."""
    rows = getattr(data, table).copy()
    for column, value in cells.items():
        rows.loc[row, column] = value
    return replace(data, **{table: rows})


def row_of(data, table, id):
    rows = getattr(data, table)
    return rows.index[rows.id == id][0]


# --- files --------------------------------------------------------------------------------------


def test_everything_that_is_cited_by_itself_has_a_file_and_nothing_else(shipped, files):
    applied = shipped.themes[shipped.themes.parent != ""]
    speakers = shipped.actors[shipped.actors.role.isin(["panellist", "floor"])]
    expected = [f"p/{number}.json" for number in shipped.paragraphs.number]
    for table, folder in CODED.items():
        expected += [f"{folder}/{id}.json" for id in getattr(shipped, table).id]
    expected += [f"themes/{id}.json" for id in applied.id]
    expected += [f"speakers/{id}.json" for id in speakers.id]
    folders = {kind: items.CITABLE[kind].folder for kind in items.CITABLE}
    expected += [f"{folders[row.kind]}/{row.id}.json" for row in shipped.retired.itertuples()]
    assert sorted(files) == sorted(expected)


def test_a_file_has_the_codes_of_the_record(small, every):
    assert every["r-9a"].covered["addressee_stated"] == "States"
    row = small.statements.set_index("id").loc["5b"]
    covered = every["s-5b"].covered
    same = ("speaker", "act", "gist")
    assert {name: covered[name] for name in same} == {name: row[name] for name in same}
    assert covered["words"] == row.sha256
    themes = small.statement_themes
    assert covered["themes"] == sorted(themes.theme[themes.statement == "5b"])
    uptake = small.uptake[small.uptake.statement == "5b"]
    assert covered["counterparts"] == dict(zip(uptake.recommendation, uptake.level, strict=True))


def flat(given):
    """Yield codebook, variable, reader and value of the readings in a file, without links."""
    for codebook, variables in given.items():
        for variable, readers in variables.items():
            for reader, value in readers.items():
                if not isinstance(value, dict):
                    yield codebook, variable, reader, value


@pytest.mark.parametrize("table", CODED)
def test_a_file_has_what_every_reader_gave(shipped, files, table):
    rows = getattr(shipped, table)
    given = shipped.readings[shipped.readings.variable.isin(readings.UNITS[table])]
    parts = dict(iter(given.groupby("unit")))
    for id, unit in zip(rows.id, readings.units(rows), strict=True):
        found = sorted(flat(files[f"{CODED[table]}/{id}.json"].get("readings", {})))
        read = parts.get(unit, given[:0])
        expected = read[["codebook", "variable", "reader", "value"]]
        assert found == sorted(expected.itertuples(index=False, name=None)), id


def test_a_file_has_every_link_with_its_reason_and_who_saw_it(shipped, files):
    for row in shipped.uptake.itertuples():
        for path, other in (
            (f"s/{row.statement}.json", row.recommendation),
            (f"r/{row.recommendation}.json", row.statement),
        ):
            told = files[path]
            assert row.reason in [link.get("reason") for link in told["uptake"]]
            seen = [given.get("uptake", {}) for given in told.get("readings", {}).values()]
            levels = [level for readers in seen for links in readers.values() for level in links]
            assert other in levels or f"{row.statement}>{row.recommendation}" in {
                settled["unit"] for settled in told["settled"]
            }


def test_a_file_says_where_and_what_it_is_of_which_version_and_how_to_cite_it(shipped):
    told = json.loads(items.written(shipped, FIELDS)["r/43a.json"])
    assert told["page"] == "book/record.html#r-43a" and told["name"] == "r-43a"
    assert told["edition"] == str(RELEASED)
    assert (told["version"], told["date"]) == ("1.2", "2026-01-02")
    assert told["proof"] == f"r-43a@1.2:{told['hash'].removeprefix('sha256:')[:12]}"
    assert told["hash"] == f"sha256:{items.digest(told['covered'])}"
    assert list(told["citation"]) == ["text", "bibtex", "ris", "csl"]


def test_what_is_withdrawn_has_a_file_that_says_so(shipped, files):
    row = shipped.retired[shipped.retired.kind == "claim"].iloc[0]
    told = files[f"claims/{row.id}.json"]["covered"]["withdrawn"]
    assert (told["since"], told["reason"]) == (row.since, row.reason)


def test_files_are_small_and_the_same_bytes_in_every_run(shipped, tmp_path):
    here = items.written(shipped, cite.read())
    assert max(len(text.encode()) for text in here.values()) < 10_000
    program = (
        "from analysis import cite, items, record\n"
        "print(items.digest(items.written(record.load(), cite.read())))"
    )
    python = str(paths.ROOT / ".venv" / "bin" / "python")
    other = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "77", "LC_ALL": "C", "HOME": str(tmp_path)}
    run = subprocess.run(
        [python, "-c", program], cwd=tmp_path, env=other, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == items.digest(here)


# --- the hash -----------------------------------------------------------------------------------


def changed(before, after):
    """Return what of an item has another hash."""
    return {
        name
        for name in before.parts | after.parts
        if before.parts.get(name) != after.parts.get(name)
    }


def test_the_hash_covers_gist_codes_words_and_links(small, every):
    row = row_of(small, "statements", "5b")
    before = every["s-5b"]
    for column, name in (("gist", "gist"), ("act", "act"), ("sha256", "words")):
        after = items.every(but(small, "statements", row, **{column: "other"}))["s-5b"]
        assert after.hash != before.hash and changed(before, after) == {name}
    links = small.uptake[small.uptake.statement != "5b"]
    after = items.every(replace(small, uptake=links))["s-5b"]
    assert changed(before, after) == {"counterparts"}


def test_the_hash_does_not_cover_reasons_places_and_columns_that_are_new(small, every):
    row = row_of(small, "statements", "5b")
    data = but(small, "statements", row, start=1, more="new")
    data = replace(data, uptake=data.uptake.assign(reason="other"))
    assert {name: item.hash for name, item in items.every(data).items()} == {
        name: item.hash for name, item in every.items()
    }


def test_the_hash_in_a_citation_tells_any_two_items_apart(shipped):
    proofs = {item.proof("1.0.0").partition(":")[2] for item in items.every(shipped).values()}
    assert len(proofs) == len(items.every(shipped))


# --- citations ----------------------------------------------------------------------------------


def part(every, name, fields=FIELDS):
    item = every[name]
    return cite.part(fields, item.title, name, item.address, item.proof("1.2"))


@pytest.mark.parametrize(("name", "title"), EXAMPLES.items())
def test_every_kind_is_cited_as_a_part_of_the_book(every, name, title):
    fields = part(every, name)
    proof, address = every[name].proof("1.2"), f"{URL}{every[name].address}"
    assert cite.text(fields) == (
        f"The Sea project (2026). {title}. In A title. Version 1.2. Report. {address} [{proof}]"
    )
    (entry,) = parse_string(cite.bibtex(fields), "bibtex").entries.values()
    assert (entry.type, entry.key) == ("techreport", f"paragraph53-{name}")
    assert (
        entry.fields["title"] == f"{{{title}}}"
        and entry.fields["number"] == f"Version 1.2 [{proof}]"
    )
    assert entry.fields["url"] == address and entry.fields["booktitle"] == "{A title}"
    (record,) = rispy.loads(cite.ris(fields))
    assert (record["title"], record["secondary_title"]) == (title, "A title")
    assert (record["issn"], record["urls"]) == (f"Version 1.2 [{proof}]", [address])
    item = cite.csl(fields)
    assert (item["type"], item["container-title"]) == ("report", "A title")
    assert item["number"] == f"Version 1.2 [{proof}]" and item["URL"] == address


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (
            "apa",
            "The Sea project. (2026). Recommendation 9a. In A title (Version 1.2 [{}]). The Sea"
            " project. {}",
        ),
        (
            "chicago-author-date",
            "The Sea project. 2026. “Recommendation 9a”. In A Title, Version 1.2 [{}]. The Sea"
            " project. {}.",
        ),
        (
            "oscola",
            "The Sea project, ‘Recommendation 9a’ (The Sea project 2026) Version 1.2 [{}] <{}>",
        ),
    ],
)
def test_styles_print_an_item_with_what_proves_it(every, style, printed):
    address = f"{URL}book/record.html#r-9a"
    proof = every["r-9a"].proof("1.2")
    assert item_in_style(style, cite.csl(part(every, "r-9a"))) == printed.format(proof, address)


def test_a_doi_is_that_of_the_book_and_the_address_that_of_the_item(every):
    fields = part(every, "r-9a", FIELDS | {"doi": "10.1234/abc"})
    assert cite.csl(fields)["DOI"] == "10.1234/abc"
    assert cite.csl(fields)["URL"].endswith("book/record.html#r-9a")


def test_without_an_address_none_is_made_up(every):
    fields = part(every, "r-9a", {key: FIELDS[key] for key in FIELDS if key != "url"})
    assert "http" not in json.dumps(items.forms(fields))


# --- whether a citation is still true -----------------------------------------------------------


def released(data, *versions):
    """Return the record with what it holds as published in each version."""
    rows = [items.as_published(items.every(data), version) for version in versions]
    return replace(data, published=pd.concat([data.published, *rows], ignore_index=True))


def words(text, data):
    (found,) = items.check(text, data)
    return found.words, found.same


def test_what_is_cited_is_the_same(small, every):
    text = cite.text(part(every, "r-9a", FIELDS | {"edition": replace(RELEASED, version="1.2.0")}))
    proof = every["r-9a"].proof("1.2.0")
    assert words(proof, small) == ("r-9a in version 1.2.0: the same as here.", True)
    assert words(text.replace("1.2:", "1.2.0:"), small)[1]


@pytest.mark.parametrize(
    ("old", "new"), [("-", "-\n"), ("@", " @ "), (":", ":\n"), ("[", "("), ("]", "."), ("[r", "[R")]
)
def test_a_citation_may_be_broken_where_it_was_pasted(small, every, old, new):
    pasted = f"As they say [{every['r-9a'].proof('1.2.0')}] in a note".replace(old, new)
    assert words(pasted, small)[1]


def test_every_format_proves_itself(shipped):
    fields = cite.read()
    for name in ("p-43", "s-27l", "r-43a", "q21a", "t-training", "a-floor"):
        forms = items.cited(items.find(name, shipped), fields)["citation"]
        for form, made in forms.items():
            assert all(each.same for each in items.check(json.dumps(made), shipped)), (name, form)


def test_what_changed_is_told_by_version_with_the_reason_on_record(small, every):
    first = released(small, "1.0.0")
    row = row_of(small, "statements", "5b")
    second = released(but(first, "statements", row, gist="Other."), "1.1.0")
    settled = {"unit": "5b", "variable": "act", "reason": "It is one."}
    reasoned = pd.concat([second.settled, pd.DataFrame([settled])], ignore_index=True)
    last = replace(but(second, "statements", row, act="concern"), settled=reasoned)
    proof = every["s-5b"].proof("1.0.0")
    assert words(proof, last) == (
        "s-5b in version 1.0.0: changed since. In 1.1.0: gist; In what is here, after the last"
        " release: act (It is one.).",
        False,
    )
    assert words(proof, first)[1]


def test_what_is_withdrawn_is_told_with_what_replaces_it_and_why(small, every):
    known = released(small, "1.0.0")
    gone = {"id": "5b", "kind": "statement", "paragraph": 5, "since": "1.1.0"}
    gone |= {"replaced_by": "5c 5d", "reason": "It holds two things."}
    data = replace(
        known,
        statements=known.statements[known.statements.id != "5b"],
        retired=pd.concat([known.retired, pd.DataFrame([gone])], ignore_index=True),
    )
    assert words(every["s-5b"].proof("1.0.0"), data) == (
        "s-5b in version 1.0.0: withdrawn since version 1.1.0, replaced by 5c 5d."
        " It holds two things.",
        False,
    )


def test_a_hash_that_the_version_never_had_is_told(small, every):
    data = released(small, "1.0.0")
    found, same = words("s-5b@1.0.0:000000000000", data)
    assert not same and every["s-5b"].hash[:12] in found and "not its own" in found


def test_of_a_version_that_is_not_on_record_it_is_said_that_what_changed_is_not_known(small):
    found, same = words("s-5b@1.0.0.dev:000000000000", small)
    assert not same and found.endswith("so what has changed is not known.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The Sea project (2026). A title.", "Must have a name, a version and a hash"),
        ("r-9a@1.0.0", "Must have a name"),
        ("r-9a@1.0.0:zzz", "Must have a name"),
        ("", "Must have a name"),
        ("r-99z@1.0.0:000000000000", "Unknown item 'r-99z'. Must be a name as in r-9"),
    ],
)
def test_what_is_no_citation_is_refused_in_one_line(small, text, message):
    with pytest.raises(ValueError, match=message) as refusal:
        items.check(text, small)
    assert "\n" not in str(refusal.value)


def test_before_a_release_nothing_is_published_and_after_it_all_is(shipped):
    edition = cite.read()["edition"]
    rows = shipped.published
    if not edition.released:
        assert edition.version not in set(rows.version)
        return
    rows = rows[rows.version == edition.version]
    current = {name: item.hash for name, item in items.every(shipped).items()}
    assert current.items() <= dict(zip(rows["item"], rows.hash, strict=True)).items()


# --- the commands -------------------------------------------------------------------------------


def test_the_command_prints_what_the_file_has_and_the_other_finds_it_the_same(capsys, files):
    assert main(["cite", "r-43a"]) == 0
    printed = capsys.readouterr().out
    assert printed == f"{files['r/43a.json']['citation']['text']}\n"
    assert main(["verify", "--citation", printed]) == 0
    assert capsys.readouterr().out.endswith("the same as here.\n")
    assert main(["cite", "r-43a", "--format", "csl"]) == 0
    assert json.loads(capsys.readouterr().out) == files["r/43a.json"]["citation"]["csl"]
    assert main(["verify", "--citation", "q16a@0.1.0:000000000000"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cite", "43a"], "Unknown item '43a'. Must be a name as in r-43a"),
        (["cite", "r-43a", "--format", "zenodo"], "Must be one of text, bibtex, ris, csl"),
        (["verify"], "Must have either FILE, a copy, or --citation TEXT."),
        (["verify", "a.txt", "--citation", "b"], "Must have either FILE"),
        (["verify", "--citation", "b"], "Invalid citation 'b'."),
    ],
)
def test_a_call_that_cannot_be_right_is_2_in_one_line(capsys, arguments, message):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and message in printed.err and len(printed.err.splitlines()) == 1


# --- the built book -----------------------------------------------------------------------------


@pytest.mark.needs_book
def test_the_book_has_the_file_of_every_item(html, shipped):
    for path, text in items.written(shipped, cite.read()).items():
        assert (html / path).read_text(encoding="utf-8") == text, path


@pytest.mark.needs_book
def test_a_table_and_a_figure_of_the_book_prove_themselves(html, shipped, capsys):
    for name in ("tab-panellists", "fig-acts"):
        assert main(["cite", name, "--format", "bibtex"]) == 0
        told = capsys.readouterr().out
        assert [each.same for each in items.check(told, shipped)] == [True]
    book = items.built(html)
    assert len(book) > 90
    assert book["fig-acts"].address == "book/panels.html#fig-acts"


@pytest.mark.needs_book
def test_every_item_table_and_figure_has_one_link_to_its_file_on_a_page(html, shipped):
    linked = []
    for page in html.glob("book/*.html"):
        text = page.read_text(encoding="utf-8")
        found = re.findall(r'<a class="cite" href="\.\./([^"]+)" aria-label="(Cite [^"]+)"', text)
        names = [name for _, name in found]
        assert len(set(names)) == len(names), page
        linked += [(path, page.stem) for path, _ in found]
        assert [path for path, _ in found if not (html / path).is_file()] == []
    twice = {path for path, _ in linked if [each for each, _ in linked].count(path) > 1}
    assert all(path.startswith("claims/") for path in twice), "a claim has a card too"
    retired = {item.file for item in items.every(shipped).values() if item.withdrawn}
    expected = {item.file for item in (items.every(shipped) | items.built(html)).values()}
    assert expected - {path for path, _ in linked} <= retired
