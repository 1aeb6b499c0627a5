"""How much of a file is read at most. A document is untrusted: past any of these, one message and no more work."""

import time

MAX_BYTES = 64 * 2**20  # size of a file
MAX_UNPACKED = 128 * 2**20  # size of a Word file once unpacked
MAX_PARTS = 4_000  # parts in a Word file
MAX_RATIO = 200  # how far a large part of a Word file may be packed
MAX_PAGES = 3_000  # pages of a PDF
MAX_CHARACTERS = 5_000_000  # characters of text
MAX_LINES = 400_000  # lines or blocks
SECONDS = 60.0  # time for one PDF, looked at as it is read
MEGABYTE = 2**20


class Unreadable(ValueError):
    """A file that cannot be read; the message says why and what to do, in one line."""


class TooMuch(Unreadable):
    """More than is read."""


class Deadline:
    """A moment after which reading stops."""

    def __init__(self, seconds: float = SECONDS):
        self.seconds, self.end = seconds, time.monotonic() + seconds

    def check(self, *_):
        """Raise TooMuch once the time is up; takes and ignores any arguments, so that it can be a callback."""
        if time.monotonic() > self.end:
            raise TooMuch(f"it takes more than {self.seconds:.0f} seconds to read; it may be damaged or made to do harm")


def hold(number: float, limit: float, what: str):
    """Raise TooMuch where there is more of something than the limit.

    >>> hold(5, 4, "pages")
    Traceback (most recent call last):
    ...
    analysis.document.limits.TooMuch: it has 5 pages; at most 4 are read
    """
    if number > limit:
        raise TooMuch(f"it has {number:,.0f} {what}; at most {limit:,.0f} are read")
