#!/bin/sh
# Sees to all that a target of the Makefile needs: Debian packages, and .venv with what pyproject.toml asks for. Does nothing
# where that is already so.
#   setup.sh run      the program and training
#   setup.sh test     those, the tests and the benchmarks, and an X server without a screen
#   setup.sh mutants  those, and what changes the code and measures which tests run it
#   setup.sh lint     everything that is pinned, since the pins are checked too
#   setup.sh docs     the program and what builds the guide
#   setup.sh bundle   the program, training, the guide and what freezes them
# PYTHON names the interpreter to use; without it the first good one of 3.11, 3.12, 3.13 and python3 is taken.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

purpose=${1:-run}
# What pyproject.toml calls the parts, and what tools/system_libraries.sh calls the system's share of them.
case $purpose in
    run) extras="train" libraries=run ;;
    test) extras="train dev" libraries=test ;;
    mutants) extras="train dev mutants" libraries=test ;;
    lint) extras="train dev docs bundle mutants" libraries="" ;;
    docs) extras="docs" libraries=run ;;
    bundle) extras="train docs bundle" libraries=run ;;
    *)
        echo "tools/setup.sh sets up run, test, mutants, lint, docs or bundle, not '$purpose'." >&2
        exit 2
        ;;
esac
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3.11 python3.12 python3.13 python3 /usr/bin/python3
fi

environment=.venv
# A working environment that has to be made anew waits here until that has worked.
former=.venv.former
# One file for each extra that is installed, holding what it was installed from. Only pip's success writes one.
stamps=$environment/.installed
# There while pip may have changed something and has not come to its end.
changing=$stamps/changing
# The folder that the environment was made for: its scripts hold the absolute path.
made_for=$stamps/folder
place=$(pwd -P)
# Settings of the tests and the linters do not ask for a new installation.
key=$({
    awk '/^\[/ { kept = !/^\[+tool\.(pytest|ruff|mypy|importlinter|mutmut|coverage)/ } kept' pyproject.toml
    cat constraints.txt auslan_explorer/__init__.py
} | cksum)

# ------------------------------------------------------------------------------------------------------------- Python
# TensorFlow has no wheels past 3.13.
good_python() {
    # Running it is the test: a version manager's shim can stand on the path and still start nothing.
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

can_make_environments() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}

# find_python CANDIDATE...: prints the first that an environment can be made with.
find_python() {
    for candidate in "$@"; do
        if good_python "$candidate" && can_make_environments "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# python_packages CANDIDATE...: prints the Debian packages that make up for none of them being fit, if there are such.
python_packages() {
    for candidate in "$@"; do
        if good_python "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.base_prefix != "/usr")'; then
            "$candidate" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
            return
        fi
    done
    if [ -n "${PYTHON:-}" ] || ! command -v apt-get >/dev/null 2>&1; then
        return
    fi
    offered=$(LC_ALL=C apt-cache policy python3 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*\.[0-9]*\).*/\1/p')
    case $offered in
        # Nothing, where apt has no lists yet.
        "" | 3.11 | 3.12 | 3.13)
            command -v python3 >/dev/null 2>&1 && [ -z "$offered" ] || echo python3 python3-venv
            return
            ;;
    esac
    for version in 3.13 3.12 3.11; do
        if apt-cache show "python$version-venv" >/dev/null 2>&1; then
            echo "python$version" "python$version-venv"
            return
        fi
    done
}

# explain_python CANDIDATE...: says why none of them will do.
explain_python() {
    found="none was found"
    for candidate in "$@"; do
        if good_python "$candidate"; then
            echo "$candidate cannot make virtual environments, since its modules venv and ensurepip are missing: install them, or name another Python with make PYTHON=/where/it/is." >&2
            return
        fi
        version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
        found="$candidate is $version"
    done
    echo "Auslan Explorer needs Python 3.11, 3.12 or 3.13, and $found: install one of these, or name it with make PYTHON=/where/it/is." >&2
}

# -------------------------------------------------------------------------------------------------- the environment
usable_environment() {
    good_python "$environment/bin/python" && "$environment/bin/python" -m pip --version >/dev/null 2>&1 \
        && { [ ! -f "$made_for" ] || [ "$(cat "$made_for")" = "$place" ]; }
}

