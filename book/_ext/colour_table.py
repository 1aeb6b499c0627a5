"""Give the style sheet the colours of the book, which drawings have too."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from analysis.page import colours


def put_in(app: Sphinx, exception: Exception | None) -> None:
    """Write the colours before the rules that use them."""
    if exception or app.builder.format != "html":
        return
    sheet, given = Path(app.outdir, "_static", "style.css"), colours.properties()
    rules = sheet.read_text(encoding="utf-8").removeprefix(given)  # there already, if built again
    sheet.write_text(given + rules, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    # Before lean_styles, which leaves out what is not used.
    app.connect("build-finished", put_in, priority=940)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
