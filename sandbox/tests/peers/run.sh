#!/usr/bin/env bash
# Runs clients of other projects against the sandbox, unchanged but for their base URL: PyPI `wxpusher` and `apprise`,
# npm `wxpusher`. Needs python3 with venv, node and npm, and their registries. NOT RUN without them; an error if CI=true.
set -eu -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cache=${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/peer-clients

not_run() {
  echo "peer clients: NOT RUN: $1"
  if [ "${CI:-}" = true ]; then exit 1; fi
  exit 0
}

command -v python3 >/dev/null || not_run "no python3"
command -v node >/dev/null || not_run "no node"
command -v npm >/dev/null || not_run "no npm"
mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/requirements.txt" || [ ! -d "$cache/venv" ]; then
  rm -rf "$cache/venv"
  python3 -m venv "$cache/venv" || not_run "python3 has no venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2 || not_run "pip could not install the clients"
  cp "$here/requirements.txt" "$cache/requirements.txt"
fi
if ! cmp -s "$here/package.json" "$cache/package.json" || [ ! -d "$cache/node_modules" ]; then
  cp "$here/package.json" "$cache/package.json"
  (cd "$cache" && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts >&2) || {
    rm -f "$cache/package.json"
    not_run "npm could not install the client"
  }
fi

cargo build --quiet -p wxpusher-cli
ready=$(mktemp -u)
"$target/debug/wxpusher" sandbox --port 0 --ready-file "$ready" >/dev/null &
sandbox=$!
trap 'kill "$sandbox" 2>/dev/null || true' EXIT
while [ ! -e "$ready" ]; do
  kill -0 "$sandbox" 2>/dev/null || { echo "the sandbox did not start" >&2; exit 1; }
  sleep 0.05
done
BASE_URL=$(cat "$ready")
export BASE_URL no_proxy='*'
"$cache/venv/bin/python" "$here/peers.py"
NODE_PATH=$cache/node_modules node "$here/peers.cjs"
echo "peer clients: all passed"
