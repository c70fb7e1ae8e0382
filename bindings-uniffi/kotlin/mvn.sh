#!/usr/bin/env bash
# mvn.sh ARGS…: Maven over a local repository under target/, so that nobody's ~/.m2 is touched. What it downloads is kept in the
# cache; once everything is there, no network is needed.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="${CARGO_TARGET_DIR:-$here/../../target}"
cache="${WXPUSHER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wxpusher}/m2"
repository="$target/m2"

# Links where both are on one file system, and copies where not.
copy() {
    cp -aln "$1/." "$2/" 2>/dev/null || cp -an "$1/." "$2/"
}

mkdir -p "$cache" "$repository"
[ -d "$repository/org" ] || copy "$cache" "$repository"
status=0
# Maven resets the colours of a terminal even where there is none, on both of its outputs.
mvn -B -q -ntp -Dmaven.repo.local="$(cd "$repository" && pwd)" "$@" 2>&1 | sed $'s/\e\\[[0-9;]*m//g' || status=$?
stamp="$repository/.kept"
if [ ! -e "$stamp" ] || [ -n "$(find "$repository" -newer "$stamp" -name '*.pom' -not -path '*/wxpusher/*' -print -quit)" ]; then
    for group in "$repository"/*/; do
        name="$(basename "$group")"
        [ "$name" = wxpusher ] || { mkdir -p "$cache/$name" && copy "$group" "$cache/$name"; }
    done
    touch "$stamp"
fi
exit "$status"
