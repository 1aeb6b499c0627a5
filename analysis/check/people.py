"""People: who speaks where, on which panel, under which name."""

from collections.abc import Iterator

from analysis.check.rules import among, by_key, rule
from analysis.record import Problem, Record, flaws


@rule
def actors_fit(data: Record) -> Iterator[Problem]:
    """Only panellists have a panel, and speak on no other; a place has a basis."""
    wrong = (data.actors.place == "") != (data.actors.place_basis == "not stated")
    yield from flaws(data, "actors", wrong, "place_basis", "place and basis do not fit")
    wrong = (data.actors.role == "panellist") != (data.actors.panel != "")
    yield from flaws(
        data, "actors", wrong, "panel", "panel and role do not fit", "given for panellists only"
    )
    homes = data.statements.speaker.map(by_key(data.actors).panel)
    wrong = (homes != "") & (homes != data.statements.panel)
    yield from flaws(data, "statements", wrong, "speaker", "panellist of another panel")


@rule
def speakers_fit(data: Record) -> Iterator[Problem]:
    """Speakers speak in paragraphs of their kind, one panellist in each."""
    frame = data.statements
    kinds = frame.paragraph.map(by_key(data.paragraphs, "number").kind)
    roles = frame.speaker.map(by_key(data.actors).role)
    for kind, role in (("panellist", "panellist"), ("discussion", "floor"), ("opening", "chair")):
        wrong = (kinds == kind) & (roles != role)
        yield from flaws(
            data, "statements", wrong, "speaker", f"speaker in a {kind} paragraph", f"a {role}"
        )
    first = frame.groupby("paragraph").speaker.transform("first")
    wrong = (kinds == "panellist") & (frame.speaker != first)
    yield from flaws(
        data, "statements", wrong, "speaker", "second panellist in one paragraph", first
    )


@rule
def quantifiers_are_printed(data: Record) -> Iterator[Problem]:
    """The floor, and nobody else, has a quantifier that its paragraph prints."""
    frame = data.statements
    wrong = (frame.speaker == "floor") != (frame.quantifier != "")
    yield from flaws(data, "statements", wrong, "quantifier", "quantifier and speaker do not fit")
    floor = data.actor_names[data.actor_names.actor == "floor"]
    printed = {(row.paragraph, word) for row in floor.itertuples() for word in row.name.split()}
    counted = frame[~frame.quantifier.isin(["", "not stated"])]
    words = counted.assign(word=counted.quantifier.str.split()).explode("word")
    wrong = ~among(printed, words.paragraph, words.word)
    wrong = wrong.groupby(wrong.index).any()
    yield from flaws(
        data, "statements", wrong, "quantifier", "quantifier that its paragraph does not print"
    )


@rule
def panellists_are_named(data: Record) -> Iterator[Problem]:
    """A panellist is named where its panel begins and where it speaks, once."""
    named = set(zip(data.actor_names.actor, data.actor_names.paragraph, strict=True))
    opening = by_key(data.panels)["first"]
    for index, actor in data.actors[data.actors.role == "panellist"].iterrows():
        spoken = set(data.statements.paragraph[data.statements.speaker == actor.id])
        missing = ({opening.get(actor.panel)} | spoken) - {n for who, n in named if who == actor.id}
        if missing or len(spoken) != 1:
            broken = "panellist not named there, or without one paragraph"
            places = ", ".join(map(str, missing))
            yield Problem("actors.csv", index + 2, "id", broken, actor.id, places)
