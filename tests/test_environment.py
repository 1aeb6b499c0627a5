"""The environment is named once, in pyproject.toml; everything else is held to that."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from benchmarks import building

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
RUN_LOCK = (ROOT / "requirements-run.lock").read_text(encoding="utf-8")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tools").glob("*.sh")}

RUNTIME = PYPROJECT["project"]["dependencies"]
GROUPS = PYPROJECT["dependency-groups"]
LAB = GROUPS["lab"]
DEV = [each for each in GROUPS["dev"] if isinstance(each, str)]
NAMED = RUNTIME + LAB + DEV
PYTHONS = SpecifierSet(PYPROJECT["project"]["requires-python"])

# One entry of the lock: the requirement, its hashes line by line, and who asked for it.
ENTRY = re.compile(
    r"^(?P<requirement>[a-z0-9].*?) \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
    r"(?P<comments>(?:    #.*\n)*)",
    re.MULTILINE,
)


def lock_entries(text):
    """Name -> (requirement, whether pyproject.toml asked for it itself), by entry of a lock."""
    entries = {}
    for entry in ENTRY.finditer(text):
        requirement = Requirement(entry["requirement"])
        entries[canonicalize_name(requirement.name)] = (
            requirement,
            "(pyproject.toml" in entry["comments"],
        )
    return entries


LOCKED = lock_entries(LOCK)


def locked_version(requirement):
    (specifier,) = requirement.specifier
    assert specifier.operator == "==", f"{requirement} is not pinned"
    return Version(specifier.version)


def named_once(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements}


# --- the lock ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NAMED + PYPROJECT["build-system"]["requires"])
def test_lock_holds_what_pyproject_names(text):
    wanted = Requirement(text)
    assert canonicalize_name(wanted.name) in LOCKED, "run: make lock"
    requirement, _ = LOCKED[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(locked_version(requirement)), "run: make lock"


def test_lock_asks_for_nothing_that_pyproject_no_longer_names():
    asked = {name for name, (_, by_pyproject) in LOCKED.items() if by_pyproject}
    assert asked == named_once(NAMED), "run: make lock"


def test_the_lock_of_what_the_book_needs_is_a_part_of_the_full_one():
    needed = lock_entries(RUN_LOCK)
    assert {name for name, (_, asked) in needed.items() if asked} == named_once(RUNTIME + LAB)
    assert {name: str(locked) for name, (locked, _) in needed.items()} == {
        name: str(LOCKED[name][0]) for name in needed
    }, "run: make lock"
    assert {"include-group": "lab"} in GROUPS["dev"]


def test_dependencies_are_named_once():
    assert len(named_once(NAMED)) == len(NAMED)


def test_every_line_of_the_lock_belongs_to_a_pinned_entry_with_hashes():
    for text in (LOCK, RUN_LOCK):
        lines = ENTRY.sub("", text).splitlines()
        assert [line for line in lines if line and not line.startswith("#")] == []
    assert all(locked_version(requirement) for requirement, _ in LOCKED.values())


def test_lock_names_no_host_no_index_and_no_path():
    # An index named here would be taken from whoever made the lock, and forced on everybody else.
    place = re.compile(r"^.*(?:://|\bindex\b|find-links|(?<!\w)/\w+/).*$", re.MULTILINE)
    assert place.findall(LOCK) == place.findall(RUN_LOCK) == []


def test_lock_fits_the_oldest_python():
    floor = "3.11"
    assert PYTHONS.contains(floor) and not PYTHONS.contains("3.10")
    assert f"--python-version {floor}" in SCRIPTS["lock.sh"]
    asked = re.findall(r"version_info < \((\d+), (\d+)\)", "".join(SCRIPTS.values()))
    assert set(asked) == {tuple(floor.split("."))}


def test_installed_packages_are_the_locked_ones():
    applicable = [r for r, _ in LOCKED.values() if r.marker is None or r.marker.evaluate()]
    installed = {canonicalize_name(d.name): Version(d.version) for d in metadata.distributions()}
    wrong = [
        str(r) for r in applicable if installed.get(canonicalize_name(r.name)) != locked_version(r)
    ]
    assert wrong == [], "this environment is not the locked one: run the tests with make test"


# --- conda and Binder -------------------------------------------------------------------------


def test_conda_environment_installs_the_same_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == PYPROJECT["project"]["name"]
    python, pip, installed_by_pip = environment["dependencies"]
    assert pip == "pip"
    assert installed_by_pip == {"pip": ["-r requirements-run.lock"]}
    name, _, version = python.partition("=")
    assert name == "python" and PYTHONS.contains(version)


def test_binder_links_the_package_itself():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    steps = script.read_text(encoding="utf-8")
    assert "pip install --no-deps --no-build-isolation --editable ." in steps
    assert 'cp -R tools/jupyter/etc "$(python' in steps, "and tells Jupyter of it"
    assert 'cp -R tools/jupyter/etc "$CONDA_PREFIX"' in (ROOT / "environment.yml").read_text()


def test_the_page_has_every_step_for_conda():
    """The steps at the head of environment.yml are those of the page, in order."""
    page = (ROOT / "book" / "reexecute.md").read_text(encoding="utf-8")
    head = (ROOT / "environment.yml").read_text(encoding="utf-8").partition("name:")[0]
    steps = [line.removeprefix("#     ") for line in head.splitlines() if line.startswith("#   ")]
    assert len(steps) == 4 and "\n".join(steps) in page


def test_the_container_names_no_image_of_its_own():
    recipe = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "\nARG IMAGE\nFROM ${IMAGE}\n" in recipe and "RUN make book\n" in recipe
    page = (ROOT / "book" / "reexecute.md").read_text(encoding="utf-8")
    for command in re.findall(r"^#     (docker .+)$", recipe, re.MULTILINE):
        assert command in page
    assert "UNTRIED" in recipe and "None of these three has been tried" in page


# --- licences ---------------------------------------------------------------------------------

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
        waiting += [
            r
            for r in further
            if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)
        ]
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


# --- the private environment ------------------------------------------------------------------

# A Python that only notes what it is asked to do, so that nothing is fetched.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
    "-c import sys;"*) exit "${FAKE_OLD:-0}" ;;
    "-c import ensurepip"*) exit "${FAKE_BARE:-0}" ;;
    "-c "*) exit 0 ;;
    --version) echo Python 3.12.0; exit 0 ;;
esac
echo "$*" >> "$FAKE_LOG"
case "$*" in
    "-m venv .venv")
        mkdir -p .venv/bin .venv/lib/python3/site-packages
        cp "$0" .venv/bin/python ;;
    "-m pip install --require-hashes"*)
        echo "Collecting a"
        sleep "${FAKE_SLOW:-0}"
        exit "${FAKE_FAIL:-0}" ;;
    "-m pip check") echo "a 1 requires b"; exit "${FAKE_CHECK:-0}" ;;
esac
"""
SHELLS = [shell for shell in ("sh", "bash", "dash") if shutil.which(shell)]


