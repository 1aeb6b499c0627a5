"""What a draft is: rows that a machine suggested, known by their status, and the rules that wait until a person has read them.

A draft is a data folder in which a row still says ``suggested``. Once none does, it is a record like any other.
"""

from types import SimpleNamespace

SUGGESTED, CONFIRMED = "suggested", "confirmed"
MOST = 26 + 26 * 26  # rows of one paragraph that letters can number
DRAFTED = (  # the tables that a draft fills
    "meetings sections paragraphs participation panels actors actor_names statements statement_themes recommendations "
    "recommendation_themes claims instruments mentions"
).split()
SKIPPED = {  # rules of `analysis.check` that only a finished record can meet, and what a person does first
    "themes_are_applied": "every row needs a theme and every theme a row; a person chooses where the codebook's words are silent",
    "examples_show_their_theme": "a person chooses the example of each theme",
    "meetings_run_on": "a person adds the earlier meetings, which the document does not list",
    "panellists_are_named": "a person settles names that the document prints in one place only",
    "speakers_fit": "a person settles who speaks where the document names nobody",
    "quantifiers_are_printed": "a person settles how a speaker is counted whom the document names otherwise",
    "texts_are_their_own": "a person puts own gists in the place of the document's words, which may repeat themselves",
}


def columns(names: list[str]) -> list[str]:
    """Return the columns of a drafted table: its own, and two that say the status of a row and the reason for it.

    >>> columns(["id"]), columns(["id", "status"])
    (['id', 'status', 'reason'], ['id', 'status', 'draft_status', 'draft_reason'])
    """
    before = "draft_" if {"status", "reason"} & set(names) else ""
    return [*names, f"{before}status", f"{before}reason"]


def fields(names: list[str]) -> list[dict]:
    """Return the description of the two columns, as a schema has it."""
    status, reason = names
    told = "Whether a machine suggested the row, or a person has read and confirmed it."
    rules = {"required": True, "enum": [SUGGESTED, CONFIRMED]}
    return [
        {"name": status, "title": "Status", "type": "string", "description": told, "constraints": rules},
        {"name": reason, "title": "Reason", "type": "string", "description": "Which rule made the row, and of which words."},
    ]


def count(data: SimpleNamespace) -> int:
    """Return how many rows of the loaded tables are suggested and not yet confirmed: 0 for a finished record."""
    frames = [(getattr(data, name), name) for name in DRAFTED if hasattr(data, name)]
    own = ((frame, "draft_status" if name == "instruments" else "status") for frame, name in frames)
    return sum(int((frame[column] == SUGGESTED).sum()) for frame, column in own if column in frame)


def letters(place: int) -> str:
    """Return the letters of a row within its paragraph: a to z, then aa to zz, in which length and alphabet keep the order.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('a', 'z', 'aa', 'zz')
    """
    first, second = divmod(place, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + second)
