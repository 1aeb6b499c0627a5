"""Many documents: whatever does the work, what comes of it is the same, complete, and in the order of the files."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis import batch, document, paths, record, verify
from analysis.batch import Outcome, processes

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = (MINI / "summary.md").read_text(encoding="utf-8")


# Tasks stand at the top of the module: a process that is new must find them.


def length(path):
    return len(path.name)


def length_later(path):
    """The first files take longest."""
    time.sleep(0.2 / (1 + int(path.stem)))
    return int(path.stem)


def fussy(path):
    match path.stem:
        case "killer":
            os._exit(9)
        case "slow" | "stubborn":
            stubbornly_wait(path.stem == "stubborn")
        case "missing":
            raise FileNotFoundError(f"No file '{path}'.")
        case "invalid":
            raise ValueError("Invalid file.\nMust have\n  other words.")
        case "odd":
            raise KeyError("words")
    return path.stem


def stubbornly_wait(stubborn):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            time.sleep(30)
        except BaseException:
            if not stubborn:
                raise


def named(*stems):
    return [Path(f"{stem}.md") for stem in stems]


def done(task, files, **options):
    return list(batch.run(task, files, **{"progress": False} | options))


# --- which files ---------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    for name in ("b.md", "a.TXT", "sub/c.docx", "sub/d.pdf", "e.html", "notes.csv", ".f.md", ".git/g.md", "~$h.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_a_folder_stands_for_its_documents(folder):
    """In the order of their paths, those in folders within it too, hidden ones left out."""
    found = [path.relative_to(folder).as_posix() for path in batch.files([folder])]
    assert found == ["a.TXT", "b.md", "e.html", "sub/c.docx", "sub/d.pdf"]


def test_a_file_that_is_named_is_taken_however_it_is_called(folder):
    assert batch.files([folder / "notes.csv", str(folder / ".f.md")]) == [folder / "notes.csv", folder / ".f.md"]


def test_a_file_that_is_named_twice_is_taken_once_where_it_is_named_first(folder):
    found = batch.files([folder / "e.html", folder, folder / "sub" / ".." / "b.md"])
    assert [path.name for path in found] == ["e.html", "a.TXT", "b.md", "c.docx", "d.pdf"]


def test_a_file_that_is_not_there_is_left_for_the_task_to_name(tmp_path):
    assert batch.files([tmp_path / "nothing.md"]) == [tmp_path / "nothing.md"]


def test_a_folder_without_documents_is_named(tmp_path):
    (tmp_path / "notes.csv").touch()
    with pytest.raises(ValueError, match=r"No document in folder '.*'. Must have files that end in .txt, .md,"):
        batch.files([tmp_path])


# --- the same, whatever does it ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Thirty copies of the summary, no two alike, five of them broken."""
    folder = tmp_path_factory.mktemp("copies")
    broken = {3: b"", 8: b"A letter.\n", 9: "I. \xe4".encode("latin-1"), 20: b"%PDF-1.4 cut off", 29: b"\x00\xff"}
    for number in range(30):
        changed = SUMMARY.replace("count the fish", f"count {number} fish").encode()
        (folder / f"{number:02}.md").write_bytes(broken.get(number, changed))
    return batch.files([folder])


@pytest.fixture(scope="module")
def verifying(tmp_path_factory):
    folder = shutil.copytree(MINI, tmp_path_factory.mktemp("data") / "mini")
    shutil.copy(paths.DATA / paths.SCHEMA, folder)
    return verify.Task(verify.reference(record.load(folder)), document.parse(SUMMARY))


@pytest.fixture(scope="module")
def in_one(verifying, copies):
    return done(verifying, copies, workers=1)


def test_what_cannot_be_read_is_named_and_the_others_are_done(in_one, copies):
    errors = {outcome.path.stem: outcome.error for outcome in in_one if outcome.error}
    assert list(errors) == ["03", "08", "09", "20", "29"]
    assert all(error.count(f"{stem}.md") == 1 and "\n" not in error for stem, error in errors.items())
    assert [outcome.path for outcome in in_one] == copies
    assert [outcome.result.counts["changed"] for outcome in in_one if not outcome.error] == [1] * 25


