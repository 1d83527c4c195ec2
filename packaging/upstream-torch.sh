#!/bin/sh
# Brings upstream LibTorch, the `torch` wheel and what it requires, into the cache folder and prints its
# path. Does nothing when it is there.
set -eu
version=${ESPALIER_TORCH_VERSION:-2.11.0}
folder=${XDG_CACHE_HOME:-$HOME/.cache}/espalier/torch-$version
python=/usr/bin/python3 # Debian's, which packages.txt brings; another may be too new for the wheel

if [ ! -e "$folder/complete" ]; then
    echo "Bringing torch $version into $folder; these are some gigabytes ..." >&2
    rm -rf "$folder"
    mkdir -p "$folder"
    "$python" -m venv "$folder" >&2
    if ! "$folder/bin/python" -m pip install --quiet --no-cache-dir "torch==$version" >&2; then
        echo "upstream-torch.sh: pip could not bring torch $version; see its message above." >&2
        exit 1
    fi
    touch "$folder/complete"
fi
torch=$(echo "$folder"/lib/python3*/site-packages/torch)
[ -e "$torch/lib/libtorch_cpu.so" ] || {
    echo "upstream-torch.sh: $folder holds no LibTorch; delete it and try again." >&2
    exit 1
}
echo "$torch"
