"""The environment is named once, in pyproject.toml; everything else that speaks of it is held to that."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

RUNTIME = PYPROJECT["project"]["dependencies"]
NAMED = RUNTIME + PYPROJECT["dependency-groups"]["dev"]
PYTHONS = SpecifierSet(PYPROJECT["project"]["requires-python"])

# One entry of the lock: the requirement, its hashes line by line, and comments that say who asked for it.
ENTRY = re.compile(
    r"^(?P<requirement>[a-z0-9].*?) \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
    r"(?P<comments>(?:    #.*\n)*)",
    re.MULTILINE,
)


def lock_entries():
    """Name -> (requirement, whether pyproject.toml asked for it itself), one per entry of the lock."""
    entries = {}
    for entry in ENTRY.finditer(LOCK):
        requirement = Requirement(entry["requirement"])
        entries[canonicalize_name(requirement.name)] = (requirement, "(pyproject.toml" in entry["comments"])
    return entries


LOCKED = lock_entries()


def locked_version(requirement):
    (specifier,) = requirement.specifier
    assert specifier.operator == "==", f"{requirement} is not pinned"
    return Version(specifier.version)


def named_once(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements}


# --- the lock -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NAMED + PYPROJECT["build-system"]["requires"])
def test_lock_holds_what_pyproject_names(text):
    wanted = Requirement(text)
    assert canonicalize_name(wanted.name) in LOCKED, "run: make lock"
    requirement, _ = LOCKED[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(locked_version(requirement)), "run: make lock"


def test_lock_asks_for_nothing_that_pyproject_no_longer_names():
    asked = {name for name, (_, by_pyproject) in LOCKED.items() if by_pyproject}
    assert asked == named_once(NAMED), "run: make lock"


def test_dependencies_are_named_once():
    assert len(named_once(NAMED)) == len(NAMED)


def test_every_line_of_the_lock_belongs_to_a_pinned_entry_with_hashes():
    leftover = [line for line in ENTRY.sub("", LOCK).splitlines() if line and not line.startswith("#")]
    assert leftover == []
    assert all(locked_version(requirement) for requirement, _ in LOCKED.values())


def test_lock_names_no_host_no_index_and_no_path():
    # An index named here would be taken from whoever made the lock, and forced on everybody else.
    assert re.findall(r"^.*(?:://|\bindex\b|find-links|(?<!\w)/\w+/).*$", LOCK, re.MULTILINE) == []


def test_lock_fits_the_oldest_python():
    floor = "3.11"
    assert PYTHONS.contains(floor) and not PYTHONS.contains("3.10")
    assert f"--python-version {floor}" in MAKEFILE
    assert set(re.findall(r"version_info < \((\d+), (\d+)\)", MAKEFILE)) == {tuple(floor.split("."))}


def test_installed_packages_are_the_locked_ones():
    applicable = [r for r, _ in LOCKED.values() if r.marker is None or r.marker.evaluate()]
    installed = {canonicalize_name(d.name): Version(d.version) for d in metadata.distributions()}
    wrong = [str(r) for r in applicable if installed.get(canonicalize_name(r.name)) != locked_version(r)]
    assert wrong == [], "this environment is not the locked one: run the tests with make test"


# --- conda and Binder ---------------------------------------------------------------------------------------


def test_conda_environment_installs_the_same_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == PYPROJECT["project"]["name"]
    python, pip, installed_by_pip = environment["dependencies"]
    assert pip == "pip"
    assert installed_by_pip == {"pip": ["-r requirements.lock"]}
    name, _, version = python.partition("=")
    assert name == "python" and PYTHONS.contains(version)


def test_binder_links_the_package_itself():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    assert "pip install --no-deps --no-build-isolation --editable ." in script.read_text(encoding="utf-8")


# --- licences -----------------------------------------------------------------------------------------------

COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:Lesser |Affero |Library )?General Public", re.IGNORECASE)
# Read by hand: the metadata mention the GPL, and the licence does not bind us to it.
NOT_BINDING = {
    "pebble": "LGPL: it binds who changes pebble, not who imports it as it is",
    "docutils": "public domain and BSD; the GPL covers one Emacs file that is not installed",
    "text-unidecode": "Artistic License or GPL, at the user's choice",
}


def runtime_closure():
    """Names of all packages that the runtime dependencies bring in on this machine."""
    waiting, seen = [Requirement(text) for text in RUNTIME], set()
    while waiting:
        wanted = waiting.pop()
        extras = frozenset(wanted.extras) | {""}
        key = canonicalize_name(wanted.name), extras
        if key in seen:
            continue
        seen.add(key)
        further = map(Requirement, metadata.requires(wanted.name) or [])
        waiting += [r for r in further if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)]
    return sorted({name for name, _ in seen})


def declared_licences(name):
    about = metadata.metadata(name)
    # An old-style field may hold the whole text, which quotes the licences of bundled libraries.
    first_line = (about.get("License") or "").strip().partition("\n")[0]
    classifiers = [c for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    return [text for text in (about.get("License-Expression"), first_line, *classifiers) if text]


def test_nothing_at_run_time_is_under_the_gpl():
    closure = runtime_closure()
    licences = {name: declared_licences(name) for name in closure}
    assert [name for name, texts in licences.items() if not texts] == [], "no licence declared"
    found = {name for name, texts in licences.items() if any(map(COPYLEFT.search, texts))}
    assert found == set(NOT_BINDING)


# --- the commands -------------------------------------------------------------------------------------------

TARGETS = ["book", "test", "check", "tables", "lab", "serve", "fuzz", "lint", "bench", "lock", "clean"]


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_alone_prints_the_menu():
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    run = subprocess.run(["make"], cwd=ROOT, env=outside, capture_output=True, text=True, check=True)
    lines = re.findall(r"^  make (\w+) +(\S.*)$", run.stdout, re.MULTILINE)
    assert [target for target, _ in lines] == TARGETS


@pytest.mark.parametrize("command", ["make book", "make test"])
def test_readme_and_continuous_integration_give_the_same_two_commands(command):
    workflow = ROOT / ".github" / "workflows" / "book.yml"
    for file in (ROOT / "README.md", ROOT / ".ci" / "run", workflow):
        assert command in file.read_text(encoding="utf-8"), f"{file.name} does not say: {command}"
