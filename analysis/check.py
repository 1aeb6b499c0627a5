"""Check what a schema cannot say: that the tables agree with each other and with the codebook's rules.

Each rule is a generator of `Problem`s over the loaded tables. To add one, write it and put it in `RULES`.
"""

import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from analysis import document, load, readings
from analysis.problems import Problem, flaws

SPOKEN = ("opening", "briefing", "panellist", "discussion")  # kinds of paragraphs that record what was said
OBSERVED = "observation"  # the kind of paragraphs that record what was recommended
CODED = (  # what is coded, the table of its themes, and the column that points back
    ("statements", "statement_themes", "statement"),
    ("recommendations", "recommendation_themes", "recommendation"),
)
OWN = (  # columns in which no two rows are alike
    "meetings.title sections.label paragraphs.sha256 paragraphs.gist panels.label panels.title actors.name "
    "statements.sha256 statements.gist themes.label themes.definition themes.include themes.exclude "
    "recommendations.sha256 recommendations.gist instruments.title source_notes.finding"
).split()
VOCABULARIES = {  # the form of an identifier in each
    "TIP Protocol": r"article \d+( \([a-z]\))?",
    "SDG": r"http://metadata\.un\.org/sdg/[C\d.]+",
    "UNBIS Thesaurus": r"http://metadata\.un\.org/thesaurus/\d{7}",
    "ICCS": r"\d{4,6}",
}


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
    columns = {table["name"]: [f["name"] for f in table["schema"]["fields"]] for table in schema["resources"]}
    return columns == {name: list(frame) for name, frame in vars(data).items()}


def by_key(frame: pd.DataFrame, key: str = "id") -> pd.DataFrame:
    """Return the rows under their key, the first of each: that a key comes twice is for the schema to say."""
    return frame.drop_duplicates(key).set_index(key)


def among(known: set, *columns: pd.Series) -> pd.Series:
    """Say of each row whether its cells, taken together, are known."""
    return pd.Series([row in known for row in zip(*columns, strict=True)], columns[0].index, dtype=bool)


def letters(place: int) -> str:
    """Return the letters of a row within its paragraph: a to z, then aa to zz.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('a', 'z', 'aa', 'zz')
    """
    first, second = divmod(place, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + second)


def cells_are_clean(data):
    """Every text is in NFC, on one line, without blanks at its ends or two in a row."""
    for table, frame in vars(data).items():
        for column in frame.select_dtypes("str"):
            clean = frame[column].map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))
            yield from flaws(data, table, frame[column] != clean, column, "stray white space or not NFC")


def gists_are_sentences(data):
    """A gist begins with a capital or a figure and ends with a full stop."""
    for table in ("paragraphs", "statements", "recommendations"):
        gists = getattr(data, table).gist
        odd = ~gists.str.fullmatch(r"[A-Z0-9].*\.") | (gists.str.split().str.len() > 40)
        yield from flaws(data, table, odd, "gist", "gist is not one sentence", "a sentence of up to 40 words")


def paragraphs_run_on(data):
    """Paragraphs are numbered without a gap and stand in sections that run in order."""
    frame = data.paragraphs
    expected = pd.Series(range(1, len(frame) + 1), frame.index)
    yield from flaws(data, "paragraphs", frame.number != expected, "number", "number out of order", expected)
    places = frame.section.map({number: place for place, number in enumerate(data.sections.number)})
    yield from flaws(data, "paragraphs", places.diff() < 0, "section", "section before the one above it")


def kinds_fit_what_is_coded(data):
    """Observations end the summary and hold recommendations; what was said is in statements."""
    numbers, kinds = data.paragraphs.number, data.paragraphs.kind
    said, advised = numbers.isin(data.statements.paragraph), numbers.isin(data.recommendations.paragraph)
    observed, spoken = kinds == OBSERVED, kinds.isin(SPOKEN)
    odd = (advised != observed) | (spoken & ~said) | (said & ~spoken & (kinds != "procedure"))
    yield from flaws(data, "paragraphs", odd, "kind", "kind and what is coded do not fit")
    after = observed.cummax() & ~observed
    yield from flaws(data, "paragraphs", after, "kind", "kind after the observations", OBSERVED)


