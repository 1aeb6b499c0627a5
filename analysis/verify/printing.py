"""Tell what came of each file: as text, or as JSON."""

import json
import sys

from tqdm import tqdm

from analysis.batch import Outcome


class Text:
    """One report after another; where there may be several, each is headed by the path of its file and the last line counts."""

    def __init__(self, several: bool):
        self.several, self.same, self.different, self.unread = several, 0, 0, 0

    def __call__(self, outcome: Outcome) -> bool:
        """Tell one outcome and return whether all is the same."""
        report = outcome.result
        self.unread += report is None
        if report is None:
            return True
        self.same += report.clean
        self.different += not report.clean
        _print(
            f"{outcome.path}: {report}" + ("" if report.clean else "\n")
            if self.several
            else str(report)
        )
        return report.clean

    def end(self):
        """Tell how many files were the same."""
        if self.several:
            counts = {"same": self.same, "different": self.different, "not read": self.unread}
            listed = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
            _print(f"{sum(counts.values())} files: {listed or 'none'}")


class Json:
    """One object; where there may be several, a list with one for each file, written as they come.

    Each has the keys of `Report.json` and ``file``, the path; or ``file`` and ``error``, where it could not be read.
    """

    def __init__(self, several: bool):
        self.several, self.begun = several, False

    def __call__(self, outcome: Outcome) -> bool:
        """Tell one outcome and return whether all is the same."""
        report = outcome.result
        if report is None and not self.several:
            return True
        told = {"error": outcome.error} if report is None else report.json()
        lead = "" if not self.several else ",\n" if self.begun else "[\n"
        self.begun = True
        _print(
            lead + json.dumps({"file": str(outcome.path), **told}, ensure_ascii=False, indent=1),
            end="",
        )
        return report is None or report.clean

    def end(self):
        """Close the list."""
        _print(
            ("\n]" if self.begun else "[]") if self.several else "",
            end="\n" if self.several or self.begun else "",
        )


def _print(text: str, end: str = "\n"):
    tqdm.write(text, file=sys.stdout, end=end)


FORMATS = {"text": Text, "json": Json}
