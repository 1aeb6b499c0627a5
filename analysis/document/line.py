"""Define the line that the readers of formats return, before its role is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.document.model import Step
from analysis.document.steps import first_change, visible


@dataclass
class Line:
    """A line or block of a file.

    Unseen characters are removed when it is made, since one of them inside a number or a heading
    would keep it from being recognized.

    Attributes
    ----------
    text : str
        Its words; footnote marks are superscript digits, whatever their form in the file.
    page : int or None
        Page, from 1.
    gap : bool
        Whether the file separates it from the line before: by a blank line, a new block or a
        larger distance.
    kind : str
        What the file declares it to be: ``"text"``, ``"heading"``, ``"note"`` (the body of a
        footnote) or ``"rule"``. For a line that is not part of the text, `layout` sets the reason,
        such as ``"page number"``.
    strong : bool
        Whether all of it is bold.
    size, height : float
        Size of its letters and distance from the foot of the page, in points; 0 if unknown.
    steps : list of Step
        The changes to its text so far.
    """

    text: str
    page: int | None = None
    gap: bool = True
    kind: str = "text"
    strong: bool = False
    size: float = 0.0
    height: float = 0.0
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = visible(self.text)
        if text != self.text:
            change = first_change(self.text, text)
            self.steps.append(Step("unseen character removed", *change, page=self.page))
            self.text = text

    @property
    def is_text(self) -> bool:
        """Whether it is part of the text: neither furniture nor a footnote."""
        return self.kind in ("text", "heading")


def prevailing(pieces: Iterable[tuple[float, str]]) -> float:
    """Return the size of most letters, or 0 if none is known.

    >>> prevailing([(9, "a note"), (11, "the body of a page"), (14, "a title")])
    11
    """
    letters: Counter[float] = Counter()
    for size, words in pieces:
        letters[size] += len(words.strip())
    return max(letters, key=lambda size: (letters[size], size), default=0)
