"""Blind sheets: statements drawn at random go out, and only codes come back.

A sheet holds words of the document, from the copy that its reader has, so it is never published.
It holds no gist, no code and no note. The modules, in the order of their use::

    drawing     statements drawn, confirmed against a copy of the document, and written to a sheet
    filling     a filled sheet as codes and spans
    joining     these as readings beside the others
"""

from analysis.sheet.drawing import differences, draw, write
from analysis.sheet.filling import Filled, read
from analysis.sheet.joining import join

__all__ = ["Filled", "differences", "draw", "join", "read", "write"]
