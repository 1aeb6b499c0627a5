"""The score of a draft: counted by hand on small tables, and the aims that the rules must reach."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis import document, draft, load, paths
from analysis.__main__ import main
from analysis.draft import scoring

DATA = Path(__file__).parent / "data"


def spans(*rows):
    return pd.DataFrame(rows, columns=["paragraph", "start", "end"])


MATCHES = {
    # what is shown: (coded by hand, drafted, least overlap, pairs)
    "the same span": ([(1, 0, 10)], [(1, 0, 10)], 0.5, [(0, 0)]),
    "half is enough": ([(1, 0, 10)], [(1, 0, 5)], 0.5, [(0, 0)]),
    "less than half is not": ([(1, 0, 10)], [(1, 0, 4)], 0.5, []),
    "another paragraph": ([(1, 0, 10)], [(2, 0, 10)], 0.5, []),
    "one to one, the best first": ([(1, 0, 10)], [(1, 0, 6), (1, 0, 9)], 0.5, [(0, 1)]),
    "side by side do not touch": ([(1, 0, 5)], [(1, 5, 9)], 0, []),
    "any overlap": ([(1, 0, 50)], [(1, 49, 90)], 0, [(0, 0)]),
}


@pytest.mark.parametrize(("ours", "theirs", "least", "pairs"), MATCHES.values(), ids=MATCHES)
def test_spans_are_matched_one_to_one_by_overlap(ours, theirs, least, pairs):
    assert scoring.matched(spans(*ours), spans(*theirs), least) == pairs


def test_a_row_of_the_score_is_plain_arithmetic():
    row = scoring._row("statements", 10, 8, 6)
    assert (row["precision"], row["recall"], round(row["f1"], 3), row["aim"], row["met"]) == (0.75, 0.6, 0.667, "f1 0.80", False)
    assert scoring._row("themes", 0, 0, 0)["met"] is None
    assert scoring._row("claims", 0, 0, 0)["met"] is True, "nothing to find, nothing missed"


def test_a_record_without_a_table_misses_nothing(mini):
    """Scored on its own summary; the mini data are too odd to reach the aims."""
    table = draft.score(document.read(DATA / "mini" / "summary.md"), load.dataset(mini)).set_index("aspect")
    assert table.loc["sections", "met"] and table.loc["sections", "matched"] == 4
    assert list(table.columns) == [name for name in scoring.COLUMNS if name != "aspect"]


def test_every_aim_is_an_aspect(mini):
    table = draft.score(document.read(DATA / "mini" / "summary.md"), load.dataset(mini))
    assert set(scoring.AIMS) <= set(table.aspect)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_prints_the_score_and_ends_with_1_where_an_aim_is_missed(mini, capsys, form):
    command = ["draft", str(DATA / "mini" / "summary.md"), "--score", "--data", str(mini), "--format", form]
    assert main(command) == 1
    assert "panellists" in capsys.readouterr().out


def missed(table):
    return table[~table.met.fillna(True)].aspect.tolist()


def test_every_aim_is_met_on_the_coded_document(source, capsys):
    assert missed(draft.score(document.read(source), load.dataset())) == []
    assert main(["draft", str(source), "--score"]) == 0


@pytest.mark.parametrize("name", ["firearms", "migrants"])
def test_every_aim_is_met_on_invented_dialogues(name, tmp_path):
    folder = shutil.copytree(DATA / name, tmp_path / name)
    shutil.copy(paths.DATA / paths.SCHEMA, folder)
    assert missed(draft.score(document.read(folder / "summary.md"), load.dataset(folder))) == []
