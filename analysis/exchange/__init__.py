"""The codebook and the coded units in the formats that other programs read.

A format that holds words of the document is made on a reader's own copy, and only of a copy whose
every paragraph and span has the recorded hash. The same record gives the same bytes in every run,
and a code or a unit has one GUID in all formats and versions. The modules::

    formats    the formats by name, and what each needs
    refi       REFI-QDA: a codebook, and a project with the text of a copy
    linked     JSON-LD: SKOS of the codebook, Web Annotations of the units
    about      what a file says of itself
    coded      codes and units, and which code is applied to which unit
"""

from analysis.exchange.about import About, about
from analysis.exchange.coded import Code, Unit, codebook, guid, units
from analysis.exchange.formats import FILES, OF_A_COPY, PUBLIC, content, ending

__all__ = [
    "FILES",
    "OF_A_COPY",
    "PUBLIC",
    "About",
    "Code",
    "Unit",
    "about",
    "codebook",
    "content",
    "ending",
    "guid",
    "units",
]
