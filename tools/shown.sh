#!/usr/bin/env bash
# shown.sh LANGUAGE PAGE: prints the first block of code in this language on a page. Fails when there is none.
set -euo pipefail
awk -v start="\`\`\`$1" '$0 == start {inside = 1; next} inside && /^```$/ {whole = 1; exit} inside; END {exit !whole}' "$2"