def panels_hold_their_paragraphs(data):
    """A paragraph, a statement and a panellist belong to the panel within whose range they stand."""
    bounded = data.panels.dropna(subset=["first", "last"])
    ranges = {number: p.id for p in bounded.itertuples() for number in range(p.first, p.last + 1)}
    said = data.paragraphs[data.paragraphs.kind != OBSERVED]
    for table, cells, numbers in (
        ("paragraphs", said.panel, said.number),
        ("statements", data.statements.panel, data.statements.paragraph),
    ):
        expected = numbers.map(lambda number: ranges.get(number, ""))
        yield from flaws(data, table, cells != expected, "panel", "panel of another paragraph", expected)
    for column, bound in (("first", "min"), ("last", "max")):
        expected = data.panels.id.map(said.groupby("panel").number.agg(bound))
        odd = data.panels[column] != expected
        yield from flaws(data, "panels", odd, column, f"not the panel's {column} paragraph", expected)


def actors_fit(data):
    """Panellists, and nobody else, belong to a panel; they speak on no other. A place given has a basis."""
    odd = (data.actors.place == "") != (data.actors.place_basis == "not stated")
    yield from flaws(data, "actors", odd, "place_basis", "place and basis do not fit")
    odd = (data.actors.role == "panellist") != (data.actors.panel != "")
    yield from flaws(data, "actors", odd, "panel", "panel and role do not fit", "given for panellists only")
    homes = data.statements.speaker.map(by_key(data.actors).panel)
    odd = (homes != "") & (homes != data.statements.panel)
    yield from flaws(data, "statements", odd, "speaker", "panellist of another panel")


def observations_have_the_panel_of_their_parts(data):
    """An observation belongs to the panel that all its recommendations name, or to none."""
    advised, frame = data.recommendations, data.paragraphs[data.paragraphs.kind == OBSERVED]
    named = {number: set(panels) for number, panels in advised.groupby("paragraph").panel}
    common = {number: min(panels) for number, panels in named.items() if len(panels) == 1}
    expected = frame.number.map(lambda number: common.get(number, ""))
    odd = frame.panel != expected
    yield from flaws(data, "paragraphs", odd, "panel", "panel of other recommendations", expected)
    panels = dict(zip(frame.number, frame.panel, strict=True))
    homes = advised.paragraph.map(lambda number: panels.get(number, ""))
    odd = (homes != "") & (advised.panel != homes)
    yield from flaws(data, "recommendations", odd, "panel", "panel of another observation", homes)


def spans_are_inside(data):
    """A span is within its paragraph, and no two statements or recommendations share a word."""
    lengths = by_key(data.paragraphs, "number").length
    for table in ("statements", "recommendations", "claims"):
        frame = getattr(data, table)
        limit, before = frame.paragraph.map(lengths), frame.groupby("paragraph").end.shift()
        yield from flaws(data, table, frame.start >= frame.end, "start", "empty span", "less than the end")
        yield from flaws(data, table, frame.end > limit, "end", "span outside its paragraph", limit)
        if table != "claims":
            yield from flaws(data, table, frame.start < before, "start", "begins in the one before", before)


def items_are_numbered(data):
    """An id is its paragraph and the next letter."""
    for table in ("statements", "recommendations", "claims"):
        frame = getattr(data, table)
        places = frame.groupby("paragraph", dropna=False).cumcount().map(letters)
        expected = ("q" if table == "claims" else "") + frame.paragraph.astype(str) + places
        yield from flaws(data, table, frame.id != expected, "id", "id out of order", expected)


