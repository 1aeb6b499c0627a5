"""Processes of our own: they stop a file that takes too long, and outlive one that ends its process."""

import faulthandler
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.batch.flight import IN_FLIGHT, fill, settled
from analysis.batch.outcomes import Outcome, attempt, line

GRACE = 5  # seconds more until the process ends in which a file does not let itself be stopped


def sendable(task):
    """Return a task that can be sent to another process; ValueError where it cannot."""
    try:
        pickle.dumps(task)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise ValueError(f"Invalid task {task!r}. Must be picklable, to be sent to other processes: {line(error)}") from None
    return task


def in_processes(task, files: Sequence[Path], workers: int, seconds: float) -> Iterator[Outcome]:
    """Do files in a pool of processes, and go on with a new one where a file ends its process."""
    waiting: deque[tuple[Path, Future]] = deque()
    ahead = iter(files)
    pool = _Pool(task, workers, seconds)
    try:
        pool.ready()
        while True:
            fill(waiting, ahead, pool.submit, IN_FLIGHT * workers)
            if not waiting:
                return
            try:
                outcome = settled(*waiting[0])
            except BrokenExecutor:
                pool.close()
                pool = _Pool(task, workers, seconds)
                waiting = deque(_mended(waiting, pool))
                continue
            waiting.popleft()
            yield outcome
    finally:
        pool.close(at_once=bool(waiting))


def _mended(waiting: Iterable[tuple[Path, Future]], pool: "_Pool") -> Iterator[tuple[Path, Future]]:
    """Do again what a broken pool has left: the files that it may have been at one by one, the others in a new pool."""
    suspects = pool.workers
    alone = _Pool(pool.task, 1, pool.seconds)
    try:
        for path, future in waiting:
            if not future.cancelled() and not isinstance(future.exception(), BrokenExecutor):
                yield path, future
            elif suspects:
                suspects -= 1
                done: Future = Future()
                try:
                    alone.ready()
                    begun = time.monotonic()
                    done.set_result(settled(path, alone.submit(path)))
                except BrokenExecutor:
                    alone.close()
                    alone = _Pool(pool.task, 1, pool.seconds)
                    done.set_result(Outcome(path, error=f"{path}: {_end(time.monotonic() - begun, pool.seconds)}"))
                yield path, done
            else:
                yield path, pool.submit(path)
    finally:
        alone.close(at_once=True)


def _end(took: float, seconds: float) -> str:
    if took >= seconds:
        return _too_long(seconds)
    return "its process ended. It may need more memory than there is, or be broken in a way that ends a library it is read with."


def _too_long(seconds: float) -> str:
    return f"it was not read within {seconds:g} seconds."


class _Pool:
    """Processes that each hold the task, and that end when this one does: it holds the other end of their lifeline."""

    def __init__(self, task, workers: int, seconds: float):
        self.task, self.workers, self.seconds = task, workers, seconds
        context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
        self.theirs, self.ours = context.Pipe(duplex=False)
        begin = pickle.dumps(task), seconds, GRACE, self.theirs
        self.pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=begin)

    def submit(self, path: Path) -> Future:
        with _without_interrupts():  # a process that starts here has none either: the terminal sends Ctrl-C to all of them
            return self.pool.submit(_limited, path)

    def ready(self):
        """Wait for a process, and raise ValueError where it cannot have the task."""
        try:
            with _without_interrupts():
                future = self.pool.submit(_ready)
            future.result()
        except BrokenExecutor as error:
            raise OSError(f"No process can be started for the work: {line(error)} Try with one worker.") from None

    def close(self, at_once: bool = False):
        if at_once:
            self.ours.close()
        self.pool.shutdown(cancel_futures=True)
        self.ours.close()
        self.theirs.close()


@contextmanager
def _without_interrupts():
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _TooLong(BaseException):
    """Raised by the alarm; no Exception, so that no library takes it for a flaw of the file."""


_own: dict[str, Any] = {}  # what a process of the pool was given


def _begin(task: bytes, seconds: float, grace: float, lifeline):
    """Make a new process ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(lifeline,), daemon=True).start()
    _own.update(seconds=seconds, grace=grace, nowhere=open(os.devnull, "w"))
    try:
        _own["task"] = pickle.loads(task)
    except Exception as error:
        _own["flaw"] = line(error)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _ring)


def _ready():
    if "flaw" in _own:
        raise ValueError(f"Invalid task. Must be importable in other processes: {_own['flaw']}")


def _follow(lifeline):
    """End with the process that holds the other end, however that ended."""
    try:
        lifeline.recv()
    except (EOFError, OSError):
        os._exit(1)


def _ring(*_):
    raise _TooLong


def _limited(path: Path) -> Outcome:
    """Do the task to one file within the time limit; end the process where nothing else stops it."""
    seconds = _own["seconds"]
    faulthandler.dump_traceback_later(seconds + _own["grace"], exit=True, file=_own["nowhere"])
    try:
        _alarm(seconds)
        outcome = attempt(_own["task"], path)
        _alarm(0)
        return outcome
    except _TooLong:
        return Outcome(path, error=f"{path}: {_too_long(seconds)}")
    finally:
        _alarm(0)
        faulthandler.cancel_dump_traceback_later()


def _alarm(seconds: float):
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
