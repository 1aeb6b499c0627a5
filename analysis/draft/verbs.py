"""Verbs that ask for something, and their base forms."""

ACTIONS = (  # verbs, in their base form, with which recommendations ask for something; hardly any is a noun as well
    "abolish adapt address adhere adopt allocate allow amend analyse analyze appoint apply assess assist avoid build carry "
    "clarify collaborate collect combat commit compensate compile conclude conduct consider consolidate consult continue "
    "contribute convene cooperate coordinate counter create criminalise criminalize decriminalise decriminalize dedicate "
    "define deliver deploy detect develop devote disaggregate disseminate distribute draft educate eliminate employ empower "
    "enable enact encourage enforce engage enhance ensure equip eradicate establish evaluate examine exclude expand "
    "expedite explore extend facilitate finalise finalize follow formulate foster fulfil give grant guarantee guide "
    "harmonise harmonize hire hold host identify implement improve include incorporate increase inform initiate institute "
    "institutionalise institutionalize integrate intensify introduce invest investigate invite involve issue join keep "
    "launch learn leave legislate leverage limit maintain make maximise maximize meet minimise minimize mobilise mobilize "
    "modernise modernize oblige offer open organise organize participate pay permit pilot prepare preserve prevent "
    "prioritise prioritize prohibit promote prosecute protect provide publish pursue raise ratify recognise recognize "
    "recruit reduce refer reform refrain regularise regularize regulate reinforce reintegrate remove replace require "
    "respect respond restrict revise scale secure seek send set simplify sponsor spread stop streamline strengthen strive "
    "submit subsidise subsidize sustain tackle take teach train translate treat undertake update uphold use utilise utilize "
    "verify withdraw"
).split()
ALSO_NOUNS = (
    "access budget fund monitor plan punish report research review share support target tax test fight finance exchange".split()
)
IRREGULAR = dict(  # participles and their verbs
    pair.split(":")
    for pair in (
        "given:give taken:take made:make held:hold built:build set:set kept:keep paid:pay taught:teach "
        "undertaken:undertake sought:seek put:put drawn:draw found:find brought:bring met:meet sent:send left:leave "
        "upheld:uphold spread:spread begun:begin led:lead shown:show withdrawn:withdraw "
    ).split()
)


def base(verb: str) -> str:
    """Return a verb in its base form.

    >>> base("developed"), base("provided"), base("given"), base("planned"), base("strengthening")
    ('develop', 'provide', 'give', 'plan', 'strengthen')
    """
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    for ending in ("ied", "ed", "ing"):
        if verb.endswith(ending) and len(verb) > len(ending) + 2:
            stem = verb[: -len(ending)]
            shapes = [stem + "y"] if ending == "ied" else [stem + "e", stem, stem[:-1]]
            known = [shape for shape in shapes if shape in ACTIONS or shape in ALSO_NOUNS]
            doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "sl"
            return known[0] if known else shapes[0] if ending == "ied" else stem[:-1] if doubled else stem
    return verb
