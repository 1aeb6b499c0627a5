"""What comes of one file: a result, or one line that says why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What came of one file.

    Attributes
    ----------
    path : Path
        The file.
    result : object
        What the task returned; None where there is an error.
    error : str
        One line that says why there is no result; blank where there is one.
    """

    path: Path
    result: Any = None
    error: str = ""


def attempt(task: Callable[[Path], Any], path: Path) -> Outcome:
    """Do the task to one file; whatever goes wrong with it is its outcome."""
    try:
        return Outcome(path, task(path))
    except (OSError, ValueError) as error:
        return Outcome(path, error=told(path, line(error)))
    except Exception as error:  # one file must not end a run of thousands
        return Outcome(path, error=told(path, fault(error)))


def told(path: Path, reason: str) -> str:
    """Return an error in one line that names its file once."""
    return reason if str(path) in reason else f"{path}: {reason}"


def line(error: BaseException) -> str:
    """Return the message of an error in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def fault(error: Exception) -> str:
    """Return what to say of an error that no task announces."""
    if isinstance(error, MemoryError):
        return "it needs more memory than there is."
    return f"{type(error).__name__}: {line(error)} (not expected: please report it)"
