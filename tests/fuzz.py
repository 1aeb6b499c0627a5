"""Look for files that no reader can handle: `make fuzz`, or `python tests/fuzz.py --seconds 60`.

Each round takes a seed (a small summary in one of its forms, or a file of the corpus), changes it
at random, and reads it. Every fiftieth changes the descriptor or a table of a data folder instead,
and checks the folder. The result must be a document, a list of problems or one clear message; a
file that leads to anything else, or takes too long, is added to tests/corpus/. Every run of
tests/test_fuzz.py reads the corpus again. The same number for `--random` gives the same rounds.
"""

import argparse
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import fuzz_data  # noqa: E402
from tqdm import tqdm  # noqa: E402

from analysis import document  # noqa: E402
from benchmarks import papers  # noqa: E402

CORPUS = Path(__file__).parent / "corpus"
MINI = Path(__file__).parent / "data" / "mini" / "summary.md"
SLOW = 20  # seconds of work that one file may take
STUCK = 10 * SLOW  # seconds until one that does not even work is given up
MEMORY = 4 * 2**30  # bytes that the process may take
FORMS = {".md": papers.markdown, ".html": papers.html, ".pdf": papers.pdf, ".docx": papers.word}
WORDS = (
    b"1. |2.\n|\n\n|\f|I. |II.\n|(a) |\xc2\xb9|\xe2\x80\x8b|- |Annex\n|**|[|]("
    b"|....... 3\n|Page 2\n|5/8\n|\xef\xbb\xbf|\x00|\xff|<sup>|<ol>|</p>|<w:p>|&x;"
    b"| obj|endstream|0 R|<<|>>|/Kids [1 0 R]|/Length 99999999|/Prev 0|99999999999|-1"
).split(b"|")


class Slow(BaseException):
    """The time for one file is over."""


def seeds(folder: Path) -> dict[str, list[bytes]]:
    """Return the files to change, by suffix: the small summary in each form, and the corpus."""
    summary = document.read(MINI)
    files = {}
    for suffix, write in FORMS.items():
        files[suffix] = [write(summary, folder / f"seed{suffix}").read_bytes()]
    for path in sorted(CORPUS.glob("*.*")):
        files.setdefault(path.suffix, []).append(path.read_bytes())
    return files


def changed(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Change a few places of a file."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(7):
            case 0:
                data[place : place + length] = b""
            case 1:
                data[place:place] = chance.choice(WORDS) * chance.choice((1, 1, 3, 400))
            case 2:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 3:
                data[place:place] = data[place : place + length] * chance.choice((1, 2, 50))
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                data[place : place + length] = other[start : start + length]
            case 5:
                data[place : place + length] = bytes(chance.randrange(256) for _ in range(length))
            case _:
                del data[max(place, 1) :]
    return bytes(data)


def changed_within(data: bytes, chance: random.Random) -> bytes:
    """Change a part of a Word file and pack it again, so that the archive can be opened."""
    main = ["word/document.xml", "word/numbering.xml", "word/footnotes.xml"]
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    chosen = chance.choice([*names, *main * 3])
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, changed(content, chance, [content]) if name == chosen else content)
    return written.getvalue()


def is_whole(data: bytes) -> bool:
    """Return True if an archive can be unpacked."""
    try:
        return zipfile.ZipFile(BytesIO(data)).testzip() is None
    except Exception:
        return False


def trouble(path: Path) -> str:
    """Read a document, and return what went wrong; blank if nothing did."""
    return within_limits(lambda: _read(path))


def within_limits(work: Callable[[], str]) -> str:
    """Return what some work returns, or what went wrong with it: an error, or too much time."""
    for kind in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(kind, _stop)
    signal.setitimer(signal.ITIMER_PROF, SLOW)  # not of the clock: other programs may be busy
    signal.alarm(STUCK)
    try:
        return work()
    except (ValueError, FileNotFoundError) as error:
        return "" if len(str(error).splitlines()) == 1 else "a message of several lines"
    except Slow:
        return f"more than {SLOW} seconds"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)


def _read(path: Path) -> str:
    paragraphs = document.read(path).paragraphs.values()
    clean = all(paragraph.text == " ".join(paragraph.text.split()) for paragraph in paragraphs)
    return "" if clean else "white space in a text"


def _stop(*_):
    raise Slow


def main(argv=None) -> int:
    """Run rounds until the time is over; return 1 if something went wrong."""
    arguments = _arguments(argv)
    start = int(time.time()) if arguments.random is None else arguments.random
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance = random.Random(start)
    rounds, failures, end = 0, 0, time.monotonic() + arguments.seconds
    with (
        tempfile.TemporaryDirectory() as name,
        tqdm(desc=f"--random {start}", unit=" files", disable=None) as bar,
    ):
        folder = Path(name)
        kinds, data = seeds(folder), fuzz_data.seed(folder)
        while time.monotonic() < end:
            # Judging a data folder takes as long as reading fifty documents.
            if rounds % 50 == 49:
                path, problem = _data_round(data, chance)
            else:
                path = _next(kinds, chance, folder)
                problem = trouble(path)
            if problem:
                failures += 1
                _keep(path, f"{start}-{rounds}", problem)
            rounds += 1
            bar.update()
    print(f"{rounds} files were read, {failures} of them wrongly.")
    return bool(failures)


def _data_round(folder: Path, chance: random.Random) -> tuple[Path, str]:
    """Change one file of a data folder, judge the folder, and put the file back."""
    path, content = fuzz_data.changed(folder, chance, changed)
    before = path.read_bytes()
    path.write_bytes(content)
    problem = within_limits(lambda: fuzz_data.judge(folder))
    kept = folder.parent / fuzz_data.kept(path.relative_to(folder))
    path.rename(kept)
    path.write_bytes(before)
    return kept, problem


def _arguments(argv) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--seconds", type=float, default=600, help="how long to look (default: 600)"
    )
    parser.add_argument(
        "--random", type=int, metavar="N", help="number that decides all rounds (default: the time)"
    )
    return parser.parse_args(argv)


def _next(kinds: dict[str, list[bytes]], chance: random.Random, folder: Path) -> Path:
    """Write the file of the next round."""
    suffix = chance.choice(list(kinds))
    seed = chance.choice(kinds[suffix])
    within = suffix == ".docx" and is_whole(seed) and chance.random() < 0.8
    path = folder / f"round{suffix}"
    path.write_bytes(
        changed_within(seed, chance) if within else changed(seed, chance, kinds[suffix])
    )
    return path


def _keep(path: Path, name: str, problem: str) -> None:
    """Add a file to the corpus, and report it."""
    kept = CORPUS / f"{name}{path.suffix}"
    if path.name.startswith(fuzz_data.PREFIX):
        kept = CORPUS / "data" / f"{name}{path.name}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, kept)
    tqdm.write(f"{kept.relative_to(ROOT)}: {problem}")


if __name__ == "__main__":
    sys.exit(main())