def test_two_processes_give_the_same(verifying, copies, in_one):
    assert told(done(verifying, copies, workers=2)) == told(in_one)


def test_threads_give_the_same(verifying, copies, in_one):
    with ThreadPoolExecutor(3) as executor:
        assert told(done(verifying, copies, executor=executor, workers=3)) == told(in_one)


def test_a_dask_cluster_gives_the_same(verifying, copies, in_one):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        executor = client.get_executor(pure=False)
        assert told(done(verifying, copies, executor=executor, workers=2)) == told(in_one)
        files = named("a", "missing", "odd", "b")
        assert done(fussy, files, executor=executor, workers=2) == done(fussy, files, workers=1)


def told(outcomes):
    """Return everything that can be told of outcomes, as bytes."""
    return repr(
        [(outcome.path, outcome.error, outcome.result and (str(outcome.result), outcome.result.json())) for outcome in outcomes]
    )


def test_the_order_is_that_of_the_files_whatever_is_done_first():
    files = named(*range(12))
    with ThreadPoolExecutor(12) as executor:
        assert [outcome.result for outcome in done(length_later, files, executor=executor)] == list(range(12))


# --- only so many at a time ----------------------------------------------------------------------------------------


class Counting(ThreadPoolExecutor):
    """Threads that know how many files were sent off at most while none was taken back."""

    def __init__(self, workers):
        super().__init__(workers)
        self.sent, self.taken, self.most, self.futures = 0, 0, 0, []

    def submit(self, *args, **kwargs):
        self.sent += 1
        self.most = max(self.most, self.sent - self.taken)
        self.futures.append(super().submit(*args, **kwargs))
        return self.futures[-1]


def test_only_so_many_files_are_on_their_way():
    with Counting(2) as executor:
        for _ in batch.run(length, named(*range(500)), executor=executor, workers=2, progress=False):
            executor.taken += 1
    assert (executor.sent, executor.taken) == (500, 500)
    assert executor.most <= batch.IN_FLIGHT * 2 + 1


def test_ten_thousand_files_are_done_as_they_are_asked_for():
    with Counting(2) as executor:
        outcomes = batch.run(length, named(*range(10_000)), executor=executor, workers=2, progress=False)
        assert executor.sent == 0
        next(outcomes)
        assert executor.sent <= batch.IN_FLIGHT * 2


def test_who_stops_asking_gets_nothing_more_and_the_executor_stays_open():
    begun = threading.Event()
    with Counting(1) as executor:
        outcomes = batch.run(lambda path: begun.wait(0.2), named(*range(50)), executor=executor, workers=1, progress=False)
        next(outcomes)
        outcomes.close()
        assert sum(future.cancelled() for future in executor.futures) >= 1
        assert executor.submit(length, Path("a")).result() == 1


# --- files that go wrong -------------------------------------------------------------------------------------------


def test_an_error_is_one_line_that_names_the_file_once():
    errors = [outcome.error for outcome in done(fussy, named("missing", "invalid", "a", "odd"))]
    assert errors == [
        "No file 'missing.md'.",
        "invalid.md: Invalid file. Must have other words.",
        "",
        "odd.md: KeyError: 'words' (not expected: please report it)",
    ]


def test_a_file_that_ends_its_process_is_named_and_the_others_are_done():
    stems = ["a", "b", "killer", *"cdefghijklmnop", "killer", "q"]
    files = [Path(f"{i}", f"{stem}.md") for i, stem in enumerate(stems)]
    outcomes = done(fussy, files, workers=2)
    assert [outcome.path for outcome in outcomes] == files
    assert [outcome.result or "killer" for outcome in outcomes] == stems
    assert {outcome.error.split(". ")[0] for outcome in outcomes if outcome.error} == {
        "2/killer.md: its process ended",
        "17/killer.md: its process ended",
    }


def test_a_file_that_takes_too_long_is_stopped():
    begun = time.monotonic()
    outcomes = done(fussy, named("a", "slow", "b"), workers=2, seconds=0.5)
    assert [outcome.result for outcome in outcomes] == ["a", None, "b"]
    assert outcomes[1].error == "slow.md: it was not read within 0.5 seconds."
    assert time.monotonic() - begun < 25


