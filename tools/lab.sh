#!/bin/sh
# Open the notebooks in JupyterLab, and clean them when it ends. Options are handed on to JupyterLab.
cd "$(dirname "$0")/.." || exit 1

trap : INT TERM # whatever ends JupyterLab leaves this script alive to clean
.venv/bin/python -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/book/index.ipynb "$@"
status=$?
echo "JupyterLab has ended. Cleaning the notebooks, as make notebooks does:"
.venv/bin/python -m tools.notebooks || exit
exit $status
