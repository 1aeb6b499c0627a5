"""The panels of a meeting: where each begins, what it is called, and whom its paragraphs name as panellists."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analysis.document import Document
from analysis.draft import words
from analysis.draft.words import CAPITAL, NAME, ORDINALS, VERB

BEGINS = re.compile(
    rf"^(?:[^.;]{{0,80}},\s+)?(?:the|a|our)\s+(?:{words.either(ORDINALS)}|last|final|next|single|only|opening|closing|"
    rf"following)?\s*(?:thematic\s+|expert\s+)?"
    r"(?:panel|session|segment|round table)(?:\s+discussion)?\b(?!ist)|^(?:the\s+)?(?:panel|session)\s+(?:\d|[IVX]+)\b",
    re.I,
)
GIVEN = re.compile(
    r"\b(?:presentations?|interventions?|contributions?|panell?ists|remarks|heard|composed of|consisted of|comprised|featured|"
    r"brought together|statements by|made up of|speakers were|with speakers|included)\b",
    re.I,
)
LISTING = re.compile(
    r"\b(?:presentations?|contributions?|interventions?|statements|remarks|panell?ists|speakers|composed|consisted|"
    r"made up|comprised|heard|"
    r"featured|brought together|included)\b(?:\s+(?!the\b)[a-z]+){0,3}?:?\s+(?=(?:the\s+)?[A-Z])"
)
OF_PANEL = re.compile(r"^(?:(?:first|second|third|fourth|fifth)\s+)?panel\b[\s\w]*?[:.\u2013-]?\s*", re.I)
QUOTED = re.compile(r"[\"\u201c\u2018](?P<title>[^\"\u201c\u201d\u2018]{3,160})[\"\u201d\u2019](?=[\s,.;:)]|$)")
PLAIN = re.compile(
    r"\b(?:on|entitled|titled|concerning|about|addressed|considered|focused on|devoted to)\s+(?:the (?:topic|theme|"
    r"subject|issue) of\s+)?"
    r"(?P<title>[^.;:,()]{3,160}?)(?=[,.;:(]|\s+(?:included|featured|heard|was|were|and the|with|comprised|brought)\b|$)",
    re.I,
)
ENUMERATED = re.compile(r"\(?\b(?:i{1,3}|iv|v|vi|[a-f]|[1-6])\)\s*(?P<title>[^;().]{3,200})")
TITLED = r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Ambassador|Sir|Madam)\.?"
PERSON = rf"{TITLED}\s+{CAPITAL}(?:\s+{CAPITAL}){{0,3}}"
FOR = r"(?:from|of|for|representing|speaking for|speaking on behalf of|on behalf of)"
SPEAKS = re.compile(
    rf"^(?:[^.;]{{0,100}}?,\s+)?(?:(?i:the\s+(?:{words.either(ORDINALS)}|last|next|final|following|other)|the|an?|another)\s+"
    rf"(?i:panell?ist|presenter|keynote speaker|expert|speaker|representative|presentation)\b|(?={PERSON}))"
    rf"(?:\s+(?:on|of|in) (?:the|this) panel)?(?:\s+(?:was|were) (?:given|made|delivered) by)?,?\s*(?:{PERSON},?\s+)?"
    rf"(?:(?!{FOR}\b)[a-z][\w-]*\s+){{0,5}}{FOR}\s+(?:(?i:the)\s+)?(?P<name>{NAME})"
)
FROM_THE_FLOOR = re.compile(r"(?:an?|another|one) (?:\w+ )?speaker\b", re.I)


@dataclass(frozen=True)
class Panel:
    """A panel: id, label, title, first and last paragraph, whether its first one announces it, panellists by paragraph, rule."""

    id: str
    label: str
    title: str
    first: int
    last: int
    announced: bool
    reason: str
    speakers: dict[int, str] = field(default_factory=dict)
    forms: dict[int, str] = field(default_factory=dict)


def panels(document: Document, observed: float) -> list[Panel]:
    """Return the panels: each begins where it is announced, or with its section, and ends before the next or with its section."""
    titles = {section.number: section.title for section in document.sections}
    texts = {number: each.text for number, each in document.paragraphs.items() if number < observed}
    begins = {number: True for number, text in texts.items() if announces(text)}
    announced = {document.paragraphs[number].section for number in begins}
    for number in texts:
        section = document.paragraphs[number].section
        if OF_PANEL.match(titles.get(section, "")) and section not in announced:
            announced.add(section)
            begins[number] = False
    named = _titles(texts, {number: titles.get(document.paragraphs[number].section, "") for number in sorted(begins)})
    return _ranges(document, texts, begins, named)


def announces(text: str) -> bool:
    """Say whether a paragraph announces a panel and who is on it.

    >>> announces("The first panel heard the Mill Museum."), announces("The panel was closed.")
    (True, False)
    """
    first = words.first_sentence(text)
    return bool(BEGINS.search(first[:200]) and GIVEN.search(text) and not FROM_THE_FLOOR.match(first))


def _ranges(document: Document, texts: dict, begins: dict, named: dict) -> list[Panel]:
    found: list[Panel] = []
    starts = sorted(begins)
    for place, first in enumerate(starts):
        before = starts[place + 1] if place + 1 < len(starts) else float("inf")
        section = document.paragraphs[first].section
        inside = {n: text for n, text in texts.items() if first <= n < before and document.paragraphs[n].section == section}
        speakers, forms = _speakers(inside, first, begins[first])
        title = words.distinct(named[first], {panel.title for panel in found})
        name = words.distinct(words.slug(title, 30), {panel.id for panel in found})
        why = "announced in its first paragraph" if begins[first] else "a section of its own"
        found.append(Panel(name, title, title, first, max(inside), begins[first], why, speakers, forms))
    return found


def _titles(texts: dict, begins: dict[int, str]) -> dict[int, str]:
    """Return the title of each panel: quoted, else from a list of as many, else after "on", else its section's."""
    listed = _enumerated(texts, len(begins))
    titles = {}
    for place, (first, section) in enumerate(begins.items()):
        opening = words.first_sentence(texts[first])
        quoted, plain = QUOTED.search(opening), PLAIN.search(opening)
        own = OF_PANEL.sub("", section) or section
        title = quoted["title"] if quoted else listed[place] if listed else plain["title"] if plain else own or "Panel"
        title = title.strip(" ,;:")
        titles[first] = title[:1].upper() + title[1:]
    return titles


