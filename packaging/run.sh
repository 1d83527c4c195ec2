#!/bin/sh
# Installs what is missing, builds, and starts the demo: the window where there is a display, else the
# same experiment on the terminal.
#   --cli    the terminal, also where there is a display
#   --cuda   builds and runs against upstream LibTorch (the `torch` wheel, with CUDA), in a build folder
#            of its own; ESPALIER_TORCH_VERSION chooses another version
set -eu
cd "$(dirname "$0")/.."

cli=no
cuda=no
for argument; do
    case "$argument" in
        --cli) cli=yes ;;
        --cuda) cuda=yes ;;
        *)
            echo "usage: packaging/run.sh [--cli] [--cuda]" >&2
            exit 2
            ;;
    esac
done

# Is a display behind DISPLAY or WAYLAND_DISPLAY, or only a name?
has_display() {
    if [ -n "${WAYLAND_DISPLAY:-}" ]; then
        case "$WAYLAND_DISPLAY" in
            /*) [ -S "$WAYLAND_DISPLAY" ] && return 0 ;;
            *) [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/$WAYLAND_DISPLAY" ] && return 0 ;;
        esac
    fi
    [ -n "${DISPLAY:-}" ] || return 1
    host=${DISPLAY%:*}
    number=${DISPLAY##*:}
    number=${number%%.*}
    case "$host" in
        '' | unix) [ -S "/tmp/.X11-unix/X$number" ] ;;
        *) timeout 3 bash -c ": </dev/tcp/$host/$((6000 + number))" 2>/dev/null ;;
    esac
}

packaging/install.sh
build=build/release
if [ "$cuda" = yes ]; then
    build=build/cuda
    torch=$(packaging/upstream-torch.sh)
    set -- -DESPALIER_TORCH_DIR="$torch"
else
    set --
fi
log=build/run.log
mkdir -p build
echo "Building into $build (messages in $log) ..."
if ! { cmake --preset release -B "$build" "$@" && cmake --build "$build" --target espalier-cli; } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "run.sh: the build failed; all its messages are in $log." >&2
    exit 1
fi

# Threads that spin while they wait take the processor from the window and from everything else.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
demo=resources/demo/demo.yaml
results=$build/demo
session=$results/demo.espalier
mkdir -p "$results"
if [ "$cli" = no ] && has_display; then
    if ! cmake --build "$build" --target espalier >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "run.sh: the build of the window failed; all its messages are in $log." >&2
        exit 1
    fi
    window=$build/app/espalier/espalier
    if [ -e "$session" ]; then
        exec "$window" "$session"
    fi
    exec "$window" "$demo" --session "$session" --run
fi

program=$build/app/espalier-cli/espalier-cli
pruned=$results/pruned.pt
if [ -e "$session" ]; then
    echo "Continuing $session (delete $results to start over)."
    "$program" resume "$session" --plots "$results" --export "$pruned"
else
    "$program" run "$demo" --session "$session" --plots "$results" --export "$pruned"
fi

data=$(sed -n 's/^data: *//p' "$demo")
echo
echo "The pruned network, read back from $pruned:"
"$program" inspect "$pruned"
"$program" evaluate "$pruned" --data "$data"
