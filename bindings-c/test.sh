#!/usr/bin/env bash
# Tests the C and C++ library. Prints one line per step; a step that fails ends it.
# With arguments, only these steps: test.sh misuse ranges
set -eu
cd "$(dirname "$0")"
here=$PWD
target=${CARGO_TARGET_DIR:-$here/../target}
mkdir -p "$target"
target=$(realpath "$target")
export CARGO_TARGET_DIR=$target
work=$target/c
prefix=$work/prefix
strict='-Wall -Wextra -Wpedantic -Werror'
system_libs='-pthread -ldl -lm'

# shellcheck disable=SC1091
. ./sandbox.sh

# expect_failure TEXT COMMAND...: the command fails, and says so with this text.
expect_failure() {
  local text=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "succeeded, and should not have: $*" >&2
    return 1
  fi
  grep -q -- "$text" <<<"$said" || { printf '%s\n' "$said" >&2; return 1; }
}

quietly() {
  local said
  said=$("$@" 2>&1) || { printf '%s\n' "$said" >&2; return 1; }
}

# Unit tests, the freshness of the header, the pattern of the exported functions.
step_rust() {
  cargo fmt --check -p wxpusher-c
  cargo clippy --quiet --locked -p wxpusher-c --all-targets -- -D warnings
  quietly cargo test --quiet --locked -p wxpusher-c
}

step_install() {
  rm -rf "$prefix" "$work/multiarch"
  ./install.sh "$prefix"
  [ -s "$prefix/share/doc/wxpusher/LICENSE-MIT" ]
  grep -q '^ring ' "$prefix/share/doc/wxpusher/THIRD-PARTY-NOTICES"
  # Folders of a distribution.
  ./install.sh "$work/multiarch" --libdir lib/x86_64-linux-gnu --includedir=include/wxpusher-0
  local flags
  flags=$(PKG_CONFIG_PATH=$work/multiarch/lib/x86_64-linux-gnu/pkgconfig pkg-config --cflags --libs wxpusher)
  # shellcheck disable=SC2086 # several flags in one variable
  gcc -std=c99 $strict tests/consumer/consumer.c $flags -Wl,-rpath,"$work/multiarch/lib/x86_64-linux-gnu" -o "$work/consumer"
  "$work/consumer"
  cat >"$work/multiarch/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.16)
project(folders C)
find_package(wxpusher REQUIRED)
get_target_property(include wxpusher::wxpusher INTERFACE_INCLUDE_DIRECTORIES)
message(STATUS "include path: ${include}")
END
  cmake -S "$work/multiarch" -B "$work/multiarch/build" \
    -Dwxpusher_DIR="$work/multiarch/lib/x86_64-linux-gnu/cmake/wxpusher" |
    grep -F "include path: $work/multiarch/include/wxpusher-0" >/dev/null
}

# The libraries export exactly what the header declares: at most 80 functions.
step_symbols() {
  python3 tests/null_calls.py include/wxpusher.h --names 2>&1 >/dev/null | sort >"$work/header.txt"
  nm -D --defined-only "$prefix/lib/libwxpusher.so" | awk '{print $3}' | sort >"$work/shared.txt"
  [ "$(wc -l <"$work/header.txt")" -le 80 ]
  diff "$work/header.txt" "$work/shared.txt"
  nm --defined-only --extern-only "$prefix/lib/libwxpusher.a" | awk 'NF == 3 {print $3}' | sort >"$work/static.txt"
  diff "$work/header.txt" "$work/static.txt"
  readelf -d "$prefix/lib/libwxpusher.so" | grep -q 'SONAME.*\[libwxpusher.so.0.1\]'
}

plus_plus() {
  case $1 in gcc) echo g++ ;; clang) echo clang++ ;; esac
}

# Doxygen accepts the header without a warning.
step_doxygen() {
  rm -rf "$work/doxygen"
  mkdir -p "$work/doxygen"
  quietly doxygen - <<END
INPUT = include/wxpusher.h
OUTPUT_DIRECTORY = $work/doxygen
OPTIMIZE_OUTPUT_FOR_C = YES
TYPEDEF_HIDES_STRUCT = YES
JAVADOC_AUTOBRIEF = YES
GENERATE_LATEX = NO
HAVE_DOT = NO
QUIET = YES
WARN_AS_ERROR = YES
END
  [ -s "$work/doxygen/html/group__send.html" ]
}

