"""What the briefing and the sheets say: sentences of the landing page, and tables of the package.

A sheet is one page for one organization, or for the floor: what it asked for, and what became of
each. Nothing here is a number or a finding of its own.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import yaml
from docutils.utils.smartquotes import smartyPants

from analysis import cite, items, paths
from analysis.page import matches, speakers
from analysis.page.marks import ACT_TITLES, NOBODY, OUTCOMES
from analysis.record import Record
from analysis.tables.contrasts import contrasts
from analysis.tables.outcomes import outcomes
from analysis.tables.outcomes import speakers as voices
from analysis.tables.recommendations import recommendations
from analysis.tables.statements import statements
from analysis.tables.uptake import proposals, uptake_by_theme

from .columns import plain
from .reading import Node

Given = dict[str, Any]

LICENCES = {"CC-BY-4.0": "CC BY 4.0", "MIT": "MIT"}
MARKS = {"full": "full", "partial": "part"}  # how far a dot is filled
PAGES = ("index", "uptake", "cite")  # the pages whose sentences are taken
# How much a sheet says: what else was said too; recommendations in full; their short titles.
FULLNESS = (2, 1, 0)
FEWEST = 2  # proposals of a theme that the briefing lists
NO_ADDRESS = "There is no address to send it to yet."


def curly(text: str) -> str:
    """Return text with the quotation marks that pages have.

    >>> curly("the donor's 'gift'")
    'the donor’s ‘gift’'
    """
    return str(smartyPants(text, attr="q", language="en"))


def single(
    data: Record, fields: cite.Fields, pages: dict[str, list[Node]]
) -> dict[str, list[Given]]:
    """Return what each form of one page may say, the fullest first, by its name.

    Parameters
    ----------
    data : Record
        The loaded tables.
    fields : dict
        The citation, as `analysis.cite.read` gives it.
    pages : dict
        The nodes of the built pages, among them those of `PAGES`.

    Raises
    ------
    LookupError
        If a page lacks something that is taken from it.
    """
    short = fields["title"].partition(":")[0]
    brief = briefing(data, pages["index"], pages["uptake"])
    found = {"briefing": [brief | {"title": f"{short}: briefing", "citing": cite.text(fields)}]}
    how = objecting(pages["cite"], contact())
    for id, sheet in sheets(data, fields).items():
        sheet |= {"title": f"{short}: {sheet['speaker']}", "objecting": how}
        found[id] = [sheet | {"fullness": fullness} for fullness in FULLNESS]
    return found


def sheets(data: Record, fields: cite.Fields) -> dict[str, Given]:
    """Return what the sheet of each speaker says, by the id of the speaker."""
    said, asked, cited = statements(data), proposals(data), items.every(data)
    answers = dict(iter(outcomes(data).groupby("statement")))
    recommended = data.recommendations.set_index("id")
    found = {}
    for row in voices(data).itertuples():
        mine, section = asked[asked.speaker == row.speaker], cited[f"a-{row.id}"]
        found[row.id] = {
            "speaker": curly(row.speaker),
            "panel": row.panel,
            "summary": speakers.summary(pd.Series(row._asdict())),
            "asked": [_asked(each, answers[each.id], recommended) for each in mine.itertuples()],
            "besides": list(_besides(said[said.speaker == row.speaker])),
            "citing": curly(f"To cite this: {items.cited(section, fields)['citation']['text']}"),
        }
    return found


def _asked(row: Any, answers: pd.DataFrame, recommended: pd.DataFrame) -> Given:
    """Return one proposal, and what became of it."""
    return {
        "id": row.id,
        "gist": curly(row.gist),
        "level": row.level,
        "answers": [
            {
                "level": answer.level,
                "label": OUTCOMES[answer.level],
                "reason": curly(answer.reason),
                "id": answer.recommendation,
                "gist": curly(recommended.gist.get(answer.recommendation, "")),
                "short": curly(recommended.short.get(answer.recommendation, "")),
            }
            for answer in answers.itertuples()
        ],
    }


def _besides(said: pd.DataFrame) -> Iterator[Given]:
    """Yield what else was said, under its headings."""
    for act, title in ACT_TITLES.items():
        rows = said[said.act == act]
        if act != "proposal" and len(rows):
            items = [{"id": row.id, "gist": curly(row.gist)} for row in rows.itertuples()]
            yield {"title": title, "items": items}


def briefing(data: Record, landing: list[Node], uptake: list[Node]) -> Given:
    """Return what the briefing says.

    Parameters
    ----------
    data : Record
        The loaded tables.
    landing : list of nodes
        The landing page, whose sentences these are.
    uptake : list of nodes
        The page that tells what a dot is.

    Raises
    ------
    LookupError
        If a page lacks something that the briefing takes from it.
    """
    title, lead = _first(landing, "heading"), _first(landing, "par")
    squares, groups = (_figure(landing, name) for name in ("fig-proposals", "fig-contrasts"))
    findings = [node["body"] for node in landing if node.get("role") == "finding"]
    if not findings:
        raise LookupError("The landing page has no finding for the briefing to take.")
    return {
        "heading": title["body"],
        "lead": lead["body"],
        "squares": squares["caption"][1:],
        "field": [node for node in squares["body"] if node["kind"] in ("table", "box")],
        "groups": groups["caption"][1:],
        "groups_unit": groups["unit"],
        "groups_note": [node for node in groups["body"] if node.get("role") == "note"],
        "contrasts": compared(data),
        "findings": findings,
        "themes": _themes(data),
        "recommendations": list(_recommendations(data)),
        "dots": _figure(uptake, "fig-matches")["unit"],
        "sure": _below(landing, "how-sure-one-can-be"),
        "limits": _below(landing, "index.what-this-does-not-show"),
    }


def _themes(data: Record) -> list[Given]:
    """Return the themes of which something was left out, those with most of it first."""
    rows = uptake_by_theme(data)
    rows = rows[(rows.none > 0) & (rows.total >= FEWEST)]
    rows = rows.sort_values("none", ascending=False, kind="stable")
    return [
        {key: row[key] for key in ("theme", *OUTCOMES, "total")} for row in rows.to_dict("records")
    ]


def _recommendations(data: Record) -> Iterator[Given]:
    """Yield the recommendations with who asked for each, or with the concerns behind it."""
    asked, behind = matches.sources(data), matches.concerns(data)
    for row in recommendations(data).itertuples():
        mine = asked[asked.recommendation == row.id].sort_values("level", kind="stable")
        who = [
            {
                "who": name,
                "marks": [f"dot-{MARKS[level]}" for level in part.level],
                "asks": bool((part.act == "proposal").any()),
            }
            for name, part in mine.groupby("who", sort=False)
        ]
        raised = behind[behind.recommendation == row.id].groupby("who", sort=False)
        if not who:
            who = [{"who": name, "marks": ["concern"] * len(part)} for name, part in raised]
        nobody = NOBODY if mine.empty else ""
        yield {"id": row.id, "gist": curly(row.gist), "who": who, "nobody": nobody}


def compared(data: Record) -> list[Given]:
    """Return the groups that the landing page compares."""
    rows = contrasts(data)
    rows = rows[rows.group.isin(data.panels.label) | (rows.among != "all proposals")]
    columns = ["group", "low", "with_counterpart", "high", "words"]
    return list(rows[columns].to_dict("records"))


def _first(nodes: list[Node], kind: str) -> Given:
    """Return the first node of a kind."""
    found = next((node for node in nodes if node["kind"] == kind), None)
    if found is None:
        raise LookupError(f"There is no {kind} where one is looked for.")
    return dict(found)


def _figure(page: list[Node], name: str) -> Given:
    """Return the figure of a page that has a name."""
    found = next((node for node in page if node.get("name") == name), None)
    if found is None:
        raise LookupError(f"No figure has the anchor #{name}.")
    return dict(found)


def _below(nodes: list[Node], name: str) -> list[Node]:
    """Return the text of the first paragraph below a heading."""
    place = next((at for at, node in enumerate(nodes) if node.get("name") == name), None)
    if place is None:
        raise LookupError(f"No heading has the anchor #{name}.")
    return list(_first(nodes[place:], "par")["body"])


def objecting(page: list[Node], contact: str) -> str:
    """Return how to object: what the page on citing says of it, and where to send it.

    Raises
    ------
    LookupError
        If the page does not tell it.
    """
    where = f"Write to {contact}." if contact else NO_ADDRESS
    return f"{plain(_below(page, 'contest'))} {where}"


def contact() -> str:
    """Return where objections go; blank if there is no such address yet."""
    settings = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))
    return str(settings.get("contact") or "")


def licence(fields: cite.Fields) -> str:
    """Return the licence of text and data."""
    name = str(fields["license"])
    return LICENCES.get(name, name)
