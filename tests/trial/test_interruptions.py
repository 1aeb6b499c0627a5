"""Whatever ends a command early, the next one does what is left, and nothing is left running."""

import os
import signal
import time
from pathlib import Path

import pytest

PAGE = [("markdown", "# Page\n\nWords."), ("python", "print('a cell')")]
SLOW = [*PAGE, ("python", "from pathlib import Path\nPath('begun').touch()\nwhile True: pass")]


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.2)


def running_in(folder):
    """Return the commands that still run with this folder in them."""
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder) in os.readlink(process / "cwd"):
                commands.append((process / "cmdline").read_bytes().replace(b"\0", b" "))
        except OSError:
            continue
    return commands


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_is_made_again_and_a_finished_one_is_not(copy, signal_):
    copy.write_book(page=SLOW)
    with copy.start("make book", start_new_session=True) as process:
        begun = copy.folder / "book" / "begun"
        wait_for(lambda: begun.exists() or process.poll() is not None)
        os.killpg(process.pid, signal_)
        # A signal that a kernel loses ends with the limit of its cell, two minutes.
        printed, _ = process.communicate(timeout=180)
    assert begun.exists(), printed
    assert process.returncode != 0 and not copy.is_built()
    if signal_ == signal.SIGINT and Path("/proc/self").exists():
        wait_for(lambda: running_in(copy.folder) == [], 30)
    copy.write_book(page=PAGE)
    copy.succeed("make _build/.made")
    assert copy.is_built()
    finished = (copy.folder / "_build" / ".made").stat().st_mtime_ns
    assert "Executing" not in copy.succeed("make _build/.made")
    assert (copy.folder / "_build" / ".made").stat().st_mtime_ns == finished
    os.utime(copy.folder / "book" / "page.ipynb")
    assert "Executing" in copy.succeed("make _build/.made"), "a newer page"


def test_notebooks_are_cleaned_when_jupyterlab_ends(copy):
    copy.write_book(page=SLOW)
    printed = copy.succeed("make lab ARGS=--version")
    assert "JupyterLab has ended. Cleaning the notebooks" in printed
    assert "page.ipynb: cleaned" in printed and '"version"' not in copy.read("book/page.ipynb")


def test_the_commit_hook_cleans_the_notebooks_that_it_is_given(copy):
    copy.write_book(page=SLOW, other=PAGE)
    assert "book/page.ipynb: cleaned" in copy.succeed(hook(copy, "notebooks") + " book/page.ipynb")
    assert '"version"' not in copy.read("book/page.ipynb")
    assert '"version"' in copy.read("book/other.ipynb"), "it was not given"


def hook(copy, name):
    import yaml

    (local,) = yaml.safe_load(copy.read(".pre-commit-config.yaml"))["repos"]
    (entry,) = (hook["entry"] for hook in local["hooks"] if hook["id"] == name)
    return entry
