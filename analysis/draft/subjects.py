"""Whose paragraph it is: who is the subject of its first sentence, a body or person that is named, the floor, the chair."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.draft import words
from analysis.draft.words import ADVERB, CAPITAL, CHAIR, FLOOR, NAME, OFFICE, TOLD, VERB

TITLED = r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Ambassador|Sir|Madam|Her Excellency|His Excellency)\.?"
BARE = rf"{CAPITAL}(?:\s+(?:(?:de|la|van|von|der|el|al|bin|dos|da)\s+)?{CAPITAL})"
PERSON = rf"(?:{TITLED}\s+{BARE}{{0,3}}|{BARE}{{1,3}})"
WHO = (  # nouns for somebody who speaks for a body
    r"(?:panell?ist|presenter|speaker|expert|representative|delegate|discussant|spokes(?:person|man|woman)|co-?ordinator|"
    r"director|president|head|founder|executive|officer|manager|member|researcher|professor|lecturer|scholar|lawyer|advocate|"
    r"activist|advis[eo]r|analyst|doctor|physician|nurse|journalist|investigator|specialist|survivor|economist|practitioner|"
    r"fellow|scientist|editor|leader|secretary|colleague|contributor|intervener|chief|volunteer|engineer|consultant|"
    r"representatives)"
)
TALK = (
    r"(?:presentation|intervention|contribution|statement|address|talk|speech|briefing|paper|remarks|perspective|testimony|"
    r"input|case study)"
)
FOR = (
    r"(?:from|of|for|at|with|by|representing|(?:who )?(?:spoke|speaking) (?:for|on behalf of)|on behalf of|"
    rf"in (?:her|his|their) capacity as \w+ of|to)\b(?!\s+{TITLED})"
)
SMALL = rf"(?:(?!(?:{VERB}|that|which|whether|how)\b)[a-z][\w'\u2019-]*,?\s+)"
DETERMINED = r"(?i:the|an?|another|one|its|our|this|that|for (?:the|its)|as (?:the )?)\s+"
FRAME = re.compile(
    r"(?:In|On|At|During|For|From|As|With|After|Following|Before|Under|Next|Then|First|Second|Third|Fourth|To|However|Meanwhile|"
    r"Also|Among|[a-z]+ing|[a-z]+ly)\b[^.;]{0,160}?,\s+",
    re.I,
)
BEFORE = r"(?:panel|session|segment|round|included|heard|featured|in|on|of|for|to|by|were|was)"
BY_NOUN = re.compile(
    rf"(?:{DETERMINED})?(?:(?!(?:{VERB}|{BEFORE})\b)[A-Za-z-]+\s+){{0,4}}?(?:(?i:{WHO}|"
    rf"{TALK}))\b,?\s+(?:{PERSON},?\s+)?{SMALL}{{0,8}}?"
    rf"(?:{PERSON},?\s+{SMALL}{{0,6}}?)?{FOR}\s+(?:(?i:the|an?)\s+)?(?P<name>{NAME})"
)
BY_PERSON = re.compile(rf"(?P<person>{PERSON})(?:,?\s+{SMALL}{{0,8}}?{FOR}\s+(?i:the\s+)?|,?\s*\((?i:the\s+)?)(?P<name>{NAME})")
ALONE = re.compile(rf"(?P<person>{TITLED}\s+{BARE}{{0,3}}),?\s+(?:[^.;]{{0,120}}?,\s+)?{ADVERB}(?:{TOLD})\b")
FOR_WHOM = re.compile(
    rf"(?:(?:Speaking|Intervening|Presenting|Appearing)\s+)?(?:[Oo]n behalf of|[Ff]or|[Rr]epresenting|[Ff]rom)\s+"
    rf"(?:the\s+)?(?P<name>{NAME}),\s+(?={PERSON}|(?i:the|an?|its|her|his)\s)"
)
ITSELF = re.compile(
    rf"(?:[Tt]he\s+)?(?P<name>{NAME})(?:,\s[^.;]{{2,160}}?,|\s+\([^)]*\))?\s+{ADVERB}"
    rf"(?:was represented|were represented|took the floor|gave|made|delivered|(?:{VERB}))\b"
)
TO_WHOM = re.compile(
    rf"(?i:the|next,? the|first,? the)?\s*floor was (?:then |next )?(?:given|passed|handed) to\s+(?:{PERSON},?\s+(?:{FOR}\s+)?)?"
    rf"(?:the\s+)?(?P<name>{NAME})"
)
HELD_BY_ALL = re.compile(rf"(?i:{FLOOR})\b")
ONE = re.compile(r"(?:an?|another|one|a second|a third)\s", re.I)
LED = re.compile(rf"{CHAIR}\b", re.I)
SERVED = re.compile(rf"(?:{OFFICE})\b", re.I)
NO_BODY = re.compile(
    r"(?:(?:Segment|Session|Part|Item|Section|Cluster|Block) [\dIVX]+|States?|Governments?|Speakers?|Participants?|"
    r"Delegat\w+|Panell?ists?|Presentations?|Parties|Member States|Secretariat|"
    r"(?:Co-|Vice-)?Chair\w*|Conference of the|Working Group|General Assembly|Security Council|Floor|Dialogue|Panel|"
    r"Discussions?)\b"
    r"|[^,]*\b(?:Convention|Protocol|Covenant|Treaty|Declaration)s?$"
)
NO_NAME = re.compile(
    r"(?:Some|Several|Many|Numerous|Others?|Another|Most|Few|No|It|They|He|She|This|These|Those|There|While|Although|If|When|"
    r"Where|Both|All|One|Two|Three|In|On|At|For|From|As|With|After|During|Under|Following|Regarding|Of|Among)\b"
)


@dataclass(frozen=True)
class Opening:
    """The subject of a first sentence: named, floor, chair, office or other; and the name, blank for all but the named."""

    kind: str
    name: str = ""
    person: bool = False


OTHER = Opening("other")


def opening(text: str, listed: Sequence[str] = ()) -> Opening:
    """Return whose words a paragraph begins with.

    Parameters
    ----------
    text : str
        A paragraph.
    listed : sequence of str
        Names that were announced, which are known wherever they are the subject.

    >>> opening("Ms. Ada Reed (Ferry Aid) said that locks leak.").name
    'Ferry Aid'
    >>> opening("In the debate, some speakers feared the price.").kind
    'floor'
    """
    first = words.first_sentence(text)[:500]
    given = TO_WHOM.match(first) or FOR_WHOM.match(first)
    if given and _body(given["name"]):
        return Opening("named", _known(given["name"], first, listed))
    found = _subject(first, listed)
    left = 0
    for _ in range(3):
        frame = FRAME.match(first, left) if found.kind == "other" else None
        if not frame:
            break
        left = frame.end()
        found = _subject(first[left:], listed)
    return found


def _subject(clause: str, listed: Sequence[str]) -> Opening:
    """Return the subject with which a clause begins."""
    named = _named(clause, listed)
    crowd = HELD_BY_ALL.match(clause)
    if crowd and not (named and (clause[:4].lower() == "the " or (ONE.match(clause) and named.name in listed))):
        return Opening("floor")
    if named:
        return named
    if LED.match(clause):
        return Opening("chair")
    return Opening("office") if SERVED.match(clause) else OTHER


def _named(clause: str, listed: Sequence[str]) -> Opening | None:
    for pattern in (BY_NOUN, BY_PERSON, ITSELF):
        match = pattern.match(clause)
        if match and _body(match["name"]) and (pattern is not ITSELF or _proper(match["name"], listed)):
            return Opening("named", _known(re.sub(rf"\s+(?:{VERB})$", "", match["name"]), clause, listed))
    alone = ALONE.match(clause)
    if alone:
        return Opening("named", re.sub(rf"^{TITLED}\s+", "", alone["person"]), True)
    held = [name for name in listed if 0 <= clause.find(name) < 120]
    before = clause[: clause.find(held[0])] if held else ""
    if held and not re.search(rf"\b(?:{VERB})\b|\b(?:{CHAIR}|{OFFICE})\b", before, re.I):
        return Opening("named", max(held, key=len))
    return None


def _known(name: str, clause: str, listed: Sequence[str]) -> str:
    """Return the name as it was announced, where an announced one stands in the clause."""
    held = [each for each in listed if 0 <= clause.find(each) < 250 and (each not in name or name.startswith(each))]
    return max(held, key=len) if held else name


def _body(name: str) -> bool:
    """Say whether a capitalised name may be that of somebody who speaks."""
    return not NO_BODY.match(name)


def _proper(name: str, listed: Sequence[str]) -> bool:
    """Say whether a name that begins a sentence is a name: announced, an acronym, or of more than one capitalised word."""
    if NO_NAME.match(name) and name not in listed:
        return False
    return name in listed or name.isupper() or len(re.findall(rf"(?<!\S){CAPITAL}", name)) > 1


SAME = re.compile(
    rf"(?:[^.;]{{0,100}},\s+)?(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:same )?(?:{WHO}|organi[sz]ation|association|university))"
    rf",?\s+{ADVERB}(?:{TOLD})\b"
)


def goes_on(text: str) -> bool:
    """Say whether a paragraph goes on with whoever spoke in the one before: its subject is a pronoun or a noun without a name.

    >>> goes_on("She also called for wider locks."), goes_on("A speaker called for wider locks.")
    (True, False)
    """
    return bool(SAME.match(text[:400]))
