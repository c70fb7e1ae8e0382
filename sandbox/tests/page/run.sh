#!/usr/bin/env bash
# Runs the browser tests of the sandbox's page. Needs Chromium, Node and npm.
# NOT RUN without them; an error if CI=true.
set -eu -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cache=${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/page-test

not_run() {
  echo "test-page: NOT RUN: $1"
  if [ "${CI:-}" = true ]; then exit 1; fi
  exit 0
}

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || not_run "no chromium (Debian: apt install chromium)"
command -v node >/dev/null || not_run "no node"
command -v npm >/dev/null || not_run "no npm"

mkdir -p "$cache"
if ! cmp -s "$here/package.json" "$cache/package.json" || [ ! -d "$cache/node_modules" ]; then
  cp "$here/package.json" "$cache/package.json"
  (cd "$cache" && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts >&2) || {
    rm -f "$cache/package.json"
    not_run "npm could not install playwright-core and axe-core"
  }
fi

cargo build --quiet -p wxpusher-cli
CHROMIUM=$chromium NODE_MODULES=$cache/node_modules WXPUSHER=$target/debug/wxpusher exec node "$here/page.mjs" "$@"
