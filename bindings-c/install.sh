#!/usr/bin/env bash
# Installs the header, the libraries, and files for pkg-config and CMake:
# install.sh PREFIX [--libdir DIR] [--includedir DIR] [--datadir DIR] [OPTION OF CARGO-C]...
# DIR is absolute, or relative to PREFIX: `--libdir lib/x86_64-linux-gnu`. DESTDIR is respected.
set -eu
prefix=$(realpath -m "${1:?usage: install.sh PREFIX [--libdir DIR] [--includedir DIR] [--datadir DIR]}")
shift
libdir=lib includedir=include datadir=share
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --libdir=* | --includedir=* | --datadir=*)
      name=${1%%=*}
      declare "${name#--}=${1#*=}"
      shift
      ;;
    --libdir | --includedir | --datadir)
      declare "${1#--}=${2:?$1 needs a folder}"
      shift 2
      ;;
    *)
      options+=("$1")
      shift
      ;;
  esac
done
in_prefix() {
  case $1 in /*) realpath -m "$1" ;; *) realpath -m "$prefix/$1" ;; esac
}
libdir=$(in_prefix "$libdir")
includedir=$(in_prefix "$includedir")
datadir=$(in_prefix "$datadir")
[ -z "${DESTDIR:-}" ] || DESTDIR=$(realpath -m "$DESTDIR")
cd "$(dirname "$0")"
if ! reason=$(cargo xtask setup --check cargo-c 2>&1); then
  echo "install.sh: $reason" >&2
  exit 1
fi
cargo_c=${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/cargo-c-0.10.13
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target}

quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# Optimised for size, except the crates that every call uses, which makes a call a tenth faster. The panic strategy is the
# workspace's.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
profiles=()
for package in ureq ureq-proto http httparse serde_json; do
  profiles+=(--config "profile.release.package.$package.opt-level='s'")
done
quietly env PATH="$cargo_c/bin:$PATH" cargo cinstall --release --locked -p wxpusher-c "${profiles[@]}" \
  --prefix "$prefix" --libdir "$libdir" --includedir "$includedir" --pkgconfigdir "$libdir/pkgconfig" \
  ${DESTDIR:+--destdir "$DESTDIR"} ${options[@]+"${options[@]}"}

# The linker needs the unwinder only for a shared library of it, and finds it itself.
sed -i 's/ -lgcc_s\b//' "${DESTDIR:-}$libdir/pkgconfig/wxpusher.pc"

# The static library becomes one object whose only global symbols are ours, so that it can be linked beside other Rust libraries.
static=${DESTDIR:-}$libdir/libwxpusher.a
if [ -f "$static" ] && [ "$(uname -s)" = Linux ] && command -v ld objcopy nm ar >/dev/null; then
  work=$(mktemp -d)
  nm --defined-only "$static" 2>/dev/null | awk '$2 == "T" && $3 ~ /^wxpusher_/ {print $3}' | sort -u >"$work/symbols"
  # shellcheck disable=SC2046 # one option per symbol
  ld -r --gc-sections $(sed 's/^/-u /' "$work/symbols") "$static" -o "$work/wxpusher.o"
  objcopy --keep-global-symbols="$work/symbols" --remove-section=.llvmbc --remove-section=.llvmcmd --strip-unneeded "$work/wxpusher.o"
  rm "$static"
  ar crsD "$static" "$work/wxpusher.o"
  rm -r "$work"
fi

package=${DESTDIR:-}$libdir/cmake/wxpusher
mkdir -p "$package"
crate_version=$(cargo pkgid --manifest-path Cargo.toml | sed 's/.*[#@]//')
sed "s|@INCLUDE@|$(realpath -m --relative-to "$libdir" "$includedir")|" cmake/wxpusher-config.cmake.in \
  >"$package/wxpusher-config.cmake"
sed "s/@VERSION@/$crate_version/" cmake/wxpusher-config-version.cmake.in >"$package/wxpusher-config-version.cmake"

documents=${DESTDIR:-}$datadir/doc/wxpusher
mkdir -p "$documents"
install -m 644 ../LICENSE-MIT ../LICENSE-APACHE "$documents/"
python3 notices.py >"$documents/THIRD-PARTY-NOTICES"
