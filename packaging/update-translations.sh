#!/bin/sh
# Brings the translations up to date with the texts of the sources: new ones come in unfinished, those that
# are gone go. Then translate what is unfinished, in Qt Linguist or by hand.
set -eu
cd "$(dirname "$0")/.."
lupdate=/usr/lib/qt6/bin/lupdate # the one in the PATH may be Qt 5's
[ -x "$lupdate" ] || lupdate=$(command -v lupdate)
# core's sentences shall have one context, CoreText. lupdate would put the namespace before it, but not in every
# function: it reads a copy without namespaces.
copy=$(mktemp -d)
trap 'rm -r "$copy"' EXIT
cp -r core "$copy"
find "$copy" -name '*.cpp' -exec sed -i 's/^namespace espalier {/extern "C++" {/' {} +
"$lupdate" -silent -no-obsolete -locations none "$copy/core" ui app -ts resources/translations/espalier_de.ts
# English texts are in the sources; only their plurals are not.
"$lupdate" -silent -no-obsolete -locations none -pluralonly ui app -ts resources/translations/espalier_en.ts
grep -c 'type="unfinished"' resources/translations/espalier_*.ts || true
