#!/bin/sh
# Tries the README's two commands on systems that have nothing: makes clean Debians with debootstrap, in each an ordinary user
# without rights and a clone of what is committed here, and does what the README says. Prints a table; 1 where a row failed.
#   tools/try_fresh.sh [--keep] [SUITE ...]     (default: bookworm trixie)
# --keep   keeps the bare systems and what pip downloads in /var/tmp/auslan-explorer-fresh, and uses what it finds there
# TESTS    in the environment: what `make test` gets as ARGS, "--only core tests/cli" for instance; without it every test runs
# MIRROR   another address than that of the mirror that apt is set up with here
# Needs root, about 9 GB in /var/tmp, and 20 minutes for each system without the tests. Every package comes from that mirror and
# from the index that pip is set up with here. Ubuntu has not been tried: its mirror could not be reached where this was written;
# with one that can, "MIRROR=... tools/try_fresh.sh noble" should do the same there.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

keep=no
if [ "${1:-}" = --keep ]; then
    keep=yes
    shift
fi
[ $# -gt 0 ] || set -- bookworm trixie
if [ "$(id -u)" != 0 ]; then
    echo "This makes a Debian in a folder and needs root: run it with sudo." >&2
    exit 2
fi
PATH=$PATH:/sbin:/usr/sbin
command -v debootstrap >/dev/null || install_packages debootstrap
command -v Xvfb >/dev/null || install_packages xvfb
command -v xwininfo >/dev/null || install_packages x11-utils

kept=/var/tmp/auslan-explorer-fresh
results=$(mktemp -d /var/tmp/auslan-explorer-results-XXXXXX)
table=$results/table
root=""
server=""

# ------------------------------------------------------------------------------------------------------- a bare system
mirror_of() {
    [ -z "${MIRROR:-}" ] || { echo "$MIRROR"; return; }
    # A mirror has all releases of its distribution, apt only the one that runs here.
    python3 tools/apt_mirror.py "$1" || python3 tools/apt_mirror.py "$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)"
}

# How pip reaches its index from here: addresses, certificate, proxy. Folders of this machine are left out.
pip_settings() {
    echo "[global]"
    python3 -m pip config list 2>/dev/null | sed -nE "s/^[^.]*\.(index-url|extra-index-url|trusted-host|cert|proxy|default-timeout)='(.*)'$/\1 = \2/p" \
        | grep -v 'file:' | sort -u -t = -k 1,1
}

make_root() {
    mirror=$(mirror_of "$1")
    components=main
    case $mirror in *ubuntu*) components=main,universe ;; esac
    root=$(mktemp -d "/var/tmp/auslan-explorer-$1-XXXXXX")
    chmod 755 "$root" # the person has to get in
    tarball=$kept/$1.tar
    from_tarball=""
    if [ $keep = yes ]; then
        mkdir -p "$kept"
        [ -f "$tarball" ] || debootstrap --variant=minbase --components="$components" --make-tarball="$tarball" "$1" "$root.tmp" "$mirror" >"$results/debootstrap" 2>&1 \
            || { rm -f "$tarball"; tail "$results/debootstrap"; exit 1; }
        from_tarball=--unpack-tarball=$tarball
    fi
    # shellcheck disable=SC2086 # an option or nothing
    debootstrap --variant=minbase --components="$components" $from_tarball "$1" "$root" "$mirror" >"$results/debootstrap" 2>&1 \
        || { tail "$results/debootstrap"; exit 1; }
    echo "deb $mirror $1 $(echo "$components" | tr , ' ')" >"$root/etc/apt/sources.list"
    cp -rL /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    pip_settings >"$root/etc/pip.conf"
    certificate=$(sed -n 's/^cert = //p' "$root/etc/pip.conf")
    if [ -f "$certificate" ]; then
        # Under another name: packages that are installed in there write the system's own.
        cp -L "$certificate" "$root/etc/pip-certificates.pem"
        sed -i 's|^cert = .*|cert = /etc/pip-certificates.pem|' "$root/etc/pip.conf"
    fi
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mount -t tmpfs -o size=512m tmpfs "$root/dev/shm"
    mkdir -p "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
    as_root apt-get -qq update >/dev/null 2>&1
    as_root apt-get -qq -y install --no-install-recommends make >/dev/null 2>&1
    as_root useradd --create-home person
    if [ $keep = yes ]; then
        mkdir -p "$kept/pip-$1" "$root/home/person/.cache/pip"
        mount --bind "$kept/pip-$1" "$root/home/person/.cache/pip"
        as_root chown -R person: /home/person/.cache
    fi
}

