# shellcheck shell=sh disable=SC2086 # options and as_root are lists of words
# Sourced by the other scripts: installing Debian packages where the person may do that without being asked for a password.

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
