"""How pip builds the package: linked to its checkout, and in no other way.

The package reads `data/` beside it, and its name `analysis` is one that others use as well. In a
wheel it could not work.
"""

from setuptools.build_meta import *  # type: ignore[import-untyped] # noqa: F403 # the hooks

REFUSED = "Paragraph 53 works from its checkout alone. In it, run: make book (or: pip install -e .)"


def build_wheel(*_: object, **__: object) -> str:
    """Refuse to build a wheel: pip prints the line and stops."""
    raise SystemExit(REFUSED)
