#!/usr/bin/env bash
# Succeeds where the Kotlin side can be built and run; says what is missing where not.
set -euo pipefail
for tool in java javac mvn cargo; do
    command -v "$tool" >/dev/null || { echo "$tool is not on PATH" >&2; exit 1; }
done
major="$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')"
[ "${major:-0}" -ge 17 ] || { echo "JDK 17 or later is needed, found ${major:-none}" >&2; exit 1; }
