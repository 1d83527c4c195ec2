#!/bin/sh
# Makes README's pictures anew, by pruning the demo network in the window without a display (some minutes):
#     tests/pictures/make.sh build/dev
set -eu
build=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
cmake --build "$build" --target espalier-pictures
mkdir -p "$here/resources/pictures"
QT_QPA_PLATFORM=offscreen "$build/tests/pictures/espalier-pictures" "$here/resources/demo/demo.yaml" "$here/resources/pictures"
