#!/usr/bin/env bash
# api.sh SITE: builds the API references into SITE/api. Rust and C are always built; the others are taken from the builds of
# their languages (make test-kotlin, make test-swift), and reported as NOT RUN where these are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
site=$1
target=${CARGO_TARGET_DIR:-$PWD/target}
api=$site/api
log=$target/docs/api.log
rm -rf "$api"
mkdir -p "$api"

not_run() {
  echo "docs api: $1 NOT RUN, $2"
  [ "${CI:-}" != true ] || [ "${3:-}" = optional ] || exit 1
}

RUSTDOCFLAGS='-D warnings' cargo doc --quiet --no-deps -p wxpusher -p wxpusher-sandbox
cp -r "$target/doc" "$api/rust"
echo "docs api: rust"

if command -v doxygen >/dev/null; then
  mkdir -p "$api/c"
  doxygen - >"$log" 2>&1 <<END || { cat "$log" >&2; exit 1; }
PROJECT_NAME = wxpusher
INPUT = bindings-c/include/wxpusher.h bindings-c/include/wxpusher.hpp
OUTPUT_DIRECTORY = $api/c
GENERATE_LATEX = NO
QUIET = YES
WARN_IF_UNDOCUMENTED = NO
WARN_AS_ERROR = FAIL_ON_WARNINGS
HAVE_DOT = NO
MACRO_EXPANSION = YES
OPTIMIZE_OUTPUT_FOR_C = YES
END
  echo "docs api: c"
else
  not_run c 'no doxygen: run make setup'
fi

pdoc=$target/python/docs-api
if [ -x "$target/python/test/bin/python" ]; then
  [ -x "$pdoc/bin/pdoc" ] || { "$target/python/test/bin/python" -m venv "$pdoc" && "$pdoc/bin/pip" install --quiet --disable-pip-version-check 'pdoc==16.*'; }
  PYTHONPATH=bindings-python/python "$pdoc/bin/pdoc" --output-directory "$api/python" wxpusher_sdk >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  echo "docs api: python"
else
  not_run python 'run make test-python first' optional
fi

jar=$(find bindings-uniffi/kotlin/target -name 'wxpusher-kotlin-*-javadoc.jar' 2>/dev/null | head -n 1 || true)
if [ -n "$jar" ]; then
  mkdir -p "$api/kotlin"
  unzip -q "$jar" -d "$api/kotlin"
  echo "docs api: kotlin"
else
  not_run kotlin 'run make test-kotlin first' optional
fi

if [ -d "$target/swift/docs" ]; then
  cp -r "$target/swift/docs" "$api/swift"
  echo "docs api: swift"
else
  not_run swift 'run make test-swift first' optional
fi
