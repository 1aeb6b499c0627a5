"""Do one thing to many files, here or elsewhere, and give what came of it in the order of the files.

The work goes through a `concurrent.futures.Executor`. By default that is a pool of processes of our own (`processes`), which
outlives the death of a worker and stops a file that takes too long. Any other executor serves as well: threads, or a cluster
(``dask.distributed.Client.get_executor()``). Only so many files are on their way at a time (`flight`) that memory stays level.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis.batch.flight import IN_FLIGHT, elsewhere
from analysis.batch.outcomes import Outcome, attempt
from analysis.batch.processes import in_processes, sendable
from analysis.exit_codes import CLEAN, COULD_NOT_RUN, INTERRUPTED, PROBLEMS

DOCUMENTS = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")
SECONDS_PER_DOCUMENT = 60  # in a process of our own; a summary takes well under one


# --- which files ---------------------------------------------------------------------------------------------------


def files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that are meant: those named, and the documents in the folders named.

    Parameters
    ----------
    paths : iterable of str or Path
        Files and folders. Of a folder and the folders in it, files that end as in `DOCUMENTS` are taken, sorted by path; what
        begins with a dot or ``~$`` is hidden and left out. A file that is named is taken however it is called.

    Returns
    -------
    list of Path
        Each file once, where it is named first.

    Raises
    ------
    ValueError
        Where a folder has no document.
    OSError
        Where a folder cannot be read.
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for each in _documents(path) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(each), each)
    return list(found.values())


def _documents(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not _hidden(name)]
        found += [Path(place, name) for name in names if not _hidden(name) and name.lower().endswith(DOCUMENTS)]
    if not found:
        raise ValueError(f"No document in folder '{folder}'. Must have files that end in {', '.join(DOCUMENTS)}.")
    return sorted(found, key=lambda path: path.parts)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _refuse(error: OSError):
    raise error


# --- how they are done ---------------------------------------------------------------------------------------------


def run(
    task: Callable[[Path], Any],
    files: Sequence[Path],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: bool = True,
    seconds: float = SECONDS_PER_DOCUMENT,
) -> Iterator[Outcome]:
    """Do a task to every file.

    Parameters
    ----------
    task : callable
        Takes a path and returns a result. Both must be picklable where the work is done in other processes. Its ValueErrors and
        OSErrors say why a file cannot be read.
    files : sequence of Path
        The files, as `files` gives them.
    executor : Executor, optional
        Where to do it. It stays open and has no time limit; `workers` says how many files it can do at a time. On a Dask cluster
        (``client.get_executor(pure=False)``, so that a file is read each time) the package and the files must be where its
        workers are. Default: processes of our own; or this one, where there is one file or one worker.
    workers : int, optional
        How many files to do at a time (default: as many as there are processors).
    progress : bool
        Whether to show a progress bar on a terminal, and errors as they come; both on standard error.
    seconds : float
        Time limit for each file in a process of our own.

    Yields
    ------
    Outcome
        One for each file, in their order. A file that cannot be read, that takes too long or that ends its process has an error,
        and the run goes on.

    Raises
    ------
    ValueError
        Where there are fewer workers than one, or where the task cannot be sent to another process.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"Invalid number of workers {workers}. Must be 1 or more.")
    files = list(files)
    workers = workers or _processors()
    if executor is not None:
        outcomes = elsewhere(partial(executor.submit, attempt, task), files, IN_FLIGHT * workers)
    elif min(workers, len(files)) <= 1:
        outcomes = (attempt(task, path) for path in files)
    else:
        outcomes = in_processes(sendable(task), files, min(workers, len(files)), seconds)
    return _shown(outcomes, len(files)) if progress else outcomes


def _shown(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    try:
        for outcome in tqdm(outcomes, total=total, unit="file", disable=None):
            if outcome.error:
                tqdm.write(outcome.error, file=sys.stderr)
            yield outcome
    finally:
        outcomes.close()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- for a command -------------------------------------------------------------------------------------------------


def work(task: Callable[[Path], Any], files: Sequence[Path], show: Callable[[Outcome], bool], **options) -> int:
    """Do a task to every file for a command: show what comes, say at the end what could not be read, return the exit code.

    Parameters
    ----------
    task, files
        As `run` takes them.
    show : callable
        Takes each outcome, in order, and returns whether all is well with it. What it prints goes through `tqdm.write`.
    **options
        Executor, workers, progress and seconds of `run`. Without `progress` there is a bar where there are several files.

    Returns
    -------
    int
        130 where the work was interrupted, 2 where a file could not be read, else 1 where all is not well with one, else 0.
    """
    options = {"progress": len(files) > 1} | options
    done, errors, well = 0, [], True
    try:
        for outcome in run(task, files, **options):
            well &= show(outcome)
            errors += [outcome.error] if outcome.error else []
            done += 1
    except KeyboardInterrupt:
        print(f"Interrupted. {done} of {len(files)} files are done.", file=sys.stderr)
        return INTERRUPTED
    if len(errors) and len(files) > 1:
        print(f"{len(errors)} of {len(files)} files could not be read:", file=sys.stderr)
    for error in errors:
        print(error, file=sys.stderr)
    return COULD_NOT_RUN if errors else CLEAN if well else PROBLEMS


__all__ = ["DOCUMENTS", "IN_FLIGHT", "SECONDS_PER_DOCUMENT", "Outcome", "files", "run", "work"]
