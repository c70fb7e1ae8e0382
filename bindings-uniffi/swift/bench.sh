#!/usr/bin/env bash
# Measures `swift.send_vs_raw` and merges it into bench.json of the target folder.
set -euo pipefail
cd "$(dirname "$0")/../.."

swift=bindings-uniffi/swift
built="$(realpath -m "${CARGO_TARGET_DIR:-target}")"

if ! reason="$(cargo xtask setup --check swift 2>&1)"; then
    echo "swift.send_vs_raw: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
"$swift/build.sh"
log="$("$swift/with-swift.sh" "$PWD" "$built" -- \
    swift build -c release --package-path "$swift/Bench" --scratch-path "$built/swift/bench" 2>&1)" || {
    echo "$log" >&2
    exit 1
}
"$swift/with-swift.sh" "$built" -- "$built/swift/bench/release/bench" "$built/bench.json"
