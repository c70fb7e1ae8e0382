#!/usr/bin/env bash
# Checks licences, sources and double versions of the dependencies (deny.toml).
set -euo pipefail
cd "$(dirname "$0")/.."

if ! reason="$(cargo xtask setup --check cargo-deny 2>&1)"; then
    echo "cargo-deny: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
# Advisories need a database that is fetched from elsewhere: `cargo deny check advisories`, by hand.
"${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/tools/bin/cargo-deny" \
    --log-level error check --hide-inclusion-graph licenses sources bans
