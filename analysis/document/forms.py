"""The forms that readers recognize, each with a reason and an example.

To make the reader recognize one more form, add a row; `tests/test_forms.py` tries every example.
"""

import re
from typing import NamedTuple


class Form(NamedTuple):
    """A form of words.

    Attributes
    ----------
    name : str
        What it is.
    pattern : Pattern
        What matches it whole.
    why : str
        Why it occurs in documents.
    examples : tuple of str
        Words that have it.
    """

    name: str
    pattern: re.Pattern[str]
    why: str
    examples: tuple[str, ...]


def match(forms: tuple[Form, ...], text: str) -> tuple[str, re.Match[str] | None]:
    """Return the first form that a text has, and how; ("", None) without one.

    >>> match(FURNITURE, "5/8")[0], match(FURNITURE, "A letter")
    ('page number', ('', None))
    """
    found = ((form.name, form.pattern.fullmatch(text)) for form in forms)
    return next((pair for pair in found if pair[1]), ("", None))


def _form(name: str, pattern: str, why: str, *examples: str) -> Form:
    return Form(name, re.compile(pattern, re.DOTALL), why, examples)


# --- numbers of paragraphs ------------------------------------------------------------------------

FIGURE = r"(?P<number>[1-9]\d{0,3})"
REST = r"\s*(?P<rest>\S.*)"
PLAIN = _form(
    "1.",
    rf"\s*{FIGURE}(?:\.(?![\d.\u2013-])|(?=\t))\s*(?P<rest>.*)",
    "the form of the United Nations; some bodies print a tab and no dot",
    "7. Boats came.",
    "7.",
    "7\tBoats came.",
)
# Other forms, tried in this order if a document has no numbers with a dot.
OTHER_NUMBERS = (
    _form("1.-", rf"\s*{FIGURE}\.[\u2013-]{REST}", "Spanish documents", "7.- Vinieron barcos."),
    _form("1)", rf"\s*{FIGURE}\){REST}", "letters and converters", "7) Boats came."),
    _form("1 \u2013", rf"\s*{FIGURE}\s+[\u2013\u2014-]\s{REST}", "minutes", "7 \u2013 Boats came."),
    _form(
        "\u00a7 1.", rf"\s*[\u00a7\u00b6]\s*{FIGURE}\.?\s{REST}", "legal texts", "\u00a7 7. Boats."
    ),
    _form(
        "1\uff0e",
        r"\s*(?P<number>\d{1,4})(?:[\uff0e\u3001]|(?<=[^0-9])\.)\s*(?P<rest>\S.*)",
        "figures and dots of other scripts",
        "\u0667. Boats came.",
        "\uff17\uff0eBoats came.",
    ),
    _form("1   ", rf"\s*{FIGURE}\s{{2,}}{REST}", "a table without lines", "7    Boats came."),
)
# Forms that are not read, since other things have them too; a warning names the one that was seen.
UNREAD_NUMBERS = (
    _form("[1]", rf"\s*\[{FIGURE}\]{REST}", "references have it too", "[7] Boats came."),
    _form("(1)", rf"\s*\({FIGURE}\){REST}", "lists have it too", "(7) Boats came."),
    _form("#1", rf"\s*(?:#|No\.\s?){FIGURE}{REST}", "lists have it too", "#7 Boats came."),
    _form("1.1", rf"\s*{FIGURE}\.\d{{1,3}}\.?\s{REST}", "two counts in one", "7.1 Boats came."),
    _form(
        "Paragraph 1",
        rf"\s*(?i:para(?:graph|\.)?)\s{FIGURE}[.:]?{REST}",
        "transcripts",
        "Paragraph 7. Boats came.",
    ),
)

# --- what a page adds -----------------------------------------------------------------------------

