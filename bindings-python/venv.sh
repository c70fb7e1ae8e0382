# shellcheck shell=sh
# For the scripts beside it, from the root of the repository: virtualenvs that are made once and follow their requirements.

# Where everything goes.
python_target() {
  case ${CARGO_TARGET_DIR:-target} in
    /*) echo "$CARGO_TARGET_DIR/python" ;;
    *) echo "$PWD/${CARGO_TARGET_DIR:-target}/python" ;;
  esac
}

# The first interpreter that will do. Names of version managers may be there and not work, so each is asked.
find_python() {
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python3.10}; do
    if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "Python 3.10 or later with the module venv is needed" >&2
  return 1
}

# make_venv FOLDER REQUIREMENTS...: makes it anew when the requirements or the interpreter have changed.
make_venv() {
  folder=$1
  shift
  wanted=$(find_python) || return 1
  stamp="$("$wanted" -VV) $(cat "$@" | cksum)"
  [ "$(cat "$folder/stamp" 2>/dev/null)" = "$stamp" ] && return
  rm -rf "$folder"
  mkdir -p "$(dirname "$folder")"
  "$wanted" -m venv "$folder"
  for file in "$@"; do
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$file"
  done
  echo "$stamp" >"$folder/stamp"
}

# develop FOLDER: builds the package in the dev profile and links it into this virtualenv.
develop() {
  log=$1/build.log
  VIRTUAL_ENV=$1 PATH=$1/bin:$PATH "$1/bin/maturin" develop --quiet --features abi3 >"$log" 2>&1 || {
    cat "$log" >&2
    return 1
  }
}
