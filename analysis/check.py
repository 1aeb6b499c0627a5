"""Check what a schema cannot say: that the tables agree with each other and with the codebook's rules.

Each rule is a generator of `Problem`s over the loaded tables. To add a check, write one and put it in `RULES`.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from analysis import document, load
from analysis.problems import Problem

CODED = range(6, 37)  # paragraphs that record what was said
OBSERVED = range(39, 48)  # paragraphs that record what the Co-Chairs recommend


def check(folder: str | Path | None = None) -> list[Problem]:
    """Return everything that is wrong with a data folder, schema first; an empty list where nothing is.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with ``datapackage.json`` and its tables. Default: the one shipped with the book.

    Raises
    ------
    FileNotFoundError, ValueError
        Where there is no descriptor, or none that can be read.
    """
    data, problems = load.read(folder)
    if not whole(data, load.schema(folder)):
        return problems
    return list(dict.fromkeys(problems + [flaw for rule in RULES for flaw in rule(data)]))


def whole(data: SimpleNamespace, schema: dict) -> bool:
    """Say whether every table is there with every column; only then can the tables be compared."""
    return all(
        hasattr(data, table["name"])
        and [field["name"] for field in table["schema"]["fields"]] == list(getattr(data, table["name"]).columns)
        for table in schema["resources"]
    )


def flaws(table: str, rows: pd.DataFrame, column: str, rule: str, expected: object = "") -> Iterator[Problem]:
    """Give one problem per row; `expected` is a value for all or a series along the rows."""
    for index, row in rows.iterrows():
        must = expected[index] if isinstance(expected, pd.Series) else expected
        yield Problem(f"{table}.csv", index + 2, column, rule, str(row[column]), str(must))


def cells_are_clean(data):
    """Every text is in NFC, on one line, without blanks at its ends or two in a row."""
    for table, frame in vars(data).items():
        for column in frame.select_dtypes("str"):
            clean = frame[column].map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))
            yield from flaws(table, frame[frame[column] != clean], column, "stray white space or not NFC")


def gists_are_sentences(data):
    """A gist begins with a capital or a figure and ends with a full stop."""
    for table in ("paragraphs", "statements", "recommendations"):
        frame = getattr(data, table)
        odd = ~frame.gist.str.fullmatch(r"[A-Z0-9].*\.") | (frame.gist.str.split().str.len() > 40)
        yield from flaws(table, frame[odd], "gist", "gist is not one sentence", "a sentence of at most 40 words")


def paragraphs_run_on(data):
    """Paragraphs are numbered without a gap and stand in sections that run in order."""
    frame = data.paragraphs
    expected = pd.Series(range(1, len(frame) + 1), frame.index)
    yield from flaws("paragraphs", frame[frame.number != expected], "number", "number out of order", expected)
    order = frame.section.map({number: place for place, number in enumerate(data.sections.number)})
    yield from flaws("paragraphs", frame[order.diff() < 0], "section", "section before the one above it")
    odd = (frame.kind == "observation") != frame.number.isin(OBSERVED)
    yield from flaws("paragraphs", frame[odd], "kind", "kind and place do not fit", f"observation in {OBSERVED}")


def panels_hold_their_paragraphs(data):
    """A paragraph, a statement and a panellist belong to the panel within whose range they stand."""
    ranges = {number: p.id for p in data.panels.itertuples() for number in range(p.first, p.last + 1)}
    said = data.paragraphs[~data.paragraphs.number.isin(OBSERVED)]
    for table, frame, number in (("paragraphs", said, "number"), ("statements", data.statements, "paragraph")):
        expected = frame[number].map(ranges).fillna("")
        yield from flaws(table, frame[frame.panel != expected], "panel", "panel of another paragraph", expected)
    actors = data.actors
    odd = (actors.role == "panellist") != (actors.panel != "")
    yield from flaws("actors", actors[odd], "panel", "panel and role do not fit", "given for panellists only")
    homes = data.statements.speaker.map(actors.set_index("id").panel)
    lost = data.statements[(homes != "") & (homes != data.statements.panel)]
    yield from flaws("statements", lost, "speaker", "panellist of another panel")


def spans_are_inside(data):
    """A span is within its paragraph, and no two statements or recommendations share a word."""
    lengths = data.paragraphs.set_index("number").length
    for table in ("statements", "recommendations", "claims"):
        frame = getattr(data, table)
        limit = frame.paragraph.map(lengths)
        yield from flaws(table, frame[frame.start >= frame.end], "start", "empty span", "less than the end")
        yield from flaws(table, frame[frame.end > limit], "end", "span outside its paragraph", limit)
        if table != "claims":
            before = frame.groupby("paragraph").end.shift()
            yield from flaws(table, frame[frame.start < before], "start", "span begins in the one before", before)


def items_are_numbered(data):
    """An id is its paragraph and the next letter; only paragraphs that record speech or advice are coded."""
    for table, numbers in (("statements", CODED), ("recommendations", OBSERVED), ("claims", None)):
        frame = getattr(data, table)
        letters = frame.groupby("paragraph").cumcount().map(lambda place: chr(ord("a") + place))
        expected = ("q" if table == "claims" else "") + frame.paragraph.astype(str) + letters
        yield from flaws(table, frame[frame.id != expected], "id", "id out of order", expected)
        if numbers:
            odd = frame[~frame.paragraph.isin(numbers)]
            yield from flaws(table, odd, "paragraph", "paragraph is not coded in this table")


def rows_are_sorted(data):
    """Rows that point into the text follow it; rows that apply a code follow what they are applied to."""
    for table in ("statements", "recommendations", "claims", "mentions"):
        frame = getattr(data, table)
        yield from flaws(table, frame[frame.paragraph < frame.paragraph.shift()], "paragraph", "row out of order")
    for table, column, home in (
        ("statement_themes", "statement", data.statements),
        ("recommendation_themes", "recommendation", data.recommendations),
        ("recommendation_parties", "recommendation", data.recommendations),
    ):
        frame = getattr(data, table)
        places = frame[column].map({key: place for place, key in enumerate(home.id)})
        yield from flaws(table, frame[places.diff() < 0], column, "row out of order")


def speakers_fit(data):
    """The floor has a quantifier and nobody else; a panellist's paragraph has one speaker."""
    frame = data.statements
    odd = (frame.speaker == "floor") != (frame.quantifier != "")
    yield from flaws("statements", frame[odd], "quantifier", "quantifier and speaker do not fit", "for the floor only")
    kinds = frame.paragraph.map(data.paragraphs.set_index("number").kind)
    roles = frame.speaker.map(data.actors.set_index("id").role)
    for kind, role in (("panellist", "panellist"), ("discussion", "floor"), ("opening", "chair")):
        odd = frame[(kinds == kind) & (roles != role)]
        yield from flaws("statements", odd, "speaker", f"speaker in a paragraph of kind {kind}", f"a {role}")
    several = frame[(kinds == "panellist") & (frame.speaker != frame.groupby("paragraph").speaker.transform("first"))]
    yield from flaws("statements", several, "speaker", "second panellist in one paragraph")