# abi HEADER LIBRARY: a library with debug information that uses every struct of the header.
abi() {
  mkdir -p "$work/abi"
  cp "$1" "$work/abi/wxpusher.h"
  {
    echo '#include "wxpusher.h"'
    sed -n 's/^struct \(wxpusher_[a-z0-9_]*\) {$/\1 abi_of_\1(\1 value) { return value; }/p' "$1" | sed 's/^\(.*\)$/extern \1/'
  } >"$work/abi/abi.c"
  gcc -std=c99 -g -shared -fPIC -I "$work/abi" "$work/abi/abi.c" -o "$2"
}

# The structs of the header and those of the last commit: fields can only be taken from the reserved ones. A deliberate change of a
# field is found.
step_abi() {
  abi include/wxpusher.h "$work/abi-now.so"
  git show HEAD:bindings-c/include/wxpusher.h >"$work/abi-base.h"
  abi "$work/abi-base.h" "$work/abi-base.so"
  abidiff "$work/abi-base.so" "$work/abi-now.so"
  sed 's/^  int64_t message_content_id;/  int32_t message_content_id;/' include/wxpusher.h >"$work/abi-changed.h"
  abi "$work/abi-changed.h" "$work/abi-changed.so"
  expect_failure 'message_content_id' abidiff "$work/abi-base.so" "$work/abi-changed.so"
}

