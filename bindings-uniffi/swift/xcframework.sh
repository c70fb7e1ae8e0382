#!/usr/bin/env bash
# Makes target/swift/WxPusherFFI.xcframework for Apple's platforms. Runs on a Mac with Xcode and rustup; nobody has run it
# yet on this project's machines, which are Linux.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(uname)" = Darwin ] || { echo "an XCFramework can only be made on a Mac" >&2; exit 69; }

swift=bindings-uniffi/swift
built="${CARGO_TARGET_DIR:-target}"
out=target/swift

for triple in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin; do
    rustup target add "$triple"
    cargo build --release -p wxpusher-uniffi --target "$triple"
done

# A folder named like the module, because every XCFramework's headers are copied into one place.
headers="$out/Headers"
rm -rf "$headers" "$out/WxPusherFFI.xcframework"
mkdir -p "$headers/WxPusherFFI" "$out/ios-sim" "$out/macos"
cp "$swift/Sources/WxPusherFFI/WxPusherFFI.h" "$swift/Sources/WxPusherFFI/module.modulemap" "$headers/WxPusherFFI/"

archive=libwxpusher_uniffi.a
lipo -create "$built"/{aarch64-apple-ios-sim,x86_64-apple-ios}/release/$archive -output "$out/ios-sim/$archive"
lipo -create "$built"/{aarch64,x86_64}-apple-darwin/release/$archive -output "$out/macos/$archive"
xcodebuild -create-xcframework \
    -library "$built/aarch64-apple-ios/release/$archive" -headers "$headers" \
    -library "$out/ios-sim/$archive" -headers "$headers" \
    -library "$out/macos/$archive" -headers "$headers" \
    -output "$out/WxPusherFFI.xcframework"