def panellists_are_named(data):
    """Every panellist is named in its panel's first paragraph and speaks in one paragraph, where it is named."""
    named = set(zip(data.actor_names.actor, data.actor_names.paragraph, strict=True))
    opening = data.panels.set_index("id")["first"]
    for index, actor in data.actors[data.actors.role == "panellist"].iterrows():
        spoken = set(data.statements.paragraph[data.statements.speaker == actor.id])
        missing = ({opening.get(actor.panel)} | spoken) - {n for who, n in named if who == actor.id}
        if missing or len(spoken) != 1:
            where = ", ".join(map(str, sorted(missing)))
            yield Problem("actors.csv", index + 2, "id", "panellist without speech or name", actor.id, where)


def proposals_have_a_category(data):
    """A proposal has an action category, and nothing else has."""
    frame = data.statements
    odd = frame[(frame.act == "proposal") != frame.action_category.notna()]
    yield from flaws("statements", odd, "action_category", "category and speech act do not fit", "for proposals only")


def themes_are_applied(data):
    """Only themes below the four on top are applied; each of them is, and each row has at least one."""
    themes = data.themes
    leaves = set(themes.id[themes.parent != ""])
    inner = themes[themes.parent.map(lambda parent: parent in leaves)]
    yield from flaws("themes", inner, "parent", "parent is not on top", "one of the four, or blank")
    for table, column, home in (
        ("statement_themes", "statement", "statements"),
        ("recommendation_themes", "recommendation", "recommendations"),
    ):
        codes, rows = getattr(data, table), getattr(data, home)
        yield from flaws(table, codes[~codes.theme.isin(leaves)], "theme", "theme on top applied", "a theme below")
        yield from flaws(home, rows[~rows.id.isin(codes[column])], "id", "row without a theme")
    unused = themes[themes.id.isin(leaves) & ~themes.id.isin(data.statement_themes.theme)]
    yield from flaws("themes", unused, "id", "theme that no statement has")


def examples_show_their_theme(data):
    """The example paragraph of a theme holds a statement or a recommendation with that theme, or with one below."""
    parents = data.themes.set_index("id").parent
    shown = set()
    for codes, column, rows in (
        (data.statement_themes, "statement", data.statements),
        (data.recommendation_themes, "recommendation", data.recommendations),
    ):
        numbers = codes[column].map(rows.set_index("id").paragraph)
        shown |= set(zip(codes.theme, numbers, strict=True)) | set(zip(codes.theme.map(parents), numbers, strict=True))
    odd = [pair not in shown for pair in zip(data.themes.id, data.themes.example, strict=True)]
    yield from flaws("themes", data.themes[odd], "example", "example paragraph without the theme")


