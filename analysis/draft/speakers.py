"""Who spoke: the chair, the secretariat, panellists and the floor, with the forms of their names."""

import re
from dataclasses import dataclass, field

from analysis.draft import words
from analysis.draft.panels import Panel
from analysis.draft.structure import Part
from analysis.draft.words import CAPITAL, FLOOR, OFFICE

QUANTIFIERS = ("some speakers", "several speakers", "many speakers", "numerous speakers", "speakers", "a speaker", "the speaker")
SPEAKER = re.compile(rf"\b(?:{FLOOR})\b", re.I)
UNIVERSITY = re.compile(r"\b(?:universit\w+|college|institute of technology|school of)\b", re.I)
PERSON = re.compile(
    rf"(?P<form>(?:Mr|Mrs|Ms|Dr|Prof(?:essor)?|Judge|Ambassador|H\.E|Sir|Madam|Her Excellency|His Excellency)\.?\s+"
    rf"(?P<name>{CAPITAL}(?:\s+(?:(?:de|la|van|von|der|el|al|bin|dos|da)\s+)?{CAPITAL}){{0,3}}))"
    r"(?:,\s+(?P<office>[^()]{0,200}?))?\s*\((?P<place>[^()]{2,40})\)"
)
UNIT = re.compile(
    rf"(?:by|from|of)\s+(?:the\s+)?(?P<form>(?:(?!Secretariat)[A-Z][\w'\u2019]*\s+)(?:{CAPITAL}\s+){{0,4}}(?:Unit|"
    rf"Section|Branch|Division))\b"
)
LED = re.compile(r"\bchaired by\b|\bpresided\b|\bas (?:the )?(?:Co-)?Chairs?\b|\bmoderated by\b", re.I)
ROLE = re.compile(r"\b(?:(?:Co|Vice)-)?Chair(?:s|persons?|person|man|woman)?\b")


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
    """Return the chair as a role, always, the vice-chair where there is one, and the persons who held the office."""
    forms: dict[str, list] = {}
    for part in parts:
        for match in ROLE.finditer(part.text):
            forms.setdefault(re.sub(r"s$", "", match[0]), []).append((match[0], part.number))
    several = bool(forms.get("Co-Chair"))
    name = "The Co-Chairs" if several else "The Chair"
    role = Actor(words.slug(name), name, "role", "chair", reason="a summary has a chair, who wrote it")
    role.forms = [form for key, each in forms.items() if key != "Vice-Chair" for form in each]
    found = [role]
    if "Vice-Chair" in forms:
        found.append(
            Actor("vice-chair", "The Vice-Chair", "role", "chair", reason="named as vice-chair", forms=forms["Vice-Chair"])
        )
    return [*found, *_persons(parts, {actor.id for actor in found})]


def _persons(parts: list[Part], taken: set) -> list[Actor]:
    found = []
    for part in parts:
        led = LED.search(part.text) if part.kind in ("procedure", "background", "opening") else None
        for match in PERSON.finditer(part.text) if led else ():
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
    announced = next((part.text for part in parts if part.number == panel.first), "")
    found: dict[str, Actor] = {}
    for number, name in panel.speakers.items():
        actor = found.get(name)
        if actor is None:
            id = words.distinct(words.slug(name), taken | {each.id for each in found.values()})
            kind, place = "university" if UNIVERSITY.search(name) else "organization", _place(name)
            actor = Actor(id, name, kind, "panellist", panel.id, place, "name" if place else "not stated")
            actor.reason = "begins a paragraph of the panel"
            actor.forms = [(name, panel.first)] if name in announced else []
            found[name] = actor
        actor.forms.append((panel.forms[number], number))
        actor.paragraphs.append(number)
    return list(found.values())


def _place(name: str) -> str:
    match = re.search(
        r"\bUniversity of (?:the )?(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)|\bof (?P<city>[A-Z]\w+(?:\s[A-Z]\w+)?(?:City|land|ia))$",
        name,
    )
    return (match["place"] or match["city"]) if match else ""


def quantifier(subject: str) -> str:
    """Return the quantifier of a subject as the schema lists them; "not stated" for any other.

    >>> quantifier("Several other speakers"), quantifier("Another speaker"), quantifier("Delegates")
    ('several speakers', 'a speaker', 'not stated')
    """
    said = re.findall(r"[a-z]+", subject.lower())
    if "speaker" in said:
        return "the speaker" if said[0] == "the" and len(said) < 4 else "a speaker"
    counted = next((word for word in said if word in ("some", "several", "many", "numerous")), "")
    exact = f"{counted} speakers".strip()
    return exact if "speakers" in said and exact in QUANTIFIERS else "not stated"
