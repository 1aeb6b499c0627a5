"""What a statement does: concern, evidence, practice, proposal, position or procedure."""

import re

from analysis.draft.words import FIGURE, NUMBERS, either, lower

ACTION = re.compile(
    r"(?:(?:\w+ly|better|more|further|greater|continued|increased|close|closer|strong|stronger|"
    r"sustained)\s+)*(?:[a-z]+ing\b(?! (?:role|engagement|"
    r"number|importance|trend|body|evidence))|co-?ordination|cooperation|collaboration|partnerships?|adoption|"
    r"establishment|creation|"
    r"development|implementation|provision|inclusion|harmoni[sz]ation|ratification|training|investment|monitoring|"
    r"evaluation|dialogue|support|"
    r"protection|prevention|integration|involvement|participation|engagement|safe \w+|[a-z]+-free \w+)\b",
)
ASKED = re.compile(  # said of the speaker
    r"\b(?:call(?:ed|ing) (?:for|on|upon)|recommend(?:ed|ing)|propos(?:ed|ing)|suggest(?:ed|ing)|encourag(?:ed|ing)|"
    r"advocat(?:ed|ing)|urg(?:ed|ing)|advis(?:ed|ing)|demand(?:ed|ing)|"
    r"plead(?:ed|ing)|press(?:ed|ing) for|"
    r"insist(?:ed|ing) (?:on|that)|prefer(?:red|ring)|sought|"
    r"appeal(?:ed|ing)|invited|inviting|requested|asked (?:for|that|states|governments)|the need (?:for|to)|need to|"
    r"(?:calls?|appeals?|pleas?|requests?|proposals?|suggestions?) (?:for|to|that)|remed(?:y|ies)|(?:solutions?|measures?|"
    r"steps|ways|"
    r"options|priorities) (?:he|she|they|proposed|suggested|mentioned|named|listed|included|were))\b",
)
OUGHT = re.compile(  # said of the thing
    r"(?<!whether)\b(?:should|ought to|needs? to|(?:the|a) needs? (?:for|to)|is necessary|necessary to|(?:is|"
    r"it is) (?:also )?(?:essential|important|crucial|"
    r"vital|imperative|urgent) (?:to|that)|imperative|(?:is|are) (?:needed|required)|must|would be (?:useful|helpful|"
    r"important|beneficial|desirable)|"
    r"(?:key|priority|solution|way|measure|answer|remedy)[^,;]{0,80}\bis to|needs? (?:an?|more|better|the|its|their|"
    r"clear\w*|urgent)|"
    r"would (?:\w+ )?(?:help|do well)|well advised|had better|it was time|deserves?|merits?|(?:is|are) in need of|"
    r"(?:called|calls) for)\b"
)
BARE = re.compile(  # the verb of what is asked for, in its base form: that this be done
    r"\bbe (?:\w+ly )?(?:[a-z]+ed|made|given|held|paid|built|kept|met|put|set|taken|heard|drawn|sent|brought)\b"
)
AUXILIARY = re.compile(r"\b(?:to|could|would|might|may|can|will|cannot|must|shall|should|let|not|never)(?: \w+){0,2} ?$")
WHETHER = re.compile(r"\bwhether\b[^,;]*\bshould\b")
VALUED = re.compile(
    r"\b(?:importance|relevance|necessity|urgency|significance|usefulness|benefits?) (?:of|for|to|in) (?P<rest>.*)", re.S
)
LISTED = re.compile(r"(?:\bincluded|\bincluding|\bamong others,|\braised were|\bwere|:|\bnamely|\bparticularly)\s*$")
WORRIES = re.compile(
    r"\b(?:concern(?:s|ed)?|challeng\w+|difficult\w*|lack(?:s|ed|ing)?|dangers?|risks?|warn(?:ed|ing)|delays?|"
    r"obstacles?|barriers?|gaps?|"
    r"problems?|threats?|vulnerab\w+|insufficient|inadequate|limited|abus\w+|exploit\w+|suffer\w*|fear\w*|regret\w*|"
    r"deplor\w+|mismatch|"
    r"persist\w*|fail(?:s|ed|ure|ures|ing)?|unable|hinder\w*|hamper\w*|undermin\w+|weak\w*|shortages?|scarc\w+|"
    r"too (?:few|often|little|slow|small))\b",
)
TIME = r"(?:hours?|minutes?|days?|weeks?|months?|years?|decades?)"
SHOWN = re.compile(
    rf"%|(?<!\w)(?=\w)(?:per ?cent\b|(?<![/\w.-])(?<!since )(?<!in )(?<!by )(?<!year )(?<!article )(?!(?:19|20|21)\d\d\b)\d[\d,]*"
    rf"(?! (?:of the|\(|{TIME}|per ?cent))(?![/\w-])|\b(?:{either([word for word, n in NUMBERS.items() if n > 2])})\b"
    rf"(?![- ]{TIME})|\b(?:more|less|fewer) than (?:a |an |one |two )?(?:half|thirds?|quarters?|{FIGURE})\b(?! {TIME})|"
    rf"\b(?:half|third|quarter|most|majority) of (?:the|those|all|them)\b|\b(?:by|shrunk|fallen|risen) (?:by )?a (?:half|third|"
    rf"quarter)\b(?! (?:person|party|country|State))|\b(?:one|two) \w+ (?:in|out of) (?:every )?{FIGURE}\b|"
    r"\b(?:doubled|tripled|halved|median|on average)\b|\b(?:slowed|risen|fallen|grown|increased|dropped|declined|shrunk|"
    r"multiplied)"
    r"\b[^,;]{0,30} since (?:19|20|21)\d\d)",
)
LAW = re.compile(
    r"\barticle \d|\b(?:national|domestic|existing|criminal) laws?\b|\bby law\b(?! enforcement)|\bunder the law\b|"
    r"\bjudge?ments? (?:of|by|on|handed|at)\b|\bha(?:d|s|ve) convicted\b|\b(?:a|the|one|studied) cases? "
    r"(?:at|before|law)\b|\bcase law\b|\bresolutions? \d|\blegal frameworks? (?:in|of)\b|\b(?:is|are) (?:prohibited|"
    r"forbidden)\b|\bhave the duty\b|\b(?:a|the) duty\b|"
    r"\b(?:a|the) report (?:on|of|by)\b",
)
FOUND = re.compile(
    r"\b(?:data|figures|statistics|surveys?|stud(?:y|ies)|research|evidence|analysis|findings|"
    r"requests)\b[^,;]{0,60}\b(?:show\w*|reveal\w*|indicat\w+|suggest\w*|"
    r"found|handled|studied)\b|\bregistered cases\b|\b(?:examined|studied|surveyed|analysed|analyzed|evaluated)\b|"
    r"\breported that they had\b",
)
SHARE = re.compile(rf"%|\bper ?cent\b|\b(?:one|two|three) \w+ (?:in|out of) {FIGURE}\b|\b(?:half|third|quarter|majority) of\b")
OWN = (
    r"(?:organi[sz]ation|association|institution|university|network|group|company|foundation|union|office|team|members|staff|"
    r"society|centre|coalition|federation|institute|service|programme|project|agency|helpline|hotline|manual|country|"
    r"Government)s?"
)
DONE = re.compile(  # what those who speak do themselves, who are the subject
    rf"(?<!\w)(?=\w)(?:(?:^|\bthat |\bhow |^since (?:19|20|21)\d\d |^in (?:19|20|21)\d\d,? )(?:his|her|its|their|"
    rf"the) (?:own )?(?:\w+ )?{OWN}\b(?!['\u2019]s)"
    r"(?! should| must| need)(?:,[^,;]*,)? (?:[a-z-]+ ){0,4}?(?:ha[sd]|have|[a-z]+s|run|in|is used|now)\b(?! (?:not |"
    r"never )?been)|"
    r"\b(?:best|positive|promising) (?:practices?|examples?)\b|"
    r"\b(?:presented|described|shared|outlined) (?:the |its |his |her |an? |how (?:its|his|her|their) )?(?:[\w-]+ )?(?:work|"
    r"efforts|"
    r"members|activities|projects?|programmes?|initiatives?|pilots?|tools?|courses?)\b|\bdeveloped by (?:his|her|its|their)\b|"
    r"^a pilot\b|\ba programme in which\b|\ba joint (?:team|project|programme|unit)\b)"
)
HELD = re.compile(
    r"\b(?:(?:important|critical|central|crucial|key|vital|significant|essential|unique) (?:\w+ )?(?:role|contribution|"
    r"tool|part|partners?|actors?)|"
    r"contributions?|confiden\w+|belief|believ\w+|welcom\w+|support(?:ed|s|ing)? (?:the|for|electronic)|"
    r"express\w* support|appreciat\w+|commend\w+|paid tribute|useful|can help|"
    r"(?:is|are|was|were) (?:a |described as |highlighted as |seen as )?(?:key|critical|crucial|essential|good|vital|"
    r"central|indispensable|useful|sound)|good practice|"
    r"urgency|affirmed|agreed|endors\w+|oppos\w+|reject(?:s|ed|ing)|favour(?:s|ed|ing)|sceptic\w+|thank(?:s|ed)|applaud\w+|"
    r"offer(?:ed|ing)|prais(?:ed|ing)|value of|separate matter|rightly|ethically|voices|echoed|doubt\w*|willing\w*|outweigh\w*|"
    r"yardstick|cautioned against|supported)\b|"
    r"\bnot for\b|\bdo not replace\b",
)
CONCERNED = re.compile(
    r"\b(?:express\w*|with|voic\w+|shar\w+|rais\w+) (?:(?!no\b)[\w-]+ ){0,2}?(?:concerns?|fears?|worr\w+|alarm|regret)\b"
)
WORRIED = re.compile(
    r"\b(?:warn(?:ed|ing)|caution(?:ed|ing) that|deplor(?:ed|ing)|regrett(?:ed|ing)|fear(?:ed|ing)|lament(?:ed|ing)|"
    r"complain(?:ed|ing)|"
    r"alarmed|worried)\b"
)
ASKS_WHETHER = re.compile(
    r"\b(?:wonder\w+|question\w+|divided|disputed|unclear|uncertain\w*|unsure|unknown|doubt\w*)\b[^,;]{0,40}\bwhether\b|"
    r"^(?:on )?whether\b"
)
MATTER = re.compile(
    r"(?:the )?(?:\w+ )?(?:situation|state|effects?|impacts?|plight|conditions?|rise|growth|misuse|abuse|consequences?|"
    r"causes?|fate|loss)\b"
)
FAVOURED = re.compile(
    r"\b(?:welcom(?:ed|ing)|commend(?:ed|ing)|prais(?:ed|ing)|endors(?:ed|ing)|oppos(?:ed|ing)|reject(?:ed|ing)|favour(?:ed|ing)|"
    r"applaud(?:ed|ing)|thank(?:ed|ing)|paid tribute|support(?:ed|ing)|disagreed|sceptical|offered)\b"
)
LEADING = re.compile(  # what a chair does who leads
    r"\b(?:thank\w*|hop(?:e|ed|ing)|welcom\w+|open(?:ed|ing)|clos(?:ed|ing)|introduc\w+|invit\w+|announc\w+|agenda|floor|"
    r"remind\w+)\b"
)
GOOD = re.compile(r"\b(?:is|are|be) (?:a |also )?(?:good practice|useful)\b")
ROLE = re.compile(r"\brole (?:of|that|played|in)\b")
MEETING = re.compile(
    r"\b(?:review (?:process|mechanism)|the mechanism|agenda item|the dialogue|this dialogue|the meeting|"
    r"working groups?|questionnaires?|rules of procedure|"
    r"country reviews?)\b",
)
REPORTS = re.compile(
    r"\b(?:progress|status|overview|updat\w+|brief\w*|presented|opened|introduced|recalled that the|would examine)\b"
)


