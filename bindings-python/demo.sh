#!/bin/sh
# The demonstration, as a newcomer meets it: a virtualenv under target/, pip install, the command.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. bindings-python/venv.sh
demo=$(python_target)/demo
make_venv "$demo" bindings-python/requirements/build.txt
# Without build isolation, so that what was built before is used again.
PATH=$demo/bin:$PATH "$demo/bin/python" -m pip install --quiet --disable-pip-version-check --no-build-isolation .
exec "$demo/bin/wxpusher" demo
