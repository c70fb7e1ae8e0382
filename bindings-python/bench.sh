#!/bin/sh
# Measures the bars of the Python package: prints them, and merges them into bench.json of the target folder.
# Fails when one is missed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. bindings-python/venv.sh
target=$(python_target)
make_venv "$target/bench" bindings-python/requirements/build.txt
make_venv "$target/peers" bindings-python/requirements/peers.txt
rm -rf "$target/wheel"
"$target/bench/bin/maturin" build --quiet --release --out "$target/wheel" >"$target/bench.log" 2>&1 || {
  cat "$target/bench.log" >&2
  exit 1
}
"$target/bench/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps --no-index "$target"/wheel/*.whl
"$target/bench/bin/python" bindings-python/bench/bench.py \
  "$target/bench/bin/python" "$target/peers/bin/python" "$target"/wheel/*.whl "$target/../bench.json"
