"""Outcomes are complete, in the order of the files, and the same in one process and in several."""

import functools
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from analysis import batch, paths
from analysis.batch import Outcome

# Every process of a pool imports this module: what takes time to import is left to a fixture.

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = (MINI / "summary.md").read_text(encoding="utf-8")


# Tasks are at the top level of the module: a new process must find them.


def length(path):
    return len(path.name)


def length_later(path):
    """Return the number of a file; the first take longest."""
    time.sleep(0.2 / (1 + int(path.stem)))
    return int(path.stem)


def unlucky(path):
    """End the process, or return what cannot be sent or read back."""
    match path.stem:
        case "exit":
            sys.exit("a library gives up")
        case "lambda":
            return lambda: None
        case "unreadable":
            return Unreadable()
        case "exception":
            raise Unreadable
    return path.stem


class Unreadable(Exception):
    """Can be pickled, and fails when it is read."""

    def __reduce__(self):
        return int, ("words",)


def fussy(path):
    match path.stem:
        case "killer":
            os._exit(9)
        case "slow" | "stubborn":
            wait(path.stem == "stubborn")
        case "stuck":
            # A call without end that lets no other thread run; nor can a signal end it.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            re.match("(a+)+$", "a" * 40 + "b")
        case "missing":
            raise FileNotFoundError(f"No file '{path}'.")
        case "invalid":
            raise ValueError("Invalid file.\nMust have\n  other words.")
        case "odd":
            raise KeyError("words")
    return path.stem


def wait(stubborn):
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


# --- which files --------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.md",
        "a.TXT",
        "sub/c.docx",
        "sub/d.pdf",
        "e.html",
        "notes.csv",
        ".f.md",
        ".git/g.md",
        "~$h.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_a_folder_stands_for_its_documents(folder):
    """In the order of their paths, those in folders within it too, hidden ones left out."""
    found = [path.relative_to(folder).as_posix() for path in batch.files([folder])]
    assert found == ["a.TXT", "b.md", "e.html", "sub/c.docx", "sub/d.pdf"]


def test_a_file_that_is_named_is_taken_however_it_is_called(folder):
    assert batch.files([folder / "notes.csv", str(folder / ".f.md")]) == [
        folder / "notes.csv",
        folder / ".f.md",
    ]


def test_a_file_that_is_named_twice_is_taken_once_where_it_is_named_first(folder):
    found = batch.files([folder / "e.html", folder, folder / "sub" / ".." / "b.md"])
    assert [path.name for path in found] == ["e.html", "a.TXT", "b.md", "c.docx", "d.pdf"]


def test_a_file_that_is_not_there_is_left_for_the_task_to_name(tmp_path):
    assert batch.files([tmp_path / "nothing.md"]) == [tmp_path / "nothing.md"]


def test_a_folder_without_documents_is_named(tmp_path):
    (tmp_path / "notes.csv").touch()
    with pytest.raises(
        ValueError, match=r"No document in folder '.*'. Must have files that end in .txt, .md,"
    ):
        batch.files([tmp_path])


