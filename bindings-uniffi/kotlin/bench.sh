#!/usr/bin/env bash
# Measures `kotlin.send_vs_java_peer`: prints it, and merges it into bench.json of the target folder. Fails when it is missed.
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../../target}"
if ! reason="$(cargo xtask setup --check kotlin 2>&1)"; then
    echo "kotlin.send_vs_java_peer: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
./jar.sh >/dev/null
./mvn.sh -f bench/pom.xml package >&2
java -cp "bench/target/*" BenchKt "$CARGO_TARGET_DIR/bench.json"
