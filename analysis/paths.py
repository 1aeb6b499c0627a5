"""Where the project keeps its things.

Every other module asks here, so that a folder is named once.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "datapackage.json"
PUBLISHED = ROOT / "data"


def _data() -> Path:
    """Return the folder that P53_DATA names, one beside a notebook, or our own."""
    if named := os.environ.get("P53_DATA"):
        return Path(named).resolve()
    if "ipykernel" in sys.modules:  # a notebook that was copied together with its data
        for folder in (Path.cwd() / "data", Path.cwd().parent / "data"):
            if (folder / SCHEMA).is_file():
                return folder
    return PUBLISHED


DATA = _data()
BUILT = "_build" if DATA == PUBLISHED else "_build/other"
BUILD = ROOT / BUILT