def rows_are_sorted(data):
    """Rows that point into the text follow it; rows that apply a code follow what they are applied to."""
    for table in ("statements", "recommendations", "claims", "mentions"):
        numbers = getattr(data, table).paragraph
        yield from flaws(data, table, numbers.diff() < 0, "paragraph", "row out of order")
    for home, table, column in (*CODED, ("recommendations", "recommendation_parties", "recommendation")):
        places = getattr(data, table)[column].map({key: n for n, key in enumerate(getattr(data, home).id)})
        yield from flaws(data, table, places.diff() < 0, column, "row out of order")


def speakers_fit(data):
    """Panellists, the floor and the chair speak in paragraphs of their kind, and one panellist in each."""
    frame = data.statements
    kinds = frame.paragraph.map(by_key(data.paragraphs, "number").kind)
    roles = frame.speaker.map(by_key(data.actors).role)
    for kind, role in (("panellist", "panellist"), ("discussion", "floor"), ("opening", "chair")):
        odd = (kinds == kind) & (roles != role)
        yield from flaws(data, "statements", odd, "speaker", f"speaker in a {kind} paragraph", f"a {role}")
    first = frame.groupby("paragraph").speaker.transform("first")
    odd = (kinds == "panellist") & (frame.speaker != first)
    yield from flaws(data, "statements", odd, "speaker", "second panellist in one paragraph", first)


def quantifiers_are_printed(data):
    """The floor has a quantifier and nobody else; its words are among the names printed in the paragraph."""
    frame = data.statements
    odd = (frame.speaker == "floor") != (frame.quantifier != "")
    yield from flaws(data, "statements", odd, "quantifier", "quantifier and speaker do not fit")
    floor = data.actor_names[data.actor_names.actor == "floor"]
    printed = {(row.paragraph, word) for row in floor.itertuples() for word in row.name.split()}
    counted = frame[~frame.quantifier.isin(["", "not stated"])]
    words = counted.assign(word=counted.quantifier.str.split()).explode("word")
    odd = ~among(printed, words.paragraph, words.word)
    odd = odd.groupby(odd.index).any()
    yield from flaws(data, "statements", odd, "quantifier", "quantifier that its paragraph does not print")


def panellists_are_named(data):
    """A panellist is named in its panel's first paragraph and speaks in one paragraph, where it is named."""
    named = set(zip(data.actor_names.actor, data.actor_names.paragraph, strict=True))
    opening = by_key(data.panels)["first"]
    for index, actor in data.actors[data.actors.role == "panellist"].iterrows():
        spoken = set(data.statements.paragraph[data.statements.speaker == actor.id])
        missing = ({opening.get(actor.panel)} | spoken) - {n for who, n in named if who == actor.id}
        if missing or len(spoken) != 1:
            rule = "panellist not named there, or without one paragraph"
            yield Problem("actors.csv", index + 2, "id", rule, actor.id, ", ".join(map(str, missing)))


def proposals_have_a_category(data):
    """A proposal has an action category, and nothing else has."""
    odd = (data.statements.act == "proposal") != data.statements.action_category.notna()
    yield from flaws(data, "statements", odd, "action_category", "category and speech act do not fit")


def themes_are_applied(data):
    """Only themes below the four on top are applied; each of them is, and each row has at least one."""
    themes = data.themes
    leaves = set(themes.id[themes.parent != ""])
    odd = themes.parent.isin(leaves)
    yield from flaws(data, "themes", odd, "parent", "parent is not on top", "one of the four, or blank")
    for home, table, column in CODED:
        codes, rows = getattr(data, table), getattr(data, home)
        yield from flaws(data, table, ~codes.theme.isin(leaves), "theme", "theme on top, or unknown")
        yield from flaws(data, home, ~rows.id.isin(codes[column]), "id", "row without a theme")
    unused = themes.id.isin(leaves) & ~themes.id.isin(data.statement_themes.theme)
    yield from flaws(data, "themes", unused, "id", "theme that no statement has")


