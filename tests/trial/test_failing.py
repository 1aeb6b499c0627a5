"""Edits that must fail: the build stops, says where, and leaves no book that looks finished."""

import pytest

LOAD = (
    "python",
    "from analysis import record\nfrom analysis.page import show\n\ndata = record.load()",
)
FIRST = [("markdown", "# First\n\n(one)=\n\nSee [the second](#two) and {glue:text}`rows`.")]
FIRST += [LOAD, ("python", "show.numbers(rows=len(data.sections))")]
SECOND = [("markdown", "# Second\n\n(two)=\n\nWords.")]


def test_a_book_without_a_fault_is_built(copy):
    copy.write_book(first=FIRST, second=SECOND)
    copy.succeed("make book")
    assert copy.is_built()


EDITS = {
    "a link that leads nowhere": (("markdown", "See [nothing](#nowhere)."), "nowhere"),
    "a label that another page has": (("markdown", "(one)=\n\n## Other"), "one"),
    "a number that no cell gives": (("markdown", "There are {glue:text}`missing`."), "missing"),
    "a view that cannot be": (("markdown", "{view}`some <outcome=some>`"), "Invalid view"),
    "a cell that fails": (("python", "assert len([]) == 1, 'none of them'"), "none of them"),
    "a cell that warns": (("python", "import warnings\nwarnings.warn('mind this')"), "stderr"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_page_with_a_fault_is_not_built(copy, name):
    cell, said = EDITS[name]
    copy.write_book(first=FIRST, second=[*SECOND, cell])
    code, printed = copy.run("make book")
    assert code != 0 and not copy.is_built()
    assert said in printed
    *_, last, _ = printed.strip().splitlines()  # make adds a line of its own
    assert last.startswith("The book was not made. ") and "book/second" in last


def with_semicolons(copy):
    text = copy.read("data/participation.csv")
    copy.write("data/participation.csv", text.replace(",", ";"))


def with_another_total(copy):
    header, row, *rows = copy.read("data/verbs.csv").splitlines()
    verb, number, *cells = row.split(",")
    copy.write(
        "data/verbs.csv", "\n".join([header, ",".join([verb, number + "0", *cells]), *rows, ""])
    )


@pytest.mark.parametrize("edit", [with_semicolons, with_another_total])
def test_data_with_a_fault_stop_the_build_before_it_begins(copy, edit):
    edit(copy)
    code, printed = copy.run("make book")
    assert code != 0 and not copy.is_built()
    assert ".csv:" in printed and "Executing the notebooks" not in printed
