"""Score drafts against codings by hand, and write the counts to data/drafts.csv: ``python -m benchmarks.scores --source FILE``.

The book shows them; a test scores again and compares. The invented summaries are in tests/data/, each with its coding.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd

from analysis import document, draft, load, paths
from analysis.draft.scoring import AIMS

INVENTED = ("firearms", "migrants", "unseen")
OURS = "this summary"
TABLE = paths.DATA / "drafts.csv"


def main(argv=None) -> int:
    """Score every document and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scores", description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True, metavar="FILE", help="a copy of the coded summary")
    given = parser.parse_args(argv)
    if not TABLE.exists():
        TABLE.write_text("document,aspect,expected,suggested,matched,measure,aim\n", encoding="utf-8")
    tables = [scored(OURS, given.source, paths.DATA), *(invented(name) for name in INVENTED)]
    table = pd.concat(tables).sort_values(["document", "aspect"])
    table.to_csv(TABLE, index=False, lineterminator="\n")
    print(f"{len(table)} scores are in {TABLE}.")
    return 0


def invented(name: str) -> pd.DataFrame:
    """Score the draft of an invented summary against its coding."""
    folder = paths.ROOT / "tests" / "data" / name
    with tempfile.TemporaryDirectory() as made:
        copy = shutil.copytree(folder, Path(made, name))
        shutil.copy(paths.DATA / paths.SCHEMA, copy)
        return scored(name, folder / "summary.md", copy)


def scored(name: str, file: Path, data: Path) -> pd.DataFrame:
    """Return the rows of the table for one document: document, aspect, expected, suggested, matched, measure, aim."""
    table = draft.score(document.read(file), load.dataset(data))
    measure = [AIMS.get(aspect, ("", None))[0] for aspect in table.aspect]
    aim = [AIMS.get(aspect, ("", None))[1] for aspect in table.aspect]
    return table[["aspect", "expected", "suggested", "matched"]].assign(measure=measure, aim=aim).pipe(_first, name)


def _first(table: pd.DataFrame, name: str) -> pd.DataFrame:
    table.insert(0, "document", name)
    return table


if __name__ == "__main__":
    sys.exit(main())
