"""What speakers stated beside what was published: a card for each claim.

A card has an anchor, ``c-`` and the id of the claim. Figures on the same thing are set large and
stand open. One on another base is small, and folded if the claim has a better one. Claims without a
figure are items of a list, with the same anchors.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.page import marks, show
from analysis.page.counterparts import count, entry, listed, quiet
from analysis.page.speakers import linked
from analysis.record import Record
from analysis.tables.claims import LIKE, claims_and_figures, closest, verdicts
from analysis.tables.counting import OUTSIDE
from analysis.tables.statements import statements

Row = Any  # a named tuple of a table
Line = tuple[str, list[Any]]  # a term, and the blocks beside it

CARD = "c-{}"
NONE = "none found"
NO_CARD = "No quantity that was stated here stands beside a published figure."
NO_ENTRY = "No quantity was compared without finding a figure."


def cards(data: Record, panel: str) -> show.Shown:
    """Show a card for each claim with a figure, those that can be compared first.

    Parameters
    ----------
    data : Record
        The loaded tables.
    panel : str
        Id of the panel in which the claims were made; blank for those outside the panels.

    Raises
    ------
    ValueError
        If there is no such panel.
    """
    panels = {**data.panels.set_index("id").label, "": OUTSIDE}
    if panel not in panels:
        raise ValueError(f"Invalid panel {panel!r}. Must be one of: {', '.join(panels)}.")
    rows = _compared(data)
    rows = rows[(rows.panel == panels[panel]) & (rows.verdict != NONE)]
    parts = [part for _, part in rows.groupby("claim", sort=False)]
    parts.sort(key=lambda part: not part.verdict.isin(LIKE).any())
    return show.markdown(list(map(_card, parts)) or [NO_CARD], name=f"claims-{panel}")


def without_figure(data: Record) -> show.Shown:
    """Show the claims for which no figure was found as lists.

    The first holds those with a reason of their own; a reason that several have is said once.
    """
    rows = _compared(data)
    rows = rows[rows.claim.map(closest(data)) == NONE]
    shared = rows.duplicated("reason", keep=False)
    alone = [_entry(row, row.reason) for row in rows[~shared].itertuples()]
    blocks: list[Any] = [listed(alone)] if alone else []
    for reason, part in rows[shared].groupby("reason", sort=False):
        blocks += [show.escape(reason), listed(map(_entry, part.itertuples()))]
    return show.markdown(blocks or [NO_ENTRY], name="claims-without-figure")


def _compared(data: Record) -> pd.DataFrame:
    """Return each comparison with all that a card shows."""
    claims = data.claims.set_index("id")[["statement", "period", "note"]]
    said = statements(data).set_index("id")[["panel", "quantifier", "gist"]]
    labels = verdicts(data).set_index("verdict").label
    rows = linked(claims_and_figures(data), data, "said_by")
    rows = rows.join(claims, on="claim").join(said, on="statement")
    return rows.assign(label=rows.verdict.map(labels))


def _card(part: pd.DataFrame) -> show.Markup:
    """Return the card of a claim; `part` has its comparisons with figures."""
    row = next(part.itertuples())
    like = part.verdict.isin(LIKE)
    shown = part[like] if like.any() else part[:1]
    others = part.drop(shown.index)
    body = [_terms([("Said", _said(row)), *_beside(shown)])]
    if len(others):
        body.append(_fold(others))
    title = show.join([row.gist, quiet(show.join([row.claim]))], " ")
    return show.item("claim", body, name=CARD.format(row.claim), title=title, level=3)


def _said(row: Row) -> list[show.Markup]:
    """Return what was stated, of what, by whom, with what a user must know."""
    about = f"{row.measures} ({row.period})" if row.period else row.measures
    notes = [row.note] if row.note else []
    who = show.join([_where(row), *notes], ". ")
    return [_styled(f"“{row.quantity}”", "quantity"), show.join([_sentence(about)]), who]


def _where(row: Row) -> show.Markup:
    """Return who made a claim, with links to the statement and the claim."""
    who = [row.said_by, f"({row.quantifier})"] if row.quantifier else [row.said_by]
    ids = [show.link(row.statement, marks.anchor("statement", row.statement))]
    ids.append(show.link(row.claim, marks.anchor("claim", row.claim)))
    return show.join([show.join(who, " "), *ids])


def _beside(figures: pd.DataFrame) -> Iterator[Line]:
    """Yield what was published, and whether it can be compared, for each figure."""
    for row in figures.itertuples():
        like = row.verdict in LIKE
        source = show.join([show.outside(row.source, row.address), f"({row.seen})"], " ")
        cautions = [_sentence(row.caution)] if row.caution else []
        yield (
            "Published",
            [
                _styled(row.figure, "quantity" if like else "apart"),
                _sentence(row.what),
                show.join([source, *cautions], ". "),
            ],
        )
        answer = f"{'Yes' if like else 'No'}. {row.label}."
        strong = show.myst(f"**{show.escape(answer)}**", answer)
        yield "Can the two be compared?", [strong, row.reason]


def _fold(figures: pd.DataFrame) -> show.Markup:
    """Return figures that cannot be compared in a fold."""
    summary = f"Also published: {count(len(figures), 'figure')} that cannot be compared"
    body = _terms(_beside(figures))
    text = f":::{{container}} fold\n{show.escape(summary)}\n\n{body.source}\n:::"
    return show.myst(text, f"{summary}\n{body.words}")


def _terms(lines: Iterable[Line]) -> show.Markup:
    """Return terms with what belongs to each, as a list of definitions.

    >>> print(_terms([("Said", ["“some”", "Fish."])]).source)
    Said
    : “some”
    <BLANKLINE>
      Fish.
    """
    lines = list(lines)
    texts = [f"{term}\n: " + "\n\n  ".join(map(show.source, blocks)) for term, blocks in lines]
    plain = [f"{term}: " + "\n".join(map(show.words, blocks)) for term, blocks in lines]
    return show.myst("\n\n".join(texts), "\n".join(plain))


def _entry(row: Row, *reason: str) -> show.Markup:
    """Return a claim without a figure as an item of a list."""
    words = f"“{row.quantity}”"
    marked = show.myst(f"[{show.escape(words)}]{{#{CARD.format(row.claim)}}}", words)
    return entry(show.join([marked, f"({row.measures})"], " "), [_where(row), *reason])


def _styled(text: str, name: str) -> show.Markup:
    return show.myst(f"[{show.escape(text)}]{{.{name}}}", text)


def _sentence(text: str) -> str:
    """Return words as a sentence.

    >>> _sentence("detected victims"), _sentence("-11 per cent.")
    ('Detected victims.', '-11 per cent.')
    """
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
