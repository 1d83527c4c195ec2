#!/bin/sh
# Installs what packaging/packages.txt lists and this machine lacks; says nothing when nothing is missing.
# ESPALIER_SKIP_INSTALL=1: the machine has what is needed under other names; leave it alone.
set -eu
cd "$(dirname "$0")"
[ -n "${ESPALIER_SKIP_INSTALL:-}" ] && exit 0

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "install.sh: this is no Debian system; install what packaging/packages.txt lists by hand," \
         "then set ESPALIER_SKIP_INSTALL=1." >&2
    exit 1
fi

wanted=$(sed -e 's/#.*//' packages.txt)
# Unquoted on purpose, here and below: several words, or none.
installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ' $wanted 2>/dev/null || true)"
missing=
for package in $wanted; do
    case "$installed" in
        *" installed $package "*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "install.sh: packages are missing and neither root nor sudo is at hand; have them installed:" \
         "apt-get install$missing" >&2
    exit 1
fi

echo "Installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -qq \
       && $as_root env DEBIAN_FRONTEND=noninteractive \
              apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "install.sh: apt-get could not install:$missing" >&2
    exit 1
fi
