#!/usr/bin/env bash
# Installs header, libraries, pkg-config and CMake files: install.sh PREFIX [OPTION OF CARGO-C]...
set -eu
prefix=$(realpath -m "${1:?usage: install.sh PREFIX}")
shift
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

# The library has to be small: everything is optimised for size, but what every call goes through more mildly, which makes a
# call a tenth faster. The panic strategy stays that of the workspace.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
milder=()
for package in ureq ureq-proto http httparse serde_json; do
  milder+=(--config "profile.release.package.$package.opt-level='s'")
done
quietly env PATH="$cargo_c/bin:$PATH" cargo cinstall --release --locked -p wxpusher-c "${milder[@]}" \
  --prefix "$prefix" --libdir "$prefix/lib" --pkgconfigdir "$prefix/lib/pkgconfig" ${DESTDIR:+--destdir "$DESTDIR"} "$@"

package=${DESTDIR:-}$prefix/lib/cmake/wxpusher
mkdir -p "$package"
crate_version=$(cargo pkgid --manifest-path Cargo.toml | sed 's/.*[#@]//')
install -m 644 cmake/wxpusher-config.cmake "$package/"
sed "s/@VERSION@/$crate_version/" cmake/wxpusher-config-version.cmake.in >"$package/wxpusher-config-version.cmake"
