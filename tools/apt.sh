# shellcheck shell=sh disable=SC2086 # options, as_root and missing are lists of words
# Sourced by the other scripts: Debian packages, installed where the person may do that without being asked for a password.

# install_packages NAME...: 0 when they are installed, 1 when that cannot be done here.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    echo "Installing $* with apt-get ..."
    # Another package manager may be at work: wait for its lock for a while. A source that fails to update is no reason to
    # give up, since the package may come from another.
    options="-qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0"
    # What apt has to say is worth reading when it fails, and noise when it does not.
    said=$(
        {
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get update $options || true
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install $options -y --no-install-recommends "$@"
        } 2>&1 </dev/null
    ) || { printf '%s\n' "$said" >&2; return 1; }
}

# ensure_packages COMMAND...: installs the packages whose names COMMAND prints. Where COMMAND still prints some afterwards,
# one sentence says how to install them, and the result is 1.
ensure_packages() {
    missing=$("$@" | sort -u | xargs)
    if [ -n "$missing" ] && install_packages $missing; then
        missing=$("$@" | sort -u | xargs)
    fi
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "This system lacks what Debian and Ubuntu call $missing: install that, then run this again." >&2
        return 1
    fi
    install="apt-get install --no-install-recommends $missing"
    if command -v sudo >/dev/null 2>&1; then
        echo "This system lacks something that cannot be installed without you: run 'sudo $install', then this again." >&2
    else
        echo "This system lacks something that root has to install: run '$install' as root, then this again." >&2
    fi
    return 1
}
