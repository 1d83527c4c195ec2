#!/bin/sh
# Installs what is missing, builds with warnings as errors and runs every test. Arguments go to ctest.
set -eu
cd "$(dirname "$0")/.."

packaging/install.sh
jobs=$(nproc)
ESPALIER_PYTHON=${ESPALIER_PYTHON:-$(packaging/test-python.sh)}
export ESPALIER_PYTHON
cmake --preset dev
cmake --build build/dev -j "$jobs"
ctest --test-dir build/dev --output-on-failure -j "$jobs" "$@"
