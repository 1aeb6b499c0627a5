"""Instruments that a summary names: treaties, resolutions, documents, guidance, cases and reports."""

import re
from dataclasses import dataclass, field

from analysis.draft import words
from analysis.draft.structure import Part
from analysis.draft.words import CAPITAL

LINK = r"(?:(?:of|for|and|the|on|in|to|against|or|by|with|concerning|relating to|from),?\s+)"
TITLE = rf"(?:{CAPITAL}\s+{LINK}{{0,3}}){{0,12}}"
TAIL = (
    rf"(?:\s+{LINK}{{1,3}}{CAPITAL}|\s+{CAPITAL}|"
    rf",\s+(?={CAPITAL}[\w\s,]{{0,60}}\band\s+[A-Z]){CAPITAL}(?:\s+and\s+{CAPITAL})?){{0,12}}"
)
TREATY = r"(?:Conventions?|Protocols?|Covenant|Treaty|Treaties|Statute|Charter|Pact|Compact|Agreement)"
GUIDE = (
    r"(?:Toolkit|Tool Kit|Handbook|Manual|Guide|Guidelines|Guidance(?: Note)?|Model Law|Principles|Checklist|Toolbox|"
    r"Framework|Compendium|Digest)"
)
NUMBER = r"\d[\w/.-]*(?:\s+\([^)]{1,12}\)|\s+[A-Z]{1,2}\b)?"
ENDS = (
    r"(?=\s+(?:as|to|was|were|is|are|by|should|which|that|could|had|has|showed|and (?:recommended|called|noted|stressed|of|"
    r"by))\b|[.,;:()]|$)"
)
COURT = (
    r"(?:\w+\s+){0,3}?(?:[Cc]ourt|[Tt]ribunal|[Cc]hamber)s?\b(?:\s+of\s+(?:appeal|cassation|justice)|"
    r"\s+of(?:\s+the)?(?:\s+[A-Z]\w+)+)?"
)
PATTERNS = {  # of two that overlap, the first
    "symbol": r"\b(?:[A-Z][A-Za-z]{0,6}/)+(?:[A-Z][\w.]*/)*(?:RES/|CONF\.|WG\.)?[\w.-]+(?:/[\w.-]+)*(?:\s\(\d{4}\))?",
    "resolution": rf"\b(?P<word>[Rr]esolutions?|[Dd]ecisions?)\s+(?P<numbers>{NUMBER}(?:(?:,\s+|,?\s+and\s+){NUMBER})*)",
    "paragraph": r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Rr]ules?|[Ss]ections?|"
    r"[Cc]hapters?)\s+\d+[^.;]{0,40}?\s+of\s+(?:the\s+|its\s+)?"
    r"(?:annex to the\s+)?(?:(?:[A-Za-z]+\s+and\s+)?[A-Z]?[a-z]*\s?(?:Conventions?|Protocols?|procedures and rules|"
    r"rules of procedure|"
    r"terms of reference|guidelines|resolution|Covenant|Statute|rules))",
    "guidance": rf"\b(?:{TITLE}){GUIDE}\b(?:\s+(?:on|for|of|to)\s+[^.,;:()]+?{ENDS})?",
    "drafted": r"\b(?:draft|model|revised) (?:guidelines|principles|legislation|law|convention|resolution|"
    r"declaration)\b(?: of \d{4})?|\b(?:guidelines|principles|standards|code of (?:conduct|practice)|handbook|manual|toolkit|"
    r"checklist|compendium|road ?map|strategy|action plan|model law)\b (?:(?:that|which) [^.,;:()]{3,60}? (?:ha[sd]|have) |"
    r"(?:as )?)"
    r"(?:issued|adopted|published|agreed|drawn up|endorsed|approved|released|launched)\b(?: (?:in|"
    r"by) [^.,;:()]{2,40}?(?=[.,;:()]| (?:and|but|to|"
    r"as|which|that)\b))?",
    "declaration": rf"\b(?:{TITLE})(?:Declaration|Programme of Action|Plan of Action|Agenda|Recommendation No|"
    rf"Action Plan)\b{TAIL}(?:\s+\d{{4}})?",
    "treaty": rf"\b(?:{TITLE}){TREATY}\b(?:\s+(?:against|on|to|for|concerning|of|"
    rf"relating to)\s+(?:the\s+)?{CAPITAL}{TAIL})?(?:\s+(?:of\s+)?\d{{4}})?",
    "case": r"\b(?:[Tt]he|[Aa]|[Oo]ne|[Tt]wo)\s+(?:\w+\s+)?(?:case|judgment|judgement|ruling|decision|proceedings)s?\s+"
    rf"(?:at|before|of|by|from|in)\s+(?:the\s+|an?\s+)?{COURT}",
    "report": r"\b(?:[Tt]he|[Aa]|[Hh]er|[Hh]is|[Ii]ts)\s+(?:[a-z-]+\s+){0,2}(?:report|study|assessment|survey)\s+"
    rf"(?:on|of|about|by|from|entitled)\s+[^.,;:()]+?{ENDS}|\b(?:[A-Z]\w+\s+){{1,3}}(?:Report|Study|Survey|"
    rf"Index)\b(?:\s+on(?:\s+[A-Z]\w+)+)?",
    "acronym": r"\b(?:UNTOC|UNCAC|CEDAW|CRC|ICCPR|ICESCR|CRPD|UNCLOS)\b",
}
PATTERN = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}
KINDS = {
    "drafted": "guidance",
    "symbol": "document",
    "paragraph": "document",
    "acronym": "treaty",
}  # where it is not the same word
TITLED = ("treaty", "guidance", "declaration")
APART = re.compile(rf"\s+(?:and|of|to|under|by|through|for)\s+(?:the|its)\s+(?=(?:\S+\s+)*?{TREATY}\b)")
FIRST = re.compile(r"^(?:(?:The|This|An?|Its|These|In|Under|For|Of)\s+)+")
STATUS_REPORT = re.compile(r"\b(?:status|progress) report|\bprepared by|\bthe report\b(?!\s+(?:on|by)\s)", re.I)
OFFICIAL = re.compile(
    r"\b(?:Special Rapporteur|Secretary-General|Commission|Committee|Office|Programme|Council|Organi[sz]ation|Agency|"
    r"Institute|experts|[A-Z]{3,})\b"
)


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


