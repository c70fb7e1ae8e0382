#!/usr/bin/env bash
# Builds the Rust part of the Swift package, target/swift/libwxpusher_uniffi.a, and checks that the generated Swift that is
# checked in is up to date. `build.sh --write` updates the generated Swift.
#
# It is checked in for users who depend on the package by its repository and have no Rust.
set -euo pipefail
cd "$(dirname "$0")/../.."

swift=bindings-uniffi/swift
built="${CARGO_TARGET_DIR:-target}"

cargo build --quiet --release -p wxpusher-uniffi
cargo build --quiet -p wxpusher-uniffi-bindgen

new="$(mktemp -d)"
trap 'rm -rf "$new"' EXIT
# No --format: it would need swift-format, and the output differ where there is none.
"$built/debug/wxpusher-uniffi-bindgen" generate --no-format --language swift --out-dir "$new" \
    "$built/release/libwxpusher_uniffi.so"
# UniFFI's converters are neither private to that file, because WxPusherError+Reading.swift uses them, nor public.
sed -i -e 's/^fileprivate \(func\|protocol\|struct\) /\1 /' -e 's/^public \(struct\|func\) FfiConverter/\1 FfiConverter/' "$new/WxPusher.swift"

compare_or_write() {
    if [ "${write:-}" = yes ]; then
        cp "$1" "$2"
    elif ! cmp -s "$1" "$2"; then
        echo "$2 is not what the sources generate: run $swift/build.sh --write" >&2
        exit 1
    fi
}
[ "${1:-}" != --write ] || write=yes
compare_or_write "$new/WxPusher.swift" "$swift/Sources/WxPusher/Generated/WxPusher.swift"
compare_or_write "$new/WxPusherFFI.h" "$swift/Sources/WxPusherFFI/WxPusherFFI.h"

mkdir -p target/swift
cmp -s "$built/release/libwxpusher_uniffi.a" target/swift/libwxpusher_uniffi.a ||
    cp "$built/release/libwxpusher_uniffi.a" target/swift/