remove_root() {
    [ -n "$root" ] || return 0
    for place in home/person/.cache/pip tmp/.X11-unix dev/shm dev proc; do
        ! mountpoint -q "$root/$place" || umount "$root/$place"
    done
    rm -rf --one-file-system "$root"
    root=""
}

leave() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    remove_root
    rm -rf "$results"
}
trap leave EXIT
trap 'exit 130' INT TERM

as_root() {
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# as_person FOLDER [NAME=VALUE ...] COMMAND...: what a person without rights types in that folder of the home.
as_person() {
    folder=$1
    shift
    # In a process namespace of its own, so that nothing outlives it. The mount of proc is seen in there alone.
    # shellcheck disable=SC2086 # an option or nothing, and a list of variables
    unshare $isolated --pid --fork --mount-proc="$root/proc" chroot "$root" /usr/bin/setpriv --reuid=person --regid=person --clear-groups \
        /usr/bin/env -i --chdir="/home/person/$folder" PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/person LANG=C.UTF-8 $proxies "$@"
}
isolated=""
proxies=$(env | grep -iE '^(https?|no|all)_proxy=' || true)

clone() {
    git -c safe.directory='*' clone --quiet --no-hardlinks . "$root/home/person/$1"
    as_root chown -R person: "/home/person/$1"
}

# ------------------------------------------------------------------------------------------------------------ the rows
# row WORDS COMMAND...: runs it and notes whether that went well and how long it took. What it says is shown when it fails.
row() {
    words=$1
    shift
    began=$(date +%s)
    # In a shell of its own, since errors count in a function only where nobody asks for its result.
    set +e
    (set -e; "$@") >"$results/said" 2>&1
    code=$?
    set -e
    went=ok
    if [ $code != 0 ]; then
        went=FAILED
        tail -n 60 "$results/said" | sed 's/^/    /'
    fi
    printf '%-9s| %-62s| %-6s | %5s s\n' "$suite" "$words" $went $(($(date +%s) - began)) | tee -a "$table"
}

# The command that the set-up named, out of the one sentence that it may stop a person with.
named_command() {
    [ "$(grep -c 'apt-get install' "$1")" = 1 ]
    sed -n "s/.*run '\(sudo \)\{0,1\}\(apt-get install [^']*\)'.*/\2/p" "$1"
}

# stopped_once FOLDER [NAME=VALUE ...] COMMAND...: the command stops before any download and names what root has to run; root
# runs that, word for word, with -y in place of saying yes.
stopped_once() {
    if as_person "$@" >"$results/stop" 2>&1; then
        cat "$results/stop"
        echo "This should have stopped and did not."
        return 1
    fi
    cat "$results/stop"
    command=$(named_command "$results/stop")
    [ -n "$command" ]
    if grep 'Making a virtual\|Installing what' "$results/stop"; then
        return 1
    fi
    # shellcheck disable=SC2086 # a command line
    as_root $command -y
}

draws_without_display() {
    as_person "$@"
    # Whatever the folder is: figures and a film.
    [ "$(find "$root/home/person/$1/out" -name '*.png' | wc -l)" -ge 4 ]
    [ -n "$(find "$root/home/person/$1/out" -name '*.mp4' -size +10k)" ]
    rm -rf "$root/home/person/$1/out"
}

window_is_there() {
    xwininfo -display "$display" -root -tree 2>/dev/null | grep '"Auslan Explorer'
}

window_opens() {
    if window_is_there; then
        echo "A window was there before."
        return 1
    fi
    as_person "$@" "DISPLAY=$display" make run &
    person=$!
    seen=no
    for _ in $(seq 900); do
        sleep 1
        if window_is_there; then
            seen=yes
            break
        fi
        kill -0 $person 2>/dev/null || break
    done
    # The window would stay open: end the first process of its namespace (unshare's only child), and all others end with it.
    pkill -KILL -P "$(pgrep -P $person)" || true
    wait $person || true
    [ $seen = yes ]
}

# says SENTENCE CODE FOLDER COMMAND...: the command ends with that code and one line that has the sentence, and no [Errno 13].
says() {
    sentence=$1 expected=$2
    shift 2
    code=0
    as_person "$@" >"$results/sentence" 2>&1 || code=$?
    cat "$results/sentence"
    [ "$code" = "$expected" ]
    [ "$(grep -c "$sentence" "$results/sentence")" = 1 ]
    if grep 'Errno 13\|Traceback' "$results/sentence"; then
        return 1
    fi
}

offline_with_changed_project() {
    as_person clone sed -i 's/^\[project\]/[project]\n# a trivial change/' pyproject.toml
    says "What was installed before is used" 0 clone make setup
    as_person clone sed -i '/^# a trivial change$/d' pyproject.toml
    as_person clone make setup
}

try() {
    suite=$1
    echo "--- making a bare $suite"
    make_root "$suite"
    clone clone
    row "make run stops once, naming all that is missing" stopped_once clone make run
    row "make run, no display: set-up, figures and a film" draws_without_display clone make run
    echo "    $(as_person clone .venv/bin/python --version), .venv takes $(du -sm "$root/home/person/clone/.venv" | cut -f 1) MB"
    row "make run again, no display" draws_without_display clone make run
    row "make run with a display stops once" stopped_once clone "DISPLAY=$display" make run
    row "make run with a display: the window opens" window_opens clone
    row "the program's own test of the window, play, train, export" as_person clone "DISPLAY=$display" make run ARGS=self-test
    isolated=--net
    row "no network: make run" draws_without_display clone make run
    row "no network, pyproject.toml touched: one sentence, still runs" offline_with_changed_project
    row "no network: make docs cannot be set up" says "Installing the dependencies failed" 2 clone make docs
    row "no network: make run after that" draws_without_display clone make run
    isolated=""
    clone "Études d'été/Auslan Explorer"
    mkdir "$root/home/nobody"
    row "path with spaces and an accent, HOME read-only: make run" \
        draws_without_display "Études d'été/Auslan Explorer" HOME=/home/nobody make run
    row "the same with a display" window_opens "Études d'été/Auslan Explorer" HOME=/home/nobody
    rm -rf "$root/home/person/Études d'été"
    clone another
    as_root chown -R root: /home/person/another
    row "a folder of somebody else: one sentence" says "Nothing can be written into" 2 another make run
    row "make test stops once" stopped_once clone make test
    row "make test ${TESTS:-}" as_person clone make test ARGS="${TESTS:-}"
    tail -n 1 "$results/said" | sed 's/^/    /'
    remove_root
}

exec 9>"$results/display"
Xvfb -displayfd 9 -ac -screen 0 1600x1200x24 -nolisten tcp -noreset >/dev/null 2>&1 &
server=$!
while [ ! -s "$results/display" ]; do
    kill -0 "$server" 2>/dev/null || { echo "Xvfb did not start." >&2; exit 1; }
    sleep 0.1
done
display=:$(cat "$results/display")

for each in "$@"; do
    try "$each"
done
echo
cat "$table"
! grep -q FAILED "$table"
