"""The files of the data package, their checksums, and one archive of them."""

import hashlib
import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from analysis import cite, paths, record

# What a data folder gives away: no hidden file, and none that an editor left behind.
GIVEN = re.compile(r"LICENSE|([a-z][\w-]*/)*[\w-]+\.(csv|json|md)")
EARLIEST = date(1980, 1, 1)  # of a member of an archive
READABLE = 0o100644 << 16  # a plain file, as an archive keeps it


def files(folder: str | Path | None = None) -> dict[str, bytes]:
    """Return the files of the data package by their path in it.

    The schema says more than the one of the data folder: bytes and hash of each table and, once
    the book has an address, the address.

    Parameters
    ----------
    folder : str or Path, optional
        The data folder. Default: the one shipped with the book.
    """
    folder = Path(folder or paths.DATA)
    places = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    found = {name: path.read_bytes() for name, path in places.items() if GIVEN.fullmatch(name)}
    described = json.dumps(descriptor(folder, found), ensure_ascii=False, indent=2)
    return found | {paths.SCHEMA: f"{described}\n".encode()}


def descriptor(folder: Path, contents: dict[str, bytes]) -> dict[str, Any]:
    """Return the schema of a data folder with bytes, hashes and the address."""
    described = record.schema(folder)
    fields = cite.read(folder=folder)
    address = fields.get("url")
    known = {
        "id": f"https://doi.org/{fields['doi']}" if fields.get("doi") else address,
        "homepage": address,
    }
    resources = [
        table | {"bytes": len(content), "hash": record.loading.seal(content)}
        for table in described.pop("resources")
        for content in [contents[table["path"]]]
    ]
    return {
        **described,
        **{key: value for key, value in known.items() if value},
        "resources": resources,
    }


def sums(contents: dict[str, bytes]) -> bytes:
    """Return the checksums of files, as `sha256sum --check` reads them.

    >>> sums({"a.csv": b""}).decode()[-14:]
    '52b855  a.csv\\n'
    """
    lines = (f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    return "".join(lines).encode()


def zipped(contents: dict[str, bytes], top: str, day: date) -> bytes:
    """Return files as one archive, the same bytes in every run and on every machine.

    The files are stored, not compressed: what a compressor writes differs between its versions.

    Parameters
    ----------
    contents : dict
        The files by their path.
    top : str
        The folder in which they are in the archive.
    day : date
        The day that all of them have.
    """
    stream = BytesIO()
    moment = max(day, EARLIEST).timetuple()[:6]
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name in sorted(contents):
            member = ZipInfo(f"{top}/{name}", moment)
            member.create_system, member.external_attr = 3, READABLE  # as if written on Unix
            archive.writestr(member, contents[name])
    return stream.getvalue()
