"""Instruments that a summary names: treaties, resolutions, documents, guidance, cases and reports."""

import re
from dataclasses import dataclass, field

from analysis.draft import words
from analysis.draft.structure import Part
from analysis.draft.words import CAPITAL

TITLE = rf"(?:{CAPITAL}\s+(?:(?:of|for|and|the|on|in|to|against|or|by|with)\s+){{0,3}})*"
TAIL = rf"(?:\s+(?:(?:of|for|and|the|on|in|to|against|or|by|with|concerning|relating to|from),?\s+){{1,3}}{CAPITAL}|\s+{CAPITAL}|,\s+(?={CAPITAL}[\w\s,]{{0,60}}\band\s+[A-Z]){CAPITAL}(?:\s+and\s+{CAPITAL})?)*"
TREATY = r"(?:Conventions?|Protocols?|Covenant|Treaty|Treaties|Statute|Charter|Pact|Compact|Agreement)"
KINDS = {
    "symbol": r"\b(?:[A-Z][A-Za-z]{0,6}/)+(?:[A-Z][\w.]*/)*(?:RES/|CONF\.|WG\.)?[\w.-]+(?:/[\w.-]+)*(?:\s\(\d{4}\))?",
    "resolution": r"\b(?P<word>[Rr]esolutions?|[Dd]ecisions?)\s+(?P<numbers>\d[\w/.-]*(?:\s+\([^)]{1,12}\)|\s+[A-Z]{1,2}\b)?(?:(?:,\s+|,?\s+and\s+)\d[\w/.-]*(?:\s+\([^)]{1,12}\))?)*)",
    "paragraph": r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Rr]ules?|[Ss]ections?|[Cc]hapters?)\s+\d+[^.;]{0,40}?\s+of\s+(?:the\s+|its\s+)?(?:annex to the\s+)?(?P<of>(?:[A-Za-z]+\s+and\s+)?[A-Z]?[a-z]*\s?(?:Conventions?|Protocols?|"
    r"procedures and rules|rules of procedure|terms of reference|guidelines|resolution|Covenant|Statute|rules))",
    "guidance": rf"\b(?:{TITLE})(?:Toolkit|Tool Kit|Handbook|Manual|Guide|Guidelines|Guidance(?: Note)?|Model Law|Principles|Checklist|Toolbox|Framework|Compendium|Digest)\b(?:\s+(?:on|for|of|to)\s+[^.,;:()]+?(?=\s+(?:as|to|was|were|is|are|and (?:recommended|called|noted|stressed)|should|which|that|could|had|has)\b|[.,;:()]|$))?",
    "declaration": rf"\b(?:{TITLE})(?:Declaration|Programme of Action|Plan of Action|Agenda|Recommendation No|Action Plan)\b(?:{TAIL})(?:\s+\d{{4}})?",
    "treaty": rf"\b(?:{TITLE}){TREATY}\b(?:\s+(?:against|on|to|for|concerning|of|relating to)\s+(?:the\s+)?{CAPITAL}{TAIL})?(?:\s+(?:of\s+)?\d{{4}})?",
    "case": r"\b(?:[Tt]he|[Aa]|[Oo]ne|[Tt]wo)\s+(?:\w+\s+)?(?:case|judgment|judgement|ruling|decision|proceedings)s?\s+(?:at|before|of|by|from|in)\s+(?:the\s+|an?\s+)?(?:[A-Z]\w+\s+(?:of\s+|for\s+|on\s+)?)*(?:Court|Tribunal|Chamber)s?\b(?:\s+of(?:\s+the)?(?:\s+[A-Z]\w+)+)?",
    "report": r"\b(?:[Tt]he|[Aa]|[Hh]er|[Hh]is|[Ii]ts)\s+(?:[a-z-]+\s+){0,2}(?:report|study|assessment|survey)\s+(?:on|of|about|by|from|entitled)\s+[^.,;:()]+?(?=\s+(?:by|as|was|were|had|has|is|which|that|showed|published|issued)\b|[.,;:()]|$)"
    r"|\b(?:[A-Z]\w+\s+){1,3}(?:Report|Study|Survey|Index)\b(?:\s+on(?:\s+[A-Z]\w+)+)?(?:\s+\d{4})?",
    "acronym": r"\bUNTOC\b|\bUNCAC\b|\bCEDAW\b|\bCRC\b|\bICCPR\b|\bICESCR\b|\bCRPD\b|\bUNCLOS\b",
}
PATTERN = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}
STATUS_REPORT = re.compile(r"\b(?:status|progress) report|\bprepared by|\bthe report\b(?!\s+(?:on|by)\s)", re.I)
BODIES = re.compile(r"\b(?:Conference of the Parties to the|Parties to the|Working Group on the?|States parties to the)\s+")
OFFICIAL = re.compile(
    r"\b(?:Special Rapporteur|Secretary-General|Commission|Committee|Office|Programme|Council|Organi[sz]ation|Agency|Institute|[A-Z]{3,})\b"
)
TABLE = {"symbol": "document", "paragraph": "document", "acronym": "treaty"}


