"""Divide paragraphs into statements: one thing that one speaker is recorded as saying."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from analysis.draft import words
from analysis.draft.speakers import Actor, quantifier
from analysis.draft.structure import Part
from analysis.draft.verbs import ACTIONS
from analysis.draft.words import ADVERB, CHAIR, FLOOR, OFFICE, SAYING, SUBJECT, SURE, TOLD, VERB

SPOKEN = ("opening", "briefing", "panellist", "discussion")
WORTH = (
    r"(?:(?:crucial|critical|vital|key|central|essential|important|urgent|pressing|significant|continued|great|growing)\s+)*"
    r"(?:importance|need|role|value|relevance|necessity|urgency|benefits?|potential|contribution|lack|challenges?|"
    r"difficulties|usefulness)"
)
ACT = words.either(ACTIONS)
CUTS = re.compile(
    r"(?=[,;:]|\s(?:and|as well as|since)\s)(?:"
    + "|".join(
        (
            r"(?P<list>;\s+(?:and,?\s+|or\s+|as well as\s+|including\s+)?)",
            rf"(?P<saying>,?\s+(?:and\s+|while\s+|also\s+|further\s+|in particular\s+)*(?={SAYING}\s+(?:that|the|its|"
            rf"their|his|her|how|an?|for|on|upon|concern|with|out)\b))",
            rf"(?P<said>,?\s+(?:and|but)\s+{ADVERB}(?={SURE}\b))",
            rf"(?P<reported>,?\s+and\s+{ADVERB}(?={VERB}\s+(?:that|for|by)\b))",
            rf"(?P<held>,\s+(?:and|but|while|although)\s+{ADVERB}(?={VERB}\s+(?!by\b)))",
            r"(?P<that>,?\s+and\s+(?=that\s)|,\s+(?=that\s))",
            rf"(?P<worth>,?\s+(?:and|as well as)\s+(?=(?:on |about )?(?:the )?{WORTH}\s+(?:of|for|to|that|in)\b))",
            rf"(?P<relative>,\s+(?=which\s+(?i:{FLOOR})\s))",
            r"(?P<whose>,\s+(?=whose\s))",
            rf"(?P<aside>,\s+(?:{SUBJECT})\s+{ADVERB}(?:{VERB}),\s+(?!(?:as|since|because|which|if|due|given|in|where|"
            rf"when|to|would|should|is|are|was|were|could|can|must|has|have|had|may|might|particularly|notably|"
            rf"especially|and would)\b))",
            rf"(?P<other>[,;]\s+(?:and\s+|while\s+|but\s+|although\s+|whereas\s+)?(?=(?:{SUBJECT})\s+{ADVERB}(?:{TOLD})\s))",
            r"(?P<aswas>,\s+as\s+(?:was|were|did)\s+)",
            r"(?P<passive>,\s+while\s+(?=[^,;]*\b(?:was|were)\s+(?:also\s+)?(?:noted|mentioned|referenced|highlighted|"
            r"raised|stressed)))",
            r"(?P<duty>,?\s+and\s+(?=(?:such|this|these|they|it|those)\s+[^,;]{0,60}?\b(?:should|must)\b))",
            rf"(?P<noted>,\s+(?:and\s+|while\s+|but\s+)?(?=it was (?:also |further )?(?:{VERB}|pointed out)\b))",
            r"(?P<must>\s+(?:and|but)\s+(?=(?:should|must|ought)\s))",
            r"(?P<ought>,\s+(?:and|but)\s+(?=(?:should|must|is|was|were|could|would|had|has)\s))",
            r"(?P<clause>,\s+(?:and|but|yet|while|whereas)\s+(?=(?!(?:that|which|who|to|not|in|on|with|for|by|"
            r"as)\b)(?:(?!that\b|which\b|who\b|"
            r"to\b)[\w\u2019'-]+\s+){1,7}?(?:is|are|was|were|could|should|would|had|has|have|can|may|might|must|do|does|did|will|"
            r"cannot|came)\s))",
            r"(?P<cause>,?\s+since\s+(?=(?:the|three|two|this|these|most|many|no|all|such)\s)|,\s+as\s+(?=(?:the|most|"
            r"many|all|no)\s))",
            r"(?P<despite>,\s+(?:although|though|whereas)\s+(?=(?:\S+\s+){3}))",
            r"(?P<apposed>,\s+(?=an?\s+(?:\w+\s+)?\w+\s+(?:that|which)\s))",
            r"(?P<which>,\s+(?:after\s+which\s+|(?=for which\s|which (?:one|some|several|many|another)\b)))",
            rf"(?P<colon>:\s+(?=(?:{SUBJECT})\s+{ADVERB}(?:{TOLD})\s))",
            r"(?P<again>\s+and\s+(?=(?:for|on|about|against)\s+(?!which|whom|the \w+ of)(?:[^\s,;]+\s+){2}))",
            rf"(?P<asked>\s+and\s+(?:to\s+)?(?=(?:{ACT})\s+(?:an?|their|its|every|each)\s))",
            r"(?P<also>,\s+as well as\s+(?=(?:\S+\s+){2}\S))",
            r"(?P<likewise>\s+as well as\s+(?=(?:[^\s,;]+\s+){7}))",
        )
    )
    + ")"
)
GERUND = re.compile(r",?\s+and\s+(?=[a-z]+ing\s+(?:\S+\s+){2}\S)")
SAID = re.compile(
    rf"(?:[^;:]{{0,160}}?\b)??(?:{VERB}|{SAYING})\b(?:\s+(?:that|for|on|with concern|"
    rf"again))?(?:,? among others,)?(?:\s+(?:the|its|a) (?:{WORTH})(?: of| to| for)?)?"
)
SAID_FIRST = re.compile(rf"(?:and\s+)?(?:(?:{SUBJECT})\s+)?{ADVERB}(?:{SURE}|{SAYING})\b(?:\s+(?:that|for|on))?")
CARRIES = ("list", "again", "must", "that", "worth", "also", "likewise", "gerund", "asked", "ought")
JOINT = re.compile(
    r"^(?:(?:[Ff]or (?=[a-z])|However|In addition|Additionally|Moreover|Furthermore|Finally|Therefore|Thus|Hence|"
    r"In particular|Similarly|Likewise|"
    r"As a result|Lastly|In conclusion|Among others|In this regard|In this context|In this connection|In closing|"
    r"In response|In his estimate|In her view|"
    r"Consequently|Accordingly|Meanwhile|On the other hand|By contrast|Conversely|In contrast|At the same time|Nevertheless|"
    r"Nonetheless|Indeed|In turn|To conclude|In that regard|More generally|Also|Further|Besides|Overall|For example|"
    r"While|Although|and|but|that)\b,?\s+)+"
)
FRAME = re.compile(
    rf"^(?:Regarding|With regard to|With respect to|Concerning|On|During|In (?:the|their|this|his|her)|At the|Under|"
    rf"Following|After|"
    rf"As for|As regards|Because of|In relation to|Turning to|From|Opening|Closing|Since|Given)\b[^,;]*,\s+(?=(?:{SUBJECT})\s)"
)
SAID_THAT = re.compile(
    rf"^(?:(?:{SUBJECT}),?\s+(?:[^,;]{{0,60}},\s+)?{ADVERB}(?:and\s+)?)?(?:{VERB}|{SAYING})(?:\s+(?:again|with (?:deep |great )?"
    r"(?:concern|regret|appreciation|satisfaction)|participants|out))?(?:,\s+(?:however|among others|in particular|"
    r"inter alia|for example|moreover),)?\s+that\s+"
)
INTRODUCED = re.compile(rf"^[^;:]{{0,200}}?\s{ADVERB}(?:{VERB})(?:\s+(?:with concern|participants))?\s+that\s+")
TAIL = re.compile(rf",\s+(?:{SUBJECT})\s+{ADVERB}(?:{VERB})(?:\s+(?:in conclusion|as well|participants|further))?$")
ATTRIBUTED = re.compile(
    rf"(?<![\w-])(?P<subject>{SUBJECT})(?:,\s[^.;]{{1,200}}?,)?\s+{ADVERB}(?:(?<![Hh]e )(?<![Tt]hey )(?<![Ii]t ){TOLD}|{VERB})\b"
)
BY = re.compile(rf"\bby\s+(?P<subject>(?i:{FLOOR}))\b")
WHICH = re.compile(rf"which\s+(?P<subject>(?i:{FLOOR}))\b")
PRONOUN = re.compile(r"(?:he|she|they|it)$", re.I)
CHAIRED = re.compile(rf"\b{CHAIR}\s+{ADVERB}(?:{VERB})")
CHAIRS = re.compile(
    rf"{CHAIR},?\s+{ADVERB}(?:invited|opened|gave|asked|thanked|introduced|handed|passed|reminded|called)\b", re.I
)
NOBODY = re.compile(
    r"^(?:It was|There was|Other|Another|Further|Among|Examples?|Calls|Concerns?|Reference|Questions?|Attention|Emphasis)\b|"
    r"\b(?:was|were)\s+(?:also\s+|further\s+|then\s+|repeatedly\s+)?(?:noted|mentioned|referenced|referred|highlighted|"
    r"raised|stressed|"
    r"discussed|suggested|proposed|recommended|underlined|emphasi[sz]ed|recalled|made|expressed|called|considered|cited)\b"
)
UNSAID = re.compile(
    r"^(?:The )?floor was\b|^No (?:objections?|questions?|comments?)\b|\b(?:presentation|contribution|"
    r"statement) was (?:given|made|delivered) by\b|"
    r"\b(?:was|were) represented by\b[^,;]*$|"
    r"\b(?:papers?|reports?|details|documents?|information|data|slides|texts?|presentations?)\b[^.;]*\b(?:was|were|had|has|"
    r"can|could)\b"
    r"[^,.;]*\b(?:found|shared|circulated|made available|distributed|contained|posted|published|consulted|provided)\b",
    re.I,
)
OVERVIEW = re.compile(
    r"\b(?:overview|presentation|briefing|update)\s+(?:also\s+)?(?:included|covered|provided|addressed|was|touched|"
    r"focus+ed|described)\b",
    re.I,
)
OFFICIAL = re.compile(rf"\b(?:{CHAIR}|{OFFICE}),?\s+{ADVERB}(?:{VERB})\b|^(?:He|She|They)\s+{ADVERB}(?:{VERB})\b", re.I)
HEAD = re.compile(
    r"(?P<head>.{2,}?(?::|\b(?:included|including|among others,|raised were|proposed|called for|"
    r"encouraged,? among others,|recommended|highlighted:|of:))\s+)"
)
REMARKS = re.compile(
    r"\b(?:delivered|made|gave)\b.{0,20}\b(?:opening|introductory|welcoming|welcome|closing)\s+(?:remarks|statements?|address)$"
)


@dataclass(frozen=True)
class Statement:
    """A statement: where its words stand, who speaks, with which quantifier, the words that lead to it, and the rule."""

    paragraph: int
    start: int
    end: int
    speaker: str
    quantifier: str
    panel: str
    lead: str
    reason: str


def statements(parts: list[Part], actors: list[Actor]) -> list[Statement]:
    """Return the statements of a document in the order of the text; every spoken paragraph has at least one."""
    by_paragraph = {number: actor for actor in actors if actor.role == "panellist" for number in actor.paragraphs}
    found = []
    for part in parts:
        if part.kind in SPOKEN or part.kind == "procedure":
            found += _paragraph(part, by_paragraph.get(part.number), actors)
    return found


def _paragraph(part: Part, panellist: Actor | None, actors: list[Actor]) -> list[Statement]:
    found, voice = [], _Voice(part, panellist, actors)
    for start, end in words.sentences(part.text):
        if _says(part, start, end):
            voice.hear(start, end)
            for left, right, lead, reason in pieces(part.text, start, end, part.kind):
                found.append(Statement(part.number, left, right, *voice.of(left, right), part.panel, lead, reason))
    if not found and part.kind in SPOKEN:
        left, right = words.trimmed(part.text, 0, len(part.text))
        voice.hear(left, right)
        found = [Statement(part.number, left, right, *voice.of(left, right), part.panel, "", "the whole paragraph")]
    return found


def _says(part: Part, start: int, end: int) -> bool:
    """Say whether a sentence records what somebody said: every one where speakers speak, some where the office does."""
    sentence = part.text[start:end]
    if UNSAID.search(sentence):
        return False
    if part.kind == "discussion" and CHAIRS.match(sentence):
        return False
    if part.kind == "procedure":
        return bool(OFFICIAL.search(sentence))
    if part.kind == "briefing":
        return True
    return True


def pieces(text: str, start: int, end: int, kind: str) -> list[tuple[int, int, str, str]]:
    """Divide a sentence where the speaker, the act or the thing asked changes: start, end, leading words, rule."""
    spans = _cut(text, start, end)
    lists = any(rule == "list" for *_, rule in spans)
    found, lead = [], ""
    for left, right, rule in spans:
        lead = _lead(text[left:right], rule, lead)
        head = HEAD.match(text, left, right) if lists or ":" in text[left:right] else None
        if head and lists:
            lead, left = head["head"], head.end("head")
        left = _stripped(text, left, right, kind, left == start == 0)
        tail = TAIL.search(text, left, _end(text, right))
        left, right = words.trimmed(text, left, tail.start() if tail and tail.start() > left else right)
        if len(text[left:right].split()) > 2 and not REMARKS.search(text[left:right]):
            found.append((left, right, lead, f"{rule}: {text[left:right].split()[0]}"))
    return _gerunds(text, found)


def _lead(piece: str, rule: str, before: str) -> str:
    """Return the words that say how a piece was said: its own, else those before it where it goes on with the same verb."""
    said = (SAID_FIRST if rule in CARRIES else SAID).match(piece)
    if said:
        return said[0]
    return before if rule in CARRIES else ""


def _end(text: str, right: int) -> int:
    while right and text[right - 1] in words.EDGES:
        right -= 1
    return right


def _cut(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the raw pieces of a sentence with the name of the rule that cut each off."""
    spans, left, rule = [], start, "sentence"
    for cut in CUTS.finditer(text, start, end):
        if not _cuts(text, left, cut, end):
            continue
        spans.append((left, cut.start(), rule))
        left, rule = cut.end(), cut.lastgroup
    return [*spans, (left, end, rule)]