def examples_show_their_theme(data):
    """The example paragraph of a theme holds something with that theme, or with one below it."""
    parents = by_key(data.themes).parent
    shown = set()
    for home, table, column in CODED:
        codes = getattr(data, table)
        numbers = codes[column].map(by_key(getattr(data, home)).paragraph)
        for themes in (codes.theme, codes.theme.map(parents)):
            shown |= set(zip(themes, numbers, strict=True))
    odd = ~among(shown, data.themes.id, data.themes.example)
    yield from flaws(data, "themes", odd, "example", "example paragraph without the theme")


def participation_adds_up(data):
    """The parts of a group have its unit and add up to it; a meeting has a group once."""
    frame = data.participation
    twice = frame.duplicated(["meeting", "group"], keep=False)
    yield from flaws(data, "participation", twice, "group", "group that its meeting has twice")
    for group in frame[frame.id.isin(frame.parent)].itertuples():
        parts = frame[frame.parent == group.id]
        total, odd = parts["count"].sum(), parts.unit != group.unit
        yield from flaws(data, "participation", odd, "unit", "unit of another group", group.unit)
        odd, sum_ = frame["count"][[group.Index]] != total, " + ".join(map(str, parts["count"]))
        yield from flaws(data, "participation", odd, "count", "total does not add up", f"{sum_} = {total}")


def participation_has_its_source(data):
    """A count and its unit are those of a claim of its paragraph or of its row of context; so is the date."""
    frame, claims = data.participation, data.claims[data.claims.kind == "count"]
    odd = frame.paragraph.notna() == (frame.context != "")
    yield from flaws(data, "participation", odd, "paragraph", "not one source", "this or a context row")
    claimed = set(zip(claims.paragraph, claims.low, claims.unit, strict=True))
    odd = frame.paragraph.notna() & ~among(claimed, frame.paragraph, frame["count"], frame.unit)
    yield from flaws(data, "participation", odd, "count", "count and unit that no claim states")
    second = frame[frame.context != ""]
    source = by_key(data.context).reindex(second.context).set_axis(second.index)
    odd = (second.parent == "") & (second["count"].astype(str) != source.value)
    yield from flaws(data, "participation", odd, "count", "count is not that of its source", source.value)
    dates = second.meeting.map(by_key(data.meetings).date.dt.strftime("%Y-%m-%d"))
    odd = dates != source.period
    yield from flaws(data, "participation", odd, "meeting", "meeting of another date", source.period)


def claims_hold_together(data):
    """A claim's words, hash, span and bounds agree; a quantity in figures has them for its bounds."""
    claims = data.claims
    digests, ends = claims.quantity.map(document.digest), claims.start + claims.quantity.str.len()
    yield from flaws(data, "claims", claims.sha256 != digests, "sha256", "hash of other words", digests)
    yield from flaws(data, "claims", claims.end != ends, "end", "span of another length", ends)
    yield from flaws(data, "claims", claims.low > claims.high, "low", "lower bound above the upper")
    odd = (claims.low.notna() | claims.high.notna()) != (claims.unit != "")
    yield from flaws(data, "claims", odd, "unit", "unit and bounds do not fit", "given where a bound is")
    figures = claims[claims.quantity.str.fullmatch(r"\d+%?")]
    stated = figures.quantity.str.rstrip("%").astype(float)
    for column in ("low", "high"):
        odd = figures[column].astype(float) != stated
        yield from flaws(data, "claims", odd, column, "not the figure printed", stated)


def claims_stand_in_their_statement(data):
    """A claim is inside the statement that it belongs to, and has its speaker."""
    held = data.claims[data.claims.statement != ""]
    homes = by_key(data.statements).reindex(held.statement).set_axis(held.index)
    inside = (held.paragraph == homes.paragraph) & (held.start >= homes.start) & (held.end <= homes.end)
    yield from flaws(data, "claims", ~inside.fillna(False), "statement", "quantity outside its statement")
    odd = held.said_by != homes.speaker
    yield from flaws(data, "claims", odd, "said_by", "speaker of another statement", homes.speaker)


