"""What each paragraph is for, and which panel it belongs to."""

import re
from dataclasses import dataclass, replace

from analysis.document import Document
from analysis.draft import panels, words
from analysis.draft.panels import Panel
from analysis.draft.words import ADVERB, CHAIR, FIGURE, FLOOR, OFFICE, TOLD, VERB

OBSERVING = re.compile(
    r"\b(?:observ(?:es?|ed|ations?)|recommend(?:s|ed|ations?)?|conclu(?:des?|ded|sions?)|takeaways|way forward|proposals)\b", re.I
)
INTRODUCING = re.compile(r"\b(?:introduct\w+|background|mandate|context|organi[sz]ation of|attendance|participation)\b", re.I)
OPENING = re.compile(r"\b(?:opening|welcome|inaugura\w+)\b", re.I)
BRIEFING = re.compile(r"\b(?:brief\w*|update\w*|overview|status|state of)\b", re.I)
ASKING = re.compile(
    r"\b(?:should|shall|must|ought to|(?:is|are) (?:encouraged|invited|urged|called upon|requested|recommended|advised) to|"
    r"(?:may|might|could) (?:wish|consider)|need(?:s|ed)? to|(?:it is )?(?:recommended|important|essential|"
    r"suggested) (?:that|to))\b",
    re.I,
)
LEADING = re.compile(
    r":\s*$|\b(?:following|below)\b.{0,60}\b(?:observations?|recommendations?|points?)\b|\b(?:observations?|"
    r"recommendations?)\b.{0,30}\bfollow",
    re.I,
)
TOOK_PART = (  # who may be counted: heads of noun phrases
    r"(?:organi[sz]ations?|stakeholders?|States?|countries|Governments|signator(?:y|ies)|participants?|persons|people|"
    r"representatives|entities|institut(?:ions?|es?)|groups|companies|universities|delegat(?:es|ions)|individuals|experts|"
    r"associations|networks|NGOs|bodies|agencies|attendees|parties|speakers|academics|firms|enterprises|businesses|"
    r"foundations|unions|observers|members|students|researchers|practitioners|federations|charities|centres|women|men)"
)
COUNTED = re.compile(rf"\b{FIGURE}\s+(?:of (?:them|which|whom)\s+)?(?:[\w-]+,?\s+){{0,5}}?{TOOK_PART}\b", re.I)
ATTENDED = re.compile(
    r"\b(?:participat\w+|attend\w*|regist\w+|took part|(?:were|was) (?:also )?(?:present|in attendance|represented)|joined|"
    r"represent(?:ed|atives)|came|turnout|connected|follow(?:ed|ing) (?:it |the \w+ )?(?:online|remotely)|sent)\b",
    re.I,
)
HELD = re.compile(
    r"\b(?:took place|(?:was|were) (?:held|convened|chaired|moderated|co-chaired|organi[sz]ed|hosted|conducted)|met (?:in|at|on)|"
    r"chaired by|presided|(?:this|the present) (?:document|summary|report)|prepared by|was adopted|moderated the|lasted)\b",
    re.I,
)
FLOOR_OPENED = re.compile(r"\bfloor was (?:then )?(?:opened|given)|\bopened the floor\b", re.I)
ARRANGED = re.compile(
    r"\b(?:had the opportunity|steered|moderated|the agenda|was structured|(?:were|was) (?:then )?invited to|was organi[sz]ed)\b",
    re.I,
)
DOES = (  # what the floor does without saying anything
    r"(?:had (?:the|an) (?:opportunity|chance)|(?:were|was) (?:\w+ )?(?:invited|asked|given|encouraged|able|divided|"
    r"reminded)|attended|"
    r"participated|took part|joined|registered|came)\b"
)
CROWD = re.compile(rf"(?<![\w-])(?:{FLOOR}),?\s+{ADVERB}(?!{DOES})(?:{TOLD})\b", re.I)
UNNAMED = re.compile(rf"\bit was (?:also |further |then )?(?:{VERB})\b|\bwere (?:also )?raised\b", re.I)
LEADS = re.compile(rf"(?<![\w-]){CHAIR},?\s+(?:[^.;]{{0,80}}?,\s+)?{ADVERB}(?:{TOLD}|delivered|closed)\b", re.I)
OFFICE_SPEAKS = re.compile(
    rf"\b(?:{OFFICE})\b|\b(?:presentation|overview|briefing|update) (?:was|were) (?:delivered|given|made|provided)\b", re.I
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


def parts(document: Document) -> tuple[list[Part], list[Panel]]:
    """Return the paragraphs with their kinds and panels, and the panels, in the order of the text."""
    titles = {section.number: section.title for section in document.sections}
    observed = _observed(document, titles)
    found = panels.panels(document, observed)
    homes = {number: panel for panel in found for number in range(panel.first, panel.last + 1)}
    sections = list(titles)
    read = []
    for number, paragraph in document.paragraphs.items():
        kind, reason = _kind(paragraph, titles.get(paragraph.section, ""), number >= observed, homes.get(number), sections)
        part = Part(number, paragraph.section, paragraph.text, kind, reason)
        home = homes.get(number)
        read.append(replace(part, panel=home.id) if home else part)
    return read, found


def _observed(document: Document, titles: dict) -> float:
    """Return the first paragraph that is recommended: of the last section whose title says so, after what leads in."""
    sections = [number for number, title in titles.items() if OBSERVING.search(title)]
    texts = {number: each.text for number, each in document.paragraphs.items() if sections and each.section == sections[-1]}
    asking = [number for number, text in texts.items() if ASKING.search(text) and not LEADING.search(text)]
    after = [number for number in document.paragraphs if asking and number >= asking[0]]
    return asking[0] if asking and set(after) <= set(texts) else float("inf")


def _kind(paragraph, title: str, observed: bool, panel: Panel | None, sections: list[str]) -> tuple[str, str]:
    """Return what a paragraph is for, and why."""
    text = paragraph.text
    if observed:
        return "observation", "stands in the section of observations"
    if OBSERVING.search(title) and paragraph.section == sections[-1]:
        return "lead-in", "leads in to the observations"
    if panel:
        return _of_panel(paragraph, panel)
    if INTRODUCING.search(title) or paragraph.section == sections[0]:
        return _introduced(text, OPENING.search(title))
    return _said(text, title)


def _of_panel(paragraph, panel: Panel) -> tuple[str, str]:
    """Return the kind of a paragraph of a panel: it announces the panel, is a panellist's, opens the floor, or is the floor's."""
    name = panel.speakers.get(paragraph.number)
    if name:
        return "panellist", f"begins with a panellist: {name[:40]}"
    if paragraph.number == panel.first and panel.announced:
        return "procedure", "announces a panel"
    first = words.first_sentence(paragraph.text)
    if (FLOOR_OPENED.search(first) or ARRANGED.search(first) or LEADS.match(first)) and not CROWD.search(paragraph.text):
        return "procedure", "says how the panel went on"
    return "discussion", "follows the panellists"


def _introduced(text: str, opening) -> tuple[str, str]:
    """Return the kind of a paragraph of the introduction."""
    if ATTENDED.search(text) and (len(COUNTED.findall(text)) > 1 or COUNTED.match(text)):
        return "participation", "counts who took part"
    if HELD.search(text):
        return "procedure", "says how the meeting was held"
    if opening and LEADS.search(text):
        return "opening", "the chair speaks in the opening"
    return "background", "stands in the introduction"


def _said(text: str, title: str) -> tuple[str, str]:
    """Return the kind of a paragraph outside introduction, panels and observations, by who speaks in it, and who first."""
    first = words.first_sentence(text)
    crowd, led = CROWD.search(text), LEADS.search(first)
    if led and not CROWD.search(text, len(first)):
        return _led(text, title)
    if (FLOOR_OPENED.search(first) or ARRANGED.search(text)) and not crowd:
        return "procedure", "says how the meeting went on"
    if crowd and (led or CROWD.search(first)):
        return "discussion", "speakers from the floor"
    if OFFICE_SPEAKS.search(first):
        return "briefing", "the secretariat speaks"
    if crowd or UNNAMED.search(text) or re.search(r"\bdiscuss\w+|\braised\b", text):
        return "discussion", "speakers from the floor"
    if HELD.search(text) or LEADS.search(text):
        return "procedure", "says how the meeting was held"
    return ("procedure", "an opening without a speaker") if OPENING.search(title) else ("discussion", "no other speaker is named")


def _led(text: str, title: str) -> tuple[str, str]:
    """Return the kind of a paragraph of the chair."""
    if OPENING.search(title):
        return "opening", "the chair speaks in the opening"
    if BRIEFING.search(title) and not ARRANGED.search(text) and not FLOOR_OPENED.search(text):
        return "briefing", "the chair briefs"
    return "procedure", "the chair speaks"
