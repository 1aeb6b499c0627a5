"""Print the reports on many files as they come, as text or as JSON."""

import json
import sys

from tqdm import tqdm

from analysis.batch import Outcome
from analysis.verify.results import listed


class TextPrinter:
    """Prints reports as text.

    If there may be several, each is headed by the path of its file, and the last line counts the
    files.
    """

    def __init__(self, several: bool) -> None:
        self.several, self.counts = several, {"same": 0, "different": 0, "not read": 0}

    def __call__(self, outcome: Outcome) -> bool:
        """Print one report and return False if the file differs from the record."""
        report = outcome.result
        if report is None:
            self.counts["not read"] += 1
            return True
        self.counts["same" if report.clean else "different"] += 1
        gap = "" if report.clean else "\n"
        _print(f"{outcome.path}: {report}{gap}" if self.several else str(report))
        return bool(report.clean)

    def end(self) -> None:
        """Print how many files are the same."""
        if self.several:
            _print(f"{sum(self.counts.values())} files: {listed(self.counts)}")


class JsonPrinter:
    """Prints reports as JSON: one object, or a list if there may be several.

    Each object has the keys of `Report.json` and ``file``, the path. For a file that could not be
    read, it has ``file`` and ``error``.
    """

    def __init__(self, several: bool) -> None:
        self.several, self.lead = several, "[\n"

    def __call__(self, outcome: Outcome) -> bool:
        """Print one report and return False if the file differs from the record."""
        report = outcome.result
        keys = {"error": outcome.error} if report is None else report.json()
        text = json.dumps({"file": str(outcome.path), **keys}, ensure_ascii=False, indent=1)
        if self.several:
            _print(self.lead + text, end="")
            self.lead = ",\n"
        elif report is not None:
            _print(text)
        return report is None or bool(report.clean)

    def end(self) -> None:
        """Print the end of the list."""
        if self.several:
            _print("[]" if self.lead == "[\n" else "\n]")


def _print(text: str, end: str = "\n") -> None:
    tqdm.write(text, file=sys.stdout, end=end)  # above the progress bar, if there is one


PRINTERS: dict[str, type[TextPrinter] | type[JsonPrinter]] = {
    "text": TextPrinter,
    "json": JsonPrinter,
}
