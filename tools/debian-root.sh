#!/usr/bin/env bash
# Runs a command in the Debian 13 root that `make setup` makes: debian-root.sh DIR[:ro]… -- COMMAND…
#
# Each DIR is at its own path inside. The command starts in the current directory if a DIR covers it, and with a clean
# environment (give variables by `env NAME=value COMMAND`). It shares the network and the processes of this machine.
# Ends with 69 if there is no such root.
set -euo pipefail
root="${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/trixie"

if [ "$1" != --in-namespace ]; then
    [ -d "$root" ] || { echo "no Debian 13 root: run \`make setup\`" >&2; exit 69; }
    cp -L /etc/hosts /etc/resolv.conf "$root/etc/"
    exec unshare -m "$0" --in-namespace "$@"
fi
shift

mount -t proc proc "$root/proc"
here=/
while [ "$1" != -- ]; do
    dir="$(realpath "${1%:ro}")"
    mkdir -p "$root$dir"
    mount --bind "$dir" "$root$dir"
    case "$1" in *:ro) mount -o remount,bind,ro "$root$dir" ;; esac
    case "$PWD/" in "$dir"/*) here="$PWD" ;; esac
    shift
done
shift
# The shell inside only changes directory; the arguments reach the command unchanged. exec: signals reach the command.
# shellcheck disable=SC2016
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    TERM="${TERM:-dumb}" chroot "$root" sh -c 'cd "$1" && shift && exec "$@"' sh "$here" "$@"