def _cuts(text: str, left: int, cut: re.Match, end: int) -> bool:
    """Say whether what stands before a cut is a piece of its own, and not only an introduction to what follows."""
    before = text[left : cut.start()]
    if cut.lastgroup == "other":
        return bool(re.match(r"(?:While|Although|Though|Whereas)\b", before)) or bool(ATTRIBUTED.search(before))
    if cut.lastgroup == "likewise":
        return ";" not in text[left:end] and len(re.split(r"[,;.]", text[cut.end() : end])[0].split()) > 6
    if cut.lastgroup == "that" and cut[0][0] == "," and " and" not in cut[0]:
        return bool(re.search(r"\bthat\s", before))
    if cut.lastgroup in (
        "worth",
        "again",
        "must",
        "aswas",
        "also",
        "that",
        "whose",
        "ought",
        "clause",
        "cause",
        "despite",
        "apposed",
        "which",
        "asked",
        "held",
    ):
        return len(before.split()) > 3 and not re.match(r"(?:While|Although|Though|Whereas|If|When|Where)\b", before)
    return len(before.split()) > 2


def _stripped(text: str, left: int, right: int, kind: str, first: bool) -> int:
    """Return where a piece begins once joints, frames and, for named speakers, "who said that" are taken off."""
    for _ in range(3):
        before, piece = left, text[left:right]
        match = JOINT.match(piece) or FRAME.match(piece)
        left += match.end() if match and match.end() < len(piece) else 0
        if left == before:
            break
    piece = text[left:right]
    match = SAID_THAT.match(piece) or (INTRODUCED.match(piece) if first and kind == "panellist" else None)
    if match and (kind != "discussion" or not re.match(SUBJECT, match[0])):
        return left + match.end()
    if kind == "panellist" and first:
        match = re.match(rf"[^;:]{{0,200}}?\s(?={ADVERB}(?:{VERB})\s)", piece)
        left += match.end() if match and len(match[0].split()) > 3 else 0
    return left


