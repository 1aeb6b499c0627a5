"""Divide observations into atomic recommendations: what is asked, of whom, and with which first verb."""

import re
from dataclasses import dataclass

from analysis.draft import words
from analysis.draft.structure import Part
from analysis.draft.verbs import ACTIONS, ALSO_NOUNS, base

BASE = words.either([*ACTIONS, *ALSO_NOUNS])
ONLY = words.either(ACTIONS)
SOFT = r"(?:(?:also|further|rather|instead|always|therefore|thus|then|in turn|likewise|better|\w+ly)\s+)*"
MODAL = re.compile(
    r"\b(?P<modal>should|shall|must|ought to|(?:is|are) (?:strongly )?(?:encouraged|invited|urged|called (?:up)?on|"
    r"requested|recommended|advised|asked) to|"
    r"(?:may|might|could) (?:wish to )?(?:also )?(?:consider)?|needs? to)\b",
    re.I,
)
PASSIVE = re.compile(rf"^{SOFT}(?:not\s+)?{SOFT}be\s+{SOFT}(?P<verb>[a-z]+(?:ed|en|t|de|ld|un|pt))\b", re.I)
ACTIVE = re.compile(rf"^(?:,[^,]*,\s*)?{SOFT}(?:not\s+|never\s+)?{SOFT}(?P<verb>[a-z-]+)", re.I)
CUTS = re.compile(
    "|".join(
        (
            r"(?P<list>;\s+(?:and\s+|or\s+)?)",
            rf"(?P<contrast>,?\s+but\s+(?={SOFT}(?:not\s+)?{SOFT}(?:{BASE}|should|must)\b))",
            rf"(?P<listed>,\s+(?:and|or)\s+(?={SOFT}(?:not\s+)?{SOFT}(?:{BASE}|should|must)\s))",
            r"(?P<negation>\s+and\s+(?=(?:not|never|refrain|should|must)\s))",
            rf"(?P<likewise>,?\s+as well as\s+(?:to\s+)?(?={SOFT}{ONLY}\s))",
            rf"(?P<series>,\s+(?=(?:not\s+)?{SOFT}{ONLY}\s[^;.]{{2,300}}?,?\s+and\s+{SOFT}{ONLY}\s))",
            r"(?P<basis>,\s+(?=(?:with reference to|on the basis of|based on)\s))",
            rf"(?P<joined>\s+and,\s+(?=[^,;]{{3,60}},\s+{BASE}\s))",
            rf"(?P<infinitive>,?\s+and\s+(?=to\s+{SOFT}{BASE}\s))",
            rf"(?P<plain>\s+and\s+(?={SOFT}{ONLY}\s))",
        )
    ),
    re.I,
)
AGENT = re.compile(
    r"\b(?:states?|government(?:s|al)?|parties|authorit(?:y|ies)|secretariat|organi[sz]ations?|unodc|entit(?:y|ies)|"
    r"stakeholders?|conference|society|sector|"
    r"institutions?|agenc(?:y|ies)|practitioners?|donors?|countr(?:y|ies)|ministr(?:y|ies)|bod(?:y|ies)|mechanisms?|"
    r"groups?|nations|companies|business(?:es)?|"
    r"universities|academia|media|parliaments?|legislatures?|courts?|police|municipalit(?:y|ies)|actors|regulators?|"
    r"chairs?|they|we)\b",
    re.I,
)


@dataclass(frozen=True)
class Recommendation:
    """An atomic recommendation: its place and sentence, who is to act as printed and as read, first verb, rule."""

    paragraph: int
    sentence: int
    start: int
    end: int
    stated: str
    inferred: str
    verb: str
    reason: str


def recommendations(parts: list[Part]) -> list[Recommendation]:
    """Return the atomic recommendations of the observations; every observation has at least one."""
    return [row for part in parts if part.kind == "observation" for row in _paragraph(part)]


def _paragraph(part: Part) -> list[Recommendation]:
    found, addressee = [], ""
    for place, (start, end) in enumerate(words.sentences(part.text), 1):
        modal = MODAL.search(part.text, start, end)
        if modal:
            addressee = _addressee(part.text[start : modal.start()], addressee, part.text[modal.end() : end])
            found += _sentence(part, place, start, end, modal, addressee)
    if not found:
        start, end = words.trimmed(part.text, 0, len(part.text))
        verb = next((each[0].lower() for each in re.finditer(rf"\b{ONLY}\b", part.text, re.I)), "consider")
        found = [Recommendation(part.number, 1, start, end, "", "States", verb, "the whole paragraph: no modal was found")]
    return found


