"""The scores of drafts that the book shows are those that the rules have today."""

import pandas as pd
import pytest

from analysis import load, tables
from benchmarks import scores

AGAIN = "run: python -m benchmarks.scores --source FILE"


def recorded(name):
    rows = load.dataset().drafts
    return rows[rows.document == name].reset_index(drop=True)


def assert_recorded(name, made):
    made = made.sort_values("aspect", ignore_index=True).astype({"expected": "Int64", "suggested": "Int64", "matched": "Int64"})
    made = made.assign(measure=made.measure.fillna(""), aim=made.aim.astype("Float64"))
    pd.testing.assert_frame_equal(recorded(name), made, check_dtype=False, obj=f"{name} ({AGAIN})")


@pytest.mark.parametrize("name", scores.INVENTED)
def test_the_scores_on_an_invented_summary(name):
    assert_recorded(name, scores.invented(name))


def test_the_scores_on_the_coded_summary(source):
    assert_recorded(scores.OURS, scores.scored(scores.OURS, source, scores.paths.DATA))


def test_every_document_is_scored_on_every_aspect():
    rows = load.dataset().drafts
    assert set(rows.document) == {scores.OURS, *scores.INVENTED} == set(tables.DOCUMENTS)
    assert rows.groupby("document").aspect.agg(tuple).nunique() == 1
    assert (rows.matched <= rows[["expected", "suggested"]].min(axis=1)).all()


def test_every_aim_is_met_where_rules_were_made():
    """The summary that no rule was made for is scored, whatever comes of it."""
    table = tables.drafts(load.dataset()).dropna(subset="aim")
    for name in ("this_summary", "firearms", "migrants"):
        missed = table[table[name] < table.aim]
        assert missed.empty, f"{name}: {list(missed.aspect)}"


def test_the_table_of_drafts_has_a_row_per_aspect_and_a_column_per_document():
    rows = load.dataset()
    rows.drafts = pd.DataFrame(
        {
            "document": ["this summary", "unseen", "this summary"],
            "aspect": ["claims", "claims", "themes"],
            "expected": [4, 5, 3],
            "suggested": [6, 0, 5],
            "matched": [3, 0, 2],
            "measure": ["recall", "recall", ""],
            "aim": pd.array([0.95, 0.95, None], dtype="Float64"),
        }
    )
    table = tables.drafts(rows).set_index("aspect")
    assert list(table.index) == ["claims", "themes"]
    assert table.loc["claims", ["this_summary", "unseen"]].tolist() == [0.75, 0.0]
    assert table.loc["themes", "this_summary"] == 0.5 and table.loc["themes", "measure"] == "F1"
    assert pd.isna(table.loc["themes", "aim"]) and pd.isna(table.loc["claims", "firearms"])
