"""Files on their way: only so many at a time, and taken back in their order."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

from analysis.batch.outcomes import Outcome, fault, line, told

IN_FLIGHT = 4  # files on their way per worker: enough to keep each busy while the first of them is waited for


def settled(path: Path, future: Future) -> Outcome:
    """Return what a future gives; that its executor has broken is for the caller to deal with."""
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception as error:  # such as a result that cannot be sent, or a cluster that gives a file up
        return Outcome(path, error=told(path, fault(error)))


def elsewhere(submit: Callable[[Path], Future], files: Sequence[Path], limit: int) -> Iterator[Outcome]:
    """Do files in an executor that is not ours to mend."""
    waiting: deque[tuple[Path, Future]] = deque()
    ahead = iter(files)
    try:
        while True:
            fill(waiting, ahead, submit, limit)
            if not waiting:
                return
            path, future = waiting.popleft()
            try:
                outcome = settled(path, future)
            except BrokenExecutor as error:
                outcome = Outcome(path, error=f"{path}: the executor has broken: {line(error)}")
            yield outcome
    finally:
        for _, future in waiting:
            future.cancel()


def fill(waiting: deque, ahead: Iterator[Path], submit: Callable[[Path], Future], limit: int):
    """Send files off until so many are waited for."""
    while len(waiting) < limit:
        path = next(ahead, None)
        if path is None:
            return
        try:
            waiting.append((path, submit(path)))
        except BrokenExecutor as error:
            broken: Future = Future()
            broken.set_exception(error)
            waiting.append((path, broken))
