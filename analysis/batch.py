"""Do one task to many files, and return the outcomes in the order of the files.

The work is done in a pool of processes, which replaces a process that ends and stops a file that
takes too long. Only a limited number of files are in progress at a time, so that memory use stays
level.
"""

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool
from tqdm import tqdm

from analysis.exit_codes import CLEAN, COULD_NOT_RUN, INTERRUPTED, PROBLEMS

Task = Callable[[Path], Any]

DOCUMENTS = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")
SECONDS_PER_DOCUMENT = 60  # a summary takes well under one second
PATIENCE = 60  # seconds, over twice the limit, after which a pool is taken to have lost a file
IN_FLIGHT = 4  # files per worker: enough to keep each busy while the first file is awaited
ENDED = (
    "its process ended. It may need more memory than there is, "
    "or be broken in a way that ends a library it is read with."
)


@dataclass(frozen=True)
class Outcome:
    """The outcome of one file: a result or an error.

    Attributes
    ----------
    path : Path
        The file.
    result : object
        What the task returned, or None if there is an error.
    error : str
        One line that says why there is no result, or blank if there is one.
    """

    path: Path
    result: Any = None
    error: str = ""


# --- the files ----------------------------------------------------------------------------------


def files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files named and the documents in the folders named.

    Parameters
    ----------
    paths : iterable of str or Path
        Files and folders. A file is taken whatever its name. A folder, with its subfolders, gives
        its files with an ending in `DOCUMENTS`, sorted by path; names that begin with a dot or
        ``~$`` are left out.

    Returns
    -------
    list of Path
        Each file once, in the place where it is first named.

    Raises
    ------
    ValueError
        If a folder has no document.
    OSError
        If a folder cannot be read.
    """
    unique: dict[str, Path] = {}
    for path in map(Path, paths):
        for file in _documents(path) if path.is_dir() else [path]:
            unique.setdefault(os.path.realpath(file), file)
    return list(unique.values())


def _documents(folder: Path) -> list[Path]:
    documents: list[Path] = []
    for parent, subfolders, names in os.walk(folder, onerror=_refuse):
        subfolders[:] = [name for name in subfolders if not _hidden(name)]
        documents += [
            Path(parent, name)
            for name in names
            if not _hidden(name) and name.lower().endswith(DOCUMENTS)
        ]
    if not documents:
        endings = ", ".join(DOCUMENTS)
        raise ValueError(
            f"No document in folder '{folder}'. Must have files that end in {endings}."
        )
    return sorted(documents, key=lambda path: path.parts)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _refuse(error: OSError) -> None:
    raise error


# --- the work -----------------------------------------------------------------------------------


def run(
    task: Task,
    files: Sequence[Path],
    *,
    workers: int | None = None,
    progress: bool = True,
    seconds: float = SECONDS_PER_DOCUMENT,
) -> Iterator[Outcome]:
    """Do a task to every file.

    Parameters
    ----------
    task : callable
        Takes a path and returns a result; both must be picklable. Its ValueErrors and OSErrors say
        why a file cannot be read.
    files : sequence of Path
        The files, as `files` returns them.
    workers : int, optional
        The number of processes (default: that of the processors). With one worker or one file, the
        work is done in this process.
    progress : bool
        Whether to show a progress bar on a terminal, and errors as they occur, both on standard
        error.
    seconds : float
        Time limit for each file; it does not apply in this process.

    Yields
    ------
    Outcome
        One for each file, in their order. A file that cannot be read, takes too long or ends its
        process has an error, and the run goes on.

    Raises
    ------
    ValueError
        If `workers` is less than 1, or if the task cannot be sent to another process.
    OSError
        If no process can be started.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"Invalid number of workers {workers}. Must be 1 or more.")
    workers = min(workers or _processors(), len(files))
    if workers <= 1:
        outcomes = (_attempt(task, path) for path in files)
    else:
        outcomes = _in_processes(_pickled(task), files, workers, seconds)
    return _shown(outcomes, len(files)) if progress else outcomes


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shown(outcomes: Generator[Outcome, None, None], total: int) -> Generator[Outcome, None, None]:
    with closing(outcomes):
        for outcome in tqdm(outcomes, total=total, unit="file", disable=None):
            if outcome.error:
                tqdm.write(outcome.error, file=sys.stderr)
            yield outcome


def _attempt(task: Task, path: Path) -> Outcome:
    try:
        return Outcome(path, task(path))
    except (OSError, ValueError) as error:
        return _failed(path, _line(error))
    except Exception as error:  # one file must not end a run of thousands
        return _failed(path, _fault(error))


