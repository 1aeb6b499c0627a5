"""Open a file of any kind that is read, tell its kind by what is in it, and say in one message why it cannot be read."""

from collections.abc import Callable
from pathlib import Path

from analysis.document import limits, structure, text
from analysis.document.limits import Unreadable
from analysis.document.model import Document, Line

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".pdf": "PDF",
    ".docx": "Word",
}
OLD_WORD = b"\xd0\xcf\x11\xe0"
OTHERS = (  # first bytes of what is not read, and what to do
    (OLD_WORD, "it is an old Word file or one with a password; save it as .docx without a password"),
    (b"{\\rtf", "it is RTF; save it as .docx"),
    (b"\x1f\x8b", "it is a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "it is a 7z archive; unpack it first"),
    (b"Rar!", "it is a RAR archive; unpack it first"),
    (b"\x89PNG", "it is a picture; give a file with text in it"),
    (b"\xff\xd8\xff", "it is a picture; give a file with text in it"),
    (b"GIF8", "it is a picture; give a file with text in it"),
)


def read(path: str | Path, *, numbered: bool = False) -> Document:
    """Read a summary from a text, Markdown, HTML, PDF or Word (.docx) file.

    Parameters
    ----------
    path : str or Path
        The file. Its kind is told by what is in it, not by its name. No code, link or external entity of it is followed.
    numbered : bool
        Whether a document without numbered paragraphs is refused.

    Returns
    -------
    Document
        Sections, numbered paragraphs, footnotes and annexes, with warnings on numbers that were lost or doubled.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where it cannot be read: encrypted, scanned, truncated, empty, not of its kind, or past the limits in
        `analysis.document.limits`. One line says which and what to do.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"No file {str(path)!r}. Give the path of a copy of the summary.")
    try:
        limits.hold(path.stat().st_size / limits.MEGABYTE, limits.MAX_BYTES / limits.MEGABYTE, "MiB")
        data = path.read_bytes()
        kind = kind_of(data, path.suffix.lower())
        found = structure.build(reader(kind)(data), markdown=kind == "text", mend=kind in ("text", "PDF"))
        if numbered and not found.paragraphs:
            raise Unreadable(" ".join(["no numbered paragraph was found in it.", *found.warnings]))
        return found
    except (ValueError, RecursionError, MemoryError) as error:
        reason = str(error) if isinstance(error, ValueError) else "it is nested too deeply or is too large"
        raise ValueError(f"Invalid file {str(path)!r}: {reason.rstrip('.')}.") from None


def parse(words: str) -> Document:
    """Divide the text of a summary, plain or Markdown, into sections and numbered paragraphs.

    Parameters
    ----------
    words : str
        Plain text or Markdown.

    Raises
    ------
    ValueError
        Where there are no words.

    >>> parse("I. Opening\\n\\n1. The Chair spoke.").paragraphs[1].text
    'The Chair spoke.'
    """
    return structure.build(text.lines(words), markdown=True, mend=True)


def kind_of(data: bytes, suffix: str) -> str:
    """Return the kind of a file, ``"text"``, ``"HTML"``, ``"PDF"`` or ``"Word"``, by what is in it.

    Raises
    ------
    ValueError
        Where it is empty, or of a kind that is not read, or named for another kind than it is and unreadable as either.
    """
    if not data.strip():
        raise Unreadable("it is empty")
    for first, advice in OTHERS:
        if data.startswith(first):
            raise Unreadable(advice)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "PDF"
    if data.startswith(b"PK"):
        return "Word"
    if head[:300].lower().startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head.lower()):
        return "HTML"
    named = SUFFIXES.get(suffix, "text")
    if named in ("PDF", "Word"):
        raise Unreadable(f"it is named {suffix} but is no {named} file; it may be truncated or saved under a wrong name")
    return named


def reader(kind: str) -> Callable[[bytes], list[Line]]:
    """Return the reader of a kind; the library behind it is imported when it is first needed."""
    if kind == "PDF":
        from analysis.document import pdf

        return pdf.read
    if kind == "Word":
        from analysis.document import word

        return word.read
    if kind == "HTML":
        from analysis.document import web

        return web.read
    return text.read
