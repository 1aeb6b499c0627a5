"""Find the quantities that a text prints in digits, and the symbols of documents.

A number is a quantity unless something says that it is none: what is before it, or what it is part
of. If its value depends on the country, as that of "1.200", it is blank.
"""

from typing import NamedTuple

import regex

SYMBOL_NAMED = regex.compile(
    r"(?<![\w/])\p{Lu}{1,6}(?:/(?:\s(?=\d))?(?:\p{Lu}+\.\s(?=\d+/))?[\p{Lu}\d][\w.()-]*){1,8}"
)
# Forms of a figure, tried in this order: pattern, what divides its decimals, example.
FIGURES = (
    (r"\d{1,2}(?:,\d\d)+,\d{3}", r"\.", "12,50,000"),
    (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", r"\.", "1,200.5"),
    (r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?", "[.,]", "10 000"),
    (r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", ",", "1.234.567"),
    (r"\d{1,3}(?:['\u2019]\d{3})+(?:\.\d+)?", r"\.", "10'000"),
    (r"[1-9]\d{0,2}\.\d{3}", "", "1.200"),  # not known: a thousand, or a little more than one
    (r"\d+,\d{1,2}", ",", "3,5"),
    (r"\d+\.\d+", r"\.", "2.5"),
    (r"\d+", r"\.", "75"),
)
ANY_FIGURE = rf"(?:{'|'.join(pattern for pattern, _, _ in FIGURES)})(?![.,'\u2019]?\d)"
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
SCALE = rf"\s(?:{'|'.join(SCALES)})\b"
PER_CENT = r"\s?%|\sper\s?cent\b"
CODES = "|".join(  # ISO 4217, and two that West and Central Africa print
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW CFAF FCFA".split()
)
SHORT_NAMES = "Rs|Re|Tk|Fr|Bs|Sh|KSh|TSh|USh|kr"  # of currencies, before a sum
# A sign, with the letters of a country ("R$"), a code, or a short name.
MONEY = rf"(?<!\w)(?:(?:US |\p{{Lu}}{{0,3}})\p{{Sc}}|(?:{CODES})\b|(?:{SHORT_NAMES})\b\.?|S/\.?)\s?"
QUANTITY_FOUND = regex.compile(
    rf"(?<![\w/.,:#\u2013-])(?:{MONEY})?(?P<sign>(?<!\S)[-\u2212+])?(?P<one>{ANY_FIGURE})"
    rf"(?P<scale>{SCALE})?(?:(?:\s?[\u2013-]\s?|\sto\s)(?P<two>{ANY_FIGURE})"
    rf"(?P<scale>{SCALE})?)?(?:{PER_CENT})?(?![\w/:\u00b0]|[\u2013-]\w|\s?\p{{Sc}}|\s(?:{CODES})\b)"
)
# Words beside a number that make it a bound: which bound it is.
BEFORE = {
    "low": r"(?i)\b(?:(?<!no )(?<!not )more than|over|above|at least|exceeding"
    r"|(?:not|no) (?:fewer|less) than)\s+$",
    "high": r"(?i)\b(?:up to|at most|(?<!no )(?<!not )(?:fewer|less) than|under|below"
    r"|(?:not|no) more than)\s+$",
}
AFTER = {
    "low": r"(?: \p{Ll}+)? (?:or (?:more|over|above)|and (?:over|above))\b",
    "high": r"(?: \p{Ll}+)? or (?:fewer|less)\b",
}
MONTH_NAME = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
NOUNS = (  # whose number is a name
    "paragraph para article art section chapter annex appendix resolution decision recommendation "
    "session meeting target goal objective indicator rule principle guideline standard item point "
    "page p pp volume vol issue no number table figure box note footnote part phase stage step "
    "level category group panel round question option version module room case law act bill decree "
    "directive regulation convention line zone route class type grade pillar cluster track action "
    "proposal measure edition protocol day"
).split()
# Words that may open a sentence before a quantity; any other word with a capital is a name.
OPENING = (
    "The A An Some About Around Nearly Almost Approximately Only All These Those Another Of In "
    "With For By At To And But Over Under Below Above Between Up Than Among Including Exactly "
    "More Less Fewer There Overall Its Their Within After Before"
).split()
# What is printed in digits and is no quantity: the words with the number, and an example.
NO_QUANTITIES = {
    r"(?<![\d.,])(?:1[89]|20|21)\d\d(?:\s?[\u2013/-]\s?\d{2,4})?(?![\d.,]?\d)": "2031",
    rf"\d{{1,2}}(?:\s?(?:[\u2013-]|to|and|,)\s?\d{{1,2}})*\s(?:of\s)?{MONTH_NAME}": "5 and 6 March",
    rf"{MONTH_NAME}\s\d{{1,2}}(?:\s?[\u2013-]\s?\d{{1,2}})?": "March 5",
    r"\d{1,2}[:.h]\d\d(?:\s?[\u2013-]\s?\d{1,2}[:.h]\d\d)?\s?(?:[ap]\.?m|hours|h)\b": "10.30 a.m.",
    r"\d{1,2}[:h]\d\d|\d{1,2}\s?[ap]\.?m\b": "15h00",
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}": "9.3.2031",
    rf"(?i:\b(?:{'|'.join(NOUNS)})s?\.?)\s\d[\d.]*(?:\s?\(\w+\))*(?:(?:\s?[,\u2013-]\s?|,?\s(?:and|or|to)"
    r"\s)\d[\d.]*(?:\s?\(\w+\))*)*": "articles 5 (2), 6 and 7",
    rf"\b(?!(?:{'|'.join(OPENING)}|{SHORT_NAMES}|{CODES})\b)"
    r"\p{Lu}[\p{L}-]*\s\d+(?:\.\d+)*(?![,.]?\d)": "Agenda 21",
    r"(?<=\()\d+(?:\.\d+)*(?=\))": "(3)",
    r"(?:^|(?<=[.:;]\s))(?:\d+(?:\.\d+)+[.)]?|\d+[.)])\s(?=\p{Lu})": "12.3 States",
    rf"\b(?!(?:{CODES})\b)\p{{Lu}}{{2,6}}\s?\d[\d .,]*": "ISO 9 001",
    r"(?i:\bminus)\s\d+": "minus 11",
    rf"(?i:\b(?:(?:min|max)imum of|as (?:many|much|few|little) as|upwards of|in excess of))"
    rf"\s(?:{MONEY})?{ANY_FIGURE}": "as many as 500",
    rf"{ANY_FIGURE}\sor\s{ANY_FIGURE}": "2 or 3",
    r"(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|half) (?:in|of|out of)(?: every)?)"
    r"\s\d+": "one in 3",
    r"\+\d[\d\s()-]{6,}\d": "+43 1 000 000",
    rf"(?i:\bfrom|\bbetween)\s(?:{MONEY})?{ANY_FIGURE}[^.;]{{0,40}}?"
    rf"\s(?:to|and)\s(?:{MONEY})?{ANY_FIGURE}": ("from 5 to 10 per cent"),
    rf"{MONEY}{ANY_FIGURE}(?:{SCALE})?(?:\s?[\u2013-]\s?|\sto\s){MONEY}{ANY_FIGURE}": (
        "US$5 to US$10"
    ),
    rf"{ANY_FIGURE}(?:{PER_CENT})\sto\s{ANY_FIGURE}(?:{PER_CENT})": "15 per cent to 20 per cent",
    r"(?i:\b(?:over|under|within|in|above|below))\s\d+\s(?:days?|weeks?|months?|years|hours?)\b": (
        "over 3 days"
    ),
    r"\d+\s(?:of|out of|in)\s(?:the\s)?\d+|\d+\s(?:by|x|\u00d7)\s\d+": "2 of 3",
}
NO_QUANTITY_FORMS = [regex.compile(pattern) for pattern in NO_QUANTITIES]
LONGEST_QUANTITY = 40  # code points of a quantity in the record


class Quantity(NamedTuple):
    """Where a quantity is printed, and its bounds; None is open or not known."""

    start: int
    end: int
    low: float | None
    high: float | None


def quantities(text: str) -> list[Quantity]:
    """Return the quantities that a normalized text prints in digits, in order.

    >>> text = "More than 10 000 boats, 15\u201320 per cent, came on 5 March 2031 for 2.5 million."
    >>> [(text[q.start:q.end], q.low, q.high) for q in quantities(text)][:2]
    [('More than 10 000', 10000.0, None), ('15\u201320 per cent', 15.0, 20.0)]
    """
    others = [
        match.span() for each in (*NO_QUANTITY_FORMS, SYMBOL_NAMED) for match in each.finditer(text)
    ]
    found = []
    for match in QUANTITY_FOUND.finditer(text):
        free = not any(start < match.end() and match.start() < end for start, end in others)
        quantity = _bounded(text, match)
        if free and quantity and quantity.end - quantity.start <= LONGEST_QUANTITY:
            found.append(quantity)
    return found


def symbols(text: str) -> list[str]:
    """Return the symbols of documents in a normalized text, as printed.

    >>> symbols("See A/RES/55/ 25, CTOC/COP/WG. 4/2031/7. Not AND/OR.")
    ['A/RES/55/ 25', 'CTOC/COP/WG. 4/2031/7']
    """
    found = (match[0].rstrip(".-(") for match in SYMBOL_NAMED.finditer(text))
    whole = (symbol.rstrip(")") if "(" not in symbol else symbol for symbol in found)
    return [symbol for symbol in whole if any(character.isdigit() for character in symbol)]


def value(figure: str) -> float | None:
    """Return the value of a figure; None if it depends on the country.

    >>> [value(figure) for figure in ("10 000", "3,5", "1,200.5", "1.200")]
    [10000.0, 3.5, 1200.5, None]
    """
    decimal = next(sign for form, sign, _ in FIGURES if regex.fullmatch(form, figure))
    whole, *part = regex.split(decimal, figure) if decimal else ("", "")
    return float(".".join([regex.sub(r"\D", "", whole), *part])) if whole else None


def _bounded(text: str, match: regex.Match[str]) -> Quantity | None:
    """Return a quantity with the words that make it a bound."""
    scales = match.captures("scale")
    scale = SCALES[scales[-1].strip()] if scales else 1
    figures = [match["one"], *filter(None, [match["two"]])]
    values = [number * scale for number in map(value, figures) if number is not None]
    if len(values) < len(figures):
        return Quantity(match.start(), match.end(), None, None)
    low, high = values[0], values[-1]
    if match["two"] and (low >= high or match["sign"]):
        return None  # "by 5 to 3" is no range
    if match["sign"] in ("-", "\u2212"):
        low = high = -high
    start, end = match.span()
    near = max(0, start - LONGEST_QUANTITY)
    before = {side: regex.search(words, text[near:start]) for side, words in BEFORE.items()}
    below = text[end : end + LONGEST_QUANTITY]
    after = {side: regex.match(words, below) for side, words in AFTER.items()}
    starts = {side: near + found.start() for side, found in before.items() if found}
    ends = {side: end + found.end() for side, found in after.items() if found}
    side = min(starts, key=starts.__getitem__, default="") or min(ends, default="")
    start, end = starts.get(side, start), ends.get(side, end) if side not in starts else end
    bounds = (None if side == "high" else low), (None if side == "low" else high)
    return Quantity(start, end, *bounds)
