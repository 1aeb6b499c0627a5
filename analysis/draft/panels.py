"""The panels of a meeting: where each begins, what it is called, and whom its paragraphs name as panellists."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analysis.document import Document
from analysis.draft import subjects, words
from analysis.draft.words import NAME, ORDINALS

WHICH = rf"(?:{words.either(ORDINALS)}|last|final|next|single|only|opening|closing|following|other|remaining|sole)"
BEGINS = re.compile(
    rf"\b(?:(?:the|an?|our|this|its|one)\s+)?(?:{WHICH}\s+(?:[a-z-]+\s+){{0,2}}?)(?:panel|segment|round[ -]?table|session|block)"
    rf"\b|\b(?:the|a|this|our)\s+(?:[a-z-]+\s+){{0,2}}?(?:panel|round[ -]?table|segment)(?: discussion)?\b(?!ist)|"
    rf"\b(?:panel|session|segment|round[ -]?table)\s+(?:\d|[IVX]+|{words.either(list(words.NUMBERS)[1:11])})\b",
    re.I,
)
IN_PANEL = re.compile(
    rf"(?:In|During|At|For|On|Opening|Beginning|Starting|Under|Within) (?:the )?(?:{WHICH} (?:[a-z-]+ ){{0,2}}?"
    rf"(?:panel|segment|session|round[ -]?table)|(?:panel|session|segment) (?:\d|[IVX]+))\b",
    re.I,
)
CALLED = (  # words behind which those who speak are listed
    r"(?:presentations?|interventions?|contributions?|statements?|remarks|panell?ists?|speakers?|experts|heard|compos\w+|"
    r"consist\w+|compris\w+|featur\w+|brought together|made up|includ\w+|gathered|assembled|united|involved|presented|"
    r"invited|welcomed|represent\w+|participat\w+|spoke|formed|namely|joined|floor|introduced|following|were|was)"
)
LONGEST = 3000  # characters of a list of organizations
LISTING = re.compile(rf"\b{CALLED}\b,?(?:\s+(?!the\b)[a-z]+){{0,4}}?:?\s+(?=(?:(?i:the)\s+)?[A-Z])")
OF_PANEL = re.compile(
    r"^(?:(?:first|second|third|fourth|fifth)\s+)?(?:panel|round[ -]?table|session|segment)s?\b[\s\w]*?[:.\u2013-]?\s*", re.I
)
PANELLED = re.compile(r"\b(?:panels?|round[ -]?tables?|presentations?)\b", re.I)
QUOTED = re.compile(r"[\"\u201c\u2018](?P<title>[^\"\u201c\u201d\u2018]{3,160})[\"\u201d\u2019](?=[\s,.;:)]|$)")
ABOUT = (
    r"\b(?:on|entitled|titled|called|concerning|about|addressed|addressing|considered|examined|focused on|dealt with|covered|"
    r"dealing with|(?:was |were )?(?:devoted|dedicated) to|discussed|looked at|took up|turned to|explored|regarding)\s+"
)
PLAIN = re.compile(
    rf"{ABOUT}(?:the (?:topic|theme|subject|issue|question) of\s+)?"
    r"(?P<title>[^.;:,()]{3,160}?)(?=[,.;:(]|\s+(?:included|featured|heard|was|were|and the|with|comprised|brought)\b|$)",
    re.I,
)
ENUMERATED = re.compile(r"\(?\b(?:i{1,3}|iv|v|vi|[a-f]|[1-6])\)\s*(?P<title>[^;().]{3,200})")
IN_TURN = re.compile(
    rf"\bthe (?:{words.either(ORDINALS)}|last|other)(?: panel| one)?\s+(?:{ABOUT}|on\s+|to\s+|with\s+)(?P<title>[^,;.]{{3,160}})",
    re.I,
)
ARE = re.compile(
    r"(?:the )?(?:[a-z]+ )?(?:speakers|panell?ists|presenters|contributors)\b[^.]{0,100}?\b(?:were|included|came from)\b", re.I
)
CLOSING = re.compile(r"\b(?:clos(?:ed|ing)|adjourn\w+|agenda item|any other|other business)\b", re.I)


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
    """Return the panels: each begins where it is announced, or with its section, or with the first of a run of named speakers.

    It ends before the next, before what closes it, or with its section.
    """
    titles = {section.number: section.title for section in document.sections}
    sections: dict[str, dict[int, str]] = {}
    for number, each in document.paragraphs.items():
        if number < observed:
            sections.setdefault(each.section, {})[number] = each.text
    begins: dict[int, bool] = {}
    for section, texts in sections.items():
        begins |= _begins(texts, titles.get(section, ""), first=section == next(iter(sections)) and len(sections) > 1)
    homes = {number: document.paragraphs[number].section for number in begins}
    every = {number: text for texts in sections.values() for number, text in texts.items()}
    named = _titles(every, {number: titles.get(home, "") for number, home in homes.items()})
    return _ranges(sections, homes, begins, named)


def _begins(texts: dict[int, str], title: str, first: bool) -> dict[int, bool]:
    """Return the paragraphs of a section with which panels begin, and whether each announces its panel."""
    numbers = list(texts)
    heads = {number: subjects.opening(text) for number, text in texts.items()}
    begins = {}
    for number, after in zip(numbers, [*numbers[1:], None], strict=True):
        followed = after is not None and (
            heads[after].kind == "named" or _begun_by(texts[after], heads[after], names(texts[number]))
        )
        others = heads[number].kind not in ("named", "floor") or ARE.match(texts[number])
        if others and announces(texts[number], followed=followed):
            begins[number] = True
        elif heads[number].kind == "named" and IN_PANEL.match(texts[number]) and number - 1 not in begins:
            begins[number] = False
    if not begins and numbers and OF_PANEL.match(title):
        return {numbers[0]: False}
    if not begins and not first:
        run = [n for n in numbers if heads[n].kind == "named" and heads.get(n + 1, subjects.OTHER).kind == "named"]
        return {run[0]: False} if run else {}
    return begins


def _begun_by(text: str, head: subjects.Opening, listed: list[str]) -> bool:
    return bool(listed) and head.kind != "floor" and subjects.opening(text, listed).kind == "named"


def announces(text: str, followed: bool = False) -> bool:
    """Say whether a paragraph announces a panel: it names one, and who is on it or is followed by one of them.

    >>> announces("The first panel heard the Mill Museum."), announces("The panel was closed.")
    (True, False)
    """
    opening = words.first_sentence(text)[:300]
    listed = names(text)
    if BEGINS.search(opening):
        return bool(listed) or (followed and len(set(match[0].lower() for match in BEGINS.finditer(text))) == 1)
    return followed and len(listed) > 1


def _ranges(sections: dict, homes: dict[int, str], begins: dict[int, bool], named: dict[int, str]) -> list[Panel]:
    found: list[Panel] = []
    starts = sorted(begins)
    for place, first in enumerate(starts):
        before = starts[place + 1] if place + 1 < len(starts) else float("inf")
        inside: dict[int, str] = {}
        for number, text in sections[homes[first]].items():
            if first <= number < before:
                if number > first and _closed(text):
                    break
                inside[number] = text
        speakers, forms = _speakers(inside, first, begins[first])
        title = words.distinct(named[first], {panel.title for panel in found})
        name = words.distinct(words.slug(title, 30), {panel.id for panel in found})
        why = "announced in its first paragraph" if begins[first] else "begins with its section or with a named speaker"
        found.append(Panel(name, title, title, first, max(inside), begins[first], why, speakers, forms))
    return found


def _closed(text: str) -> bool:
    """Say whether a paragraph of the chair or the office comes after the panel: it closes, or takes up another item."""
    opening = words.first_sentence(text)
    return bool(CLOSING.search(opening)) and subjects.opening(opening).kind in ("chair", "office")


def _titles(texts: dict, begins: dict[int, str]) -> dict[int, str]:
    """Return the title of each panel: quoted, else from a list of as many, else after "on", else its section's."""
    listed = _enumerated(texts, len(begins))
    titles = {}
    for place, (first, section) in enumerate(begins.items()):
        opening = words.first_sentence(texts[first])
        start = BEGINS.search(opening)
        quoted, plain = QUOTED.search(opening), PLAIN.search(opening, start.end() if start else 0)
        own = OF_PANEL.sub("", section) or section
        title = quoted["title"] if quoted else listed[place] if listed else plain["title"] if plain else own or "Panel"
        title = title.strip(" ,;:")
        titles[first] = title[:1].upper() + title[1:]
    return titles


