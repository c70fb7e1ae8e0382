#!/usr/bin/env bash
# Checks licences, sources and double versions of what the project is built from (deny.toml).
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.20.2
tools="$WXPUSHER_CACHE/tools"
if ! "$tools/bin/cargo-deny" --version 2>/dev/null | grep -qF " $version"; then
    echo "installing cargo-deny $version (once, a few minutes)"
    CARGO_TARGET_DIR="$WXPUSHER_CACHE/build" \
        cargo install --quiet --locked --debug --root "$tools" "cargo-deny@$version"
    rm -rf "$WXPUSHER_CACHE/build"
fi
# Advisories need a database that is fetched from elsewhere: `cargo deny check advisories`, by hand.
"$tools/bin/cargo-deny" --log-level error check --hide-inclusion-graph licenses sources bans
