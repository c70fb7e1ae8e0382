#!/usr/bin/env bash
# What can be known of the AAR without an Android SDK: that its consumer rules are there, that the library maps on pages of 16 KB, and
# that nothing in it wants to be set up by the Java side.
set -euo pipefail
cd "$(dirname "$0")"
root="$PWD/../../.."
target="${CARGO_TARGET_DIR:-$root/target}"

rules="$(sed -n 's/.*consumerProguardFiles("\(.*\)").*/\1/p' build.gradle.kts)"
[ -s "$rules" ] || { echo "android: build.gradle.kts names consumer rules that are not there: $rules" >&2; exit 1; }

# The flag of build.rs, seen where the library is built for this machine.
if [ "$(uname -sm)" = "Linux x86_64" ]; then
    aligned="$(readelf -lW "$target/release/libwxpusher_uniffi.so" | awk '$1 == "LOAD" {print $NF}' | sort -u)"
    [ "$aligned" = 0x4000 ] || { echo "android: the library is aligned to $aligned, not to 16 KB" >&2; exit 1; }
fi

# Both have to be given an Android context before the first call, and end the app when they are not.
needy="$(cd "$root" && cargo tree --quiet --target aarch64-linux-android -p wxpusher-uniffi -e normal --prefix none |
    grep -E '^(rustls-platform-verifier|jni|ndk-context) ' || true)"
[ -z "$needy" ] || { echo "android: the library depends on $needy" >&2; exit 1; }

# One version of each, wherever it is named.
for what in "jna:[0-9.]*@aar" "kotlin.android\") version \"[0-9.]*" "coroutines-android:[0-9.]*"; do
    version="$(grep -o "$what" build.gradle.kts | grep -o '[0-9][0-9.]*[0-9]')"
    grep -q ">$version<" ../pom.xml || { echo "android: $what: $version is not what pom.xml says" >&2; exit 1; }
done
