#!/bin/sh
# Makes .venv with everything that the program and its tests need; does nothing where that is already so.
# PYTHON names the interpreter to use; without it the first good one of 3.11, 3.12, 3.13 and python3 is taken.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

environment=.venv
stamp=$environment/.set-up

# What the environment was made from. The folder counts: scripts in an environment hold its absolute path.
key=$(cat pyproject.toml constraints.txt tools/setup.sh | cksum)
place=$(pwd -P)

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key $place" ] && "$environment/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

# TensorFlow has no wheels past 3.13.
good_python() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

can_make_environments() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
        # Running it is the test: a version manager's shim can stand on the path and still start nothing.
        if good_python "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

usable_environment() {
    good_python "$environment/bin/python" && "$environment/bin/python" -m pip --version >/dev/null 2>&1 \
        && { [ ! -f "$stamp" ] || [ "$(cut -d ' ' -f 3- "$stamp")" = "$place" ]; }
}

if ! usable_environment; then
    python=$(find_python)
    if [ -z "$python" ] && [ -z "${PYTHON:-}" ]; then
        install_packages python3 python3-venv || true
        python=$(find_python)
    fi
    if [ -z "$python" ]; then
        echo "Auslan Explorer needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it with make PYTHON=/where/it/is." >&2
        exit 1
    fi
    if ! can_make_environments "$python"; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "python$version-venv" || install_packages python3-venv || true
    fi
    if ! can_make_environments "$python"; then
        echo "$python cannot make virtual environments: on Debian and Ubuntu, install python3-venv (apt-get install python3-venv) and run this again." >&2
        exit 1
    fi
    echo "Making a virtual environment in $environment with $("$python" --version) ..."
    "$python" -m venv --clear "$environment"
fi

rm -f "$stamp"
echo "Installing what constraints.txt pins (the first time this takes some minutes) ..."
quiet=--quiet
[ -t 1 ] && quiet= # somebody is watching: show what is being fetched, and how far it is
# setuptools warns at every editable install that it is one.
if ! PYTHONWARNINGS=ignore "$environment/bin/python" -m pip install $quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train,dev,docs]'; then
    echo "Installing the dependencies failed: what pip says stands above. Mend that and run the same command again; what is already there is kept." >&2
    exit 1
fi
echo "$key $place" > "$stamp"
echo "Set up."
