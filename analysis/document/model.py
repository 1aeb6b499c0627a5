"""What is read from a document: sections, numbered paragraphs, their items, footnotes, and how each text came about."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A Roman section: its number as printed (``"IV"``) and its title."""

    number: str
    title: str


@dataclass(frozen=True)
class Step:
    """One thing that was done to the text of a paragraph.

    Attributes
    ----------
    name : str
        What was done, such as ``"page number left out"``.
    found, made : str
        What stood there and what stands there now; `made` is blank for what was left out.
    page : int or None
        Page of the file, from 1, where the format has pages.
    """

    name: str
    found: str = ""
    made: str = ""
    page: int | None = None

    def __str__(self):
        """Return the step as a line.

        >>> print(Step("page number left out", "5/8", page=5))
        page number left out: '5/8' (page 5)
        """
        change = f": {self.found!r}" if self.found else ""
        change += f" -> {self.made!r}" if self.made else ""
        return f"{self.name}{change}" + (f" (page {self.page})" if self.page else "")


@dataclass(frozen=True)
class Item:
    """A lettered or dotted sub-item: its label as printed (``"(a)"``, ``"140.2"``), its depth, and its span in the paragraph."""

    label: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class Footnote:
    """A footnote: its mark and text and, where the mark was found, its paragraph and the offset in it."""

    mark: str
    text: str
    paragraph: int | None = None
    at: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph.

    Attributes
    ----------
    number : int
        Number as printed.
    section : str
        Roman number of the section it stands in; blank where the document has none.
    text : str
        Normalised text: what every offset in ``data/`` counts in.
    heading : str
        The sub-heading it stands under, if any.
    page : int or None
        Page on which it begins, where the format has pages.
    items : tuple of Item
        Sub-items in their order.
    steps : tuple of Step
        What was done to get the text.
    """

    number: int
    section: str
    text: str
    heading: str = ""
    page: int | None = None
    items: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = field(default=(), compare=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the normalised text, as 64 hexadecimal digits."""
        return digest(self.text)


@dataclass(frozen=True)
class Document:
    """What was read of a file, and nothing that is not in it.

    Attributes
    ----------
    sections : tuple of Section
        Roman sections in order.
    paragraphs : dict of int to Paragraph
        The numbered paragraphs, by number.
    front : tuple of str
        Normalised blocks before the first heading or paragraph: masthead, title, authors.
    blocks : tuple of str
        Normalised blocks that belong to no numbered paragraph: the text of a document without numbers.
    footnotes : tuple of Footnote
        Footnotes in order.
    annexes : tuple of Document
        What stands under each annex heading; the heading is the first block of its `front`.
    warnings : tuple of str
        What a reader must know: numbers that were lost, or given twice.
    """

    sections: tuple[Section, ...]
    paragraphs: dict[int, Paragraph]
    front: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    annexes: tuple["Document", ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass
class Line:
    """A line or block as a reader of a format gives it, before anything is decided.

    Attributes
    ----------
    text : str
        Its words; footnote marks are superscript digits, whatever the format had.
    page : int or None
        Page, from 1.
    gap : bool
        Whether the file divides it from the line before: a blank line, a new block, a larger distance.
    kind : str
        What the file itself says it is: ``"text"``, ``"heading"``, ``"note"`` (a footnote's body), or
        ``"left out"`` (set by `layout`, which puts the reason in `why`).
    strong : bool
        Whether all of it is bold.
    size, height : float
        Size of its letters and distance from the foot of the page, in points; 0 where not known.
    """

    text: str
    page: int | None = None
    gap: bool = True
    kind: str = "text"
    strong: bool = False
    size: float = 0.0
    height: float = 0.0
    why: str = ""


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(text: str) -> str:
    """Return one byte a word, the first of its SHA-256, as hexadecimal digits in the order of the words.

    Enough to say which words of another copy differ and where a span now stands; too little to get a word back,
    since one word in 256 has the same byte.

    >>> fingerprint("a toolkit, a toolkit")
    'ca7bcaa0'
    """
    return "".join(digest(word)[:2] for word in text.split())


def explain(paragraph: Paragraph) -> list[str]:
    """Return, a line each, what was done to get the text of a paragraph, in order.

    >>> explain(Paragraph(3, "I", "Words.", steps=(Step("number removed", "3."),)))
    ["number removed: '3.'"]
    """
    return [str(step) for step in paragraph.steps]