# --- the same in one process and in several -----------------------------------------------------


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Thirty copies of the summary, no two alike, five of them broken."""
    folder = tmp_path_factory.mktemp("copies")
    broken = {
        3: b"",
        8: b"A letter.\n",
        9: "I. \xe4".encode("latin-1"),
        20: b"%PDF-1.4 cut off",
        29: b"\x00\xff",
    }
    for number in range(30):
        changed = SUMMARY.replace("count the fish", f"count {number} fish").encode()
        (folder / f"{number:02}.md").write_bytes(broken.get(number, changed))
    return batch.files([folder])


@pytest.fixture(scope="module")
def verifying(small):
    from analysis import document, verify

    original, known = document.parse(SUMMARY), verify.reference(small)
    return functools.partial(verify.verify_file, data=known, against=original)


@pytest.fixture(scope="module")
def in_one(verifying, copies):
    return done(verifying, copies, workers=1)


def test_what_cannot_be_read_is_named_and_the_others_are_done(in_one, copies):
    errors = {outcome.path.stem: outcome.error for outcome in in_one if outcome.error}
    assert list(errors) == ["03", "08", "09", "20", "29"]
    assert all(
        error.count(f"{stem}.md") == 1 and "\n" not in error for stem, error in errors.items()
    )
    assert [outcome.path for outcome in in_one] == copies
    assert [outcome.result.counts["changed"] for outcome in in_one if not outcome.error] == [1] * 25


def test_two_processes_give_the_same(verifying, copies, in_one):
    assert everything(done(verifying, copies, workers=2)) == everything(in_one)


def everything(outcomes):
    return repr(
        [
            (
                outcome.path,
                outcome.error,
                outcome.result and (str(outcome.result), outcome.result.json()),
            )
            for outcome in outcomes
        ]
    )


def test_the_order_is_that_of_the_files_whatever_is_done_first():
    outcomes = done(length_later, named(*range(12)), workers=3)
    assert [outcome.result for outcome in outcomes] == list(range(12))


# --- only so many at a time ---------------------------------------------------------------------


@pytest.fixture
def pools(monkeypatch):
    """The pools that were made, each with the files that were scheduled."""
    made = []

    class Recording(batch.ProcessPool):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            self.files, self.futures = [], []
            made.append(self)

        def schedule(self, function, args=(), **options):
            self.files += args[:1]
            self.futures.append(super().schedule(function, args, **options))
            return self.futures[-1]

    monkeypatch.setattr(batch, "ProcessPool", Recording)
    return made


def test_only_so_many_files_are_in_progress(pools):
    files = named(*range(500))
    ahead = []
    for taken, _ in enumerate(batch.run(length, files, workers=2, progress=False), 1):
        ahead.append(len(pools[0].files) - taken)
    assert max(ahead) < batch.IN_FLIGHT * 2
    assert [pool.files for pool in pools] == [files]


def test_ten_thousand_files_are_done_as_they_are_asked_for(pools):
    outcomes = batch.run(length, named(*range(10_000)), workers=2, progress=False)
    assert pools == []
    next(outcomes)
    assert len(pools[0].files) <= batch.IN_FLIGHT * 2
    outcomes.close()


@pytest.mark.parametrize("progress", [False, True])
def test_who_stops_asking_leaves_no_process(pools, progress):
    outcomes = batch.run(length_later, named(*range(50)), workers=2, progress=progress)
    next(outcomes)
    assert len(workers()) == 2
    outcomes.close()
    assert workers() == []
    assert len(pools[0].files) <= batch.IN_FLIGHT * 2


def workers():
    return multiprocessing.active_children()


def within_seconds(seconds, condition):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


# --- files that go wrong ------------------------------------------------------------------------


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


def test_a_file_that_takes_too_long_is_stopped_whether_it_lets_itself_be_stopped_or_not():
    begun = time.monotonic()
    outcomes = done(fussy, named("a", "slow", "stubborn", "stuck", "b"), workers=2, seconds=0.5)
    assert [outcome.result for outcome in outcomes] == ["a", None, None, None, "b"]
    assert [outcome.error for outcome in outcomes[1:4]] == [
        f"{manner}.md: it was not read within 0.5 seconds."
        for manner in ("slow", "stubborn", "stuck")
    ]
    assert time.monotonic() - begun < 25


def test_what_a_library_ends_with_or_a_task_returns_ends_no_run(monkeypatch):
    monkeypatch.setattr(batch, "PATIENCE", 1)
    files = named("a", "exit", "lambda", "unreadable", "exception", "b")
    outcomes = done(unlucky, files, workers=2, seconds=5)
    assert [outcome.result for outcome in outcomes] == ["a", None, None, None, None, "b"]
    errors = [outcome.error for outcome in outcomes]
    assert errors[1].startswith("exit.md: SystemExit: a library gives up")
    assert errors[2].startswith("lambda.md: ") and "pickle local object" in errors[2]
    assert errors[3].startswith("unreadable.md: invalid literal for int()")
    assert errors[4].startswith("exception.md: Unreadable")


def test_the_run_goes_on_where_processes_end_that_have_nothing_to_do(pools):
    """The pool is broken then, and a new one does the files that are left."""
    files = named(*range(30))
    outcomes = batch.run(length, files, workers=2, progress=False)
    first = next(outcomes)
    assert within_seconds(10, lambda: all(future.done() for future in pools[0].futures))
    for process in workers():
        process.kill()
    assert within_seconds(10, lambda: not pools[0].active)
    assert [first, *outcomes] == [Outcome(path, length(path)) for path in files]
    assert len(pools) == 2


@pytest.mark.parametrize(
    ("stems", "broken"), [(["a", "breaker", "b"], True), (["breaker", "a"], False)]
)
def test_a_file_that_breaks_every_pool_is_named_and_the_others_are_done(monkeypatch, stems, broken):
    class Fragile(batch.ProcessPool):
        def schedule(self, function, args=(), **options):
            if args and args[0].stem == "breaker":
                if broken:
                    raise RuntimeError("Unexpected error within the Pool")
                return batch.Future()  # pebble has lost it
            return super().schedule(function, args, **options)

    monkeypatch.setattr(batch, "ProcessPool", Fragile)
    monkeypatch.setattr(batch, "PATIENCE", 0.5)
    outcomes = done(fussy, named(*stems), workers=2, seconds=0.5)
    assert [outcome.result or "breaker" for outcome in outcomes] == stems
    (error,) = {outcome.error for outcome in outcomes} - {""}
    assert error.startswith("breaker.md: its process ended.")


# --- wrong calls --------------------------------------------------------------------------------


def test_a_task_that_cannot_be_sent_is_refused_before_the_first_file():
    with pytest.raises(ValueError, match="Invalid task .* Must be picklable"):
        batch.run(lambda path: path, named("a", "b"), workers=2)


def test_a_task_that_another_process_cannot_import_is_refused_before_the_first_file(monkeypatch):
    """As it is with a function that was written in a notebook."""
    module = type(sys)("a_notebook")
    exec("def task(path): pass", module.__dict__)
    monkeypatch.setitem(sys.modules, "a_notebook", module)
    message = "Invalid task. Must be importable in other processes: No module named 'a_notebook'"
    with pytest.raises(ValueError, match=message):
        done(module.task, named("a", "b"), workers=2)
    assert workers() == []


def test_where_no_process_can_be_started_one_worker_is_advised(monkeypatch):
    def refuse(*_):
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(
        multiprocessing.get_context("spawn").Process, "_Popen", staticmethod(refuse)
    )
    with pytest.raises(
        OSError, match="No process can be started for the work: .* Try with one worker."
    ):
        done(length, named("a", "b"), workers=2)


def test_there_is_at_least_one_worker():
    with pytest.raises(ValueError, match="Invalid number of workers 0. Must be 1 or more."):
        batch.run(length, named("a"), workers=0)


def test_no_files_are_no_outcomes():
    assert done(length, []) == []


def test_one_file_needs_no_other_process():
    assert done(lambda path: os.getpid(), named("a"), workers=8) == [
        Outcome(Path("a.md"), os.getpid())
    ]


# --- for a command ------------------------------------------------------------------------------


def code(*stems):
    shown = []
    return batch.work(
        fussy,
        named(*stems),
        lambda outcome: shown.append(outcome) or outcome.result != "b",
        workers=1,
    ), shown


@pytest.mark.parametrize(
    ("stems", "expected"), [("ac", 0), ("abc", 1), (["b", "missing", "c"], 2), (["missing"], 2)]
)
def test_the_exit_code_says_the_worst(stems, expected):
    found, shown = code(*stems)
    assert found == expected and [outcome.path.stem for outcome in shown] == list(stems)


def test_errors_are_told_as_they_come_and_again_at_the_end(capsys):
    code("missing", "a", "invalid")
    first, second = "No file 'missing.md'.", "invalid.md: Invalid file. Must have other words."
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        first,
        second,
        "2 of 3 files could not be read:",
        first,
        second,
    ]
    assert printed.out == ""


SCRIPT = """
    import re, signal, sys, time
    from pathlib import Path
    from analysis import batch

    # Whoever runs the tests may ignore the interrupt, as a shell does behind "&".
    signal.signal(signal.SIGINT, signal.default_int_handler)
    batch.GRACE = 0.5

    def brief(path):
        time.sleep(0.2)

    def asleep(path):
        if int(path.stem) >= 3:
            time.sleep(60)

    def stuck(path):
        if int(path.stem) >= 3:
            re.match("(a+)+$", "a" * 40 + "b")

    def show(outcome):
        print(outcome.path, flush=True)
        return True

    if __name__ == "__mp_main__":
        try:
            Path(__file__).with_suffix(".begun").touch(exist_ok=False)
        except FileExistsError:
            time.sleep(1)  # the second process is still starting when the first has done files
    if __name__ == "__main__":
        _, name, workers, seconds = sys.argv
        files = [Path(str(i)) for i in range(500)]
        options = {"workers": int(workers), "seconds": float(seconds)}
        sys.exit(batch.work(globals()[name], files, show, **options))
