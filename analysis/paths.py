"""Where the project keeps its things.

Every other module asks here, so that a folder is named once.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SCHEMA = "datapackage.json"
BUILD = ROOT / "_build"
