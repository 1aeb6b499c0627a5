"""Measure loading, tables, a clean build of the book, the weight of its pages, and readers: ``make bench``.

Times are medians of several runs in one process; machines differ, so compare figures of one run only. Each line says what
was aimed at. A page's weight is what a browser fetches to show it: the page and every local file that it names.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tqdm import tqdm

from analysis import check, export, load, paths
from benchmarks import reading

HTML = paths.BUILD / "html"
BUILD = ("jupyter-book", "build", ".", "--all", "-W", "-n", "--keep-going")
FETCHED = re.compile(r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]*|script[^>]+|img[^>]+)>')
ADDRESS = re.compile(r'(?:href|src)="([^"#?:]+)')


def main() -> int:
    """Run every measure and print one line for each."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--runs", type=int, default=5, metavar="N", help="runs of each short measure (default: 5)"
    )
    parser.add_argument(
        "--no-build",
        action="store_true",
        help="leave out the build, and weigh the pages that are there",
    )
    parser.add_argument(
        "--source", type=Path, metavar="FILE", help="the summary to compare readers on"
    )
    arguments = parser.parse_args()
    data = load.dataset()
    report("load and check the data", median(check.check, arguments.runs), "s", 1.5)
    report("the same in a new process", median(fresh_check, arguments.runs), "s", None)
    report(
        "all tables",
        median(lambda: [table() for table in export.tables_of(data).values()], arguments.runs),
        "s",
        0.5,
    )
    if not arguments.no_build:
        report("clean build of the book", build(), "s", 90)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
            2**20 if sys.platform == "darwin" else 2**10
        )
        report("peak memory of its largest process", peak, "MB", 800)
    for page in sorted((HTML / "book").glob("*.html")):
        report(f"page {page.stem}", weight(page) / 1000, "kB", 150)
    print(
        "\nThe same summary, read by others too: paragraphs recovered exactly, first run with imports, runs after that, memory"
    )
    reading.main(["--source", str(arguments.source)] if arguments.source else [])
    return 0


def median(work, runs: int) -> float:
    """Return the median seconds of some runs, after one run that is not counted."""
    work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def fresh_check() -> None:
    """Check the data as the command line does, imports included."""
    subprocess.run(
        [sys.executable, "-m", "analysis", "check"], cwd=paths.ROOT, check=True, capture_output=True
    )


def build() -> float:
    """Build the book as ``make book`` does, with a bar that shows how long it has been at it; return the seconds."""
    start = time.perf_counter()
    command = [Path(sys.executable).parent / BUILD[0], *BUILD[1:]]
    with subprocess.Popen(
        command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        lines = list(tqdm(run.stdout, desc="building", unit="line", leave=False))
    if run.returncode:
        raise SystemExit("".join(lines[-20:]) + "The book could not be built.")
    return time.perf_counter() - start


def weight(page: Path) -> int:
    """Return the bytes of a page and of every local file that it loads."""
    text = page.read_text(encoding="utf-8")
    names = {name for tag in FETCHED.findall(text) for name in ADDRESS.findall(tag)}
    files = {(page.parent / name).resolve() for name in names}
    return len(text.encode()) + sum(file.stat().st_size for file in files if file.is_file())


def report(what: str, value: float, unit: str, aim: float | None) -> None:
    """Print one measure, and whether it meets its aim."""
    verdict = (
        "" if aim is None else f"aim: under {aim:g} {unit}" + ("" if value < aim else "  NOT MET")
    )
    print(f"{what:36} {value:9.2f} {unit:3} {verdict}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