def _enumerated(texts: dict, panels: int) -> list[str]:
    for text in texts.values():
        if panels and PANELLED.search(text):
            for pattern in (ENUMERATED, IN_TURN):
                titles = [re.sub(r"[\s,;]*(?:\band)?[\s,;]*$", "", match["title"]) for match in pattern.finditer(text)]
                if len(titles) == panels:
                    return titles
    return []


def _speakers(inside: dict[int, str], first: int, announced: bool) -> tuple[dict[int, str], dict[int, str]]:
    """Return, for each paragraph that begins with a panellist, the name as listed and the form that stands there."""
    listed = names(inside[first]) if announced else []
    forms: dict[int, str] = {}
    discussed, last = False, ""
    for number, text in inside.items():
        if number == first and announced:
            continue
        head = subjects.opening(text, listed)
        if last and subjects.goes_on(text):
            forms[number] = last
        elif head.kind == "named" and (not discussed or not listed or head.name in listed):
            forms[number] = head.name
        last = forms.get(number, "")
        discussed = discussed or head.kind == "floor" and not last
    return _as_listed(forms, listed, inside[first] if announced else ""), forms


def _as_listed(forms: dict[int, str], listed: list[str], announcement: str) -> dict[int, str]:
    """Return the names of the panellists, each as the announcement lists the one that it is most like."""
    left = [name for name in listed if name not in forms.values()]
    speakers = {}
    for number, form in forms.items():
        exact = form in listed or form in announcement
        likeness = {} if exact else {name: SequenceMatcher(None, name, form).ratio() for name in left}
        best = max(likeness, key=likeness.get) if likeness else ""
        speakers[number] = best if best and likeness[best] > 0.5 else form
    return speakers


