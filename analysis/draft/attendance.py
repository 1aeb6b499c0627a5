"""The meeting itself: its date, place, format, language, chair; and who took part, each group in its own unit."""

import datetime
import re
from dataclasses import dataclass

from analysis.document import Document
from analysis.draft import words
from analysis.draft.speakers import Actor
from analysis.draft.structure import Part
from analysis.draft.words import FIGURE, MONTHS, ORDINALS

MONTH = words.either(MONTHS)
DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\s*(?:-|\u2013|and|to)\s*\d{{1,2}})?\s+(?P<month>{MONTH})(?:\s*(?:-|\u2013|and|"
    rf"to)\s*\d{{1,2}}\s+(?:{MONTH}))?\s+"
    rf"(?P<year>(?:19|20|21)\d\d)\b|\b(?P<month2>{MONTH})\s+(?P<day2>\d{{1,2}}),\s+(?P<year2>(?:19|20|21)\d\d)\b"
)
HELD = re.compile(r"\b(?:took place|was (?:held|convened|organi[sz]ed)|were held|met|gathered)\b", re.I)
LANGUAGES = "English French Spanish Arabic Chinese Russian Portuguese German".split()
PLACE = re.compile(
    rf"\b(?:held|place|convened|met|online|hybrid format|person)\b[^.;]{{0,80}}?\b(?:in|"
    rf"at)\s+(?!{words.either([*LANGUAGES, *MONTHS])}\b)(?P<place>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)"
)
MEETING = re.compile(
    rf"\b(?:the|a|an)\s+(?P<title>(?:(?P<ordinal>{words.either(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|"
    rf"th))\s+)?(?:[a-z-]+\s+){{0,3}}?(?:dialogue|consultation|meeting|forum|"
    r"hearing|exchange|conference|round table)(?:\s+(?:on|with|about|for)\s+(?P<topic>[^.,;:()]+?))?)\s+(?=took|was|"
    r"were|met|gathered|held|convened)",
    re.I,
)
UNITS = (
    ("States", r"\b(?:States|countries|governments|Member States|parties|signatories)\b"),
    ("stakeholders", r"\bstakeholders?\b"),
    (
        "persons",
        r"\b(?:participants?|persons|people|individuals|experts|representatives|delegates|students|academics|"
        r"researchers|practitioners|speakers|observers|attendees|women|men|members|nationals|scholars|teachers|journalists)\b",
    ),
    (
        "organizations",
        r"\b(?:organi[sz]ations?|entities|institutions?|groups|companies|universities|associations|networks|bodies|"
        r"agencies|schools|clubs|unions|firms|foundations|NGOs|federations|charities|centres|centers|institutes|enterprises|"
        r"businesses|"
        r"corporations|coalitions|think tanks|laboratories|outlets|offices|programmes|funds|societies|missions|ministries)\b",
    ),
)
COUNT = re.compile(
    rf"(?<![\w/.-])(?P<number>{FIGURE})\s+(?:of (?:them|which|whom)\s+)?(?:were\s+)?(?:(?:from|"
    rf"of)\s+)?(?:the\s+)?(?P<group>(?:(?!and\b|from\b|who\b|that\b|which\b|in\b|took\b|had\b|have\b|has\b|to\b|"
    r"participated\b|attended\b|were\b|came\b|sent\b|joined\b|registered\b|as\b|of\b|representing\b|"
    r"with\b)[A-Za-z][\w'\u2019-]*\s*){1,6})",
    re.I,
)
PARTS = re.compile(
    r"\(([^()]*)\)|[,:\u2013\u2014]\s*(?:(?:the latter|the former|these|they|that is,?|all|both)\s+)?(?:of (?:which|whom|"
    r"these|those|"
    r"them)|among (?:which|whom|them|these)|(?:were |was )?(?:compris\w+|consist\w+|compos\w+|made up|divided|split|drawn)"
    r"(?: of| into| from)?|namely|includ\w+|being|specifically)\s+([^.;()]*)"
)


@dataclass(frozen=True)
class Count:
    """A group that was counted: where the figure stands, the group, what one is a count of, and the group it is part of."""

    paragraph: int
    start: int
    end: int
    group: str
    unit: str
    count: int
    basis: str
    parent: int | None


def counts(parts: list[Part]) -> list[Count]:
    """Return the groups counted where a paragraph says who took part; a part has the unit of its whole and points to it."""
    found: list[Count] = []
    for part in parts:
        if part.kind == "participation":
            for start, end in words.sentences(part.text):
                if _tells(part.text[start:end]):
                    _sentence(part, start, end, found)
    return found


def _tells(sentence: str) -> bool:
    return bool(
        re.search(r"participa|attend|regist|took part|present|joined|represent|came|sent|there were", sentence, re.I)
    ) or bool(COUNT.match(sentence))


def _sentence(part: Part, start: int, end: int, found: list[Count]) -> None:
    """Add the counts of one sentence."""
    inner = [match.span(1) if match[1] else match.span(2) for match in PARTS.finditer(part.text, start, end)]
    basis = "registered" if re.search(r"\bregistered\b", part.text[start:end], re.I) else "participated"
    whole, whole_end = None, -1
    for match in COUNT.finditer(part.text, start, end):
        group = " ".join(match["group"].split())
        within = next((span for span in inner if span[0] <= match.start() < span[1]), None)
        number = words.number(match["number"])
        if number is None or number != int(number) or re.match(rf"(?:{MONTH}|per ?cent|days?|years?)\b", group, re.I):
            continue
        parent = whole if within and whole is not None and whole_end <= within[0] else None
        unit = found[parent].unit if parent is not None else _unit(group)
        if unit:
            found.append(
                Count(part.number, match.start("number"), match.end("number"), _group(group), unit, int(number), basis, parent)
            )
            if parent is None:
                whole, whole_end = len(found) - 1, match.end("number")


def _unit(group: str) -> str:
    return next((unit for unit, pattern in UNITS if re.search(pattern, group, re.I)), "")


def _group(group: str) -> str:
    return re.sub(r"^(?:the|other relevant(?= stakeholders))\s+", lambda m: "other " if "other" in m[0] else "", group)


def meeting(document: Document, parts: list[Part], actors: list[Actor]) -> dict:
    """Return the row of the meeting: what its own paragraphs and the front of the document say of it."""
    front = getattr(document, "front", ())
    held = [
        part.text
        for part in parts
        if part.kind in ("procedure", "background", "opening", "participation") and HELD.search(part.text)
    ]
    sentences = [text[start:end] for text in held for start, end in words.sentences(text) if HELD.search(text[start:end])]
    named = next((match for match in map(MEETING.search, sentences) if match), None)
    best = next((text for text in held if MEETING.search(text)), "")
    place = next(filter(None, (PLACE.search(sentence) for sentence in sentences if sentence in best)), None)
    title = named["title"] if named else (front[0] if front else "Meeting")
    date = _date([*(each for each in sentences if MEETING.search(each)), *sentences, *front])
    chairs = [actor.id for actor in actors if actor.role == "chair"]
    topic = (named["topic"] if named else "") or title
    return {
        "id": words.slug(f"meeting {date:%Y}" if date else "meeting"),
        "title": " ".join((title[:1].upper() + title[1:]).split()),
        "topic": " ".join(topic.split()),
        "ordinal": _ordinal(named["ordinal"] if named else None),
        "date": f"{date:%Y-%m-%d}" if date else "",
        "place": place["place"] if place else "",
        "format": _format(best),
        "language": _languages(best),
        "chairs": chairs[0] if chairs else "",
        "coded": "true",
        "note": "",
        "reason": f"how it was held: {title[:40]}" if named else "nothing says how it was held",
    }


def _date(texts: list[str]) -> datetime.date | None:
    for match in filter(None, map(DATE.search, texts)):
        day, month, year = match["day"] or match["day2"], match["month"] or match["month2"], match["year"] or match["year2"]
        try:
            return datetime.date(int(year), MONTHS.index(month) + 1, int(day))
        except ValueError:
            continue
    return None


def _languages(sentence: str) -> str:
    """Return the languages in which the meeting was held, or between which it was interpreted."""
    tongue = words.either(LANGUAGES)
    match = re.search(rf"\b(?:in|between|into|from)\s+(?:the\s+)?({tongue}(?:,?\s+(?:and\s+)?{tongue})*)\b", sentence)
    return match[1] if match else ""


def _ordinal(word: str | None) -> int:
    if word and word.lower() in ORDINALS:
        return ORDINALS.index(word.lower()) + 1
    digits = re.match(r"\d+", word or "")
    return max(1, int(digits[0])) if digits else 1


def _format(sentence: str) -> str:
    online = re.search(r"\b(?:online|virtual\w*|remote\w*|video ?(?:conference|link)|webcast|platform)\b", sentence, re.I)
    room = re.search(r"\b(?:in[- ]person|in the (?:room|hall)|physical\w*)\b", sentence, re.I)
    if re.search(r"\bhybrid\b", sentence, re.I) or (online and room):
        return "hybrid"
    return "online" if online else "in person" if room else ""
