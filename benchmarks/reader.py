"""Read one file with one tool several times: ``python reader.py TOOL FILE EXPECTED RUNS``.

The results are printed as JSON. `benchmarks.reading` runs each tool in a process of its own, so
that its peak memory can be measured. Tools that return plain text share one simple rule: a
paragraph begins where a line begins with the next number, and ends where the following one or a
Roman heading begins; white space becomes one space. They are not given page breaks.
"""

import json
import operator
import re
import resource
import statistics
import sys
import time
from pathlib import Path

HEADING = re.compile(r"\n[ \t#*]*[IVX]+\.\s+\S[^\n]*(?:\n[^\n\d][^\n]{0,80})?\s*$")


def this_package(path):
    """Return a function that reads a file with this package."""
    from analysis import document

    return lambda: [paragraph.text for paragraph in document.read(path).paragraphs.values()]


def rule_alone(path):
    """Return a function that applies the rule to a text file."""
    return lambda: divide(Path(path).read_text(encoding="utf-8"))


def pypdf(path):
    """Return a function that applies the rule to the text that pypdf returns."""
    from pypdf import PdfReader

    return lambda: divide("\n".join(page.extract_text() for page in PdfReader(path).pages))


def pdfplumber(path):
    """Return a function that applies the rule to the text that pdfplumber returns."""
    import pdfplumber

    def run():
        with pdfplumber.open(path) as file:
            return divide("\n".join(page.extract_text() for page in file.pages))

    return run


def markitdown(path):
    """Return a function that applies the rule to the Markdown that markitdown returns."""
    from markitdown import MarkItDown

    tool = MarkItDown(enable_plugins=False)
    return lambda: divide(tool.convert(path).text_content)


def pandoc(path):
    """Return a function that applies the rule to the plain text that pandoc returns."""
    import pypandoc

    return lambda: divide(pypandoc.convert_file(path, "plain", extra_args=["--wrap=none"]))


def divide(text: str) -> list[str]:
    """Divide a text at the numbers at the start of its lines, each one more than the last."""
    text, number, place, parts = f"\n{text}", 1, 0, []
    while begin := re.compile(rf"\n[ \t*]*{number}\\?\.\**\s+").search(text, place):
        if number > 1:
            parts.append(text[place : begin.start()])
        number, place = number + 1, begin.end()
    if number > 1:
        parts.append(text[place:])
    return [" ".join(HEADING.sub("", part).split()) for part in parts]


THIS, RULE = "this package", "the rule alone"
TOOLS = {
    THIS: (this_package, (".md", ".pdf", ".docx")),
    RULE: (rule_alone, (".md",)),
    "pypdf": (pypdf, (".pdf",)),
    "pdfplumber": (pdfplumber, (".pdf",)),
    "markitdown": (markitdown, (".pdf", ".docx")),
    "pandoc": (pandoc, (".docx",)),
}


def main(tool: str, path: str, expected: str, runs: str) -> None:
    """Print the number of exact paragraphs, the seconds of runs, and the peak memory in MB."""
    start = time.perf_counter()
    run = TOOLS[tool][0](path)
    paragraphs = run()
    first, seconds = time.perf_counter() - start, []
    for _ in range(int(runs)):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    originals = json.loads(Path(expected).read_text(encoding="utf-8"))
    exact = sum(map(operator.eq, paragraphs, originals))
    again = statistics.median(seconds)
    print(json.dumps({"exact": exact, "first": first, "seconds": again, "memory": peak()}))


def peak() -> float:
    """Return the peak memory of this process or of its largest child, in MB.

    On Linux, `getrusage` includes the memory of the process that started this one;
    ``/proc/self/status`` does not, and is used if it exists.
    """
    unit = 2**20 if sys.platform == "darwin" else 2**10
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        own = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 2**10
    except (OSError, TypeError):
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return max(own, children)


if __name__ == "__main__":
    main(*sys.argv[1:])
