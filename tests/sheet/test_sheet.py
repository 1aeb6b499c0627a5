"""Blind sheets: what is drawn, what a sheet holds, and copies that are refused."""

import openpyxl
import pandas as pd
import pytest
from sheets import COPY, SUMMARY, texts, written

from analysis import check, document, record, sheet
from analysis.__main__ import main
from analysis.record import readings


def test_the_small_data_with_a_codebook_are_clean(clean):
    assert check.check(clean) == []


# --- what is drawn ----------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_statements_and_another_draws_others(shipped):
    drawn = [sheet.draw(shipped, 30, seed).unit.tolist() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_statements_are_drawn_once_in_the_order_of_the_text(shipped):
    drawn = sheet.draw(shipped, 30, 1)
    assert len(set(drawn.id)) == 30
    assert drawn.index.is_monotonic_increasing


@pytest.mark.parametrize("seed", range(5))
def test_statements_are_spread_over_the_sections_as_all_are(shipped, seed):
    section = shipped.paragraphs.set_index("number").section
    every = shipped.statements.paragraph.map(section).value_counts() * 30 / 158
    counts = sheet.draw(shipped, 30, seed).paragraph.map(section).value_counts()
    assert (counts.reindex(every.index, fill_value=0) - every).abs().max() <= 1


def test_every_statement_can_be_drawn(small):
    assert {unit for seed in range(40) for unit in sheet.draw(small, 2, seed).id} == set(
        small.statements.id
    )


@pytest.mark.parametrize("count", [0, -1, 10])
def test_as_many_as_there_are_can_be_drawn(small, count):
    with pytest.raises(ValueError, match=f"Invalid --units {count}. Must be from 1 to 9."):
        sheet.draw(small, count, 1)


# --- what a sheet holds -----------------------------------------------------------------------


def test_a_unit_has_the_words_whose_hash_is_recorded_and_their_paragraph(blank, data):
    page = openpyxl.load_workbook(blank)["units"]
    rows = {unit: rest for unit, *rest in page.iter_rows(min_row=2, values_only=True)}
    assert len(rows) == 9
    for row, unit in zip(
        data.statements.itertuples(), readings.units(data.statements), strict=True
    ):
        words, paragraph, *answers = rows[unit]
        assert document.digest(words) == row.sha256
        assert paragraph == COPY.paragraphs[row.paragraph].text
        assert answers == [None] * 5


def test_what_we_coded_and_wrote_makes_no_difference_to_a_sheet(blank, data, tmp_path):
    """So it holds no code, no gist and no note of ours."""
    ours = {"gist", "note", "reason", "category_reason", "finding", "treatment", "measures"}
    changed = {
        table: frame.assign(**dict.fromkeys(ours & set(frame), "Another word."))
        for table, frame in vars(data).items()
    }
    said = changed["statements"]
    changed["statements"] = said.assign(act="procedure", action_category=pd.NA, speaker="chair")
    changed["statement_themes"] = changed["statement_themes"].assign(theme="birds")
    changed["uptake"] = changed["uptake"][:0]
    other = written(record.Record(**changed), tmp_path / "other.xlsx")
    assert texts(other) == texts(blank)
    assert [name for name in data.statements.id if name in texts(blank)] == []


def test_a_sheet_has_the_whole_codebook_of_what_it_asks(blank, data):
    book = openpyxl.load_workbook(blank)
    rows = list(book["codebook"].iter_rows(min_row=2, values_only=True))
    values = {(row[0], str(row[1])) for row in rows}
    codes = data.codes[data.codes.list.isin(["act", "action_category"])]
    expected = set(zip(codes.list, codes.value, strict=True)) | {
        ("themes", theme) for theme in ("fish", "birds", "money", "welcome")
    }
    assert values == expected
    assert "A weir keeps salmon out." in texts(blank)
    rules = data.coding_rules[data.coding_rules.variable.isin(["act", "action_category", "themes"])]
    assert set(rules.rule) <= set(texts(blank))


def test_the_first_page_says_what_to_do_and_that_it_must_not_be_published(blank):
    book = openpyxl.load_workbook(blank)
    said = "\n".join(row[0] for row in book.worksheets[0].iter_rows(values_only=True))
    assert "twenty minutes" in said
    assert "words of the document" in said and "MUST NOT be published" in said
    assert book.active is book.worksheets[0]
    named = ["units", "you", "codebook", "rules", *sheet.drawing.COLUMNS]
    assert [name for name in named[:4] if f'"{name}"' not in said] == []


def test_a_sheet_says_how_it_is_drawn_again(data, tmp_path):
    path = written(data, tmp_path / "one.xlsx", 4, 23)
    page = openpyxl.load_workbook(path)["you"]
    answers = {row[0]: row[1:] for row in page.iter_rows(values_only=True)}
    assert answers["seed"] == (
        23,
        "The same data give the same statements with --units 4 --seed 23.",
    )
    assert answers["codebook"][0] == readings.current(data)


def test_a_sheet_can_be_read_by_ear_and_by_eye(blank):
    """Headers are named and stay in sight, cells wrap, none is merged, no colour means anything."""
    book = openpyxl.load_workbook(blank)
    assert book.properties.title and book.properties.language == "en-GB"
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "B2"
        (table,) = page.tables.values()
        assert table.ref == page.dimensions and table.headerRowCount == 1
        assert [column.name for column in table.tableColumns] == [cell.value for cell in page[1]]
    for page in book:
        assert list(page.merged_cells.ranges) == []
        cells = [cell for row in page.iter_rows() for cell in row]
        assert all(cell.alignment.wrap_text for cell in cells)
        assert {cell.fill.fill_type for cell in cells} == {None}
        assert all(page.column_dimensions[cell.column_letter].width >= 10 for cell in page[1])


def test_only_the_cells_to_be_filled_are_unlocked(blank):
    book = openpyxl.load_workbook(blank)
    assert all(page.protection.sheet and not page.protection.password for page in book)
    unlocked = {
        f"{page.title} {cell.coordinate}"
        for page in book
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    to_fill = {f"units {column}{line}" for column in "DEFGH" for line in range(2, 11)}
    assert unlocked == to_fill | {"you B2", "you B3", "you B4"}


def test_a_cell_to_be_filled_has_the_list_of_its_values(blank):
    book = openpyxl.load_workbook(blank)
    offered = {}
    for rule in book["units"].data_validations.dataValidation:
        assert rule.showErrorMessage and rule.prompt
        page, area = rule.formula1.split("!")
        values = [str(cell.value) for (cell,) in book[page][area.replace("$", "")]]
        offered[str(rule.sqref)] = values
    acts = ["concern", "evidence", "practice", "proposal", "position", "procedure"]
    themes = ["fish", "birds", "money", "welcome"]
    assert offered == {
        "D2:D10": acts,
        "E2:E10": ["1", "2", "3", "4", "5"],
        **{f"{column}2:{column}10": themes for column in "FGH"},
    }


def test_words_that_begin_like_a_formula_are_text(data, tmp_path):
    """The document is not ours."""
    paragraph = document.Paragraph(3, "II", "=1+1 is what the Chair held.")
    text = document.Document((), {3: paragraph})
    row = data.statements[data.statements.id == "3a"].assign(start=0, end=7, unit="3:0-7")
    sheet.write(data, row, text, 1, tmp_path / "formula.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "formula.xlsx")["units"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1 is", "s")


def test_data_without_a_codebook_make_no_sheet(small, tmp_path):
    empty = small.codes[:0]
    with pytest.raises(ValueError, match="No codebook for act, action_category in codes.csv"):
        written(record.Record(**{**vars(small), "codes": empty}), tmp_path / "no.xlsx")


# --- the command that draws -------------------------------------------------------------------


def test_the_command_writes_a_sheet_and_tells_its_seed(folder, tmp_path, capsys):
    out = tmp_path / "mine.xlsx"
    options = ["--units", "5", "--out", str(out), "--data", str(folder)]
    assert main(["sheet", str(SUMMARY), *options]) == 0
    printed = capsys.readouterr().out
    assert "must not be published" in printed
    seed = printed.split("--seed ")[1].split(".")[0]
    first = texts(out)
    assert main(["sheet", str(SUMMARY), *options]) == 2
    assert "--force writes over one" in capsys.readouterr().err
    assert main(["sheet", str(SUMMARY), *options, "--seed", seed, "--force"]) == 0
    assert texts(out) == first


def test_a_sheet_ends_in_xlsx(folder, tmp_path, capsys):
    out = tmp_path / "mine.csv"
    assert main(["sheet", str(SUMMARY), "--out", str(out), "--data", str(folder)]) == 2
    assert "ends in .xlsx" in capsys.readouterr().err and not out.exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("engines rest in spring", "motors rest in spring", "paragraph 8: other words than those"),
        ("8. The Rowing Union said", "The Rowing Union said", "paragraph 8: missing from the file"),
    ],
)
def test_a_copy_with_other_words_is_refused_and_the_paragraph_named(
    folder, tmp_path, capsys, before, after, said
):
    text = SUMMARY.read_text(encoding="utf-8")
    assert before in text
    copy, out = tmp_path / "copy.md", tmp_path / "no.xlsx"
    copy.write_text(text.replace(before, after), encoding="utf-8")
    options = ["--units", "9", "--out", str(out), "--data", str(folder)]
    assert main(["sheet", str(copy), *options]) == 1
    printed = capsys.readouterr()
    assert said in printed.out and "verify FILE" in printed.err
    assert not out.exists()