def _gerunds(text: str, found: list) -> list:
    """Divide list items that name two actions, each by its own gerund with its own object."""
    divided = []
    for left, right, lead, rule in found:
        cut = None
        if rule.startswith("list") or lead.endswith(": "):
            cut = GERUND.search(text, left, right) if re.match(r"[a-z]+ing\s", text[left:right]) else None
        if cut and len(text[left : cut.start()].split()) > 3:
            divided += [(left, cut.start(), lead, rule), (cut.end(), right, lead, "gerund")]
        else:
            divided.append((left, right, lead, rule))
    return divided


class _Voice:
    """Who speaks in a paragraph, remembered from sentence to sentence."""

    def __init__(self, part: Part, panellist: Actor | None, actors: list[Actor]):
        self.part, self.panellist = part, panellist
        self.floor = next((actor for actor in actors if actor.role == "floor"), None)
        self.chairs = [actor.id for actor in actors if actor.role == "chair"]
        self.units = [actor for actor in actors if actor.role == "secretariat"]
        self.last, self.sentence, self.subjects, self.counted = "not stated", "", [], []

    def hear(self, start: int, end: int) -> None:
        """Note whom a sentence names as speaking, and where."""
        self.sentence = self.part.text[start:end]
        if self.part.kind == "discussion":
            named = [*ATTRIBUTED.finditer(self.part.text, start, end), *BY.finditer(self.part.text, start, end)]
            self.subjects = sorted((match.start("subject"), match["subject"]) for match in named)
            self.counted = [(place, subject) for place, subject in self.subjects if not PRONOUN.match(subject)]

    def of(self, left: int, right: int) -> tuple[str, str]:
        """Return the actor and the quantifier of a piece of the sentence last heard."""
        if self.part.kind == "panellist" and self.panellist:
            return self.panellist.id, ""
        if self.part.kind == "discussion" and self.floor:
            self.last = self._counted(left, right)
            return self.floor.id, self.last
        return self._office(), ""

    def _office(self) -> str:
        if "vice-chair" in self.chairs and "Vice-Chair" in self.sentence:
            return "vice-chair"
        if self.part.kind == "briefing" and self.units and not CHAIRED.search(self.sentence):
            named = [actor.id for actor in self.units if any(form in self.sentence for form, _ in actor.forms)]
            return named[-1] if named else self.units[0].id
        return self.chairs[0]

    def _counted(self, left: int, right: int) -> str:
        """Return the quantifier of a piece: of whom it names, else of whom the sentence named before, or names behind it."""
        piece = self.part.text[left:right]
        which = WHICH.match(piece)
        if which:
            return quantifier(which["subject"])
        if NOBODY.search(piece) and not _between(self.subjects, left, right):
            return "not stated"
        if not self.counted:
            return self.last if self.subjects else "not stated"
        before = bisect_left(self.counted, (left,))
        named = _between(self.counted, left, right) or self.counted[max(before - 1, 0)]
        return quantifier(named[1])


def _between(found: list[tuple[int, str]], left: int, right: int) -> tuple[int, str] | None:
    """Return the first of some sorted places that lies between two, None where none does."""
    first = bisect_left(found, (left,))
    return found[first] if first < len(found) and found[first][0] < right else None