def test_a_file_that_does_not_let_itself_be_stopped_ends_with_its_process(monkeypatch):
    monkeypatch.setattr(processes, "GRACE", 0.5)
    outcomes = done(fussy, named("a", "stubborn", "b"), workers=2, seconds=0.5)
    assert [outcome.result for outcome in outcomes] == ["a", None, "b"]
    assert outcomes[1].error == "stubborn.md: it was not read within 0.5 seconds."


def test_an_executor_that_breaks_and_is_not_ours_gives_an_error_for_each_file_left():
    with ProcessPoolExecutor(1) as executor:
        outcomes = done(fussy, named("killer", "a", *range(9)), executor=executor, workers=1)
    assert len(outcomes) == 11
    assert all("the executor has broken" in outcome.error for outcome in outcomes)


# --- wrong calls ---------------------------------------------------------------------------------------------------


def test_a_task_that_cannot_be_sent_is_refused_before_the_first_file():
    with pytest.raises(ValueError, match="Invalid task .* Must be picklable"):
        batch.run(lambda path: path, named("a", "b"), workers=2)


def test_there_is_at_least_one_worker():
    with pytest.raises(ValueError, match="Invalid number of workers 0. Must be 1 or more."):
        batch.run(length, named("a"), workers=0)


def test_no_files_are_no_outcomes():
    assert done(length, []) == []


def test_one_file_needs_no_other_process():
    assert done(lambda path: os.getpid(), named("a"), workers=8) == [Outcome(Path("a.md"), os.getpid())]


# --- for a command -------------------------------------------------------------------------------------------------


def code(*stems):
    shown = []
    return batch.work(fussy, named(*stems), lambda outcome: shown.append(outcome) or outcome.result != "b", workers=1), shown


@pytest.mark.parametrize(("stems", "expected"), [("ac", 0), ("abc", 1), (["b", "missing", "c"], 2), (["missing"], 2)])
def test_the_exit_code_says_the_worst(stems, expected):
    found, shown = code(*stems)
    assert found == expected and [outcome.path.stem for outcome in shown] == list(stems)


def test_errors_are_told_as_they_come_and_again_at_the_end(capsys):
    code("missing", "a", "invalid")
    first, second = "No file 'missing.md'.", "invalid.md: Invalid file. Must have other words."
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [first, second, "2 of 3 files could not be read:", first, second]
    assert printed.out == ""


SCRIPT = """
    import signal, sys, time
    from pathlib import Path
    from analysis import batch

    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it, as a shell does behind "&"

    def task(path):
        time.sleep(0.2)

    def show(outcome):
        print(outcome.path, flush=True)
        return True

    if __name__ == "__main__":
        sys.exit(batch.work(task, [Path(str(i)) for i in range(500)], show, workers=int(sys.argv[1])))
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_keeps_what_is_done(tmp_path, workers):
    """As a terminal does it: the interrupt goes to every process of the group."""
    (tmp_path / "slow.py").write_text(textwrap.dedent(SCRIPT))
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, str(tmp_path / "slow.py"), str(workers)]
    with subprocess.Popen(command, env=environment, start_new_session=True, **pipes) as run:
        first = [run.stdout.readline() for _ in range(3)]
        os.killpg(run.pid, signal.SIGINT)
        rest, errors = run.communicate(timeout=30)
    lines = [*first, *rest.splitlines()]
    assert run.returncode == 130
    # The interrupt may come between the moment when a file is shown and the moment when it is counted.
    assert errors in [f"Interrupted. {done} of 500 files are done.\n" for done in (len(lines) - 1, len(lines))]
    assert not alive(run.pid)


def alive(group):
    """Whether a process of the group is left, some time being given for the last to go."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_a_future_that_was_cancelled_elsewhere_is_an_error_of_its_file():
    class Cancelling(ThreadPoolExecutor):
        def submit(self, *args):
            future = Future()
            future.cancel()
            return future

    (outcome,) = done(length, named("a"), executor=Cancelling(1))
    assert outcome.error.startswith("a.md: CancelledError")
