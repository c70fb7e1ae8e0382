#!/usr/bin/env bash
# Installs the jar as people get it, and builds the testee against it; nothing when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")"
kotlin=../../../bindings-uniffi/kotlin
jar="$("$kotlin/jar.sh")"
if [ ! -e target/testee.jar ] || [ -n "$(find src pom.xml "$jar" -newer target/testee.jar -print -quit)" ]; then
    "$kotlin/mvn.sh" -f pom.xml package
fi
