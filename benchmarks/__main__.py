"""Measure loading, tables, a clean build, the weight of pages, and readers: ``make bench``.

Times are medians of several runs in one process; machines differ, so only figures of one run can be
compared. Each line gives the target. The weight of a page is what a browser fetches to show it: the
page and every local file that it refers to.
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

from analysis import check, export, paths, record
from benchmarks import building, pages, reading

HTML = paths.BUILD / "html"
BUILD = (sys.executable, "-m", "tools.build", "--all")
FETCHED = re.compile(r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]*|script[^>]+|img[^>]+)>')
ADDRESS = re.compile(r'(?:href|src)="([^"#?:]+)')


def main() -> int:
    """Run every measurement and print one line for each."""
    arguments = _arguments()
    measure_data(arguments.runs)
    if arguments.build:
        report("clean build of the book", build(), "s", 90)
        unit = 2**20 if sys.platform == "darwin" else 2**10
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
        report("peak memory of its largest process", peak, "MB", 800)
        for what, value in building.main().items():
            report(what, value, "" if what == building.RATIO else "s", building.TARGETS.get(what))
    for page in sorted((HTML / "book").glob("*.html")):
        report(f"page {page.stem}", weight(page) / 1000, "kB", 150)
    if arguments.pages:
        pages.main()
    print("\nReaders on the same summary: paragraphs recovered exactly, time of the first run")
    print("with imports, time of the runs after it, memory")
    reading.main(["--source", str(arguments.source)] if arguments.source else [])
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--runs",
        type=int,
        default=5,
        metavar="N",
        help="runs of each short measurement (default: 5)",
    )
    parser.add_argument(
        "--no-build",
        dest="build",
        action="store_false",
        help="leave out the build, and weigh the existing pages",
    )
    parser.add_argument(
        "--no-pages",
        dest="pages",
        action="store_false",
        help="leave out Lighthouse and the Nu checker, which take minutes",
    )
    parser.add_argument(
        "--source", type=Path, metavar="FILE", help="the summary to compare readers on"
    )
    return parser.parse_args()


def measure_data(runs: int) -> None:
    """Measure the data and the tables."""
    data = record.load()
    report("load and check the data", median(check.check, runs), "s", 1.5)
    report("the same in a new process", median(fresh_check, runs), "s", 2)
    tables = export.tables_of(data).values()
    report("all tables", median(lambda: [table() for table in tables], runs), "s", 0.5)


def median(work, runs: int) -> float:
    """Return the median seconds of several runs, after one run that does not count."""
    work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def fresh_check() -> None:
    """Check the data as the command line does, imports included."""
    command = [sys.executable, "-m", "analysis", "check"]
    subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True)


def build() -> float:
    """Build the book as ``make book`` does, with a progress bar, and return the seconds."""
    start = time.perf_counter()
    with subprocess.Popen(
        BUILD, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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


def report(what: str, value: float, unit: str, target: float | None) -> None:
    """Print one measurement, and whether it meets its target."""
    verdict = "" if target is None else f"target: under {target:g} {unit}"
    verdict += "" if target is None or value < target else "  NOT MET"
    print(f"{what:36} {value:9.2f} {unit:3} {verdict}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