def verbs_add_up(data):
    """The categories of a verb add up, and its commonest category and share follow from them."""
    verbs = data.verbs.dropna()
    counts = verbs[[f"category_{k}" for k in range(1, 6)]].astype("Float64")
    total, mode = counts.sum(axis=1), counts.max(axis=1)
    yield from flaws(data, "verbs", total != verbs.n, "n", "total does not add up", total)
    modes = {(row, int(name[-1])) for (row, name), most in counts.eq(mode, axis=0).stack().items() if most}
    odd = ~among(modes, verbs.index.to_series(), verbs.modal_category)
    yield from flaws(data, "verbs", odd, "modal_category", "not the commonest category")
    share = (mode / total).round(3)
    odd = (verbs.share - share).abs() > 0.0011
    yield from flaws(data, "verbs", odd, "share", "share does not follow", share)


def instruments_are_used(data):
    """Every instrument is mentioned in the summary or is the basis of a recommendation."""
    advised = data.recommendations
    odd = ~data.instruments.id.isin({*data.mentions.instrument, *advised.legal_basis})
    yield from flaws(data, "instruments", odd, "id", "instrument not used")
    odd = (advised.legal_basis == "") & (advised.legal_article != "")
    yield from flaws(data, "recommendations", odd, "legal_article", "article without an instrument")


def texts_are_their_own(data):
    """No two rows have the same label, gist, finding or hash."""
    for table, column in (name.split(".") for name in OWN):
        cells = getattr(data, table)[column]
        odd = cells.duplicated(keep=False) & (cells != "")
        yield from flaws(data, table, odd, column, "same as in another row")


def concepts_are_of_their_vocabulary(data):
    """An identifier has the form of its vocabulary, and one label."""
    frame = data.crosswalk
    for vocabulary, form in VOCABULARIES.items():
        odd = (frame.vocabulary == vocabulary) & ~frame.identifier.str.fullmatch(form)
        yield from flaws(data, "crosswalk", odd, "identifier", "identifier of another vocabulary", form)
    labels = frame.groupby(["vocabulary", "identifier"]).label.transform("nunique")
    yield from flaws(data, "crosswalk", labels > 1, "label", "concept with two labels")


def meetings_run_on(data):
    """Meetings on one topic are counted in the order of their dates."""
    odd = data.meetings.duplicated(["topic", "date"], keep=False)
    yield from flaws(data, "meetings", odd, "date", "date of another meeting on the topic")
    frame = data.meetings.sort_values("date", kind="stable")
    expected = frame.groupby("topic").cumcount() + 1
    odd = frame.ordinal != expected
    yield from flaws(data, "meetings", odd, "ordinal", "ordinal and date do not fit", expected)


def one_meeting_is_coded(data):
    """Exactly one meeting is coded, and it is the one that the summary's own counts belong to."""
    coded = data.meetings.id[data.meetings.coded.fillna(False)]
    if len(coded) != 1:
        yield Problem("meetings.csv", 1, "coded", "number of coded meetings", str(len(coded)), "1")
        return
    odd = data.participation.paragraph.notna() & (data.participation.meeting != coded.iloc[0])
    yield from flaws(data, "participation", odd, "meeting", "not the meeting of the summary", coded.iloc[0])


RULES = (
    cells_are_clean,
    gists_are_sentences,
    paragraphs_run_on,
    kinds_fit_what_is_coded,
    panels_hold_their_paragraphs,
    actors_fit,
    observations_have_the_panel_of_their_parts,
    spans_are_inside,
    items_are_numbered,
    rows_are_sorted,
    speakers_fit,
    quantifiers_are_printed,
    panellists_are_named,
    proposals_have_a_category,
    themes_are_applied,
    examples_show_their_theme,
    participation_adds_up,
    participation_has_its_source,
    claims_hold_together,
    claims_stand_in_their_statement,
    verbs_add_up,
    instruments_are_used,
    texts_are_their_own,
    concepts_are_of_their_vocabulary,
    meetings_run_on,
    one_meeting_is_coded,
    *readings.RULES,
)