class Checkout:
    """A checkout with one locked package, in a path with blanks, and a Python that only notes."""

    def __init__(self, tmp_path, shell):
        self.shell, self.folder, self.log = (
            shell,
            tmp_path / "a folder" / "of mine",
            tmp_path / "log",
        )
        (self.folder / "tools").mkdir(parents=True)
        shutil.copy(ROOT / "tools" / "environment.sh", self.folder / "tools")
        shutil.copytree(ROOT / "tools" / "jupyter", self.folder / "tools" / "jupyter")
        self.lock = self.folder / "requirements.lock"
        self.lock.write_text("# made by make lock\na==1 \\\n    --hash=sha256:0\n    # via b\n")
        (self.folder / "pyproject.toml").write_text("")
        self.python = tmp_path / "a folder" / "python3"
        self.python.write_text(FAKE_PYTHON)
        self.python.chmod(0o755)

    def run(self, **fake):
        """Run the script; return its run and the first words of what Python was asked to do."""
        self.log.write_text("")
        settings = {
            "PATH": os.environ["PATH"],
            "PYTHON": str(self.python),
            "FAKE_LOG": str(self.log),
        }
        command = [self.shell, str(self.folder / "tools" / "environment.sh")]
        run = subprocess.run(command, env=settings | fake, cwd="/", capture_output=True, text=True)
        return run, [re.sub(r"^-m | --.*", "", line) for line in self.log.read_text().splitlines()]

    def age(self, *names):
        """Make files older or, with a name, newer than the environment."""
        made = (self.folder / ".venv" / ".made").stat().st_mtime
        for path in (self.lock, self.folder / "pyproject.toml"):
            os.utime(path, (made + 9, made + 9) if path.name in names else (made - 9, made - 9))


NEW = ["venv .venv", "pip install", "pip install", "pip check"]
LINKED = ["pip install", "pip check"]


@pytest.fixture(params=SHELLS)
def checkout(request, tmp_path):
    return Checkout(tmp_path, request.param)