up_to_date() {
    [ ! -e "$changing" ] && [ "$(cat "$made_for" 2>/dev/null)" = "$place" ] || return 1
    for extra in $extras; do
        [ "$(cat "$stamps/$extra" 2>/dev/null)" = "$key" ] || return 1
    done
    "$environment/bin/python" -c '' 2>/dev/null
}

worked_before() {
    for extra in $extras; do
        [ -f "$stamps/$extra" ] || return 1
    done
    "$environment/bin/python" -c '' 2>/dev/null
}

system_packages() {
    up_to_date || usable_environment || [ -n "$(find_python "$@")" ] || python_packages "$@"
    [ -z "$libraries" ] || tools/system_libraries.sh --list "$libraries"
}

# Prints the first folder that the set-up has to write into and cannot.
read_only_folder() {
    for folder in . "$environment" "$environment/bin" "$environment"/lib/python*/site-packages; do
        [ -d "$folder" ] || continue
        if probe=$(mktemp -d "$folder/.probe-XXXXXX" 2>/dev/null); then
            rmdir "$probe"
        else
            (cd "$folder" && pwd -P)
            return
        fi
    done
}

restore_former() {
    [ ! -d "$former" ] || { rm -rf "$environment" && mv "$former" "$environment"; }
}

# give_up SENTENCE: leaves; as if nothing had been wrong where this has worked before and what is installed fits together.
give_up() {
    restore_former
    if [ -d "$stamps" ] && "$environment/bin/python" -m pip check >/dev/null 2>&1; then
        rm -f "$changing" 2>/dev/null || true
        if [ $worked = yes ]; then
            echo "$1 What was installed before is used as it is; it is brought up to date when this is run again." >&2
            exit 0
        fi
    fi
    echo "$1" >&2
    exit 1
}

# ------------------------------------------------------------------------------------------------------------ set-up
# All that the system lacks, before anything is downloaded.
status=0
ensure_packages system_packages "$@" || status=1
if up_to_date; then
    exit $status
fi
python=""
if ! usable_environment; then
    python=$(find_python "$@")
    if [ -z "$python" ] && [ -z "$(python_packages "$@")" ]; then
        explain_python "$@"
        status=1
    fi
fi
[ $status = 0 ] || exit 1

worked=no
if worked_before; then
    worked=yes
fi
folder=$(read_only_folder)
[ -z "$folder" ] || give_up "Nothing can be written into $folder, where the set-up belongs: make that folder yours, or clone into one that is."

if [ -n "$python" ]; then
    if [ $worked = yes ]; then
        rm -rf "$former"
        mv "$environment" "$former"
        trap restore_former EXIT
        trap 'exit 130' INT TERM
    fi
    echo "Making a virtual environment in $environment with $("$python" --version) ..."
    "$python" -m venv --clear "$environment"
fi
mkdir -p "$stamps"
echo "$place" > "$made_for"

quiet=--quiet
[ -t 1 ] && quiet= # somebody is watching: show what is being fetched, and how far it is
log=$stamps/pip.log
if [ $worked = yes ]; then
    echo "Bringing $environment up to date ..."
    # Most often there is no network: soon give up, and say so in one sentence.
    retries="--retries 1"
    exec 3>"$log"
else
    echo "Installing what constraints.txt pins; the first time all of it is downloaded ..."
    retries=""
    exec 3>&2
fi
: > "$changing"
# pip resolves and downloads everything before it changes anything.
# shellcheck disable=SC2086 # lists of options
if ! "$environment/bin/python" -m pip install $quiet $retries --disable-pip-version-check --constraint constraints.txt \
    --editable ".[$(echo "$extras" | tr ' ' ,)]" 2>&3; then
    if [ $worked = yes ]; then
        give_up "Bringing $environment up to date failed; is there a network? ($(grep -m 1 'ERROR' "$log" | sed 's/^ *//'))"
    fi
    give_up "Installing the dependencies failed: what pip says stands above. Mend that and run the same command again; what is already there is kept."
fi
for extra in $extras; do
    echo "$key" > "$stamps/$extra"
done
rm -f "$changing"
trap - EXIT
rm -rf "$former"
echo "Set up."
