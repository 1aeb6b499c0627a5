"""What each paragraph is for, and which panel it belongs to."""

import re
from dataclasses import dataclass, replace

from analysis.document import Document
from analysis.draft import words
from analysis.draft.words import ADVERB, CAPITAL, CHAIR, FIGURE, FLOOR, NAME, OFFICE, ORDINALS, VERB

OBSERVING = re.compile(r"\b(?:observations?|recommendations?|conclusions?|takeaways|way forward|proposals)\b", re.I)
SECTIONS = {  # words in the title of a section, and what its paragraphs are taken for unless they say otherwise
    "opening": re.compile(r"\b(?:opening|welcome|inaugura\w+)\b", re.I),
    "briefing": re.compile(r"\b(?:brief\w*|update\w*|overview|presentation by|status|progress|developments?)\b", re.I),
    "background": re.compile(r"\b(?:introduct\w+|background|mandate|context)\b", re.I),
}
ASKING = re.compile(
    r"\b(?:should|shall|must|ought to|(?:is|are) (?:encouraged|invited|urged|called upon|requested|recommended|advised) to|"
    r"(?:may|might|could) (?:wish|consider)|need(?:s|ed)? to|(?:it is )?(?:recommended|important|essential|suggested) (?:that|to))\b",
    re.I,
)
LEADING = re.compile(r":\s*$|\b(?:following|below)\b.{0,60}\b(?:observations?|recommendations?|points?)\b", re.I)
COUNTED = re.compile(
    rf"\b{FIGURE}\s+(?:[\w-]+\s+){{0,4}}?(?:organi[sz]ations?|stakeholders?|States?|participants?|persons|people|representatives|"
    r"entities|institutions|groups|companies|universities|delegates|individuals|experts|associations|networks)\b",
    re.I,
)
ATTENDED = re.compile(r"\b(?:participat\w+|attend\w*|regist\w+|took part|were present|joined|represented|came)\b", re.I)
HELD = re.compile(
    r"\b(?:took place|was (?:held|convened|chaired|moderated|organi[sz]ed)|were (?:held|convened|chaired)|met in|"
    r"chaired by|(?:this|the present) (?:document|summary|report)|prepared by|was adopted|moderated the)\b",
    re.I,
)
PANEL_BEGINS = re.compile(
    rf"\b(?P<place>{words.either(ORDINALS)}|last|final|next|single|only)\s+(?:thematic\s+)?(?:panel|session|segment|round table)\b"
    r"(?!ist)|^(?:the\s+)?(?:panel|session)\s+(?P<number>\d|[IVX]+)\b|^(?:The|A|One)\s+(?:\w+\s+)?panel\s+(?:discussion\s+)?"
    r"(?:on|was|included|featured|addressed|heard|focus)",
    re.I,
)
GIVEN = re.compile(r"\b(?:presentations?|interventions?|panell?ists|speakers|remarks|spoke|contributions|heard)\b", re.I)
FLOOR_OPENED = re.compile(r"\bfloor was (?:then )?(?:opened|given)|\bopened the floor\b", re.I)
AGENDA = re.compile(r"\b(?:participants had the opportunity|steered|the agenda|was structured|under agenda item)\b", re.I)
PANELLIST_SPEAKS = re.compile(
    rf"^(?:[^.;]{{0,160}}?,\s+)?(?i:the|an?|another)\s+(?:(?i:{words.either(ORDINALS)}|last|next|final|following|other)\s+)?"
    r"(?i:panell?ist|presenter|keynote speaker|expert|speaker|representative),?\s+(?:from|of|for|representing|on behalf of)\s+"
    rf"(?:(?i:the)\s+)?(?P<name>{NAME})"
)
FLOOR_SPEAKS = re.compile(rf"\b(?:{FLOOR})\s+{ADVERB}(?:{VERB})\b|\bdiscussions?\b|\bit was\b|\braised\b", re.I)
CHAIR_SPEAKS = re.compile(rf"\b{CHAIR},?\s+(?:[^.;]{{0,80}}?,\s+)?{ADVERB}(?:{VERB}|opened|delivered|closed)\b")
OFFICE_SPEAKS = re.compile(
    rf"\b(?:{OFFICE})\b|\b(?:presentation|overview|briefing|update) (?:was|were) (?:delivered|given|made)\b", re.I
)
TITLES = re.compile(
    r"(?:on|entitled|titled|concerning|devoted to|on the (?:topic|theme|subject) of)[:,]?\s+[\"'\u201c\u2018](?P<quoted>[^\"\u201c\u201d]{3,160}?)"
    r"[\"'\u201d\u2019](?=[\s,.;:)]|$)|(?:on|entitled|titled|concerning|about|addressed|focused on|devoted to)\s+(?P<plain>[^.;:,()]{3,160}?)"
    r"(?=[,.;:(]|\s+(?:included|featured|heard|was|were|and the|with|comprised|brought)\b|$)",
    re.I,
)
LISTED = re.compile(
    r"\(?\b(?:i{1,3}|iv|v|vi|[a-f]|[1-6])\)\s*(?P<title>[^;()]{3,200}?)(?=\s*[;,.]?\s*(?:and\s*)?(?:\(?(?:i{1,3}|iv|v|vi|[a-f]|[1-6])\)|$)|\s*[;.])"
)