@pytest.fixture
def complete(checkout):
    assert checkout.run()[0].returncode == 0
    checkout.age()
    return checkout


def test_a_new_checkout_has_its_environment_made_from_the_lock(checkout):
    run, calls = checkout.run()
    assert (run.returncode, run.stderr, calls) == (0, "", NEW)
    assert "installing into .venv with Python 3.12.0" in run.stdout
    assert "--require-hashes --no-deps --only-binary :all:" in checkout.log.read_text()
    assert (checkout.folder / ".venv" / ".made").read_text() == f"{checkout.folder}\n"
    assert (checkout.folder / ".venv/etc/jupyter/jupyter_config.json").is_file()


def test_a_complete_environment_is_left_alone_in_silence(complete):
    run, calls = complete.run()
    assert (run.returncode, run.stdout, run.stderr, calls) == (0, "", "", [])


def test_a_package_that_cannot_be_installed_is_said_and_tried_again(checkout):
    run, calls = checkout.run(FAKE_FAIL="1")
    assert run.returncode == 1 and calls == NEW[:2]
    assert (
        run.stderr.endswith("Cure that, then run the same command again.\n")
        and "Collecting a" in run.stderr
    )
    assert not (checkout.folder / ".venv" / ".made").exists()
    assert checkout.run()[1] == NEW


def test_how_far_an_installation_is_can_be_seen(checkout):
    run, _ = checkout.run(FAKE_SLOW="1", P53_PROGRESS="0.3")
    assert "found 1, unpacked 0 of up to 1 packages" in run.stdout


def test_an_interrupted_installation_is_begun_anew(complete):
    (complete.folder / ".venv" / ".made").unlink()
    assert complete.run()[1] == NEW


def test_a_checkout_that_has_moved_has_a_new_environment(complete, tmp_path):
    complete.folder = complete.folder.rename(tmp_path / "elsewhere")
    assert complete.run()[1] == NEW


def test_an_environment_whose_python_has_gone_is_made_again(complete):
    (complete.folder / ".venv" / "bin" / "python").unlink()
    assert complete.run()[1] == NEW


def test_another_lock_is_installed(complete):
    complete.lock.write_text(complete.lock.read_text().replace("a==1", "a==2"))
    complete.age("requirements.lock")
    assert complete.run()[1] == NEW


def test_a_comment_in_the_lock_is_no_reason_to_install(complete):
    complete.lock.write_text(complete.lock.read_text().replace("via b", "via c"))
    complete.age("requirements.lock")
    assert complete.run()[1] == LINKED


def test_a_change_of_pyproject_only_links_the_package_again(complete):
    complete.age("pyproject.toml")
    assert complete.run()[1] == LINKED
    complete.age()
    assert complete.run()[1] == []


def test_a_package_that_the_lock_lacks_is_said(complete):
    complete.age("pyproject.toml")
    run, _ = complete.run(FAKE_CHECK="1")
    assert run.returncode == 1
    assert (
        run.stderr
        == "a 1 requires b\npyproject.toml and requirements.lock do not agree. Run: make lock\n"
    )
    assert complete.run()[1] == NEW, "it is not taken for complete"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [("OLD", "Python 3.11 or later is needed"), ("BARE", "venv module is missing")],
)
def test_a_python_that_does_not_serve_is_named_with_what_to_do(checkout, trouble, said):
    run, calls = checkout.run(**{f"FAKE_{trouble}": "1"})
    assert (run.returncode, run.stdout, calls) == (1, "", [])
    assert said in run.stderr and f"'{checkout.python}'" in run.stderr
    assert "make book PYTHON=/path/to/python3.12" in run.stderr