def instruments(parts: list[Part], organizations: list[str]) -> list[Instrument]:
    """Return the instruments in the order in which they are first named, each with its mentions, one form once a paragraph.

    What stands inside the name of an organization is none.
    """
    own = re.compile(words.either(map(re.escape, organizations))) if organizations else None
    found: list[Instrument] = []
    for part in parts:
        for _, kind, name, symbol in sorted(_named(part.text, own)):
            _add(found, part.number, kind, name, symbol)
    return found


def _named(text: str, own: re.Pattern | None):
    """Give place, kind, words and symbol of every instrument that a paragraph names; of two that overlap, the first kind."""
    taken = bytearray(len(text))
    for match in own.finditer(text) if own else ():
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    for kind, pattern in PATTERN.items():
        for match in pattern.finditer(text):
            for name, symbol, start in _names(kind, match):
                end = start + len(name)
                if not any(taken[start:end]) and _holds(kind, name, text[end : end + 80]):
                    taken[start:end] = b"\1" * len(name)
                    yield start, kind, name, symbol


def _names(kind: str, match: re.Match):
    """Give the words, the symbol and the place of each instrument in a match: a list of resolutions names several."""
    if kind == "resolution":
        for number in re.finditer(NUMBER, match["numbers"]):
            first = number.start() == 0 and not match["word"].endswith("s")
            start = match.start() if first else match.start("numbers") + number.start()
            words_ = match.string[start : match.start("numbers") + number.end()].rstrip(".,")
            yield words_, f"{match['word'].rstrip('s').lower()} {number[0].rstrip('.,')}", start
        return
    start = match.start()
    for name in APART.split(match[0]) if kind == "treaty" else [match[0]]:
        start = match.string.index(name, start)
        bare = FIRST.sub("", name) if kind in TITLED else name
        yield bare.rstrip(" ,."), bare.rstrip(" ,.") if kind == "symbol" else "", start + len(name) - len(bare)


def _holds(kind: str, name: str, after: str) -> bool:
    """Say whether words that look like an instrument are one."""
    if kind == "symbol":
        return bool(re.search(r"\d", name)) and name.count("/") > 1
    if kind == "treaty":
        return bool(re.search(rf"\b{TREATY}\b", name)) and len(name.split()) > 1 and not name.startswith("States")
    if kind in TITLED:
        return len(name.split()) > 1 and not name.startswith(("Voluntary", "States"))
    if kind == "report":
        return not STATUS_REPORT.search(name) and bool(OFFICIAL.search(name + after) or name[0].isupper())
    return True


def _add(found: list[Instrument], paragraph: int, kind: str, name: str, symbol: str) -> None:
    """Add a mention to the instrument that has the same symbol or title, or make a new one."""
    known = next((each for each in found if _same(each, kind, name, symbol)), None)
    if known is None:
        title = symbol if kind == "resolution" else name
        years = re.findall(r"\b(?:19|20)\d\d\b", name)
        id = words.distinct(words.slug(title), {each.id for each in found})
        title, date = title[:1].upper() + title[1:], years[-1] if years else ""
        known = Instrument(id, KINDS.get(kind, kind), title, symbol, date, f"{kind}: {name[:40]}")
        found.append(known)
    if (paragraph, name) not in known.mentions:
        known.mentions.append((paragraph, name))


def _same(known: Instrument, kind: str, name: str, symbol: str) -> bool:
    """Say whether a name is that of an instrument: the same symbol, the same words, a short form or its initials."""
    if symbol or known.symbol:
        return bool(symbol) and symbol.lower() == known.symbol.lower()
    if kind == "paragraph":
        treaty = re.search(rf"\b{TREATY}$", name)
        if treaty and known.kind == "treaty":
            return treaty[0].lower().rstrip("s") in known.title.lower()
    if kind == "paragraph" or known.reason.startswith("paragraph"):
        return kind == "paragraph" and _whole(name) == _whole(known.mentions[0][1])
    if KINDS.get(kind, kind) != known.kind:
        return False
    if kind == "acronym":
        return name == known.title or _abbreviates(name, known.title)
    one, other = set(name.lower().split()), set(known.title.lower().split())
    return one <= other or other <= one


def _whole(name: str) -> str:
    return re.sub(r"^.*\bof\s+(?:the\s+)?", "", name).lower()


def _abbreviates(short: str, title: str) -> bool:
    letters = iter("".join(word[0] for word in re.findall(r"[A-Za-z]+", title)).upper())
    return all(letter in letters for letter in short.upper())