"""

needs_groups = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")


@pytest.fixture
def script(tmp_path):
    (tmp_path / "script.py").write_text(textwrap.dedent(SCRIPT))
    return functools.partial(
        subprocess.Popen,
        env=os.environ | {"PYTHONPATH": str(paths.ROOT)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ), [sys.executable, str(tmp_path / "script.py")]


@needs_groups
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_run_keeps_what_is_done(script, workers):
    """As a terminal does it: the interrupt goes to every process of the group."""
    start, command = script
    with start([*command, "brief", workers, "60"]) as run:
        first = [run.stdout.readline() for _ in range(3)]
        os.killpg(run.pid, signal.SIGINT)
        rest, errors = run.communicate(timeout=30)
    lines = [*first, *rest.splitlines()]
    assert run.returncode == 130
    # The interrupt may come after a file is shown and before it is counted.
    assert errors in [
        f"Interrupted. {done} of 500 files are done.\n" for done in (len(lines) - 1, len(lines))
    ]
    assert within_seconds(5, lambda: not alive(run.pid))


@needs_groups
@pytest.mark.parametrize(("task", "seconds"), [("asleep", "60"), ("stuck", "1")])
def test_no_process_outlives_one_that_is_killed(script, task, seconds):
    """One in a call that lets no other thread run ends soon after the time limit."""
    start, command = script
    with start([*command, task, "2", seconds]) as run:
        for _ in range(3):
            run.stdout.readline()
        time.sleep(0.2)
        run.kill()
    assert within_seconds(5, lambda: not alive(run.pid))


def alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
