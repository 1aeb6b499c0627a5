#!/bin/sh
# Check the data, execute the notebooks and build the book. The last step leaves _build/.made: a build
# that failed or was interrupted has none, and is made again by whichever command needs the book.
set -eu
cd "$(dirname "$0")/.."

echo "Checking the data"
.venv/bin/python -m analysis check
echo "Executing the notebooks and building the book"
rm -rf _build/.made _build/html _build/.doctrees _build/jupyter_execute
.venv/bin/jupyter-book build . --all -W -n --keep-going
touch _build/.made
