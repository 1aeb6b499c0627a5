"""Copies of the checkout in which the commands work as they do here."""

import shutil
import site
import subprocess
import sys
from pathlib import Path

from analysis import paths

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_build", ".hypothesis", "__pycache__", ".ipynb_checkpoints", "*.egg-info"
)


def copied(folder: Path) -> Path:
    """Copy the checkout, without what was made in it, into a new folder."""
    return Path(shutil.copytree(paths.ROOT, folder, ignore=LEFT_OUT))


def lend(folder: Path) -> None:
    """Lend a copy the packages of this environment; `analysis` is that of the copy."""
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (packages,) = (venv / "lib").glob("python*/site-packages")
    lent = "\n".join([str(folder), *site.getsitepackages()])
    (packages / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    for settings in ("matplotlib", "ipython/profile_default"):
        (venv / "settings" / settings).mkdir(parents=True)
    shutil.copytree(folder / "tools/jupyter/etc", venv / "etc")
    (venv / "share").symlink_to(Path(sys.prefix, "share"))  # what exports a notebook is there
    lock = (folder / "requirements.lock").read_text(encoding="utf-8").splitlines(keepends=True)
    locked = [line for line in lock if not line.lstrip(" ").startswith("#")]
    (venv / "made-from.lock").write_text("".join(locked), encoding="utf-8")
    (venv / ".made").write_text(f"{folder.resolve()}\n", encoding="utf-8")
