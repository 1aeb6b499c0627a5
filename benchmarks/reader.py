"""Read one file with one tool, several times, and print what came of it as JSON: ``python reader.py TOOL FILE EXPECTED RUNS``.

Run by `benchmarks.reading`, each tool in a process of its own, so that its peak memory is its own. The tools that return
bare text are given the same simple rule: a paragraph begins where a line begins with the next number, and ends where the next
one or a Roman heading begins; white space is made one space. They are not told where a page ends.
"""

import json
import re
import resource
import statistics
import sys
import time

HEADING = re.compile(r"\n[ \t#*]*[IVX]+\.\s+\S[^\n]*(?:\n[^\n\d][^\n]{0,80})?\s*$")


def ours(path):
    """Return the paragraphs that this project reads."""
    from analysis import document

    return lambda: [paragraph.text for paragraph in document.read(path).paragraphs.values()]


def text_alone(path):
    """Return what the rule alone makes of a text file."""
    return lambda: divide(open(path, encoding="utf-8").read())


def pypdf(path):
    """Return what the rule makes of the text that pypdf alone gives."""
    from pypdf import PdfReader

    return lambda: divide("\n".join(page.extract_text() for page in PdfReader(path).pages))


def pdfplumber(path):
    """Return what the rule makes of the text that pdfplumber gives."""
    import pdfplumber

    def run():
        with pdfplumber.open(path) as opened:
            return divide("\n".join(page.extract_text() for page in opened.pages))

    return run


def markitdown(path):
    """Return what the rule makes of the Markdown that markitdown gives."""
    from markitdown import MarkItDown

    tool = MarkItDown(enable_plugins=False)
    return lambda: divide(tool.convert(path).text_content)


def pandoc(path):
    """Return what the rule makes of the plain text that pandoc gives."""
    import pypandoc

    return lambda: divide(pypandoc.convert_file(path, "plain", extra_args=["--wrap=none"]))


def divide(text: str) -> list[str]:
    """Divide a text at the numbers at the start of its lines, each one more than the last."""
    text, number, place, found = f"\n{text}", 1, 0, []
    while begin := re.compile(rf"\n[ \t*]*{number}\\?\.\**\s+").search(text, place):
        if number > 1:
            found.append(text[place : begin.start()])
        number, place = number + 1, begin.end()
    return [
        " ".join(HEADING.sub("", part).split()) for part in [*found, text[place:]] if number > 1
    ]


TOOLS = {
    "ours": (ours, (".md", ".pdf", ".docx")),
    "the rule alone": (text_alone, (".md",)),
    "pypdf": (pypdf, (".pdf",)),
    "pdfplumber": (pdfplumber, (".pdf",)),
    "markitdown": (markitdown, (".pdf", ".docx")),
    "pandoc": (pandoc, (".docx",)),
}


def main(tool: str, path: str, expected: str, runs: str):
    """Print the number of paragraphs recovered exactly, the seconds of one run after one, and the peak memory in MB."""
    begun = time.perf_counter()
    run = TOOLS[tool][0](path)
    found = run()
    first, seconds = time.perf_counter() - begun, []
    for _ in range(int(runs)):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    with open(expected, encoding="utf-8") as file:
        wanted = json.load(file)
    exact = sum(one == two for one, two in zip(found, wanted, strict=False))
    print(
        json.dumps(
            {
                "exact": exact,
                "first": first,
                "seconds": statistics.median(seconds),
                "memory": peak(),
            }
        )
    )


def peak() -> float:
    """Return the peak memory of this process or its largest child, in MB.

    Linux counts the memory of whoever started the process too, but not in the file that is asked first.
    """
    unit = 2**20 if sys.platform == "darwin" else 2**10
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            own = int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 2**10
    except (OSError, TypeError):
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return max(own, children)


if __name__ == "__main__":
    main(*sys.argv[1:])
