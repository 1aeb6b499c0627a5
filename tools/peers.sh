#!/bin/sh
# Make the environment of what our reader and our pages are judged with. It is apart, so that none of it is needed.
set -eu
cd "$(dirname "$0")/.."

echo "Installing what the reader is compared with into .venv/peers"
rm -rf .venv/peers
.venv/bin/python -m venv .venv/peers
.venv/peers/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: \
    -r benchmarks/peers.lock
if command -v npm >/dev/null; then
    echo "Installing what the pages are judged with into .venv/peers"
    cp benchmarks/package.json benchmarks/package-lock.json .venv/peers
    npm ci --silent --no-audit --no-fund --prefix .venv/peers
fi
touch .venv/peers/.made
