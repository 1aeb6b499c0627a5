"""The kinds of items. Names, pages and files stay: others cite them."""

from dataclasses import dataclass

RECORD_PAGE = "book/record.html"


@dataclass(frozen=True)
class Kind:
    """What all items of a kind share.

    Attributes
    ----------
    anchor : str
        The name of an item, with ``{}`` for its id: its anchor on `page`.
    folder : str
        Where its file is on the site.
    page : str
        The page on the site whose anchor leads to it; blank if that depends on the item.
    title : str
        What it is called in a citation, with ``{}`` for its id or name.
    """

    anchor: str
    folder: str
    page: str
    title: str


CITABLE = {
    "paragraph": Kind("p-{}", "p", RECORD_PAGE, "Paragraph {}"),
    "statement": Kind("s-{}", "s", RECORD_PAGE, "Statement {}"),
    "recommendation": Kind("r-{}", "r", RECORD_PAGE, "Recommendation {}"),
    "claim": Kind("{}", "claims", RECORD_PAGE, "Claim {}"),
    "theme": Kind("t-{}", "themes", "book/themes.html", "Theme: {}"),
    "speaker": Kind("a-{}", "speakers", "book/speakers.html", "Who said what: {}"),
    "table": Kind("{}", "tables", "", "{}"),
    "figure": Kind("{}", "figures", "", "{}"),
}