DASH = r"[-\u2013\u2014]"
SYMBOL_SHOWN = r"[A-Z]{1,6}(?:/[A-Z\d][\w.()-]*){1,8}(?:\s*\[[^\]]*\])?"
ANY_PAGE = (
    rf"(?:(?:page|p\.|pg\.?)\s*)?(?:{DASH}|[(\[|])?\s*"
    rf"\d{{1,4}}\s*(?:(?:/|of|\|)\s*\d{{1,4}})?\s*(?:{DASH}|[)\]|])?"
)
SURE_PAGE = (
    r"(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?"
    rf"|\d{{1,4}}\s?/\s?\d{{1,4}}|{DASH}\s?\d{{1,4}}\s?{DASH}"
)
JOB = (
    r"(?:GE|V|N|E|A|NY|VN)\.?\s?\d{2}-\d{4,6}(?:\s*\(?[A-Z]\)?)?"
    r"(?:\s+\d{6})?(?:\s+\d{1,4}(?:\s?/\s?\d{1,4})?)?|\*\d{5,}\*"
)
OFTEN = (
    _form("job number", JOB, "printers write it below", "V.24-01234 (E)", "*2401234*"),
    _form(
        "document symbol",
        rf"(?>{SYMBOL_SHOWN})\s*(?i:{ANY_PAGE})?|(?>(?i:{SURE_PAGE}))\s*{SYMBOL_SHOWN}",
        "it stands above every page, with or without the number of the page",
        "CTOC/COP/WG.4/2024/4",
        "2/8 CTOC/COP/WG.4/2024/4",
    ),
)
# At the edge of a page, any number may be that of the page; elsewhere only a form that says so.
LINKS_OF_PAGE = _form(
    "links",
    r"[^|.]{1,40}(?:\s\|\s[^|.]{1,40})+",
    "a web page has them beside each other below its text",
    "Back to top | Print",
)
FURNITURE = (_form("page number", f"(?i:{ANY_PAGE})", "every page", "5", "- 5 -", "5/8"), *OFTEN)
SURE_FURNITURE = (
    _form("page number", f"(?i:{SURE_PAGE})", "text has lost its pages", "Page 5 of 8"),
    *OFTEN,
    LINKS_OF_PAGE,
)

# --- what a web page does not show ----------------------------------------------------------------

HIDING_STYLES = (
    _form("not displayed", r"display\s*:\s*none", "menus and notes for scripts", "display: none"),
    _form(
        "not visible",
        r"visibility\s*:\s*(?:hidden|collapse)",
        "it keeps its place on the page",
        "visibility:hidden",
    ),
    _form("struck out", r"\bline-through\b", "it is no longer said", "line-through"),
)
CLASSES_THAT_HIDE = tuple(
    _form(name, re.escape(name), "for readers who hear a page, who are told where they are", name)
    for name in (
        "footnote-back",
        "reversefootnote",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
        "screen-reader-only",
        "show-for-sr",
        "element-invisible",
        "a11y-hidden",
    )
)

# --- footnotes that stand together after the last paragraph ---------------------------------------

END_NOTES = (  # each needs a call of the same form, glued to a word, in the order of the notes
    _form(
        "[1]",
        r"\s*\[(?P<number>\d{1,2})\]\s*(?P<rest>\S.*)",
        "web pages and converters",
        "[1] A letter.",
    ),
    _form(
        "1",
        r"\s*(?P<number>\d{1,2})[ \t]+(?P<rest>[^\W\d].*)",
        "text has lost its raised digits",
        "1 A letter.",
    ),
)

# --- raised digits --------------------------------------------------------------------------------

# What a digit is glued to that may be a mark: a word or a year, but no "Rev." or "para."
GLUED_TO = (
    r"(?:(?<=[\p{Ll}\p{Lo})%\u2019\u201d\"'])[.,;:]?|(?<=\b(?:19|20|21)\d\d[.,;:]))"
    r"(?<!(?:/\p{L}{1,5}|\b(?:[Nn]os?|[Pp]aras?|[Aa]rts?|pp?|[Vv]ols?|[Cc]haps?))\.)"
)
MARKS = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
NOTE_SIGNS = "[*\u2020\u2021]"  # of footnotes that have no number
UNRAISED = (  # raised digits that are no marks of footnotes
    _form(
        "unit",
        r"(?<![^\W\d_])(?:km|hm|m|cm|mm|dm|nm|\u00b5m|\u03bcm|ft|yd|mi)[\u00b2\u00b3]",
        "areas and volumes",
        "km\u00b2",
    ),
    _form(
        "exponent",
        rf"[\u207a\u207b]{MARKS}+|[\u00d7x]\s?10{MARKS}+",
        "powers of ten",
        "\u207b\u00b3",
        "\u00d7 10\u2076",
    ),
    _form("square", r"(?<![^\W_])[Rr\u03c7][\u00b2\u00b3]", "statistics", "R\u00b2"),
    _form("fraction", rf"{MARKS}+\u2044", "with a sign of its own", "\u00b9\u2044"),
)
NO_MARKS = "|".join(form.pattern.pattern for form in UNRAISED)