@dataclass(frozen=True)
class Part:
    """A paragraph with what it is for: kind, the id of its panel (blank where none), and the rule that said so."""

    number: int
    section: str
    text: str
    kind: str
    reason: str
    panel: str = ""


@dataclass(frozen=True)
class Panel:
    """A panel: id, label and title, its first and last paragraph, and the rule that found it."""

    id: str
    label: str
    title: str
    first: int
    last: int
    reason: str


def parts(document: Document) -> tuple[list[Part], list[Panel]]:
    """Return the paragraphs with their kinds and panels, and the panels, in the order of the text."""
    titles = {section.number: section.title for section in document.sections}
    observed = _observed(document, titles)
    found = []
    for paragraph in document.paragraphs.values():
        kind, reason = _kind(paragraph, titles.get(paragraph.section, ""), paragraph.number >= observed)
        found.append(Part(paragraph.number, paragraph.section, paragraph.text, kind, reason))
    panels = _panels(found, document, titles)
    homes = {number: panel.id for panel in panels for number in range(panel.first, panel.last + 1)}
    return [replace(part, panel=homes.get(part.number, "")) if part.kind != "observation" else part for part in found], panels


def _observed(document: Document, titles: dict) -> float:
    """Return the first paragraph that is recommended: of the last section whose title says so, after what leads in."""
    sections = [number for number, title in titles.items() if OBSERVING.search(title)]
    last = sections[-1] if sections else ""
    numbers = [n for n, p in document.paragraphs.items() if sections and p.section == last]
    asking = [
        n for n in numbers if ASKING.search(document.paragraphs[n].text) and not LEADING.search(document.paragraphs[n].text)
    ]
    return asking[0] if asking else float("inf")


def _kind(paragraph, title: str, observed: bool) -> tuple[str, str]:
    """Return what a paragraph is for, and why."""
    text = paragraph.text
    opening = text[:400]
    if observed:
        return "observation", "stands in the section of observations"
    if OBSERVING.search(title) and (LEADING.search(text) or not SECTIONS["background"].search(title)):
        return "lead-in", "leads in to the observations"
    if len(COUNTED.findall(text)) > 1 and ATTENDED.search(text) or COUNTED.match(text) and ATTENDED.search(text):
        return "participation", "counts who took part"
    speaks = PANELLIST_SPEAKS.match(text)
    if speaks:
        return "panellist", f"begins with a panellist: {speaks['name'][:40]}"
    return _other_kind(text, opening, title)