def participation_adds_up(data):
    """The parts of a group have its unit and add up to it; a count has one source."""
    frame = data.participation
    for index, group in frame[frame.id.isin(frame.parent)].iterrows():
        parts = frame[frame.parent == group.id]
        if parts["count"].sum() != group["count"]:
            total = f"{' + '.join(map(str, parts['count']))} = {parts['count'].sum()}"
            yield Problem("participation.csv", index + 2, "count", "total does not add up", str(group["count"]), total)
        yield from flaws("participation", parts[parts.unit != group.unit], "unit", "unit of another group", group.unit)
    odd = frame[frame.paragraph.notna() == (frame.context != "")]
    yield from flaws("participation", odd, "paragraph", "one source is needed", "a paragraph or a context row")
    claimed = data.claims[data.claims.kind == "count"].groupby("paragraph").low.agg(set)
    stated = frame[[row.paragraph in claimed and row["count"] not in claimed[row.paragraph] for _, row in frame.iterrows()]]
    yield from flaws("participation", stated, "count", "count that no claim of its paragraph states")
    values = data.context.set_index("id").value
    whole = frame[(frame.parent == "") & (frame.context != "")]
    expected = whole.context.map(values)
    odd = whole[whole["count"].astype(str) != expected]
    yield from flaws("participation", odd, "count", "count is not that of its source", expected)


def claims_hold_together(data):
    """A claim's words, hash, bounds, speaker and statement agree."""
    claims = data.claims
    digests = claims.quantity.map(document.digest)
    yield from flaws("claims", claims[claims.sha256 != digests], "sha256", "hash of other words", digests)
    ends = claims.start + claims.quantity.str.len()
    yield from flaws("claims", claims[claims.end != ends], "end", "span of another length", ends)
    yield from flaws("claims", claims[claims.low > claims.high], "low", "lower bound above the upper")
    bare = claims[claims.low.notna() & (claims.unit == "")]
    yield from flaws("claims", bare, "unit", "bound without a unit")
    homes = data.statements.set_index("id").reindex(claims.statement[claims.statement != ""])
    held = claims[claims.statement != ""]
    homes.index = held.index
    inside = (held.paragraph == homes.paragraph) & (held.start >= homes.start) & (held.end <= homes.end)
    yield from flaws("claims", held[~inside.fillna(False)], "statement", "quantity outside its statement")
    yield from flaws("claims", held[held.said_by != homes.speaker], "said_by", "speaker of another statement", homes.speaker)


def verbs_add_up(data):
    """The categories of a verb add up, and its commonest category and share follow from them."""
    verbs = data.verbs
    counts = verbs[[f"category_{k}" for k in range(1, 6)]].astype("Float64")
    yield from flaws("verbs", verbs[counts.sum(axis=1) != verbs.n], "n", "total does not add up", counts.sum(axis=1))
    mode = counts.max(axis=1)
    modal = verbs.apply(lambda row: counts.loc[row.name].get(f"category_{row.modal_category}"), axis=1)
    yield from flaws("verbs", verbs[modal != mode], "modal_category", "not the commonest category")
    share = (mode / counts.sum(axis=1)).round(3)
    yield from flaws("verbs", verbs[(verbs.share - share).abs() > 0.0011], "share", "share does not follow", share)


def instruments_are_used(data):
    """Every instrument is mentioned in the summary or is the basis of a recommendation."""
    used = set(data.mentions.instrument) | set(data.recommendations.legal_basis)
    yield from flaws("instruments", data.instruments[~data.instruments.id.isin(used)], "id", "instrument not used")
    lone = data.recommendations[(data.recommendations.legal_basis == "") & (data.recommendations.legal_article != "")]
    yield from flaws("recommendations", lone, "legal_article", "article without an instrument")


def one_meeting_is_coded(data):
    """Exactly one meeting is coded, and it is the one that the summary's own counts belong to."""
    coded = data.meetings[data.meetings.coded.fillna(False)]
    if len(coded) != 1:
        yield Problem("meetings.csv", 1, "coded", "number of coded meetings", str(len(coded)), "1")
        return
    odd = data.participation[
        data.participation.paragraph.notna() & (data.participation.meeting != coded.id.iloc[0])
    ]
    yield from flaws("participation", odd, "meeting", "the summary counts its own meeting only", coded.id.iloc[0])


RULES = (
    cells_are_clean,
    gists_are_sentences,
    paragraphs_run_on,
    panels_hold_their_paragraphs,
    spans_are_inside,
    items_are_numbered,
    rows_are_sorted,
    speakers_fit,
    panellists_are_named,
    proposals_have_a_category,
    themes_are_applied,
    examples_show_their_theme,
    participation_adds_up,
    claims_hold_together,
    verbs_add_up,
    instruments_are_used,
    one_meeting_is_coded,
)
