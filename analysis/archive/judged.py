"""The judged pairs as a data set of their own: table, schema and README.

The table is computed from the record. It is no table of the data package, which holds what is coded
and nothing that follows from it.
"""

import json
from typing import Any

import pandas as pd

from analysis import cite, export, paths
from analysis.record import Record
from analysis.record.loading import seal
from analysis.tables.pairs import NO_LINK, OF_A_PAIR, judged_pairs
from analysis.tables.uptake import LEVELS

HOME = "judged_pairs"  # the folder, and the name of the table in it
MADE = (f"{HOME}.csv", "README.md", paths.SCHEMA)
TOLD = ("version", "created", "licenses", "contributors", "sources")  # as the data package has it
MEANINGS = {
    "statement": "Id of the statement, as in statements of the data package.",
    "recommendation": "Id of the recommendation, as in recommendations of the data package.",
    "act": "Speech act of the statement, as settled.",
    "level": "The settled judgement: full or partial link, or none.",
    "reason": "Why they are linked, or why not although a machine ranks their words as alike.",
    "settled": "Why this level, where readers differed and a reason is recorded.",
}
README = """\
# Judged pairs

What somebody asked for at a dialogue, beside what was recommended at its end: {pairs} pairs of
a statement and a recommendation, each judged by {readers} readers and settled. It belongs to
*{title}*, {edition}.

## What a pair is

A statement of the record and a recommendation of the Co-Chairs, each by its id; their gists,
speakers and places are in the tables `statements` and `recommendations` of the data package.
There is a row for every proposal ({proposals}) and position ({positions}) with every
recommendation ({recommendations}); other statements have a row only where a reader or the
record links them. A link says that the words ask for the same, in full or in part. It never
says that the one led to the other. The rules are those of the codebook, in `coding_rules` of
the data package.

## How a pair came to be judged

Readers were to judge what asks for something or takes a stand against every recommendation, and
gave the pairs that are linked. A pair that a reader left out is `{none}` here. So a `{none}` is
weaker than a level: the pair may have been weighed, or passed over, or the statement taken for
another act. Where readers differed, a program settled the level: {differing} pairs, of which
{decided} have the reason in `settled`. Why a proposal has no counterpart at all is in
`no_uptake` of the data package.

## Who judged

{who}

Persons among them: {persons}. What each reader gave is in `readings` of the data package,
sealed; instructions that are kept lie beside it.

## Columns

{columns}

A blank cell: no reason is recorded, or the reader did not have the pair.

## Counts

{counts}

## Licence, and how to cite

{licence}. Cite as the data, and name the table and the version: {citation} Table `{name}`.
"""


def judged(data: Record, schema: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of the data set by their path in the folder of the data."""
    table = judged_pairs(data)
    content = export.encoded(table, "csv", HOME)
    described = descriptor(data, schema, table, content)
    texts = (
        readme(data, schema, table, described),
        json.dumps(described, ensure_ascii=False, indent=2) + "\n",
    )
    contents = (content, *(text.encode() for text in texts))
    return {f"{HOME}/{name}": each for name, each in zip(MADE, contents, strict=True)}


def descriptor(
    data: Record, schema: dict[str, Any], table: pd.DataFrame, content: bytes
) -> dict[str, Any]:
    """Return the schema of the table, with its bytes and hash."""
    labels = data.readers.set_index("id").label
    fields = [
        {
            "name": name,
            "type": "string",
            "description": MEANINGS.get(name) or f"The level that {labels[name]} gave, or none.",
            "constraints": {
                "required": name in OF_A_PAIR[:4],
                **({} if name in MEANINGS and name != "level" else {"enum": [*LEVELS]}),
            },
        }
        for name in table
    ]
    model = schema["resources"][0]
    resource = {
        **{key: model[key] for key in ("type", "format", "mediatype", "encoding", "dialect")},
        "name": HOME,
        "path": f"{HOME}.csv",
        "title": "Judged pairs",
        "description": "One row per judged pair of a statement and a recommendation.",
        "bytes": len(content),
        "hash": seal(content),
        "schema": {"fields": fields, "primaryKey": OF_A_PAIR[:2], "missingValues": [""]},
    }
    told = {key: schema[key] for key in TOLD if key in schema}
    title = f"Judged pairs. {schema['title']}"
    return {"name": HOME.replace("_", "-"), "title": title, **told, "resources": [resource]}


def readme(
    data: Record, schema: dict[str, Any], table: pd.DataFrame, described: dict[str, Any]
) -> str:
    """Return what a user of the table must know, with counts of what is in it."""
    fields, readers = cite.read(), list(table)[len(OF_A_PAIR) :]
    rows = data.readers.set_index("id").loc[readers]
    differ = table[[*readers, "level"]].replace("", pd.NA).nunique(axis=1) > 1
    counts = table[["level", *readers]].apply(lambda given: given.value_counts())
    counts = counts.reindex([*LEVELS]).fillna(0).astype(int).rename(columns={"level": "settled"})
    who = [
        f"- `{reader}` ({row.label}): {row.kind}; model: {row.model}; instructions: "
        f"{row.instructions}; given: {row.given}; not seen: {row.unseen}. {row.note}"
        for reader, row in rows.iterrows()
    ]
    return README.format(
        pairs=f"{len(table):,}",
        readers=len(readers),
        title=schema["title"],
        edition=fields["edition"],
        proposals=table.statement[table.act == "proposal"].nunique(),
        positions=table.statement[table.act == "position"].nunique(),
        recommendations=table.recommendation.nunique(),
        none=NO_LINK,
        decided=int((differ & (table.settled != "")).sum()),
        differing=int(differ.sum()),
        who="\n".join(who),
        persons=int((rows.kind == "person").sum()) or "none",
        columns=export.columns(described["resources"][0]).to_markdown(index=False),
        counts=counts.to_markdown(),
        licence="; ".join(f"{each['title']}, {each['path']}" for each in schema["licenses"]),
        citation=cite.text(fields, cite.DATASET),
        name=HOME,
    )
