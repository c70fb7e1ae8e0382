#!/usr/bin/env bash
# jar.sh: installs the jar for what is built on it here (testee, bench), without tests and KDoc, unless the installed one is newer than
# all it is made of. Prints where it is.
set -euo pipefail
cd "$(dirname "$0")"
target="$(realpath "${CARGO_TARGET_DIR:-../../target}")"
version="$(sed -n '0,/<version>/s/ *<version>\(.*\)<\/version>/\1/p' pom.xml)"
jar="$target/m2/wxpusher/wxpusher-kotlin/$version/wxpusher-kotlin-$version.jar"

cargo build --quiet --release -p wxpusher-uniffi
# Folders are among the inputs, because that is where a removed file shows.
inputs=(src/main pom.xml native.sh patch-generated.pl ../uniffi.toml ../../Cargo.lock "$target/release/libwxpusher_uniffi.a")
if [ ! -e "$jar" ] || [ -n "$(find "${inputs[@]}" -newer "$jar" -print -quit)" ]; then
    ./mvn.sh -f pom.xml install -Dmaven.test.skip -Ddokka.skip >&2
fi
echo "$jar"
