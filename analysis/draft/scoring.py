"""Score a draft against tables coded by hand: what was found, what was missed, what was made up."""

from types import SimpleNamespace

import pandas as pd

from analysis.document import Document
from analysis.draft.assembly import draft

OVERLAP = 0.5  # the share of common words, of all words of two spans, from which they are the same unit
AIMS = {  # aspect: which column must reach what
    "sections": ("f1", 1.0),
    "paragraphs": ("f1", 1.0),
    "participation": ("f1", 1.0),
    "panels": ("f1", 1.0),
    "panellists": ("f1", 1.0),
    "statements": ("f1", 0.80),
    "speech acts": ("precision", 0.75),
    "observations": ("f1", 1.0),
    "recommendations": ("f1", 0.85),
    "claims": ("recall", 0.95),
    "instruments": ("recall", 0.95),
}
COLUMNS = ["aspect", "expected", "suggested", "matched", "precision", "recall", "f1", "aim", "met"]


def score(document: Document, data: SimpleNamespace) -> pd.DataFrame:
    """Draft a document and compare the draft with its record.

    Parameters
    ----------
    document : Document
        The document that the record codes.
    data : SimpleNamespace
        The record, as `analysis.load.dataset` gives it; its codebook is the draft's.

    Returns
    -------
    DataFrame
        One row per aspect: aspect, expected (rows of the record), suggested (rows of the draft), matched (one to one), precision,
        recall, f1 (shares from 0 to 1; missing where they are undefined), aim (in words; blank for none), met (missing without an
        aim). A statement or a recommendation is matched by one of its paragraph whose span has at least half of its words in
        common with it; a claim by one whose span it touches. Speech acts, speakers and themes are those of matched statements.
    """
    made = {name: _typed(frame, getattr(data, name)) for name, frame in draft(document, data).items()}
    drafted = SimpleNamespace(**made)
    rows = [*_structure(data, drafted), *_units(data, drafted), *_named(data, drafted)]
    return pd.DataFrame([_row(*row) for row in rows], columns=COLUMNS).astype({"met": "boolean"})


def met(table: pd.DataFrame) -> bool:
    """Say whether every aim of a score is met."""
    return bool(table.met.fillna(True).all())


