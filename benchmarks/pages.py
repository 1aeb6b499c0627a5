"""Judge the built pages from outside: Lighthouse, as on a phone, and the Nu checker of HTML.

Both come from npm, with the Node that Lighthouse accepts (``benchmarks/package.json``), and need
Chromium and Java. The pages are served plainly, without compression.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tqdm import tqdm

from analysis import paths

HTML = paths.BUILD / "html"
TOOLS = paths.ROOT / ".venv" / "peers" / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
BEST = 100


def main() -> None:
    """Print what Nu finds in any file, and each page that falls short in any category."""
    if not TOOLS.is_dir():
        print("Lighthouse and Nu are left out: they were not installed, because npm is missing.")
        return
    print(f"\nNu checker: {nu() or 'no error in any file'}")
    pages = sorted((HTML / "book").glob("*.html"))
    with served() as address:
        scores = {page.stem: lighthouse(f"{address}/book/{page.name}") for page in bar(pages)}
    print(f"Lighthouse, mobile: {len(pages)} pages")
    for page, found in scores.items():
        short = {name: score for name, score in found.items() if score < BEST}
        if short:
            print(f"  {page}: {', '.join(f'{name} {score}' for name, score in short.items())}")
    full = sum(min(found.values()) == BEST for found in scores.values())
    print(f"  {full} of {len(scores)} pages have {BEST} in every category")


def bar(pages: list[Path]) -> tqdm:
    """Show progress: a page takes some ten seconds."""
    return tqdm(pages, desc="lighthouse", unit="page", leave=False)


def nu() -> str:
    """Return the errors that the Nu checker finds, or nothing."""
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", HTML]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()


def lighthouse(url: str) -> dict[str, int]:
    """Return the score of a page in each category, of 100."""
    chrome = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    command = [TOOLS / ".bin" / "lighthouse", url, "--quiet", "--output=json"]
    told = subprocess.run(
        [*command, f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": chrome, "PATH": f"{TOOLS}/.bin:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    categories = json.loads(told.stdout)["categories"]
    return {name: round(100 * each["score"]) for name, each in categories.items()}


@contextmanager
def served() -> Iterator[str]:
    """Serve the built book on a free port while the block runs, and give its address."""
    handler = partial(Silent, directory=str(HTML))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """A server that prints nothing."""

    def log_message(self, *words: object) -> None:
        """Print nothing."""