def _other_kind(text: str, opening: str, title: str) -> tuple[str, str]:
    """Return the kind of a paragraph that is no observation, no count and no panellist's."""
    named = next((kind for kind, words in SECTIONS.items() if words.search(title)), "")
    if PANEL_BEGINS.search(opening) and GIVEN.search(text) or FLOOR_OPENED.search(opening):
        return "procedure", "opens a panel or the floor"
    if named == "opening" and CHAIR_SPEAKS.search(text):
        return "opening", "the chair speaks in the opening"
    if named == "background":
        return (
            ("procedure", "says how the meeting was held") if HELD.search(text) else ("background", "stands in the introduction")
        )
    if AGENDA.search(text) and (CHAIR_SPEAKS.search(text) or AGENDA.search(opening)) and named != "briefing":
        return "procedure", "says how the meeting went on"
    first = words.sentences(text)[0] if text else (0, 0)
    if named == "briefing" and (OFFICE_SPEAKS.search(text) or CHAIR_SPEAKS.search(text)):
        return "briefing", "the secretariat speaks in the briefing"
    if OFFICE_SPEAKS.search(text[first[0] : first[1]]):
        return "briefing", "the secretariat speaks"
    if FLOOR_SPEAKS.search(text):
        return "discussion", "speakers from the floor"
    if HELD.search(text) or CHAIR_SPEAKS.search(text):
        return "procedure", "says how the meeting was held"
    return ("discussion", "no other speaker is named") if named != "opening" else ("procedure", "the opening, without a speaker")


def _panels(found: list[Part], document: Document, titles: dict) -> list[Panel]:
    """Return the panels: each begins where it is announced and ends before the next, or with its section."""
    begins = [part for part in found if part.kind == "procedure" and _announces(part)]
    listed = _listed_titles(found, len(begins))
    panels = []
    for place, part in enumerate(begins):
        before = begins[place + 1].number if place + 1 < len(begins) else float("inf")
        numbers = [p.number for p in found if part.number <= p.number < before and p.section == part.section]
        numbers = _unbroken(numbers, found)
        title = listed[place] if listed else _own_title(part, titles.get(part.section, ""))
        name = words.distinct(words.slug(title, 30), {panel.id for panel in panels})
        label = words.distinct(title, {panel.label for panel in panels})
        panels.append(Panel(name, label, label, numbers[0], numbers[-1], "announced in its first paragraph"))
    return panels


def _announces(part: Part) -> bool:
    return bool(PANEL_BEGINS.search(part.text[:400]) and GIVEN.search(part.text) and not _lists(part.text))


def _lists(text: str) -> bool:
    return bool(re.search(r"\b(?:two|three|four|five)\s+(?:thematic\s+)?panels?\b", text, re.I))


def _unbroken(numbers: list[int], found: list[Part]) -> list[int]:
    kinds = {part.number: part.kind for part in found}
    kept = [number for number in numbers if kinds[number] not in ("observation", "lead-in")]
    return kept or numbers[:1]


def _listed_titles(found: list[Part], panels: int) -> list[str]:
    """Return the titles of the panels where a paragraph lists as many, numbered, as there are."""
    for part in found:
        if re.search(r"\bpanels?\b", part.text, re.I) and part.kind != "observation":
            titles = [re.sub(r"[\s,]+(?:and)?$", "", match["title"]).strip() for match in LISTED.finditer(part.text)]
            if panels and len(titles) == panels:
                return titles
    return []


def _own_title(part: Part, section: str) -> str:
    """Return the title of a panel as its first paragraph gives it, else that of its section."""
    begin = PANEL_BEGINS.search(part.text)
    first = words.sentences(part.text)[0]
    match = TITLES.search(part.text, begin.end(), max(first[1], begin.end()))
    title = (match["quoted"] or match["plain"]) if match else section or "Panel"
    title = re.sub(r"^(?:the (?:topic|theme|subject|issue) of)\s+", "", title.strip())
    return title[:1].upper() + title[1:] if title and re.match(CAPITAL, title[:1].upper()) else title or "Panel"
