"""Read CITATION.cff: what is cited, by whom it is, its version and its day."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from analysis import paths, record
from analysis.cite.names import ORCID, named

NEEDED = ("title", "authors", "version", "type")
PRECISIONS = ("%Y", "%Y-%m", "%Y-%m-%d")
IN_WORDS = ("in %Y", "in %B %Y", "on %-d %B %Y")
DOI = re.compile(r"10\.\d{4,9}/\S+")
Fields = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What version this is, with the day of its release or, before that, of its data."""

    version: str
    day: date
    released: bool
    changed: bool = False  # since that day
    known: int = 3  # how much of the day is: 1 its year, 2 its month too, 3 all
    other: bool = False  # made from other data than the published record

    def __str__(self) -> str:
        """Return the edition in words.

        >>> print(Edition("0.2.0.dev", date(2026, 11, 5), released=False))
        version 0.2.0.dev, unreleased, data of 5 November 2026
        """
        when = f"{self.day:{IN_WORDS[self.known - 1]}}"
        return f"version {self.version}, {self.state or f'released {when}'}"

    @property
    def state(self) -> str:
        """Return the state of an edition that is not released, or blank."""
        since = "changed after" if self.changed else "of"
        kind = "not the published record" if self.other else "unreleased"
        return "" if self.released else f"{kind}, data {since} {self.day:%-d %B %Y}"

    @property
    def iso(self) -> str:
        """Return as much of the day as is known.

        >>> Edition("1", date(2026, 11, 1), released=True, known=2).iso
        '2026-11'
        """
        return f"{self.day:{PRECISIONS[self.known - 1]}}"


def read(path: str | Path | None = None, folder: str | Path | None = None) -> Fields:
    """Read a citation file and, before a release, the day of the data.

    Parameters
    ----------
    path : str or Path, optional
        The citation file. Default: the project's own, with the addresses that are filled in
        `_config.yml`.
    folder : str or Path, optional
        The data folder. Default: the one shipped with the book.

    Returns
    -------
    dict
        The fields of the file, each a text as it is written; ``license`` is one name, ``doi`` is
        there if any identifier is a DOI; and, under ``edition``, an `Edition`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a citation file with title, authors, version and type, if an author has no
        name, or if a date, licence, address or identifier is not one.
    """
    own = path is None
    path = Path(path or paths.ROOT / "CITATION.cff")
    fields = _parsed(path)
    if own:
        fields = addresses() | fields
    _refuse(path, fields)
    doi = [each["value"] for each in fields.get("identifiers", []) if each["type"] == "doi"]
    fields = {"doi": "".join(doi[:1])} | fields
    fields["license"] = "".join(_listed(fields.get("license", [])))
    other = folder is None and paths.DATA != paths.PUBLISHED
    if "date-released" in fields and not other:
        day, known = _day(fields["date-released"], path)
        return fields | {"edition": Edition(fields["version"], day, True, known=known)}
    return fields | {"edition": Edition(fields["version"], *_of_data(folder), other=other)}


def addresses(path: Path | None = None) -> dict[str, str]:
    """Return the addresses of site and repository that are filled in `_config.yml`."""
    path = path or paths.ROOT / "_config.yml"
    settings = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    given = {"url": settings["address"], "repository-code": settings["repository"]["url"]}
    return {name: address for name, address in given.items() if address}


def _of_data(folder: str | Path | None) -> tuple[date, bool, bool]:
    day, changed = record.dated.day(folder)
    return day, False, changed


def _parsed(path: Path) -> Fields:
    """Return the fields of a citation file as texts, all that are needed among them."""
    if not path.is_file():
        raise FileNotFoundError(
            f"No file '{path}'. A project that is to be cited has a CITATION.cff."
        )
    try:  # texts as they are written: 1.10 is a version, and no number
        fields: Fields = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"Invalid citation file '{path}'. Must be YAML: {reason}") from None
    missing = [name for name in NEEDED if not isinstance(fields, dict) or not fields.get(name)]
    if missing:
        raise ValueError(f"Invalid citation file '{path}'. Must have: {', '.join(missing)}.")
    return fields


def _refuse(path: Path, fields: Fields) -> None:
    """Raise ValueError at the first field that formats could not use."""
    for name, is_right, must in MUST:
        if name in fields and not is_right(fields[name]):
            raise ValueError(f"Invalid {name} in '{path}'. Must be {must}.")


def _are_authors(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(each, dict) and named(each) for each in given)


def _have_right_orcids(given: list[Fields]) -> bool:
    return all(ORCID.fullmatch(each["orcid"]) for each in given if each.get("orcid"))


def _is_one_licence(given: Any) -> bool:
    return len(_listed(given)) == 1 and isinstance(_listed(given)[0], str)


def _is_address(given: Any) -> bool:
    return isinstance(given, str) and re.fullmatch(r"https?://[^\s/]+(/\S*)?", given) is not None


def _is_doi(given: Any) -> bool:
    return isinstance(given, str) and DOI.fullmatch(given) is not None


def _are_identifiers(given: Any) -> bool:
    return isinstance(given, list) and all(
        isinstance(each, dict)
        and {"type", "value"} <= each.keys()
        and (each["type"] != "doi" or _is_doi(each["value"]))
        for each in given
    )


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


A_DOI = "as in 10.1234/abc, without https://doi.org/"
MUST = (
    ("authors", _are_authors, "a list, each with a name"),
    ("authors", _have_right_orcids, "a list, an orcid as in https://orcid.org/0000-0000-0000-0000"),
    ("license", _is_one_licence, "one name, as archives want it: say others in message"),
    ("url", _is_address, "an address that begins with https://"),
    ("repository-code", _is_address, "an address that begins with https://"),
    ("doi", _is_doi, A_DOI),
    ("identifiers", _are_identifiers, f"a list, each with type and value, a DOI {A_DOI}"),
)


def _day(given: Any, path: Path) -> tuple[date, int]:
    """Return the first day that a date can mean, and how many of its parts are known."""
    for known, form in enumerate(PRECISIONS, 1):
        try:
            day = datetime.strptime(str(given), form).date()
        except ValueError:
            continue
        if f"{day:{form}}" == given:
            return day, known
    raise ValueError(
        f"Invalid date-released '{given}' in '{path}'. "
        "Must be YYYY-MM-DD, YYYY-MM or YYYY, or absent."
    )
