"""Show docstrings of the package in plain type: a colon where napoleon sets two hyphens.

A docstring of a module is for those who change it, and stands in no page.

>>> lines = [":returns: *DataFrame* -- One row per theme."]
>>> plain(None, "function", "", None, None, lines)
>>> lines
[':returns: *DataFrame*: One row per theme.']
"""

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

AFTER_NAPOLEON = 900  # extensions without a priority have 500


def plain(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Change the lines of a docstring where they are."""
    lines[:] = [] if what == "module" else [line.replace(" -- ", ": ") for line in lines]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the extension."""
    app.connect("autodoc-process-docstring", plain, priority=AFTER_NAPOLEON)
    return {"parallel_read_safe": True}
