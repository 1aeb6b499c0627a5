"""Draft many summaries and see that time and memory keep step: ``python -m benchmarks.scale``.

The summaries are variants of an invented one. Each size is run in a process of its own with one worker and with two, so that
documents per second and core can be compared, and so that peak memory is that of the size. ``--same`` drafts a folder of 1,000
summaries, five of them broken, with one process, two, and a Dask cluster, and compares every byte that they write.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from analysis import batch, document, draft, load, paths
from benchmarks import papers, reader

INVENTED = paths.ROOT / "tests" / "data" / "firearms" / "summary.md"
SIZES = (1, 10, 100, 1_000, 10_000)
BROKEN = {
    "empty.md": b"",
    "letter.md": b"A letter.\n",
    "cut.pdf": b"%PDF-1.4 cut",
    "bytes.txt": b"\xff\xfe\xff",
    "not.docx": b"PK\3\4",
}


def main(argv=None) -> int:
    """Print one line for each size and number of workers; or compare executors."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=1_000, metavar="N", help="largest number of summaries (default: 1000)")
    parser.add_argument("--same", action="store_true", help="compare what one process, two and a Dask cluster write")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.one:
        return one(Path(given.one[0]), int(given.one[1]), int(given.one[2]))
    with tempfile.TemporaryDirectory() as folder:
        made = summaries(Path(folder, "in"), given.most)
        if given.same:
            return same(made, Path(folder))
        print(f"{'summaries':>9} {'workers':>8} {'seconds':>9} {'a second and core':>18} {'memory':>9}")
        for size in SIZES:
            for workers in (1, 2):
                if size <= given.most and workers <= size:
                    print(measured(made, size, workers), flush=True)
    return 0


def summaries(folder: Path, count: int) -> Path:
    """Write variants of the invented summary, no two alike."""
    folder.mkdir()
    original = document.read(INVENTED)
    for seed in range(count):
        papers.markdown(papers.variant(original, seed), folder / f"{seed:05}.md")
    return folder


def measured(folder: Path, size: int, workers: int) -> str:
    """Run one size in a process of its own and return its line."""
    command = [sys.executable, "-m", "benchmarks.scale", "--one", str(folder), str(size), str(workers)]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    rate = size / told["seconds"] / workers
    return f"{size:9} {workers:8} {told['seconds']:7.1f} s {rate:18.1f} {told['memory']:6.0f} MB"


def rows(codebook: SimpleNamespace, path: Path) -> int:
    """Read and draft one summary and return how many statements it has."""
    return len(draft.draft(document.read(path), codebook)["statements"])


def one(folder: Path, size: int, workers: int) -> int:
    """Draft the first summaries of a folder, and print seconds and peak memory as JSON."""
    files = sorted(folder.iterdir())[:size]
    task, begun = partial(rows, load.dataset()), time.perf_counter()
    failed = [outcome.error for outcome in batch.run(task, files, workers=workers, progress=False) if outcome.error]
    print(json.dumps({"seconds": time.perf_counter() - begun, "memory": reader.peak()}))
    return bool(failed)


def same(folder: Path, out: Path) -> int:
    """Draft a folder with five broken files in three ways, and say whether all wrote the same."""
    from distributed import Client, LocalCluster

    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    digests = {"one process": drafted(folder, out / "one", workers=1), "two processes": drafted(folder, out / "two", workers=2)}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        digests["a Dask cluster"] = drafted(folder, out / "dask", executor=client.get_executor(pure=False), workers=2)
    for name, (digest, errors, seconds) in digests.items():
        print(f"{name:16} {digest[:16]} {seconds:7.1f} s, {len(errors)} files could not be read: {', '.join(errors)}")
    return len({digest for digest, *_ in digests.values()}) != 1


def drafted(folder: Path, out: Path, *, executor: Executor | None = None, workers: int) -> tuple[str, list[str], float]:
    """Draft a folder and return the digest of all that was written, the names of what could not be read, and the seconds."""
    files, begun = batch.files([folder]), time.perf_counter()
    task = draft.Task(load.dataset(), draft.folders(files, out, several=True))
    outcomes = list(batch.run(task, files, executor=executor, workers=workers))
    digest = hashlib.sha256()
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        digest.update(repr((str(path.relative_to(out)), path.stat().st_size)).encode() + path.read_bytes())
    return digest.hexdigest(), [outcome.path.name for outcome in outcomes if outcome.error], time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
