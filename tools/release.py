"""Write a version to every file that names one, those for archives among them.

A version such as 0.2.0 is a release, and today its day. A version such as 0.3.0.dev begins
the work on the next one and has no such day. See RELEASING.md.
"""

import re
import sys
from datetime import date
from pathlib import Path

from analysis import cite, paths, record

VERSION = re.compile(r"\d+\.\d+\.\d+(\.dev)?")
NAMED = {  # the files that name the version, and where
    "pyproject.toml": (r'^version = ".*"$', 'version = "{}"'),
    "CITATION.cff": (r"^version: .*$", "version: {}"),
    "data/datapackage.json": (r'^  "version": ".*",$', '  "version": "{}",'),
}
DAY = re.compile(r"^date-released:.*\n", re.MULTILINE)


def changes(root: Path, version: str, today: date) -> dict[str, str]:
    """Return the new text of every file that names the version.

    Raises
    ------
    ValueError
        If the version is not one or not later, or if the day of the data is old.
    """
    if not VERSION.fullmatch(version):
        raise ValueError(f"Invalid version '{version}'. Must be as in 0.2.0 or 0.3.0.dev.")
    texts = {name: (root / name).read_text(encoding="utf-8") for name in (*NAMED, "CHANGELOG.md")}
    before = re.findall(r"^version: (\S+)$", texts["CITATION.cff"], re.MULTILINE)
    if before and _rank(version) <= _rank(before[0]):
        raise ValueError(f"Invalid version '{version}'. Must be later than {before[0]}.")
    for name, (pattern, line) in NAMED.items():
        texts[name] = _replaced(name, texts[name], pattern, line.format(version))
    texts["CITATION.cff"] = DAY.sub("", texts["CITATION.cff"])
    if version.endswith(".dev"):
        texts["CHANGELOG.md"] = _begun(texts["CHANGELOG.md"], version)
        return texts
    if record.dated.day(root / "data")[1]:
        raise ValueError("The tables have changed. Run `python -m analysis dictionary` first.")
    texts["CITATION.cff"] = texts["CITATION.cff"].replace(
        f"version: {version}\n", f'version: {version}\ndate-released: "{today}"\n'
    )
    texts["CHANGELOG.md"] = _ended(texts["CHANGELOG.md"], version, today)
    return texts


def _rank(version: str) -> tuple[list[int], bool]:
    """Return what versions are ordered by: work on one comes before it."""
    numbers = version.removesuffix(".dev")
    return [int(number) for number in re.findall(r"\d+", numbers)], numbers == version


def _replaced(name: str, text: str, pattern: str, line: str) -> str:
    new, times = re.subn(pattern, line, text, flags=re.MULTILINE)
    if times != 1:
        raise ValueError(f"Invalid file '{name}'. Must name the version once, not {times} times.")
    return new


def _begun(changelog: str, version: str) -> str:
    """Return the changelog with a part for the next version on top."""
    before, mark, rest = changelog.partition("## ")
    if "(unreleased)" in rest.partition("\n")[0]:
        raise ValueError("Invalid CHANGELOG.md. Its first version must be released before another.")
    return f"{before}## {version} (unreleased)\n\n{mark}{rest}"


def _ended(changelog: str, version: str, today: date) -> str:
    """Return the changelog with the day of the release in place of its first heading."""
    heading = f"## {version}.dev (unreleased)\n"
    if changelog.find("## ") != changelog.find(heading):
        raise ValueError(f"Invalid CHANGELOG.md. Its first version must be {heading[3:-1]}.")
    return changelog.replace(heading, f"## {version} ({today})\n", 1)


def main(arguments: list[str], root: Path = paths.ROOT) -> int:
    """Write the version given and return 0, or say in one line why not and return 2."""
    if len(arguments) != 1:
        print("usage: python -m tools.release VERSION", file=sys.stderr)
        return 2
    try:
        texts = changes(root, arguments[0], date.today())
        cite.read(root / "CITATION.cff", root / "data")  # before anything is written
        for name, text in texts.items():
            paths.write(root / name, text)
        fields = cite.read(root / "CITATION.cff", root / "data")
        for name, write in cite.WRITTEN.items():
            paths.write(root / name, write(fields))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Version {arguments[0]} is written to {', '.join([*texts, *cite.WRITTEN])}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
