#!/usr/bin/env bash
# What is only Kotlin's: the jar and its JUnit tests, explicit API mode, a program outside the tree, and the same minified. Says
# nothing but the outcome unless something fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
kotlin="$PWD/bindings-uniffi/kotlin"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
scratch="$(mktemp -d)"
sandbox=
shown=0

finish() {
    [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

if ! reason="$(cargo xtask setup --check kotlin 2>&1)"; then
    echo "kotlin: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi

fail() {
    echo "kotlin: $*" >&2
    exit 1
}

quietly() {
    "$@" >"$scratch/log" 2>&1 || {
        tail -n 60 "$scratch/log"
        return 1
    }
}

quietly cargo test --quiet -p wxpusher-uniffi
quietly "$kotlin/mvn.sh" -f "$kotlin/pom.xml" install
ran="$(sed -n 's/.*<testsuite .* tests="\([0-9]*\)".*/\1/p' "$kotlin"/target/surefire-reports/TEST-*.xml | awk '{n += $1} END {print n + 0}')"
quietly "$kotlin/mvn.sh" -f "$kotlin/explicit-api/pom.xml" compile

version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)"
jar="$kotlin/target/wxpusher-kotlin-$version"
for file in "$jar.jar" "$jar-sources.jar" "$jar-javadoc.jar"; do
    [ -f "$file" ] || fail "$(basename "$file") is missing: pom.xml and Cargo.toml must name the same version"
done
unzip -l "$jar.jar" >"$scratch/files"
grep -Eq ' [a-z]+-[a-z0-9-]+/libwxpusher_uniffi\.(so|dylib)$' "$scratch/files" || fail "the jar holds no native library"
unzip -p "$jar.jar" META-INF/proguard/wxpusher.pro >"$scratch/consumer.pro"

# What is shipped.
native="$(grep -Eo '[a-z]+-[a-z0-9-]+/libwxpusher_uniffi\.(so|dylib)$' "$scratch/files")"
library="$kotlin/target/natives/$native"
mib() { awk -v bytes="$(wc -c <"$1")" 'BEGIN {printf "%.1f MiB", bytes / 1048576}'; }
shipped="the jar $(mib "$jar.jar"), in it $native $(mib "$library"): profile release"
if [ "$(uname -s)" = Linux ]; then
    ! readelf -SW "$library" | grep ' \.debug_' >/dev/null || fail "the library in the jar carries debug information"
    shipped+=", no debug information, $(nm -D --defined-only "$library" | wc -l) symbols"
fi

# A Rust function without a `Result` would end a Swift process when it panics. Display, clone and free cannot have one.
grep -A1 'uniffiRustCall() *{' "$kotlin/target/generated-sources/uniffi/wxpusher/wxpusher.kt" | grep -o 'uniffi_wxpusher_uniffi_fn_[a-z0-9_]*' |
    grep -Ev '_fn_(clone|free)_|_uniffi_trait_display$' >"$scratch/bare" && fail "exported without a Result: $(cat "$scratch/bare")"

# Every class that is bound by name is named by the rules, and nothing is named that is not there.
# shellcheck disable=SC2013 # class names have no spaces
for class in $(grep -o 'wxpusher\.[A-Za-z]*' "$scratch/consumer.pro"); do
    grep -q " ${class//.//}\.class$" "$scratch/files" || fail "the consumer rules keep $class, which the jar does not hold"
done
# shellcheck disable=SC2013 # class names have no spaces
for class in $(sed -n 's/.* \(wxpusher\/[A-Za-z]*\)\.class$/\1/p' "$scratch/files"); do
    if javap -p -cp "$jar.jar" "${class//\//.}" | grep ' native ' >/dev/null && ! grep -q "${class//\//.} " "$scratch/consumer.pro"; then
        fail "the consumer rules do not keep $class, which has native methods"
    fi
done

cargo build --quiet -p wxpusher-cli
coproc SANDBOX { exec "$CARGO_TARGET_DIR/debug/wxpusher" sandbox --listen 127.0.0.1:0; }
sandbox=$SANDBOX_PID
read -r said <&"${SANDBOX[0]}"
export WXPUSHER_BASE_URL="http://${said##*http://}" WXPUSHER_APP_TOKEN=AT_testdemo

# Outside the tree, as people do. The programs of the READMEs and of the documentation are compiled with it.
cp -r "$kotlin/consumer" "$scratch/app"
for page in README.md README.zh-CN.md; do
    shown=$((shown + 1))
    tools/code-block.sh kotlin "$page" >"$scratch/app/src/main/kotlin/Shown$shown.kt"
done
python3 docs/tools/run.py --extract kotlin "$scratch/app/src/main/kotlin" >"$scratch/log"
quietly "$kotlin/mvn.sh" -f "$scratch/app/pom.xml" -Dkotlin.compiler.daemon=false \
    package org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies
expect() {
    local class="$1" line="$2" got
    got="$(java -cp "$scratch/app/target/demo-1.jar:$scratch/app/target/dependency/*" "$class" 2>&1)" || true
    [ "$got" = "$line" ] || fail "$class said: $got"
}
expect SendKt "sent: true"
expect SuspendingKt "sent: UID_testalice"
expect CancellingKt "cancelled: true, within 300 ms: true"

# Minified with the rules that come in the jar it works, and without them it must not: else they are not known to matter.
quietly "$kotlin/mvn.sh" -f "$kotlin/minified/pom.xml" package
inputs=()
for input in "$scratch/app/target/demo-1.jar" "$scratch"/app/target/dependency/*.jar; do
    inputs+=(-injars "$input(!META-INF/MANIFEST.MF,!META-INF/versions/**,!**module-info.class)")
done
# What Android has of Java, and so without AWT.
platform=()
for module in java.base java.logging; do
    platform+=(-libraryjars "<java.home>/jmods/$module.jmod(!**.jar;!module-info.class)")
done
minify() {
    local name="$1" log="$scratch/$1.log"
    shift
    java -cp "$kotlin/minified/target/*" proguard.ProGuard "${inputs[@]}" "${platform[@]}" -outjars "$scratch/$name.jar" \
        -include "$kotlin/minified/program.pro" "$@" >"$log" 2>&1 || fail "ProGuard, $name: $(tail -n 20 "$log")"
}
minify with-rules -include "$scratch/consumer.pro" &
# Here, missing classes that the rules excuse would be an end too early.
minify without-rules -ignorewarnings
wait $! || exit 1
got="$(java -cp "$scratch/with-rules.jar" SuspendingKt 2>&1)" || true
[ "$got" = "sent: UID_testalice" ] || fail "minified with the consumer rules, the program said: $got"
got="$(java -cp "$scratch/without-rules.jar" SuspendingKt 2>&1)" && fail "minified without the consumer rules, the program works: what are they for?"
[[ "$got" = *UnsatisfiedLinkError* ]] || fail "minified without the consumer rules, the program failed for another reason: $got"

quietly "$kotlin/android/check.sh"
echo "kotlin: $ran passed, 0 failed; $shipped"
