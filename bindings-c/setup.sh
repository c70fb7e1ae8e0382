#!/usr/bin/env bash
# Installs what building and testing C and C++ needs, where it is missing. Quiet, and nothing to do the second time.
set -eu

missing=()
need() { # COMMAND PACKAGE
  command -v "$1" >/dev/null || missing+=("$2")
}
need_header() { # HEADER PACKAGE
  echo "#include <$1>" | cc -x "${3:-c}" -fsyntax-only - 2>/dev/null || missing+=("$2")
}

need gcc gcc
need g++ g++
need clang clang
need valgrind valgrind
need cmake cmake
need make make
need pkg-config pkg-config
need python3 python3
if command -v cc >/dev/null; then
  need_header jansson.h libjansson-dev
  need_header curl/curl.h libcurl4-openssl-dev
  need_header openssl/ssl.h libssl-dev
  need_header nlohmann/json.hpp nlohmann-json3-dev c++
else
  missing+=(libjansson-dev libcurl4-openssl-dev libssl-dev nlohmann-json3-dev libc6-dev)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "missing, and not installable from here: ${missing[*]}" >&2
  exit 1
fi
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  cat "$log" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
