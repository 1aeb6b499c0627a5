"""How a drawing looks, and how it becomes a picture that is part of a page.

Ink and typeface of the picture are those of the page, so that one picture serves the light and the
dark page.
"""

import html
import re
from io import StringIO
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.page.colours import light, of_page

WIDTH = 3.3  # inches: words of 10 points have 12 pixels on the smallest telephone
# How far a picture grows on a wide page: its words then have the size of the words around it.
LARGEST_SCALE = 1.7

STYLE: dict[Any, Any] = {
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "text.color": light("ink"),
    "axes.edgecolor": light("ink"),
    "xtick.color": light("ink"),
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "legend.frameon": False,
}


def svg(figure: Figure, *, name: str, alt: str) -> str:
    """Close a drawing and return it as SVG for a page, the same in every run.

    Its ids begin with `name`, so that two pictures on a page do not share any; its ink and typeface
    are those of the page.
    """
    for shape in (*figure.findobj(Rectangle), *figure.findobj(Line2D)):
        shape.set_clip_on(False)  # it ends inside its axes, and a clip costs more than the shape
    stream = StringIO()
    # Words stay words: they can be searched, and take the reader's own typeface.
    with plt.rc_context({"svg.hashsalt": name, "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    plt.close(figure)
    text = of_page(stream.getvalue())
    for pattern, replacement in SVG_CLEANING:
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    text = _unwrapped(_named_ids(text, name))
    label = html.escape(" ".join(alt.split()))
    width = figure.get_figwidth() * 72 * LARGEST_SCALE
    root = f'<svg role="img" aria-label="{label}" class="drawing" style="max-width: {width:.0f}px"'
    return text.replace("<svg", f'{root} font-size="10" fill="currentColor"', 1)


# What Matplotlib writes that a page does not need, or must not have: its style rule would apply to
# the whole page. Words inherit their size and colour from the root.
SVG_CLEANING = (
    (r"^.*?(?=<svg)|<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", ""),
    (r' (xmlns:xlink="[^"]*"|version="1.1"|(width|height)="[\d.]+pt")', ""),
    (r"xlink:href", "href"),
    (r"(font-family: [^;\"]*|text-anchor: start|stroke-dashoffset: 0);? ?", ""),
    (r'(<text style="[^"]*)font-size: 10px;? ?', r"\1"),
    (r'(<text style="[^"]*?);? ?fill: currentColor', r"\1"),
    (r' style=""| transform="rotate\(-?0 [^"]*\)"|<path d="[^"]*" style="fill: none"/>', ""),
    (r"(\d+\.\d)\d+(?=[^<>]*>)", r"\1"),  # inside a tag only: a number that is read stays as it is
    (r'style="text-anchor: (\w+)"', r'text-anchor="\1"'),
    (r"\s+", " "),
    (r"> <", "><"),
    (r"M (\S+) (\S+) L (\S+) \2 L \3 (\S+) L \1 \4 z ?", r"M\1 \2H\3V\4H\1z"),
    (r'<path d="M(\S+) \S+H\1V[^>]*>|<g id="[^"]*"/>', ""),
)


def _named_ids(text: str, name: str) -> str:
    """Return a picture with only the ids it refers to, each after a name."""
    used = list(dict.fromkeys(re.findall(r'(?:url\(|href=")#([^)"]+)', text)))
    text = re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", text)
    for position, old in enumerate(used):
        text = re.sub(rf'(?<=["#]){re.escape(old)}(?=[")])', f"{name}-{position}", text)
    return text


def _unwrapped(text: str) -> str:
    """Return a picture without groups that have no attribute, from the innermost out."""
    while (smaller := re.sub(r"<g>((?:(?!</?g[ >]).)*)</g>", r"\1", text)) != text:
        text = smaller
    return text
