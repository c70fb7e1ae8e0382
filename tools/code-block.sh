#!/usr/bin/env bash
# Prints the first code block in LANGUAGE on PAGE: code-block.sh LANGUAGE PAGE. Fails if there is none.
set -euo pipefail
awk -v start="\`\`\`$1" '$0 == start {inside = 1; next} inside && /^```$/ {whole = 1; exit} inside; END {exit !whole}' "$2"
