#!/usr/bin/env bash
# Builds the testee in C: build.sh TARGET. WXPUSHER_C_FLAGS adds to the flags.
set -eu
cd "$(dirname "$0")"
target=${1:?usage: build.sh TARGET}
CARGO_TARGET_DIR=$target cargo build --quiet --locked -p wxpusher-c
mkdir -p "$target/testees"
# shellcheck disable=SC2046,SC2086 # several flags in one variable
${CC:-cc} -std=c11 -g -O1 -Wall -Wextra -Wpedantic -Werror ${WXPUSHER_C_FLAGS:-} -I ../../../bindings-c/include ./*.c \
  "$target/debug/libwxpusher_c.a" $(pkg-config --cflags --libs jansson) -pthread -ldl -lm -lgcc_s -o "$target/testees/c"
