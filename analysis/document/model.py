"""What is read from a document, and how each text came about."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A Roman section: its number as printed (``"IV"``) and its title."""

    number: str
    title: str


@dataclass(frozen=True)
class Step:
    """One change to the text of a paragraph.

    Attributes
    ----------
    name : str
        What was done, such as ``"page number left out"``.
    before, after : str
        The words before and after the change; `after` is blank if they were left out.
    page : int or None
        Page of the file, from 1, if the format has pages.
    """

    name: str
    before: str = ""
    after: str = ""
    page: int | None = None

    def __str__(self) -> str:
        """Return the step as a line.

        >>> print(Step("page number left out", "5/8", page=5))
        page number left out: '5/8' (page 5)
        """
        change = f": {self.before!r}" if self.before else ""
        change += f" -> {self.after!r}" if self.after else ""
        return f"{self.name}{change}" + (f" (page {self.page})" if self.page else "")


@dataclass(frozen=True)
class Item:
    """A lettered or dotted sub-item of a paragraph.

    Attributes
    ----------
    label : str
        Label as printed: ``"(a)"``, ``"140.2"``.
    level : int
        Depth, from 1.
    start, end : int
        Span in the normalized text of the paragraph, end exclusive.
    """

    label: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class Footnote:
    """A footnote, with the paragraph and the offset of its mark if that was found.

    It is not sure if a hyphen at the end of a line may divide a word of it.
    """

    mark: str
    text: str
    paragraph: int | None = None
    at: int | None = None
    sure: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph.

    Attributes
    ----------
    number : int
        Number as printed.
    section : str
        Roman number of its section; blank if the document has no sections.
    text : str
        Normalized text, to which every offset in ``data/`` refers.
    heading : str
        The sub-heading above it, if any.
    page : int or None
        Page on which it begins, if the format has pages.
    items : tuple of Item
        Sub-items in order.
    steps : tuple of Step
        The changes that led to the text.
    doubts : tuple of str
        Why its words may not be those of the document, if anything was seen.
    """

    number: int
    section: str
    text: str
    heading: str = ""
    page: int | None = None
    items: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = field(default=(), compare=False)
    doubts: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the normalized text, as 64 hexadecimal digits."""
        return digest(self.text)


@dataclass(frozen=True)
class Document:
    """The content of a file, with nothing added.

    Attributes
    ----------
    sections : tuple of Section
        Roman sections in order.
    paragraphs : dict of int to Paragraph
        Numbered paragraphs by number.
    front : tuple of str
        Normalized blocks before the first heading or paragraph: masthead, title, authors.
    blocks : tuple of str
        Normalized blocks outside numbered paragraphs: the text of a document without numbers.
    footnotes : tuple of Footnote
        Footnotes in order.
    annexes : tuple of Document
        The content under each annex heading; the heading is the first block of its `front`.
    warnings : tuple of str
        What a reader must know: numbers that are missing or occur twice.
    goes_on : bool
        Whether blocks without a number follow the last paragraph and are read as part of it.
    """

    sections: tuple[Section, ...]
    paragraphs: dict[int, Paragraph]
    front: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    annexes: tuple["Document", ...] = ()
    warnings: tuple[str, ...] = ()
    goes_on: bool = field(default=False, compare=False)


def digest(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of a text, as 64 hexadecimal digits.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(text: str) -> str:
    """Return one byte for each word, as hexadecimal digits in the order of the words.

    The byte is the first of the word's SHA-256. That is enough to tell which words of another copy
    differ and where a span has moved, and too little to recover a word, since one word in 256 has
    the same byte.

    >>> fingerprint("a toolkit, a toolkit")
    'ca7bcaa0'
    """
    return "".join(digest(word)[:2] for word in text.split())


def explain(paragraph: Paragraph) -> list[str]:
    """Return the changes that led to the text of a paragraph, a line for each.

    >>> explain(Paragraph(3, "I", "Words.", steps=(Step("number removed", "3."),)))
    ["number removed: '3.'"]
    """
    return [str(step) for step in paragraph.steps]
