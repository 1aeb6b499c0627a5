"""Words that mean the same to a reader: who types one of them finds all.

The gists have the words of this book, which are mostly those of the summary; readers come with
those of their own field. Names of organizations and persons are not here: their other forms are in
actor_names.csv and actors.csv.
"""

# Forms that are found together, and why. A form may be several words; a plural needs no form.
SYNONYMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("albinism", "albino"), "Gists name the condition, readers often the person."),
    (
        ("doctor", "physician", "health professional", "medical professional", "health worker"),
        "Speakers and recommendations name those who treat patients in several ways.",
    ),
    (
        ("organ", "kidney"),
        "What was said of organs holds for the one that is sold most; what is typed comes first.",
    ),
    (
        ("financial investigation unit", "financial intelligence unit", "FIU"),
        "The gists name such units by what they do, those who work with them by another name.",
    ),
    (("non-governmental organization", "NGO"), "The short form is the usual one."),
    (("child soldier", "children in armed groups"), "The theme has the wider name."),
    (("non-punishment", "nonpunishment"), "The principle is written in two ways."),
    (("hotline", "helpline", "telephone number"), "Gists speak of both, readers of either."),
    (
        ("transplant tourism", "patients who travel"),
        "The theme has the neutral name, a recommendation the common one.",
    ),
    (
        ("Protocol on trafficking", "Trafficking Protocol", "Palermo Protocol"),
        "The gists shorten the long title; others name it after a city.",
    ),
    (("review mechanism", "IRM"), "The short form is used among delegates."),
    (("International Criminal Court", "ICC"), "The short form is the usual one."),
    (("language model", "AI", "artificial intelligence"), "The short form is the usual one."),
)
