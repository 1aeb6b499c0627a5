"""Whatever ends a command early, the next one does what is left, and nothing is left running."""

import os
import resource
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
    assert "Executing" not in copy.succeed("make _build/.made"), "a newer page with the same words"
    copy.write_book(page=[*PAGE, ("markdown", "More words.")])
    assert "Executing" in copy.succeed("make _build/.made"), "a page with other words"


def test_a_second_build_at_once_is_refused_and_the_first_is_whole(copy):
    copy.write_book(page=SLOW)
    with copy.start("make book", start_new_session=True) as first:
        wait_for(lambda: (copy.folder / "book" / "begun").exists() or first.poll() is not None)
        code, printed = copy.run("make book")
        assert code != 0 and "Another build of this book is running." in printed
        os.killpg(first.pid, signal.SIGKILL)
    copy.write_book(page=PAGE)
    copy.succeed("make book")
    assert copy.is_built(), "a build that was killed hinders no other"


def test_a_build_that_ends_early_leaves_the_book_that_was_there_without_its_seal(copy):
    copy.write_book(page=PAGE)
    copy.succeed("make book")
    page = copy.read("_build/html/book/page.html")
    copy.write_book(page=SLOW)
    with copy.start("make book", start_new_session=True) as process:
        wait_for(lambda: (copy.folder / "book" / "begun").exists() or process.poll() is not None)
        os.killpg(process.pid, signal.SIGKILL)
    assert copy.read("_build/html/book/page.html") == page and not copy.is_built()


SMALL = 40_000  # bytes: less than any page of the book


def with_no_room():
    """Let no file of a process grow: the error is that of a full disk in all but its words."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


def test_a_disk_without_room_stops_the_build_with_its_cause_and_leaves_no_seal(copy):
    copy.write_book(page=PAGE)
    copy.succeed("make book")
    page = copy.read("_build/html/book/page.html")
    copy.write_book(page=[("markdown", "# Page\n\n" + "Many words. " * SMALL)])
    with copy.start("make book", preexec_fn=with_no_room) as process:
        printed, _ = process.communicate(timeout=180)
    assert process.returncode != 0 and not copy.is_built(), printed
    *_, last, _ = printed.strip().splitlines()  # make adds a line of its own
    assert last.startswith("The book was not made. ") and "too large" in last
    assert copy.read("_build/html/book/page.html") == page, "the book that was there"
    copy.write_book(page=PAGE)
    copy.succeed("make book")
    assert copy.read("_build/html/book/page.html") == page and copy.is_built()


NO_NETWORK = """
import socket

def refuse(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        raise OSError(f"no network: {address}")
    return connect(self, address)

connect, socket.socket.connect = socket.socket.connect, refuse
"""


def test_once_it_is_installed_no_network_is_needed(copy):
    """Every Python that the build starts refuses to reach any address, that of this machine too."""
    (packages,) = (copy.folder / ".venv" / "lib").glob("python*/site-packages")
    (packages / "no_network.py").write_text(NO_NETWORK, encoding="utf-8")
    (packages / "no_network.pth").write_text("import no_network\n", encoding="utf-8")
    reach = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert "no network" in copy.run(f'.venv/bin/python -c "{reach}"')[1]
    copy.write_book(page=[*PAGE, ("python", "from analysis import record\nrecord.load()")])
    copy.succeed("make book")
    assert copy.is_built()


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
