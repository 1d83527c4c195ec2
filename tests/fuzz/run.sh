#!/bin/sh
# Runs one fuzzer: tests/fuzz/run.sh NAME [SECONDS] [libFuzzer's options]. Build them first:
#     cmake --preset fuzz && cmake --build build/fuzz --target fuzzers
# It starts from seeds/NAME and findings/NAME, keeps its corpus in build/fuzz/corpus/NAME, and leaves what
# it finds beside that; reduce it (-minimize_crash=1), fix the reader, and commit it to findings/NAME.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build/fuzz
name=$1
seconds=${2:-1800}
test $# -lt 2 || shift
shift
mkdir -p "$build/corpus/$name" "$build/found/$name" "$here/findings/$name" "$here/seeds/$name"
# LibTorch keeps what it has once allocated, so leaks are looked for by the asan preset instead.
export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
words=$here/$name.dict
exec "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -malloc_limit_mb=1500 \
  -detect_leaks=0 -artifact_prefix="$build/found/$name/" -print_final_stats=1 $(test ! -f "$words" || echo "-dict=$words") "$@" \
  "$build/corpus/$name" "$here/seeds/$name" "$here/findings/$name"
