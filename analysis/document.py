"""Read a summary document into numbered paragraphs of normalised text.

The normalised text of a paragraph is the contract of every offset in ``data/``: a span is a pair of code
points into it, end exclusive. It is made in this order: Unicode NFC; links and emphasis reduced to their
words; footnote marks removed; every run of white space one space; the leading number and its dot removed.
Parts of a paragraph that a page break has cut are joined first: an unnumbered block that is neither a
heading nor a footnote continues the paragraph before it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

FOOTNOTE_MARKS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
HEADING = re.compile(r"(?P<number>[IVX]+)\.\s+(?P<title>\S.*)")
NUMBERED = re.compile(r"(?P<number>\d{1,3})\.\s+(?P<text>\S.*)", re.DOTALL)
FOOTNOTE = re.compile(f"[{FOOTNOTE_MARKS}]+\\s")
LINK = re.compile(r"\[(?P<words>[^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(?P<words>.+?)(?<=\S)\1(?![\w*])", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A Roman section: its number as printed (``"IV"``) and its title."""

    number: str
    title: str


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph: number, Roman section it stands in, and normalised text."""

    number: int
    section: str
    text: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the normalised text, as 64 hexadecimal digits."""
        return digest(self.text)


@dataclass(frozen=True)
class Document:
    """What was read: sections in order, and paragraphs by number."""

    sections: tuple[Section, ...]
    paragraphs: dict[int, Paragraph]
    front: tuple[str, ...] = ()


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint(text: str) -> str:
    """Return one byte a word, the first of its SHA-256, as hexadecimal digits in the order of the words.

    Enough to say which words of another copy differ and where a span now stands; too little to get a word back,
    since one word in 256 has the same byte.

    >>> fingerprint("a toolkit, a toolkit")
    'ca7bcaa0'
    """
    return "".join(digest(word)[:2] for word in text.split())


def normalise(text: str) -> str:
    """Return the words of a paragraph without mark-up, footnote marks and line breaks.

    Parameters
    ----------
    text : str
        A paragraph as it stands in the file, without its number.

    Returns
    -------
    str
        One line in Unicode NFC, with single spaces.

    >>> normalise("A *Toolkit* on a [web\\npage](#), twice¹  read.")
    'A Toolkit on a web page, twice read.'
    """
    text = unicodedata.normalize("NFC", text)
    text = LINK.sub(r"\g<words>", text)
    text = EMPHASIS.sub(r"\g<words>", text)
    text = re.sub(f"[{FOOTNOTE_MARKS}]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def parse(text: str) -> Document:
    """Divide the text of a summary into Roman sections and numbered paragraphs.

    Parameters
    ----------
    text : str
        Plain text or Markdown, with a blank line between blocks.

    Returns
    -------
    Document
        What stands before the first heading (title, authors) is left out.

    Raises
    ------
    ValueError
        Where no paragraph is numbered, or where a number does not follow the one before it.
    """
    sections: list[Section] = []
    front: list[str] = []
    parts: dict[int, tuple[str, list[str]]] = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        block = block.strip()
        heading, numbered = HEADING.fullmatch(block), NUMBERED.fullmatch(block)
        if heading:
            sections.append(Section(heading["number"], normalise(heading["title"])))
        elif not block or FOOTNOTE.match(block):
            continue
        elif not sections:
            front.append(normalise(block))
        elif numbered:
            number = int(numbered["number"])
            if number != len(parts) + 1:
                raise ValueError(f"Invalid paragraph number {number}. Must be {len(parts) + 1}.")
            parts[number] = sections[-1].number, [numbered["text"]]
        elif parts:
            parts[len(parts)][1].append(block)
    if not parts:
        raise ValueError("Invalid document: no numbered paragraph under a Roman heading was found in it.")
    return Document(
        tuple(sections),
        {n: Paragraph(n, section, normalise(" ".join(blocks))) for n, (section, blocks) in parts.items()},
        tuple(front),
    )


def read(path: str | Path) -> Document:
    """Read a summary from a text or Markdown file in UTF-8.

    Parameters
    ----------
    path : str or Path
        The file.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where the file is not UTF-8, or is not a summary with numbered paragraphs.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"No file {str(path)!r}. Give the path of a copy of the summary.")
    try:
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"Invalid file {str(path)!r}: byte {error.start} is not UTF-8 text.") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