# Programs outside the tree that use only what is installed.
step_consumers() {
  local outside compiler kind flags libs
  outside=$(mktemp -d)
  cp tests/consumer/* "$outside"
  export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
  for compiler in gcc clang; do
    for kind in shared static; do
      flags=$(pkg-config --cflags wxpusher)
      if [ $kind = shared ]; then
        libs="$(pkg-config --libs wxpusher) -Wl,-rpath,$prefix/lib"
      else
        libs=$(pkg-config --static --libs wxpusher | sed 's/-lwxpusher\b/-l:libwxpusher.a/')
      fi
      # shellcheck disable=SC2086 # several flags in one variable
      (
        cd "$outside"
        $compiler -std=c99 $strict $flags consumer.c $libs -o c
        $(plus_plus $compiler) -std=c++17 $strict $flags consumer.cpp second.cpp $libs -o cpp
        ./c
        ./cpp
      )
      [ "$(ldd "$outside/c" | grep -c libwxpusher)" -eq "$([ $kind = shared ] && echo 1 || echo 0)" ]
    done
    (
      cd "$outside"
      rm -rf build
      CC=$compiler CXX=$(plus_plus $compiler) \
        quietly cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix"
      quietly cmake --build build
      for program in c_shared c_static cpp_shared cpp_static; do "build/$program"; done
    )
  done
  # The line of the guide for a static program, and a program that contains another Rust static library.
  (
    cd "$outside"
    cat >other.rs <<'END'
#[unsafe(no_mangle)]
pub extern "C" fn other() -> i32 { std::panic::catch_unwind(|| 7).unwrap_or(0) }
END
    rustc --edition 2024 --crate-type staticlib -C panic=unwind other.rs -o libother.a
    printf '#include <wxpusher.h>\nint other(void);\nint main(void) { return other() == 7 && *wxpusher_version() ? 0 : 1; }\n' >two.c
    # shellcheck disable=SC2046 # several flags
    gcc two.c libother.a $(pkg-config --static --cflags --libs wxpusher | sed 's/-lwxpusher\b/-l:libwxpusher.a/') -o two
    ./two
    # shellcheck disable=SC2046 # several flags
    quietly gcc -static consumer.c $(pkg-config --static --cflags --libs wxpusher) -o whole
    ldd whole 2>&1 | grep -q 'not a dynamic executable'
    ./whole
  )
  # An unknown component fails, and a link to the library folder (/lib -> /usr/lib) does not change the include path.
  ln -s "$prefix/lib" "$outside/lib"
  cat >"$outside/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.16)
project(components C)
find_package(wxpusher REQUIRED COMPONENTS ${components})
get_target_property(include wxpusher::wxpusher INTERFACE_INCLUDE_DIRECTORIES)
message(STATUS "include path: ${include}")
END
  (
    cd "$outside"
    cmake -S . -B linked -Dwxpusher_DIR="$outside/lib/cmake/wxpusher" | grep -F "include path: $prefix/include" >/dev/null
    expect_failure 'has no component "nonsense"' cmake -S . -B refused -Dcomponents=nonsense \
      -Dwxpusher_DIR="$prefix/lib/cmake/wxpusher"
  )
  rm -rf "$outside"
}

# compile SOURCE [FLAG]...: against the unoptimised static library, whose own assertions are on.
compile() {
  local source=$1 compiler='gcc -std=c11'
  shift
  case $source in *.cpp) compiler='g++ -std=c++17' ;; esac
  # shellcheck disable=SC2086 # several flags in one variable
  $compiler -g -O1 $strict "$@" -I include -I "$work" -I tests "tests/$source" "$target/debug/libwxpusher_c.a" \
    $system_libs -o "$work/${source%.*}"
}

# Unoptimised: compiling C++ with both sanitizers and an optimiser takes three times as long.
asan='-O0 -fsanitize=address,undefined -fno-sanitize-recover=undefined'
# Not `possible`: hash tables are held by a pointer into their middle.
under_valgrind='valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect
  --errors-for-leak-kinds=definite,indirect'

# An object that leaks, to be linked into a program: the leak checkers must find it.
leak() {
  cargo build --quiet --locked -p wxpusher-c
  # shellcheck disable=SC2086 # several flags in one variable
  gcc -std=c11 $strict -I include -c tests/leak.c -o "$work/leak.o"
}

# NULL for every pointer of every function, and other misuse. Under the sanitizers and valgrind, which must find a deliberate leak.
step_misuse() {
  leak
  # shellcheck disable=SC2086 # several flags in one variable
  gcc -std=c11 $strict -I include -fsyntax-only tests/layout.c
  python3 tests/null_calls.py include/wxpusher.h >"$work/null_calls.inc"
  local program
  # shellcheck disable=SC2086 # several flags in one variable
  for program in nulls misuse; do
    compile $program.c $asan "$work/leak.o"
    expect_failure 'LeakSanitizer: detected memory leaks' "$work/$program"
    compile $program.c $asan
    quietly "$work/$program"
    compile $program.c "$work/leak.o"
    expect_failure 'definitely lost' $under_valgrind "$work/$program"
    compile $program.c
    quietly $under_valgrind "$work/$program"
  done
}

step_ranges() {
  cargo build --quiet --locked -p wxpusher-c
  local standard
  for standard in c++17 c++20 c++23; do
    # shellcheck disable=SC2086 # several flags in one variable
    g++ -std="$standard" $strict -I include tests/ranges.cpp "$target/debug/libwxpusher_c.a" \
      $system_libs -o "$work/ranges"
    "$work/ranges"
  done
}

# Cancelling from a signal handler, and pthread_cancel.
step_signals() {
  cargo build --quiet --locked -p wxpusher-c
  compile signals.c
  "$work/signals"
}

# Allocations per send.
step_allocations() {
  cargo build --quiet --locked -p wxpusher-c
  compile allocations.c -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=posix_memalign
  "$work/allocations"
}

step_nothrow() {
  compile nothrow.cpp -fno-exceptions -fno-rtti
  "$work/nothrow"
  # shellcheck disable=SC2086 # several flags in one variable
  compile nothrow.cpp -fno-exceptions -fno-rtti $asan
  "$work/nothrow"
}

# The shared suite, C and C++, watched, which a leaky testee shows; `make test-suite` runs it as it is. What is slow under
# valgrind is timing, so there only areas that time nothing; Rust goes along because the runner proves itself with the first
# language, which must be quick.
step_suite() {
  # shellcheck disable=SC2054 # the comma is part of an option
  local suite=(cargo run --quiet --locked -p ffi-tests --) leaky=(--lang rust,c --case status/waiting)
  leak
  WXPUSHER_C_FLAGS="$asan $work/leak.o" expect_failure 'SUMMARY: AddressSanitizer: .* leaked' "${suite[@]}" "${leaky[@]}"
  WXPUSHER_C_FLAGS=$asan quietly "${suite[@]}" --lang c,cpp --json "$work/asan.json"
  WXPUSHER_C_FLAGS=$work/leak.o WXPUSHER_C_UNDER=$under_valgrind expect_failure 'exit status: 99' "${suite[@]}" "${leaky[@]}"
  WXPUSHER_C_UNDER=$under_valgrind quietly "${suite[@]}" --lang rust,c,cpp --case '[bcgsu]*/*' --json "$work/valgrind.json"
}

