"""Print the reports on many files as they come, as text or as JSON."""

import json
import sys

from tqdm import tqdm

from analysis.batch import Outcome


class TextPrinter:
    """Prints reports as text.

    If there may be several, each is headed by the path of its file, and the last line counts the
    files.
    """

    def __init__(self, several: bool) -> None:
        self.several, self.same, self.different, self.unread = several, 0, 0, 0

    def __call__(self, outcome: Outcome) -> bool:
        """Print one report and return False if the file differs from the record."""
        report = outcome.result
        if report is None:
            self.unread += 1
            return True
        self.same += report.clean
        self.different += not report.clean
        gap = "" if report.clean else "\n"
        _print(f"{outcome.path}: {report}{gap}" if self.several else str(report))
        return bool(report.clean)

    def end(self) -> None:
        """Print how many files are the same."""
        if self.several:
            counts = {"same": self.same, "different": self.different, "not read": self.unread}
            listed = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
            _print(f"{sum(counts.values())} files: {listed or 'none'}")


class JsonPrinter:
    """Prints reports as JSON: one object, or a list if there may be several.

    Each object has the keys of `Report.json` and ``file``, the path. For a file that could not be
    read, it has ``file`` and ``error``.
    """

    def __init__(self, several: bool) -> None:
        self.several, self.begun = several, False

    def __call__(self, outcome: Outcome) -> bool:
        """Print one report and return False if the file differs from the record."""
        report = outcome.result
        if report is None and not self.several:
            return True
        keys = {"error": outcome.error} if report is None else report.json()
        lead = "" if not self.several else ",\n" if self.begun else "[\n"
        self.begun = True
        text = json.dumps({"file": str(outcome.path), **keys}, ensure_ascii=False, indent=1)
        _print(lead + text, end="")
        return report is None or bool(report.clean)

    def end(self) -> None:
        """Print the end of the list."""
        if self.several:
            _print("\n]" if self.begun else "[]")
        elif self.begun:
            _print("")


def _print(text: str, end: str = "\n") -> None:
    tqdm.write(text, file=sys.stdout, end=end)  # above the progress bar, if there is one


FORMATS: dict[str, type[TextPrinter] | type[JsonPrinter]] = {
    "text": TextPrinter,
    "json": JsonPrinter,
}
