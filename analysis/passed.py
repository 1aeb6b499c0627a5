"""Which states of a data folder have passed validation, so that nobody waits for the same answer twice.

A state is a hash of everything that the answer depends on: every byte in the folder, our code that asks, and the versions of
the libraries that answer. Whatever changes makes another state, which has not passed. The notes are empty files named by
their state; without them data are validated again.
"""

import contextlib
import hashlib
import sys
from importlib import metadata
from pathlib import Path

from analysis import paths

CODE = ("load.py", "validation.py", "passed.py")
LIBRARIES = ("frictionless", "jsonschema")


def state(folder: Path) -> str:
    """Return the hash of all that decides whether a data folder is valid."""
    digest = hashlib.sha256(repr([sys.version, *map(metadata.version, LIBRARIES)]).encode())
    code = [Path(__file__).with_name(name) for name in CODE]
    for path in [*code, *sorted(path for path in folder.rglob("*") if path.is_file())]:
        name, content = path.name if path in code else path.relative_to(folder), path.read_bytes()
        digest.update(repr((str(name), len(content))).encode() + content)
    return digest.hexdigest()


def before(folder: Path) -> bool:
    """Tell whether a data folder, as it is now, has passed."""
    return (paths.BUILD / "passed" / state(folder)).is_file()


def note(folder: Path, since: str) -> None:
    """Note that a data folder has passed, unless it is no longer in the state in which it was validated."""
    if state(folder) == since:
        path = paths.BUILD / "passed" / since
        with contextlib.suppress(OSError):  # a place that cannot be written to costs time and nothing else
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