def _enumerated(texts: dict, panels: int) -> list[str]:
    for text in texts.values():
        if panels and re.search(r"\bpanels?\b", text, re.I):
            titles = [re.sub(r"[\s,;]*(?:\band)?[\s,;]*$", "", match["title"]) for match in ENUMERATED.finditer(text)]
            if len(titles) == panels:
                return titles
    return []


def _speakers(inside: dict[int, str], first: int, announced: bool) -> tuple[dict[int, str], dict[int, str]]:
    """Return, for each paragraph that begins with a panellist, the name as listed and the form that stands there."""
    listed = names(inside[first]) if announced else []
    forms = {}
    for number, text in inside.items():
        if number != first or not announced:
            form = _begins_with(text, listed)
            if form:
                forms[number] = form
    left = [name for name in listed if name not in forms.values()]
    speakers = {}
    for number, form in forms.items():
        exact = form in listed or form in inside[first]
        likeness = {} if exact else {name: SequenceMatcher(None, name, form).ratio() for name in left}
        best = max(likeness, key=likeness.get) if likeness else ""
        speakers[number] = best if best and likeness[best] > 0.5 else form
    return speakers, forms


def _begins_with(text: str, listed: list[str]) -> str:
    """Return the name of the panellist with whom a paragraph begins; blank where nobody is listed or so introduced."""
    opening = words.first_sentence(text)[:400]
    if FROM_THE_FLOOR.match(opening):
        return ""
    match = SPEAKS.match(opening)
    held = [name for name in listed if name in opening[:250]]
    if held and (match or opening.index(held[0]) < 120):
        return max(held, key=len)
    return re.sub(rf"\s+(?:{VERB})$", "", match["name"]) if match else ""


def names(text: str) -> list[str]:
    """Return the organizations that an announcement lists.

    >>> names("The panel heard the Mill Museum, Ferry Aid and the Guild of Oars and Sails.")
    ['Mill Museum', 'Ferry Aid', 'Guild of Oars and Sails']
    """
    start = LISTING.search(text)
    if not start:
        return []
    end = next((stop for _, stop in words.sentences(text) if stop > start.end()), len(text))
    pieces = re.split(r"[;,]|\band the\b", text[start.end() : end])
    return [match[0].strip() for piece in pieces for match in [re.search(NAME, piece)] if match]
