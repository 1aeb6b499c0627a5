"""Who said what: a section for each organization and one for the floor.

A section has what was asked for first, each thing with what became of it, then what else was said.
Its anchor is the id of the actor: ``a-floor``. That a proposal has a counterpart, or none, is a
finding about the words of one document, and no judgement of who spoke.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.items import CITABLE
from analysis.page import marks, show
from analysis.page.counterparts import bullets
from analysis.record import Record
from analysis.tables.outcomes import outcomes, speakers
from analysis.tables.panels import panellists
from analysis.tables.statements import statements

Row = Any  # a named tuple of a table

ANCHOR = CITABLE["speaker"].anchor
PAGE = "Who said what"
# How an outcome reads in a sentence, and in the label of a proposal.
WITH = {
    "full": "with a counterpart in full",
    "partial": "with a counterpart in part",
    "none": "with no counterpart",
}
UNNAMED = "not stated"
NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()


def anchors(data: Record) -> dict[str, str]:
    """Return the anchor of each speaker's section by the name in the tables."""
    rows = speakers(data)
    return dict(zip(rows.speaker, map(ANCHOR.format, rows.id), strict=True))


def links(data: Record) -> dict[str, show.Markup]:
    """Return the link to each speaker's section by the name in the tables."""
    return {name: show.link(name, anchor) for name, anchor in anchors(data).items()}


def linked(rows: pd.DataFrame, data: Record, column: str = "speaker") -> pd.DataFrame:
    """Return rows with links to their sections in place of the names of speakers.

    A name without a section, such as that of a Co-Chair, stays as it is.
    """
    found = links(data)
    cells = [found.get(name, name) for name in rows[column]]
    return rows.assign(**{column: pd.Series(cells, index=rows.index, dtype=object)})


def heads(data: Record, columns: Iterable[str]) -> dict[str, show.Markup]:
    """Return a link to the section as the title of each column named for a speaker."""
    found = links(data)
    return {name: found[name] for name in columns if name in found}


def contents(data: Record) -> show.Shown:
    """Show the list of all sections, by panel and in the order of speaking.

    The anchors of sections on other pages are here too, as `book/_ext/places.py` tells.
    """
    rows = linked(speakers(data).replace({"panel": {"": "never named"}}), data)
    lines = [show.join(each, " · ") for each in zip(rows.speaker, rows.panel, strict=True)]
    return show.markdown([show.box("places", bullets(lines))], name="speakers")


def section(data: Record, id: str) -> show.Shown:
    """Show all that is recorded of one speaker, the heading of the section excepted.

    Parameters
    ----------
    data : Record
        The loaded tables.
    id : str
        The id of an organization or of the floor, as in actors.csv.

    Raises
    ------
    ValueError
        If there is no such speaker.
    """
    rows = speakers(data).set_index("id", drop=False)
    if id not in rows.index:
        raise ValueError(f"Invalid speaker {id!r}. Must be one of: {', '.join(rows.index)}.")
    row = rows.loc[id]
    said = _marked(data, row.speaker)
    body = _by_quantifier(said) if row.role == "floor" else _said(said, 3)
    blocks = [_facts(row, data), summary(row), *body, _printed(id)]
    text = "\n\n".join(map(show.source, blocks))
    plain = "\n\n".join(map(show.words, blocks))
    return show.markdown(show.myst(text, plain), name=ANCHOR.format(id))


def summary(row: Row) -> str:
    """Return in one or two sentences how much is recorded, and what became of it.

    `row` has columns statements, proposals, full, partial, none.
    """
    said = "statement" if row.statements == 1 else "statements"
    levels = {level: int(row[level]) for level in WITH}
    lead = f"The summary records {_number(row.statements)} {said}"
    if not row.proposals:
        return f"{lead}. None of them is a proposal: nothing is recorded as asked for here."
    if row.proposals == 1:
        return f"{lead}. One of them is a proposal, {WITH[max(levels, key=levels.__getitem__)]}."
    *first, last = (f"{_number(count)} {WITH[level]}" for level, count in levels.items())
    counts = f"{', '.join(first)} and {last}"
    return f"{lead}. Of these, {_number(row.proposals)} are proposals: {counts}."


def _number(count: int) -> str:
    """Return a whole number in words up to twelve.

    >>> _number(0), _number(12), _number(13)
    ('none', 'twelve', '13')
    """
    return NUMBERS[count] if count < len(NUMBERS) else show.words(int(count))


