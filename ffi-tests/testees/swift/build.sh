#!/usr/bin/env bash
# Builds the Swift testee into the target folder given.
set -euo pipefail
cd "$(dirname "$0")/../../.."
bindings-uniffi/swift/build.sh
mkdir -p "$1/swift/testee"
# SwiftPM does not link again when only the archive has changed.
find "$1/swift/testee" -type f -name testee-swift ! -newer target/swift/libwxpusher_uniffi.a -delete
bindings-uniffi/swift/with-swift.sh "$PWD" "$1/swift/testee" -- swift build --quiet \
    --package-path ffi-tests/testees/swift --scratch-path "$1/swift/testee" -Xswiftc -warnings-as-errors >&2