def _sentence(part: Part, place: int, start: int, end: int, modal: re.Match, addressee: str) -> list[Recommendation]:
    rows, left, rule, verb = [], start, modal["modal"].strip(), ""
    from_verb = modal.end()
    for cut in [*(c for c in CUTS.finditer(part.text, modal.end(), end) if _own(part.text, from_verb, c, end)), None]:
        right = cut.start() if cut else end
        if cut and right <= left:
            continue
        span = words.trimmed(part.text, left, right)
        verb = verb if rule == "basis" else first_verb(part.text[from_verb:right])
        if len(part.text[span[0] : span[1]].split()) > 1:
            rows.append(Recommendation(part.number, place, *span, addressee, addressee or "States", verb, f"{rule}: {verb}"))
        if cut:
            left, rule = cut.end(), cut.lastgroup
            again = MODAL.match(part.text, left)
            from_verb = again.end() if again else left
            from_verb += _adverbial(part.text[from_verb:end], cut.lastgroup)
    return rows


def _own(text: str, verb_start: int, cut: re.Match, end: int) -> bool:
    """Say whether what follows a cut is asked for itself: it is no second verb of one object, nor of a purpose."""
    before = text[verb_start : cut.start()]
    after = text[cut.end() : end]
    if len(after.split()) < 2:
        return False
    if cut.lastgroup == "infinitive":
        return bool(re.search(r"\bto$", text[:verb_start]))
    if cut.lastgroup in ("list", "contrast", "negation", "basis", "joined"):
        return True
    doubled = re.search(r"\bto better\b", before) and re.match(r"better\s", after)
    if doubled:
        return True
    verbs = [match.end() for match in re.finditer(rf"\b{BASE}\b", before, re.I)]
    object_words = before[verbs[-1] :].split() if verbs else before.split()[1:]
    if cut.lastgroup in ("listed", "series"):
        return len(before.split()) > 2 and not (cut.lastgroup == "series" and _in_purpose(before))
    return len(object_words) > 0 and len(before.split()) > 2 and not _in_purpose(before)


def _in_purpose(before: str) -> bool:
    """Say whether the words end inside "to do something": what is joined to them belongs to the purpose."""
    return bool(re.search(rf"\s(?:to|that|which|who|how)\s+{SOFT}[a-z]+\b[^,;]*$", before))


def _adverbial(asked: str, rule: str | None) -> int:
    """Return the length of what stands before the verb of a joined part: "where they do not," or "to"."""
    match = re.match(r"[^,;]*,\s+", asked) if rule == "joined" else re.match(r"to\s+", asked) if rule == "infinitive" else None
    return match.end() if match else 0


def first_verb(asked: str) -> str:
    """Return the first verb of what is asked, in its base form, without a negation.

    >>> first_verb(" not build weirs"), first_verb(" be established everywhere")
    ('build', 'establish')
    """
    asked = re.sub(r"^[\s,]+", "", asked)
    passive = PASSIVE.match(asked)
    if passive:
        return base(passive["verb"].lower())
    match = ACTIVE.match(asked)
    return base(match["verb"].lower()) if match else "consider"


def _addressee(before: str, last: str, after: str) -> str:
    """Return who is to act as the words before the modal print it; blank where something is to be done by nobody named."""
    named = before.strip(" ,")
    named = (
        re.sub(r"^.*?,\s+(?=[^,]*$)", "", named)
        if re.match(r"(?:To|In|With|For|Where|When|As|Given|Considering|Regarding|At)\b", named)
        else named
    )
    named = re.sub(
        r"^(?:The Co-Chairs? (?:recommended|suggested|noted|proposed) that|It (?:is|was) recommended that)\s+",
        "",
        named,
        flags=re.I,
    )
    if re.fullmatch(r"(?:they|these)(?: also)?", named, re.I):
        return last
    passive = PASSIVE.match(after.strip())
    agent = AGENT.search(named)
    if (
        not agent
        or passive
        or len(named.split()) > 12
        or re.match(r"(?:an?|more|all|any|every|each|such|this|these|those)\s+(?!States)", named, re.I)
    ):
        return ""
    return re.sub(r"^the\s+", "", named, flags=re.I)
