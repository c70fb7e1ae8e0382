#!/bin/sh
# All of Python's tests: builds the package, runs pytest, linters and type checkers. Quiet, and quick when warm.
# PYTHON chooses the interpreter (3.10 or later). `test.sh sdist` proves instead that a wheel can be built from the sdist
# in an empty folder and passes the tests.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if ! reason=$(cargo xtask setup --check python 2>&1); then
  echo "python: NOT RUN, $reason"
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi
. bindings-python/venv.sh
target=$(python_target)
tests=$target/test
requirements=bindings-python/requirements
bin=$tests/bin

step() {
  log=$target/step.log
  "$@" >"$log" 2>&1 || {
    echo "failed: $*" >&2
    cat "$log" >&2
    return 1
  }
}

if [ "${1:-}" = sdist ]; then
  make_venv "$target/sdist-test" "$requirements/test.txt" "$requirements/build.txt"
  bin=$target/sdist-test/bin
  # At one place, so that what was built there before is used again.
  empty=$target/sdist
  rm -rf "$empty"
  step "$bin/maturin" sdist --out "$empty/dist"
  tar -xzf "$empty"/dist/*.tar.gz -C "$empty"
  cd "$empty"/wxpusher_sdk-*/
  # Beside what is built here anyway, so that only our own crates are built once more.
  CARGO_TARGET_DIR=$(dirname "$target") step "$bin/maturin" build --profile dev --interpreter "$bin/python" --out "$empty/wheel"
  step "$bin/python" -m pip install --quiet --force-reinstall --no-deps --no-index "$empty"/wheel/*.whl
  # Only what is installed may be imported.
  mv bindings-python/python "$empty/unused"
  "$bin/python" -m pytest -p no:cacheprovider
  exit
fi

sh bindings-python/build.sh test "$requirements/test.txt"
step "$bin/ruff" check bindings-python ffi-tests/testees/python
step "$bin/ruff" format --check bindings-python ffi-tests/testees/python
step "$bin/mypy" --strict bindings-python/python bindings-python/examples
step "$bin/python" -m mypy.stubtest wxpusher_sdk --allowlist bindings-python/stubtest-allowlist.txt
step "$bin/pyright" --pythonpath "$bin/python"
"$bin/python" -m pytest -p no:cacheprovider
