#!/usr/bin/env bash
# Runs a command where Swift 6 is: here when `swift` is on PATH, else in a Debian 13 root that is made once.
#
#   with-swift.sh DIR… -- CMD…    the directories are those that CMD touches
#
# Ends with 69 and a reason when Swift cannot be had.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"

if command -v swift >/dev/null && swift --version 2>&1 | grep -qE 'Swift version ([6-9]|[1-9][0-9])'; then
    while [ "$1" != -- ]; do shift; done
    shift
    exec "$@"
fi
"$root/tools/trixie.sh" need swiftlang libc6-dev libstdc++-14-dev
exec "$root/tools/trixie.sh" run "$@"