def _facts(row: Row, data: Record) -> show.Markup:
    """Return where a speaker spoke and how the summary names who spoke."""
    every = show.view("all in the explorer", speaker=row.id)
    if row.role == "floor":
        words = (
            "The summary never names who spoke from the floor. It says “a speaker” or “some "
            "speakers”. Its words are kept here as labels: they are not numbers of people. "
        )
        return show.join([words, "To filter it: ", every, "."], "")
    printed = panellists(data).set_index("organization").loc[row.speaker]
    facts = {
        "Pronoun printed": printed.pronoun,
        "Also printed as": printed.other_forms,
        "Calls itself": printed.own_name,
    }
    place: list[Any] = [f"Panel: {row.panel}"]
    if pd.notna(printed.paragraph):
        place.append(show.link(f"paragraph {printed.paragraph}", f"p-{printed.paragraph}"))
    names = [f"{name}: {text}" for name, text in facts.items() if text]
    return show.box("note", show.join([*place, *names, every], " · "))


def _marked(data: Record, speaker: str) -> pd.DataFrame:
    """Return the statements of a speaker, with their outcomes and links."""
    rows = statements(data)
    rows = rows[rows.speaker == speaker]
    uptake, beyond = marks.uptake(data), marks.relations(data)
    advised = data.recommendations.set_index("id").gist
    found = outcomes(data)
    answers = {
        id: [_outcome(row, advised) for row in part.itertuples()]
        for id, part in found[found.speaker == speaker].groupby("statement")
    }
    return rows.assign(
        outcomes=[answers.get(id, uptake.get(id, [])) for id in rows.id],
        links=[beyond.get(id, []) for id in rows.id],
    )


def _outcome(row: Row, advised: pd.Series) -> show.Markup:
    """Return what became of a proposal: label, recommendation, reason."""
    label = marks.OUTCOMES[row.level]
    badge = show.myst(f"[{label}]{{.uptake .uptake-{row.level}}}", label)
    if not row.recommendation:
        return show.join([badge, row.reason], " ")
    words = advised[row.recommendation].rstrip(".")
    link = show.link(f"{words} ({row.recommendation})", f"r-{row.recommendation}")
    answer = show.join([link, "."], "")
    if row.level == "none":
        return show.join([badge, row.reason, "Nearest:", answer], " ")
    return show.join([badge, answer, row.reason], " ")


def _by_quantifier(said: pd.DataFrame) -> Iterator[show.Markup]:
    """Yield what the floor said under each word for its speakers."""
    for words, rows in said.groupby("quantifier", sort=False):
        title = "Speaker not stated" if words == UNNAMED else f"“{str(words).capitalize()}”"
        yield show.myst(f"### {show.escape(title)}", title)
        yield from _said(rows, 4)


def _said(said: pd.DataFrame, level: int) -> Iterator[show.Markup]:
    """Yield what was asked for, and then what else was said, each under its heading."""
    asked = said[said.act == "proposal"]
    yield _heading(marks.ACT_TITLES["proposal"], level)
    yield from map(_card, asked.itertuples())
    if not len(asked):
        yield show.myst("No proposal is recorded here.")
    for act, title in marks.ACT_TITLES.items():
        rows = said[said.act == act]
        if act != "proposal" and len(rows):
            yield _heading(title, level)
            yield show.box("said", bullets(map(_line, rows.itertuples())))


def _card(row: Row) -> show.Markup:
    """Return the box of one proposal: its gist, its themes, and what became of it."""
    blocks = [_gist(row), ", ".join(row.themes.split("; ")), *row.outcomes, *row.links]
    text = "\n\n".join(map(show.source, blocks))
    return show.box("asked", show.myst(text, "\n".join(map(show.words, blocks))))


def _line(row: Row) -> show.Markup:
    """Return a statement that asks for nothing in a line, with its links."""
    return show.join([_gist(row), *row.outcomes, *row.links], " · ")


def _gist(row: Row) -> show.Markup:
    """Return the gist of a statement and a link to it in the record."""
    return show.join([row.gist, show.link(row.id, f"s-{row.id}")], " ")


def _printed(id: str) -> show.Markup:
    """Return the link to the sheet of a speaker, which is made after the pages."""
    words = "What was asked for here, on one page to print (PDF)"
    return show.box("note", show.myst(f"{{paper}}`{words} <{id}>`", words))


def _heading(title: str, level: int) -> show.Markup:
    return show.myst(f"{'#' * level} {show.escape(title)}", title)
