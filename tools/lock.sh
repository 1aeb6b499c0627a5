#!/bin/sh
# Rewrite requirements.lock, requirements-run.lock and benchmarks/peers.lock from pyproject.toml. Versions that
# still fit stay as they are; --upgrade takes the newest.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/python -m uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --custom-compile-command "make lock" --no-config --quiet "$@"
}

compile pyproject.toml --group dev --output-file requirements.lock "$@"
# What the book needs and no more, in the same versions.
compile pyproject.toml --group lab --constraint requirements.lock --output-file requirements-run.lock
compile --group peers --output-file benchmarks/peers.lock "$@"
echo "requirements.lock, requirements-run.lock and benchmarks/peers.lock are written. The next command installs what has changed."
