"""Who spoke: the chair, the secretariat, panellists and the floor, with the forms of their names."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analysis.draft import words
from analysis.draft.structure import PANELLIST_SPEAKS, Panel, Part
from analysis.draft.words import CAPITAL, CHAIR, FLOOR, NAME, OFFICE, VERB

QUANTIFIERS = ("some speakers", "several speakers", "many speakers", "numerous speakers", "speakers", "a speaker", "the speaker")
SPEAKER = re.compile(rf"\b(?:{FLOOR})\b", re.I)
UNIVERSITY = re.compile(r"\b(?:universit\w+|college|institute of technology|school of)\b", re.I)
PERSON = re.compile(
    rf"(?P<form>(?:Mr|Mrs|Ms|Dr|Prof(?:essor)?|Judge|Ambassador|H\.E|Sir|Madam|Her Excellency|His Excellency)\.?\s+"
    rf"(?P<name>{CAPITAL}(?:\s+(?:(?:de|la|van|von|der|el|al|bin|dos|da)\s+)?{CAPITAL}){{0,3}}))"
    r"(?:,\s+(?P<office>[^()]{0,200}?))?\s*\((?P<place>[^()]{2,40})\)"
)
UNIT = re.compile(
    rf"(?:by|from|of)\s+(?:the\s+)?(?P<form>(?:(?!Secretariat)[A-Z][\w'\u2019]*\s+)(?:{CAPITAL}\s+){{0,4}}(?:Unit|Section|Branch|Division))\b"
)
LED = re.compile(r"\bchaired by\b", re.I)
PRESENTED = re.compile(r"\b(?:from|by|of|with|heard|included|were|featured|and)\s+", re.I)
FROM = re.compile(
    rf"\b(?:presentations?|panell?ists|interventions?|remarks|contributions|speakers|representatives)\b[^.]{{0,80}}?\b(?:from|by|of|were|included)\b:?\s+|\bheard\s+",
    re.I,
)
PLACE = re.compile(
    r"\b(?:University of|(?:East|West|North|South|Central|Latin|Southern|Eastern|Western|Northern)\s+(?=[A-Z]))\s*(?P<city>[A-Z]\w+)?"
)


@dataclass
class Actor:
    """Somebody who spoke: the columns of `actors`, and the forms of the name with their paragraphs."""

    id: str
    name: str
    type: str
    role: str
    panel: str = ""
    place: str = ""
    place_basis: str = "not stated"
    note: str = ""
    reason: str = ""
    forms: list[tuple[str, int]] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


def actors(parts: list[Part], panels: list[Panel]) -> list[Actor]:
    """Return everybody who spoke, in this order: chairs, secretariat, the floor, panellists as they spoke."""
    chairs = _chairs(parts)
    found = chairs + _offices(parts) + _floor(parts)
    for panel in panels:
        found += _panellists(panel, parts, {actor.id for actor in found})
    return found


def _chairs(parts: list[Part]) -> list[Actor]:
    """Return the chair as a role, always, and the persons who held it where they are named with their States."""
    several = any(re.search(r"\bCo-Chairs?\b", part.text) for part in parts)
    name = "The Co-Chairs" if several else "The Chair"
    role = Actor(words.slug(name), name, "role", "chair", reason="a summary has a chair, who wrote it")
    form = re.compile(rf"\b{CHAIR}\b")
    role.forms = [(match[0], part.number) for part in parts for match in form.finditer(part.text)]
    role.forms = [(re.sub(r"^[Tt]he\s+", "", form), number) for form, number in role.forms]
    return [role, *_persons(parts, {role.id})]


def _persons(parts: list[Part], taken: set) -> list[Actor]:
    found = []
    for part in parts:
        led = LED.search(part.text) if part.kind in ("procedure", "background", "opening") else None
        for match in PERSON.finditer(part.text, led.end()) if led else ():
            name = words.distinct(words.slug(match["name"].split()[-1]), taken | {each.id for each in found})
            office = (match["office"] or "").strip(" ,")
            person = Actor(name, match["name"], "person", "chair", "", match["place"], "stated", office, "named as chair")
            person.forms = [(match["form"], part.number)]
            found.append(person)
    return list({person.name: person for person in reversed(found)}.values())[::-1]


def _offices(parts: list[Part]) -> list[Actor]:
    """Return the secretariat, and units that gave a briefing, where they are named."""
    office, found = re.compile(rf"\b{OFFICE}\b", re.I), {}
    for part in parts:
        if part.kind not in ("briefing", "opening", "procedure", "discussion"):
            continue
        for match in office.finditer(part.text):
            actor = found.setdefault(
                "secretariat",
                Actor("secretariat", "The Secretariat", "secretariat", "secretariat", reason="named as secretariat"),
            )
            actor.forms.append((re.sub(r"^the\s+", "", match[0], flags=re.I), part.number))
        if part.kind == "briefing":
            for match in UNIT.finditer(part.text):
                name = re.sub(r"['\u2019]s\b", "", match["form"])
                actor = found.setdefault(
                    name, Actor(words.slug(name), name, "secretariat", "secretariat", reason="unit that briefed")
                )
                actor.forms.append((match["form"], part.number))
    return list(found.values())


def _floor(parts: list[Part]) -> list[Actor]:
    floor = Actor("floor", "The floor", "role", "floor", note="Never named.", reason="speakers counted in words")
    for part in parts:
        if part.kind == "discussion":
            forms = dict.fromkeys(" ".join(match[0].lower().split()) for match in SPEAKER.finditer(part.text))
            floor.forms += [(form, part.number) for form in forms]
    spoken = any(part.kind == "discussion" for part in parts)
    return [floor] if spoken else []


def _panellists(panel: Panel, parts: list[Part], taken: set) -> list[Actor]:
    """Return the panellists of one panel: who begins a paragraph, under the name by which the panel's first one lists them."""
    inside = [part for part in parts if panel.first <= part.number <= panel.last]
    spoken = [(part, PANELLIST_SPEAKS.match(part.text)) for part in inside if part.kind == "panellist"]
    first = inside[0].text
    named = [(part, _name(match["name"])) for part, match in spoken if match]
    listed = _listed(first, [name for _, name in named])
    found: list[Actor] = []
    for part, name in named:
        known = next((actor for actor in found if name in (actor.name, *[form for form, _ in actor.forms])), None)
        if known:
            known.paragraphs.append(part.number)
            continue
        title = listed.get(name, name)
        place = _place(title)
        kind = "university" if UNIVERSITY.search(title) else "organization"
        actor = Actor(words.distinct(words.slug(title), taken | {each.id for each in found}), title, kind, "panellist", panel.id)
        actor.place, actor.place_basis = place, "name" if place else "not stated"
        actor.forms = [(title, panel.first)] if title in first else []
        actor.forms.append((name, part.number))
        actor.paragraphs, actor.reason = [part.number], "begins a paragraph of the panel"
        found.append(actor)
    return found


