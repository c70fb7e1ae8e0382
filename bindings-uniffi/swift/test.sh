#!/usr/bin/env bash
# What is only Swift's: the package in Swift 6 mode with warnings as errors, XCTest, its documentation, and a program outside
# the tree that depends on it by path. The server is the sandbox. Says nothing but the outcome unless something fails.
set -euo pipefail
cd "$(dirname "$0")/../.."

swift=bindings-uniffi/swift
built="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
scratch="$(mktemp -d)"
log="$scratch/log"
pid=

finish() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

if ! reason="$(cargo xtask setup --check swift 2>&1)"; then
    echo "swift: NOT RUN, $reason"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi

quietly() {
    "$@" >"$log" 2>&1 || { tail -n 60 "$log"; return 1; }
}

"$swift/build.sh"
cargo build --quiet -p wxpusher-cli

# The sandbox takes a free port and says which.
coproc SANDBOX { exec "$built/debug/wxpusher" sandbox --listen 127.0.0.1:0; }
pid=$SANDBOX_PID
read -r first <&"${SANDBOX[0]}"
url="http://${first##*http://}"
environment=(env WXPUSHER_BASE_URL="$url" WXPUSHER_APP_TOKEN=AT_testdemo)

# SwiftPM does not link again when only the archive has changed.
mkdir -p "$built/swift/tests"
find "$built/swift/tests" -type f -name '*.xctest' ! -newer target/swift/libwxpusher_uniffi.a -delete
quietly "$swift/with-swift.sh" "$PWD" "$built" -- "${environment[@]}" \
    swift test --disable-swift-testing --scratch-path "$built/swift/tests" -Xswiftc -warnings-as-errors \
    -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$built/swift/symbols"
ran="$(sed -n 's/.*Executed \([0-9]*\) tests, with 0 failures.*/\1/p' "$log" | tail -n 1)"
[ "${ran:-0}" -gt 0 ] || { tail -n 60 "$log"; echo "swift: no test ran"; exit 1; }

# Debian keeps docc off the PATH.
mkdir "$scratch/symbols"
cp "$built"/swift/symbols/WxPusher.symbols.json "$scratch/symbols/"
rm -rf "$built/swift/docs"
# shellcheck disable=SC2016 # expanded by the shell inside
quietly "$swift/with-swift.sh" "$PWD" "$built" "$scratch" -- sh -c 'PATH=$PATH:/usr/libexec/swift/bin exec docc "$@"' docc convert \
    --additional-symbol-graph-dir "$scratch/symbols" --fallback-display-name WxPusher --fallback-bundle-identifier WxPusher \
    --warnings-as-errors --output-path "$built/swift/docs"

mkdir -p "$scratch"/app/Sources/{app,readme,readme-zh,guide}
cp "$swift/Tests/outside/App.swift" "$scratch/app/Sources/app/"
# The programs of the READMEs and of the documentation are compiled with it.
tools/code-block.sh swift README.md >"$scratch/app/Sources/readme/main.swift"
tools/code-block.sh swift README.zh-CN.md >"$scratch/app/Sources/readme-zh/main.swift"
python3 docs/tools/run.py --extract swift "$scratch/app/Sources/guide" >"$log"
cat >"$scratch/app/Package.swift" <<END
// swift-tools-version: 6.0
import PackageDescription
let package = Package(
    name: "app",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "wxpusher", path: "$PWD")],
    targets: ["app", "readme", "readme-zh", "guide"].map {
        .executableTarget(name: \$0, dependencies: [.product(name: "WxPusher", package: "wxpusher")])
    }
)
END
quietly "$swift/with-swift.sh" "$PWD" "$scratch" -- swift build -c release -Xswiftc -warnings-as-errors --package-path "$scratch/app"
program="$scratch/app/.build/release/app"
"$swift/with-swift.sh" "$PWD" "$scratch" -- "${environment[@]}" "$program" >"$scratch/said"
diff "$swift/Tests/outside/expected.txt" "$scratch/said"
strip -o "$scratch/stripped" "$program"

mib() { awk -v bytes="$(wc -c <"$1")" 'BEGIN {printf "%.1f MiB", bytes / 1048576}'; }
echo "swift: $ran passed, 0 failed; the archive $(mib target/swift/libwxpusher_uniffi.a), profile release; a program with it, stripped, $(mib "$scratch/stripped")"
