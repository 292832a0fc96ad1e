#!/bin/sh
# Sees to the system libraries that Qt's wheels take from outside themselves (found with objdump on PySide6 6.11).
#   system_libraries.sh run     what drawing needs; with a display also what a window needs
#   system_libraries.sh test    those, an X server without a screen (Xvfb) and Mesa's OpenGL in software
#   system_libraries.sh package what every kind of window needs, so that a Debian package can name it as a dependency
# Missing ones are installed where that needs no password; else one sentence says how. With --list before the purpose, the
# packages that are missing are named and nothing is installed.
set -eu
[ "$(uname -s)" = Linux ] || exit 0
cd "$(dirname "$0")/.."
. tools/apt.sh
PATH=$PATH:/sbin:/usr/sbin # where ldconfig lies for people who are not root

list=no
if [ "${1:-}" = --list ]; then
    list=yes
    shift
fi
purpose=${1:-run}

# library  Debian package
drawing="
libGL.so.1           libgl1
libEGL.so.1          libegl1
libX11.so.6          libx11-6
libxkbcommon.so.0    libxkbcommon0
libfontconfig.so.1   libfontconfig1
libfreetype.so.6     libfreetype6
libdbus-1.so.3       libdbus-1-3
libglib-2.0.so.0     libglib2.0-0
libgthread-2.0.so.0  libglib2.0-0
libzstd.so.1         libzstd1
libz.so.1            zlib1g
"
window="
libX11-xcb.so.1          libx11-xcb1
libxkbcommon-x11.so.0    libxkbcommon-x11-0
libxcb.so.1              libxcb1
libxcb-cursor.so.0       libxcb-cursor0
libxcb-glx.so.0          libxcb-glx0
libxcb-icccm.so.4        libxcb-icccm4
libxcb-image.so.0        libxcb-image0
libxcb-keysyms.so.1      libxcb-keysyms1
libxcb-randr.so.0        libxcb-randr0
libxcb-render.so.0       libxcb-render0
libxcb-render-util.so.0  libxcb-render-util0
libxcb-shape.so.0        libxcb-shape0
libxcb-shm.so.0          libxcb-shm0
libxcb-sync.so.1         libxcb-sync1
libxcb-util.so.1         libxcb-util1
libxcb-xfixes.so.0       libxcb-xfixes0
libxcb-xkb.so.1          libxcb-xkb1
"
wayland="
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0
libwayland-egl.so.1     libwayland-egl1
"
software_opengl="
libGLX_mesa.so.0  libglx-mesa0
libEGL_mesa.so.0  libegl-mesa0
"

missing_packages() {
    known=$(LC_ALL=C ldconfig -p 2>/dev/null) || return 0 # no glibc: nothing to look things up in
    wanted=$drawing
    if [ "$purpose" = test ]; then
        wanted=$wanted$window$software_opengl
        command -v Xvfb >/dev/null 2>&1 || echo xvfb
    elif [ "$purpose" = package ]; then
        wanted=$wanted$window$wayland
        command -v dpkg-shlibdeps >/dev/null 2>&1 || echo dpkg-dev
    else
        [ -z "${DISPLAY:-}" ] || wanted=$wanted$window
        [ -z "${WAYLAND_DISPLAY:-}" ] || wanted=$wanted$wayland
    fi
    echo "$wanted" | while read -r library package; do
        [ -n "$library" ] || continue
        case $known in
            *"	$library "*) ;;
            *)
                echo "$package"
                case $library in
                    # Mesa's drivers and a font to write with: packages recommend, and so --no-install-recommends leaves out.
                    libGL.so.1 | libGLX_mesa.so.0) echo libgl1-mesa-dri ;;
                    libfontconfig.so.1) echo fonts-dejavu-core ;;
                esac
                ;;
        esac
    done
}

if [ "$list" = yes ]; then
    missing_packages
else
    ensure_packages missing_packages
fi
