"""Set the limits within which a file is read, since a document is untrusted.

A file that exceeds one of them is refused with a single message, and no more work is done on it.
"""

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

MAX_BYTES = 64 * 2**20  # size of a file
MAX_UNPACKED = 128 * 2**20  # size of a Word file once unpacked
MAX_PARTS = 4_000  # parts in an Office file
MAX_RATIO = 200  # unpacked to packed size of a large part of an Office file
MAX_PAGES = 3_000  # pages of a PDF
MAX_CHARACTERS = 5_000_000  # characters of text
MAX_LINES = 400_000  # lines or blocks
SECONDS = 60.0  # time for one PDF, checked while it is read
MEGABYTE = 2**20


class Unreadable(ValueError):
    """A file that cannot be read; the message gives the reason and the remedy."""


class Deadline:
    """A moment after which reading stops."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds, self.end = seconds, time.monotonic() + seconds

    def check(self, *_: object) -> None:
        """Raise Unreadable once the time is up.

        Arguments are accepted and ignored, so that the method can serve as a callback.
        """
        if time.monotonic() > self.end:
            raise Unreadable(
                f"it takes more than {self.seconds:.0f} seconds to read; "
                "it may be damaged or malicious"
            )


def check(number: float, limit: float, what: str, *, unit: int = 1) -> None:
    """Raise Unreadable if a number exceeds its limit.

    >>> check(5, 4, "pages")
    Traceback (most recent call last):
    ...
    analysis.document.limits.Unreadable: it has 5 pages; at most 4 are read
    """
    if number > limit:
        most = f"at most {limit / unit:,.0f} are read"
        raise Unreadable(f"it has {number / unit:,.0f} {what}; {most}")


def archive(data: bytes, most: int) -> list[str]:
    """Return the names of the parts of an Office file, before anything is unpacked.

    Raises
    ------
    Unreadable
        If it is damaged or encrypted, or if a part or all parts would be too large.
    """
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable(
            "it is an archive that cannot be opened, so it is truncated or damaged; "
            "get the whole file"
        ) from None
    check(len(parts), MAX_PARTS, "parts")
    check(sum(part.file_size for part in parts), most, "MiB once unpacked", unit=MEGABYTE)
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("it is encrypted; save a copy without a password")
        if part.file_size > MEGABYTE:
            ratio = part.file_size / max(part.compress_size, 1)
            check(ratio, MAX_RATIO, "times its packed size in one part")
    return [part.filename for part in parts]


@contextmanager
def library(kind: str) -> Iterator[None]:
    """Turn whatever a library raises on a damaged file of a kind into one message."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            f"it is damaged and cannot be read as {kind} ({type(error).__name__}); get another copy"
        ) from None
