#!/usr/bin/env bash
# Installs the jar as people get it, and builds the testee against it.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
kotlin="$here/../../../bindings-uniffi/kotlin"
"$kotlin/mvn.sh" -f "$kotlin/pom.xml" install -DskipTests -Dmaven.test.skip -Ddokka.skip
"$kotlin/mvn.sh" -f "$here/pom.xml" package