def test_a_recent_python_is_found_by_its_name(checkout, tmp_path):
    """The first of python3, python3.13, python3.12 and python3.11 that is recent enough."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python3").write_text("#!/bin/sh\nexit 1\n")
    shutil.copy(checkout.python, folder / "python3.12")
    (folder / "python3").chmod(0o755)
    run, calls = checkout.run(PYTHON="", PATH=f"{folder}:/usr/bin:/bin")
    assert (run.returncode, calls) == (0, NEW)


def test_scripts_are_run_by_the_makefile_and_by_nothing_that_may_be_missing():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in SCRIPTS if f"sh tools/{name}" not in makefile] == []
    assert [name for name, script in SCRIPTS.items() if not script.startswith("#!/bin/sh\n")] == []


# --- the commands -----------------------------------------------------------------------------

TARGETS = (
    "book rebuild pdf release certify test trial check tables addresses notebooks lab "
    "serve lint fuzz bench lock clean".split()
)


def printed(*words):
    """Return what make prints, whatever make test itself was called with."""
    ours = re.compile(r"MAKE.*|MFLAGS|ARGS|FILE|SOURCE|PORT|PYTHON")
    outside = {name: value for name, value in os.environ.items() if not ours.fullmatch(name)}
    run = subprocess.run(
        ["make", *words], cwd=ROOT, env=outside, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_alone_prints_the_menu():
    lines = re.findall(r"^  make (\w+) +(\S.*)$", "\n".join(printed()), re.MULTILINE)
    assert [target for target, _ in lines] == TARGETS


def planned(*words):
    """Return the commands that make would run."""
    return printed("-n", *words)


BUILD = ".venv/bin/python -m tools.build"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_one_test_file_runs_without_building_the_book():
    commands = planned("test", "FILE=tests/test_cite.py")
    assert BUILD not in commands
    assert commands[-1].split() == [".venv/bin/python", "-m", "pytest", "tests/test_cite.py"]
    assert BUILD not in planned("test", "FILE=tests/test_cite.py::test_x tests/test_tables.py")
    assert BUILD in planned("test", "FILE=tests/test_browser.py::test_there_are_pages")
    assert BUILD in planned("test")


def test_a_test_file_that_reads_the_built_book_says_so():
    """Otherwise make test FILE=… would not build it."""
    files = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("tests/test_*.py")}
    reads = re.compile(r'BUILD / "html"|^def \w+\([^)]*\bhtml\b', re.MULTILINE)
    readers = {path.name: text for path, text in files.items() if reads.search(text)}
    readers.pop(Path(__file__).name)
    assert [
        name for name, text in readers.items() if not re.search(r"mark\.needs_book", text)
    ] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_tables_are_written_over_those_of_the_last_time():
    assert any(
        command.endswith("tables --out _build/tables --force")
        for command in map(str.strip, planned("tables"))
    )


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_commands_have_the_settings_that_make_machines_alike(tmp_path):
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "settings.mk", tmp_path / "tools")
    (tmp_path / "Makefile").write_text("include tools/settings.mk\nshow:\n\t@env\n")
    outside = os.environ | {
        "PYTHONPATH": "/x",
        "MATPLOTLIBRC": "/x",
        "MPLBACKEND": "x",
        "TZ": "Asia/Tokyo",
    }
    run = subprocess.run(
        ["make", "-s"], cwd=tmp_path, env=outside, capture_output=True, text=True, check=True
    )
    settings = dict(line.split("=", 1) for line in run.stdout.splitlines() if "=" in line)
    assert (settings["PYTHONHASHSEED"], settings["TZ"], settings["PYTHONUTF8"]) == ("0", "UTC", "1")
    assert settings["IPYTHONDIR"] == f"{tmp_path}/.venv/settings/ipython"
    assert not {"PYTHONPATH", "MATPLOTLIBRC", "MPLBACKEND"} & set(settings)


@pytest.mark.parametrize("command", ["make book", "make test"])
def test_readme_and_continuous_integration_give_the_same_two_commands(command):
    workflow = ROOT / ".github" / "workflows" / "book.yml"
    for file in (ROOT / "README.md", ROOT / ".ci" / "run", workflow):
        assert command in file.read_text(encoding="utf-8"), f"{file.name} does not say: {command}"


@pytest.mark.parametrize("command", ["make test", "make trial", "make lint", "--cov"])
def test_continuous_integration_runs_everything_and_shows_what_is_covered(command):
    for file in (ROOT / ".ci" / "run", ROOT / ".github" / "workflows" / "book.yml"):
        assert command in file.read_text(encoding="utf-8"), f"{file.name} does not say: {command}"


def test_commit_hooks_run_what_is_here():
    """Hooks of our own only: nothing is fetched, and the versions are those of the lock."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = config["repos"]
    hooks = {hook["id"]: hook["entry"].split() for hook in repository["hooks"]}
    assert repository["repo"] == "local"
    assert list(hooks) == ["notebooks", "ruff-check", "ruff-format", "mypy", "data"]
    for python, *words in hooks.values():
        assert python == ".venv/bin/python"
        assert (ROOT / words[0]).is_file() or importlib.util.find_spec(words[1])


def test_the_plain_build_that_ours_is_compared_with_can_be_called():
    """`make bench` alone runs it, which is rarely done."""
    command = [sys.executable, *building.PLAIN[1:4], "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--path-output" in done.stdout
