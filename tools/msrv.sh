#!/usr/bin/env bash
# Does the Rust that people have still compile this? Checks the crates they depend on with Debian 13's own rustc, which
# is the `rust-version` of Cargo.toml.
#
# Says NOT RUN and why where that compiler cannot be had, which is red only under CI=true.
set -euo pipefail
cd "$(dirname "$0")/.."

crates=(wxpusher wxpusher-sandbox wxpusher-cli)

cache="${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}"
cargo_home="${CARGO_HOME:-$HOME/.cargo}"
target="$cache/msrv-target"
wanted="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)"

if ! tools/trixie.sh need rustc cargo gcc libc6-dev; then
    echo "msrv: NOT RUN, rustc $wanted cannot be had here (see above)"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi

mkdir -p "$target"
inside=(tools/trixie.sh run "$PWD:ro" "$cargo_home" "$target" --
    env CARGO_HOME="$cargo_home" CARGO_TARGET_DIR="$target" CARGO_TERM_COLOR=never)

version="$("${inside[@]}" rustc --version)"
case "$version" in
"rustc $wanted."*) ;;
*)
    echo "msrv: Cargo.toml says $wanted, and Debian 13 has $version" >&2
    exit 1
    ;;
esac

cargo fetch --quiet --locked
"${inside[@]}" cargo check --quiet --locked --offline --all-targets "${crates[@]/#/-p}"
echo "msrv: ${crates[*]} compile with $version"