def _typed(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Return the drafted text with whole numbers where the record has them."""
    whole = [name for name in frame if name in like and str(like[name].dtype) == "Int64"]
    return frame.assign(**{name: pd.to_numeric(frame[name]).astype("Int64") for name in whole})


def _row(aspect: str, expected: int, suggested: int, matched: int) -> dict:
    precision = matched / suggested if suggested else None
    recall = matched / expected if expected else None
    f1 = 2 * matched / (expected + suggested) if expected + suggested else None
    column, least = AIMS.get(aspect, ("", None))
    reached = {"precision": precision, "recall": recall, "f1": f1}.get(column)
    aim = "" if least is None else "all" if least == 1 else f"{column} {least:.2f}"
    fits = None if least is None else (reached is None or reached >= least)
    return dict(zip(COLUMNS, (aspect, expected, suggested, matched, precision, recall, f1, aim, fits), strict=True))


def _same(aspect: str, expected, suggested) -> tuple:
    """Compare two collections of keys, each key once."""
    one, other = set(expected), set(suggested)
    return aspect, len(one), len(other), len(one & other)


def _keys(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    cells = frame[list(columns)].astype(object)
    return [tuple(str(cell).casefold() for cell in row) for row in cells.itertuples(index=False)]


def _structure(data: SimpleNamespace, drafted: SimpleNamespace):
    """Compare meeting, sections, paragraphs, participation, panels, panellists and observations."""
    coded = data.meetings[data.meetings.coded.fillna(False)]
    dated = coded.assign(date=coded.date.dt.strftime("%Y-%m-%d"))
    for_meeting = ("date", "format", "language", "ordinal")
    facts = [
        [(name, str(value)) for name, value in frame.iloc[0][list(for_meeting)].items()] for frame in (dated, drafted.meetings)
    ]
    yield _same("meeting", *facts)
    yield _same("sections", _keys(data.sections, "number"), _keys(drafted.sections, "number"))
    yield _same("paragraphs", _kinds(data), _kinds(drafted))
    yield _same("participation", _counts(data, set(coded.id)), _counts(drafted, set(drafted.meetings.id)))
    yield _same("panels", _keys(data.panels, "title", "first", "last"), _keys(drafted.panels, "title", "first", "last"))
    yield _same("panellists", _panellists(data), _panellists(drafted))
    observed = [_keys(each.paragraphs[each.paragraphs.kind == "observation"], "number") for each in (data, drafted)]
    yield _same("observations", *observed)


def _kinds(data: SimpleNamespace) -> list[tuple]:
    """Number, section, kind, length and hash of each paragraph; and for those of a panel, where it begins."""
    firsts = dict(zip(data.panels.id, data.panels["first"], strict=True))
    homes = data.paragraphs.panel.map(firsts).where(data.paragraphs.kind != "observation")
    return _keys(data.paragraphs.assign(home=homes), "number", "section", "kind", "length", "sha256", "home")


def _counts(data: SimpleNamespace, meetings: set) -> list[tuple]:
    """Paragraph, count, unit and basis of each count that the summary gives, with the count that it is part of."""
    rows = data.participation[data.participation.meeting.isin(meetings) & data.participation.paragraph.notna()]
    wholes = dict(zip(rows.id, rows["count"], strict=True))
    return _keys(rows.assign(whole=rows.parent.map(wholes)), "paragraph", "count", "unit", "basis", "whole")


def _panellists(data: SimpleNamespace) -> list[tuple]:
    """Name and first paragraph of the panel of each panellist, with each paragraph in which it speaks."""
    rows = data.actors[data.actors.role == "panellist"]
    firsts = dict(zip(data.panels.id, data.panels["first"], strict=True))
    spoken = data.statements.drop_duplicates(["speaker", "paragraph"]).groupby("speaker").paragraph.agg(tuple)
    return _keys(rows.assign(first=rows.panel.map(firsts), spoken=rows.id.map(spoken)), "name", "first", "spoken")


def _units(data: SimpleNamespace, drafted: SimpleNamespace):
    """Compare statements with their boundaries, acts, speakers and themes, and recommendations."""
    pairs = matched(data.statements, drafted.statements, OVERLAP)
    yield "statements", len(data.statements), len(drafted.statements), len(pairs)
    yield _same("exact boundaries", *[_keys(each.statements, "paragraph", "start", "end") for each in (data, drafted)])
    yield "speech acts", len(pairs), len(pairs), _agree(data.statements.act, drafted.statements.act, pairs)
    yield "speakers", len(pairs), len(pairs), _agree(_speakers(data), _speakers(drafted), pairs)
    yield _themed("themes", data, drafted, "statements", "statement_themes", "statement", pairs)
    pairs = matched(data.recommendations, drafted.recommendations, OVERLAP)
    yield "recommendations", len(data.recommendations), len(drafted.recommendations), len(pairs)
    for aspect, column in (("addressees", "addressee_stated"), ("first verbs", "first_verb"), ("recommendation panels", "panel")):
        ours, theirs = _named_panel(data, column), _named_panel(drafted, column)
        yield aspect, len(pairs), len(pairs), _agree(ours, theirs, pairs)
    yield _themed("recommendation themes", data, drafted, "recommendations", "recommendation_themes", "recommendation", pairs)


def _named_panel(data: SimpleNamespace, column: str) -> pd.Series:
    cells = data.recommendations[column]
    return (
        cells.map(dict(zip(data.panels.id, data.panels.title.str.casefold(), strict=True))).astype(object).fillna("")
        if column == "panel"
        else cells
    )


def _agree(one: pd.Series, other: pd.Series, pairs: list[tuple[int, int]]) -> int:
    return sum(one[left] == other[right] for left, right in pairs)


def _speakers(data: SimpleNamespace) -> pd.Series:
    """Return who speaks: the role; for panellists the name, for the floor the quantifier."""
    actors = data.actors.set_index("id")
    roles, names = data.statements.speaker.map(actors.role), data.statements.speaker.map(actors.name)
    return roles + ": " + names.where(roles == "panellist", data.statements.quantifier)


def _themed(aspect: str, data, drafted, table: str, codes: str, column: str, pairs: list) -> tuple:
    """Compare the themes of the units that are matched."""
    expected, suggested = getattr(data, codes), getattr(drafted, codes)
    ours, theirs = getattr(data, table).id, getattr(drafted, table).id
    same = {theirs[right]: ours[left] for left, right in pairs}
    known = expected[expected[column].isin(set(same.values()))]
    found = suggested[suggested[column].isin(set(same))]
    one = set(zip(known[column], known.theme, strict=True))
    other = set(zip(found[column].map(same), found.theme, strict=True))
    return aspect, len(one), len(other), len(one & other)


def _named(data: SimpleNamespace, drafted: SimpleNamespace):
    """Compare claims, instruments and mentions."""
    pairs = matched(data.claims, drafted.claims, 0)
    yield "claims", len(data.claims), len(drafted.claims), len(pairs)
    yield "kinds of claims", len(pairs), len(pairs), _agree(data.claims.kind, drafted.claims.kind, pairs)
    named = data.instruments[data.instruments.id.isin(data.mentions.instrument)]
    places = _mention_pairs(data.mentions, drafted.mentions)
    owners = _pairs((data.mentions.instrument[left], drafted.mentions.instrument[right]) for left, right in places)
    yield "instruments", len(named), len(drafted.instruments), len(owners)
    yield "mentions", len(data.mentions), len(drafted.mentions), len(_pairs(places))


def _mention_pairs(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the mentions in one paragraph of which the one holds the words of the other."""
    found = []
    for left in ours.itertuples():
        for right in theirs[theirs.paragraph == left.paragraph].itertuples():
            one, other = left.name.casefold(), right.name.casefold()
            if one in other or other in one:
                found.append((left.Index, right.Index))
    return found


def _pairs(candidates) -> list[tuple]:
    """Return pairs of which no two have the same left or the same right, the first that come, each left tried again."""
    options: dict = {}
    for left, right in candidates:
        options.setdefault(left, {})[right] = None
    taken: dict = {}

    def place(left, seen) -> bool:
        for right in options[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or place(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    for left in options:
        place(left, set())
    return [(left, right) for right, left in taken.items()]


def matched(ours: pd.DataFrame, theirs: pd.DataFrame, least: float) -> list[tuple[int, int]]:
    """Return pairs of rows, one to one, of one paragraph, whose spans overlap; the best overlap is paired first.

    Parameters
    ----------
    ours, theirs : DataFrame
        With the columns paragraph, start and end (code points).
    least : float
        The least share that the common part has of both spans together; 0 for any overlap.

    Returns
    -------
    list of tuple
        Index in `ours` and index in `theirs`.
    """
    candidates = []
    by_paragraph = {number: list(rows.itertuples()) for number, rows in theirs.groupby("paragraph")}
    for left in ours.itertuples():
        for right in by_paragraph.get(left.paragraph, ()):
            common = min(left.end, right.end) - max(left.start, right.start)
            share = common / (max(left.end, right.end) - min(left.start, right.start))
            if common > 0 and share >= least:
                candidates.append((-share, left.Index, right.Index))
    found, used, spent = [], set(), set()
    for _, left, right in sorted(candidates):
        if left not in used and right not in spent:
            found.append((left, right))
            used.add(left)
            spent.add(right)
    return found
