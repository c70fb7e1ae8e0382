#!/usr/bin/env bash
# Measures `swift.send_vs_raw` and merges it into bench.json of the target folder.
set -euo pipefail
cd "$(dirname "$0")/../.."

swift=bindings-uniffi/swift
built="$(realpath -m "${CARGO_TARGET_DIR:-target}")"

if ! "$swift/with-swift.sh" -- swift --version >/dev/null; then
    echo "swift.send_vs_raw: NOT RUN, no Swift 6 can be had here (see above)"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
"$swift/build.sh"
mkdir -p "$built"
"$swift/with-swift.sh" "$PWD" -- swift build --quiet -c release --package-path "$swift/Bench" --scratch-path target/swift/bench >&2
"$swift/with-swift.sh" "$PWD" "$built" -- target/swift/bench/release/bench "$built/bench.json"
