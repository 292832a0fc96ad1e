#!/bin/sh
# Tries the .deb in a clean Debian: makes one with debootstrap, installs the package there, starts it as a person without
# Python, removes it, and looks for what it has left behind.
#   tools/try_deb.sh [FILE.deb]      (default: the one that `make installer` made)
# Needs root, about 4 GB in /var/tmp and the package mirror that apt is set up with here. SUITE names another release than
# this machine's, MIRROR another address.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

deb=${1:-$(ls dist/auslan-explorer_*.deb 2>/dev/null | tail -n 1)}
if [ -z "$deb" ] || [ ! -f "$deb" ]; then
    echo "There is no package to try; make one with 'make bundle installer'." >&2
    exit 2
fi
if [ "$(id -u)" != 0 ]; then
    echo "This makes a Debian in a folder and needs root: run it with sudo." >&2
    exit 2
fi
PATH=$PATH:/sbin:/usr/sbin
command -v debootstrap >/dev/null || install_packages debootstrap
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
mirror=${MIRROR:-$(python3 tools/apt_mirror.py "$suite" || true)}
if [ -z "$mirror" ]; then
    echo "apt is set up with no mirror for $suite; name another release with SUITE=... or a mirror with MIRROR=..." >&2
    exit 2
fi
components=main
case $mirror in *ubuntu*) components="main universe" ;; esac

root=$(mktemp -d /var/tmp/auslan-explorer-debian-XXXXXX)
chmod 755 "$root" # the person has to get in
leave() {
    for place in dev/shm dev proc; do
        mountpoint -q "$root/$place" && umount "$root/$place"
    done
    rm -rf --one-file-system "$root"
}
trap leave EXIT
trap 'exit 130' INT TERM
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_person() { inside setpriv --reuid=person --regid=person --clear-groups /usr/bin/env HOME=/home/person "$@"; }
get() { inside apt-get -qq -o Dpkg::Use-Pty=0 -y "$@" >"$root/var/tmp/apt" 2>&1 || { cat "$root/var/tmp/apt"; exit 1; }; }
say() { echo "--- $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
# Every file but what apt, dpkg and the kernel keep for themselves, and people's homes.
everything() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./sys -o -path ./home -o -path ./tmp -o -path ./run \
        -o -path ./var/tmp -o -path ./var/cache/apt -o -path ./var/lib/apt -o -path './var/cache/debconf' \
        -o -path './var/lib/dpkg' -o -path './var/log' \) -prune -o -print | LC_ALL=C sort)
}

say "making a clean $suite from $mirror"
# --include: for a mirror or a proxy that is spoken to in confidence.
debootstrap --variant=minbase --include=ca-certificates --components="$(echo "$components" | tr ' ' ,)" \
    "$suite" "$root" "$mirror" >"$root.log" 2>&1 || { tail "$root.log"; rm -f "$root.log"; exit 1; }
rm -f "$root.log"
# This one source, and how the mirror is reached from here (proxies); what else this machine installs from does not matter.
echo "deb $mirror $suite $components" >"$root/etc/apt/sources.list"
cp -rL /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs -o size=256m tmpfs "$root/dev/shm"
get update
say "installing what a desktop has: an X server (without a screen), OpenGL in software, file types, menu, icons"
get install --no-install-recommends xvfb xauth libgl1-mesa-dri shared-mime-info desktop-file-utils hicolor-icon-theme
inside useradd --create-home person
everything >"$root/var/tmp/before"
! inside sh -c 'command -v python3' >/dev/null || fail "the clean Debian has Python; then this shows nothing"

say "installing $(basename "$deb")"
cp "$deb" "$root/var/tmp/package.deb"
get install --no-install-recommends /var/tmp/package.deb
! inside sh -c 'command -v python3' >/dev/null || fail "the package brought Python along"
version=$(as_person auslan-explorer --version)
[ "$version" = "auslan-explorer $(inside dpkg-query --show --showformat='${source:Upstream-Version}' auslan-explorer)" ] \
    || fail "the program says it is '$version', the package another version"
inside desktop-file-validate /usr/share/applications/auslan-explorer.desktop || fail "the menu entry is not valid"
grep -q 'auslan-explorer.desktop' "$root/usr/share/applications/mimeinfo.cache" || fail "sessions do not open with the program"
grep -q 'application/x-auslan-session:\*.auslan' "$root/usr/share/mime/globs2" || fail "sessions are no file type"
for icon in 16x16/apps/auslan-explorer.png 256x256/apps/auslan-explorer.png scalable/apps/auslan-explorer.svg; do
    [ -s "$root/usr/share/icons/hicolor/$icon" ] || fail "the icon $icon is missing"
done
[ -s "$root/usr/share/man/man1/auslan-explorer.1.gz" ] || fail "there is no manual page"
executable=$(find "$root/usr/lib/auslan-explorer" -type f -perm /111 ! -path '*/auslan-explorer/auslan-explorer')
[ -z "$executable" ] || fail "this can be executed without need: $executable"
echo "$version: menu entry, file type, icons and manual page are there"

say "starting it as a person"
as_person xvfb-run -a -s '-screen 0 1600x1200x24' auslan-explorer self-test --out /home/person/tried
as_person auslan-explorer train autoencoder --dims 2 --epochs 1 >/dev/null
[ -s "$root/home/person/.local/share/auslan-explorer/models/autoencoder-2d.h5" ] || fail "the person's own map was not kept"

say "removing it"
get purge auslan-explorer
get autoremove --purge
everything >"$root/var/tmp/after"
left=$(LC_ALL=C comm -13 "$root/var/tmp/before" "$root/var/tmp/after")
[ -z "$left" ] || fail "it left behind: $left"
mentions=$(cd "$root" && grep -rls --exclude-dir=log --exclude-dir=tmp --exclude-dir=apt auslan etc usr var/lib var/cache || true)
[ -z "$mentions" ] || fail "it is still mentioned in: $mentions"
[ -s "$root/home/person/.local/share/auslan-explorer/models/autoencoder-2d.h5" ] || fail "the person's own data went too"
say "nothing is left but the person's own data"
