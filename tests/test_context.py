"""Outside figures: computed where they are used, with their cautions."""

import json
import re

import pytest

from analysis import paths, record, tables


@pytest.fixture
def data(shipped):
    return shipped


def test_states_are_a_share_of_the_parties_within_a_range(data):
    """182 and then 185 parties to the Protocol, and 192 to the Convention."""
    table = tables.states_as_share(data)
    assert list(table.parties) == [182, 185, 192] and set(table.present) == {54}
    assert list(table.per_cent) == [round(100 * 54 / number, 1) for number in (182, 185, 192)]


def test_every_claim_of_a_speaker_is_compared(data):
    table = tables.claims_and_figures(data)
    assert set(table.claim) == set(data.claims.id[data.claims.statement != ""])
    assert ((table.figure == "") == (table.verdict == "none found")).all()


def test_verdicts_count_every_comparison(data):
    assert tables.verdicts(data).comparisons.sum() == len(data.comparisons)


def test_shares_of_the_review_add_up_to_a_hundred(data):
    table = tables.strength_beside_review(data)
    assert (
        table[["by_first_verb", "as_read", "review_trafficking", "review_all"]]
        .sum()
        .round()
        .eq(100)
        .all()
    )


def test_an_unknown_figure_is_refused(data):
    with pytest.raises(ValueError, match="Invalid figure 'nothing'. Must be one of: "):
        tables.context.figure(data, "nothing")


def test_a_sentence_takes_its_figure_from_the_row(data):
    """The chapter on claims prints figures of the context table; its prose holds none."""
    cells = json.loads((paths.ROOT / "book" / "claims.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    prose = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    prose = re.sub(r"\[[^]]*\]\([^)]*\)", "", prose)
    names = re.findall(r'(\w+)=tables\.context\.figure\(data, "([\w-]+)"\)', code)
    assert names
    for name in names:
        assert f"{{glue:text}}`{name[0]}`" in prose
        value = data.context.set_index("id").value[name[1]]
        assert not re.search(rf"(?<!\w){re.escape(value.lstrip('+-'))}(?!\w)", prose)


def test_a_changed_figure_changes_what_the_sentence_prints(data):
    data = record.load()
    data.context.loc[data.context.id == "glotip24-children", "value"] = "12"
    assert tables.context.figure(data, "glotip24-children") == "12 per cent"
