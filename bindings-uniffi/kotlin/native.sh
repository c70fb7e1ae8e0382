#!/usr/bin/env bash
# native.sh NATIVES GENERATED: builds the library as it is shipped, generates its Kotlin and adapts it, and puts the stripped
# library where JNA looks for it in a jar.
set -euo pipefail
natives="$1" generated="$2"
cd "$(dirname "$0")"
kotlin="$PWD"
cd ../..
target="${CARGO_TARGET_DIR:-$PWD/target}"

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x86-64 library=libwxpusher_uniffi.so ;;
    Linux-aarch64) platform=linux-aarch64 library=libwxpusher_uniffi.so ;;
    Darwin-x86_64) platform=darwin-x86-64 library=libwxpusher_uniffi.dylib ;;
    Darwin-arm64) platform=darwin-aarch64 library=libwxpusher_uniffi.dylib ;;
    *)
        echo "no JNA platform name is known here for $(uname -sm)" >&2
        exit 1
        ;;
esac

cargo build --quiet --release -p wxpusher-uniffi
cargo build --quiet -p wxpusher-uniffi-bindgen

# The release profile keeps the symbols, and with them what the generator reads.
# Maven keeps class files whose source is gone.
rm -rf "$generated" "$natives" "$kotlin/target/classes"
"$target/debug/wxpusher-uniffi-bindgen" generate --language kotlin --no-format --out-dir "$generated" \
    "$target/release/$library" >/dev/null
perl "$kotlin/patch-generated.pl" "$generated/wxpusher/wxpusher.kt"
mkdir -p "$natives/$platform"
cp "$target/release/$library" "$natives/$platform/"
strip -x "$natives/$platform/$library"