@dataclass
class Instrument:
    """An instrument: the columns of `instruments` that a text can tell, and the places where it is named."""

    id: str
    kind: str
    title: str
    symbol: str
    date: str
    reason: str
    mentions: list[tuple[int, str]] = field(default_factory=list)


def instruments(parts: list[Part]) -> list[Instrument]:
    """Return the instruments in the order in which they are first named, each with its mentions, one form once a paragraph."""
    found: list[Instrument] = []
    for part in parts:
        for _, kind, name, symbol in sorted(_named(part.text)):
            _add(found, part.number, kind, name, symbol)
    return found


def _named(text: str):
    """Give place, kind, words and symbol of every instrument that a paragraph names; of two that overlap, the first kind."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in PATTERN.items():
        for match in pattern.finditer(text):
            for name, symbol, start in _names(kind, match):
                end = start + len(name)
                if not any(start < right and left < end for left, right in taken) and _holds(kind, name, text, end):
                    taken.append((start, end))
                    yield start, kind, name, symbol


def _names(kind: str, match: re.Match):
    """Give the words, the symbol and the place of each instrument in a match: a list of resolutions names several."""
    if kind == "resolution":
        for number in re.finditer(r"\d[\w/.-]*(?:\s+\([^)]{1,12}\)|\s+[A-Z]{1,2}\b)?", match["numbers"]):
            first = number.start() == 0
            start = match.start() if first and not match["word"].endswith("s") else match.start("numbers") + number.start()
            end = match.start("numbers") + number.end()
            yield match.string[start:end].rstrip(".,"), f"{match['word'].rstrip('s').lower()} {number[0]}".rstrip(".,"), start
        return
    name = (
        re.sub(r"^(?:The|This|An?|Its|These|In|Under|For)\s+", "", match[0])
        if kind in ("treaty", "guidance", "declaration")
        else match[0]
    )
    shift = len(match[0]) - len(name)
    cut = BODIES.search(name)
    if cut and kind == "treaty":
        name, shift = name[cut.end() :], shift + cut.end()
    yield name.rstrip(" ,."), name.rstrip(" ,.") if kind == "symbol" else "", match.start() + shift


def _holds(kind: str, name: str, text: str, end: int) -> bool:
    """Say whether words that look like an instrument are one."""
    if kind == "symbol":
        return bool(re.search(r"\d", name)) and name.count("/") > 1
    if kind in ("treaty", "guidance", "declaration"):
        return len(name.split()) > 1 and not re.match(r"(?:Voluntary|States)\b", name)
    if kind == "report":
        return not STATUS_REPORT.search(name) and bool(OFFICIAL.search(name + text[end : end + 80]) or name[0].isupper())
    return True


def _add(found: list[Instrument], paragraph: int, kind: str, name: str, symbol: str) -> None:
    """Add a mention to the instrument that has the same symbol or title, or make a new one."""
    known = next((each for each in found if _same(each, kind, name, symbol)), None)
    if known is None:
        title = symbol if kind == "resolution" else name
        known = Instrument(
            words.distinct(words.slug(title), {each.id for each in found}), TABLE.get(kind, kind), title[:1].upper() + title[1:], symbol, _year(name),
            f"{kind}: {name[:40]}",
        )  # fmt: skip
        found.append(known)
    if (paragraph, name) not in known.mentions:
        known.mentions.append((paragraph, name))


def _year(name: str) -> str:
    years = re.findall(r"\b(?:19|20)\d\d\b", name)
    return years[-1] if years else ""


def _same(known: Instrument, kind: str, name: str, symbol: str) -> bool:
    """Say whether a name is that of an instrument: the same symbol, the same words, a short form or its initials."""
    if symbol or known.symbol:
        return bool(symbol) and symbol.lower() == known.symbol.lower()
    if kind == "paragraph" or known.reason.startswith("paragraph"):
        return _part(name) == _part(known.mentions[0][1]) and kind == "paragraph"
    if TABLE.get(kind, kind) != known.kind:
        return False
    if kind == "acronym":
        return _abbreviates(name, known.title)
    one, other = set(name.lower().split()), set(known.title.lower().split())
    return one <= other or other <= one


def _part(name: str) -> str:
    return re.sub(r"^.*\bof\s+(?:the\s+)?", "", name).lower()


def _abbreviates(short: str, title: str) -> bool:
    letters = iter("".join(word[0] for word in re.findall(r"[A-Za-z]+", title)).upper())
    return all(letter in letters for letter in short.upper())
