"""What a file that is given away says of itself."""

from dataclasses import dataclass
from pathlib import Path

from analysis import record


@dataclass(frozen=True)
class About:
    """A data package in words.

    Attributes
    ----------
    name, title, description, version : str
        As in the descriptor.
    created : str
        The day of the tables, as a date and time.
    creators, licence : str
        Who made it; the address of its licence.
    """

    name: str
    title: str
    description: str
    version: str
    created: str
    creators: str
    licence: str


def about(folder: str | Path | None = None) -> About:
    """Return what the descriptor of a data folder says of it.

    Raises
    ------
    ValueError
        If it lacks a name, a version, a contributor, a licence or the day of the tables.
    """
    package = record.schema(folder)
    needed = ("name", "version", "contributors", "licenses")
    if lacking := [each for each in needed if not package.get(each)]:
        rule = f"Must have {', '.join(lacking)} for what is exported"
        raise ValueError(f"Invalid data package '{package['title']}'. {rule}.")
    licence = package["licenses"][0]
    return About(
        **{each: package[each] for each in ("name", "title", "description", "version")},
        created=f"{record.dated.day(folder)[0]}T00:00:00Z",
        creators=", ".join(each["title"] for each in package["contributors"]),
        licence=licence.get("path") or f"https://spdx.org/licenses/{licence['name']}",
    )
