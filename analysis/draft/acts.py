"""What a statement does: concern, evidence, practice, proposal, position or procedure."""

import re

from analysis.draft.words import FIGURE

ACTION = (
    r"(?:(?:\w+ly|better|more|further|greater|continued|increased|close|closer|strong|stronger|sustained)\s+)*(?:[a-z]+ing\b(?! (?:role|engagement|"
    r"number|importance|trend|body|evidence))|coordination|co-ordination|cooperation|collaboration|partnerships?|adoption|establishment|creation|"
    r"development|implementation|provision|inclusion|harmoni[sz]ation|ratification|training|investment|monitoring|evaluation|"
    r"information[- ]sharing|dialogue|support|protection|prevention|integration|involvement|participation|engagement)"
)
WORTH = r"(?:importance|relevance|necessity|value|urgency|significance|usefulness|benefits?)"
ASKS = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on|upon)|recommend\w*|propos(?:ed|ing|als?)|suggest(?:ed|ing|ions?)|encourag(?:ed|ing)|advocat(?:ed|ing)|"
    r"urg(?:ed|ing)|appeal(?:ed|ing)|invited|requested|asked (?:for|that|States)|should|ought to|need(?:s|ed)? to|the need for|needs? for|"
    r"necessary to|essential (?:to|that)|imperative|(?:is|are|was|were) (?:needed|required)|must|would be (?:useful|helpful|important|beneficial)|"
    r"important to|crucial to|(?:key|priority|solution|way|measure)[^,;]{0,80}\bis to\b)\b",
    re.I,
)
VALUES = re.compile(rf"\b{WORTH} (?:of|for|to|in) (?:the )?(?P<rest>.*)", re.I)
WORRIES = re.compile(
    r"\b(?:concern(?:s|ed)?|challeng\w+|difficult\w*|lack(?:s|ed|ing)?|dangers?|risks?|warn(?:ed|ing)|delays?|obstacles?|barriers?|gaps?|"
    r"problems?|threats?|vulnerab\w+|insufficient|inadequate|limited|abus\w+|exploit\w+|suffer\w*|fear\w*|regret\w*|deplor\w+|"
    r"persist\w*|fail(?:s|ed|ure|ures|ing)?|unable|hinder\w*|hamper\w*|undermin\w+|weak\w*|shortages?|scarc\w+|too (?:few|often|little|slow))\b",
    re.I,
)
SHOWS = re.compile(
    rf"%|\bper ?cent\b|\b(?:more|less|fewer) than (?:a |an )?(?:half|third|quarter|{FIGURE})|\b(?:two|three) (?:thirds|quarters)|"
    rf"\b{FIGURE} (?:out )?of\b|\b(?:half|third|quarter) of\b|\bin (?:his|her|their|its|that|one) (?:country|region|district|city)\b|\bcase law\b|"
    r"\b(?:a|the|one|of) cases? (?:of|in|at|from|before|handled|studied)\b|\bresolutions? \d|\blegal frameworks? in\b|\bprohibited\b|\bforbidden\b|"
    r"\b(?:data|figures|statistics|survey|study|studies|research|report|evidence|analysis|findings)\b[^,;]{0,60}\b(?:show\w*|reveal\w*|indicat\w+|"
    r"suggest\w*|found|on|of|from|in)\b|\bregistered cases\b|\bby law\b|\bunder (?:the|national|domestic) law\b|\b(?:doubled|tripled|halved)\b",
    re.I,
)
DOES = re.compile(
    r"\b(?:(?:his|her|its|their) (?:own )?(?:organi[sz]ation|association|institution|university|network|group|company|foundation|union|"
    r"office|country|government|team|members|staff|work|experience)(?:['\u2019]s)?\b|(?:good|best|positive|promising) (?:practices?|examples?)|"
    r"(?:ha[sd]|have) (?:already )?(?:set up|trained|established|developed|launched|created|built|adopted|introduced|begun|started|opened|run|"
    r"supported|provided|published|produced|held|organi[sz]ed)|(?:presented|described|shared|outlined) (?:the |its |his |her )?(?:work|efforts|"
    r"activities|projects?|programmes?|initiatives?|pilots?)|pilot (?:project|programme))",
    re.I,
)
HOLDS = re.compile(
    r"\b(?:(?:important|critical|central|crucial|key|vital|significant|essential|unique) (?:\w+ )?(?:role|contribution|tool|part|partners?|actors?)|role "
    r"(?:of|that|played)|contributions?|confiden\w+|belief|believ\w+|welcom\w+|support(?:ed|s|ing)? (?:the|for)|appreciat\w+|commend\w+|thank\w*|"
    r"useful|(?:is|are) (?:a )?(?:key|critical|crucial|essential|good|vital)|urgency|affirmed|agreed|endors\w+|oppos\w+|against|rejected|"
    r"ethically|priorit\w+|voices|praised|echoed|valu\w+)\b",
    re.I,
)
MEETING = re.compile(
    r"\b(?:review (?:process|mechanism)|the mechanism|agenda item|the dialogue|this dialogue|the meeting|working groups?|questionnaires?|rules of procedure|"
    r"country reviews?)\b",
    re.I,
)
REPORTS = re.compile(
    r"\b(?:progress|status|overview|updat\w+|brief\w*|presented|opened|introduced|thank\w*|welcomed participants)\b", re.I
)


def act(words: str, lead: str, role: str) -> tuple[str, str]:
    """Return the speech act of a statement, and why.

    Parameters
    ----------
    words : str
        The words of the statement.
    lead : str
        The words that lead to it: who said it, or the head of the list it stands in.
    role : str
        Role of its speaker: chair, secretariat, panellist or floor.

    Returns
    -------
    tuple of str
        One of concern, evidence, practice, proposal, position, procedure; and the rule with the words it found.

    >>> act("weirs should have ladders", "He said that", "panellist")
    ('proposal', 'proposal: should')
    """
    if role == "secretariat":
        found = DOES.search(words)
        return ("practice", f"practice: {found[0]}") if found else ("procedure", "procedure: the secretariat reports")
    if role == "chair":
        found = REPORTS.search(words)
        return ("procedure", f"procedure: {found[0]}") if found else ("position", "position: the chair speaks")
    return _spoken(words, lead)


def _spoken(words: str, lead: str) -> tuple[str, str]:
    for name, found in (
        ("concern", re.search(r"\b(?:express\w*|not\w+|with) (?:\w+ )?concerns?\b", words)),
        ("proposal", ASKS.search(words)),
        ("proposal", _asked_worth(words)),
        ("proposal", ASKS.search(lead) or _asked_lead(lead)),
        ("practice", DOES.search(words)),
        ("evidence", SHOWS.search(words)),
        ("procedure", MEETING.search(words) if REPORTS.search(words) else None),
        ("position", VALUES.search(words) or VALUES.search(lead)),
        ("concern", WORRIES.search(words)),
        ("position", HOLDS.search(words)),
    ):
        if found:
            return name, f"{name}: {found[0][:40]}"
    return "concern", "concern: no word says otherwise"


def _asked_worth(words: str) -> re.Match | None:
    """Return the words that call an action important: worth followed by an action."""
    match = VALUES.search(words)
    return match if match and re.match(ACTION, match["rest"], re.I) else None


def _asked_lead(lead: str) -> re.Match | None:
    return re.search(
        r"\b(?:needed|elements?|priorit\w+|measures|steps|ways)\b[^.]*\b(?:included|:|particularly|were|namely)", lead
    )
