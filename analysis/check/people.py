"""People: who speaks where, on which panel, under which name."""

from collections.abc import Iterator

from analysis.check.rules import among, by_key, rule
from analysis.record import Problem, Record, flaws


@rule
def actors_fit(data: Record) -> Iterator[Problem]:
    """Panellists, and nobody else, belong to a panel; they speak on no other. A place given has a basis."""
    odd = (data.actors.place == "") != (data.actors.place_basis == "not stated")
    yield from flaws(data, "actors", odd, "place_basis", "place and basis do not fit")
    odd = (data.actors.role == "panellist") != (data.actors.panel != "")
    yield from flaws(
        data, "actors", odd, "panel", "panel and role do not fit", "given for panellists only"
    )
    homes = data.statements.speaker.map(by_key(data.actors).panel)
    odd = (homes != "") & (homes != data.statements.panel)
    yield from flaws(data, "statements", odd, "speaker", "panellist of another panel")


@rule
def speakers_fit(data: Record) -> Iterator[Problem]:
    """Panellists, the floor and the chair speak in paragraphs of their kind, and one panellist in each."""
    frame = data.statements
    kinds = frame.paragraph.map(by_key(data.paragraphs, "number").kind)
    roles = frame.speaker.map(by_key(data.actors).role)
    for kind, role in (("panellist", "panellist"), ("discussion", "floor"), ("opening", "chair")):
        odd = (kinds == kind) & (roles != role)
        yield from flaws(
            data, "statements", odd, "speaker", f"speaker in a {kind} paragraph", f"a {role}"
        )
    first = frame.groupby("paragraph").speaker.transform("first")
    odd = (kinds == "panellist") & (frame.speaker != first)
    yield from flaws(data, "statements", odd, "speaker", "second panellist in one paragraph", first)


@rule
def quantifiers_are_printed(data: Record) -> Iterator[Problem]:
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
    yield from flaws(
        data, "statements", odd, "quantifier", "quantifier that its paragraph does not print"
    )


@rule
def panellists_are_named(data: Record) -> Iterator[Problem]:
    """A panellist is named in its panel's first paragraph and speaks in one paragraph, where it is named."""
    named = set(zip(data.actor_names.actor, data.actor_names.paragraph, strict=True))
    opening = by_key(data.panels)["first"]
    for index, actor in data.actors[data.actors.role == "panellist"].iterrows():
        spoken = set(data.statements.paragraph[data.statements.speaker == actor.id])
        missing = ({opening.get(actor.panel)} | spoken) - {n for who, n in named if who == actor.id}
        if missing or len(spoken) != 1:
            rule = "panellist not named there, or without one paragraph"
            yield Problem(
                "actors.csv", index + 2, "id", rule, actor.id, ", ".join(map(str, missing))
            )
