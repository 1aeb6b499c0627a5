#!/bin/sh
# Make the environment of what our reader is compared with. It is apart, so that none of it is needed.
set -eu
cd "$(dirname "$0")/.."

echo "Installing what the reader is compared with into .venv/peers"
rm -rf .venv/peers
.venv/bin/python -m venv .venv/peers
.venv/peers/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: \
    -r benchmarks/peers.lock
touch .venv/peers/.made