def _failed(path: Path, reason: str) -> Outcome:
    return Outcome(path, error=reason if str(path) in reason else f"{path}: {reason}")


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _fault(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "it needs more memory than there is."
    return f"{type(error).__name__}: {_line(error)} (not expected: please report it)"


# --- the pool -----------------------------------------------------------------------------------


def _pickled(task: Task) -> bytes:
    try:
        return pickle.dumps(task)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        rule = "Must be picklable, to be sent to other processes"
        raise ValueError(f"Invalid task {task!r}. {rule}: {_line(error)}") from None


def _in_processes(
    task: bytes, files: Sequence[Path], workers: int, seconds: float
) -> Generator[Outcome, None, None]:
    """Do the files in one pool after another: an idle process that dies breaks one."""
    done = 0
    while done < len(files):
        before = done
        with _started(task, workers) as pool:
            for outcome in _until_broken(pool, files[done:], IN_FLIGHT * workers, seconds):
                yield outcome
                done += 1
        if done == before:  # the file breaks even a new pool
            yield _failed(files[done], ENDED)
            done += 1


@contextmanager
def _started(task: bytes, workers: int) -> Iterator[ProcessPool]:
    spawn = multiprocessing.get_context("spawn")  # the same everywhere, and safe beside threads
    pool = ProcessPool(workers, initializer=_begin, initargs=[task], context=spawn)
    try:
        _start(pool)
        yield pool
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _start(pool: ProcessPool) -> None:
    try:
        # Ctrl-C reaches every process of a terminal; those that start here inherit a block.
        resource_tracker.ensure_running()  # it ends the block as it starts, so it must start before
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            ready = pool.schedule(_check_task)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        ready.result()
    except BrokenProcessPool as error:
        reason = f"No process can be started for the work: {_line(error)}."
        raise OSError(f"{reason} Try with one worker.") from None


def _until_broken(
    pool: ProcessPool, files: Sequence[Path], limit: int, seconds: float
) -> Iterator[Outcome]:
    waiting: deque[tuple[Path, Future[Outcome]]] = deque()
    with suppress(BrokenProcessPool):
        for path in files:
            try:
                future = pool.schedule(_attempt_here, [path, seconds], timeout=seconds)
            except RuntimeError:  # broken, but files that were done before have their outcomes
                break
            waiting.append((path, future))
            if len(waiting) == limit:
                yield _settled(*waiting.popleft(), seconds)
        while waiting:
            yield _settled(*waiting.popleft(), seconds)


def _settled(path: Path, future: Future[Outcome], seconds: float) -> Outcome:
    try:
        error = future.exception(timeout=2 * seconds + PATIENCE)
    except TimeoutError:
        raise BrokenProcessPool from None
    match error:
        case None:
            sent = future.result()
            return sent if sent.error else _attempt(lambda _: pickle.loads(sent.result), path)
        case BrokenProcessPool():
            raise error
        case ProcessExpired():
            return _failed(path, ENDED)
        case TimeoutError():
            return _failed(path, f"it was not read within {seconds:g} seconds.")
    return _failed(path, _fault(error))


# --- in a process of the pool -------------------------------------------------------------------

GRACE = 15  # seconds after which a file ends its process if the pool has not
_own: dict[str, Any] = {}  # the task of this process, or why there is none


def _begin(task: bytes) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _own["task"] = pickle.loads(task)
    except Exception as error:
        _own["error"] = _line(error)


def _check_task() -> None:
    if "error" in _own:
        rule = "Must be importable in other processes"
        raise ValueError(f"Invalid task. {rule}: {_own['error']}")


def _end_with_parent() -> None:
    """End this process when its parent has ended, even if the parent was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _attempt_here(path: Path, seconds: float) -> Outcome:
    """Return an outcome that can be sent: its result is pickled."""
    # Without a handler the alarm ends the process, even in a library that lets no other thread run.
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    try:
        return _attempt(lambda path: pickle.dumps(_own["task"](path)), path)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# --- for a command ------------------------------------------------------------------------------


def work(task: Task, files: Sequence[Path], show: Callable[[Outcome], bool], **options: Any) -> int:
    """Do a task to every file, show each outcome and return the exit code.

    Parameters
    ----------
    task, files
        As for `run`.
    show : callable
        Takes each outcome, in order, and returns whether it is clean. Prints through `tqdm.write`.
    **options
        The workers, progress and seconds of `run`. By default, a bar is shown if there are several
        files.

    Returns
    -------
    int
        130 if the work was interrupted, 2 if a file could not be read, 1 if an outcome is not
        clean, else 0.
    """
    options = {"progress": len(files) > 1} | options
    done, clean = 0, True
    errors: list[str] = []
    try:
        for outcome in run(task, files, **options):
            clean &= show(outcome)
            errors += [outcome.error] if outcome.error else []
            done += 1
    except KeyboardInterrupt:
        print(f"Interrupted. {done} of {len(files)} files are done.", file=sys.stderr)
        return INTERRUPTED
    heading = [f"{len(errors)} of {len(files)} files could not be read:"] if len(files) > 1 else []
    if errors:
        print(*heading, *errors, sep="\n", file=sys.stderr)
    return COULD_NOT_RUN if errors else CLEAN if clean else PROBLEMS
