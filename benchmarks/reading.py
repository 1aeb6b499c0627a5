"""Compare readers on the same files, in one run: ``python -m benchmarks.reading --source FILE``.

A summary is read as Markdown, PDF and Word file, made from it with running headers, page numbers, footnotes and Word's own
numbers. Each tool has a process of its own. What the others need is in `benchmarks/peers.lock`; `make bench` installs it beside
the project's environment, never in it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from analysis import document, paths
from benchmarks import papers, reader

PEERS = paths.ROOT / ".venv" / "peers" / "bin" / "python"
INVENTED = paths.ROOT / "tests" / "data" / "firearms.md"
FORMS = {".md": papers.markdown, ".pdf": papers.pdf, ".docx": papers.word}
AIMS = {".md": 0.02, ".pdf": 0.5}  # seconds, once imported


def main(argv=None) -> int:
    """Run every tool on every form that it reads, and print a table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--source",
        type=Path,
        default=INVENTED,
        metavar="FILE",
        help="the summary (default: an invented one)",
    )
    parser.add_argument(
        "--runs", type=int, default=5, metavar="N", help="runs of each tool (default: 5)"
    )
    given = parser.parse_args(argv)
    read = document.read(given.source)
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder, "expected.json")
        expected.write_text(
            json.dumps([paragraph.text for paragraph in read.paragraphs.values()]), encoding="utf-8"
        )
        print(f"{'form':6} {'tool':16} {'exact':>9} {'first':>9} {'again':>9} {'memory':>9}")
        for suffix, make in FORMS.items():
            path = make(read, Path(folder, f"summary{suffix}"))
            for tool, (_, suffixes) in reader.TOOLS.items():
                if suffix in suffixes:
                    told = measured(tool, path, expected, given.runs)
                    aim = (
                        ""
                        if tool != "ours" or told is None or told["seconds"] < AIMS.get(suffix, 9)
                        else "  NOT MET"
                    )
                    print(
                        f"{suffix[1:]:6} {tool:16} {line(told, len(read.paragraphs))}{aim}",
                        flush=True,
                    )
    return 0


def measured(tool: str, path: Path, expected: Path, runs: int) -> dict | None:
    """Run one tool in its own process; None where it is not installed."""
    own = tool in ("ours", "the rule alone")
    if not own and not PEERS.exists():
        return None
    command = [
        sys.executable if own else PEERS,
        paths.ROOT / "benchmarks" / "reader.py",
        tool,
        path,
        expected,
        str(runs),
    ]
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT)} if own else None
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed on {path.name}:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def line(told: dict | None, count: int) -> str:
    """Return one row: paragraphs recovered exactly, seconds with and without imports, memory."""
    if told is None:
        return "not installed: make bench installs it"
    exact = f"{told['exact']}/{count}"
    return f"{exact:>9} {told['first']:7.2f} s {told['seconds'] * 1000:6.0f} ms {told['memory']:6.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
