#!/usr/bin/env bash
# Measures the bars of the C library: prints them, and merges them into bench.json of the target folder.
# Fails when one is missed.
set -eu
cd "$(dirname "$0")"
target=${CARGO_TARGET_DIR:-$PWD/../target}
mkdir -p "$target/c"
target=$(realpath "$target")
export CARGO_TARGET_DIR=$target
prefix=$target/c/prefix

if ! reason=$(cargo xtask setup --check c 2>&1); then
  echo "c.send_vs_libcurl: NOT RUN, $reason"
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi
./install.sh "$prefix"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046 # several flags in one output
gcc -std=c11 -O2 -Wall -Wextra -Wpedantic -Werror -DALARM_CURL_ONLY_SEND bench/bench.c bench/alarm_curl.c \
  $(pkg-config --cflags --libs wxpusher libcurl libcjson jansson) \
  -Wl,-rpath,"$prefix/lib" -pthread -o "$target/c/bench"
ratios=$("$target/c/bench")
strip -o "$target/c/stripped.so" "$prefix/lib/libwxpusher.so"

python3 - "$target/bench.json" "$ratios" "$(stat -c %s "$target/c/stripped.so")" <<'EOF'
import json
import pathlib
import sys

path, ratios, size = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
bars = {
    "c.send_vs_raw": (ratios["c.send_vs_raw"], 1.25, "times the median of a raw socket loop"),
    "c.send_vs_libcurl": (ratios["c.send_vs_libcurl"], 1.0, "times the median of libcurl with its handle reused"),
    "c.send_vs_libcurl_cjson": (ratios["c.send_vs_libcurl_cjson"], 1.0, "times the median of libcurl and cJSON"),
    "c.lib_mib_stripped": (round(size / 2**20, 3), 2.0, "MiB"),
}
measured = json.loads(path.read_text()) if path.exists() else {}
missed = False
for name, (value, bar, unit) in bars.items():
    missed |= value > bar
    print(f"{name:28} {value:10.3f}  bar {bar:8.2f}  {'ok' if value <= bar else 'OVER':5} {unit}")
    measured[name] = {"value": value, "bar": bar, "unit": unit}
path.write_text(json.dumps(measured, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
sys.exit(missed)
EOF
