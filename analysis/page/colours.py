"""The colours of the book: one table for its pages and its drawings.

Fill tells the outcome of a proposal, and nothing else; earth tells a problem stated. What lightness
and form do not tell, no colour tells alone.
"""

# Name to the colour on a light and on a dark page. Text has a contrast of 4.5:1 or more against
# both grounds, a mark 3:1 or more; `rule` carries no meaning.
COLOURS = {
    "paper": ("#ffffff", "#14171a"),
    "side": ("#f7f7f5", "#191c20"),
    "ink": ("#1b1f24", "#dfe2e5"),
    "quiet": ("#56606b", "#a6aeb8"),
    "edge": ("#6b7480", "#8b95a1"),
    "rule": ("#d5d9de", "#363c43"),
    "link": ("#12507b", "#8cc2ea"),
    "underline": ("#a9bfd0", "#466a86"),
    "visited": ("#5d4a86", "#bfaee6"),
    "full": ("#12405f", "#9acbee"),
    "earth": ("#85541a", "#dba968"),
    "tint": ("#eef3f7", "#1b252e"),
    "earth-tint": ("#faf4ea", "#26201a"),
    "code-background": ("#f6f7f8", "#1b1d20"),
    "code-keyword": ("#8a3577", "#dd9bd0"),
    "code-string": ("#1d6b46", "#86cfa8"),
    "code-number": ("#8b5000", "#e3b072"),
}


def light(name: str) -> str:
    """Return a colour as it is on a light page, for a drawing."""
    return COLOURS[name][0]


def properties() -> str:
    """Return the rule that makes each colour a property of the page.

    >>> properties()[:43]
    'body{--paper:light-dark(#ffffff,#14171a);--'
    """
    pairs = (f"--{name}:light-dark({','.join(pair)})" for name, pair in COLOURS.items())
    return f"body{{{';'.join(pairs)}}}"


def of_page(picture: str) -> str:
    """Return a picture whose colours are those of the page that it is on.

    Ink is the colour of the text around it. Elsewhere than in the book the light colours show.

    >>> of_page('<path style="fill: #12405f"/><text fill="#1b1f24"/>')
    '<path style="fill: var(--full,#12405f)"/><text fill="currentColor"/>'
    """
    picture = picture.replace(light("ink"), "currentColor")
    for name, (colour, _) in COLOURS.items():
        picture = picture.replace(f": {colour}", f": var(--{name},{colour})")
    return picture
