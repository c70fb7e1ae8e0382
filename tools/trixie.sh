#!/usr/bin/env bash
# A Debian 13 root beside this system, for toolchains that the system itself does not have.
#
#   trixie.sh need PACKAGE…           makes the root if there is none, and installs what it lacks
#   trixie.sh run DIR[:ro]… -- CMD…   runs a command in it, with these directories at their own paths
#
# The root is made once and kept in the cache. It shares the network and the processes of this machine. CMD starts in the
# current directory when a DIR covers it, and with a clean environment (give variables by `env NAME=value CMD`).
# Ends with 69 and a reason when no such root can be had here.
set -euo pipefail

cache="${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}"
root="$cache/trixie"

unavailable() {
    echo "no Debian 13 root: $*" >&2
    exit 69
}

# Runs a step that has nothing to say unless it fails.
quietly() {
    local log status=0
    log="$(mktemp)"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    [ "$status" = 0 ] || tail -n 30 "$log" >&2
    rm -f "$log"
    return "$status"
}

# The archive that this machine's own packages come from.
mirror() {
    local codename
    # shellcheck source=/dev/null
    codename="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"
    apt-get update --print-uris | sed -n "s|^'\(.*\)/dists/$codename/InRelease'.*|\1|p" | grep '/debian/*$' | head -n 1
}

make_root() {
    local archive keyring=/usr/share/keyrings/debian-archive-trixie-stable.gpg new
    command -v apt-get >/dev/null || unavailable "this is not a Debian"
    archive="$(mirror)"
    [ -n "$archive" ] || unavailable "apt's sources name no Debian archive"
    if ! command -v debootstrap >/dev/null; then
        # Something else may be installing at this moment: wait for it.
        { quietly apt-get update && quietly apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends debootstrap; } ||
            unavailable "debootstrap does not install"
    fi
    [ -f "$keyring" ] || unavailable "$keyring is missing"

    # Only the holder of the lock makes roots, so whatever lies here was left half-made.
    rm -rf --one-file-system "$root".new.*
    new="$(mktemp -d "$root.new.XXXXXX")"
    chmod 755 "$new"
    # A mount namespace of its own: nothing stays mounted, however this ends.
    quietly unshare -m debootstrap --variant=minbase --keyring="$keyring" trixie "$new" "$archive" ||
        unavailable "debootstrap failed"
    mv "$new" "$root"
}

# Becomes the command, so that a signal to this process reaches it.
inside() {
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive TERM="${TERM:-dumb}" chroot "$root" "$@"
}

lacking() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] ||
            echo "$package"
    done
}

install_in_root() {
    mount -t proc proc "$root/proc"
    (inside dpkg --configure -a)
    (inside apt-get update)
    (inside apt-get install -y --no-install-recommends "$@")
    (inside apt-get clean)
}

need() {
    local packages
    [ "$(id -u)" = 0 ] || unavailable "it takes root"
    unshare -m true 2>/dev/null || unavailable "this machine allows no mount namespaces"
    mkdir -p "$cache"
    exec 9>"$root.lock"
    flock 9
    [ -d "$root" ] || make_root
    mapfile -t packages < <(lacking "$@")
    [ "${#packages[@]}" = 0 ] && return
    cp -L /etc/hosts /etc/resolv.conf "$root/etc/"
    quietly unshare -m "$0" --install-in-root "${packages[@]}" || unavailable "apt cannot install ${packages[*]} in it"
}

run() {
    local dirs=()
    while [ "${1:---}" != -- ]; do
        dirs+=("$1")
        shift
    done
    shift
    [ -d "$root" ] || (need)
    cp -L /etc/hosts /etc/resolv.conf "$root/etc/"
    exec unshare -m "$0" --mount-and-exec "${dirs[@]}" -- "$@"
}

mount_and_exec() {
    local dir here=/
    mount -t proc proc "$root/proc"
    while [ "$1" != -- ]; do
        dir="$(realpath "${1%:ro}")"
        mkdir -p "$root$dir"
        mount --bind "$dir" "$root$dir"
        case "$1" in *:ro) mount -o remount,bind,ro "$root$dir" ;; esac
        case "$PWD/" in "$dir"/*) here="$PWD" ;; esac
        shift
    done
    shift
    # The shell inside only changes directory; the arguments reach the command as they are.
    # shellcheck disable=SC2016
    inside sh -c 'cd "$1" && shift && exec "$@"' sh "$here" "$@"
}

case "${1:-}" in
need) shift; need "$@" ;;
run) shift; run "$@" ;;
--install-in-root) shift; install_in_root "$@" ;;
--mount-and-exec) shift; mount_and_exec "$@" ;;
*) sed -n '2,/^set /{s/^# \{0,1\}//;/^set /d;p}' "$0" >&2; exit 64 ;;
esac