def act(words: str, lead: str, role: str, kind: str = "discussion") -> tuple[str, str]:
    """Return the speech act of a statement, and why.

    Parameters
    ----------
    words : str
        The words of the statement.
    lead : str
        The words that lead to it: who said it how, or the head of the list it stands in.
    role : str
        Role of its speaker: chair, secretariat, panellist or floor.
    kind : str
        Kind of its paragraph.

    Returns
    -------
    tuple of str
        One of concern, evidence, practice, proposal, position, procedure; and the rule with the words it found.

    >>> act("weirs should have ladders", "He said that", "panellist")
    ('proposal', 'proposal: should')
    """
    words, lead = lower(words), lower(lead)
    if role == "secretariat":
        found, shown = DONE.search(words), SHARE.search(words)
        if shown and not found:
            return "evidence", f"evidence: {shown[0][:40]}"
        return ("practice", f"practice: {found[0][:40]}") if found else ("procedure", "procedure: the secretariat reports")
    if role == "chair":
        return _chaired(words, lead, kind)
    return _spoken(words, lead)


def _chaired(words: str, lead: str, kind: str) -> tuple[str, str]:
    """Return the act of a chair: mostly procedure, unless the chair asks, judges or gives a figure."""
    asked = OUGHT.search(words)
    if asked:
        return "proposal", f"proposal: {asked[0][:40]}"
    if kind == "opening" and not LEADING.search(f"{lead} {words}"):
        return _spoken(words, lead)
    return "procedure", "procedure: the chair speaks"


