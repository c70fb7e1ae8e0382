#!/usr/bin/env bash
# Runs a command with Swift 6: here if `swift` is on PATH, otherwise in the Debian 13 root that `make setup` makes.
#
#   with-swift.sh DIR… -- COMMAND…    the DIRs are those that the command uses
#
# Ends with 69 if there is no Swift.
set -euo pipefail

if command -v swift >/dev/null && swift --version 2>&1 | grep -qE 'Swift version ([6-9]|[1-9][0-9])'; then
    while [ "$1" != -- ]; do shift; done
    shift
    exec "$@"
fi
exec "$(dirname "$0")/../../tools/debian-root.sh" "$@"
