"""Write a draft to a folder of its own, whole or not at all."""

import copy
import json
import re
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from analysis import load, paths, suggested

TITLE = "A draft of a coded record"
MAY_BE_BLANK = {  # columns that a finished record must fill and a draft cannot
    "meetings": ("date",),
    "themes": ("example",),
    "verbs": ("n", "modal_category", "share", *(f"category_{number}" for number in range(1, 6))),
}
README = """# A draft of a coded record

A machine made these tables from one document, by rules on words. **Nothing in them has been read by a person.** Every
row that it made says `suggested` in the column `status`, and why in the column `reason`. (`instruments.csv` has a `status`
of its own, so there the two are `draft_status` and `draft_reason`.)

What to do, table by table:

1. Read each row beside the document. Correct its cells, add rows that are missing, delete rows that should not be there.
2. **Replace every gist by a sentence of your own.** A drafted gist is the document's own words, cut short: it must not
   be published.
3. Write `confirmed` in the place of `suggested`. `python -m analysis check --data DIR` says how many rows are left.
4. Fill what only a person can judge: uptake, the second reading, what was settled, comparisons, context, irregularities,
   rejected pairs, parties to recommendations, legal bases; and in the codebook the example of each theme, and themes
   that this meeting needs.

`themes.csv`, `crosswalk.csv` and `verbs.csv` are copied from the codebook; a first verb that it does not know is added to
`verbs.csv` without figures. A category that a verb gives is the commonest one of that verb, not a reading.

While a row is suggested, the check leaves out these rules, which only a finished record can meet:

"""


def write(tables: dict[str, pd.DataFrame], folder: str | Path, *, force: bool = False) -> Path:
    """Write the tables of a draft, its schema and a page that says what to do.

    Parameters
    ----------
    tables : dict of DataFrame
        As `analysis.draft.draft` gives them.
    folder : str or Path
        Where to write. It is made where it is missing; nothing half-written is ever left in it.
    force : bool
        Whether a folder that holds something may be replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    FileExistsError
        Where the folder holds something, or is a file, and `force` is not given.
    """
    folder = Path(folder)
    refuse(folder, force=force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made:
        new = Path(made) / "new"
        _fill(new, tables)
        if folder.exists():
            shutil.move(folder, Path(made) / "old")
        new.rename(folder)
    return folder


def refuse(folder: Path, *, force: bool) -> None:
    """Raise FileExistsError where a folder holds something that must stay."""
    if folder.is_file():
        raise FileExistsError(f"'{folder}' is a file. Give another folder.")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"'{folder}' is not empty. Give another folder, or --force to replace it.")


def _fill(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    descriptor = schema()
    folder.mkdir()
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        path.parent.mkdir(exist_ok=True)
        tables[resource["name"]].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / paths.SCHEMA).write_text(text, encoding="utf-8")
    skipped = "\n".join(f"- `{rule}`: {why}" for rule, why in suggested.SKIPPED.items())
    (folder / "README.md").write_text(README + skipped + "\n", encoding="utf-8")


def schema() -> dict:
    """Return the data package descriptor of a draft: the book's own, with the two columns, and blanks where a draft has them."""
    descriptor = copy.deepcopy(load.schema())
    about = f"{TITLE}. Suggested by rules on words; to be read, corrected and confirmed by a person."
    descriptor |= {"name": "draft", "title": TITLE, "description": about}
    for resource in descriptor["resources"]:
        fields = resource["schema"]["fields"]
        resource["description"] = re.sub(r",? in paragraphs \d+ to \d+(?=\.)", "", resource["description"])
        for field in fields:
            if field["name"] in MAY_BE_BLANK.get(resource["name"], ()):
                del field["constraints"]["required"]
        if resource["name"] in suggested.DRAFTED:
            names = [field["name"] for field in fields]
            fields += suggested.fields(suggested.columns(names)[-2:])
    return descriptor
