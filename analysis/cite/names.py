"""The names of authors, who may be persons or groups, as formats want them."""

import re
from typing import Any

NAMES = ("family-names", "given-names", "name-particle", "name-suffix", "alias")
ORCID = re.compile(r"https://orcid\.org/(\d{4}-){3}\d{3}[\dX]")
Author = dict[str, Any]


def named(author: Author) -> dict[str, str]:
    """Return the parts of a name as CSL calls them; the family name may be an alias.

    >>> named({"family-names": "Berg", "given-names": "Ana", "name-particle": "van den"})
    {'family': 'van den Berg', 'given': 'Ana'}
    """
    if author.get("name"):
        return {"literal": str(author["name"])}
    family, given, particle, suffix, alias = (str(author.get(name) or "") for name in NAMES)
    family = " ".join(filter(None, (particle, family if family + given else alias)))
    parts = {"family": family, "given": given, "suffix": suffix}
    return {part: words for part, words in parts.items() if words}


def inverted(author: Author) -> str:
    """Return the name of a group, or of a person with the family name first."""
    return ", ".join(named(author).values())


def authors(fields: dict[str, Any]) -> list[str]:
    """Return the name of each author, of a person with the family name first.

    >>> authors({"authors": [{"name": "Us"}, {"family-names": "Berg", "given-names": "Ana"}]})
    ['Us', 'Berg, Ana']
    """
    return list(map(inverted, fields["authors"]))


def closed(author: Author) -> str:
    """Return a name that no reader takes apart: with a comma, even that of a group.

    >>> closed({"name": "The Paragraph 53 project"})
    'The Paragraph 53 project,'
    """
    name = inverted(author)
    return name if "," in name else f"{name},"


def publisher(fields: dict[str, Any]) -> str:
    """Return the groups among the authors, who publish what they write.

    Blank if there is none.
    """
    return "; ".join(str(author["name"]) for author in fields["authors"] if author.get("name"))
