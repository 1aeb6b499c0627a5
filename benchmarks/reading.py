"""Compare readers on the same files, in one run: ``python -m benchmarks.reading --source FILE``.

A summary is read as Markdown, PDF and Word file, written with running headers, page numbers,
footnotes and the automatic numbers of Word. Each tool has a process of its own. The other tools
are named in `benchmarks/peers.lock`; `make bench` installs them in an environment of their own.
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
TARGETS = {".md": 0.02, ".pdf": 0.5, ".docx": 9}  # seconds, once imported


def main(argv=None) -> int:
    """Run every tool on every form that it reads, and print a table."""
    arguments = _arguments(argv)
    summary = document.read(arguments.source)
    texts = [paragraph.text for paragraph in summary.paragraphs.values()]
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder, "expected.json")
        expected.write_text(json.dumps(texts), encoding="utf-8")
        print(f"{'form':6} {'tool':16} {'exact':>9} {'first':>9} {'again':>9} {'memory':>9}")
        for suffix, write in FORMS.items():
            path = write(summary, Path(folder, f"summary{suffix}"))
            for tool, (_, suffixes) in reader.TOOLS.items():
                if suffix in suffixes:
                    result = measure(tool, path, expected, arguments.runs)
                    row = f"{suffix[1:]:6} {tool:16} {line(result, len(texts))}"
                    print(row + missed(tool, suffix, result), flush=True)
    return 0


def _arguments(argv) -> argparse.Namespace:
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
    return parser.parse_args(argv)


def measure(tool: str, path: Path, expected: Path, runs: int) -> dict | None:
    """Run one tool in its own process; return None if it is not installed."""
    own = tool in (reader.THIS, reader.RULE)
    if not own and not PEERS.exists():
        return None
    python = sys.executable if own else PEERS
    script = paths.ROOT / "benchmarks" / "reader.py"
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT)} if own else None
    run = subprocess.run(
        [python, script, tool, path, expected, str(runs)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"{tool} failed on {path.name}:\n{run.stderr}")
    return json.loads(run.stdout.splitlines()[-1])


def line(result: dict | None, count: int) -> str:
    """Return one row: paragraphs recovered exactly, seconds with and without imports, memory."""
    if result is None:
        return "not installed: make bench installs it"
    exact, first, memory = f"{result['exact']}/{count}", result["first"], result["memory"]
    return f"{exact:>9} {first:7.2f} s {result['seconds'] * 1000:6.0f} ms {memory:6.0f} MB"


def missed(tool: str, suffix: str, result: dict | None) -> str:
    """Return a remark if this package misses its target."""
    target = TARGETS.get(suffix) if tool == reader.THIS else None
    slow = target is not None and result is not None and result["seconds"] >= target
    return "  NOT MET" if slow else ""


if __name__ == "__main__":
    sys.exit(main())
