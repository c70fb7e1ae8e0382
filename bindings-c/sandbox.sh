# shellcheck shell=bash
# shellcheck disable=SC2154 # `target` is set by the script that reads this file
# To be sourced: start_sandbox starts a WxPusher on this machine for as long as the script runs, and points clients at it.
# Needs $target, Cargo's target folder.

start_sandbox() {
  cargo build --quiet --locked -p wxpusher-cli
  sandbox_says=$target/c/sandbox.txt
  mkdir -p "$target/c"
  # A pipe, so that reading its first line waits for it.
  rm -f "$sandbox_says"
  mkfifo "$sandbox_says"
  "$target/debug/wxpusher" sandbox --listen 127.0.0.1:0 >"$sandbox_says" &
  sandbox_pid=$!
  trap 'kill "$sandbox_pid" 2>/dev/null || true' EXIT
  exec 9<"$sandbox_says"
  read -r _line <&9
  WXPUSHER_BASE_URL=http${_line##* http}
  export WXPUSHER_BASE_URL WXPUSHER_APP_TOKEN=AT_testdemo
  unset WXPUSHER_UIDS WXPUSHER_TOPIC_IDS WXPUSHER_SPT_LIST
}

# sandbox PATH JSON: something happens in the sandbox's world.
sandbox() {
  python3 -c '
import sys, urllib.request
open_url = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
print(open_url(urllib.request.Request(sys.argv[1] + sys.argv[2], sys.argv[3].encode())).read().decode())
' "$WXPUSHER_BASE_URL" "/sandbox/$1" "$2"
}
