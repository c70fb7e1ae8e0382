#!/bin/sh
# build.sh [NAME REQUIREMENTS...]: builds the package, editable, into the virtualenv target/python/NAME (venv), which also
# gets these requirements. Quiet, and quick when there is nothing to do. PYTHON chooses the interpreter (3.10 or later).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. bindings-python/venv.sh
name=${1:-venv}
[ $# -gt 0 ] && shift
make_venv "$(python_target)/$name" bindings-python/requirements/build.txt "$@"
develop "$(python_target)/$name"
