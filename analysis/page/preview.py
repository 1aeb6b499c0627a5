"""The picture of the book where it is shared: a square for each proposal."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.page.colours import light
from analysis.page.speakers import WITH
from analysis.record import Record
from analysis.tables.uptake import LEVELS, proposals

PREVIEW = "preview.png"
INCHES, DOTS = (12, 6.3), 100  # 1,200 by 630 pixels, as previews have it
FILL_OF = {"full": 1.0, "partial": 0.5, "none": 0.0}  # of the height of a square
TITLE, SUBTITLE = "Paragraph 53", "What was asked for at a dialogue, and what was recommended"
IN_ROW, STEP = 26, 0.42  # squares; inches from one to the next


def alt(data: Record) -> str:
    """Return what the picture shows, in words."""
    counts = _counts(data)
    parts = ", ".join(f"{counts[level]} {WITH[level]}" for level in LEVELS)
    return f"{TITLE}. {SUBTITLE}: one square for each of {sum(counts.values())} proposals; {parts}."


def picture(data: Record) -> bytes:
    """Return the picture as PNG, the same bytes in every run."""
    figure = Figure(figsize=INCHES, dpi=DOTS, facecolor=light("paper"))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, INCHES[0]), ylim=(0, INCHES[1]))
    axes.set_axis_off()
    axes.text(0.6, 5.2, TITLE, size=44, color=light("ink"), weight="bold")
    axes.text(0.6, 4.55, SUBTITLE, size=20, color=light("quiet"))
    top = 3.75
    for level, count in _counts(data).items():
        axes.text(0.6, top, f"{count} {WITH[level]}", size=16, color=light("ink"))
        for place in range(count):
            row, column = divmod(place, IN_ROW)
            _square(axes, 0.6 + STEP * column, top - 0.45 - STEP * row, FILL_OF[level])
        top -= 0.8 + STEP * -(-count // IN_ROW)
    stream = BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _counts(data: Record) -> dict[str, int]:
    found = proposals(data).level.value_counts()
    return {level: int(found.get(level, 0)) for level in LEVELS}


def _square(axes: Axes, x: float, y: float, filled: float) -> None:
    size = 0.75 * STEP
    axes.add_patch(Rectangle((x, y), size, size * filled, color=light("full"), linewidth=0))
    axes.add_patch(Rectangle((x, y), size, size, fill=False, edgecolor=light("full"), linewidth=2))