def names(text: str) -> list[str]:
    """Return the organizations that an announcement lists.

    >>> names("The panel heard the Mill Museum, Ferry Aid and the Guild of Oars and Sails.")
    ['Mill Museum', 'Ferry Aid', 'Guild of Oars and Sails']
    """
    best: list[str] = []
    for start, end in words.sentences(text):
        for listing in LISTING.finditer(text, start, end):
            found = [name for piece in _items(text[listing.end() : min(end, listing.end() + LONGEST)]) for name in _name(piece)]
            best = found if len(found) > len(best) else best
    return list(dict.fromkeys(best))


def _items(listed: str) -> list[str]:
    """Divide a list where its items end; where the last two are joined by a bare "and", they are given joined and apart."""
    pieces = re.split(rf";|,(?![^()]{{0,200}}\))|\band (?=the\b|an?\b|{subjects.TITLED}\s)", listed)
    last = pieces[-1]
    if not re.search(r"\band the\b", listed) and not last.strip().startswith("and "):
        pieces += [piece for piece in re.split(r"\s+and\s+(?=[A-Z])", last) if piece != last]
    return pieces


def _name(piece: str) -> list[str]:
    """Return the body that an item of a list names: in brackets behind a person, or else the first name that is a body's."""
    inner = re.search(r"\(([^()]*)\)", piece)
    person = re.match(rf"\W*(?:and )?(?:{subjects.TITLED})\s", piece)
    if inner and not inner[1].isupper() and re.match(r"[A-Z]", inner[1]):
        return [inner[1]]
    own = re.search(rf"{subjects.FOR}\s+(?:the\s+)?(?P<name>{NAME})", piece) if person else re.search(rf"(?P<name>{NAME})", piece)
    return [own["name"]] if own and not subjects.NO_BODY.match(own["name"]) else []