def _spoken(words: str, lead: str) -> tuple[str, str]:
    for name, rule in RULES:
        found = rule(words, lead)
        if found:
            return name, f"{name}: {found[0][:40]}"
    return "concern", "concern: no word says otherwise"


def _asked(words: str, lead: str) -> re.Match | None:
    return ASKED.search(lead) or (None if WHETHER.search(words) else OUGHT.search(words) or _bare(words))


def _bare(words: str) -> re.Match | None:
    found = BARE.finditer(words)
    return next((match for match in found if not AUXILIARY.search(words, max(0, match.start() - 30), match.start())), None)


def _listed(words: str, lead: str) -> re.Match | None:
    """Return the head of a list of things to be done: an item that names a problem, a state or a role is none."""
    listed = LISTED.search(lead)
    told = ROLE.search(words) or MATTER.match(words) or WORRIES.search(words)
    return listed if listed and (ACTION.match(words) or not told) else None


def _done(words: str, lead: str) -> re.Match | None:
    done = DONE.search(words)
    return done if done and not FOUND.search(words) and not re.search(r"%|per cent", words) else None


def _held(words: str, lead: str) -> re.Match | None:
    held = VALUED.search(words) or ROLE.search(words) or HELD.search(words)
    return held if held and not WORRIES.search(words) else None


