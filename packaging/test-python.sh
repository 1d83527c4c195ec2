#!/bin/sh
# Prints the Python that the tests run exported files with: Debian's with its PyTorch, and ONNX Runtime from the
# Python registry, kept in the cache folder. Where the registry cannot be reached it is Debian's alone, whose
# OpenCV runs what it can.
set -eu
python=/usr/bin/python3 # Debian's, which packages.txt brings with its modules
version=${ESPALIER_ONNXRUNTIME_VERSION:-1.31.1}
folder=${XDG_CACHE_HOME:-$HOME/.cache}/espalier/onnxruntime-$version

if [ ! -e "$folder/complete" ]; then
    rm -rf "$folder"
    mkdir -p "$(dirname "$folder")"
    if "$python" -m venv --system-site-packages "$folder" >&2 \
        && "$folder/bin/python" -m pip install --quiet --no-cache-dir --retries 1 --timeout 20 \
               "onnxruntime==$version" >&2 \
        && "$folder/bin/python" -c 'import onnxruntime'; then
        touch "$folder/complete"
    else
        rm -rf "$folder"
        echo "test-python.sh: no ONNX Runtime $version; the tests run ONNX files in OpenCV as far as it goes." >&2
        echo "$python"
        exit 0
    fi
fi
echo "$folder/bin/python"
