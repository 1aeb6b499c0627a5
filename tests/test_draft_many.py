"""Drafting many files: a folder for each, the same bytes wherever it is done, and what cannot be read is named."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis import check, draft
from analysis.__main__ import main
from benchmarks import scale

MINI = Path(__file__).parent / "data" / "mini" / "summary.md"


@pytest.fixture(scope="module")
def summaries(tmp_path_factory):
    """Six variants of an invented summary, and five files that are none."""
    folder = scale.summaries(tmp_path_factory.mktemp("many") / "in", 6)
    for name, content in scale.BROKEN.items():
        (folder / name).write_bytes(content)
    return folder


def test_the_same_bytes_wherever_it_is_done(summaries, tmp_path):
    one, broken, _ = scale.drafted(summaries, tmp_path / "one", workers=1)
    assert sorted(broken) == sorted(scale.BROKEN)
    assert scale.drafted(summaries, tmp_path / "two", workers=2)[:2] == (one, broken)
    with ThreadPoolExecutor(3) as executor:
        assert scale.drafted(summaries, tmp_path / "threads", executor=executor, workers=3)[:2] == (one, broken)


def test_a_folder_of_summaries(summaries, tmp_path, capsys):
    assert main(["draft", str(summaries), "--out", str(tmp_path / "out"), "--jobs", "1"]) == 2
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 6 and "00003: " in printed.out
    assert printed.err.splitlines()[-6] == "5 of 11 files could not be read:"
    assert all(any(name in line for line in printed.err.splitlines()[-5:]) for name in scale.BROKEN)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"0000{n}" for n in range(6)]
    assert check.check(tmp_path / "out" / "00003") == []


def test_a_second_run_keeps_what_the_first_has_done(tmp_path, capsys):
    """Nothing is replaced without being told to."""
    out = tmp_path / "out"
    assert main(["draft", str(MINI), "--out", str(out)]) == 0
    (out / "note.txt").write_text("mine", encoding="utf-8")
    assert main(["draft", str(MINI), "--out", str(out)]) == 2
    assert "is not empty. Give another folder, or --force to replace it." in capsys.readouterr().err
    assert (out / "note.txt").exists()
    assert main(["draft", str(MINI), "--out", str(out), "--force"]) == 0
    assert not (out / "note.txt").exists()


def test_several_files_cannot_be_scored(capsys):
    assert main(["draft", str(MINI), str(MINI.with_name("README.md")), "--score"]) == 2
    assert "Invalid --score of several files" in capsys.readouterr().err


def test_what_the_reader_warns_of_is_told(tmp_path, capsys):
    text = MINI.read_text(encoding="utf-8").replace("\n7. The", "\nThe")
    (tmp_path / "s.md").write_text(text, encoding="utf-8")
    assert main(["draft", str(tmp_path / "s.md"), "--out", str(tmp_path / "out")]) == 0
    assert "Number 7 was not found" in capsys.readouterr().out


def test_files_of_one_name_have_folders_of_their_own():
    made = draft.folders([Path("a/s.md"), Path("b/s.pdf"), Path("b/Other One.md")], Path("out"), several=True)
    assert [path.as_posix() for path in made.values()] == ["out/s", "out/s-2", "out/other-one"]
