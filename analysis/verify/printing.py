"""Print the reports on many files as they come, as text or as JSON.

What is printed goes to standard output, above the progress bar if there is one.
"""

import json

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
        state = "not read" if report is None else "same" if report.clean else "different"
        self.counts[state] += 1
        gap = "\n" if state == "different" else ""
        if report is not None:
            tqdm.write(f"{outcome.path}: {report}{gap}" if self.several else str(report))
        return state != "different"

    def end(self) -> None:
        """Print how many files are the same."""
        if self.several:
            tqdm.write(f"{sum(self.counts.values())} files: {listed(self.counts)}")


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
            tqdm.write(self.lead + text, end="")
            self.lead = ",\n"
        elif report is not None:
            tqdm.write(text)
        return report is None or bool(report.clean)

    def end(self) -> None:
        """Print the end of the list."""
        if self.several:
            tqdm.write("[]" if self.lead == "[\n" else "\n]")


PRINTERS: dict[str, type[TextPrinter] | type[JsonPrinter]] = {
    "text": TextPrinter,
    "json": JsonPrinter,
}
