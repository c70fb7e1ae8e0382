#!/usr/bin/env bash
# Formats and checks what cargo fmt and ruff do not: format.sh [--check] TOOL…
#
# The tools: shellcheck (shell scripts; checks only), clang-format (C and C++), ktlint (Kotlin), swift-format (Swift).
# `--check` changes nothing and fails if a file is not formatted. Generated files are left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}"

check='' format=yes
[ "${1:-}" != --check ] || { check=yes format='' && shift; }

# The tracked files with these patterns.
files() {
    git ls-files -z -- "$@" ':!bindings-c/include/wxpusher.h' ':!*/Generated/*' ':!*/WxPusherFFI/*'
}

run() {
    case "$1" in
    shellcheck) files '*.sh' .ci/run | xargs -0 "$cache/lint/bin/shellcheck" -x ;;
    clang-format) files '*.c' '*.cpp' '*.h' '*.hpp' | xargs -0 "$cache/lint/bin/clang-format" ${check:+--dry-run -Werror} -i ;;
    ktlint) files '*.kt' | xargs -0 java -jar "$cache/ktlint/ktlint-cli-1.8.0-all.jar" --log-level=error ${format:+-F} ;;
    swift-format)
        local command=(format --in-place)
        [ -z "$check" ] || command=(lint --strict)
        # Debian keeps swift-format off the PATH.
        # shellcheck disable=SC2016 # expanded by the shell inside
        files '*.swift' | xargs -0 bindings-uniffi/swift/with-swift.sh "$PWD" -- \
            sh -c 'PATH=$PATH:/usr/libexec/swift/bin exec swift-format "$@"' swift-format "${command[@]}"
        ;;
    *) echo "format.sh: unknown tool: $1" >&2 && exit 64 ;;
    esac
}

for tool in "$@"; do
    if reason="$(cargo xtask setup --check "$tool" 2>&1)"; then
        run "$tool"
    else
        echo "$tool: NOT RUN, $reason"
        [ "${CI:-}" != true ] || exit 1
    fi
done
