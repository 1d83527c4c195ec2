#!/bin/sh
# Installs what is missing, builds with warnings as errors and runs every test. Arguments go to ctest.
set -eu
cd "$(dirname "$0")/.."

packaging/install.sh
jobs=$(nproc)
cmake --preset dev
cmake --build build/dev -j "$jobs"
ctest --test-dir build/dev --output-on-failure -j "$jobs" "$@"