def _worth_doing(words: str, lead: str) -> re.Match | None:
    """Return the words that call an action important: worth followed by an action."""
    match = VALUED.search(words)
    if match and ACTION.match(match["rest"]):
        return match
    before = VALUED.search(f"{lead} ") if not match else None
    return before if before and ACTION.match(words) else None


RULES = (  # the first that finds something names the act
    ("concern", lambda words, lead: CONCERNED.search(words)),
    ("procedure", lambda words, lead: WHETHER.search(words) and MEETING.search(words)),
    ("concern", lambda words, lead: ASKS_WHETHER.search(words)),
    ("proposal", _asked),
    ("proposal", _worth_doing),
    ("proposal", _listed),
    ("position", lambda words, lead: GOOD.search(words)),
    ("concern", lambda words, lead: WORRIED.search(lead)),
    ("position", lambda words, lead: FAVOURED.search(lead)),
    ("practice", _done),
    ("procedure", lambda words, lead: REPORTS.search(words) and MEETING.search(words)),
    ("evidence", lambda words, lead: LAW.search(words) or FOUND.search(words)),
    ("evidence", lambda words, lead: SHOWN.search(words)),
    ("position", _held),
    ("concern", lambda words, lead: WORRIES.search(words)),
    ("position", lambda words, lead: HELD.search(f"{lead} {words}")),
)
