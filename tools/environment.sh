#!/bin/sh
# Make the private environment in .venv, or say nothing if it is complete.
#
# .venv is complete when the last step has left .venv/.made, which names the folder that it was made
# for. It is made again when that step was not reached, when the checkout has moved, when its Python
# has gone, and when requirements.lock has changed. Every command of the Makefile runs this first.
#
# Written for the sh of any system. PYTHON=/path/to/python3.12 chooses the Python.
set -eu
cd "$(dirname "$0")/.."

py=.venv/bin/python
made=.venv/.made

say() { echo "$@" >&2; }

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    if [ -z "${PYTHON:-}" ]; then
        for name in python3 python3.14 python3.13 python3.12 python3.11; do
            if is_recent "$name"; then PYTHON=$name; break; fi
        done
    fi
    PYTHON=${PYTHON:-python3}
    if ! is_recent "$PYTHON"; then
        say "Python 3.11 or later is needed, and '$PYTHON' is not that."
        say "Install one, or say where one is: make book PYTHON=/path/to/python3.12"
        exit 1
    fi
    if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        say "'$PYTHON' cannot make a private environment: its venv module is missing or incomplete."
        say "On Debian or Ubuntu: apt-get install python3-venv. Otherwise: make book PYTHON=/path/to/python3.12"
        exit 1
    fi
}

# Print the lock without its comments: a new comment is no reason to install again.
locked() { grep -v '^ *#' requirements.lock; }

is_whole() { [ "$(cat $made 2>/dev/null)" = "$(pwd -P)" ] && $py -c '' 2>/dev/null; }

is_up_to_date() { is_whole && [ -z "$(find requirements.lock pyproject.toml tools/jupyter -newer $made)" ]; }

has_locked_packages() { is_whole && locked | cmp -s - .venv/made-from.lock; }

make_empty() {
    rm -rf .venv
    "$PYTHON" -m venv .venv
    mkdir -p .venv/settings/matplotlib .venv/settings/ipython/profile_default .venv/settings/jupyter
}

# pip is quiet; this shows how far it is.
show_progress() {
    all=$(locked | grep -c '^[a-zA-Z0-9].*==' || true)
    while sleep "${P53_PROGRESS:-3}" > /dev/null 2>&1; do
        found=$(grep -c -E '^(Collecting|Processing)' .venv/install.log || true)
        unpacked=$(find .venv/lib -maxdepth 3 -name '*dist-info' | grep -c . || true)
        echo "      found $found, unpacked $unpacked of up to $all packages"
    done
}

# Packages come as wheels only (no compiler is needed, no foreign build script runs), and the lock
# names every one of them (--no-deps). Byte code is made when it is first needed.
install_locked() {
    : > .venv/install.log
    show_progress & ticker=$!
    trap 'kill $ticker 2>/dev/null' EXIT
    trap 'exit 130' INT TERM
    if ! $py -m pip install --require-hashes --no-deps --only-binary :all: --no-compile \
        --progress-bar off -r requirements.lock > .venv/install.log 2>&1; then
        tail -n 20 .venv/install.log >&2
        say "The packages could not be installed (see above). Cure that, then run the same command again."
        exit 1
    fi
    kill $ticker 2>/dev/null || true
    trap - EXIT INT TERM
    locked > .venv/made-from.lock
}

# Link the package itself, tell Jupyter how to show its notebooks, and hold what it asks for against
# what is installed.
link_package() {
    rm -f $made
    cp -R tools/jupyter/etc .venv
    $py -m pip install --quiet --no-deps --no-build-isolation --editable .
    if ! $py -m pip check > .venv/check.log; then
        cat .venv/check.log >&2
        say "pyproject.toml and requirements.lock do not agree. Run: make lock"
        exit 1
    fi
    pwd -P > $made
}

if is_up_to_date; then exit 0; fi
if ! has_locked_packages; then
    find_python
    echo "Environment: installing into .venv with $("$PYTHON" --version) (once; some minutes on a slow line)"
    make_empty
    install_locked
fi
link_package
