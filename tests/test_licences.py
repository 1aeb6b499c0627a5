"""Every file of the project has a licence and a holder, as REUSE wants it."""

import re
import subprocess
import tomllib

import pytest

from analysis import paths

GIVEN = tomllib.loads((paths.ROOT / "REUSE.toml").read_text(encoding="utf-8"))
ANNOTATIONS = GIVEN["annotations"]
TEXTS = {path.stem for path in (paths.ROOT / "LICENSES").iterdir()}


def tracked():
    """Return the files that git keeps, without the texts of the licences."""
    try:
        run = subprocess.run(
            ["git", "ls-files"], cwd=paths.ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a clone: git ls-files")
    return [name for name in run.stdout.splitlines() if not name.startswith("LICENSES/")]


def pattern(glob):
    """Return a path of REUSE.toml as an expression: ** crosses folders, * does not."""
    parts = re.split(r"(\*\*|\*)", glob)
    return "".join({"**": ".*", "*": "[^/]*"}.get(part) or re.escape(part) for part in parts)


def licence_of(name):
    """Return what the last annotation that matches a file says of it."""
    found = None
    for each in ANNOTATIONS:
        globs = each["path"] if isinstance(each["path"], list) else [each["path"]]
        if any(re.fullmatch(pattern(glob), name) for glob in globs):
            found = each
    return found


def test_every_file_has_a_licence_whose_text_is_there_and_a_holder():
    assert GIVEN["version"] == 1
    for name in tracked():
        found = licence_of(name)
        assert found and found["SPDX-FileCopyrightText"], name
        assert set(found["SPDX-License-Identifier"].split(" AND ")) <= TEXTS, name


def test_every_text_of_a_licence_is_used():
    used = " AND ".join(each["SPDX-License-Identifier"] for each in ANNOTATIONS)
    assert set(used.split(" AND ")) == TEXTS


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("analysis/__main__.py", "MIT"),
        ("book/_ext/edition.py", "MIT"),
        ("data/statements.csv", "CC-BY-4.0"),
        ("data/readings/given/code.md", "CC-BY-4.0"),
        ("book/report.md", "CC-BY-4.0"),
        ("book/index.ipynb", "CC-BY-4.0 AND MIT"),
    ],
)
def test_code_is_mit_and_data_and_text_are_cc_by(name, licence):
    assert licence_of(name)["SPDX-License-Identifier"] == licence


def test_what_others_wrote_has_their_name():
    script = (paths.ROOT / "book" / "_static" / "minisearch.js").read_text(encoding="utf-8")
    holder = licence_of("book/_static/minisearch.js")["SPDX-FileCopyrightText"]
    assert holder == "2022 Luca Ongaro" and f"Copyright {holder}" in script
    assert (
        "Citation File Format"
        in licence_of("tests/data/cff-1.2.0.schema.json")["SPDX-FileCopyrightText"]
    )


def test_the_texts_are_those_of_the_licences_that_the_project_names():
    text = (paths.ROOT / "LICENSES" / "MIT.txt").read_text(encoding="utf-8")
    own = (paths.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n\n", 2)[2] == own.split("\n\n", 2)[2]
    data = (paths.ROOT / "LICENSES" / "CC-BY-4.0.txt").read_text(encoding="utf-8")
    assert data.startswith("Creative Commons Attribution 4.0 International Public License")
