"""Look for files that a reader cannot bear: `make fuzz`, or `python tests/fuzz.py --seconds 60`.

Each round takes a seed (a small summary in every form, and the corpus of what was found before), changes it at random, and
reads it. A document or one clear message is right; anything else, or more than `SLOW` seconds, is written to tests/corpus/.
The corpus is read again by tests/test_fuzz.py. The same number for `--random` gives the same rounds.
"""

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tqdm import tqdm  # noqa: E402

from analysis import document  # noqa: E402
from benchmarks import papers  # noqa: E402

CORPUS = Path(__file__).parent / "corpus"
MINI = Path(__file__).parent / "data" / "mini" / "summary.md"
SLOW = 20  # seconds that one file may take
MEMORY = 4 * 2**30  # bytes that the process may take
FORMS = {".md": papers.markdown, ".html": papers.html, ".pdf": papers.pdf, ".docx": papers.word}
WORDS = (
    *(
        b"1. ",
        b"2.\n",
        b"\n\n",
        b"\f",
        b"I. ",
        b"II.\n",
        b"(a) ",
        b"\xc2\xb9",
        b"- ",
        b"Annex\n",
        b"**",
        b"[",
        b"](",
    ),
    *(
        b"....... 3\n",
        b"Page 2\n",
        b"5/8\n",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xff",
        b"<sup>",
        b"<ol>",
        b"</p>",
        b"<w:p>",
        b"&x;",
    ),
    *(
        b" obj",
        b"endstream",
        b"0 R",
        b"<<",
        b">>",
        b"/Kids [1 0 R]",
        b"/Length 99999999",
        b"/Prev 0",
        b"99999999999",
        b"-1",
    ),
)


class Slow(BaseException):
    """A file that takes longer than `SLOW`."""


def seeds(folder: Path) -> dict[str, list[bytes]]:
    """Return what is changed, by suffix: the small summary in each form, and the corpus."""
    read = document.read(MINI)
    made = {
        suffix: [make(read, folder / f"seed{suffix}").read_bytes()]
        for suffix, make in FORMS.items()
    }
    for path in sorted(CORPUS.glob("*.*")):
        made.setdefault(path.suffix, []).append(path.read_bytes())
    return made


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
    """Change a part of a Word file and pack it again, so that its reader gets past the archive."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice(
            [*names, *["word/document.xml", "word/numbering.xml", "word/footnotes.xml"] * 3]
        )
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changed(content, chance, [content]) if name == chosen else content)
    return written.getvalue()


def whole(data: bytes) -> bool:
    """Say whether an archive can be unpacked."""
    try:
        return zipfile.ZipFile(BytesIO(data)).testzip() is None
    except Exception:
        return False


def trouble(path: Path) -> str:
    """Read a file, and return what is wrong with how that went: blank where nothing is."""
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(SLOW)
    try:
        read = document.read(path)
        texts = [paragraph.text for paragraph in read.paragraphs.values()]
        return (
            "" if all(text == " ".join(text.split()) for text in texts) else "white space in a text"
        )
    except ValueError as error:
        return "" if len(str(error).splitlines()) == 1 else "a message of several lines"
    except Slow:
        return f"more than {SLOW} seconds"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)


def _too_slow(*_):
    raise Slow


def main(argv=None) -> int:
    """Run rounds until the time is over; 1 where something was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--seconds", type=float, default=600, help="how long to look (default: 600)"
    )
    options.add_argument(
        "--random",
        type=int,
        default=None,
        metavar="N",
        help="number from which all rounds follow (default: the time)",
    )
    given = options.parse_args(argv)
    start = int(time.time()) if given.random is None else given.random
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance, found, rounds, end = random.Random(start), [], 0, time.monotonic() + given.seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        tqdm(desc=f"--random {start}", unit=" files", disable=None) as bar,
    ):
        kinds = seeds(Path(folder))
        while time.monotonic() < end:
            suffix = chance.choice(list(kinds))
            seed = chance.choice(kinds[suffix])
            within = suffix == ".docx" and whole(seed) and chance.random() < 0.8
            path = Path(folder) / f"round{suffix}"
            path.write_bytes(
                changed_within(seed, chance) if within else changed(seed, chance, kinds[suffix])
            )
            if wrong := trouble(path):
                CORPUS.mkdir(exist_ok=True)
                kept = CORPUS / f"{start}-{rounds}{suffix}"
                kept.write_bytes(path.read_bytes())
                found.append(f"{kept.relative_to(ROOT)}: {wrong}")
                tqdm.write(found[-1])
            rounds += 1
            bar.update()
    print(f"{rounds} files were read, {len(found)} of them wrongly.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