def _name(name: str) -> str:
    return re.sub(rf"\s+(?:{VERB})$", "", name)


def _listed(first: str, names: list[str]) -> dict[str, str]:
    """Return the form in which the panel's first paragraph lists each name; an unlisted name is paired with what is left."""
    rest, found = first, {}
    start = FROM.search(first)
    for name in sorted(names, key=len, reverse=True):
        if name in rest:
            found[name] = name
            rest = rest.replace(name, "\0", 1)
    rest = rest[start.end() :] if start and start.end() < len(rest) else ""
    left = [match[0] for piece in re.split(r"[\0;,]|\band the\b", rest) for match in re.finditer(NAME, piece)]
    for name in names:
        likeness = {each: SequenceMatcher(None, each, name).ratio() for each in left}
        if name not in found and likeness and max(likeness.values()) > 0.5:
            best = max(likeness, key=likeness.get)
            found[name] = best
            left.remove(best)
    return found


def _place(name: str) -> str:
    match = re.search(
        r"\bUniversity of (?:the )?(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)|\bof (?P<city>[A-Z]\w+(?:\s[A-Z]\w+)?(?:City|land|ia))$",
        name,
    )
    return (match["place"] or match["city"]) if match else ""


def quantifier(subject: str, printed: str) -> str:
    """Return the quantifier of a subject as the schema lists them; "not stated" for any other.

    >>> quantifier("Several other speakers", "several other speakers"), quantifier("Delegates", "delegates")
    ('several speakers', 'not stated')
    """
    said = re.findall(r"[a-z]+", subject.lower())
    plain = [word for word in said if word in ("some", "several", "many", "numerous", "a", "the")][:1]
    noun = [word for word in said if word in ("speaker", "speakers")][:1]
    exact = " ".join(plain + noun)
    return exact if exact in QUANTIFIERS else "speakers" if noun == ["speakers"] else "not stated"
