"""Define the line that the readers of formats return, before its role is known."""

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
        footnote) or ``"rule"``. `layout` sets ``"left out"`` and gives the `reason`.
    strong : bool
        Whether all of it is bold.
    size, height : float
        Size of its letters and distance from the foot of the page, in points; 0 if unknown.
    reason : str
        Why it is left out.
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
    reason: str = ""
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = visible(self.text)
        if text != self.text:
            change = first_change(self.text, text)
            self.steps.append(Step("unseen character removed", *change, page=self.page))
            self.text = text
