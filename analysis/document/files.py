"""Open a file by the kind that its content shows."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from analysis.document import limits, structure, text
from analysis.document.limits import Unreadable
from analysis.document.line import Line
from analysis.document.model import Document

READERS = {"text": "text", "HTML": "web", "PDF": "pdf", "Word": "word"}  # modules by kind
SUFFIXES = {".htm": "HTML", ".html": "HTML", ".xhtml": "HTML", ".pdf": "PDF", ".docx": "Word"}
OTHERS = (  # first bytes of files of other kinds, and what to do
    (
        b"\xd0\xcf\x11\xe0",
        "it is an old Word file or has a password; save it as .docx without a password",
    ),
    (b"{\\rtf", "it is RTF; save it as .docx"),
    (b"\x1f\x8b", "it is a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "it is a 7z archive; unpack it first"),
    (b"Rar!", "it is a RAR archive; unpack it first"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "it is a picture; give a file with text in it"),
)


def read(path: str | Path, *, numbered: bool = False) -> Document:
    """Read a summary from a text, Markdown, HTML, PDF or Word (.docx) file.

    Parameters
    ----------
    path : str or Path
        The file. Its kind is recognized by its content, not by its name. None of its code, links or
        external entities is followed.
    numbered : bool
        Whether a document without numbered paragraphs is refused.

    Returns
    -------
    Document
        Sections, numbered paragraphs, footnotes and annexes, with warnings on numbers that are
        missing or occur twice.

    Raises
    ------
    FileNotFoundError
        If the file does not exist.
    ValueError
        If the file cannot be read: it is encrypted, scanned, truncated, empty, not of its declared
        kind, or exceeds `analysis.document.limits`. The message gives the reason and the remedy in
        one line.
    """
    path = Path(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ValueError(
            f"Invalid file {str(path)!r}: it is a device or a pipe; give a copy on disk."
        )
    if not path.is_file():
        raise FileNotFoundError(f"No file {str(path)!r}. Give the path of a copy of the summary.")
    try:
        document = _read(path)
        if document.paragraphs or not numbered:
            return document
        reason = " ".join(document.warnings)
        reason = reason[0].lower() + reason[1:]
    except (RecursionError, MemoryError):
        reason = "it is nested too deeply or is too large"
    except ValueError as error:
        reason = str(error)
    raise ValueError(f"Invalid file {str(path)!r}: {reason.rstrip('.')}.")


def _read(path: Path) -> Document:
    limits.check(path.stat().st_size, limits.MAX_BYTES, "MiB", unit=limits.MEGABYTE)
    data = path.read_bytes()
    kind = kind_of(data, path.suffix.lower())
    # The library of a format is imported only when it is needed.
    reader: Callable[[bytes], list[Line]] = import_module(f"{__package__}.{READERS[kind]}").read
    return structure.build(reader(data), markdown=kind == "text", mend=kind in ("text", "PDF"))


def parse(words: str) -> Document:
    """Divide the text of a summary into sections and numbered paragraphs.

    Parameters
    ----------
    words : str
        Plain text or Markdown.

    Raises
    ------
    ValueError
        If there are no words.

    >>> parse("I. Opening\\n\\n1. The Chair spoke.").paragraphs[1].text
    'The Chair spoke.'
    """
    return structure.build(text.lines(words), markdown=True, mend=True)


def kind_of(data: bytes, suffix: str) -> str:
    """Return the kind of a file by its content: text, HTML, PDF or Word.

    Raises
    ------
    ValueError
        If the file is empty, of a kind that is not read, or not of the kind that its name declares.
    """
    if not data.strip():
        raise Unreadable("it is empty")
    for first_bytes, advice in OTHERS:
        if data.startswith(first_bytes):
            raise Unreadable(advice)
    if b"%PDF-" in data[:1024]:
        return "PDF"
    if data.startswith(b"PK"):
        return "Word"
    if _is_html(data):
        return "HTML"
    declared = SUFFIXES.get(suffix, "text")
    if declared in ("PDF", "Word"):
        raise Unreadable(
            f"it is named {suffix} but is not a {declared} file; "
            "it may be truncated or saved under a wrong name"
        )
    return declared


def _is_html(data: bytes) -> bool:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    declared = head.startswith(b"<?xml") and b"<html" in head
    return declared or head.startswith((b"<!doctype html", b"<html"))