# Sixteen threads on one client, and a cancellation, under ThreadSanitizer, which is shown to watch.
step_threads() {
  local host library runtime symbol wraps=()
  host=$(rustc -vV | sed -n 's/^host: //p')
  runtime=$(rustc --print sysroot)/lib/rustlib/$host/lib/librustc-stable_rt.tsan.a
  # The sanitizer is unstable in the compiler, and only this test library is built with it.
  RUSTC_BOOTSTRAP=1 RUSTFLAGS='-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer' \
    cargo build --quiet --locked -p wxpusher-c --target "$host"
  library=$target/$host/debug/libwxpusher_c.a
  # The standard library comes uninstrumented. Its locks are inlined and seen, but for the way through the futex.
  : >"$work/locks.c"
  for symbol in $(nm "$library" 2>/dev/null | awk '$1 == "U" {print $2}' |
    grep -E 'std3sys4sync.*(Mutex14lock_contended|RwLock14read_contended|RwLock15write_contended)$' | sort -u); do
    wraps+=("-Wl,--wrap=$symbol")
    printf 'void __tsan_acquire(void *);\nvoid __real_%s(void *);\nvoid __wrap_%s(void *);\nvoid __wrap_%s(void *lock) { __real_%s(lock); __tsan_acquire(lock); }\n' \
      "$symbol" "$symbol" "$symbol" "$symbol" >>"$work/locks.c"
  done
  [ ${#wraps[@]} -gt 0 ]
  gcc -c "$work/locks.c" -o "$work/locks.o"
  local program
  for program in race threads; do
    # shellcheck disable=SC2086 # several flags in one variable
    gcc -std=c11 -g -O1 -fsanitize=thread $strict -I include -I tests -c tests/$program.c -o "$work/$program.o"
    # shellcheck disable=SC2086 # several flags in one variable
    gcc -no-pie "$work/$program.o" "$work/locks.o" "${wraps[@]}" "$library" \
      -Wl,--whole-archive "$runtime" -Wl,--no-whole-archive $system_libs -lrt -o "$work/$program"
  done
  expect_failure 'ThreadSanitizer: data race' setarch -R "$work/race"
  quietly setarch -R "$work/threads"
}

# A deliberate panic in the release library, built as it is installed but for the functions that panic; the static one would be
# built of the same objects.
step_panics() {
  rm -rf "$work/panics"
  ./install.sh "$work/panics" --features panic-test --library-type cdylib
  # shellcheck disable=SC2086 # several flags in one variable
  gcc -std=c11 $strict -I "$work/panics/include" tests/panics.c -L "$work/panics/lib" -Wl,-rpath,"$work/panics/lib" \
    -lwxpusher -pthread -o "$work/panics/program"
  local said
  said=$("$work/panics/program" 2>"$work/panics/stderr.txt") || { cat "$work/panics/stderr.txt" >&2; return 1; }
  [ "$said" = survived ]
  grep -q 'a deliberate panic' "$work/panics/stderr.txt"
}

# The programs of the documentation and of the READMEs compile.
step_guide() {
  local program
  rm -rf "$work/guide"
  python3 ../docs/tools/run.py --extract c "$work/guide" >/dev/null
  python3 ../docs/tools/run.py --extract cpp "$work/guide" >/dev/null
  [ "$(find "$work/guide" -name '*.c' | wc -l)" -gt 0 ]
  [ "$(find "$work/guide" -name '*.cpp' | wc -l)" -gt 0 ]
  # shellcheck disable=SC2086 # several flags in one variable
  for program in "$work"/guide/*; do
    case $program in
      *.c) gcc -std=c99 $strict -fsyntax-only -I include "$program" ;;
      *.cpp) g++ -std=c++17 $strict -fsyntax-only -I include "$program" ;;
    esac
  done
  local readme
  for readme in ../README.md ../README.zh-CN.md; do
    # shellcheck disable=SC2086 # several flags in one variable
    ../tools/code-block.sh cpp "$readme" | g++ -std=c++17 $strict -fsyntax-only -I include -x c++ -
  done
}

# The examples work with a sandbox.
step_examples() {
  local example
  mkdir -p "$work/examples"
  for example in alarm send callback qrcode broadcast; do
    # shellcheck disable=SC2086 # several flags in one variable
    gcc -std=c99 $strict -I include examples/$example.c "$target/debug/libwxpusher_c.a" $system_libs \
      -o "$work/examples/$example-c"
    [ $example = alarm ] && continue
    # shellcheck disable=SC2086 # several flags in one variable
    g++ -std=c++17 $strict -I include examples/$example.cpp "$target/debug/libwxpusher_c.a" $system_libs \
      -o "$work/examples/$example-cpp"
  done
  [ "$(wc -l <examples/alarm.c)" -le 30 ]
  "$work/examples/alarm-c" '磁盘已满' UID_testalice
  expect_failure '用户UID' "$work/examples/alarm-c" '磁盘已满' UID_testnobody
  # At the same time, because each waits ten seconds before its second poll.
  local language pid pids=() code=0
  for language in c cpp; do
    (use_examples "$language") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || code=1; done
  return $code
}

use_examples() { # LANGUAGE
  local language=$1 code uid
  # shellcheck disable=SC2154 # set by coproc
  trap 'kill "${waiting_PID:-}" 2>/dev/null || true' EXIT
  "$work/examples/send-$language" '磁盘已满' UID_testalice | grep -q '1 accepted'
  expect_failure '用户UID' "$work/examples/send-$language" '磁盘已满' UID_testnobody
  echo '{"action":"app_subscribe","data":{"appId":97,"source":"scan","time":1,"uid":"UID_testbob","extra":"user-7"}}' |
    "$work/examples/callback-$language" | grep -q 'UID_testbob subscribed: scan, user-7'
  # A NUL does not hide the rest of the text.
  printf '%s' '{"action":"send_up_cmd","data":{"appId":97,"time":1,"uid":"UID_testbob","content":"reboot\u0000 please do not"}}' |
    "$work/examples/callback-$language" | tr '\0' '@' | grep -q 'reboot@ please do not'
  printf 'UID_testalice\nUID_testalice\nUID_testnobody\n' | "$work/examples/broadcast-$language" '今晚停机维护' |
    grep -q '3 done, 1 accepted, 1 refused, 1 duplicates'
  # The example prints its code, then waits; bob scans the code.
  coproc waiting { exec "$work/examples/qrcode-$language" user-7 60; }
  read -r code <&"${waiting[0]}"
  sandbox scan "{\"code\": \"${code##* }\", \"uid\": \"UID_testbob\"}" >/dev/null
  read -r uid <&"${waiting[0]}"
  [ "$uid" = 'scanned by UID_testbob' ]
  wait "$waiting_PID"
}

if ! reason=$(cargo xtask setup --check c 2>&1); then
  echo "c: NOT RUN, $reason"
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi
mkdir -p "$work"
steps=("$@")
[ $# -gt 0 ] || steps=(rust doxygen abi install symbols consumers misuse signals allocations ranges nothrow guide examples suite threads panics)
start_sandbox
# Tests poll faster than the rate limit allows.
sandbox rate-limit '{"enabled": false}' >/dev/null
for step in "${steps[@]}"; do
  started=$SECONDS
  "step_$step"
  echo "c: $step ok ($((SECONDS - started)) s)"
done
