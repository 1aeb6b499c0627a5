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
    r"advocat(?:ed|ing)|urg(?:ed|ing)|"
    r"appeal(?:ed|ing)|invited|inviting|requested|asked (?:for|that|states|governments)|the need (?:for|to)|need to|"
    r"calls? for)\b",
)
OUGHT = re.compile(  # said of the thing
    r"(?<!whether)\b(?:should|ought to|needs? to|(?:the|a) needs? (?:for|to)|is necessary|necessary to|(?:is|"
    r"it is) (?:also )?(?:essential|important|crucial|"
    r"vital|imperative|urgent) (?:to|that)|imperative|(?:is|are) (?:needed|required)|must|would be (?:useful|helpful|"
    r"important|beneficial|desirable)|"
    r"(?:key|priority|solution|way|measure)[^,;]{0,80}\bis to)\b",
)
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
SHOWN = re.compile(
    rf"%|\bper ?cent\b|(?<![/\w.-])(?<!since )(?<!of )(?<!by )\d[\d,]*(?! (?:of the|\())(?![/\w])|"
    rf"\b(?:{either([word for word, n in NUMBERS.items() if n > 2])})\b|\b(?:more|less|fewer) than "
    rf"(?:a |an |one )?(?:half|third|quarter|{FIGURE})|\b(?:half|third|quarter|most|majority) of (?:the|those|all|"
    rf"them)\b|\bby a (?:half|third|quarter)\b|"
    r"\b(?:doubled|tripled|halved|median|on average)\b",
)
LAW = re.compile(
    r"\barticle \d|\b(?:national|domestic|existing|criminal) laws?\b|\bby law\b(?! enforcement)|\bunder the law\b|"
    r"\bjudge?ments?\b|\b(?:a|the|one|studied) cases? "
    r"(?:at|before|law)\b|\bcase law\b|\bresolutions? \d|\blegal frameworks? (?:in|of)\b|\b(?:is|are) (?:prohibited|"
    r"forbidden)\b|\bhave the duty\b|\ba duty\b|"
    r"\b(?:a|the) report (?:on|of|by)\b",
)
FOUND = re.compile(
    r"\b(?:data|figures|statistics|surveys?|stud(?:y|ies)|research|evidence|analysis|findings|"
    r"requests)\b[^,;]{0,60}\b(?:show\w*|reveal\w*|indicat\w+|suggest\w*|"
    r"found|handled|studied)\b|\bregistered cases\b|\b(?:examined|studied|surveyed|analysed|analyzed|evaluated)\b|"
    r"\breported that they had\b",
)
DONE = re.compile(
    r"\b(?:(?:his|her|its|their) (?:own )?(?:organi[sz]ation|association|institution|university|network|group|company|"
    r"foundation|union|office|team|members|staff)"
    r"\b(?!['\u2019]s)[^,;]{0,40}\b(?:ha[sd]|have|[a-z]+s|run|in)\b|(?:his|her|their) (?:own )?country (?:ha[sd]|now|"
    r"runs)|(?:best|positive|promising) (?:practices?|examples?)|"
    r"(?:presented|described|shared|outlined) (?:the |its |his |her |an? |how (?:its|his|her|"
    r"their) )?(?:[\w-]+ )?(?:work|efforts|members|activities|projects?|programmes?|"
    r"initiatives?|pilots?)|developed by (?:his|her|its|their)|^a pilot\b|^since \d{4} (?:his|her|its|their)\b|"
    r"\ba programme in which\b)",
)
HELD = re.compile(
    r"\b(?:(?:important|critical|central|crucial|key|vital|significant|essential|unique) (?:\w+ )?(?:role|contribution|"
    r"tool|part|partners?|actors?)|"
    r"contributions?|confiden\w+|belief|believ\w+|welcom\w+|support(?:ed|s|ing)? (?:the|for|electronic)|"
    r"express\w* support|appreciat\w+|commend\w+|paid tribute|useful|can help|"
    r"(?:is|are|was|were) (?:a |described as |highlighted as |seen as )?(?:key|critical|crucial|essential|good|vital|"
    r"central|indispensable|useful|sound)|good practice|"
    r"urgency|affirmed|agreed|endors\w+|oppos\w+|ethically|voices|praised|echoed|doubt\w*|willing\w*|outweigh\w*|"
    r"yardstick|cautioned (?:against|that)|supported)\b|"
    r"\bnot for\b|\bdo not replace\b",
)
CONCERNED = re.compile(r"\b(?:express\w*|with) (?:\w+ )?concerns?\b")
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
        found = DONE.search(words)
        return ("practice", f"practice: {found[0][:40]}") if found else ("procedure", "procedure: the secretariat reports")
    if role == "chair":
        return _chaired(words, kind)
    return _spoken(words, lead)


def _chaired(words: str, kind: str) -> tuple[str, str]:
    """Return the act of a chair: mostly procedure, unless the chair asks, judges or gives a figure."""
    rules = [("proposal", OUGHT.search(words))]
    if kind == "opening":
        rules += [
            ("evidence", re.search(r"%|per cent|fewer than|more than", words)),
            ("position", HELD.search(words) or ROLE.search(words)),
        ]
        rules[1:] = rules[1:] if not re.match(r"(?:the )?(?:co-)?chair welcomed", words) else []
    for name, found in rules:
        if found:
            return name, f"{name}: {found[0][:40]}"
    return "procedure", "procedure: the chair speaks"


def _spoken(words: str, lead: str) -> tuple[str, str]:
    for name, rule in RULES:
        found = rule(words, lead)
        if found:
            return name, f"{name}: {found[0][:40]}"
    return "concern", "concern: no word says otherwise"


def _asked(words: str, lead: str) -> re.Match | None:
    return ASKED.search(lead) or (None if WHETHER.search(words) else OUGHT.search(words))


def _listed(words: str, lead: str) -> re.Match | None:
    """Return the head of a list of things to be done: an item that names a problem is none."""
    listed = LISTED.search(lead)
    return listed if listed and (ACTION.match(words) or not WORRIES.search(words)) else None


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
    ("proposal", _asked),
    ("proposal", _worth_doing),
    ("proposal", _listed),
    ("position", lambda words, lead: GOOD.search(words)),
    ("practice", _done),
    ("procedure", lambda words, lead: REPORTS.search(words) and MEETING.search(words)),
    ("evidence", lambda words, lead: LAW.search(words) or FOUND.search(words)),
    ("evidence", lambda words, lead: SHOWN.search(words)),
    ("position", _held),
    ("concern", lambda words, lead: WORRIES.search(words)),
    ("position", lambda words, lead: HELD.search(f"{lead} {words}")),
)
